"""The sheets of a workbook that somebody sends, as cells with their places: streamed, and only what is filled in.

A sheet may have a million empty rows, claim any size, or carry styles in every cell; what is kept is bounded.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from itertools import repeat
from operator import is_
from typing import TYPE_CHECKING, Any, Final

from openpyxl.cell.read_only import EMPTY_CELL
from openpyxl.utils import get_column_letter, range_boundaries

from exports.spreadsheets.opening import WorkbookTooLarge, open_workbook
from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.domain.numbers import LARGEST, NumberTooLarge, exact
from parindex_desktop.domain.text import TextTooLong, clean, folded, one_line, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from openpyxl.cell.read_only import ReadOnlyCell
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

MOST_CELLS: Final = 300_000
"""Cells with content in a workbook; the largest set that can be written has about half of it."""
MOST_SIGNS: Final = 8 * 1024 * 1024
"""Characters in all of them; a text that is stored once may stand in every cell."""
MOST_COLUMNS: Final = 100
"""Columns that are looked at; what stands to the right of them belongs to nothing that is read here."""
_LONGEST: Final = 32_767
"""Characters that a spreadsheet program allows in a cell."""
_MERGED: Final = re.compile(
    rb'<(?:\w+:)?mergeCell\b[^<>]*?\bref="([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})"'
)
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SURROGATES: Final = range(0xD800, 0xE000)
"""Halves of signs; by itself none can be shown or stored."""


class Wrong(Exception):
    """What is wrong with a cell."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.code)
        self.message = message


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands; without a cell it is about the whole sheet."""

    sheet: str
    row: int = 0
    column: str = ""
    cell: str = ""

    def fault(self, message: Message) -> Message:
        """`message`, said of this place."""
        if not self.cell:
            return Message(message.code, "Sheet “{sheet}”: {fault}", {"sheet": self.sheet, "fault": message})
        values = {
            "sheet": self.sheet,
            "cell": self.cell,
            "row": self.row,
            "column": self.column,
            "fault": message,
        }
        return Message(message.code, "Sheet “{sheet}”, cell {cell} (column “{column}”): {fault}", values)


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell with content: its `value` as the library reads it, `kind` (“f” is a formula, “e” an error)."""

    row: int
    column: int
    value: Any
    kind: str = "s"
    form: str = "General"

    @property
    def place(self) -> str:
        """Such as B5."""
        return f"{get_column_letter(self.column)}{self.row}"

    @property
    def is_text(self) -> bool:
        """Whether it holds text that was typed as such."""
        return isinstance(self.value, str) and self.kind not in "fe"

    @property
    def title(self) -> str:
        """Its text as titles are compared: without case, accents and signs at the end; empty where it is no text."""
        return folded(" ".join(self.value.split())).rstrip(" :*") if self.is_text else ""

    def text(self) -> str:
        """The text in the agreed form, or a number's digits. Raises `Wrong` for formulas, errors, dates and truths."""
        value = self.value
        if self.kind == "f":
            raise Wrong(Message("units.formula", "This is a formula; copy it and paste it as a value."))
        if self.kind == "e":
            values = {"text": shortened(str(value), 40)}
            raise Wrong(Message("units.error_value", "This is an error of the spreadsheet ({text}).", values))
        if isinstance(value, str):
            try:
                return clean(value, _LONGEST)
            except TextTooLong as fault:
                raise Wrong(fault.message) from fault
        if isinstance(value, (datetime, date)):
            day = {"date": value.date() if isinstance(value, datetime) else value}
            template = msgid(
                "A date stands here ({date}), text belongs here; format the cell as text and type it again."
            )
            raise Wrong(Message("book.date", template, day))
        number = self.number()
        if number is not None:
            return exact(number)
        raise Wrong(Message("units.not_text", "This is neither a text nor a whole number."))

    def number(self) -> Decimal | None:
        """The number in it as a person sees it, without what binary arithmetic adds behind the ninth place.

        None where something else stands: text, truth, day, formula. Raises `Wrong` from 10^15 on.
        """
        value = self.value
        if self.kind in "fe" or isinstance(value, bool) or not isinstance(value, (int, float)):
            return None
        if not abs(value) < int(LARGEST):  # so asked, what is no number at all is refused too
            raise Wrong(NumberTooLarge(text=shortened(str(value), 60)).message)
        return Decimal(value) if isinstance(value, int) else Decimal(repr(round(value, 9)))

    def figure(self) -> Decimal | None:
        """`number`, where a share of something is not meant: a cell that shows 60% holds 0.6. Raises `Wrong`."""
        number = self.number()
        if number is not None and "%" in self.form:
            template = msgid(
                "A percentage stands here; format the cell as a number and type the figure itself."
            )
            raise Wrong(Message("form_sheet.percent", template))
        return number


@dataclass(frozen=True, slots=True)
class Merged:
    """Cells that are one."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def place(self) -> str:
        """Such as A1:B5."""
        return f"{get_column_letter(self.left)}{self.top}:{get_column_letter(self.right)}{self.bottom}"


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet: its filled cells by (row, column), and which are merged; `rows` has the same cells row by row."""

    title: str
    cells: Mapping[tuple[int, int], GridCell]
    merged: tuple[Merged, ...] = ()
    rows: Mapping[int, Sequence[GridCell]] = field(init=False, repr=False, compare=False)
    _spread: dict[tuple[int, int], tuple[int, int]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        rows: dict[int, list[GridCell]] = {}
        for (row, _), cell in sorted(self.cells.items()):
            rows.setdefault(row, []).append(cell)
        numbers = list(rows)
        spread = {
            (row, column): (area.top, area.left)
            for area in self.merged
            for row in numbers[bisect_left(numbers, area.top) : bisect_right(numbers, area.bottom)]
            for column in range(area.left, min(area.right, MOST_COLUMNS) + 1)
        }
        object.__setattr__(self, "rows", rows)
        object.__setattr__(self, "_spread", spread)

    def at(self, row: int, column: int) -> GridCell | None:
        """What shows at a place: of merged cells the one that holds the content."""
        return self.cells.get(self._spread.get((row, column), (row, column)))

    def place(self, row: int, column: int, title: str) -> Place:
        """The cell below the column title `title`, for a fault."""
        return Place(self.title, row, title, f"{get_column_letter(column)}{row}")

    def refused(self, area: Merged) -> Message:
        """The fault of cells that are merged where each row must have its own."""
        values = {"sheet": self.title, "cells": area.place}
        return Message("units.merged", "Sheet “{sheet}”, cells {cells} are merged; split them.", values)


def read_grids(data: bytes, name: str) -> list[Grid]:
    """The sheets of the workbook in `data`; raises what `open_workbook` names."""
    grids = []
    count = signs = 0
    with open_workbook(data, name) as book:
        for sheet in book.worksheets:
            cells = {}
            for cell in _filled(sheet):
                value = cell.value
                count += 1
                signs += len(value) if isinstance(value, str) else 0
                if count > MOST_CELLS or signs > MOST_SIGNS:
                    raise WorkbookTooLarge(name=name)
                value = unescaped(value) if isinstance(value, str) else value
                form = cell.number_format or "General"
                cells[cell.row, cell.column] = GridCell(cell.row, cell.column, value, cell.data_type, form)
            grids.append(Grid(one_line(sheet.title, 100), cells, tuple(_merged(sheet, cells, name))))
    return grids


def _filled(sheet: ReadOnlyWorksheet) -> Iterator[ReadOnlyCell]:
    sheet.reset_dimensions()  # a sheet may claim any size
    for row in sheet.iter_rows(max_col=MOST_COLUMNS):
        if all(map(is_, row, repeat(EMPTY_CELL))):
            continue  # a million of them are passed over in a second
        for cell in row:
            if cell.value is not None and not (isinstance(cell.value, str) and not cell.value.strip()):
                yield cell


def _merged(
    sheet: ReadOnlyWorksheet, cells: Mapping[tuple[int, int], GridCell], name: str
) -> Iterator[Merged]:
    # The library does not read merged cells while it streams; it keeps the part of the sheet open to itself.
    with sheet._get_source() as part:  # noqa: SLF001
        found = set(_MERGED.findall(part.read()))
    rows = sorted({row for row, _ in cells})
    spread = 0
    for area in sorted(found):
        left, top, right, bottom = range_boundaries(area.decode("ascii"))
        touched = bisect_right(rows, bottom) - bisect_left(rows, top)
        spread += touched * max(0, min(right, MOST_COLUMNS) - left + 1)
        if spread > MOST_CELLS:
            raise WorkbookTooLarge(name=name)
        yield Merged(left, top, right, bottom)


def unescaped(text: str) -> str:
    """The text that `cells.escaped` or a spreadsheet program stored so."""
    return _ESCAPED.sub(_sign, text) if "_x" in text else text


def _sign(escaped: re.Match[str]) -> str:
    number = int(escaped[1], 16)
    return "\ufffd" if number in _SURROGATES else chr(number)
