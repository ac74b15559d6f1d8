"""The cells of the list of units and of its second sheet: how each value is read, and how it is written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from openpyxl.utils import get_column_letter

from exports.spreadsheets.cells import put, put_title
from exports.spreadsheets.grid import Wrong
from parindex_desktop.domain.errors import UserError
from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.domain.scoring.inputs import read_date
from parindex_desktop.domain.text import TextTooLong, folded, one_line, shortened
from parindex_desktop.domain.unit_changes import LONGEST_TYPED_NAME, check_code
from parindex_desktop.domain.unit_entries import LONGEST_BLOCK
from parindex_desktop.domain.units import BodyKind, Level

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

    from exports.spreadsheets.grid import Grid, GridCell, Place

LEVEL_TITLES: Final = {
    Level.COMMUNE: "Xã, phường, đặc khu",
    Level.DISTRICT: "Huyện, quận, thị xã, thành phố thuộc tỉnh",
    Level.DEPARTMENT: "Sở, ban, ngành",
    Level.CENTRAL: "Cơ quan trung ương tại tỉnh",
}
KIND_TITLES: Final = {
    BodyKind.ROOM: "Phòng, đơn vị trực thuộc",
    BodyKind.ORGANISATION: "Cơ quan, tổ chức",
    BodyKind.GROUP: "Nhóm",
}
DAY: Final = "dd/mm/yyyy"
"""The form in which a day is shown."""

_TITLE_ROWS: Final = 20
"""Rows in which the titles are looked for."""
_LONGEST_LIST: Final = 8000
"""Characters of a cell that names several units."""
_LEVELS: Final = {
    **{folded(title): level for level, title in LEVEL_TITLES.items()},
    **dict.fromkeys(
        ("xa", "phuong", "thi tran", "dac khu", "cap xa", "xa, phuong", "commune"), Level.COMMUNE
    ),
    **dict.fromkeys(("huyen", "quan", "thi xa", "thanh pho", "cap huyen", "district"), Level.DISTRICT),
    **dict.fromkeys(("so", "ban", "nganh", "cap so", "department"), Level.DEPARTMENT),
    **dict.fromkeys(("co quan trung uong", "trung uong", "cap trung uong", "central"), Level.CENTRAL),
}
_KINDS: Final = {
    **{folded(title): kind for kind, title in KIND_TITLES.items()},
    **dict.fromkeys(("phong", "don vi truc thuoc", "room"), BodyKind.ROOM),
    **dict.fromkeys(("to chuc", "co quan", "bao", "organisation"), BodyKind.ORGANISATION),
    **dict.fromkeys(("nhom co quan", "group"), BodyKind.GROUP),
}


def find_titles(
    grid: Grid, aliases: Mapping[str, set[str]], needed: set[str]
) -> tuple[int, dict[str, int]] | None:
    """The row of the titles and the column of each; None where the sheet lacks one of those `needed`."""
    for row, cells in islice(grid.rows.items(), _TITLE_ROWS):
        columns = {
            kind: cell.column
            for cell in reversed(cells)
            for kind, words in aliases.items()
            if cell.title in words
        }
        if needed <= columns.keys():
            return row, columns
    return None


def write_sheet(
    sheet: Worksheet, titles: Sequence[tuple[str, int]], rows: Iterable[Sequence[str | date | None]]
) -> None:
    """Fill a sheet: a row of titles with the widths of their columns, and the rows below it."""
    for column, (title, width) in enumerate(titles, 1):
        put_title(sheet.cell(1, column), title)
        sheet.column_dimensions[get_column_letter(column)].width = width
    for number, values in enumerate(rows, 2):
        for column, value in enumerate(values, 1):
            put(sheet.cell(number, column), value, DAY if isinstance(value, date) else "General")
    sheet.freeze_panes = "A2"


@dataclass(frozen=True, slots=True)
class ListRow:
    """A row without faults: its values, cells and places by the names of their columns."""

    values: dict[str, Any]
    cells: Mapping[str, GridCell | None]
    places: Mapping[str, Place]


def rows_below(
    grid: Grid,
    found: tuple[int, dict[str, int]],
    titles: Mapping[str, str],
    readers: Mapping[str, Callable[[GridCell | None], Any]],
) -> tuple[list[ListRow], list[Message]]:
    """The rows below the titles that `find_titles` has found, and everything that is wrong with the others."""
    top, columns = found
    rows = []
    faults = [grid.refused(area) for area in grid.merged if area.bottom >= top]
    for row in grid.rows:
        cells = {kind: grid.cells.get((row, column)) for kind, column in columns.items()}
        if row <= top or not any(cells.values()):
            continue
        places = {kind: grid.place(row, column, titles[kind]) for kind, column in columns.items()}
        values, wrong = {}, []
        for kind, cell in cells.items():
            try:
                values[kind] = readers[kind](cell)
            except Wrong as fault:
                wrong.append(places[kind].fault(fault.message))
        faults += wrong
        if not wrong:
            rows.append(ListRow(values, cells, places))
    return rows, faults


def text(cell: GridCell | None, limit: int = LONGEST_TYPED_NAME) -> str:
    """The text of a cell, or the digits of a whole number in it, with the zeros that its format shows."""
    if cell is None:
        return ""
    if isinstance(cell.value, float):
        raise Wrong(Message("units.not_text", "This is neither a text nor a whole number."))
    zeros = len(cell.form) if re.fullmatch("0+", cell.form) and isinstance(cell.value, int) else 0
    try:
        return one_line(cell.text(), limit).zfill(zeros)
    except TextTooLong as fault:
        raise Wrong(fault.message) from fault


def code(cell: GridCell | None) -> str:
    """A code that must be there."""
    found = text(cell)
    wrong = check_code(found)
    if wrong is not None:
        raise Wrong(wrong)
    return found


def code_or_none(cell: GridCell | None) -> str:
    """A code, or an empty text."""
    return code(cell) if text(cell) else ""


def codes(cell: GridCell | None) -> tuple[str, ...]:
    """Codes with semicolons between them."""
    found = _parts(cell)
    for each in found:
        wrong = check_code(each)
        if wrong is not None:
            raise Wrong(wrong)
    return tuple(sorted(set(found)))


def name(cell: GridCell | None) -> str:
    """A name that must be there."""
    found = text(cell)
    if not found:
        raise Wrong(Message("units.name_missing", "The name is missing."))
    return found


def block(cell: GridCell | None) -> str:
    """A block, or an empty text."""
    return text(cell, LONGEST_BLOCK)


def day(cell: GridCell | None) -> date | None:
    """A day: one that the spreadsheet program knows as such, or one that was typed."""
    if cell is None:
        return None
    if isinstance(cell.value, datetime):
        return cell.value.date()
    if isinstance(cell.value, date):
        return cell.value
    try:
        return read_date(cell.text())
    except UserError as fault:
        raise Wrong(fault.message) from fault


def level(cell: GridCell | None) -> Level:
    """The kind of a unit."""
    return _level(text(cell))


def levels(cell: GridCell | None) -> tuple[Level, ...]:
    """Kinds of units with semicolons between them."""
    return tuple(sorted({_level(each) for each in _parts(cell)}, key=str))


def kind(cell: GridCell | None) -> BodyKind:
    """The kind of a body."""
    typed = text(cell)
    found = _KINDS.get(folded(typed))
    if found is None:
        template = msgid("“{text}” is no kind of organisation. Write one of: {known}.")
        known = {"text": shortened(typed, 40), "known": tuple(KIND_TITLES.values())}
        raise Wrong(Message("bodies.kind_unknown", template, known))
    return found


def _level(typed: str) -> Level:
    found = _LEVELS.get(folded(typed))
    if found is None:
        template = msgid("“{text}” is no kind of unit. Write one of: {known}.")
        known = {"text": shortened(typed, 40), "known": tuple(LEVEL_TITLES.values())}
        raise Wrong(Message("units.level_unknown", template, known))
    return found


def _parts(cell: GridCell | None) -> list[str]:
    return [part for each in text(cell, _LONGEST_LIST).split(";") if (part := each.strip())]
