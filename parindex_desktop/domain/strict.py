"""Reading the values of entries that another office wrote: exact keys, exact types, clean text within its limit.

Each function returns what it was given in the type that is meant, or raises `ValueError`; whoever reads an entry
says at which place. Nothing is converted: a number where a text belongs is no text.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from parindex_desktop.domain.text import clean

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

YEARS: Final = range(1945, 2101)
"""Years that an office can enter, and that a clock of its machine can say."""

_LONGEST_TIME: Final = 40
_POINTS = re.compile(r"(?:0|[1-9][0-9]{0,4})\.[0-9]{2}")
_SHA256 = re.compile(r"[0-9a-f]{64}")


def fields(value: Any, names: AbstractSet[str], rare: AbstractSet[str] = frozenset()) -> dict[str, Any]:
    """An object that has all the fields `names`, and no others but those of `rare`."""
    if not isinstance(value, dict) or not names <= value.keys() <= names | rare:
        raise ValueError("not an object of these fields")
    return value


def table(value: Any) -> dict[str, Any]:
    """An object of any fields."""
    if not isinstance(value, dict):
        raise ValueError("not an object")  # noqa: TRY004 (one kind of fault for all that is not ours)
    return value


def items(value: Any) -> list[Any]:
    """A list."""
    if not isinstance(value, list):
        raise ValueError("not a list")  # noqa: TRY004 (one kind of fault for all that is not ours)
    return value


def text(value: Any, limit: int) -> str:
    """A text as the program's own fields give it: cleaned, and no longer than `limit`."""
    if not isinstance(value, str) or len(value) > limit or not is_clean(value):
        raise ValueError("not a clean text within its limit")
    return value


def is_clean(value: str) -> bool:
    """Whether `text.clean` would leave `value` as it is."""
    # All that it takes away is not printable; line breaks are not either, and stay.
    if value.isprintable():
        return value == value.strip() and unicodedata.is_normalized("NFC", value)
    return value == clean(value, 3 * len(value))


def sha256(value: Any) -> str:
    """A SHA-256 in lower-case hexadecimal digits."""
    if not isinstance(value, str) or _SHA256.fullmatch(value) is None:
        raise ValueError("not a SHA-256")
    return value


def size(value: Any) -> int:
    """A number of bytes."""
    if type(value) is not int or value < 0:
        raise ValueError("not a size")
    return value


def version(value: Any) -> int:
    """A number that counts versions, from 1 on."""
    if type(value) is not int or value < 1:
        raise ValueError("not a version")
    return value


def points(value: Any) -> Decimal:
    """Points in their one form, as 1.50."""
    if not isinstance(value, str) or _POINTS.fullmatch(value) is None:
        raise ValueError("not points")
    return Decimal(value)


def day(value: Any) -> date | None:
    """A day in its one form, as 2026-11-05; None where none was said."""
    if value is None:
        return None
    found = date.fromisoformat(text(value, _LONGEST_TIME))
    if found.isoformat() != value or found.year not in YEARS:
        raise ValueError("not a day")
    return found


def moment(value: Any) -> datetime:
    """A time in UTC in its one form."""
    found = datetime.fromisoformat(text(value, _LONGEST_TIME))
    if found.tzinfo != UTC or found.isoformat() != value or found.year not in YEARS:
        raise ValueError("not a time in UTC")
    return found
