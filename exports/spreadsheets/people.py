"""The staff list with its duties as a workbook: read with every fault at its place, written in the form that is read.

Sheet “Cán bộ” has a person in each row, sheet “Phân công” a criterion by its code with who is in charge: somebody
of the list or a room. Each has one row of titles; rows above them are a heading and are passed over. PINs are never
written.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from exports.spreadsheets.opening import WorkbookTooLarge, open_workbook
from parindex_desktop.domain.errors import UserError
from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.domain.people import LONGEST_NAME, LONGEST_ROOM, LONGEST_TITLE
from parindex_desktop.domain.scoring.inputs import read_date
from parindex_desktop.domain.text import folded, one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

PEOPLE: Final = "Cán bộ"
DUTIES: Final = "Phân công"

_TITLES: Final = {
    PEOPLE: {"name": "Họ và tên", "title": "Chức vụ", "room": "Phòng, bộ phận", "until": "Đến ngày"},
    DUTIES: {"code": "Mã tiêu chí", "criterion": "Tiêu chí", "person": "Cán bộ", "room": "Phòng, bộ phận"},
}
_WIDTHS: Final = {PEOPLE: (30, 34, 34, 14), DUTIES: (12, 70, 30, 34)}
_NEEDED: Final = {PEOPLE: {"name"}, DUTIES: {"code", "person"}}
_MOST_ROWS: Final = 5_000
_TITLE_ROWS: Final = 20
"""Rows in which the titles are looked for."""
_LONGEST: Final = {"name": LONGEST_NAME, "title": LONGEST_TITLE, "room": LONGEST_ROOM, "person": LONGEST_NAME}
_FACE: Final = "Times New Roman"


class PeopleColumnsMissing(UserError):
    """No sheet has the titles."""

    code = "people.columns_missing"
    template = msgid(
        "“{name}” has no sheet “Cán bộ” with the column title “Họ và tên”. Nothing was taken over; begin with the "
        "sample file, or with a list that this program has written."
    )


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a sheet: what stands in its columns, and (as ``B5``) where."""

    sheet: str
    values: Mapping[str, str]
    cells: Mapping[str, str] = field(default_factory=dict, compare=False)

    def fault(self, column: str, message: Message) -> Message:
        """`message`, said of a column of this row."""
        return _at(self.sheet, self.cells.get(column, ""), column, message)


@dataclass(frozen=True, slots=True)
class PeopleList:
    """What a workbook says; with faults it is not to be taken over. `until` stands as yyyy-mm-dd."""

    people: tuple[Line, ...]
    duties: tuple[Line, ...]
    faults: tuple[Message, ...]


def read_people(data: bytes, name: str) -> PeopleList:
    """Read both sheets; that of the duties may be missing. `name` is that of the file, for errors.

    Raises what `open_workbook` names, or `PeopleColumnsMissing`.
    """
    book = open_workbook(data, name)
    found: dict[str, list[Line]] = {PEOPLE: [], DUTIES: []}
    faults: list[Message] = []
    known = set()
    for sheet in book.worksheets:
        kind = next((each for each in found if folded(one_line(sheet.title, 100)) == folded(each)), None)
        titles = _titles(sheet, kind) if kind else None
        if kind is None or titles is None:
            continue
        if sheet.max_row > _MOST_ROWS:
            raise WorkbookTooLarge(name=name)
        known.add(kind)
        for line, wrong in _lines(sheet, kind, *titles):
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
        cell = _put(sheet.cell(1, column), title)
        cell.font = Font(name=_FACE, size=11, bold=True)
        cell.fill = PatternFill("solid", fgColor="F1F3F5")
        cell.border = Border(bottom=Side(style="thin", color="888888"))
        sheet.column_dimensions[get_column_letter(column)].width = width
    for number, row in enumerate(rows, 2):
        for column, text in enumerate(row, 1):
            _put(sheet.cell(number, column), text)
    sheet.freeze_panes = "A2"


def _put(cell: Cell, value: str) -> Cell:
    cell.value = value or None
    cell.number_format = "@"
    if value:
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(("=", "+", "-", "@"))
    cell.font = Font(name=_FACE, size=11)
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    return cell


def _titles(sheet: Worksheet, kind: str) -> tuple[int, dict[str, int]] | None:
    """The row of the titles and the column of each; None where the sheet has none."""
    wanted = {folded(title): name for name, title in _TITLES[kind].items()}
    for row in sheet.iter_rows(max_row=min(sheet.max_row, _TITLE_ROWS)):
        columns = {
            wanted[folded(" ".join(cell.value.split())).rstrip(" :*")]: cell.column
            for cell in reversed(row)
            if isinstance(cell.value, str) and folded(" ".join(cell.value.split())).rstrip(" :*") in wanted
        }
        if columns.keys() >= _NEEDED[kind]:
            return row[0].row, columns
    return None


def _lines(
    sheet: Worksheet, kind: str, titles: int, columns: dict[str, int]
) -> Iterator[tuple[Line, list[Message]]]:
    """The rows in which anything stands, each with its faults."""
    for row in sheet.iter_rows(min_row=titles + 1):
        cells = {name: row[column - 1] for name, column in columns.items()}
        if all(cell.value is None or not str(cell.value).strip() for cell in cells.values()):
            continue
        values: dict[str, str] = {}
        places = {name: cell.coordinate for name, cell in cells.items() if hasattr(cell, "coordinate")}
        wrong = []
        for name, cell in cells.items():
            try:
                values[name] = _READERS.get(name, _text)(cell, _LONGEST.get(name, 2000))
            except _Wrong as fault:
                wrong.append(_at(kind, places.get(name, ""), name, fault.message))
        yield Line(kind, values, places), wrong


class _Wrong(Exception):
    """What is wrong with a cell."""

    def __init__(self, message: Message) -> None:
        self.message = message


def _text(cell: Cell, limit: int) -> str:
    """The text of a cell, or the digits of a whole number: of 1.1 nobody can tell whether 1.10 was meant."""
    value: Any = cell.value
    if cell.data_type == "f":
        raise _Wrong(Message("units.formula", "This is a formula; copy it and paste it as a value."))
    if cell.data_type == "e":
        values = {"text": value}
        raise _Wrong(Message("units.error_value", "This is an error of the spreadsheet ({text}).", values))
    if value is not None and (isinstance(value, bool) or not isinstance(value, str | int)):
        raise _Wrong(
            Message("people.not_text", "A text belongs here; format the cell as text and type it again.")
        )
    text = "" if value is None else str(value)
    try:
        return one_line(text, limit)
    except UserError as fault:
        raise _Wrong(fault.message) from fault


def _day(cell: Cell, limit: int) -> str:
    """A day, as a date of the spreadsheet or as it is typed."""
    value: Any = cell.value
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    text = _text(cell, limit)
    try:
        return read_date(text).isoformat() if text else ""
    except UserError as fault:
        raise _Wrong(fault.message) from fault


_READERS: Final[Mapping[str, Callable[[Cell, int], str]]] = {"until": _day}


def _at(sheet: str, cell: str, column: str, message: Message) -> Message:
    title = next(titles[column] for titles in _TITLES.values() if column in titles)
    return Message(
        message.code,
        "Sheet “{sheet}”, cell {cell} (column “{column}”): {fault}",
        {"sheet": sheet, "cell": cell, "column": title, "fault": message},
    )
