"""The sheet of a self-assessment: its columns, and what a cell says for one part of an answer; each way round.

A row holds a criterion or one of its inputs, and bears its name in the last, hidden column.
"""

from __future__ import annotations

import sys
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from exports.spreadsheets.cells import escaped
from exports.spreadsheets.grid import Wrong
from parindex_desktop.domain import numbers
from parindex_desktop.domain.answer_parts import APPLICABILITY, GROUND, INPUT
from parindex_desktop.domain.errors import UserError
from parindex_desktop.domain.figures import LONGEST_GROUND
from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.domain.scoring import showing
from parindex_desktop.domain.scoring.answers import Applicability
from parindex_desktop.domain.scoring.inputs import NO, YES, InputKind, read_date, read_input
from parindex_desktop.domain.scoring.outcome import claimable
from parindex_desktop.domain.text import LONGEST_TEXT, clean, folded, shortened

if TYPE_CHECKING:
    from exports.spreadsheets.grid import GridCell
    from parindex_desktop.domain.criteria import Criterion
    from parindex_desktop.domain.scoring.inputs import InputSpec

Shown = str | int | Decimal | date
"""What can stand in a cell."""

TITLES: Final = {
    "code": "Mã",
    "title": "Tiêu chí, nội dung cần nhập",
    "maximum": "Điểm tối đa",
    "value": "Số liệu, lựa chọn",
    "points": "Điểm tự chấm",
    "status": "Tình trạng",
    "ground": "Căn cứ không áp dụng",
    "explanation": "Giải trình",
    "reason": "Lý do chưa đạt điểm tối đa",
    "note": "Ghi chú của đơn vị",
    "row": "Mã dòng",
}
COLUMNS: Final = {name: number for number, name in enumerate(TITLES, 1)}

AT_EXPORT: Final = "Khi xuất"
"""The hidden sheet with what the form said when it was written out, by part, so that both sides can be compared."""
VERSION: Final = 1
"""Of this layout; a newer one is refused by name."""
HEAD: Final = ("version", "unit", "unit_name", "year", "set", "set_version", "at")
"""Facts on the hidden sheet, before the parts."""

CLAIMS: Final = {
    Applicability.APPLICABLE: "Áp dụng",
    Applicability.NOTHING_AROSE: "Không phát sinh",
    Applicability.NOT_APPLICABLE: "Không áp dụng",
}
_WORDS: Final = {
    InputKind.YES_NO: {YES: "Đạt", NO: "Không đạt"},
    InputKind.CHECK: {YES: "Có", NO: "Không"},
}
NOT_CONFIRMED: Final = "Chưa xác nhận lại"
"""Stands beside what was copied from last year, until somebody has looked at it; nobody reads it back."""
TOO_LONG: Final = "(Văn bản dài hơn một ô của bảng tính; xem và sửa trong chương trình)"
"""Stands in the place of a text that no cell can hold."""

_EXACT_DIGITS: Final = 15
"""Digits of a number that a spreadsheet program keeps."""
_MOST_UNITS: Final = 32_767
"""UTF-16 units that a cell holds."""


def offered(spec: InputSpec) -> dict[str, str]:
    """The words that an input is chosen from, by their canonical form; of a date what may be said instead of it."""
    return _WORDS.get(spec.kind) or {option.id: option.title for option in spec.options}


def shown_input(spec: InputSpec, text: str) -> Shown:
    """What stands in the cell of an input; what is not in canonical form (from elsewhere) as it was written."""
    value = showing.shown_input(spec, text)
    if isinstance(value, Message):
        return offered(spec)[text]
    if isinstance(value, Decimal) and len(value.as_tuple().digits) > _EXACT_DIGITS:
        return text.replace(".", ",")
    return value


def shown_text(part: str, text: str) -> str:
    """What stands in the cell of anything else."""
    if part == APPLICABILITY:
        return CLAIMS[Applicability(text)]
    return text if fits(text) else TOO_LONG


def fits(text: str) -> bool:
    """Whether a cell can hold `text`."""
    return len(escaped(text).encode("utf-16-le")) <= 2 * _MOST_UNITS


def column_of(part: str) -> str:
    """The name of the column that a part stands in."""
    return "value" if part == APPLICABILITY or part.startswith(INPUT) else part


def row_name(criterion: str, part: str) -> str:
    """The name of the row that a part of a criterion stands in."""
    return f"{criterion}/{part}" if part.startswith(INPUT) else criterion


def read_part(criterion: Criterion, part: str, cell: GridCell | None, before: str) -> str:
    """What the cell of a part says; `before` is what it said at export and may say again, whatever that was.

    Raises `Wrong`.
    """
    spec = next((each for each in criterion.inputs if f"{INPUT}{each.name}" == part), None)
    shown = "" if not before else shown_text(part, before) if spec is None else shown_input(spec, before)
    if isinstance(shown, str) and _says(cell, shown):
        return before
    if cell is None:
        return ""
    try:
        if spec is not None:
            return _read_input(spec, cell)
        if part == APPLICABILITY:
            return _read_claim(criterion, cell)
        return clean(cell.text(), LONGEST_GROUND if part == GROUND else LONGEST_TEXT)
    except UserError as fault:
        raise Wrong(fault.message) from fault


def _says(cell: GridCell | None, text: str) -> bool:
    """Whether exactly `text` stands in the cell."""
    if cell is None:
        return not _plain(text)
    return cell.is_text and _plain(cell.value) == _plain(text)


def _plain(text: str) -> str:
    return clean(text, sys.maxsize)


def _read_input(spec: InputSpec, cell: GridCell) -> str:
    value = cell.value
    if spec.kind is InputKind.DATE and isinstance(value, date):
        return read_date(f"{value:%Y-%m-%d}").isoformat()
    if spec.kind in {InputKind.COUNT, InputKind.AMOUNT} and (number := _number(cell)) is not None:
        return _checked(spec, number)
    text = cell.text()
    exactly = next((id_ for id_, word in offered(spec).items() if _plain(word) == text), None)
    return exactly or read_input(spec, text)


def _number(cell: GridCell) -> Decimal | None:
    """The number in a cell; None where a text may say one."""
    value = cell.value
    if isinstance(value, date):
        day = value.date() if isinstance(value, datetime) else value
        template = msgid(
            "A date stands here ({date}), a number belongs here; format the cell as a number and type it again."
        )
        raise Wrong(Message("form_sheet.date", template, {"date": day}))
    return cell.figure()


def _checked(spec: InputSpec, number: Decimal) -> str:
    """A number is taken as it stands; only a text can have marks between thousands."""
    whole = spec.kind is InputKind.COUNT
    if number < 0 or number != (number.to_integral_value() if whole else numbers.rounded(number)):
        fault = numbers.NotACount if whole else numbers.NotAnAmount
        raise fault(text=shortened(numbers.exact(number), 60))
    return numbers.exact(abs(number))  # a spreadsheet program may say -0


def _read_claim(criterion: Criterion, cell: GridCell) -> str:
    text = cell.text()
    allowed = {each: CLAIMS[each] for each in claimable(criterion)}
    said = next((each for each, word in allowed.items() if folded(word) == folded(text)), None)
    if said is None:
        values = {"text": shortened(text, 60), "options": tuple(allowed.values())}
        if any(folded(word) == folded(text) for word in CLAIMS.values()):
            template = msgid(
                "Criterion {criterion} does not allow “{text}”: its criteria set says so. What it allows: {options}."
            )
            raise Wrong(
                Message("form_sheet.claim_not_allowed", template, {"criterion": criterion.code, **values})
            )
        raise Wrong(Message("tree.not_offered", "“{text}” is none of: {options}.", values))
    return "" if said is Applicability.APPLICABLE else said.value
