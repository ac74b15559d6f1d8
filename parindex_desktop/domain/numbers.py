"""Figures: exact decimals in, half-up to two places for points, no float anywhere."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Final

from parindex_desktop.domain.errors import UsageError
from parindex_desktop.domain.messages import msgid

ARITHMETIC: Final = Context(prec=60, rounding=ROUND_HALF_UP, traps=[])
"""The one context for points and percentages. Figures have at most 18 digits, so 60 digits keep every
product exact and no quotient can be rounded on to a tie that it is not."""

HUNDREDTH: Final = Decimal("0.01")
HUNDRED: Final = Decimal(100)
LARGEST: Final = Decimal(10) ** 15

_COUNT = re.compile(r"\d{1,16}|\d{1,3}(?:([.,\u00a0 ])\d{3})(?:\1\d{3})*")
_AMOUNT = re.compile(
    r"(?P<whole>[1-9]\d{0,2}(?:([.,\u00a0 ])\d{3})(?:\2\d{3})*|\d+)(?:(?P<mark>[.,])(?P<part>\d{1,2}))?"
)


class NotACount(UsageError):
    """A text stands where a whole number belongs."""

    code = "number.not_a_count"
    template = msgid("“{text}” is not a whole number. Write digits only, for example 1.200 or 1200.")


class NotAnAmount(UsageError):
    """A text stands where a number belongs."""

    code = "number.not_an_amount"
    template = msgid("“{text}” is not a number. Write digits with a comma or a point, for example 13,76.")


class NumberTooLarge(UsageError):
    """A figure is beyond anything an office counts."""

    code = "number.too_large"
    template = msgid("“{text}” is larger than the program can hold. Check the figure.")


def rounded(value: Decimal) -> Decimal:
    """`value` half-up to two places: how every point and percentage is rounded."""
    return value.quantize(HUNDREDTH, context=ARITHMETIC)


def beside(value: Decimal, limit: Decimal) -> Decimal:
    """`value` as it is shown beside `limit`: with two places at most, or as many more as keep it on its side of it."""
    places = min(2, max(0, -int(value.normalize().as_tuple().exponent)))
    side = (value > limit) - (value < limit)
    while True:  # ends: two numbers that differ do so at some place
        shown = value.quantize(Decimal(1).scaleb(-places), context=ARITHMETIC)
        if (shown > limit) - (shown < limit) == side:
            return shown
        places += 1


def quotient(numerator: Decimal, denominator: Decimal) -> Decimal:
    """`numerator` / `denominator`, in the one arithmetic context; the denominator must not be zero."""
    return ARITHMETIC.divide(numerator, denominator)


def percentage(part: Decimal, whole: Decimal) -> Decimal:
    """100 x `part` / `whole`, rounded to two places; `whole` must not be zero."""
    return rounded(quotient(ARITHMETIC.multiply(part, HUNDRED), whole))


def read_count(text: str) -> Decimal:
    """Read a whole number as an officer types it: 1200, 1.200, 1,200 or 1 200.

    Raises `NotACount` for anything else (1,5 among it), `NumberTooLarge` from 10^15 on.
    """
    text = text.strip()
    if (not text.isascii() and "\u00a0" not in text) or not _COUNT.fullmatch(text):
        raise NotACount(text=text[:60])
    return _within(Decimal(re.sub(r"\D", "", text)), text)


def read_amount(text: str) -> Decimal:
    """Read a number with at most two decimals, comma or point; marks between thousands are allowed.

    More decimals are refused, not rounded: with two at most, a mark before three digits can only mark
    thousands (1.234), and what is shown is always read back as what it is. Raises `NotAnAmount` or
    `NumberTooLarge`.
    """
    text = text.strip()
    match = _AMOUNT.fullmatch(text) if text.isascii() or "\u00a0" in text else None
    if match is None:
        raise NotAnAmount(text=text[:60])
    group = re.search(r"\D", match["whole"])
    if group and match["mark"] == group.group():
        raise NotAnAmount(text=text[:60])
    whole = re.sub(r"\D", "", match["whole"])
    return _within(Decimal(f"{whole}.{match['part'] or '0'}"), text)


def exact(value: Decimal) -> str:
    """The one text of a figure in files and in the database: no exponent, no needless zeros."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _within(value: Decimal, text: str) -> Decimal:
    if value >= LARGEST:
        raise NumberTooLarge(text=text[:60])
    return value
