"""What the printed report says beside the figures: its head, its signature block, difficulties and proposals."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from parindex_desktop.domain.errors import ParIndexError
from parindex_desktop.services import filling
from parindex_desktop.services.paper_texts import ANNEX_TEXTS, LABELS
from parindex_desktop.services.reporting import report_text
from ui.language import tr
from ui.theme import tokens
from ui.widgets.fields import LineField, TextArea
from ui.widgets.labelled import Labelled

if TYPE_CHECKING:
    from parindex_desktop.services.filling import Form
    from ui.session import Session


class Letterhead(QWidget):
    """The texts of the report; each is saved when its field is left, and greyed words are what stands otherwise."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._fields: dict[str, LineField | TextArea] = {}
        self._labelled: dict[str, Labelled] = {}
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(tokens.BETWEEN)
        grid.setVerticalSpacing(tokens.INSIDE)
        for number, (name, label) in enumerate(LABELS.items()):
            grid.addWidget(self._add(name, tr(label), LineField(tr(label))), number // 2, number % 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.INSIDE)
        column.addLayout(grid)
        for name, label in ANNEX_TEXTS.items():
            column.addWidget(self._add(name, tr(label), TextArea(tr(label), least=2)))

    def enter(self, name: str) -> None:
        """Put the keyboard into the field of the text `name`."""
        self._fields[name].setFocus()

    def show_form(self, form: Form) -> None:
        """Show the texts of `form`; a locked one is only read."""
        locked = form.assessment.lock is not None
        for name, field in self._fields.items():
            if locked or not self.fault(name):  # what could not be saved stays until it is mended
                field.show_value(form.assessment.report[name])
            field.setReadOnly(locked)
            usual = report_text(self._session.office, form.assessment, name)
            field.setPlaceholderText("" if locked else usual)

    def field(self, name: str) -> LineField | TextArea:
        """The field of the text `name`."""
        return self._fields[name]

    def fault(self, name: str) -> str:
        """What is wrong with the text `name`, as it is shown."""
        return self._labelled[name].fault.text()

    def _add(self, name: str, label: str, field: LineField | TextArea) -> Labelled:
        self._fields[name] = field
        self._labelled[name] = Labelled(label, field)
        field.committed.connect(partial(self._save, name))
        return self._labelled[name]

    def _save(self, name: str, text: str) -> None:
        try:
            self._session.edit(lambda office, form: filling.set_report_text(office, form, name, text))
        except ParIndexError as error:
            self._labelled[name].fault.show_fault(tr(error))
            self._fields[name].mark_wrong(wrong=True)
