"""Values of a set as they stand in a field, and back. What cannot be read stays as it was typed: the check names it."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from parindex_desktop.domain.criteria_fields import Form
from parindex_desktop.domain.errors import UserError
from parindex_desktop.domain.numbers import exact, read_amount, read_count
from parindex_desktop.domain.text import clean, folded, one_line
from resources import msgid
from ui.form.wording import figure
from ui.language import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

LEVELS_IN_SHORT = {
    "province": msgid("province"),
    "department": msgid("department"),
    "district": msgid("district"),
    "commune": msgid("commune"),
    "central": msgid("central agency"),
}
GRADES = {
    "by_level": msgid("By kind of office"),
    "by_year": msgid("By year"),
    "roadmap": msgid("Along a roadmap"),
}
LONGEST_TEXT = 2000
_MONTH_DAY = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})")


def field_text(form: Form, value: Any) -> str:
    """`value` as it stands in a field of one line or several; the empty text where there is none."""
    if value is None:
        return ""
    match form:
        case Form.WHOLE | Form.PERCENT | Form.POINTS:
            return _figure_text(value)
        case Form.MONTH_DAY:
            month, _, day = str(value).partition("-")
            return f"{day}/{month}" if day and month.isdecimal() else str(value)
        case Form.LINES:
            return "\n".join(value)
        case Form.OPTIONS:
            return "; ".join(f"{each.get('id', '')} = {each.get('title', '')}" for each in value)
        case _:
            return str(value)


def read_text(form: Form, typed: str) -> Any:
    """What was typed as the set has it; None where nothing was."""
    match form:
        case Form.LINES:
            return [line for each in typed.splitlines() if (line := one_line(each, len(each)))]
        case Form.TEXT:
            return clean(typed, len(typed)) or None
        case Form.OPTIONS:
            return _options(typed)
        case Form.WHOLE | Form.PERCENT | Form.POINTS:
            return _figure(form, one_line(typed)) if typed.strip() else None
        case Form.MONTH_DAY:
            match_ = _MONTH_DAY.fullmatch(typed.strip())
            return f"{int(match_[2]):02}-{int(match_[1]):02}" if match_ else one_line(typed) or None
        case _:
            return one_line(typed) or None


def grades_text(value: Mapping[str, Mapping[str, str]]) -> str:
    """A figure with several values, in one line."""
    ((way, values),) = value.items()
    shown = [
        tr("{which} {figure}", which=tr(LEVELS_IN_SHORT.get(which, which)), figure=_figure_text(each))
        for which, each in values.items()
    ]
    return tr("{way}: {values}", way=tr(GRADES[way]), values=tuple(shown))


def shown_value(form: Form, value: Any, choices: Mapping[Any, str]) -> str:
    """A value of the set in words, for who reads and does not edit."""
    if isinstance(value, dict):
        return grades_text(value) if value.keys() <= GRADES.keys() else _days_text(value)
    return tr(choices[value]) if form is Form.CHOICE and value in choices else field_text(form, value)


def _days_text(value: Mapping[str, Mapping[str, list[str]]]) -> str:
    days = sorted(day for lists in value.values() for each in lists.values() for day in each)
    return "; ".join("/".join(reversed(day.split("-"))) for day in days)


def _figure_text(value: Any) -> str:
    if isinstance(value, int):
        return str(value)
    try:
        return figure(Decimal(value))
    except InvalidOperation:
        return str(value)


def _figure(form: Form, typed: str) -> str | int:
    try:
        if form is Form.WHOLE:
            return int(read_count(typed))
        amount = read_amount(typed)
    except UserError:
        return typed
    return f"{amount:.2f}" if form is Form.POINTS else exact(amount)


def _options(typed: str) -> list[dict[str, str]]:
    """Names with titles: “lon = Lớn; nho = Nhỏ”; a title alone gets its own letters as its name."""
    found = []
    for part in re.split(r"[;\n]", typed):
        name, mark, title = (each.strip() for each in part.partition("="))
        if not mark:
            name, title = re.sub(r"[^a-z0-9]+", "_", folded(name)).strip("_")[:32], name
        if name or title:
            found.append({key: text for key, text in (("id", name), ("title", one_line(title))) if text})
    return found
