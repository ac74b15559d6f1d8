"""An office that names itself: without a kit, or as the province."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from parindex_desktop.domain.units import Level
from parindex_desktop.services.founding import NewOffice
from ui.language import tr
from ui.theme import tokens
from ui.welcome.secret import ask_new_passphrase
from ui.widgets.buttons import filled_button, plain_button
from ui.widgets.combo import ComboBox
from ui.widgets.fields import LineField
from ui.widgets.labelled import Labelled
from ui.widgets.labels import FieldError, Role, WrapLabel
from ui.widgets.panels import Panel
from ui.widgets.places import set_shown

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class NewOfficePanel(Panel):
    """Name and level; `asked` carries the office as it is to be founded, `back` leads to the first question."""

    asked = Signal(object)
    back = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._province = False
        self._title = WrapLabel("", Role.TITLE)
        self.name = LineField(tr("Name of the office"), limit=300)
        self._name = Labelled(tr("Name of the office, as on its seal"), self.name)
        self.level = ComboBox(tr("Level"))
        for level in Level:
            if level is not Level.PROVINCE:
                self.level.addItem(tr(level.words), level)
        self.level.setCurrentIndex(self.level.findData(Level.COMMUNE))
        self._level = Labelled(tr("Level"), self.level)
        self.fault = FieldError()
        self.go = filled_button(tr("Make the key…"), self._ask)
        buttons = QHBoxLayout()
        buttons.setSpacing(tokens.INSIDE)
        buttons.addWidget(plain_button(tr("Back"), self.back.emit))
        buttons.addStretch(1)
        buttons.addWidget(self.go)
        for part in (self._title, self._name, self._level, self.fault):
            self.content.addWidget(part)
        self.content.addLayout(buttons)
        self.name.returnPressed.connect(self._ask)
        self.name.textChanged.connect(lambda _text: self._mended())

    def begin(self, *, province: bool) -> None:
        """Ask for the province's office, or for another one."""
        self._province = province
        self._title.setText(tr("The province's office") if province else tr("New office without a kit"))
        example = tr("for example: Department of Home Affairs of Lào Cai") if province else ""
        self.name.setPlaceholderText(example)
        set_shown(self._level, shown=not province)
        self._mended()
        self.name.setFocus()

    def _mended(self) -> None:
        """What was said against the name was said against another one."""
        self._name.fault.show_fault("")
        self.name.mark_wrong(wrong=False)
        self.fault.show_fault("")

    def _ask(self) -> None:
        name = self.name.value()
        missing = "" if name else tr("The name of the office is missing.")
        self._name.fault.show_fault(missing)
        self.name.mark_wrong(wrong=bool(missing))
        if missing:
            self.name.setFocus()
            return
        secret = ask_new_passphrase(self, province=self._province)
        if secret is not None:
            level = Level.PROVINCE if self._province else Level(self.level.currentData())
            self.asked.emit(NewOffice(level, name, secret))
