"""The list of units as a workbook: read with every fault at its place, written in the form that is read.

A sheet has one row of titles (Mã, Tên, Cấp, and Mã cấp trên where there are several levels) and a unit in each
row below it. Rows above the titles are a heading and are passed over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from exports.spreadsheets.opening import WorkbookTooLarge, open_workbook
from parindex_desktop.domain.errors import UserError
from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.domain.text import TextTooLong, folded, one_line
from parindex_desktop.domain.units import Level

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

TITLES: Final = {"code": "Mã", "name": "Tên", "level": "Cấp", "parent": "Mã cấp trên"}
LEVEL_TITLES: Final = {
    Level.COMMUNE: "Xã, phường, đặc khu",
    Level.DISTRICT: "Huyện, quận, thị xã, thành phố thuộc tỉnh",
    Level.DEPARTMENT: "Sở, ban, ngành",
    Level.CENTRAL: "Cơ quan trung ương tại tỉnh",
}

_MOST_ROWS: Final = 20_000
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

    `sheet` and `cells` (by column, as ``B5``) say where it stands.
    """

    code: str
    name: str
    level: Level
    parent: str = ""
    sheet: str = field(default="", compare=False)
    cells: Mapping[str, str] = field(default_factory=dict, compare=False)

    def fault(self, column: str, message: Message) -> Message:
        """`message`, said of a column of this row."""
        return _at(self.sheet, self.cells[column], column, message)


@dataclass(frozen=True, slots=True)
class UnitList:
    """What a workbook says; with faults it is not to be taken over."""

    lines: tuple[UnitLine, ...]
    faults: tuple[Message, ...]


def read_units(data: bytes, name: str) -> UnitList:
    """Read the first sheet that has the titles; `name` is that of the file, for errors.

    Raises what `open_workbook` names, or `UnitColumnsMissing`.
    """
    for sheet in open_workbook(data, name).worksheets:
        found = _titles(sheet)
        if found is not None:
            if sheet.max_row > _MOST_ROWS:
                raise WorkbookTooLarge(name=name)
            return _read(sheet, *found)
    raise UnitColumnsMissing(name=name)


def write_units(target: Path, lines: Iterable[UnitLine]) -> None:
    """Write the list in the form that `read_units` reads; without lines it is the sample to begin with."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Danh mục đơn vị"
    for column, (title, width) in enumerate(zip(TITLES.values(), _WIDTHS, strict=True), 1):
        cell = _put(sheet.cell(1, column), title)
        cell.font = Font(name=_FACE, size=11, bold=True)
        cell.fill = PatternFill("solid", fgColor="F1F3F5")
        cell.border = Border(bottom=Side(style="thin", color="888888"))
        sheet.column_dimensions[get_column_letter(column)].width = width
    for row, each in enumerate(lines, 2):
        for column, text in enumerate((each.code, each.name, LEVEL_TITLES[each.level], each.parent), 1):
            _put(sheet.cell(row, column), text)
    for letter in ("A", "D"):
        # Codes are text here whatever is typed, so that zeros at the front stay.
        sheet.column_dimensions[letter].number_format = "@"
    sheet.freeze_panes = "A2"
    book.save(target)


_FACE: Final = "Times New Roman"
_WIDTHS: Final = (12, 50, 24, 14)


def _put(cell: Cell, value: str) -> Cell:
    cell.value = value or None
    cell.number_format = "@"
    if value:
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(("=", "+", "-", "@"))
    cell.font = Font(name=_FACE, size=11)
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    return cell


def _titles(sheet: Worksheet) -> tuple[int, dict[str, int]] | None:
    """The row of the titles and the column of each; None where the sheet has none."""
    for row in sheet.iter_rows(max_row=min(sheet.max_row, _TITLE_ROWS)):
        columns = {
            kind: cell.column
            for cell in reversed(row)
            for kind, words in _ALIASES.items()
            if isinstance(cell.value, str) and folded(" ".join(cell.value.split())).rstrip(" :*") in words
        }
        if {"code", "name", "level"} <= columns.keys():
            return row[0].row, columns
    return None


def _read(sheet: Worksheet, titles: int, columns: dict[str, int]) -> UnitList:
    name = one_line(sheet.title, 60)
    faults = [
        Message("units.merged", "Sheet “{sheet}”, cells {cells} are merged; split them.", values)
        for values in (
            {"sheet": name, "cells": str(merged)}
            for merged in sheet.merged_cells.ranges
            if merged.max_row >= titles
        )
    ]
    lines: list[UnitLine] = []
    for row in sheet.iter_rows(min_row=titles + 1):
        cells = {kind: row[columns[kind] - 1] for kind in TITLES if kind in columns}
        if all(cell.value is None or not str(cell.value).strip() for cell in cells.values()):
            continue
        line, wrong = _line(name, cells)
        faults += wrong
        if line is not None:
            lines.append(line)
    return UnitList(tuple(lines), (*faults, *_twice(lines)))


def _line(sheet: str, cells: Mapping[str, Cell]) -> tuple[UnitLine | None, list[Message]]:
    """One unit, or what is wrong with its row."""
    values: dict[str, str] = {}
    faults = []
    for kind, cell in cells.items():
        try:
            values[kind] = _READERS[kind](cell)
        except _Wrong as fault:
            faults.append(_at(sheet, cell.coordinate, kind, fault.message))
    if faults:
        return None, faults
    places = {kind: cell.coordinate for kind, cell in cells.items()}
    level = Level(values["level"])
    if level is Level.COMMUNE and isinstance(cells["code"].value, int):
        values["code"] = values["code"].zfill(_COMMUNE_DIGITS)
    return UnitLine(values["code"], values["name"], level, values.get("parent", ""), sheet, places), []


class _Wrong(Exception):
    """What is wrong with a cell."""

    def __init__(self, message: Message) -> None:
        self.message = message


def _text(cell: Cell) -> str:
    """The text of a cell, or the digits of a whole number in it."""
    value: Any = cell.value
    if cell.data_type == "f":
        raise _Wrong(Message("units.formula", "This is a formula; copy it and paste it as a value."))
    if cell.data_type == "e":
        raise _Wrong(
            Message("units.error_value", "This is an error of the spreadsheet ({text}).", {"text": value})
        )
    if value is None:
        return ""
    if isinstance(value, str):
        try:
            return one_line(value, 300)
        except TextTooLong as fault:
            raise _Wrong(fault.message) from fault
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        zeros = re.fullmatch(r"0+", cell.number_format or "")
        return str(value).zfill(len(zeros.group()) if zeros else 0)
    raise _Wrong(Message("units.not_text", "This is neither a text nor a whole number."))


def _read_code(cell: Cell) -> str:
    code = _text(cell)
    if not code:
        raise _Wrong(Message("units.code_missing", "The code is missing."))
    return _checked(code)


def _read_parent(cell: Cell) -> str:
    code = _text(cell)
    return _checked(code) if code else ""


def _checked(code: str) -> str:
    if not _CODE.fullmatch(code):
        raise _Wrong(
            Message(
                "units.code_wrong",
                "“{text}” is no code: write up to 20 letters without accents, digits, points or hyphens.",
                {"text": code[:40]},
            )
        )
    return code


def _read_name(cell: Cell) -> str:
    name = _text(cell)
    if not name:
        raise _Wrong(Message("units.name_missing", "The name is missing."))
    return name


def _read_level(cell: Cell) -> str:
    typed = _text(cell)
    level = _LEVELS.get(folded(typed))
    if level is None:
        raise _Wrong(
            Message(
                "units.level_unknown",
                "“{text}” is no kind of unit. Write one of: {known}.",
                {"text": typed[:40], "known": tuple(LEVEL_TITLES.values())},
            )
        )
    return level.value


_READERS: Final[Mapping[str, Callable[[Cell], str]]] = {
    "code": _read_code,
    "name": _read_name,
    "level": _read_level,
    "parent": _read_parent,
}


def _twice(lines: Iterable[UnitLine]) -> Iterator[Message]:
    """A fault for each row whose code stands further up already."""
    seen: dict[str, str] = {}
    for line in lines:
        first = seen.setdefault(line.code, line.cells["code"])
        if first != line.cells["code"]:
            values = {"code": line.code, "cell": first}
            yield line.fault(
                "code", Message("units.code_twice", "The code {code} stands in cell {cell} too.", values)
            )


def _at(sheet: str, cell: str, column: str, message: Message) -> Message:
    return Message(
        message.code,
        "Sheet “{sheet}”, cell {cell} (column “{column}”): {fault}",
        {"sheet": sheet, "cell": cell, "column": TITLES[column], "fault": message},
    )
