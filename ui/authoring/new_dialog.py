"""Beginning a set: from nothing, or with the criteria of another one.

Pages call `ask_new` through the module, so that a test can answer instead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QWidget

from parindex_desktop.domain.errors import ParIndexError
from parindex_desktop.domain.units import Level
from parindex_desktop.services import authoring, register
from ui.language import tr
from ui.widgets.buttons import filled_button, plain_button
from ui.widgets.combo import ComboBox
from ui.widgets.dialogs import Dialog
from ui.widgets.fields import LineField
from ui.widgets.labelled import Labelled
from ui.widgets.labels import FieldError

if TYPE_CHECKING:
    from parindex_desktop.services.authoring import Draft
    from parindex_desktop.services.homes import Office


class NewSetDialog(Dialog):
    """Asks for what a set begins with; `draft` is the one that was begun."""

    def __init__(self, parent: QWidget | None, office: Office, source: str = "") -> None:
        super().__init__(
            parent,
            tr("New criteria set"),
            tr(
                "Begin with the set of this year and change what is new: criteria keep their identity, so that years "
                "can be compared and answers carried over."
            ),
        )
        self._office = office
        self.draft: Draft | None = None
        self.source = ComboBox(tr("Begin with"))
        self.source.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.source.addItem(tr("Nothing: an empty set"), None)
        held = register.sets(office)
        for each in held:
            words = tr("{name} (version {version})", name=each.name, version=each.version)
            self.source.addItem(words, each)
        known = {each.digest for each in held}
        for each in authoring.shipped_sets():
            if each.digest not in known:
                self.source.addItem(tr("{name} (of the program)", name=each.name), each)
        self.name = LineField(tr("Name of the criteria set"))
        self.year = LineField(tr("Year"), limit=4)
        self.level = ComboBox(tr("Kind of office"))
        for level in Level:
            self.level.addItem(tr(level.words), level)
        self.level.setCurrentIndex(self.level.findData(Level.COMMUNE))
        self._fault = FieldError()
        for title, field in (
            (tr("Begin with"), self.source),
            (tr("Year"), self.year),
            (tr("Kind of office"), self.level),
            (tr("Name of the criteria set"), self.name),
        ):
            self.content.addWidget(Labelled(title, field))
        self.content.addWidget(self._fault)
        self.add_button(plain_button(tr("Cancel"), self.reject))
        self.add_button(filled_button(tr("Begin the set"), self.accept), default=True)
        self.clear_on(self._fault, self.name.textChanged, self.year.textChanged)
        self.source.currentIndexChanged.connect(lambda _row: self._propose())
        digests = [getattr(self.source.itemData(row), "digest", "") for row in range(self.source.count())]
        self.source.setCurrentIndex(digests.index(source) if source in digests else 0)
        self._propose()

    def accept(self) -> None:
        """Begin the draft, or say why not."""
        name, typed = self.name.value(), self.year.value()
        if not name:
            self._refuse(tr("Enter the name of the set."), self.name)
            return
        if not (len(typed) == 4 and typed.isascii() and typed.isdecimal()):
            self._refuse(tr(register.YearWrong(text=typed)), self.year)
            return
        source, year, level = self.source.currentData(), int(typed), Level(self.level.currentData())
        try:
            self.draft = (
                authoring.new_draft(self._office, name, year, level)
                if source is None
                else authoring.copied(self._office, source.digest, name, year, level)
            )
        except ParIndexError as error:
            self._refuse(tr(error), self.name)
            return
        super().accept()

    def fault(self) -> str:
        """Why the draft was not begun."""
        return self._fault.text()

    def _refuse(self, sentence: str, field: LineField) -> None:
        self._fault.show_fault(sentence)
        self.grow()
        field.setFocus()

    def _propose(self) -> None:
        """The next year, and the name with that year in it."""
        source = self.source.currentData()
        if source is None:
            self.year.setText(str(self._office.clock().year + 1))
            self.name.setText("")
            return
        year = source.year + 1
        self.year.setText(str(year))
        self.level.setCurrentIndex(self.level.findData(source.level))
        self.name.setText(source.name.replace(str(source.year), str(year)))


def ask_new(parent: QWidget | None, office: Office, source: str = "") -> Draft | None:
    """The draft that was begun, or None when cancelled; `source` is the digest of the set proposed to begin with."""
    dialog = NewSetDialog(parent, office, source)
    return dialog.draft if dialog.exec() == QDialog.DialogCode.Accepted else None
