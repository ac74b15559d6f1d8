"""The list of units as a workbook: read with every fault at its place, written in the form that is read.

A sheet has one row of titles (Mã, Tên, Cấp, and Mã cấp trên where there are several levels) and a unit in each
row below it. Rows above the titles are a heading and are passed over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Final

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from exports.spreadsheets.cells import put, put_title
from exports.spreadsheets.grid import Wrong, read_grids
from parindex_desktop.domain.errors import UserError
from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.domain.text import TextTooLong, folded, one_line
from parindex_desktop.domain.units import Level

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from exports.spreadsheets.grid import Grid, GridCell, Place

TITLES: Final = {"code": "Mã", "name": "Tên", "level": "Cấp", "parent": "Mã cấp trên"}
LEVEL_TITLES: Final = {
    Level.COMMUNE: "Xã, phường, đặc khu",
    Level.DISTRICT: "Huyện, quận, thị xã, thành phố thuộc tỉnh",
    Level.DEPARTMENT: "Sở, ban, ngành",
    Level.CENTRAL: "Cơ quan trung ương tại tỉnh",
}

_TITLE_ROWS: Final = 20
"""Rows in which the titles are looked for."""
_ALIASES: Final = {
    "code": {"ma", "ma don vi", "ma dvhc", "ma don vi hanh chinh"},
    "name": {"ten", "ten don vi", "don vi"},
    "level": {"cap", "cap don vi", "loai don vi"},
    "parent": {"ma cap tren", "ma don vi cap tren", "cap tren"},
}
_LEVELS: Final = {
    **{folded(title): level for level, title in LEVEL_TITLES.items()},
    **dict.fromkeys(
        ("xa", "phuong", "thi tran", "dac khu", "cap xa", "xa, phuong", "commune"), Level.COMMUNE
    ),
    **dict.fromkeys(("huyen", "quan", "thi xa", "thanh pho", "cap huyen", "district"), Level.DISTRICT),
    **dict.fromkeys(("so", "ban", "nganh", "cap so", "department"), Level.DEPARTMENT),
    **dict.fromkeys(("co quan trung uong", "trung uong", "cap trung uong", "central"), Level.CENTRAL),
}
_CODE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9./-]{0,19}")
_COMMUNE_DIGITS: Final = 5
"""Digits of a commune's code (QĐ 19/2025/QĐ-TTg); a number cell drops the zeros at its front."""


class UnitColumnsMissing(UserError):
    """No sheet has the titles."""

    code = "units.columns_missing"
    template = msgid(
        "No sheet of “{name}” has a row with the column titles “Mã”, “Tên” and “Cấp”. Nothing was taken over; "
        "write them above the list, or begin with the sample file."
    )


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A row of the list; `parent` is the code of the unit above, empty right below the province.

    `places` says where each column of it stands.
    """

    code: str
    name: str
    level: Level
    parent: str = ""
    places: Mapping[str, Place] = field(default_factory=dict, compare=False)

    def fault(self, column: str, message: Message) -> Message:
        """`message`, said of a column of this row."""
        return self.places[column].fault(message)


@dataclass(frozen=True, slots=True)
class UnitList:
    """What a workbook says; with faults it is not to be taken over."""

    lines: tuple[UnitLine, ...]
    faults: tuple[Message, ...]


def read_units(data: bytes, name: str) -> UnitList:
    """Read the first sheet that has the titles; `name` is that of the file, for errors.

    Raises what `read_grids` names, or `UnitColumnsMissing`.
    """
    for grid in read_grids(data, name):
        found = _titles(grid)
        if found is not None:
            return _read(grid, *found)
    raise UnitColumnsMissing(name=name)


def write_units(target: Path, lines: Iterable[UnitLine]) -> None:
    """Write the list in the form that `read_units` reads; without lines it is the sample to begin with."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Danh mục đơn vị"
    for column, (title, width) in enumerate(zip(TITLES.values(), _WIDTHS, strict=True), 1):
        put_title(sheet.cell(1, column), title)
        sheet.column_dimensions[get_column_letter(column)].width = width
    for row, each in enumerate(lines, 2):
        for column, text in enumerate((each.code, each.name, LEVEL_TITLES[each.level], each.parent), 1):
            put(sheet.cell(row, column), text)
    for letter in ("A", "D"):
        # Codes are text here whatever is typed, so that zeros at the front stay.
        sheet.column_dimensions[letter].number_format = "@"
    sheet.freeze_panes = "A2"
    book.save(target)


_WIDTHS: Final = (12, 50, 24, 14)


def _titles(grid: Grid) -> tuple[int, dict[str, int]] | None:
    """The row of the titles and the column of each; None where the sheet has none."""
    for row, cells in islice(grid.rows.items(), _TITLE_ROWS):
        columns = {
            kind: cell.column
            for cell in reversed(cells)
            for kind, words in _ALIASES.items()
            if cell.title in words
        }
        if {"code", "name", "level"} <= columns.keys():
            return row, columns
    return None


def _read(grid: Grid, titles: int, columns: dict[str, int]) -> UnitList:
    faults = [grid.refused(area) for area in grid.merged if area.bottom >= titles]
    lines: list[UnitLine] = []
    for row in grid.rows:
        cells = {kind: grid.cells.get((row, column)) for kind, column in columns.items()}
        if row <= titles or not any(cells.values()):
            continue
        places = {kind: grid.place(row, column, TITLES[kind]) for kind, column in columns.items()}
        line, wrong = _line(cells, places)
        faults += wrong
        if line is not None:
            lines.append(line)
    return UnitList(tuple(lines), (*faults, *_twice(lines)))


def _line(
    cells: Mapping[str, GridCell | None], places: Mapping[str, Place]
) -> tuple[UnitLine | None, list[Message]]:
    """One unit, or what is wrong with its row."""
    values: dict[str, str] = {}
    faults = []
    for kind, cell in cells.items():
        try:
            values[kind] = _READERS[kind](cell)
        except Wrong as wrong:
            faults.append(places[kind].fault(wrong.message))
    if faults:
        return None, faults
    level = Level(values["level"])
    code = cells["code"]
    if level is Level.COMMUNE and code is not None and isinstance(code.value, int):
        values["code"] = values["code"].zfill(_COMMUNE_DIGITS)
    return UnitLine(values["code"], values["name"], level, values.get("parent", ""), places), []


def _text(cell: GridCell | None) -> str:
    """The text of a cell, or the digits of a whole number in it, with the zeros that its format shows."""
    if cell is None:
        return ""
    if isinstance(cell.value, float):
        raise Wrong(Message("units.not_text", "This is neither a text nor a whole number."))
    zeros = len(cell.form) if re.fullmatch("0+", cell.form) and isinstance(cell.value, int) else 0
    try:
        return one_line(cell.text(), 300).zfill(zeros)
    except TextTooLong as fault:
        raise Wrong(fault.message) from fault


def _read_code(cell: GridCell | None) -> str:
    code = _text(cell)
    if not code:
        raise Wrong(Message("units.code_missing", "The code is missing."))
    return _checked(code)


def _read_parent(cell: GridCell | None) -> str:
    code = _text(cell)
    return _checked(code) if code else ""


def _checked(code: str) -> str:
    if not _CODE.fullmatch(code):
        raise Wrong(
            Message(
                "units.code_wrong",
                "“{text}” is no code: write up to 20 letters without accents, digits, points or hyphens.",
                {"text": code[:40]},
            )
        )
    return code


def _read_name(cell: GridCell | None) -> str:
    name = _text(cell)
    if not name:
        raise Wrong(Message("units.name_missing", "The name is missing."))
    return name


def _read_level(cell: GridCell | None) -> str:
    typed = _text(cell)
    level = _LEVELS.get(folded(typed))
    if level is None:
        raise Wrong(
            Message(
                "units.level_unknown",
                "“{text}” is no kind of unit. Write one of: {known}.",
                {"text": typed[:40], "known": tuple(LEVEL_TITLES.values())},
            )
        )
    return level.value


_READERS: Final[Mapping[str, Callable[[GridCell | None], str]]] = {
    "code": _read_code,
    "name": _read_name,
    "level": _read_level,
    "parent": _read_parent,
}


def _twice(lines: Iterable[UnitLine]) -> Iterator[Message]:
    """A fault for each row whose code stands further up already."""
    seen: dict[str, str] = {}
    for line in lines:
        cell = line.places["code"].cell
        first = seen.setdefault(line.code, cell)
        if first != cell:
            values = {"code": line.code, "cell": first}
            yield line.fault(
                "code", Message("units.code_twice", "The code {code} stands in cell {cell} too.", values)
            )
