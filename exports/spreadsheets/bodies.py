"""The second sheet of the list of units: the bodies without a home or a key, which lead or support."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from exports.spreadsheets import unit_cells
from exports.spreadsheets.unit_cells import KIND_TITLES, LEVEL_TITLES, find_titles, rows_below, write_sheet
from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.domain.text import folded
from parindex_desktop.domain.units import BodyKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from openpyxl import Workbook

    from exports.spreadsheets.grid import Grid, GridCell, Place
    from exports.spreadsheets.unit_cells import ListRow
    from parindex_desktop.domain.body_changes import NewBody

SHEET: Final = "Tổ chức khác"
TITLES: Final = {
    "name": "Tên tổ chức",
    "kind": "Loại",
    "of_code": "Thuộc đơn vị",
    "levels": "Gồm các cấp",
    "units": "Gồm các đơn vị",
}
"""The titles of the columns, by the fields of `NewBody`."""
_WIDTHS: Final = (50, 26, 16, 30, 30)
_ALIASES: Final = {
    "name": {"ten to chuc", "ten", "to chuc"},
    "kind": {"loai", "loai to chuc"},
    "of_code": {"thuoc don vi", "ma don vi", "thuoc"},
    "levels": {"gom cac cap", "cac cap"},
    "units": {"gom cac don vi", "gom don vi"},
}
_NEEDED: Final = {"name", "kind"}


@dataclass(frozen=True, slots=True)
class BodyLine:
    """A row of the sheet; `said` has the fields of `NewBody` whose columns are there beside name and kind."""

    name: str
    kind: BodyKind
    said: Mapping[str, Any] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict, compare=False)

    def fault(self, column: str, message: Message) -> Message:
        """`message`, said of a column of this row; of its name where the column is not there."""
        return self.places.get(column, self.places["name"]).fault(message)


def read_bodies(grids: Iterable[Grid]) -> tuple[tuple[BodyLine, ...], list[Message]]:
    """The bodies on the first sheet that has the titles, and what is wrong with it."""
    for grid in grids:
        found = find_titles(grid, _ALIASES, _NEEDED)
        if found is not None:
            rows, faults = rows_below(grid, found, TITLES, _READERS)
            lines = tuple(map(_line, rows))
            return lines, [*faults, *_twice(lines)]
    return (), []


def write_bodies(book: Workbook, bodies: Iterable[NewBody]) -> None:
    """Add the sheet to a workbook."""
    rows = (
        [
            each.name,
            KIND_TITLES[each.kind],
            each.of_code,
            "; ".join(LEVEL_TITLES[level] for level in each.levels),
            "; ".join(each.units),
        ]
        for each in bodies
    )
    sheet = book.create_sheet(SHEET)
    write_sheet(sheet, list(zip(TITLES.values(), _WIDTHS, strict=True)), rows)
    for letter in "CE":
        sheet.column_dimensions[letter].number_format = "@"


def _line(row: ListRow) -> BodyLine:
    values = dict(row.values)
    return BodyLine(values.pop("name"), values.pop("kind"), values, row.places)


def _twice(lines: Iterable[BodyLine]) -> Iterator[Message]:
    """A fault for each row whose name stands further up already, of the same office."""
    seen: dict[tuple[str, str | None], str] = {}
    for line in lines:
        cell = line.places["name"].cell
        of = line.said.get("of_code", "") if line.kind is BodyKind.ROOM else None
        first = seen.setdefault((folded(line.name), of), cell)
        if first != cell:
            template = msgid("This name stands in cell {cell} too.")
            yield line.fault("name", Message("bodies.name_twice", template, {"cell": first}))


_READERS: Final[Mapping[str, Callable[[GridCell | None], Any]]] = {
    "name": unit_cells.name,
    "kind": unit_cells.kind,
    "of_code": unit_cells.code_or_none,
    "levels": unit_cells.levels,
    "units": unit_cells.codes,
}
