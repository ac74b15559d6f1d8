"""The sheets of a workbook that somebody sends, as cells with their places: streamed, and only what is filled in.

A sheet may have a million empty rows, claim any size, or carry styles in every cell; what is kept is bounded.
"""

from __future__ import annotations

import math
import re
import warnings
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from itertools import repeat
from operator import is_
from typing import TYPE_CHECKING, Any, Final

from openpyxl.cell.read_only import EMPTY_CELL
from openpyxl.utils import get_column_letter, range_boundaries

from exports.spreadsheets.opening import WorkbookTooLarge, damage_named, open_workbook
from parindex_desktop.domain import numbers
from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.domain.text import TextTooLong, clean, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

MOST_CELLS: Final = 300_000
"""Cells with content in a workbook; the largest set that can be written has about half of it."""
MOST_COLUMNS: Final = 100
"""Columns that are looked at; what stands to the right of them belongs to nothing that is read here."""
_LONGEST: Final = 32_767
"""Characters that a spreadsheet program allows in a cell."""
_MERGED: Final = re.compile(
    rb'<(?:\w+:)?mergeCell\b[^>]*?\bref="([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})"'
)
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")


class Wrong(Exception):
    """What is wrong with a cell."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.code)
        self.message = message


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

    def text(self) -> str:
        """The text in the agreed form, or a number's digits. Raises `Wrong` for formulas, errors, dates and truths."""
        value = self.value
        if self.kind == "f":
            raise Wrong(Message("units.formula", "This is a formula; copy it and paste it as a value."))
        if self.kind == "e":
            values = {"text": str(value)[:40]}
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
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        if isinstance(value, float):
            return numbers.exact(as_decimal(value))
        raise Wrong(Message("units.not_text", "This is neither a text nor a whole number."))


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
    """A sheet: its filled cells by (row, column), and which are merged."""

    title: str
    cells: Mapping[tuple[int, int], GridCell]
    merged: tuple[Merged, ...] = ()
    _spread: dict[tuple[int, int], tuple[int, int]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        rows = self.rows()
        spread = {
            (row, column): (area.top, area.left)
            for area in self.merged
            for row in rows[bisect_left(rows, area.top) : bisect_right(rows, area.bottom)]
            for column in range(area.left, min(area.right, MOST_COLUMNS) + 1)
        }
        object.__setattr__(self, "_spread", spread)

    def rows(self) -> list[int]:
        """The numbers of the rows that hold something."""
        return sorted({row for row, _ in self.cells})

    def at(self, row: int, column: int) -> GridCell | None:
        """What shows at a place: of merged cells the one that holds the content."""
        return self.cells.get(self._spread.get((row, column), (row, column)))

    def is_continued(self, row: int, column: int) -> bool:
        """Whether the place belongs to merged cells that begin elsewhere."""
        return self._spread.get((row, column), (row, column)) != (row, column)


def read_grids(data: bytes, name: str) -> list[Grid]:
    """The sheets of the workbook in `data`; raises what `open_workbook` names."""
    with damage_named(name), warnings.catch_warnings():
        # openpyxl warns of styles and extensions that it leaves out; nothing of them is read.
        warnings.simplefilter("ignore", UserWarning)
        book = open_workbook(data, name, streaming=True)
        try:
            grids = []
            left = MOST_CELLS
            for sheet in book.worksheets:
                cells = _cells(sheet, left, name)
                left -= len(cells)
                merged = tuple(_merged(sheet, cells, name))
                grids.append(Grid(one_line(sheet.title, 100), cells, merged))
            return grids
        finally:
            book.close()


def _cells(sheet: ReadOnlyWorksheet, most: int, name: str) -> dict[tuple[int, int], GridCell]:
    sheet.reset_dimensions()  # a sheet may claim any size
    cells = {}
    for row in sheet.iter_rows(max_col=MOST_COLUMNS):
        if all(map(is_, row, repeat(EMPTY_CELL))):
            continue  # a million of them are passed over in a second
        for cell in row:
            value = cell.value
            if value is None or (isinstance(value, str) and not value.strip()):
                continue
            if isinstance(value, str):
                value = unescaped(value)
            cells[cell.row, cell.column] = GridCell(
                cell.row, cell.column, value, cell.data_type, cell.number_format or "General"
            )
            if len(cells) > most:
                raise WorkbookTooLarge(name=name)
    return cells


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


def as_decimal(value: float) -> Decimal:
    """The number that a person sees: what binary arithmetic added behind the ninth place is dropped."""
    return Decimal(repr(round(value, 9))) if math.isfinite(value) else Decimal(0)


def escaped(text: str) -> str:
    """`text` as a workbook stores it: what reads as an escape, and signs that XML cannot hold, are escaped."""
    text = re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)
    return re.sub(
        "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", lambda sign: f"_x{ord(sign.group()):04X}_", text
    )


def unescaped(text: str) -> str:
    """What `escaped` and spreadsheet programs wrote."""
    return _ESCAPED.sub(lambda sign: chr(int(sign.group(1), 16)), text) if "_x" in text else text
