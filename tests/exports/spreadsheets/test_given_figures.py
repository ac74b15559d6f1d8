"""Figures as a workbook: what is written is read again, whatever stands in it; nothing becomes a formula."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from exports.spreadsheets.given_figures import (
    FigureColumnsMissing,
    FigureSheet,
    FigureTable,
    read_figures,
    write_figures,
)
from parindex_desktop.domain.numbers import exact
from parindex_desktop.domain.text import one_line
from parindex_desktop.domain.units import Level
from resources import Language, say

if TYPE_CHECKING:
    from collections.abc import Sequence

TITLES = ("Mã", "Đơn vị", "8.4/previous", "1.1/event")
WORDS = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=40)
VALUES = st.one_of(
    st.none(),
    st.integers(0, 10**15 - 1),
    st.decimals(0, 10**9, places=2),
    st.dates(dt.date(1945, 1, 1), dt.date(2100, 12, 31)),
    WORDS.map(one_line).filter(bool),
)


def written(*sheets: FigureSheet) -> bytes:
    with TemporaryDirectory() as folder:
        write_figures(Path(folder) / "a.xlsx", sheets)
        return (Path(folder) / "a.xlsx").read_bytes()


def as_typed(value: Any) -> str:
    match value:
        case None:
            return ""
        case dt.date():
            return value.isoformat()
        case Decimal():
            return exact(value)
    return " ".join(str(value).split())


@given(st.lists(st.tuples(VALUES, VALUES), max_size=5), st.sampled_from([Level.COMMUNE, Level.CENTRAL]))
def test_what_is_written_is_read_again(rows: list[tuple[Any, Any]], level: Level) -> None:
    lines = [(f"{number:05d}" if number else None, "Xã", row) for number, row in enumerate(rows)]
    columns = (("8.4/previous", "Năm trước"), ("1.1/event", "Ngày ban hành"))
    found = read_figures(written(FigureSheet(level, columns, tuple(lines))), "a.xlsx")
    assert found.faults == ()
    assert [(each.level, each.unit, each.column, each.typed) for each in found.figures] == [
        (level, code, column, as_typed(value))
        for code, _, row in lines
        for (column, _), value in zip(columns, row, strict=True)
    ]


def test_text_never_becomes_a_formula() -> None:
    figures = FigureSheet(
        Level.COMMUNE, (("=1+1/x", "=SUM(A1)"),), (("=cmd", "@xã", ("=2+2",)), (None, "", ("+3",)))
    )
    book = load_workbook(io.BytesIO(written(figures)))
    cells = [cell for row in book.active.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [each.typed for each in read_figures(written(figures), "a.xlsx").figures] == ["=2+2", "+3"]


def test_more_columns_than_are_read_go_on_to_further_sheets() -> None:
    columns = tuple((f"1.{number}/count", "Số") for number in range(200))
    data = written(FigureSheet(Level.COMMUNE, columns, (("03001", "Xã", tuple(range(200))),)))
    found = read_figures(data, "a.xlsx")
    assert [(each.column, each.typed) for each in found.figures] == [
        (f"1.{number}/count", str(number)) for number in range(200)
    ]
    assert {each.level for each in found.figures} == {Level.COMMUNE}


def sheet(*rows: Sequence[Any], title: str = "Cấp xã", merge: str = "") -> bytes:
    book = Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(list(row))
    if merge:
        book.active.merge_cells(merge)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def faults(found: FigureTable) -> list[str]:
    return [say(fault, Language.EN) for fault in found.faults]


@pytest.mark.parametrize(
    ("rows", "place", "words"),
    [
        ([TITLES, ("03001", "", "=B1", "")], "C2", "formula"),
        ([TITLES, (dt.date(2026, 1, 1), "", 5, "")], "A2", "date"),
        ([TITLES, ("", "", 5, "")], "A2", "missing"),
        ([TITLES, ("03001", "", 5, ""), ("03001", "", 6, "")], "A3", "A2"),
        ([(*TITLES, "8.4/previous"), ("03001", "", 5, "", 6)], "E1", "twice"),
    ],
)
def test_a_fault_is_named_at_its_cell(rows: list[Sequence[Any]], place: str, words: str) -> None:
    (said,) = faults(read_figures(sheet(*rows), "a.xlsx"))
    assert f"cell {place} " in said
    assert words in said
    assert "Cấp xã" in said


def test_merged_cells_are_named_but_not_in_the_heading() -> None:
    rows = [("Số liệu năm 2025",), TITLES, ("03001", "", 5, ""), ("", "", "", "")]
    assert read_figures(sheet(*rows, merge="A1:D1"), "a.xlsx").faults == ()
    (said,) = faults(read_figures(sheet(*rows, merge="C3:C4"), "a.xlsx"))
    assert "C3:C4" in said


def test_truths_and_days_of_the_spreadsheet_are_understood() -> None:
    found = read_figures(sheet(TITLES, ("*", "", True, dt.datetime(2026, 1, 5))), "a.xlsx")  # noqa: DTZ001 (Excel's)
    assert [(each.unit, each.typed) for each in found.figures] == [(None, "yes"), (None, "2026-01-05")]


def test_a_sheet_of_another_name_says_nothing_of_its_units() -> None:
    (figure, *_) = read_figures(sheet(TITLES, ("03001", "", 5, ""), title="Sheet1"), "a.xlsx").figures
    assert figure.level is None


@pytest.mark.parametrize("rows", [[], [("Mã", "Đơn vị")], [("A", "8.4/previous"), ("03001", 5)]])
def test_a_workbook_without_the_titles_is_refused(rows: list[Sequence[Any]]) -> None:
    with pytest.raises(FigureColumnsMissing):
        read_figures(sheet(*rows), "a.xlsx")
