"""The rule that compares the year with the one before."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, Self

from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.domain.numbers import ARITHMETIC, HUNDRED
from parindex_desktop.domain.scoring.inputs import InputKind, InputSpec
from parindex_desktop.domain.scoring.picks import share_of
from parindex_desktop.domain.scoring.rule import ZERO, Fault, Rule, Scored, common, range_faults
from parindex_desktop.domain.scoring.shares import figure

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Better(StrEnum):
    """Which way a figure should move."""

    HIGHER = "higher"
    LOWER = "lower"


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparePrevious(Rule):
    """The maximum where the figure moved the right way by at least `by` percent of last year's.

    A figure that did not, but is not worse either, gets the `kept` percentage of the maximum; a worse one nothing.
    Last year's value comes with the kit; where the kit has none, the unit enters it.
    """

    figures: InputKind
    value: str
    previous: str
    better: Better
    by: Decimal
    kept: Decimal

    @classmethod
    def read(cls, tree: Mapping[str, Any], maximum: Decimal) -> Self:
        """From the tree of a rule in a set file."""
        return cls(
            figures=InputKind(tree["figures"]),
            value=tree["value"],
            previous=tree["previous"],
            better=Better(tree["better"]),
            by=Decimal(tree.get("by", "0")),
            kept=Decimal(tree.get("kept", "0")),
            **common(tree, maximum),
        )

    def inputs(self) -> tuple[InputSpec, ...]:
        """Last year's figure and this year's."""
        return (
            InputSpec("previous", self.previous, self.figures),
            InputSpec("value", self.value, self.figures),
        )

    def points(self, inputs: Mapping[str, str]) -> Scored:
        """By the way that the figure moved; compared exactly."""
        before, now = Decimal(inputs["previous"]), Decimal(inputs["value"])
        gain = now - before if self.better is Better.HIGHER else before - now
        if gain < 0:
            return self._scored(ZERO, _WORSE[self.better], before, now)
        if gain and ARITHMETIC.multiply(gain, HUNDRED) >= ARITHMETIC.multiply(before, self.by):
            template = _BETTER_BY[self.better] if self.by else _BETTER[self.better]
            return self._scored(self.maximum, template, before, now)
        return self._scored(
            share_of(self.maximum, self.kept), _NOT_ENOUGH if gain else _AS_BEFORE, before, now
        )

    def faults(self) -> Iterator[Fault]:
        """The percentages are out of range."""
        yield from range_faults(("by",), self.by, ZERO, _MOST)
        yield from range_faults(("kept",), self.kept, ZERO, HUNDRED)

    def _scored(self, points: Decimal, template: str, before: Decimal, now: Decimal) -> Scored:
        values = {"value": figure(now), "previous": figure(before), "by": self.by, "points": points}
        return Scored(points, Message("score.compared", template, values))


_MOST: Final = Decimal(1000)
_BETTER: Final = {
    Better.HIGHER: msgid("{value} is more than {previous} the year before → the full {points} points"),
    Better.LOWER: msgid("{value} is less than {previous} the year before → the full {points} points"),
}
_BETTER_BY: Final = {
    Better.HIGHER: msgid(
        "{value} is at least {by}% more than {previous} the year before → the full {points} points"
    ),
    Better.LOWER: msgid(
        "{value} is at least {by}% less than {previous} the year before → the full {points} points"
    ),
}
_WORSE: Final = {
    Better.HIGHER: msgid("{value} is less than {previous} the year before → {points} points"),
    Better.LOWER: msgid("{value} is more than {previous} the year before → {points} points"),
}
_AS_BEFORE: Final = msgid("{value} is the same as the year before → {points} points")
_NOT_ENOUGH: Final = msgid(
    "{value} is better than {previous} the year before, but by less than {by}% → {points} points"
)
