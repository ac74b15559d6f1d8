"""A proposed criteria set as the workbook to complete, with a sheet that says of each row how it was understood."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from openpyxl.utils import get_column_letter

from exports.reports.wording import said
from exports.spreadsheets.cells import put, put_title
from exports.spreadsheets.criteria_writing import criteria_book
from parindex_desktop.domain.messages import Message
from resources import Language, say

if TYPE_CHECKING:
    from pathlib import Path

    from exports.spreadsheets.proposals import Proposal

TITLE: Final = "Cách hiểu bảng"
_COLUMNS: Final = {
    "Trang tính": 16,
    "Dòng": 8,
    "Nội dung trong bảng": 60,
    "Được hiểu là": 20,
    "Mã tiêu chí": 12,
    "Suy ra từ": 50,
    "Cần xem lại": 60,
}


def write_proposal(target: Path, proposal: Proposal) -> None:
    """Write the set that `proposal` holds, its gaps left empty, to `target`; the first sheet says what is doubtful.

    The sheet is for the reader alone: taking the workbook over passes it by.
    """
    book = criteria_book(proposal.tree)
    sheet = book.create_sheet(TITLE, 0)
    for column, (title, width) in enumerate(_COLUMNS.items(), 1):
        put_title(sheet.cell(1, column), title)
        sheet.column_dimensions[get_column_letter(column)].width = width
    lines: list[tuple[str | int, ...]] = [("", "", "", "", "", "", said(each)) for each in of_whole(proposal)]
    for each in proposal.rows:
        understood, doubts = (
            "\n".join(said(message) for message in messages) for messages in (each.understood, each.doubts)
        )
        meaning = say(each.meaning.words, Language.VI)
        lines.append((each.sheet, each.row, each.text, meaning, each.code, understood, doubts))
    for row, line in enumerate(lines, 2):
        for column, value in enumerate(line, 1):
            put(sheet.cell(row, column), value)
    sheet.freeze_panes = "D2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(_COLUMNS))}{max(2, len(lines) + 1)}"
    book.active = 0
    book.save(target)


def of_whole(proposal: Proposal) -> tuple[Message, ...]:
    """What is doubtful of the table as a whole, and which of its columns were not read."""
    if not proposal.ignored:
        return proposal.doubts
    values = {"columns": proposal.ignored}
    return (*proposal.doubts, Message("table.ignored", "Columns that were not read: {columns}.", values))
