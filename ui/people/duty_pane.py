"""Who is in charge of each criterion of the year, and putting somebody else in charge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.language import tr
from ui.people import assign_dialog, rows
from ui.theme import tokens
from ui.widgets.buttons import plain_button
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import Role, WrapLabel
from ui.widgets.places import set_shown
from ui.widgets.rows import RowsTable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parindex_desktop.domain.people import Assignee
    from parindex_desktop.services.filling import Form
    from parindex_desktop.services.homes import Office
    from ui.people.rows import Charged


class DutyPane(QWidget):
    """Hidden where the office has no form."""

    assigned = Signal()

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._year = ""
        self._all: list[Charged] = []
        self._words = ""
        self.nothing = WrapLabel(tr("No criterion has these words. Escape ends the search."), Role.SECOND)
        self.table: RowsTable[Charged] = RowsTable(
            tr("Who is in charge"), rows.duty_columns(), rows.duty_cells, lambda row: row.criterion.id
        )
        self.table.activated.connect(lambda _index: self.assign())
        buttons = FlowLayout(across=tokens.INSIDE)
        buttons.addWidget(plain_button(tr("Put somebody in charge…"), self.assign))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.INSIDE)
        column.addWidget(self.nothing)
        column.addWidget(self.table, 1)
        column.addLayout(buttons)
        self.setFocusProxy(self.table)

    def show_form(self, form: Form | None, found: Mapping[str, Assignee]) -> None:
        """Show who is in charge of what in `form`."""
        set_shown(self, shown=form is not None)
        self._year = form.year if form else ""
        self._all = rows.charged(form.criteria, found) if form else []
        self.search(self._words)

    def search(self, text: str) -> None:
        """List only criteria with these words, or with somebody of that name in charge."""
        self._words = text
        listed = [row for row in self._all if rows.has_words(row, text)]
        self.table.show_rows(listed)
        set_shown(self.nothing, shown=not listed)

    def assign(self) -> None:
        """Put somebody in charge of the selected criterion, or of all below the selected heading."""
        row = self.table.current()
        if row is not None and assign_dialog.assign(self, self._office, self._year, row.criterion):
            self.assigned.emit()
            self.table.setFocus()
