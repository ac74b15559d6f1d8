"""The standing view: who has handed over, who has not, and room to drop new bundles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from parindex_desktop.services.received import Arrived
from parindex_desktop.services.receiving import SUFFIX
from resources import msgid
from resources.language import VIETNAM
from ui.form.wording import NOTHING, figure, percent
from ui.intake import wording
from ui.intake.board import View
from ui.intake.unit_pane import UnitPane
from ui.language import tr
from ui.theme import tokens
from ui.theme.icons import Icon
from ui.theme.tokens import Tone
from ui.widgets.buttons import plain_button
from ui.widgets.cells import Column
from ui.widgets.chips import Chip
from ui.widgets.combo import ComboBox
from ui.widgets.dates import date_text
from ui.widgets.dialogs import Purpose
from ui.widgets.dropzone import DropZone
from ui.widgets.labels import OneLine, Role, WrapLabel
from ui.widgets.panels import PageHeader, Splitter
from ui.widgets.places import set_shown
from ui.widgets.rows import Cell, RowsTable
from ui.widgets.signs import Sign

if TYPE_CHECKING:
    from collections.abc import MutableMapping, Sequence

    from parindex_desktop.services.received import UnitRow
    from ui.intake.board import Board
    from ui.session import Session

_VIEWS: Final = {
    View.ALL: msgid("All units ({count})"),
    View.NOTHING: msgid("Not handed over ({count})"),
    View.ARRIVED: msgid("Handed over ({count})"),
    View.ATTENTION: msgid("To be looked at ({count})"),
}


_SPARE: Final = (6, 4)
"""Rate and day of receipt: the pane at the right says them too."""


class Overview(QWidget):
    """The units of the year in a table, the selected one at the right."""

    files_chosen = Signal(list)
    """Files and folders that are to be looked at."""

    print_asked = Signal(str)
    """The summary is wanted as a file with that ending."""

    letterhead_asked = Signal()
    """The head and the signature block of the summary are to be looked at."""

    def __init__(
        self, session: Session, memory: MutableMapping[str, str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._board: Board | None = None
        self._words = ""
        self.facts = OneLine()
        self.attention = Chip()
        self.late = Chip()
        header = PageHeader(tr("Taking in"))
        for part in (self.facts, self.attention, self.late):
            header.facts.addWidget(part)
        self.print_button = plain_button(tr("Summary of self points"), icon=Icon.PAPERS)
        self.print_button.setMenu(self._print_menu())
        header.buttons.addWidget(self.print_button)
        self.view = ComboBox(tr("Units listed"))
        self.view.setMinimumWidth(190)
        for view in View:
            self.view.addItem("", view)
        self.view.activated.connect(lambda _row: self._list())
        # A bundle that a mailer renamed is one all the same, and must not be out of sight.
        kinds = f"{tr('Bundles')} (*{SUFFIX});;{tr('All files (*)')}"
        self.drop = DropZone(
            tr("Bundles to take in"),
            kinds,
            choose=tr("Choose bundles…"),
            folders=True,
            purpose=Purpose.BUNDLES,
        )
        self.drop.take_drops_on(self)
        self.drop.chosen.connect(self.files_chosen)
        self.left_out = WrapLabel("", Role.SECOND)
        self._nothing = WrapLabel("", Role.SECOND)
        self.table: RowsTable[UnitRow] = RowsTable(
            tr("Units"), _columns(), self._cells, lambda row: row.unit.id, spare=_SPARE
        )
        self.pane = UnitPane(session)
        self.table.chosen.connect(self._show_chosen)
        self.table.activated.connect(lambda _index: self.pane.open_form())
        self._lay_out(header, memory)

    def show_board(self, board: Board) -> None:
        """Show these units; the selected one stays."""
        self._board = board
        all_units, arrived = board.count(View.ALL), board.count(View.ARRIVED)
        counts = {"year": board.year, "arrived": arrived, "all": all_units}
        self.facts.setText(tr("Year {year}: {arrived} / {all} units handed over", **counts))
        self.left_out.setText("\n".join(map(tr, board.left_out)))
        set_shown(self.left_out, shown=bool(board.left_out))
        attention = board.count(View.ATTENTION)
        self.attention.show_sign(
            Sign(msgid("{count} to be looked at"), Tone.CARE, Icon.WARNING, {"count": attention})
            if attention
            else None
        )
        late = len(board.late())
        self.late.show_sign(
            Sign(msgid("{count} late"), Tone.WRONG, Icon.UNSCORED, {"count": late}) if late else None
        )
        for row, view in enumerate(View):
            self.view.setItemText(row, tr(_VIEWS[view], count=board.count(view)))
        self._list()

    def search(self, text: str) -> None:
        """List only units whose code or name has these words."""
        self._words = text
        self._list()

    def show_view(self, view: View) -> None:
        """List these units."""
        self.view.setCurrentIndex(list(View).index(view))
        self._list()

    # Inside.

    def _lay_out(self, header: PageHeader, memory: MutableMapping[str, str]) -> None:
        line = QHBoxLayout()
        line.setSpacing(tokens.BETWEEN)
        line.addWidget(self.view)
        line.addWidget(self.drop, 1)
        listed = QWidget()
        left = QVBoxLayout(listed)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(tokens.INSIDE)
        left.addWidget(self._nothing)
        left.addWidget(self.table, 1)
        left.addWidget(self.left_out)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.BETWEEN)
        column.addWidget(header)
        column.addLayout(line)
        column.addWidget(Splitter(memory, "intake.units", listed, self.pane, 67), 1)

    def _print_menu(self) -> QMenu:
        menu = QMenu(self)
        for words, ending in ((tr("PDF to print…"), ".pdf"), (tr("Spreadsheet (XLSX)…"), ".xlsx")):
            action = QAction(words, menu)
            action.triggered.connect(lambda _checked=False, ending=ending: self.print_asked.emit(ending))
            menu.addAction(action)
        menu.addSeparator()
        menu.addAction(tr("Head and signature of the paper…")).triggered.connect(
            lambda _checked=False: self.letterhead_asked.emit()
        )
        return menu

    def _list(self) -> None:
        if self._board is None:
            return
        listed = self._board.listed(View(self.view.currentData()), self._words)
        self.table.show_rows(listed)
        self._nothing.setText(
            tr("No unit has these words. Escape ends the search.")
            if self._words
            else tr("No unit belongs here now. Choose another list above.")
        )
        set_shown(self._nothing, shown=not listed)

    def _show_chosen(self) -> None:
        row = self.table.current()
        if self._board is not None:
            self.pane.show_unit(row, self._board)

    def _cells(self, row: UnitRow) -> Sequence[Cell]:
        assert self._board is not None
        days_late = self._board.days_late
        nothing = Cell(NOTHING, second=True)
        name = Cell(row.unit.name)
        if row.tally is None:
            sign = wording.LATE if days_late else wording.ARRIVED[row.arrived]
            state = Cell(tr(sign), sign, wording.arrived_note(row, days_late))
            return (
                Cell(row.unit.code, second=True),
                name,
                nothing,
                state,
                nothing,
                nothing,
                nothing,
                nothing,
            )
        sign = wording.ARRIVED[row.arrived]
        total, lacking = row.tally.overall, row.tally.lacking
        return (
            Cell(row.unit.code, second=True),
            Cell(row.unit.name, strong=row.arrived is Arrived.FORKED),
            Cell(figure(row.times)),
            Cell(tr(sign), sign, wording.arrived_note(row, days_late)),
            Cell(date_text(row.received.astimezone(VIETNAM).date()) if row.received else NOTHING),
            Cell(wording.out_of(total)),
            Cell(percent(total.percentage)),
            Cell(figure(lacking), second=not lacking),
        )


def _columns() -> list[tuple[str, Column]]:
    return [
        (tr("Code"), Column(60, least=58)),
        (tr("Unit"), Column(140, 4, least=104)),
        (tr("Hand-over"), Column(44, 0, numeric=True)),
        (tr("State"), Column(166, 3, least=164)),
        (tr("Received"), Column(86)),
        (tr("Self points / maximum"), Column(104, 0, numeric=True, least=96)),
        (tr("Rate"), Column(68, 0, numeric=True)),
        (tr("Lacking"), Column(56, 0, numeric=True)),
    ]
