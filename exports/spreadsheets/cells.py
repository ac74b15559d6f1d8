"""Writing cells of a workbook: texts stay texts, whatever they begin with, and a row of titles looks like one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from openpyxl.cell import Cell

_FACE: Final = "Times New Roman"
_LINE: Final = Side(style="thin", color="888888")
_UNDER: Final = Border(bottom=_LINE)
_HEAD: Final = PatternFill("solid", fgColor="F1F3F5")
_PLAIN: Final = Font(name=_FACE, size=11)
_BOLD: Final = Font(name=_FACE, size=11, bold=True)
_TOP: Final = Alignment(vertical="top", wrap_text=True)
_MIDDLE: Final = Alignment(horizontal="center", vertical="center", wrap_text=True)
RULED: Final = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)

# What a reader would take for an escape (“_x0041_” for “A”), and signs that XML cannot hold.
_TO_ESCAPE: Final = re.compile("_(?=x[0-9A-Fa-f]{4}_)|[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def put(
    cell: Cell, value: str | int | Decimal | date | None, form: str = "General", *, bold: bool = False
) -> Cell:
    """Fill `cell`, its number shown in `form`; a text is never a formula, nor becomes one when it is edited."""
    cell.font, cell.alignment, cell.number_format = _BOLD if bold else _PLAIN, _TOP, form
    if isinstance(value, str):
        cell.value = escaped(value) or None
        cell.number_format = "@"
        if value:
            cell.data_type = "s"
        cell.quotePrefix = value.startswith(("=", "+", "-", "@"))
    else:
        cell.value = value
    return cell


def put_title(cell: Cell, title: str) -> Cell:
    """Write the title of a column or line."""
    put(cell, title, bold=True)
    cell.fill, cell.border, cell.alignment = _HEAD, _UNDER, _MIDDLE
    return cell


def escaped(text: str) -> str:
    """`text` as a workbook stores it; `grid.unescaped` gives it back."""
    return _TO_ESCAPE.sub(lambda sign: f"_x{ord(sign.group()):04X}_", text)
