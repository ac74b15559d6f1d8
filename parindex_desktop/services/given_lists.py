"""Figures that the province gives as a spreadsheet: written out, looked at, then taken over whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parindex_desktop.domain.errors import UserError
from parindex_desktop.domain.given_boards import read_figure
from parindex_desktop.domain.kits import UnknownUnit
from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.domain.scoring.showing import shown_input
from parindex_desktop.services.files import new_file, read_small
from parindex_desktop.services.giving import Change, Proposal, boards
from resources import say

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date
    from decimal import Decimal
    from pathlib import Path

    from exports.spreadsheets.given_figures import TypedFigure
    from exports.spreadsheets.grid import Place as Cell
    from parindex_desktop.domain.given_boards import Board, Figure, Place
    from parindex_desktop.domain.units import Unit
    from parindex_desktop.services.homes import Office


class SheetOfNobody(UserError):
    """A row for all units on a sheet of which nobody knows for whom it is."""

    code = "given.sheet_of_nobody"
    template = msgid(
        "The title of the sheet does not say for which kind of unit it is. Give the sheet the name back that it was "
        "exported with."
    )


def write_list(office: Office, year: str, target: Path, more: Collection[tuple[str, str]] = ()) -> None:
    """Write what is given to the workbook `target`, with columns for what is proposed and for `more` (`Figure.key`).

    Raises `FileNotWritten`, or as `boards`.
    """
    # openpyxl takes a tenth of a second to import: only where a workbook is read or written.
    from exports.spreadsheets.given_figures import FigureSheet, write_figures  # noqa: PLC0415

    sheets = []
    for board in boards(office, year):
        wanted = {*more, *(figure.key for figure in board.usual())}
        figures = [figure for figure in board.figures if figure.key in wanted]
        holders: list[Unit | None] = [None, *board.units]
        rows = [
            (
                unit.code if unit else None,
                unit.name if unit else "",
                tuple(_value(figure, board.text(unit, figure)) for figure in figures),
            )
            for unit in holders
        ]
        heads = tuple((figure.code, figure.spec.title) for figure in figures)
        sheets.append(FigureSheet(board.level, heads, tuple(rows)))
    with new_file(target) as file:
        write_figures(file, sheets)


def look_at_list(office: Office, year: str, source: Path) -> Proposal:
    """What the workbook `source` would give and take back: an empty cell is no figure.

    Raises `FileNotRead`, `FileTooLarge`, what `read_figures` names, or as `boards`.
    """
    from exports.spreadsheets.given_figures import read_figures  # noqa: PLC0415

    found = read_figures(read_small(source), source.name)
    reader = _Reader(boards(office, year), list(found.faults))
    for each in found.figures:
        reader.read(each)
    said = [change for change, _ in reader.said.values()]
    new = tuple(change for change in said if change.before != change.after)
    same = sum(change.before == change.after and change.after is not None for change in said)
    return Proposal(year, new, same, faults=tuple(reader.faults))


_TWICE = msgid("Cell {cell} of the sheet “{sheet}” says something else for the same figure.")


class _Reader:
    """Finds what the cells mean: `said` by their places, `faults` for what means nothing."""

    def __init__(self, found: Sequence[Board], faults: list[Message]) -> None:
        self._boards = found
        self._units = {unit.code: (board, unit) for board in found for unit in board.units}
        # A number cell drops the zeros at the front of a code.
        self._bare = {code.lstrip("0"): found for code, found in self._units.items()}
        self._told: set[tuple[str, str]] = set()
        self._figures: dict[tuple[Board, str], Figure | Message] = {}
        self.said: dict[Place, tuple[Change, Cell]] = {}
        self.faults = faults

    def read(self, each: TypedFigure) -> None:
        """Note the change that a cell would make, or what is wrong with it."""
        try:
            board, unit = self._row(each)
        except UserError as fault:
            self._tell(each.unit_at, fault.message)
            return
        figure = self._figure(board, each.column)
        if isinstance(figure, Message):
            if each.typed:  # an empty column of another set says nothing
                self._tell(each.column_at, figure)
            return
        try:
            after = read_figure(figure, each.typed)
        except UserError as fault:
            self._tell(each.at, fault.message)
            return
        change = Change(unit, figure, board.text(unit, figure), after)
        first, where = self.said.setdefault(change.place, (change, each.at))
        if first.after != after:
            values = {"sheet": where.sheet, "cell": where.cell}
            self._tell(each.at, Message("given.twice", _TWICE, values))

    def _figure(self, board: Board, column: str) -> Figure | Message:
        """What a column is about under the set of a board, or why it is about nothing; found once for all rows."""
        if (board, column) not in self._figures:
            code, _, name = column.rpartition("/")
            try:
                self._figures[board, column] = board.figure(code or name, name)
            except UserError as fault:
                self._figures[board, column] = fault.message
        return self._figures[board, column]

    def _row(self, each: TypedFigure) -> tuple[Board, Unit | None]:
        if each.unit is not None:
            found = self._units.get(each.unit) or self._bare.get(each.unit.lstrip("0"))
            if found is None:
                raise UnknownUnit(code=each.unit[:20])
            return found
        fitting = [board for board in self._boards if each.level in {board.level, None}]
        if len(fitting) != 1:
            raise SheetOfNobody
        return fitting[0], None

    def _tell(self, at: Cell, fault: Message) -> None:
        if (at.sheet, at.cell) not in self._told:
            self._told.add((at.sheet, at.cell))
            self.faults.append(at.fault(fault))


def _value(figure: Figure, text: str | None) -> int | Decimal | date | str | None:
    """What stands in a cell: a number or a day as such, anything else in words."""
    if text is None:
        return None
    shown = shown_input(figure.spec, text)
    return say(shown) if isinstance(shown, Message) else shown
