"""The summary as a workbook: numbers are numbers, and what a unit typed is text."""

from __future__ import annotations

import zipfile
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exports.reports.self_summary import Summary, SummaryRow
from exports.spreadsheets.grid import unescaped
from exports.spreadsheets.self_summary import write_self_summary_xlsx
from parindex_desktop.domain.text import clean, one_line

if TYPE_CHECKING:
    from pathlib import Path

FIELDS = tuple((str(n), f"Lĩnh vực {n}", Decimal("12.50")) for n in range(1, 9))
POINTS = tuple(Decimal(n) + Decimal("0.10") for n in range(8))


def written(target: Path, *rows: SummaryRow, office: str = "Sở Nội vụ") -> Any:
    summary = Summary("2026", "Bộ tiêu chí", "Minh họa.", Decimal("100.00"), FIELDS, rows)
    write_self_summary_xlsx(target, [summary], office)
    return openpyxl.load_workbook(target).active


def test_points_are_numbers_with_two_places(tmp_path: Path) -> None:
    row = SummaryRow("00001", "Xã A", 2, POINTS, Decimal("28.80"), Decimal("82.50"), Decimal("34.91"), "")
    sheet = written(tmp_path / "a.xlsx", row)
    cells = list(sheet[7])
    assert [cell.value for cell in cells[:4]] == [1, "00001", "Xã A", 2]
    assert [Decimal(str(cell.value)) for cell in cells[4:15]] == [
        *POINTS,
        row.total,
        row.maximum,
        row.percentage,
    ]
    assert {(cell.data_type, cell.number_format) for cell in cells[4:15]} == {("n", "0.00")}
    assert [cell.value for cell in sheet[6]][4:13] == [*[12.5] * 8, 100]


def test_a_field_in_which_nothing_is_scored_has_a_dash_and_no_zero(tmp_path: Path) -> None:
    points = (Decimal(0), *[None] * 7)
    row = SummaryRow("00001", "Xã A", 1, points, Decimal(0), Decimal("82.50"), Decimal(0), "Còn thiếu 53 mục")
    assert [cell.value for cell in written(tmp_path / "a.xlsx", row)[7]][4:12] == [0, *["–"] * 7]


def test_what_was_not_received_is_empty_and_no_zero(tmp_path: Path) -> None:
    sheet = written(tmp_path / "a.xlsx", SummaryRow("00001", "Xã A", 0, (), None, None, None, "Chưa nộp"))
    assert [cell.value for cell in sheet[7]][3:15] == [None] * 12
    assert sheet[7][15].value == "Chưa nộp"


@pytest.mark.parametrize("text", ["=1+1", "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", '=HYPERLINK("x")'])
def test_a_formula_stays_text(tmp_path: Path, text: str) -> None:
    sheet = written(
        tmp_path / "a.xlsx", SummaryRow(text, text, 1, POINTS, None, None, None, text), office=text
    )
    for cell in (sheet[7][1], sheet[7][2], sheet[7][15], sheet["A1"]):
        assert (cell.value.lower(), cell.data_type, cell.quotePrefix) == (text.lower(), "s", True)
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=100))
def test_any_text_that_an_office_can_have_comes_back(tmp_path: Path, typed: str) -> None:
    name, remark = one_line(typed) or "x", clean(typed) or "x"
    sheet = written(tmp_path / "a.xlsx", SummaryRow("1", name, 1, POINTS, None, None, None, remark))
    assert (sheet[7][2].value, sheet[7][15].value) == (name, remark)


@pytest.mark.parametrize("sign", ["\x00", "\x01", "\x0b", "\x1f", "\ufffe", "\uffff"])
def test_a_sign_that_no_workbook_can_hold_spoils_none(tmp_path: Path, sign: str) -> None:
    text = f"một{sign}hai"
    sheet = written(tmp_path / "a.xlsx", SummaryRow("1", text, 1, POINTS, None, None, None, text))
    assert [unescaped(sheet[7][column].value) for column in (2, 15)] == [text, text]


def test_what_looks_like_an_escape_is_shown_as_it_was_typed(tmp_path: Path) -> None:
    sheet = written(tmp_path / "a.xlsx", SummaryRow("1", "_x0041_", 1, POINTS, None, None, None, ""))
    assert sheet[7][2].value == "_x005F_x0041_"  # spreadsheet programs show _x0041_, and not A


def test_several_sets_have_a_sheet_each(tmp_path: Path) -> None:
    summaries = [Summary("2026", f"Bộ {n}", "", Decimal("100.00"), FIELDS[:n], ()) for n in (1, 8)]
    write_self_summary_xlsx(tmp_path / "a.xlsx", summaries, "Sở")
    assert openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames == ["Bộ tiêu chí 1", "Bộ tiêu chí 2"]


def test_it_prints_on_a4_with_its_head_on_every_page(tmp_path: Path) -> None:
    sheet = written(
        tmp_path / "a.xlsx", *[SummaryRow(str(n), "Xã", 0, (), None, None, None, "") for n in range(99)]
    )
    assert (sheet.print_title_rows, sheet.page_setup.orientation) == ("$5:$6", "landscape")
    assert (int(sheet.page_setup.paperSize), sheet.sheet_properties.pageSetUpPr.fitToPage) == (9, True)
    assert sheet.freeze_panes == "D7"
