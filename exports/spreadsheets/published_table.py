"""A table of criteria as provinces publish it: found in a workbook, its rows told apart, nothing decided silently.

Headings over several rows, merged cells, decimal commas, Roman and nested numbers, notes and sums are met in every
published set. `proposals` makes a criteria set of what is found here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from exports.spreadsheets.grid import GridCell, Wrong, as_decimal
from parindex_desktop.domain import numbers
from parindex_desktop.domain.errors import UserError
from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.domain.text import folded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from exports.spreadsheets.grid import Grid

_HEADING_ROWS: Final = 40
"""Rows in which the headings are looked for; a published decision has its letterhead above them."""
_HIGHEST_HEADING: Final = 3


_IS_NUMBER: Final = re.compile(r"\w{1,5}(?:\.\w{1,5})*")


class Role(StrEnum):
    """What a column of the table holds."""

    NUMBER = "number"
    TITLE = "title"
    MAXIMUM = "maximum"
    DOCUMENTS = "documents"
    SCORING = "scoring"


_ROLES: Final = (
    (Role.NUMBER, re.compile(r"stt|tt|so tt|so thu tu|ma|ma so|muc")),
    (
        Role.MAXIMUM,
        re.compile(r".*\b(?:diem toi da|diem chuan|thang diem|diem quy dinh|toi da)\b.*|diem|diem so"),
    ),
    (Role.DOCUMENTS, re.compile(r".*\b(?:kiem chung|minh chung|ho so chung minh)\b.*")),
    (
        Role.SCORING,
        re.compile(
            r".*\b(?:cach tinh diem|cach cham|cach danh gia|phuong phap|huong dan cham|dien giai)\b.*"
        ),
    ),
    (Role.TITLE, re.compile(r".*\b(?:tieu chi|linh vuc|noi dung|chi so thanh phan|chi tieu)\b.*")),
)


class TableNotFound(UserError):
    """No sheet has the headings of a published table."""

    code = "table.not_found"
    template = msgid(
        "No sheet of “{name}” has a table with the columns “tiêu chí” and “điểm tối đa”. Nothing was taken over; copy "
        "the table with its headings into a workbook of its own, and choose that one."
    )


@dataclass(frozen=True, slots=True)
class Headings:
    """Where the table begins: its columns by role, and the headings that nobody reads, by name."""

    last: int
    columns: dict[Role, int]
    ignored: tuple[str, ...]


@dataclass(slots=True)
class Line:
    """A row of the table: its printed number, texts, and points; `doubts` are about how they were read."""

    sheet: str
    row: int
    number: str = ""
    title: str = ""
    maximum: Decimal | None = None
    documents: list[str] = field(default_factory=list)
    scoring: list[str] = field(default_factory=list)
    doubts: list[Message] = field(default_factory=list)

    @property
    def place(self) -> dict[str, object]:
        """Values for a sentence about this row."""
        return {"sheet": self.sheet, "row": str(self.row)}


def headings_of(grid: Grid) -> Headings | None:
    """The headings of the table in a sheet; None where it has none."""
    best: tuple[int, int, dict[Role, int]] | None = None
    for top in [row for row in grid.rows() if row <= _HEADING_ROWS]:
        for height in range(1, _HIGHEST_HEADING + 1):
            columns = _roles(_heading_texts(grid, top, height))
            if {Role.TITLE, Role.MAXIMUM} <= columns.keys() and (best is None or len(columns) > len(best[2])):
                best = top, height, columns
    if best is None:
        return None
    top, height, columns = best
    last = max([top + height - 1, *(_bottom(grid, top, column) for column in columns.values())])
    texts = _heading_texts(grid, top, last - top + 1)
    return Headings(
        last, columns, tuple(text for column, text in texts.items() if column not in columns.values())
    )


def lines_of(grid: Grid, headings: Headings) -> Iterator[Line]:
    """Every row below the headings that holds something; the row that numbers the columns is left out."""
    for row in grid.rows():
        if row <= headings.last or _numbers_columns(grid, row):
            continue
        line = _line(grid, row, headings.columns)
        if (
            line.number
            or line.title
            or line.maximum is not None
            or line.documents
            or line.scoring
            or line.doubts
        ):
            yield line


def _heading_texts(grid: Grid, top: int, height: int) -> dict[int, str]:
    """The heading of each column: what stands above it in `height` rows, each text once."""
    texts: dict[int, list[str]] = {}
    columns = {column for row, column in grid.cells if top <= row < top + height}
    columns |= {
        column
        for area in grid.merged
        if top <= area.top < top + height
        for column in range(area.left, min(area.right, 100) + 1)
    }
    for column in sorted(columns):
        for row in range(top, top + height):
            cell = grid.at(row, column)
            text = _text(cell) if cell is not None else ""
            if text and text not in texts.setdefault(column, []):
                texts[column].append(text)
    return {column: " ".join(parts) for column, parts in texts.items() if parts}


def _roles(texts: dict[int, str]) -> dict[Role, int]:
    """The first column of each role; a column has one role."""
    columns: dict[Role, int] = {}
    for column, text in texts.items():
        words = re.sub(r"[^\w ]", " ", folded(text))
        words = " ".join(words.split())
        role = next((role for role, pattern in _ROLES if pattern.fullmatch(words) and len(words) < 120), None)
        if role is not None:
            columns.setdefault(role, column)
    return columns


def _bottom(grid: Grid, top: int, column: int) -> int:
    """The last row of the heading that begins at a place."""
    return next(
        (area.bottom for area in grid.merged if area.top == top and area.left <= column <= area.right), top
    )


def _numbers_columns(grid: Grid, row: int) -> bool:
    """Whether a row only numbers the columns: (1) (2) (3), or A B 1 2."""
    texts = [_text(cell).strip("() ") for (at, _), cell in sorted(grid.cells.items()) if at == row]
    counted = [int(text) for text in texts if text.isdecimal()]
    if len(texts) < 3 or len(counted) < 2 or any(len(text) > 2 for text in texts):
        return False
    return counted == list(range(counted[0], counted[0] + len(counted)))


def _line(grid: Grid, row: int, columns: dict[Role, int]) -> Line:
    line = Line(grid.title, row)
    cells = {role: cell for role, at in columns.items() if (cell := grid.at(row, at)) is not None}
    number, title = cells.get(Role.NUMBER), cells.get(Role.TITLE)
    if number is not None and title is not None and number.place == title.place:
        number = None  # one heading over the whole row
    line.number = _number(number, line) if number is not None and number.row == row else ""
    line.title = " ".join(_own(title, row, line).split()) if title is not None else ""
    if line.number and not line.title and not _IS_NUMBER.fullmatch(line.number):
        line.number, line.title = "", line.number  # a sum or a note that stands in the first column
    if not line.number and line.title:
        line.number, line.title = split_number(line.title)
    points = cells.get(Role.MAXIMUM)
    if points is not None and points is not title and points.row == row:
        line.maximum = _maximum(points, line)
    for role, texts in ((Role.DOCUMENTS, line.documents), (Role.SCORING, line.scoring)):
        cell = cells.get(role)
        if cell is None or cell is title:
            continue
        if cell.row != row and role is Role.DOCUMENTS:
            template = msgid(
                "The documents are those of the merged cell {cell}; do they belong to this row too?"
            )
            line.doubts.append(Message("table.merged", template, {"cell": cell.place}))
        elif cell.row != row:
            continue
        texts += [part for text in _safe(cell, line).split("\n") if (part := _unbulleted(text))]
    return line


def split_number(text: str) -> tuple[str, str]:
    """The number that a text begins with (“I. …”, “1.2. …”, “a) …”, “Lĩnh vực 1: …”), and the rest."""
    match = _NUMBERED.match(text)
    return (match["number"], text[match.end() :].strip()) if match else ("", text)


_NUMBERED: Final = re.compile(
    r"(?:(?:lĩnh vực|phần|mục)\s+(?=[\dIVXA-Z]))?"
    r"(?P<number>[IVX]{1,5}|\d{1,3}(?:\.\d{1,3})*|[a-zđA-H])\s*[.):/–-]\s+(?=\S)",
    re.IGNORECASE,
)


def _number(cell: GridCell, line: Line) -> str:
    """The printed number; one that a spreadsheet holds as a number or a date may have lost its form."""
    if cell.kind == "d":
        template = msgid("The number in cell {cell} became a date; check it.")
        line.doubts.append(Message("table.number_date", template, {"cell": cell.place}))
        return f"{cell.value.day}.{cell.value.month}"
    text = _safe(cell, line)
    if isinstance(cell.value, float) and "." in text:
        template = msgid("“{text}” is held as a number, so {text} and {text}0 look alike; check it.")
        line.doubts.append(Message("table.number_float", template, {"text": text}))
    return text.strip().rstrip(".):").strip()


def _maximum(cell: GridCell, line: Line) -> Decimal | None:
    if not isinstance(cell.value, bool) and isinstance(cell.value, (int, float)) and cell.kind == "n":
        value = as_decimal(cell.value)
    else:
        text = _safe(cell, line)
        match = re.fullmatch(
            r"(?:tối đa\s*)?(\d{1,3}(?:[.,]\d+)?)\s*(?:điểm|đ)?", text.strip(), re.IGNORECASE
        )
        if match is None:
            if text.strip(" -–"):
                values = {"text": text[:60], "cell": cell.place}
                template = msgid("“{text}” in cell {cell} is no number of points.")
                line.doubts.append(Message("table.no_points", template, values))
            return None
        value = numbers.ARITHMETIC.create_decimal(match[1].replace(",", "."))
    if value != numbers.rounded(value) or not 0 <= value < 1000:
        values = {"text": numbers.exact(value)[:40], "cell": cell.place}
        template = msgid("“{text}” in cell {cell} is no number of points.")
        line.doubts.append(Message("table.no_points", template, values))
        return None
    return numbers.rounded(value)


def _own(cell: GridCell, row: int, line: Line) -> str:
    """The text of a cell in its first row; below, merged cells continue the same criterion."""
    return _safe(cell, line) if cell.row == row else ""


def _safe(cell: GridCell, line: Line) -> str:
    try:
        return cell.text()
    except Wrong as wrong:
        values = {"cell": cell.place, "fault": wrong.message}
        line.doubts.append(Message("table.unread", "Cell {cell} was not read: {fault}", values))
        return ""


def _text(cell: GridCell) -> str:
    try:
        return " ".join(cell.text().split())
    except Wrong:
        return ""


def _unbulleted(text: str) -> str:
    return " ".join(re.sub(r"^[\s\-–+*•]+", "", text).split())[:500]


def largest(grids: Sequence[Grid]) -> tuple[Grid, Headings] | None:
    """The sheet with the longest table."""
    found = [(grid, headings) for grid in grids if (headings := headings_of(grid)) is not None]
    return max(found, key=lambda each: len(each[0].rows()), default=None)
