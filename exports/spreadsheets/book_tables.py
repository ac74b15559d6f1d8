"""The tables of a criteria workbook as rows in their own order, each cell with its place for faults."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from exports.spreadsheets.criteria_columns import CODE, LINK, NEVER_CONTENT, ORDER
from exports.spreadsheets.criteria_values import NO_RULE, RuleWords, read
from exports.spreadsheets.grid import Place, Wrong
from parindex_desktop.domain.messages import Message
from parindex_desktop.domain.text import folded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from exports.spreadsheets.criteria_columns import Column, Key, Sheet
    from exports.spreadsheets.grid import Grid, GridCell

_TITLE_ROWS: Final = 20
"""Rows in which the titles are looked for."""


@dataclass(slots=True)
class Row:
    """A row: its filled cells by the key of their column; `letters` has the place of every column."""

    sheet: Sheet
    number: int
    cells: dict[Key, GridCell]
    places: dict[Key, Place]
    faults: list[Message]
    broken: set[Key] = field(default_factory=set)

    def get(self, column: Column, words: RuleWords = NO_RULE) -> Any:
        """The value in a column; None where it is empty or wrong, which is then a fault."""
        cell = self.cells.get(column.key)
        if cell is None:
            return None
        try:
            return read(column, cell, words)
        except Wrong as wrong:
            self.refuse(column.key, wrong.message)
            return None

    def refuse(self, key: Key, message: Message) -> None:
        """Note a fault in a column."""
        self.broken.add(key)
        self.faults.append(self.places[key].fault(message))


def rows_of(grid: Grid, sheet: Sheet, faults: list[Message]) -> list[Row]:
    """The rows below the titles that hold something, in the order that their column “Thứ tự” says."""
    titles = _titles(grid, sheet)
    if titles is None:
        values = {"columns": tuple(column.title for column in sheet.columns)}
        message = Message("book.titles", "The row with the column titles is missing: {columns}.", values)
        faults.append(Place(grid.title).fault(message))
        return []
    columns = _columns(grid, sheet, titles, faults)
    if len(columns) < len(sheet.columns):
        return []
    faults += _merged(grid, sheet, titles, columns)
    return _ordered(list(_rows(grid, sheet, titles, columns, faults)))


def _titles(grid: Grid, sheet: Sheet) -> int | None:
    """The row with the most of the titles; None where none has half of them."""
    wanted = {folded(column.title) for column in sheet.columns}
    found = {
        row: sum(cell.title in wanted for cell in cells)
        for row, cells in islice(grid.rows.items(), _TITLE_ROWS)
    }
    best = max(found, key=lambda row: found[row], default=None)
    return best if best is not None and found[best] * 2 >= len(sheet.columns) else None


def _columns(grid: Grid, sheet: Sheet, titles: int, faults: list[Message]) -> dict[Key, int]:
    """The number of each column; a title that is missing or stands twice is a fault."""
    standing: dict[str, list[GridCell]] = {}
    for cell in grid.rows[titles]:
        standing.setdefault(cell.title, []).append(cell)
    columns = {}
    for column in sheet.columns:
        cells = standing.get(folded(column.title), [])
        if len(cells) == 1:
            columns[column.key] = cells[0].column
            continue
        if cells:
            place = Place(grid.title, titles, column.title, cells[1].place)
            faults.append(place.fault(Message("book.column_twice", "This column stands here twice.")))
        else:
            message = Message(
                "book.column_missing",
                "The column “{column}” is missing. Put it back (it may be empty), or write the set out again.",
                {"column": column.title},
            )
            faults.append(Place(grid.title).fault(message))
    return columns


def _merged(grid: Grid, sheet: Sheet, titles: int, columns: dict[Key, int]) -> Iterator[Message]:
    """A fault for merged cells, except where one code stands for several rows below each other."""
    keys = {number: key for key, number in columns.items()}
    for area in grid.merged:
        inside = [keys[number] for number in range(area.left, min(area.right, 100) + 1) if number in keys]
        one_code = area.left == area.right and inside and inside[0] in {CODE, LINK} and bool(sheet.within)
        if area.bottom > titles and inside and not one_code:
            yield grid.refused(area)


def _rows(
    grid: Grid, sheet: Sheet, titles: int, columns: dict[Key, int], faults: list[Message]
) -> Iterator[Row]:
    content = {number for key, number in columns.items() if key not in NEVER_CONTENT}
    by_title = {column.key: column.title for column in sheet.columns}
    for number in grid.rows:
        if number <= titles or not any((number, column) in grid.cells for column in content):
            continue
        cells = {key: cell for key, at in columns.items() if (cell := grid.at(number, at)) is not None}
        places = {key: grid.place(number, at, by_title[key]) for key, at in columns.items()}
        yield Row(sheet, number, cells, places, faults)


def _ordered(rows: list[Row]) -> list[Row]:
    """Rows by their order; one without stands after the row above it."""
    if not rows or ORDER not in rows[0].places:
        return rows
    column = rows[0].sheet.column(ORDER)
    keys: list[Decimal] = []
    for row in rows:
        said = row.get(column)
        keys.append(said if said is not None else keys[-1] if keys else Decimal(0))
    return [
        row for _, _, row in sorted(zip(keys, range(len(rows)), rows, strict=True), key=lambda each: each[:2])
    ]
