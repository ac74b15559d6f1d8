"""What stands in a cell of a criteria workbook, and the value of the set that it says; each is the other's inverse."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from exports.spreadsheets.criteria_columns import LEVELS, SHORT_LEVELS, Column, Form, label_of
from exports.spreadsheets.grid import GridCell, Wrong
from parindex_desktop.domain import numbers
from parindex_desktop.domain.errors import UserError
from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.domain.scoring.inputs import read_date
from parindex_desktop.domain.text import folded, shortened

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_POINTS: Final = re.compile(r"(0|[1-9][0-9]{0,2})\.[0-9]{2}")
_PERCENT: Final = re.compile(r"(0|[1-9][0-9]{0,2})(\.[0-9]{1,2})?")
_MONTH_DAY: Final = re.compile(r"([0-9]{1,2})\s*[/.-]\s*([0-9]{1,2})")
_ISO_MONTH_DAY: Final = re.compile(r"([0-9]{2})-([0-9]{2})")
_ISO_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WAYS: Final = {"by_level": "theo cấp", "by_year": "theo năm", "roadmap": "lộ trình"}


@dataclass(frozen=True, slots=True)
class RuleWords:
    """What decides how figures of a rule are written: its kind, and whether its steps go by count."""

    kind: str = ""
    by_count: bool = False

    def form(self, form: Form) -> Form:
        """The form of a figure in this rule."""
        if form is Form.FLOOR:
            return Form.POINTS if self.kind == "deduct" else Form.PERCENT
        if form is Form.LIMIT:
            return Form.WHOLE if self.by_count else Form.PERCENT
        return form


NO_RULE: Final = RuleWords()


def shown(column: Column, value: Any, words: RuleWords = NO_RULE) -> str | int | Decimal | date:
    """What stands in the cell for `value`; a number wherever that says the same."""
    form = words.form(column.form)
    match form:
        case Form.LINES:
            return "\n".join(value)
        case Form.LABEL:
            return column.labels.get(str(value), str(value))
        case Form.MONTH_DAY:
            match = _ISO_MONTH_DAY.fullmatch(value)
            return f"{match[2]}/{match[1]}" if match else str(value)
        case Form.DATE:
            return _shown_date(value)
        case Form.POINTS | Form.PERCENT:
            return _shown_figure(form, value)
        case Form.WHOLE | Form.ORDER:
            return value if isinstance(value, int) else str(value)
        case _:
            return str(value)


def read(column: Column, cell: GridCell, words: RuleWords = NO_RULE) -> Any:
    """The value that a filled cell says. Raises `Wrong`."""
    form = words.form(column.form)
    if column.labels:
        return _read_label(column, cell)
    return _READERS[form](cell) if form in _READERS else _read_figure(form, cell)


def number_format(form: Form) -> str:
    """The spreadsheet format of a column: text wherever a program could take what is typed for a date or a formula."""
    return _FORMATS.get(form, "@")


_FORMATS: Final = {
    Form.POINTS: "0.00",
    Form.DATE: "dd/mm/yyyy",
    **dict.fromkeys(
        (Form.PERCENT, Form.FLOOR, Form.LIMIT, Form.WHOLE, Form.ORDER),
        "General",
    ),
}


def _shown_figure(form: Form, value: Any) -> str | Decimal:
    if isinstance(value, dict) and len(value) == 1:
        ((way, figures),) = value.items()
        pairs = "; ".join(
            f"{SHORT_LEVELS.get(key, key)} = {str(figure).replace('.', ',')}"
            for key, figure in figures.items()
        )
        return f"{_WAYS[way]}: {pairs}"
    text = str(value)
    same = _POINTS.fullmatch(text) if form is Form.POINTS else _PERCENT.fullmatch(text)
    if same and (form is Form.POINTS or numbers.exact(Decimal(text)) == text):
        return Decimal(text)
    return text  # 97.50 is not written as 97.5: the set's digest would change


def _shown_date(value: str) -> str | date:
    try:
        return date.fromisoformat(value) if _ISO_DATE.fullmatch(value) else value
    except ValueError:
        return value


def _number(cell: GridCell) -> Decimal:
    number = cell.number()
    return _typed_number(cell.text()) if number is None else number


def _typed_number(text: str) -> Decimal:
    try:
        return numbers.read_amount(text)
    except UserError as fault:
        raise Wrong(fault.message) from fault


def _read_whole(cell: GridCell) -> int:
    number = _number(cell)
    if number != number.to_integral_value():
        raise Wrong(
            Message("book.not_whole", "“{text}” is not a whole number.", {"text": shortened(str(number), 40)})
        )
    return int(number)


def _read_figure(form: Form, cell: GridCell) -> str | dict[str, Any]:
    """Points or a percentage, or one for each level, year or stage."""
    number = cell.number()
    if number is not None:
        if "%" in cell.form:  # typed as 60%, stored as 0.6
            number = numbers.ARITHMETIC.multiply(number, numbers.HUNDRED)
        return _written(form, number)
    text = cell.text()
    head, colon, rest = text.partition(":")
    way = label_of(_WAYS, head) if colon else None
    if way is None:
        return _one_figure(form, text)
    figures: dict[str, Any] = {}
    for pair in rest.split(";"):
        key, equals, figure = pair.partition("=")
        if not pair.strip():
            continue
        key = key.strip()
        key = label_of(SHORT_LEVELS, key) or label_of(LEVELS, key) or key if way == "by_level" else key
        if not equals or not key or key in figures:
            raise Wrong(
                Message(
                    "book.graded",
                    "“{text}” cannot be read. Write for example “{example}”.",
                    {"text": shortened(pair.strip(), 60), "example": "theo cấp: huyện = 50; xã = 40"},
                )
            )
        figures[key] = _one_figure(form, figure)
    return {way: figures}


def _one_figure(form: Form, text: str) -> str:
    text = text.strip().removesuffix("%").strip()
    plain = text.replace(",", ".")
    if (_POINTS if form is Form.POINTS else _PERCENT).fullmatch(plain):
        return plain
    return _written(form, _typed_number(text))


def _written(form: Form, number: Decimal) -> str:
    if number != numbers.rounded(number):
        template = msgid("“{text}” has more than two decimals.")
        raise Wrong(Message("book.decimals", template, {"text": shortened(numbers.exact(number), 40)}))
    return str(numbers.rounded(number)) if form is Form.POINTS else numbers.exact(numbers.rounded(number))


def _read_label(column: Column, cell: GridCell) -> str | int:
    text = cell.text()
    value = label_of(column.labels, text)
    if value is None:
        values = {"text": shortened(text, 60), "options": tuple(column.labels.values())}
        raise Wrong(Message("tree.not_offered", "“{text}” is none of: {options}.", values))
    return int(value) if _is_whole(column.labels) else value


def _is_whole(labels: Mapping[str, str]) -> bool:
    return all(value.lstrip("-").isdecimal() for value in labels)


def _read_month_day(cell: GridCell) -> str:
    if isinstance(cell.value, (date, datetime)):  # a spreadsheet program makes a date of 31/12
        return cell.value.strftime("%m-%d")
    text = cell.text()
    match = _MONTH_DAY.fullmatch(text)
    if match is None:
        example = {"text": shortened(text, 60), "example": "31/12"}
        template = msgid("“{text}” does not have the form that is wanted here, for example “{example}”.")
        raise Wrong(Message("tree.wrong_form", template, example))
    return f"{int(match[2]):02}-{int(match[1]):02}"


def _read_date(cell: GridCell) -> str:
    if isinstance(cell.value, datetime):
        return cell.value.date().isoformat()
    if isinstance(cell.value, date):
        return cell.value.isoformat()
    text = cell.text()
    if _ISO_DATE.fullmatch(folded(text)):
        return text  # also a day that no calendar has: the set's reader says so
    try:
        return read_date(text).isoformat()
    except UserError as fault:
        raise Wrong(fault.message) from fault


def _read_line(cell: GridCell) -> str:
    return " ".join(part.strip() for part in re.split(r"[\n\t]", cell.text()) if part.strip())


def _read_lines(cell: GridCell) -> list[str]:
    return [line for part in cell.text().split("\n") if (line := part.replace("\t", " ").strip())]


_READERS: Final[Mapping[Form, Callable[[GridCell], Any]]] = {
    Form.LINE: _read_line,
    Form.TEXT: GridCell.text,
    Form.LINES: _read_lines,
    Form.MONTH_DAY: _read_month_day,
    Form.DATE: _read_date,
    Form.ORDER: _number,
    Form.WHOLE: _read_whole,
}
