"""What a rule asks, and the one written form of each kind of input.

Inside and in files an input is text in canonical form: an exact decimal number, an ISO date, ``yes`` or
``no``, or the id of an option. `read_input` brings what an officer types into it, `check_input` refuses
whatever is not in it (it may come from another office's file).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from parindex_desktop.domain import numbers
from parindex_desktop.domain.errors import UsageError, UserError
from parindex_desktop.domain.messages import msgid
from parindex_desktop.domain.text import folded, one_line

if TYPE_CHECKING:
    from collections.abc import Callable

YES: Final = "yes"
NO: Final = "no"

# Folded, so without tones: có, đạt, không, không đạt, chưa đạt, chưa.
_SPOKEN: Final = {
    **dict.fromkeys(("yes", "y", "co", "dat", "x"), YES),
    **dict.fromkeys(("no", "n", "khong", "khong dat", "khong co", "chua", "chua dat"), NO),
}
_CANONICAL_COUNT = re.compile(r"0|[1-9][0-9]{0,14}")
_CANONICAL_AMOUNT = re.compile(r"(?:0|[1-9][0-9]{0,14})(?:\.[0-9]?[1-9])?")
_ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_TYPED_DATE = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
# A document outside these years is a slip of the finger; the end also keeps “N days after” countable.
YEARS = range(1945, 2101)


class InputKind(StrEnum):
    """Which editor an input needs."""

    COUNT = "count"
    AMOUNT = "amount"
    YES_NO = "yes_no"
    CHECK = "check"
    DATE = "date"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Option:
    """One of the values offered; `id` is its canonical form."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class InputSpec:
    """One input of a rule: its name in files and on the command line, and its title from the set.

    `options` are all the values of a CHOICE; for a DATE what may be said instead of a date (“not issued”).
    """

    name: str
    title: str
    kind: InputKind
    options: tuple[Option, ...] = ()
    accepts: Callable[[str], object] = field(init=False, repr=False, compare=False)
    """Says of a text whether it is in the canonical form; made once, since a province scores a hundred thousand."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "accepts", _reader(self))


class NotADate(UsageError):
    """A text stands where a date belongs."""

    code = "input.not_a_date"
    template = msgid("“{text}” is not a date. Write day/month/year, for example 05/11/2026.")


class NotYesOrNo(UsageError):
    """A text stands where yes or no belongs."""

    code = "input.not_yes_or_no"
    template = msgid("“{text}” is neither yes nor no. Write yes or no (có, không; đạt, không đạt).")


class NotAnOption(UsageError):
    """A text that is none of the options of a choice."""

    code = "input.not_an_option"
    template = msgid("“{text}” is not offered here. Choose one of: {options}.")


class InputMalformed(UserError):
    """A stored value is not in the canonical form of its kind."""

    code = "input.malformed"
    template = msgid("The value “{text}” of “{title}” is not in the agreed form. Enter it again.")


def read_input(spec: InputSpec, typed: str) -> str:
    """The canonical text of what an officer typed for `spec`.

    Raises `NotACount`, `NotAnAmount`, `NumberTooLarge`, `NotADate`, `NotYesOrNo` or `NotAnOption`; an empty
    text too (clearing an input is the caller's business: a cleared input is absent).
    """
    typed = one_line(typed)
    match spec.kind:
        case InputKind.COUNT:
            return numbers.exact(numbers.read_count(typed))
        case InputKind.AMOUNT:
            return numbers.exact(numbers.read_amount(typed))
        case InputKind.YES_NO | InputKind.CHECK:
            return _read_yes_or_no(typed)
        case InputKind.DATE:
            return _option(spec, typed) or read_date(typed).isoformat()
        case InputKind.CHOICE:
            chosen = _option(spec, typed)
            if chosen is None:
                raise NotAnOption(text=typed[:60], options=tuple(option.title for option in spec.options))
            return chosen


def check_input(spec: InputSpec, text: str) -> None:
    """Raise `InputMalformed` unless `text` is in the canonical form of `spec`."""
    if not spec.accepts(text):
        raise InputMalformed(text=text[:60], title=spec.title)


def _read_yes_or_no(typed: str) -> str:
    spoken = _SPOKEN.get(folded(typed))
    if spoken is None:
        raise NotYesOrNo(text=typed[:60])
    return spoken


def read_date(typed: str) -> date:
    """The date that an officer typed: dd/MM/yyyy with /, - or ., or ISO. Raises `NotADate`."""
    typed = one_line(typed)
    match = _ISO_DATE.fullmatch(typed) or _TYPED_DATE.fullmatch(typed)
    if match is None:
        raise NotADate(text=typed[:60])
    first, month, last = (int(group) for group in match.groups())
    year, day = (first, last) if match.re is _ISO_DATE else (last, first)
    if (found := _date(year, month, day)) is None:
        raise NotADate(text=typed[:60])
    return found


def _date(year: int, month: int, day: int) -> date | None:
    if year not in YEARS:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _option(spec: InputSpec, typed: str) -> str | None:
    """The id of the option that `typed` names by its id or its title, however accented."""
    wanted = folded(typed)
    return next((o.id for o in spec.options if wanted in (folded(o.id), folded(o.title))), None)


def _reader(spec: InputSpec) -> Callable[[str], object]:
    match spec.kind:
        case InputKind.COUNT:
            return _CANONICAL_COUNT.fullmatch
        case InputKind.AMOUNT:
            return _CANONICAL_AMOUNT.fullmatch
        case InputKind.YES_NO | InputKind.CHECK:
            return frozenset((YES, NO)).__contains__
        case InputKind.CHOICE:
            return frozenset(option.id for option in spec.options).__contains__
        case InputKind.DATE:
            options = frozenset(option.id for option in spec.options)
            return lambda text: text in options or _is_iso_date(text)


def _is_iso_date(text: str) -> bool:
    match = _ISO_DATE.fullmatch(text)
    return match is not None and _date(*(int(group) for group in match.groups())) is not None
