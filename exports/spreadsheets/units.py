"""The list of units as a workbook: read with every fault at its place, written in the form that is read.

A sheet has one row of titles (Mã, Tên, Cấp, and any of the others) and a unit in each row below it. Rows above the
titles are a heading and are passed over. A column that is not there says nothing; an empty cell of one that is there
says that there is nothing. The bodies without a home stand on a second sheet (`bodies`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from openpyxl import Workbook

from exports.spreadsheets import unit_cells
from exports.spreadsheets.bodies import BodyLine, read_bodies, write_bodies
from exports.spreadsheets.grid import read_grids
from exports.spreadsheets.unit_cells import LEVEL_TITLES, find_titles, rows_below, write_sheet
from parindex_desktop.domain.errors import UserError
from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.domain.units import Level

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from exports.spreadsheets.grid import GridCell, Place
    from exports.spreadsheets.unit_cells import ListRow
    from parindex_desktop.domain.body_changes import NewBody
    from parindex_desktop.domain.unit_changes import NewUnit

TITLES: Final = {
    "code": "Mã",
    "name": "Tên",
    "level": "Cấp",
    "parent_code": "Mã cấp trên",
    "block": "Khối",
    "valid_from": "Từ ngày",
    "valid_to": "Đến ngày",
    "successors": "Đơn vị kế tục",
    "counted_from": "Số liệu từ ngày",
    "counted_to": "Số liệu đến ngày",
}
"""The titles of the columns, by the fields of `NewUnit`."""
_WIDTHS: Final = (12, 50, 24, 14, 24, 13, 13, 18, 16, 16)
_ALIASES: Final = {
    "code": {"ma", "ma don vi", "ma dvhc", "ma don vi hanh chinh"},
    "name": {"ten", "ten don vi", "don vi"},
    "level": {"cap", "cap don vi", "loai don vi"},
    "parent_code": {"ma cap tren", "ma don vi cap tren", "cap tren"},
    "block": {"khoi", "khoi thi dua", "khoi xep hang"},
    "valid_from": {"tu ngay", "co hieu luc tu ngay", "thanh lap tu ngay"},
    "valid_to": {"den ngay", "ket thuc ngay", "den het ngay"},
    "successors": {"don vi ke tuc", "ma don vi ke tuc", "sap nhap vao"},
    "counted_from": {"so lieu tu ngay", "so lieu tinh tu ngay"},
    "counted_to": {"so lieu den ngay", "so lieu tinh den ngay"},
}
_NEEDED: Final = {"code", "name", "level"}
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
    """A row of the list; `said` has the fields of `NewUnit` whose columns are there beside code, name and level.

    `places` says where each column of it stands.
    """

    code: str
    name: str
    level: Level
    said: Mapping[str, Any] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict, compare=False)

    def fault(self, column: str, message: Message) -> Message:
        """`message`, said of a column of this row; of its code where the column is not there."""
        return self.places.get(column, self.places["code"]).fault(message)


@dataclass(frozen=True, slots=True)
class UnitList:
    """What a workbook says; with faults it is not to be taken over."""

    lines: tuple[UnitLine, ...]
    bodies: tuple[BodyLine, ...]
    faults: tuple[Message, ...]


def read_units(data: bytes, name: str) -> UnitList:
    """Read the first sheet that has the titles, and that of the bodies; `name` is that of the file, for errors.

    Raises what `read_grids` names, or `UnitColumnsMissing`.
    """
    grids = read_grids(data, name)
    for grid in grids:
        found = find_titles(grid, _ALIASES, _NEEDED)
        if found is not None:
            rows, faults = rows_below(grid, found, TITLES, _READERS)
            lines = tuple(map(_line, rows))
            bodies, wrong = read_bodies(each for each in grids if each is not grid)
            return UnitList(lines, bodies, (*faults, *_twice(lines), *wrong))
    raise UnitColumnsMissing(name=name)


def write_units(target: Path, units: Iterable[NewUnit], bodies: Iterable[NewBody] = ()) -> None:
    """Write the list in the form that `read_units` reads; without units it is the sample to begin with."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Danh mục đơn vị"
    rows = (
        [
            each.code,
            each.name,
            LEVEL_TITLES[each.level],
            each.parent_code,
            each.block,
            each.valid_from,
            each.valid_to,
            "; ".join(each.successors),
            each.counted_from,
            each.counted_to,
        ]
        for each in units
    )
    write_sheet(sheet, list(zip(TITLES.values(), _WIDTHS, strict=True)), rows)
    for letter in "ADH":
        # Codes are text here whatever is typed, so that zeros at the front stay.
        sheet.column_dimensions[letter].number_format = "@"
    for letter in "FGIJ":
        sheet.column_dimensions[letter].number_format = unit_cells.DAY
    write_bodies(book, bodies)
    book.save(target)


def _line(row: ListRow) -> UnitLine:
    values = dict(row.values)
    code, name, level = values.pop("code"), values.pop("name"), values.pop("level")
    if level is Level.COMMUNE:
        code = _padded(code, row.cells["code"])
        if "successors" in values:
            cell = row.cells["successors"]
            values["successors"] = tuple(_padded(each, cell) for each in values["successors"])
    return UnitLine(code, name, level, values, row.places)


def _padded(code: str, cell: GridCell | None) -> str:
    return code.zfill(_COMMUNE_DIGITS) if cell is not None and isinstance(cell.value, int) else code


_READERS: Final[Mapping[str, Callable[[GridCell | None], Any]]] = {
    "code": unit_cells.code,
    "name": unit_cells.name,
    "level": unit_cells.level,
    "parent_code": unit_cells.code_or_none,
    "block": unit_cells.block,
    "valid_from": unit_cells.day,
    "valid_to": unit_cells.day,
    "successors": unit_cells.codes,
    "counted_from": unit_cells.day,
    "counted_to": unit_cells.day,
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
