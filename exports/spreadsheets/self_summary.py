"""Tổng hợp điểm tự đánh giá as a workbook: real numbers with two decimals, user text never as a formula."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from exports.reports.self_summary import UNJUDGED, heading

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal
    from pathlib import Path

    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

    from exports.reports.self_summary import Summary

_FACE = "Times New Roman"
_LINE = Side(style="thin", color="888888")
_RULED = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_HEAD = PatternFill("solid", fgColor="F1F3F5")
_FIRST_ROW = 5
# Signs that no XML document can hold; one of them would keep the whole workbook from being written or opened.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def write_self_summary_xlsx(target: Path, summaries: Sequence[Summary], office: str) -> None:
    """Write one sheet for each criteria set."""
    book = Workbook()
    book.remove(book.active)
    for number, summary in enumerate(summaries, start=1):
        _fill(book.create_sheet(f"Bộ tiêu chí {number}"), summary, office)
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
        ),
        1,
    ):
        _put(sheet.cell(line, 1), text, bold=bold)
    for column, title in enumerate(titles, 1):
        cell = _put(sheet.cell(_FIRST_ROW, column), title, bold=True, ruled=True)
        cell.fill = _HEAD
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    _put(sheet.cell(_FIRST_ROW + 1, 3), "Điểm tối đa", bold=True, ruled=True)
    for column, (_, _, maximum) in enumerate(summary.fields, 5):
        _put(sheet.cell(_FIRST_ROW + 1, column), maximum, bold=True, ruled=True)
    _put(sheet.cell(_FIRST_ROW + 1, 5 + len(summary.fields)), summary.maximum, bold=True, ruled=True)
    for number, row in enumerate(summary.rows, 1):
        values: list[str | int | Decimal | None] = [number, row.code, row.name, row.times or None]
        values += row.fields or [None] * len(summary.fields)
        values += [row.total, row.maximum, row.percentage, row.remark]
        for column, value in enumerate(values, 1):
            _put(sheet.cell(_FIRST_ROW + 1 + number, column), value, ruled=True)
    _lay_out(sheet, len(titles))


def _put(cell: Cell, value: str | int | Decimal | None, *, bold: bool = False, ruled: bool = False) -> Cell:
    cell.value = _NOT_XML.sub("", value) if isinstance(value, str) else value
    if isinstance(value, str):
        # "=…" typed by a unit is text, also when somebody edits the cell later.
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(("=", "+", "-", "@"))
        cell.alignment = Alignment(vertical="top", wrap_text=ruled)
    elif value is not None and not isinstance(value, int):
        cell.number_format = "0.00"
    cell.font = Font(name=_FACE, size=11, bold=bold)
    if ruled:
        cell.border = _RULED
    return cell


def _note(summary: Summary) -> str:
    return f"{summary.set_name}. Đơn vị tính: điểm. Không xếp hạng. {summary.notice}"


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
