"""The figures that the province gives for one year: typed, pasted, taken over from last year or from a spreadsheet."""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QStandardPaths, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from parindex_desktop.domain.errors import Cancelled, ParIndexError
from parindex_desktop.domain.scoring.inputs import InputKind
from parindex_desktop.services import given_lists, last_year
from parindex_desktop.services.giving import FiguresFaulty
from ui.giving import choosing, preview
from ui.giving.model import FIRST, GivenModel
from ui.giving.table import GivenTable
from ui.giving.work import GivenWork
from ui.language import tr
from ui.theme import tokens
from ui.theme.icons import Icon
from ui.theme.tokens import Tone
from ui.units.rows import matching
from ui.widgets import dialogs, faults
from ui.widgets.buttons import link_button, plain_button
from ui.widgets.cells import Column
from ui.widgets.combo import ComboBox
from ui.widgets.fields import LineField
from ui.widgets.labels import FieldError, OneLine, Role, WrapLabel
from ui.widgets.notices import Banner, EmptyState
from ui.widgets.panels import PageHeader
from ui.widgets.places import set_shown

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from parindex_desktop.domain.given_boards import Board, Figure, Place
    from parindex_desktop.domain.units import Level
    from parindex_desktop.services.giving import Proposal
    from ui.session import Session
    from ui.widgets.work import WorkStrip

_XLSX: Final = "XLSX (*.xlsx)"
_NUMBERS: Final = {InputKind.COUNT, InputKind.AMOUNT}


class GivenPane(QWidget):
    """The table of one year and one kind of unit; `given` tells that the next kit says something else."""

    left = Signal()
    given = Signal()

    def __init__(self, session: Session, work: WorkStrip, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._strip = work
        self.work: GivenWork | None = None
        self._more: dict[Level, set[tuple[str, str]]] = {}
        self.model: GivenModel | None = None
        self.table: GivenTable | None = None
        self._empty: EmptyState | None = None
        self._lay_out()

    def show_year(self, year: str) -> None:
        """Show what is given for `year`; raises what `boards` names."""
        if self.work is not None and self.work.year == year:
            self.work.look_again()
        else:
            self.work = GivenWork(self._session.office, year)
            self._more.clear()
        level = self.level.currentData()
        self.level.clear()
        for board in self.work.boards:
            self.level.addItem(tr(board.level.words), board.level)
        known = self.level.findData(level)
        self.level.setCurrentIndex(known if known >= 0 else _first(self.work.boards))
        set_shown(self.level, shown=len(self.work.boards) > 1)
        self._header.title.setText(tr("Figures that the province gives, {year}", year=year))
        self.banner.hide()
        self._rebuild()

    def panes(self) -> Sequence[QWidget]:
        """The table, and what stands above it."""
        return (self.table or self._place_of_table, self._tools)

    def take_keyboard(self) -> None:
        """Put the keyboard into the table."""
        (self.table or self.search).setFocus()

    def event(self, event: QEvent) -> bool:
        """Keep Ctrl+F, which in the rest of the window searches the page."""
        if event.type() == QEvent.Type.ShortcutOverride and _finds(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+F searches for a unit."""
        if _finds(event):
            self.search.setFocus()
            self.search.selectAll()
        else:
            super().keyPressEvent(event)

    # What the officer does.

    def add_column(self) -> None:
        """Choose another figure to give."""
        board = self._board()
        if board is None:
            return
        shown = {figure.key for figure in self._figures(board)}
        figure = choosing.ask_figure(self, [each for each in board.figures if each.key not in shown])
        if figure is None:
            return
        self._more.setdefault(board.level, set()).add(figure.key)
        self._rebuild()
        if self.table is not None and self.model is not None:
            keys = [each.key for each in self.model.figures]
            self.table.choose(0, FIRST + keys.index(figure.key))
            self.table.setFocus()

    def undo(self) -> None:
        """Take the last edit back."""
        if self.work is not None:
            self._go(self.work.undo)

    def redo(self) -> None:
        """Make it again."""
        if self.work is not None:
            self._go(self.work.redo)

    def propose_last_year(self) -> None:
        """Look at last year's values, then give them."""
        office, year = self._session.office, self._year()
        self._propose(
            tr("Reading what was handed over last year…"),
            lambda tick: last_year.propose(office, year, tick),
            tr("Values of {year} for {next}", year=str(int(year) - 1), next=year),
        )

    def import_list(self) -> None:
        """Look at a spreadsheet, then give what it says."""
        files = dialogs.choose_files(
            self,
            tr("Figures that the province gives"),
            tr("Excel workbooks") + " (*.xlsx)",
            dialogs.Purpose.LISTS,
        )
        if files:
            office, year, source = self._session.office, self._year(), files[0]
            self._propose(
                tr("Reading the spreadsheet…"),
                lambda _tick: given_lists.look_at_list(office, year, source),
                tr("Figures from “{name}”", name=source.name),
            )

    def save_list(self) -> None:
        """Write the figures to a spreadsheet, to be filled in there."""
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        proposed = Path(folder) / f"So-lieu-tinh-cung-cap-{self._year()}.xlsx"
        title = tr("Figures that the province gives")
        target = dialogs.choose_target(self, title, proposed, _XLSX, dialogs.Purpose.LISTS)
        if target is None or self._strip.busy:
            return
        if target.suffix.lower() != ".xlsx":
            target = target.with_name(f"{target.name}.xlsx")
        office, year, file = self._session.office, self._year(), target
        more = [key for keys in self._more.values() for key in keys]
        self.banner.hide()
        self._strip.do(
            tr("Writing the spreadsheet…"),
            lambda _task: given_lists.write_list(office, year, file, more),
            lambda _none: self.banner.tell(
                tr(
                    "The figures were written to {file}. Fill them in there, then take them over.",
                    file=str(file),
                ),
                Tone.GOOD,
            ),
            self._failed,
            cancellable=False,
        )

    # Inside.

    def _propose(self, what: str, look: Callable[[Callable[[int, int], None]], Proposal], title: str) -> None:
        if self._strip.busy:
            return
        self.banner.hide()

        def looked(proposal: Proposal) -> None:
            written = preview.ask(self, self._session.office, title, proposal)
            if written and self.work is not None:
                self.work.note(written)
                self.show_year(proposal.year)
                self._written()
                self.banner.tell(
                    tr("{count} figure(s) changed. {hint}", count=len(written), hint=_hint()), Tone.GOOD
                )
            self.take_keyboard()

        self._strip.do(what, lambda task: look(task.advance), looked, self._failed)

    def _go(self, way: Callable[[], list[Place]]) -> None:
        """Undo or redo, and show what changed."""
        self.banner.hide()
        try:
            places = way()
        except ParIndexError as error:
            self.banner.tell(tr(error), Tone.WRONG)
            return
        if places:
            self._bring_into_view(places)
        self._written()

    def _bring_into_view(self, places: Sequence[Place]) -> None:
        """Show the first of these places: its kind of unit, its column, its row."""
        assert self.work is not None
        holder, *names = places[0]
        key = (names[0], names[1])
        board = self.work.board_of(holder)
        columns = self.model.figures if self.model is not None and board is self._board() else ()
        if key not in {figure.key for figure in columns}:
            self.level.setCurrentIndex(self.level.findData(board.level))
            self._more.setdefault(board.level, set()).add(key)
            self._rebuild()
        assert self.model is not None
        assert self.table is not None
        cell = self.model.show_again(places)
        if cell is None:
            self.search.clear()
            cell = self.model.show_again(places)
        if cell is not None:
            self.table.choose(*cell)
        self.take_keyboard()

    def _year(self) -> str:
        return self.work.year if self.work is not None else ""

    def _failed(self, error: ParIndexError) -> None:
        if not isinstance(error, Cancelled):
            self.banner.tell(tr(error), Tone.WRONG)

    def _written(self) -> None:
        self._session.saved.emit()
        set_shown(self.next_kit, shown=True)
        self.given.emit()

    def _refused(self, error: ParIndexError) -> None:
        if isinstance(error, FiguresFaulty):
            sentence = tr("Nothing was pasted. Correct these cells where you copied them, then paste again.")
            faults.show_faults(self, tr("What was pasted has faults"), sentence, error.faults)
        else:
            self.banner.tell(tr(error), Tone.WRONG)

    def _board(self) -> Board | None:
        # Qt gives the plain text of a StrEnum back.
        boards = self.work.boards if self.work is not None else []
        return next((board for board in boards if board.level == self.level.currentData()), None)

    def _figures(self, board: Board) -> list[Figure]:
        """The columns: what is proposed or given, and what was added here, in the order of the set."""
        wanted = {*(figure.key for figure in board.usual()), *self._more.get(board.level, ())}
        return [figure for figure in board.figures if figure.key in wanted]

    def _rebuild(self) -> None:
        """A new table: it may have other columns."""
        for old in (self.table, self._empty):
            if old is not None:
                self._table_column.removeWidget(old)
                old.hide()
                old.deleteLater()
        self.table = self.model = self._empty = None
        board = self._board()
        figures = self._figures(board) if board is not None else []
        for part in (self._line, self._another):
            set_shown(part, shown=bool(figures))
        set_shown(self._fault, shown=False)
        if self.work is None or board is None or not figures:
            self._empty = EmptyState(
                Icon.CRITERIA_SET,
                tr("No figure is given yet"),
                tr(
                    "No rule of this set compares with last year or counts from a day of the province. Any other "
                    "figure of the set can be given all the same."
                ),
                tr("Give another figure…"),
                self.add_column,
            )
            self._put(self._empty)
            return
        self.model = GivenModel(self.work, board, figures)
        self.model.written.connect(self._written)
        self.model.refused.connect(self._refused)
        columns = [Column(64), Column(210, 3, least=160)]
        columns += [Column(150, 1, figure.spec.kind in _NUMBERS, least=120) for figure in figures]
        self.table = GivenTable(tr("Figures that the province gives"), columns, self.model)
        self.table.moved.connect(self._show_cell)
        self.table.misfit.connect(lambda sentence: self.banner.tell(sentence, Tone.CARE))
        self._put(self.table)
        self._list()

    def _put(self, part: QWidget) -> None:
        self._table_column.insertWidget(0, part, 1)
        part.show()  # now, not with the next event: the keyboard may be on its way

    def _list(self) -> None:
        board = self._board()
        if board is not None and self.model is not None:
            self.model.show_units(matching(board.units, self.search.text()))
            self._show_cell()

    def _show_cell(self) -> None:
        """Say which cell is in hand, and what is wrong with it."""
        fault = said = ""
        if self.table is not None and self.model is not None and self.table.currentIndex().isValid():
            fault = self.model.fault(self.table.currentIndex())
            said = "" if fault else self.model.described(self.table.currentIndex())
        self._fault.show_fault(fault)
        self._line.setText(said)
        set_shown(self._line, shown=not fault)

    def _lay_out(self) -> None:
        self._header = PageHeader("")
        self.back = plain_button(tr("Back to the years"), self.left.emit, icon=Icon.CHEVRON_LEFT)
        self._header.buttons.addWidget(self.back)
        self.next_kit = OneLine(_hint(), Role.SECOND)
        set_shown(self.next_kit, shown=False)
        self._header.facts.addWidget(self.next_kit)
        said = tr(
            "The units see these figures in their form and cannot change them. An empty cell leaves the figure to the "
            "unit; grey is what all units get."
        )
        self.level = ComboBox(tr("Kind of unit"))
        self.level.setMinimumWidth(150)
        self.level.activated.connect(lambda _row: self._rebuild())
        self.search = LineField(tr("Search units"))
        self.search.setPlaceholderText(tr("Search units (accents do not matter)"))
        self.search.setMinimumWidth(140)
        self.search.setMaximumWidth(320)
        self.search.textChanged.connect(lambda _text: self._list())
        QShortcut(QKeySequence(QKeySequence.StandardKey.Back), self).activated.connect(self.left)
        self._tools = QWidget()
        tools = QHBoxLayout(self._tools)
        tools.setContentsMargins(0, 0, 0, 0)
        tools.setSpacing(tokens.INSIDE)
        tools.addWidget(self.level)
        tools.addWidget(self.search, 1)
        tools.addStretch(0)
        for button in (
            plain_button(tr("From last year…"), self.propose_last_year),
            plain_button(tr("From Excel…"), self.import_list, icon=Icon.ADD_FILE),
            plain_button(tr("To Excel…"), self.save_list),
        ):
            tools.addWidget(button)
        self.banner = Banner()
        self._line = WrapLabel("", Role.SECOND)
        self._fault = FieldError()
        foot = QHBoxLayout()
        foot.addWidget(self._line, 1)
        foot.addWidget(self._fault, 1)
        self._another = link_button(tr("Give another figure…"), self.add_column)
        foot.addWidget(self._another)
        self._place_of_table = QWidget()
        self._table_column = QVBoxLayout(self._place_of_table)
        self._table_column.setContentsMargins(0, 0, 0, 0)
        self._table_column.setSpacing(tokens.INSIDE)
        self._table_column.addLayout(foot)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.BETWEEN)
        column.addWidget(self._header)
        column.addWidget(WrapLabel(said, Role.SECOND))
        column.addWidget(self._tools)
        column.addWidget(self.banner)
        column.addWidget(self._place_of_table, 1)


def _finds(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Find)


def _first(boards: Sequence[Board]) -> int:
    """The place of the first board on which something is given, else of the first on which something should be."""
    places = range(len(boards))
    given = (place for place in places if boards[place].has_given)
    asked = (place for place in places if boards[place].usual())
    return next(chain(given, asked), 0)


def _hint() -> str:
    return tr("The units get them with the next kit.")
