"""What the cells of answers take: drop-downs, numbers, days; anything else is refused there and then, in Vietnamese."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet.datavalidation import DataValidation

from exports.spreadsheets.form_cells import offered
from parindex_desktop.domain.numbers import LARGEST
from parindex_desktop.domain.scoring.inputs import YEARS, InputKind

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from exports.spreadsheets.drop_downs import DropDowns
    from parindex_desktop.domain.scoring.inputs import InputSpec

_DAYS: Final = tuple(str(int(to_excel(day))) for day in (date(YEARS[0], 1, 1), date(YEARS[-1], 12, 31)))
_NUMBERS: Final = ("0", str(LARGEST - 1))
_LIMITS: Final = {
    InputKind.DATE: ("date", *_DAYS, "Nhập ngày/tháng/năm, ví dụ 05/11/2026."),
    InputKind.AMOUNT: ("decimal", *_NUMBERS, "Nhập một số không âm, nhiều nhất hai chữ số thập phân."),
    InputKind.COUNT: ("whole", *_NUMBERS, "Nhập một số nguyên không âm."),
}
"""Kind of the rule, its limits, and what is said to whoever types something else."""


class AnswerRules:
    """The rules of one sheet, each once for all its cells."""

    def __init__(self, sheet: Worksheet, lists: DropDowns) -> None:
        self._sheet = sheet
        self._lists = lists
        self._made: dict[tuple[str, ...], DataValidation] = {}

    def restrict(self, cell: str, spec: InputSpec) -> None:
        """Let a cell take only what its input can be."""
        words = tuple(offered(spec).values())
        if words:
            self.offer(cell, words, only=spec.kind is not InputKind.DATE)
            return
        limits = _LIMITS[spec.kind]
        if limits not in self._made:
            kind, lowest, highest, said = limits
            rule = self._make(limits, kind, lowest, said)
            rule.operator, rule.formula2 = "between", highest
        self._made[limits].add(cell)

    def offer(self, cell: str, words: tuple[str, ...], *, only: bool = True) -> None:
        """Offer words in a cell; unless they are `only` what it takes, a day may be typed as well."""
        key = ("words" if only else "words or day", *words)
        if key not in self._made:
            rule = self._make(key, "list", self._lists.place(words), "Chọn một trong các giá trị có sẵn.")
            rule.showErrorMessage = only
            if not only:
                rule.promptTitle, rule.showInputMessage = "Ngày", True
                rule.prompt = "Nhập ngày/tháng/năm, ví dụ 05/11/2026, hoặc chọn trong danh sách."
        self._made[key].add(cell)

    def _make(self, key: tuple[str, ...], kind: str, formula: str, said: str) -> DataValidation:
        rule = self._made[key] = DataValidation(kind, formula1=formula, allow_blank=True)
        rule.errorTitle, rule.error, rule.showErrorMessage = "Chưa đúng", said, True
        self._sheet.add_data_validation(rule)
        return rule
