"""Figures that the province gives as a workbook: a row for each unit, a column for each figure, a sheet for each set.

The row of titles names each column by its code (8.4/previous); what stands above it is for people and passed over.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Final

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from exports.spreadsheets.cells import put, put_title
from exports.spreadsheets.grid import Wrong, read_grids
from parindex_desktop.domain.errors import UserError
from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.domain.numbers import NotAnAmount, exact, rounded
from parindex_desktop.domain.text import folded, one_line, shortened
from parindex_desktop.domain.units import Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

    from exports.spreadsheets.grid import Grid, GridCell, Place

    Value = int | Decimal | date | str | None

_ALL: Final = "*"
"""Stands in the place of a unit's code in the row of what is given to all."""
_MOST_FIGURES: Final = 90
"""Columns of figures on a sheet: what is read ends at the hundredth column."""

_SHEETS: Final = {
    Level.COMMUNE: "Cấp xã",
    Level.DISTRICT: "Cấp huyện",
    Level.DEPARTMENT: "Sở, ngành",
    Level.CENTRAL: "Cơ quan trung ương",
}
_LEVELS: Final = {folded(title): level for level, title in _SHEETS.items()}
_CODE: Final = "Mã"
_NAME: Final = "Đơn vị"
_ALL_NAME: Final = "Tất cả đơn vị"
_CODE_TITLES: Final = {"ma", "ma don vi"}
_OTHER_TITLES: Final = {"don vi", "ten", "ten don vi", "ghi chu"}
_TITLE_ROWS: Final = 20
"""Rows in which the titles are looked for."""


class FigureColumnsMissing(UserError):
    """No sheet has the titles."""

    code = "given.columns_missing"
    template = msgid(
        "No sheet of “{name}” has a row with the title “Mã” and the codes of figures (such as 8.4/previous). Nothing "
        "was taken over; export the figures first, and fill in that file."
    )


@dataclass(frozen=True, slots=True)
class FigureSheet:
    """What a sheet shows: columns as (code, title); rows as (code of the unit, name, values), without one for all."""

    level: Level
    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str | None, str, tuple[Value, ...]], ...]


@dataclass(frozen=True, slots=True)
class TypedFigure:
    """A cell: the unit's code (None for all units), the code of its column, what stands there (empty: nothing).

    `level` is what the title of the sheet says, if it says one.
    """

    level: Level | None
    unit: str | None
    column: str
    typed: str
    unit_at: Place
    column_at: Place
    at: Place


@dataclass(frozen=True, slots=True)
class FigureTable:
    """What a workbook says; with faults it is not to be taken over."""

    figures: tuple[TypedFigure, ...]
    faults: tuple[Message, ...]


def read_figures(data: bytes, name: str) -> FigureTable:
    """Read every sheet that has the titles. Raises what `open_workbook` names, or `FigureColumnsMissing`."""
    figures: list[TypedFigure] = []
    faults: list[Message] = []
    titled = False
    for grid in read_grids(data, name):
        titles = _titles(grid)
        if titles is not None:
            titled = True
            figures += _read(grid, *titles, faults)
    if not titled:
        raise FigureColumnsMissing(name=name)
    return FigureTable(tuple(figures), tuple(faults))


def write_figures(target: Path, sheets: Iterable[FigureSheet]) -> None:
    """Write the sheets in the form that `read_figures` reads."""
    book = Workbook()
    book.remove(book.active)
    for each in sheets:
        for number, start in enumerate(range(0, max(len(each.columns), 1), _MOST_FIGURES), 1):
            title = _SHEETS[each.level] + (f" ({number})" if number > 1 else "")
            _write(book.create_sheet(title), each, slice(start, start + _MOST_FIGURES))
    book.save(target)


# Reading.


def _titles(grid: Grid) -> tuple[int, int, dict[int, str]] | None:
    """The row of the titles, the column of the codes, and the codes of figures by column."""
    for row, cells in islice(grid.rows.items(), _TITLE_ROWS):
        codes = [cell.column for cell in cells if cell.title in _CODE_TITLES]
        figures = {
            cell.column: " ".join(cell.value.split())
            for cell in cells
            if cell.is_text and cell.column not in codes and cell.title not in _OTHER_TITLES
        }
        if codes and any("/" in text for text in figures.values()):
            return row, min(codes), figures
    return None


def _read(
    grid: Grid, titles: int, codes: int, columns: dict[int, str], faults: list[Message]
) -> Iterator[TypedFigure]:
    faults += [grid.refused(area) for area in grid.merged if area.bottom >= titles]
    columns = dict(_once(grid, titles, columns, faults))
    level = _LEVELS.get(folded(grid.title.partition("(")[0].strip()))
    seen: dict[str, str] = {}
    for row in grid.rows:
        if row <= titles or not any((row, column) in grid.cells for column in (codes, *columns)):
            continue
        unit_at = _place(grid, row, codes, _CODE)
        try:
            unit = _unit(grid.at(row, codes))
        except Wrong as wrong:
            faults.append(unit_at.fault(wrong.message))
            continue
        if (first := seen.setdefault(unit, unit_at.cell)) != unit_at.cell:
            values = {"code": unit, "cell": first}
            twice = Message("units.code_twice", "The code {code} stands in cell {cell} too.", values)
            faults.append(unit_at.fault(twice))
            continue
        for column, code in columns.items():
            at = _place(grid, row, column, code)
            try:
                typed = _typed(grid.at(row, column))
            except Wrong as wrong:
                faults.append(at.fault(wrong.message))
                continue
            yield TypedFigure(
                level,
                None if unit == _ALL else unit,
                code,
                typed,
                unit_at,
                _place(grid, titles, column, code),
                at,
            )


def _once(
    grid: Grid, titles: int, columns: dict[int, str], faults: list[Message]
) -> Iterator[tuple[int, str]]:
    seen: set[str] = set()
    for column, code in sorted(columns.items()):
        if code in seen:
            place = _place(grid, titles, column, code)
            faults.append(place.fault(Message("book.column_twice", "This column stands here twice.")))
        else:
            seen.add(code)
            yield column, code


def _place(grid: Grid, row: int, column: int, title: str) -> Place:
    return grid.place(row, column, shortened(title, 60))


def _unit(cell: GridCell | None) -> str:
    code = one_line(cell.text()) if cell is not None else ""
    if not code:
        raise Wrong(Message("units.code_missing", "The code is missing."))
    return code[:60]


def _typed(cell: GridCell | None) -> str:
    """What an officer would have typed: days and truths of the spreadsheet as well as texts and numbers."""
    if cell is None:
        return ""
    if cell.kind not in "fe":
        if isinstance(cell.value, bool):
            return "yes" if cell.value else "no"
        if isinstance(cell.value, datetime):
            return cell.value.date().isoformat()
        if isinstance(cell.value, date):
            return cell.value.isoformat()
    number = cell.figure()
    if number is None:
        return " ".join(cell.text().split())
    if number != rounded(number):  # as a text 1.234 would be read as 1,234
        raise Wrong(NotAnAmount(text=exact(number)).message)
    return exact(number)


# Writing.


def _write(sheet: Worksheet, each: FigureSheet, part: slice) -> None:
    columns = each.columns[part]
    heads = (["", _NAME, *(title for _, title in columns)], [_CODE, "", *(code for code, _ in columns)])
    for row, texts in enumerate(heads, 1):
        for column, text in enumerate(texts, 1):
            put_title(sheet.cell(row, column), text)
    for row, (code, name, values) in enumerate(each.rows, len(heads) + 1):
        shown = (_ALL, _ALL_NAME) if code is None else (code, name)
        for column, value in enumerate((*shown, *values[part]), 1):
            put(sheet.cell(row, column), value, _form(value))
    sheet.column_dimensions["A"].number_format = "@"
    for column, width in enumerate((10, 40, *(22 for _ in columns)), 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = sheet.cell(len(heads) + 1, 3)


def _form(value: Value) -> str:
    return next((form for kind, form in _FORMS if isinstance(value, kind)), "General")


_FORMS: Final = ((date, "dd/mm/yyyy"), (Decimal, "0.##"), (int, "0"))
