"""Rules where the unit picks: yes or no, or one of several options with a share of the maximum."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Self

from parindex_desktop.domain.messages import Message
from parindex_desktop.domain.numbers import ARITHMETIC, HUNDRED, quotient, rounded
from parindex_desktop.domain.scoring.inputs import YES, InputKind, InputSpec, Option
from parindex_desktop.domain.scoring.rule import (
    ZERO,
    Fault,
    Rule,
    Scored,
    common,
    double_faults,
    range_faults,
    unreachable_faults,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class YesNo(Rule):
    """The maximum or nothing."""

    question: str

    @classmethod
    def read(cls, tree: Mapping[str, Any], maximum: Decimal) -> Self:
        """From the tree of a rule in a set file."""
        return cls(question=tree["question"], **common(tree, maximum))

    def inputs(self) -> tuple[InputSpec, ...]:
        """Yes or no."""
        return (InputSpec("answer", self.question, InputKind.YES_NO),)

    def points(self, inputs: Mapping[str, str]) -> Scored:
        """All or nothing."""
        if inputs["answer"] == YES:
            return Scored(
                self.maximum, Message("score.met", "Met → the full {points} points", {"points": self.maximum})
            )
        return Scored(ZERO, Message("score.not_met", "Not met → {points} points", {"points": ZERO}))

    def faults(self) -> Iterator[Fault]:
        """None: there is nothing to get wrong."""
        yield from ()


@dataclass(frozen=True, slots=True)
class Pick:
    """One of the options, with the percentage of the maximum that it gives."""

    id: str
    title: str
    share: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Rule):
    """The share of the picked option."""

    question: str
    options: tuple[Pick, ...]

    @classmethod
    def read(cls, tree: Mapping[str, Any], maximum: Decimal) -> Self:
        """From the tree of a rule in a set file."""
        return cls(question=tree["question"], options=read_picks(tree["options"]), **common(tree, maximum))

    def inputs(self) -> tuple[InputSpec, ...]:
        """The options."""
        options = tuple(Option(pick.id, pick.title) for pick in self.options)
        return (InputSpec("choice", self.question, InputKind.CHOICE, options),)

    def points(self, inputs: Mapping[str, str]) -> Scored:
        """The share of the picked option."""
        pick = next(pick for pick in self.options if pick.id == inputs["choice"])
        points = share_of(self.maximum, pick.share)
        return Scored(
            points,
            Message(
                "score.choice",
                "“{option}” → {share}% × {maximum} = {points} points",
                {"option": pick.title, "share": pick.share, "maximum": self.maximum, "points": points},
            ),
        )

    def faults(self) -> Iterator[Fault]:
        """Options twice, shares out of range, or none that gives the maximum."""
        yield from pick_faults(self.options, self.maximum)


def read_picks(trees: Iterable[Mapping[str, Any]]) -> tuple[Pick, ...]:
    """The options of a rule in a set file."""
    return tuple(Pick(tree["id"], tree["title"], Decimal(tree["share"])) for tree in trees)


def pick_faults(options: tuple[Pick, ...], maximum: Decimal) -> Iterator[Fault]:
    """Options twice, shares out of range, or none that gives the maximum."""
    for index, pick in enumerate(options):
        yield from range_faults(("options", index, "share"), pick.share, ZERO, HUNDRED)
    yield from double_faults("options", ((pick.id, pick.title) for pick in options))
    best = max(pick.share for pick in options)
    yield from unreachable_faults(share_of(maximum, best), maximum)


def share_of(maximum: Decimal, percent: Decimal) -> Decimal:
    """`percent` of `maximum`, rounded."""
    return rounded(quotient(ARITHMETIC.multiply(maximum, percent), HUNDRED))
