"""The words of drop-downs, each list once in a column of a hidden sheet: a rule of a cell has room for few words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName

from exports.spreadsheets.cells import put

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

LABELS: Final = "Danh mục"
"""The hidden sheet."""
_NAME: Final = "danh_muc"


class DropDowns:
    """The lists of one workbook."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self.sheet = book.create_sheet(LABELS)
        self.sheet.sheet_state = "hidden"
        self._columns: dict[tuple[str, ...], str] = {}

    def place(self, words: tuple[str, ...]) -> str:
        """The name of the cells that hold `words`: old programs let a rule look into another sheet only by name."""
        letter = self._column(words)
        name = f"{_NAME}_{letter}"
        if name not in self._book.defined_names:
            cells = f"{quote_sheetname(LABELS)}!${letter}$1:${letter}${len(words)}"
            self._book.defined_names[name] = DefinedName(name, attr_text=cells)
        return name

    def cell(self, words: tuple[str, ...], number: int) -> str:
        """The cell that holds the one with that index, as a formula of other sheets names it."""
        return f"{quote_sheetname(LABELS)}!${self._column(words)}${number + 1}"

    def _column(self, words: tuple[str, ...]) -> str:
        if words not in self._columns:
            letter = get_column_letter(len(self._columns) + 1)
            for row, word in enumerate(words, 1):
                put(self.sheet[f"{letter}{row}"], word)
            self._columns[words] = letter
        return self._columns[words]
