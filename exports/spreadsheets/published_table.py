"""A table of criteria as provinces publish it: found in a workbook, its rows told apart, nothing decided silently.

Headings over several rows, merged cells, decimal commas, Roman and nested numbers, notes and sums are met in every
published set. `proposals` makes a criteria set of what is found here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING, Final

from exports.spreadsheets.grid import MOST_COLUMNS, GridCell, Wrong
from parindex_desktop.domain import numbers
from parindex_desktop.domain.errors import UserError
from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.domain.text import folded, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from exports.spreadsheets.grid import Grid, Merged

_HEADING_ROWS: Final = 40
"""Rows in which the headings are looked for; a published decision has its letterhead above them."""
_HIGHEST_HEADING: Final = 3


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
_TO_BE_FILLED: Final = re.compile(
    r".*\b(?:tu cham|tu danh gia|tham dinh|dieu tra|xhh|dat duoc|thuc te|diem dat)\b.*"
)
"""Columns for what units and appraisers enter; a published table leaves them empty or marks them with x."""


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
    """A row of the table; `doubts` are about how it was read.

    `scoring` are the texts on points, of their own column or below the title in its cell; `shared` is the merged cell
    that the documents come from where it began in a row above.
    """

    sheet: str
    row: int
    number: str = ""
    title: str = ""
    maximum: Decimal | None = None
    documents: list[str] = field(default_factory=list)
    shared: str = ""
    scoring: list[str] = field(default_factory=list)
    doubts: list[Message] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether nothing of it is told by the columns that are read."""
        texts = self.number or self.title or self.documents or self.scoring or self.doubts
        return not texts and self.maximum is None


def largest(grids: Sequence[Grid]) -> tuple[Grid, Headings] | None:
    """The sheet with the longest table."""
    found = [(grid, headings) for grid in grids if (headings := headings_of(grid)) is not None]
    return max(found, key=lambda each: len(each[0].rows), default=None)


def headings_of(grid: Grid) -> Headings | None:
    """The headings of the table in a sheet; None where it has none."""
    best: tuple[int, int, dict[Role, int]] | None = None
    for top in islice(grid.rows, _HEADING_ROWS):
        for height in range(1, _HIGHEST_HEADING + 1):
            columns = _roles(_heading_texts(grid, top, top + height - 1))
            if {Role.TITLE, Role.MAXIMUM} <= columns.keys() and (best is None or len(columns) > len(best[2])):
                best = top, top + height - 1, columns
    if best is None:
        return None
    top, last, columns = best
    last = _last(grid, [area for area in grid.merged if area.top == top], last)
    texts = _heading_texts(grid, top, last)
    columns = _roles(texts)  # what stands below a heading may turn it into one that nobody reads
    ignored = tuple(text for column, text in texts.items() if column not in columns.values())
    return Headings(last, columns, ignored)


def lines_of(grid: Grid, headings: Headings) -> Iterator[Line]:
    """Every row below the headings that holds something; the row that numbers the columns is left out."""
    for row, cells in grid.rows.items():
        if row <= headings.last or _numbers_columns(cells):
            continue
        line = _line(grid, row, headings.columns)
        if not line.is_empty:
            yield line


def _last(grid: Grid, headings: Sequence[Merged], last: int) -> int:
    """The last row of the headings: what is merged downwards ends there, what is merged across has parts below it."""
    last = max([last, *(area.bottom for area in headings)])
    across = {
        column
        for area in headings
        for column in range(area.left, min(area.right, MOST_COLUMNS) + 1)
        if area.right > area.left
    }
    below = grid.rows.get(last + 1, ())
    return last + 1 if below and all(cell.column in across for cell in below) else last


def _heading_texts(grid: Grid, top: int, last: int) -> dict[int, str]:
    """The heading of each column: what stands above it in the rows from `top` to `last`, each text once."""
    texts: dict[int, list[str]] = {}
    rows = range(top, last + 1)
    columns = {cell.column for row in rows for cell in grid.rows.get(row, ())}
    columns |= {
        column
        for area in grid.merged
        if area.top in rows
        for column in range(area.left, min(area.right, MOST_COLUMNS) + 1)
    }
    for column in sorted(columns):
        for row in rows:
            cell = grid.at(row, column)
            text = _text(cell) if cell is not None else ""
            if text and text not in texts.setdefault(column, []):
                texts[column].append(text)
    return {column: " ".join(parts) for column, parts in texts.items() if parts}


def _roles(texts: dict[int, str]) -> dict[Role, int]:
    """The first column of each role; a column has one role."""
    columns: dict[Role, int] = {}
    for column, text in texts.items():
        words = " ".join(re.sub(r"[^\w ]", " ", folded(text)).split())
        if len(words) >= 120:
            continue
        role = next((role for role, pattern in _ROLES if pattern.fullmatch(words)), None)
        if role is not None and not (role is Role.SCORING and _TO_BE_FILLED.fullmatch(words)):
            columns.setdefault(role, column)
    return columns


def _numbers_columns(cells: Sequence[GridCell]) -> bool:
    """Whether a row only numbers the columns: (1) (2) (3), or A B 1 2."""
    texts = [_text(cell).strip("() ") for cell in cells]
    if len(texts) < 3 or any(len(text) > 2 for text in texts):
        return False
    counted = [int(text) for text in texts if text.isascii() and text.isdecimal()]
    return len(counted) >= 2 and counted == list(range(counted[0], counted[0] + len(counted)))


def _line(grid: Grid, row: int, columns: dict[Role, int]) -> Line:
    line = Line(grid.title, row)
    cells = {role: cell for role, at in columns.items() if (cell := grid.at(row, at)) is not None}
    own = {role: cell for role, cell in cells.items() if cell.row == row}
    title = own.get(Role.TITLE)
    if (number := own.get(Role.NUMBER)) is not None and number is not title:
        line.number = _number(number, line)
    if title is not None:
        _read_title(title, line)
    if line.number and not line.title and not _NUMBER.fullmatch(line.number):
        line.number, line.title = "", line.number  # a sum or a note that stands in the first column
    if not line.number:
        line.number, line.title = split_number(line.title)
    if (points := own.get(Role.MAXIMUM)) is not None and points is not title:
        line.maximum = _maximum(points, line)
    if (scoring := own.get(Role.SCORING)) is not None and scoring is not title:
        line.scoring += _entries(scoring, line)
    if (documents := cells.get(Role.DOCUMENTS)) is not None and documents is not title:
        line.documents = [
            part for text in _entries(documents, line) for part in re.split(r"\s*;\s*", text) if part
        ]
        line.shared = documents.place if documents.row != row else ""
    return line


def _read_title(cell: GridCell, line: Line) -> None:
    """The title, and what stands below it in the same cell as a list: how it is scored."""
    first, *rest = _safe(cell, line).split("\n") or [""]
    title = [first]
    while rest and not _IN_LIST.search(rest[0]):
        title.append(rest.pop(0))
    line.title = " ".join(" ".join(title).split())
    line.scoring = [text for each in rest if (text := _unbulleted(each))]


_IN_LIST: Final = re.compile(r"^\s*[-–+*•]|[:=]\s*\d+(?:[.,]\d+)?\s*(?:điểm)?\W*$|\d\s*điểm", re.IGNORECASE)
"""A line of a list, or one that says points."""
_NUMBER: Final = re.compile(r"(?:[IVX]{1,5}|\d{1,3}|[A-Za-zđĐ])(?:\.(?:\d{1,3}|[a-zđ]))*")
_NUMBERED: Final = re.compile(
    r"(?:(?i:lĩnh vực|phần|mục)\s+(?P<named>[IVX]{1,5}|\d{1,2}|[A-H])\s*[.:/–-]"
    r"|(?P<roman>[IVX]{1,5})\s*[.):/–-]"
    # No hyphen here: “1 - 2 báo cáo: 0,5 điểm” is no number and title.
    r"|(?P<number>\d{1,3}(?:\.\d{1,3})*|[a-zđA-H])\s*[.)])\s+(?=\S)"
)


def split_number(text: str) -> tuple[str, str]:
    """The number that a text begins with (“I. …”, “1.2. …”, “a) …”, “Lĩnh vực 1: …”), and the rest."""
    match = _NUMBERED.match(text)
    return (str(match[match.lastgroup or 0]), text[match.end() :].strip()) if match else ("", text)


def _number(cell: GridCell, line: Line) -> str:
    """The printed number; one that a spreadsheet holds as a number, a date or a time may have lost its form."""
    if isinstance(cell.value, date):
        template = msgid("The number in cell {cell} became a date; check it.")
        line.doubts.append(Message("table.number_date", template, {"cell": cell.place}))
        return f"{cell.value.day}.{cell.value.month}"
    if isinstance(cell.value, time):
        template = msgid("The number in cell {cell} became a time of day; check it.")
        line.doubts.append(Message("table.number_time", template, {"cell": cell.place}))
        return f"{cell.value.hour}.{cell.value.minute}"
    text = _safe(cell, line)
    if isinstance(cell.value, float) and "." in text:
        template = msgid("“{text}” is held as a number, so {text} and {text}0 look alike; check it.")
        line.doubts.append(Message("table.number_float", template, {"text": text}))
    return text.strip().rstrip(".):").strip()


_POINTS: Final = re.compile(r"(?:tối đa\s*)?([0-9]{1,3}(?:[.,][0-9]{1,9})?)\s*(?:điểm|đ)?", re.IGNORECASE)


def _maximum(cell: GridCell, line: Line) -> Decimal | None:
    try:
        value = cell.figure()
    except Wrong as wrong:
        line.doubts.append(_unread(cell, wrong))
        return None
    text = _safe(cell, line).strip(" -–") if value is None else numbers.exact(value)
    if not text:
        return None
    if value is None and (match := _POINTS.fullmatch(text)) is not None:
        value = Decimal(match[1].replace(",", "."))
    if value is not None and value == numbers.rounded(value) and 0 <= value < 1000:
        return numbers.rounded(value)
    template = msgid("“{text}” in cell {cell} is no number of points.")
    line.doubts.append(
        Message("table.no_points", template, {"text": shortened(text, 60), "cell": cell.place})
    )
    return None


def _entries(cell: GridCell, line: Line) -> list[str]:
    """The lines of a cell, without their bullets."""
    return [text for each in _safe(cell, line).split("\n") if (text := _unbulleted(each))]


def _safe(cell: GridCell, line: Line) -> str:
    try:
        return cell.text()
    except Wrong as wrong:
        line.doubts.append(_unread(cell, wrong))
        return ""


def _unread(cell: GridCell, wrong: Wrong) -> Message:
    values = {"cell": cell.place, "fault": wrong.message}
    return Message("table.unread", "Cell {cell} was not read: {fault}", values)


def _text(cell: GridCell) -> str:
    try:
        return " ".join(cell.text().split())
    except Wrong:
        return ""


def _unbulleted(text: str) -> str:
    return " ".join(re.sub(r"^[\s\-–+*•]+", "", text).split())[:500]
