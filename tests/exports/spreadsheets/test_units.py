"""The list of units as a workbook: what is written is read again, and every fault is named at its place."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from exports.spreadsheets import grid
from exports.spreadsheets.bodies import TITLES as BODIES_TITLES
from exports.spreadsheets.opening import WorkbookTooLarge
from exports.spreadsheets.unit_cells import LEVEL_TITLES
from exports.spreadsheets.units import TITLES as UNITS_TITLES
from exports.spreadsheets.units import UnitColumnsMissing, UnitList, read_units, write_units
from parindex_desktop.domain.body_changes import NewBody
from parindex_desktop.domain.text import folded, one_line
from parindex_desktop.domain.unit_changes import NewUnit
from parindex_desktop.domain.units import BodyKind, Level
from resources import Language, say

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

TITLES = ("Mã", "Tên", "Cấp", "Mã cấp trên")
ALL_TITLES = tuple(UNITS_TITLES.values())
BODY_TITLES = tuple(BODIES_TITLES.values())


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


NAMES = (
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40)
    .map(lambda text: one_line(text, 200))
    .filter(bool)
)
CODES = st.from_regex(r"[0-9A-Z][0-9A-Z./-]{0,19}", fullmatch=True)
DAYS = st.none() | st.dates(date(1945, 1, 1), date(2100, 12, 31))
MANY = st.lists(CODES, max_size=3, unique=True).map(lambda found: tuple(sorted(found)))
UNITS = st.lists(
    st.builds(
        NewUnit,
        CODES,
        NAMES,
        st.sampled_from(list(LEVEL_TITLES)),
        st.just("") | CODES,
        st.just("") | NAMES,
        DAYS,
        DAYS,
        MANY,
        DAYS,
        DAYS,
    ),
    max_size=5,
    unique_by=lambda unit: unit.code,
)
LEVELS = st.sets(st.sampled_from(list(LEVEL_TITLES))).map(lambda found: tuple(sorted(found, key=str)))
BODIES = st.lists(
    st.builds(NewBody, NAMES, st.sampled_from(BodyKind), st.just("") | CODES, LEVELS, MANY),
    max_size=4,
    unique_by=lambda body: folded(body.name),
)


@settings(max_examples=25)  # a workbook takes its time
@given(units=UNITS, bodies=BODIES)
def test_what_is_written_is_read_again(
    units: list[NewUnit], bodies: list[NewBody], tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("units") / "units.xlsx"
    write_units(file, units, bodies)
    found = read_units(file.read_bytes(), file.name)
    assert found.faults == ()
    assert [NewUnit(line.code, line.name, line.level, **line.said) for line in found.lines] == units
    assert [NewBody(line.name, line.kind, **line.said) for line in found.bodies] == bodies


def test_without_units_the_workbook_has_the_titles_only(tmp_path: Path) -> None:
    write_units(tmp_path / "mau.xlsx", [])
    book = load_workbook(tmp_path / "mau.xlsx")
    assert [list(sheet.values) for sheet in book] == [[ALL_TITLES], [BODY_TITLES]]


def test_a_name_that_looks_like_a_formula_is_written_as_text(tmp_path: Path) -> None:
    write_units(tmp_path / "a.xlsx", [NewUnit("03001", "=1+1", Level.COMMUNE, block="=2+2")])
    sheet = load_workbook(tmp_path / "a.xlsx").worksheets[0]
    assert [(sheet[cell].value, sheet[cell].data_type) for cell in ("B2", "E2")] == [
        ("=1+1", "s"),
        ("=2+2", "s"),
    ]


def test_days_are_real_dates(tmp_path: Path) -> None:
    write_units(tmp_path / "a.xlsx", [NewUnit("03001", "Xã", Level.COMMUNE, valid_to=date(2025, 6, 30))])
    cell = load_workbook(tmp_path / "a.xlsx").worksheets[0]["G2"]
    assert (cell.value, cell.number_format) == (datetime(2025, 6, 30), "dd/mm/yyyy")  # noqa: DTZ001 (a cell has no zone)


@pytest.mark.parametrize(
    "typed",
    [
        date(2025, 6, 30),
        datetime(2025, 6, 30, 7, 30),  # noqa: DTZ001 (a cell has no zone)
        "30/06/2025",
        "30/6/2025",
        "30-6-2025",
        "2025-06-30",
    ],
)
def test_a_day_is_read_in_every_form(typed: object) -> None:
    (line,) = read((*TITLES, "Đến ngày"), ("03001", "Xã", "Xã", "", typed)).lines
    assert line.said["valid_to"] == date(2025, 6, 30)


def test_a_column_that_is_not_there_says_nothing_an_empty_cell_says_none() -> None:
    (line,) = read(("Mã", "Tên", "Cấp", "Khối", "Từ ngày"), ("03001", "Xã", "Xã", "", None)).lines
    assert line.said == {"block": "", "valid_from": None}


def test_successors_stand_side_by_side_and_keep_their_zeros() -> None:
    titles = (*TITLES, "Đơn vị kế tục")
    found = read(
        titles,
        ("03001", "Phường", "Phường", "", " 03013;03006 ; "),
        (3002, "Phường", "Phường", "", 3006),
    )
    assert [(line.code, line.said["successors"]) for line in found.lines] == [
        ("03001", ("03006", "03013")),
        ("03002", ("03006",)),
    ]


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
        (("03001", "Xã Bản Hồ", "Xã", "", "31/02/2025"), "cell E2 (column “Từ ngày”)", "31/02/2025"),
        (("03001", "Xã Bản Hồ", "Xã", "", 45838), "cell E2 (column “Từ ngày”)", "45838"),
        (("03001", "Xã Bản Hồ", "Xã", "", "=TODAY()"), "cell E2 (column “Từ ngày”)", "formula"),
        (("03001", "Xã Bản Hồ", "Xã", "", "", "03002, 03003"), "cell F2 (column “Đơn vị kế tục”)", "no code"),
    ],
)
def test_a_fault_is_named_by_sheet_row_and_column(row: tuple[Any, ...], place: str, words: str) -> None:
    found = read((*TITLES, "Từ ngày", "Đơn vị kế tục"), row)
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


def bodies(*rows: Iterable[Any]) -> bytes:
    """A workbook with one unit and a second sheet."""
    book = Workbook()
    for row in (TITLES, ("03001", "Xã Bản Hồ", "Xã")):
        book.active.append(list(row))
    other = book.create_sheet("Tổ chức khác")
    for row in rows:
        other.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_bodies_are_read_from_the_second_sheet() -> None:
    found = read_units(
        bodies(
            BODY_TITLES,
            ("Phòng Nội vụ", "Phòng", "03001"),
            ("Báo Lào Cai", "cơ quan, tổ chức"),
            ("Các xã", "Nhóm", "", "Xã; sở", "03001"),
        ),
        "a.xlsx",
    )
    assert found.faults == ()
    assert [NewBody(line.name, line.kind, **line.said) for line in found.bodies] == [
        NewBody("Phòng Nội vụ", BodyKind.ROOM, "03001"),
        NewBody("Báo Lào Cai", BodyKind.ORGANISATION),
        NewBody("Các xã", BodyKind.GROUP, "", (Level.COMMUNE, Level.DEPARTMENT), ("03001",)),
    ]


def test_faults_of_bodies_are_named_at_their_places() -> None:
    data = bodies(
        BODY_TITLES, ("", "Phòng"), ("Báo", "?"), ("Các xã", "Nhóm", "", "Thôn"), ("A", "Nhóm"), ("a", "nhóm")
    )
    said = [say(fault, Language.EN) for fault in read_units(data, "a.xlsx").faults]
    assert [each.partition(": ")[0] for each in said] == [
        "Sheet “Tổ chức khác”, cell A2 (column “Tên tổ chức”)",
        "Sheet “Tổ chức khác”, cell B3 (column “Loại”)",
        "Sheet “Tổ chức khác”, cell D4 (column “Gồm các cấp”)",
        "Sheet “Tổ chức khác”, cell A6 (column “Tên tổ chức”)",
    ]
