"""What every new draft is asked for: the name of the set, its year, and the kind of office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout

from parindex_desktop.domain.errors import ParIndexError
from parindex_desktop.domain.units import Level
from parindex_desktop.services import register
from ui.language import tr
from ui.theme import tokens
from ui.widgets.buttons import filled_button, plain_button
from ui.widgets.combo import ComboBox
from ui.widgets.dialogs import Dialog
from ui.widgets.fields import LineField
from ui.widgets.labelled import Labelled
from ui.widgets.labels import FieldError

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from parindex_desktop.services.authoring import Draft
    from parindex_desktop.services.homes import Office


class BeginDialog(Dialog):
    """A dialog that begins a draft, or says why not; `draft` is the one that was begun."""

    def __init__(self, parent: QWidget | None, office: Office, title: str, sentence: str) -> None:
        super().__init__(parent, title, sentence)
        self._office = office
        self.draft: Draft | None = None
        self.name = LineField(tr("Name of the criteria set"))
        self.year = LineField(tr("Year"), limit=4)
        self.level = ComboBox(tr("Kind of office"))
        for level in Level:
            self.level.addItem(tr(level.words), level)
        self.level.setCurrentIndex(self.level.findData(Level.COMMUNE))
        self._fault = FieldError()
        self.clear_on(self._fault, self.name.textChanged, self.year.textChanged)

    def accept(self) -> None:
        """Begin the draft, or say why not."""
        name, typed = self.name.value(), self.year.value()
        if not name:
            self._refuse(tr("Enter the name of the set."), self.name)
            return
        if not (len(typed) == 4 and typed.isascii() and typed.isdecimal()):
            self._refuse(tr(register.YearWrong(text=typed)), self.year)
            return
        try:
            self.draft = self.begin(name, int(typed), Level(self.level.currentData()))
        except ParIndexError as error:
            self._refuse(tr(error), self.name)
            return
        super().accept()

    def begin(self, name: str, year: int, level: Level) -> Draft:
        """Begin the draft."""
        raise NotImplementedError

    def fault(self) -> str:
        """Why the draft was not begun."""
        return self._fault.text()

    def ask_head(self) -> None:
        """Put the fields and the buttons below what stands in the dialog so far."""
        line = QHBoxLayout()
        line.setSpacing(tokens.BETWEEN)
        line.addWidget(Labelled(tr("Year"), self.year), 1)
        line.addWidget(Labelled(tr("Kind of office"), self.level), 3)
        self.content.addLayout(line)
        self.content.addWidget(Labelled(tr("Name of the criteria set"), self.name))
        self.content.addWidget(self._fault)
        self.add_button(plain_button(tr("Cancel"), self.reject))
        self.add_button(filled_button(tr("Begin the set"), self.accept), default=True)

    def _refuse(self, sentence: str, field: LineField) -> None:
        self._fault.show_fault(sentence)
        self.grow()
        field.setFocus()
