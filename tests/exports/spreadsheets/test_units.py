"""The list of units as a workbook: what is written is read again, and every fault is named at its place."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from exports.spreadsheets import grid
from exports.spreadsheets.opening import WorkbookTooLarge
from exports.spreadsheets.units import (
    LEVEL_TITLES,
    UnitColumnsMissing,
    UnitLine,
    UnitList,
    read_units,
    write_units,
)
from parindex_desktop.domain.units import Level
from resources import Language, say

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

TITLES = ("Mã", "Tên", "Cấp", "Mã cấp trên")


def sheet(*rows: Iterable[Any], title: str = "Danh sách", merge: str = "") -> bytes:
    book = Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(list(row))
    if merge:
        book.active.merge_cells(merge)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def read(*rows: Iterable[Any], **how: str) -> UnitList:
    return read_units(sheet(*rows, **how), "danh-muc.xlsx")


def faults(found: UnitList) -> list[str]:
    return [say(fault, Language.EN) for fault in found.faults]


NAMES = st.text(st.characters(categories=["L", "N", "Zs"]), min_size=1, max_size=40).map(
    lambda text: " ".join(text.split()) or "x"
)
LINES = st.lists(
    st.builds(
        UnitLine,
        code=st.from_regex(r"[0-9]{5}", fullmatch=True),
        name=NAMES,
        level=st.sampled_from(list(LEVEL_TITLES)),
        parent=st.just(""),
    ),
    max_size=8,
    unique_by=lambda line: line.code,
)


@given(lines=LINES)
def test_what_is_written_is_read_again(
    lines: list[UnitLine], tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("units") / "units.xlsx"
    write_units(file, lines)
    found = read_units(file.read_bytes(), file.name)
    assert found.faults == ()
    assert [line.code for line in found.lines] == [line.code for line in lines]
    assert [line.level for line in found.lines] == [line.level for line in lines]


def test_without_units_the_sample_has_the_titles_only(tmp_path: Path) -> None:
    write_units(tmp_path / "mau.xlsx", [])
    rows = list(load_workbook(tmp_path / "mau.xlsx").active.values)
    assert rows == [TITLES]


def test_a_name_that_looks_like_a_formula_is_written_as_text(tmp_path: Path) -> None:
    write_units(tmp_path / "a.xlsx", [UnitLine("03001", "=1+1", Level.COMMUNE)])
    cell = load_workbook(tmp_path / "a.xlsx").active["B2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_a_heading_above_the_titles_other_columns_and_empty_rows_are_passed_over() -> None:
    found = read(
        ("DANH SÁCH ĐƠN VỊ",),
        ("STT", "Mã đơn vị", "TÊN ĐƠN VỊ", "Ghi chú", "Cấp:"),
        (1, "03001", "Xã Bản Hồ", "", "Xã"),
        (),
        (2, "03002", "  Phường   Sa Pa ", "mới", "phường"),
    )
    assert found.faults == ()
    assert [(line.code, line.name, line.level) for line in found.lines] == [
        ("03001", "Xã Bản Hồ", Level.COMMUNE),
        ("03002", "Phường Sa Pa", Level.COMMUNE),
    ]


@pytest.mark.parametrize(
    ("said", "level"),
    [
        ("Xã", Level.COMMUNE),
        ("Đặc khu", Level.COMMUNE),
        ("HUYỆN", Level.DISTRICT),
        ("Sở", Level.DEPARTMENT),
        ("Cơ quan trung ương", Level.CENTRAL),
        *((title, level) for level, title in LEVEL_TITLES.items()),
    ],
)
def test_levels_are_known_by_their_usual_words(said: str, level: Level) -> None:
    assert read(TITLES, ("03001", "Đơn vị", said)).lines[0].level is level


def test_zeros_that_a_number_cell_drops_come_back() -> None:
    found = read(TITLES, (3001, "Xã Bản Hồ", "Xã"), (15, "Sở Nội vụ", "Sở"))
    assert [line.code for line in found.lines] == ["03001", "15"]


def test_names_arrive_composed() -> None:
    assert read(TITLES, ("03001", "Xa\u0303 Ba\u0309n Ho\u0302\u0300", "Xã")).lines[0].name == "Xã Bản Hồ"


@pytest.mark.parametrize(
    ("row", "place", "words"),
    [
        (("", "Xã Bản Hồ", "Xã"), "cell A2 (column “Mã”)", "missing"),
        (("0 3", "Xã Bản Hồ", "Xã"), "cell A2 (column “Mã”)", "no code"),
        (("03001", "", "Xã"), "cell B2 (column “Tên”)", "missing"),
        (("03001", "x" * 301, "Xã"), "cell B2 (column “Tên”)", "301 characters"),
        (("03001", "Xã Bản Hồ", "Tổng"), "cell C2 (column “Cấp”)", "no kind of unit"),
        (("=A1", "Xã Bản Hồ", "Xã"), "cell A2 (column “Mã”)", "formula"),
        (("#REF!", "Xã Bản Hồ", "Xã"), "cell A2 (column “Mã”)", "#REF!"),
        ((1.5, "Xã Bản Hồ", "Xã"), "cell A2 (column “Mã”)", "neither"),
        ((True, "Xã Bản Hồ", "Xã"), "cell A2 (column “Mã”)", "neither"),
        (("03001", "Xã Bản Hồ", "Xã", "a b"), "cell D2 (column “Mã cấp trên”)", "no code"),
    ],
)
def test_a_fault_is_named_by_sheet_row_and_column(row: tuple[Any, ...], place: str, words: str) -> None:
    found = read(TITLES, row)
    assert found.lines == ()
    (said,) = faults(found)
    assert said.startswith(f"Sheet “Danh sách”, {place}: ")
    assert words in said


def test_all_faults_are_told_at_once() -> None:
    found = read(TITLES, ("", "", "?"), ("03001", "Xã Bản Hồ", "Xã"), ("03001", "Xã Tả Van", "Xã"))
    assert len(found.faults) == 4
    assert "stands in cell A3 too" in faults(found)[-1]


def test_merged_cells_in_the_list_are_refused_those_of_the_heading_are_not() -> None:
    rows = (("DANH SÁCH",), TITLES, ("03001", "Xã Bản Hồ", "Xã"), ("03002", "Xã Tả Van", "Xã"))
    assert faults(read(*rows, merge="A1:D1")) == []
    assert "C3:C4 are merged" in faults(read(*rows, merge="C3:C4"))[0]


def test_a_workbook_without_the_titles_says_which_are_missing() -> None:
    with pytest.raises(UnitColumnsMissing, match="danh-muc"):
        read(("Mã", "Tên"), ("03001", "Xã Bản Hồ"))


def test_endless_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grid, "MOST_CELLS", 12)
    with pytest.raises(WorkbookTooLarge):
        read(TITLES, *(("03001", "Xã Bản Hồ", "Xã"),) * 4)
