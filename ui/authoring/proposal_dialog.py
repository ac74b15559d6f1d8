"""What a published table was understood as, row by row, before a draft is begun with it.

Pages call `ask_proposal` through the module, so that a test can answer instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QWidget

from parindex_desktop.domain.drafting import HEAD_ID
from parindex_desktop.services import set_books
from parindex_desktop.services.set_books import TableRow
from ui.authoring.begin_dialog import BeginDialog
from ui.form.wording import NOTHING
from ui.language import tr
from ui.widgets import choices
from ui.widgets.buttons import plain_button
from ui.widgets.cells import Column
from ui.widgets.rows import Cell, RowsTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parindex_desktop.domain.messages import Message
    from parindex_desktop.domain.units import Level
    from parindex_desktop.services.authoring import Draft
    from parindex_desktop.services.homes import Office
    from parindex_desktop.services.set_books import TableRead


@dataclass(frozen=True, slots=True)
class Answered:
    """The draft that was begun, or whether the table is to be read again with its old fonts converted."""

    draft: Draft | None = None
    again: bool = False


class ProposalDialog(BeginDialog):
    """Shows the rows, those that are doubtful first of all; begins a draft that keeps the doubts."""

    def __init__(self, parent: QWidget | None, office: Office, table: TableRead, file: str) -> None:
        doubtful = sum(bool(row.doubts) for row in table.rows)
        super().__init__(
            parent,
            office,
            tr("Set proposed from “{name}”", name=file),
            tr(
                "Rows of the table: {rows}, to be looked at: {doubtful}. The draft keeps what is to be looked at, each "
                "point at its criterion, and lists what is still to be entered.",
                rows=len(table.rows),
                doubtful=doubtful,
            ),
        )
        self.open_at(820, 620)
        self._read = table
        self.again = False
        self.only = choices.check(tr("Show only what is to be looked at"))
        self.only.button.setChecked(bool(doubtful))
        self.only.button.toggled.connect(lambda _on: self._list())
        columns = [
            (tr("Row"), Column(52, numeric=True)),
            (tr("In the table"), Column(220, 3, least=140)),
            (tr("Understood as"), Column(190, 2, least=110)),
            (tr("To be looked at"), Column(220, 3, least=140)),
        ]
        self.table: RowsTable[TableRow] = RowsTable(tr("Rows of the table"), columns, _cells, id)
        self._rows = [*map(_whole, table.doubts), *table.rows]
        self.content.addWidget(self.only)
        self.content.addWidget(self.table, 1)
        self.ask_head()
        if table.old_fonts:
            self.add_left(plain_button(tr("Convert old fonts"), self._convert))
        self.year.setText(str(office.clock().year + 1))
        self._list()
        self.name.setFocus()

    def begin(self, name: str, year: int, level: Level) -> Draft:
        """Begin the draft with the table."""
        return set_books.begin_proposed(self._office, self._read, name, year, level)

    def _convert(self) -> None:
        self.again = True
        self.reject()

    def _list(self) -> None:
        only = self.only.button.isChecked()
        self.table.show_rows([row for row in self._rows if row.doubts or not only])


def _whole(said: Message) -> TableRow:
    """A line for what concerns the whole table."""
    return TableRow("", tr("The whole table"), "", "", HEAD_ID, (), (said,))


def _cells(row: TableRow) -> Sequence[Cell]:
    meaning = f"{tr(row.meaning)} {row.code}".strip() if row.meaning else NOTHING
    understood = "\n".join([meaning, *map(tr, row.understood)])
    return (
        Cell(row.number, second=True),
        Cell(row.text),
        Cell(understood, second=True),
        Cell("\n".join(map(tr, row.doubts))),
    )


def ask_proposal(parent: QWidget | None, office: Office, table: TableRead, file: str) -> Answered:
    """Show what the table in `file` proposes, and let the officer begin a draft with it."""
    dialog = ProposalDialog(parent, office, table, file)
    taken = dialog.exec() == QDialog.DialogCode.Accepted
    return Answered(dialog.draft if taken else None, dialog.again)
