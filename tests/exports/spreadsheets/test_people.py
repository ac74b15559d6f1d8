"""The staff list as a workbook: what is written is read again, and every fault is named at its place."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from exports.spreadsheets import grid
from exports.spreadsheets.opening import NotAWorkbook, WorkbookTooLarge
from exports.spreadsheets.people import PeopleColumnsMissing, PeopleList, read_people, write_people
from parindex_desktop.domain.text import one_line
from resources import Language, say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

STAFF = ("Họ và tên", "Chức vụ", "Phòng, bộ phận", "Đến ngày")
DUTIES = ("Mã tiêu chí", "Tiêu chí", "Cán bộ", "Phòng, bộ phận")
CELL = st.text(max_size=40).map(one_line).filter(lambda text: "_x" not in text)


def book(staff: Sequence[Sequence[Any]], duties: Sequence[Sequence[Any]] | None = None) -> bytes:
    made = Workbook()
    made.active.title = "Cán bộ"
    for row in staff:
        made.active.append(list(row))
    if duties is not None:
        sheet = made.create_sheet("Phân công")
        for row in duties:
            sheet.append(list(row))
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def read(staff: Sequence[Sequence[Any]], duties: Sequence[Sequence[Any]] | None = None) -> PeopleList:
    return read_people(book(staff, duties), "a.xlsx")


def faults(found: PeopleList) -> list[str]:
    return [say(each, Language.EN) for each in found.faults]


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    staff=st.lists(st.tuples(CELL.filter(bool), CELL, CELL), max_size=4),
    duties=st.lists(st.tuples(st.sampled_from(["1.1", "1.10", "2"]), CELL, CELL, CELL), max_size=4),
)
def test_what_is_written_is_read_again(
    tmp_path: Path, staff: list[tuple[str, str, str]], duties: list[tuple[str, str, str, str]]
) -> None:
    write_people(tmp_path / "a.xlsx", [(*row, "") for row in staff], duties)
    found = read_people((tmp_path / "a.xlsx").read_bytes(), "a.xlsx")
    assert found.faults == ()
    assert [(v["name"], v["title"], v["room"]) for v in (line.values for line in found.people)] == staff
    columns = ("code", "criterion", "person", "room")
    assert [tuple(line.values[name] for name in columns) for line in found.duties] == duties


def test_cells_that_look_like_formulas_are_texts(tmp_path: Path) -> None:
    write_people(tmp_path / "a.xlsx", [("=1+1", "@x", "-", "")], None)
    sheet = load_workbook(tmp_path / "a.xlsx")["Cán bộ"]
    assert [(sheet[at].data_type, sheet[at].quotePrefix) for at in ("A2", "B2")] == [("s", True)] * 2
    assert load_workbook(tmp_path / "a.xlsx").sheetnames == ["Cán bộ"]


def test_headings_other_orders_blank_rows_and_further_columns_do_not_matter() -> None:
    found = read(
        [
            ("DANH SÁCH CÁN BỘ", None, None),
            (),
            ("STT", "chức vụ:", "HỌ VÀ TÊN *"),
            (1, "công chức", "  Nguyễn  Thị Lan "),
            (None, " ", None),
            (2, None, "An"),
        ]
    )
    assert [dict(line.values) for line in found.people] == [
        {"title": "công chức", "name": "Nguyễn Thị Lan"},
        {"title": "", "name": "An"},
    ]
    assert found.faults == ()


@pytest.mark.parametrize(("typed", "read_as"), [("31/12/2026", "2026-12-31"), (None, "")])
def test_the_last_day_may_be_typed(typed: str | None, read_as: str) -> None:
    (line,) = read([STAFF, ("An", "", "", typed)]).people
    assert line.values["until"] == read_as


def test_the_last_day_may_be_a_date_of_the_spreadsheet() -> None:
    import datetime as dt

    (line,) = read([STAFF, ("An", "", "", dt.datetime(2026, 12, 31))]).people  # noqa: DTZ001 (as Excel has it)
    assert line.values["until"] == "2026-12-31"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("=A1", "", "", ""), "Sheet “Cán bộ”, cell A2 (column “Họ và tên”): This is a formula"),
        (("#N/A", "", "", ""), "This is an error of the spreadsheet"),
        ((True, "", "", ""), "This is neither a text nor a whole number"),
        (("x" * 101, "", "", ""), "The text has 101 characters"),
        (("An", "", "", "mai"), "cell D2 (column “Đến ngày”): “mai” is not a date"),
    ],
)
def test_every_fault_is_named_at_its_place(row: tuple[Any, ...], said: str) -> None:
    found = read([STAFF, row])
    (fault,) = faults(found)
    assert said in fault
    assert found.people == ()


def test_a_code_that_was_taken_for_a_number_is_a_fault() -> None:
    found = read([STAFF, ("An",)], [DUTIES, (1.1, "", "An", ""), (2, "", "An", "")])
    (fault,) = faults(found)
    assert fault.startswith("Sheet “Phân công”, cell A2 (column “Mã tiêu chí”): A text belongs here")
    assert [line.values["code"] for line in found.duties] == ["2"]


def test_what_is_no_staff_list_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(PeopleColumnsMissing):
        read([("Mã", "Tên")])
    with pytest.raises(NotAWorkbook):
        read_people(b"PK\3\4nothing", "a.xlsx")
    monkeypatch.setattr(grid, "MOST_CELLS", 3)
    with pytest.raises(WorkbookTooLarge):
        read([STAFF, ("A",), ("B",), ("C",)])
