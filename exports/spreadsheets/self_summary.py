"""Tổng hợp điểm tự đánh giá as a workbook: real numbers with two decimals, user text never as a formula."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter

from exports.reports.self_summary import UNJUDGED, heading
from exports.spreadsheets.cells import RULED, put, put_title

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

    from exports.reports.self_summary import Summary

_FIRST_ROW = 5


def write_self_summary_xlsx(
    target: Path, summaries: Sequence[Summary], office: str, left_out: Sequence[str] = ()
) -> None:
    """Write one sheet for each criteria set; below each table `left_out` says which units no set is for."""
    book = Workbook()
    book.remove(book.active)
    for number, summary in enumerate(summaries, start=1):
        sheet = book.create_sheet(f"Bộ tiêu chí {number}")
        _fill(sheet, summary, office)
        for line, text in enumerate(left_out, _FIRST_ROW + len(summary.rows) + 3):
            put(sheet.cell(line, 1), text)
    book.save(target)


def _fill(sheet: Worksheet, summary: Summary, office: str) -> None:
    titles = ["STT", "Mã đơn vị", "Đơn vị", "Lần nộp"]
    titles += [f"{code}. {title}" for code, title, _ in summary.fields]
    titles += ["Tổng điểm tự đánh giá", "Điểm được tự chấm", "Tỷ lệ (%)", "Ghi chú"]
    for line, (text, bold) in enumerate(
        (
            (office.upper(), True),
            (f"{heading(summary.year)} ({UNJUDGED.lower()})", True),
            (_note(summary), False),
            (summary.sums, False),
        ),
        1,
    ):
        put(sheet.cell(line, 1), text, bold=bold).alignment = Alignment(vertical="top")
    for column, title in enumerate(titles, 1):
        put_title(sheet.cell(_FIRST_ROW, column), title).border = RULED
    _put(sheet.cell(_FIRST_ROW + 1, 3), "Điểm tối đa", bold=True)
    maxima = [maximum for _, _, maximum in summary.fields]
    for column, maximum in enumerate((*maxima, summary.maximum), 5):
        _put(sheet.cell(_FIRST_ROW + 1, column), maximum, bold=True)
    for number, row in enumerate(summary.rows, 1):
        values: list[str | int | Decimal | None] = [number, row.code, row.name, row.times or None]
        values += ["–" if each is None else each for each in row.fields] or [None] * len(summary.fields)
        values += [row.total, row.maximum, row.percentage, row.remark]
        for column, value in enumerate(values, 1):
            _put(sheet.cell(_FIRST_ROW + 1 + number, column), value)
    _lay_out(sheet, len(titles))


def _put(cell: Cell, value: str | int | Decimal | None, *, bold: bool = False) -> None:
    put(cell, value, "0.00" if isinstance(value, Decimal) else "General", bold=bold).border = RULED


def _note(summary: Summary) -> str:
    return f"{summary.set_name}. {summary.counts} Đơn vị tính: điểm. Không xếp hạng. {summary.notice}"


def _lay_out(sheet: Worksheet, columns: int) -> None:
    widths = [6, 11, 30, 9, *[14] * (columns - 8), 14, 14, 10, 40]
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.row_dimensions[_FIRST_ROW].height = 62
    sheet.freeze_panes = sheet.cell(_FIRST_ROW + 2, 4)
    sheet.print_title_rows = f"{_FIRST_ROW}:{_FIRST_ROW + 1}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
