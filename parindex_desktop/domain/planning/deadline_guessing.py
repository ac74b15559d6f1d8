"""What the deadline cell of a plan's table says: a proposal that is shown with its words, never a rule by itself."""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from parindex_desktop.domain.planning.deadlines import DeadlineKind
from parindex_desktop.domain.text import folded, one_line

if TYPE_CHECKING:
    from collections.abc import Callable

_DATE: Final = re.compile(r"(?<!\d)(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?!\d)")
_DAY: Final = re.compile(r"(?<!\d)(\d{1,2})[/.-](\d{1,2})(?![/.-]?\d)")
_BEFORE: Final = re.compile(r"\btruoc(?: ngay)?\s*$")
_YEAR_BEFORE: Final = re.compile(r"\bnam (?:truoc|lien truoc)")
_YEAR_AFTER: Final = re.compile(r"\bnam (?:sau|tiep theo)|cua nam sau")
_FROM_YEAR: Final = re.compile(r"\b(?:tu )?nam (20\d\d) (?:va cac nam tiep theo|tro di)|\btu nam (20\d\d)\b")
_WORKING: Final = re.compile(r"(\d{1,3}) ngay( lam viec)?")
_EVENT: Final = re.compile(r"(?:tinh den|tinh tu|ke tu|sau khi|sau|tu)\s+(?:ngay\s+)?(.+)$")
_YEAR: Final = r"(?:(?:[/.-]| nam )(20\d\d))?"
_QUARTER: Final = re.compile(rf"\bquy (iv|iii|ii|i|[1-4])\b{_YEAR}")
_MONTH: Final = re.compile(rf"\bthang (\d{{1,2}})\b{_YEAR}")
_QUARTERS: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_BY_OTHERS: Final = re.compile(
    r"^(?:thuc hien )?theo (?:quy dinh|huong dan|ke hoach|che do|yeu cau|thong bao|lich)"
)


def guess_deadline(text: str) -> dict[str, Any] | None:
    """The tree of the deadline that `text` says, as a plan's file has it; None where it cannot be read."""
    text = one_line(text)
    words = folded(text).strip(" .;,")
    for reading in _READINGS:
        if (found := reading(words, text)) is not None:
            kind = found.pop("kind")
            return {"kind": kind.value, "text": text, **found}
    return None


def _ongoing(words: str, _: str) -> dict[str, Any] | None:
    return (
        {"kind": DeadlineKind.ONGOING} if re.fullmatch(r"thuong xuyen.*|hang ngay|lien tuc", words) else None
    )


def _on_a_date(words: str, _: str) -> dict[str, Any] | None:
    if (found := _DATE.search(words)) is None:
        return None
    day, month, year = (int(part) for part in found.groups())
    try:
        on = date(year, month, day)
    except ValueError:
        return None
    return {"kind": DeadlineKind.ABSOLUTE, "on": on.isoformat(), **_before(words[: found.start()])}


def _on_a_day(words: str, _: str) -> dict[str, Any] | None:
    if (found := _DAY.search(words)) is None:
        return None
    day, month = (int(part) for part in found.groups())
    if not (1 <= month <= 12 and 1 <= day <= calendar.monthrange(2024, month)[1]):
        return None
    after = words[found.end() :]
    kind = DeadlineKind.IN_YEAR
    if _YEAR_BEFORE.search(after):
        kind = DeadlineKind.PREVIOUS_YEAR
    elif _YEAR_AFTER.search(after):
        kind = DeadlineKind.NEXT_YEAR
    return {"kind": kind, "day": f"{month:02}-{day:02}", **_before(words[: found.start()])}


def _from_a_year(words: str, _: str) -> dict[str, Any] | None:
    found = _FROM_YEAR.search(words)
    return {"kind": DeadlineKind.FROM_YEAR, "year": int(found[1] or found[2])} if found else None


def _around_an_event(words: str, text: str) -> dict[str, Any] | None:
    found = _WORKING.search(words)
    event = _EVENT.search(words, found.end()) if found else None
    if found is None or event is None:
        return None
    # Folding keeps the length of nearly every text; where it does not, the event is said folded.
    named = text[slice(*event.span(1))] if len(text) == len(folded(text)) else event[1]
    before = _BEFORE.search(words[: found.start()]) and "tinh den" in event[0]
    return {
        "kind": DeadlineKind.AFTER_EVENT,
        "event": named.strip(" .;,()"),
        "days": -int(found[1]) if before else int(found[1]),
        **({"days_are": "working"} if found[2] else {}),
    }


def _within_the_year(words: str, _: str) -> dict[str, Any] | None:
    return {"kind": DeadlineKind.WITHIN_YEAR} if re.fullmatch(r"(?:trong|ca) nam.*", words) else None


def _by_others(words: str, _: str) -> dict[str, Any] | None:
    return {"kind": DeadlineKind.EXTERNAL} if _BY_OTHERS.search(words) else None


def _at_the_end_of(words: str, _: str) -> dict[str, Any] | None:
    """“Quý IV”, “tháng 6/2026”: due on their last day."""
    quarter, month = _QUARTER.search(words), _MONTH.search(words)
    if quarter:
        last, year = 3 * (_QUARTERS.get(quarter[1]) or int(quarter[1])), quarter[2]
    elif month and 1 <= int(month[1]) <= 12:
        last, year = int(month[1]), month[2]
    else:
        return None
    if year:
        on = date(int(year), last, calendar.monthrange(int(year), last)[1])
        return {"kind": DeadlineKind.ABSOLUTE, "on": on.isoformat()}
    return {"kind": DeadlineKind.IN_YEAR, "day": f"{last:02}-{calendar.monthrange(2023, last)[1]:02}"}


def _before(words: str) -> dict[str, Any]:
    return {"says": "before"} if _BEFORE.search(words) else {}


_READINGS: Final[tuple[Callable[[str, str], dict[str, Any] | None], ...]] = (
    _ongoing,
    _on_a_date,
    _around_an_event,
    _on_a_day,
    _from_a_year,
    _within_the_year,
    _by_others,
    _at_the_end_of,
)
"""In this order: a day that is named goes before “theo quy định”, which may stand around it."""
