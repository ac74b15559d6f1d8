"""The staff list with its duties as a workbook: read with every fault at its place, written in the form that is read.

Sheet “Cán bộ” has a person in each row, sheet “Phân công” a criterion by its code with who is in charge: somebody
of the list or a room. Each has one row of titles; rows above them are a heading and are passed over. PINs are never
written.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import TYPE_CHECKING, Final

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from exports.spreadsheets.cells import put, put_title
from exports.spreadsheets.grid import Wrong, read_grids
from parindex_desktop.domain.errors import UserError
from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.domain.people import LONGEST_NAME, LONGEST_ROOM, LONGEST_TITLE
from parindex_desktop.domain.scoring.inputs import read_date
from parindex_desktop.domain.text import folded, one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

    from exports.spreadsheets.grid import Grid, GridCell, Place

PEOPLE: Final = "Cán bộ"
DUTIES: Final = "Phân công"

_TITLES: Final = {
    PEOPLE: {"name": "Họ và tên", "title": "Chức vụ", "room": "Phòng, bộ phận", "until": "Đến ngày"},
    DUTIES: {"code": "Mã tiêu chí", "criterion": "Tiêu chí", "person": "Cán bộ", "room": "Phòng, bộ phận"},
}
_WIDTHS: Final = {PEOPLE: (30, 34, 34, 14), DUTIES: (12, 70, 30, 34)}
_NEEDED: Final = {PEOPLE: {"name"}, DUTIES: {"code", "person"}}
_TITLE_ROWS: Final = 20
"""Rows in which the titles are looked for."""
_LONGEST: Final = {"name": LONGEST_NAME, "title": LONGEST_TITLE, "room": LONGEST_ROOM, "person": LONGEST_NAME}


class PeopleColumnsMissing(UserError):
    """No sheet has the titles."""

    code = "people.columns_missing"
    template = msgid(
        "“{name}” has no sheet “Cán bộ” with the column title “Họ và tên”. Nothing was taken over; begin with the "
        "sample file, or with a list that this program has written."
    )


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a sheet: what stands in its columns, and where."""

    sheet: str
    values: Mapping[str, str]
    places: Mapping[str, Place] = field(default_factory=dict, compare=False)

    def fault(self, column: str, message: Message) -> Message:
        """`message`, said of a column of this row."""
        return self.places[column].fault(message)


@dataclass(frozen=True, slots=True)
class PeopleList:
    """What a workbook says; with faults it is not to be taken over. `until` stands as yyyy-mm-dd."""

    people: tuple[Line, ...]
    duties: tuple[Line, ...]
    faults: tuple[Message, ...]


def read_people(data: bytes, name: str) -> PeopleList:
    """Read both sheets; that of the duties may be missing. `name` is that of the file, for errors.

    Raises what `read_grids` names, or `PeopleColumnsMissing`.
    """
    found: dict[str, list[Line]] = {PEOPLE: [], DUTIES: []}
    faults: list[Message] = []
    known = set()
    for grid in read_grids(data, name):
        kind = next((each for each in found if folded(grid.title) == folded(each)), None)
        titles = _titles(grid, kind) if kind else None
        if kind is None or titles is None:
            continue
        known.add(kind)
        faults += [grid.refused(area) for area in grid.merged if area.bottom >= titles[0]]
        for line, wrong in _lines(grid, kind, *titles):
            found[kind] += [] if wrong else [line]
            faults += wrong
    if PEOPLE not in known:
        raise PeopleColumnsMissing(name=name)
    return PeopleList(tuple(found[PEOPLE]), tuple(found[DUTIES]), tuple(faults))


def write_people(
    target: Path, people: Iterable[Sequence[str]], duties: Iterable[Sequence[str]] | None
) -> None:
    """Write rows of texts in the order of the titles; without `duties` (None) there is no sheet of them."""
    book = Workbook()
    sheet = book.active
    _write(sheet, PEOPLE, people)
    if duties is not None:
        _write(book.create_sheet(), DUTIES, duties)
    book.save(target)


def _write(sheet: Worksheet, kind: str, rows: Iterable[Sequence[str]]) -> None:
    sheet.title = kind
    for column, (title, width) in enumerate(zip(_TITLES[kind].values(), _WIDTHS[kind], strict=True), 1):
        put_title(sheet.cell(1, column), title)
        sheet.column_dimensions[get_column_letter(column)].width = width
    for number, row in enumerate(rows, 2):
        for column, text in enumerate(row, 1):
            put(sheet.cell(number, column), text)
    sheet.freeze_panes = "A2"


def _titles(grid: Grid, kind: str) -> tuple[int, dict[str, int]] | None:
    """The row of the titles and the column of each; None where the sheet has none."""
    wanted = {folded(title): name for name, title in _TITLES[kind].items()}
    for row, cells in islice(grid.rows.items(), _TITLE_ROWS):
        columns = {wanted[cell.title]: cell.column for cell in reversed(cells) if cell.title in wanted}
        if columns.keys() >= _NEEDED[kind]:
            return row, columns
    return None


def _lines(
    grid: Grid, kind: str, titles: int, columns: dict[str, int]
) -> Iterator[tuple[Line, list[Message]]]:
    """The rows in which anything stands, each with its faults."""
    for row in grid.rows:
        cells = {name: grid.cells.get((row, column)) for name, column in columns.items()}
        if row <= titles or not any(cells.values()):
            continue
        places = {name: grid.place(row, column, _TITLES[kind][name]) for name, column in columns.items()}
        values: dict[str, str] = {}
        wrong = []
        for name, cell in cells.items():
            try:
                values[name] = _READERS.get(name, _text)(cell, _LONGEST.get(name, 2000))
            except Wrong as fault:
                wrong.append(places[name].fault(fault.message))
        yield Line(kind, values, places), wrong


def _text(cell: GridCell | None, limit: int) -> str:
    """The text of a cell, or the digits of a whole number: of 1.1 nobody can tell whether 1.10 was meant."""
    if cell is None:
        return ""
    if cell.kind not in "fe" and not isinstance(cell.value, str | int):
        raise Wrong(
            Message("people.not_text", "A text belongs here; format the cell as text and type it again.")
        )
    try:
        return one_line(cell.text(), limit)
    except UserError as fault:
        raise Wrong(fault.message) from fault


def _day(cell: GridCell | None, limit: int) -> str:
    """A day, as a date of the spreadsheet or as it is typed."""
    if cell is not None and isinstance(cell.value, date):
        return (cell.value.date() if isinstance(cell.value, datetime) else cell.value).isoformat()
    text = _text(cell, limit)
    try:
        return read_date(text).isoformat() if text else ""
    except UserError as fault:
        raise Wrong(fault.message) from fault


_READERS: Final[Mapping[str, Callable[[GridCell | None, int], str]]] = {"until": _day}
