"""Rules whose figures come from others than the unit: the survey, SIPAS, the council.

The province enters what they need; the unit neither scores them nor has them in its denominator.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, Final, Self

from parindex_desktop.domain.errors import UserError
from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.domain.numbers import ARITHMETIC, HUNDRED, quotient, rounded
from parindex_desktop.domain.scoring.inputs import InputKind, InputSpec
from parindex_desktop.domain.scoring.picks import Pick, pick_faults, read_picks
from parindex_desktop.domain.scoring.rule import Fault, Rule, Scored, ScoredBy, common
from parindex_desktop.domain.scoring.shares import Share, figure
from parindex_desktop.domain.scoring.steps import HIGHEST_PERCENT, Step, reached_by, read_steps, step_faults

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PERCENT: Final = InputSpec("percent", msgid("Result in percent"), InputKind.AMOUNT)
"""What the survey or SIPAS found, from 0 to 100."""


class AboveHundred(UserError):
    """A result beyond the whole."""

    code = "score.above_hundred"
    template = msgid("{percent}% is more than 100%. Check the figure; nothing is scored until it is right.")


class NobodyAnswered(UserError):
    """A survey without an answer."""

    code = "score.nobody_answered"
    template = msgid(
        "Nobody answered this question. Enter the number of answers, or leave the criterion out."
    )


class AboveMaximum(UserError):
    """More points than there are."""

    code = "score.above_maximum"
    template = msgid("{points} is more than the maximum of {maximum}. Check the points.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey(Rule):
    """The mean share of the options that were answered, times the maximum; without options a percentage of it."""

    scored_by: ClassVar[ScoredBy] = ScoredBy.SURVEY
    options: tuple[Pick, ...]

    @classmethod
    def read(cls, tree: Mapping[str, Any], maximum: Decimal) -> Self:
        """From the tree of a rule in a set file."""
        return cls(options=read_picks(tree.get("options", ())), **common(tree, maximum))

    def inputs(self) -> tuple[InputSpec, ...]:
        """How many gave each answer, or the percentage."""
        if not self.options:
            return (PERCENT,)
        return tuple(InputSpec(pick.id, pick.title, InputKind.COUNT) for pick in self.options)

    def points(self, inputs: Mapping[str, str]) -> Scored:
        """The mean. Raises `NobodyAnswered` or `AboveHundred`."""
        if not self.options:
            return _share_of_hundred(_percent(inputs), self.maximum)
        answers = sum(Decimal(inputs[pick.id]) for pick in self.options)
        if not answers:
            raise NobodyAnswered
        worth = sum(ARITHMETIC.multiply(Decimal(inputs[pick.id]), pick.share) for pick in self.options)
        share = Share(Decimal(worth), ARITHMETIC.multiply(Decimal(answers), HUNDRED))
        points = rounded(share.of(self.maximum))
        values = {
            "answers": figure(Decimal(answers)),
            "percent": share.percent(),
            "maximum": self.maximum,
            "points": points,
        }
        template = msgid("{answers} answer(s), mean {percent}% → {percent}% × {maximum} = {points} points")
        return Scored(points, Message("score.survey", template, values))

    def faults(self) -> Iterator[Fault]:
        """Options twice, shares out of range, or none that gives the maximum."""
        if self.options:
            yield from pick_faults(self.options, self.maximum)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sipas(Rule):
    """SIPAS in percent: in steps where the set has them, else that percentage of the maximum."""

    scored_by: ClassVar[ScoredBy] = ScoredBy.SURVEY
    steps: tuple[Step, ...]

    @classmethod
    def read(cls, tree: Mapping[str, Any], maximum: Decimal) -> Self:
        """From the tree of a rule in a set file."""
        return cls(steps=read_steps(tree) if "steps" in tree else (), **common(tree, maximum))

    def inputs(self) -> tuple[InputSpec, ...]:
        """The percentage."""
        return (PERCENT,)

    def points(self, inputs: Mapping[str, str]) -> Scored:
        """By steps or in proportion. Raises `AboveHundred`."""
        percent = _percent(inputs)
        return reached_by(self.steps, percent) if self.steps else _share_of_hundred(percent, self.maximum)

    def faults(self) -> Iterator[Fault]:
        """Steps out of range or order, or none that gives the maximum."""
        if self.steps:
            yield from step_faults(self.steps, self.maximum, HIGHEST_PERCENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manual(Rule):
    """Points that the council gives, such as the chairman's own judgement."""

    scored_by: ClassVar[ScoredBy] = ScoredBy.COUNCIL

    @classmethod
    def read(cls, tree: Mapping[str, Any], maximum: Decimal) -> Self:
        """From the tree of a rule in a set file."""
        return cls(**common(tree, maximum))

    def inputs(self) -> tuple[InputSpec, ...]:
        """The points."""
        return (InputSpec("points", msgid("Points given by the council"), InputKind.AMOUNT),)

    def points(self, inputs: Mapping[str, str]) -> Scored:
        """As given. Raises `AboveMaximum`."""
        points = rounded(Decimal(inputs["points"]))
        if points > self.maximum:
            raise AboveMaximum(points=points, maximum=self.maximum)
        template = msgid("The council gave {points} points")
        return Scored(points, Message("score.manual", template, {"points": points}))

    def faults(self) -> Iterator[Fault]:
        """None: there is nothing to get wrong."""
        yield from ()


def _percent(inputs: Mapping[str, str]) -> Share:
    percent = Decimal(inputs[PERCENT.name])
    if percent > HUNDRED:
        raise AboveHundred(percent=percent)
    return Share(percent, HUNDRED)


def _share_of_hundred(share: Share, maximum: Decimal) -> Scored:
    points = rounded(share.of(maximum))
    values = {"percent": quotient(share.part, Decimal(1)), "maximum": maximum, "points": points}
    return Scored(points, Message("score.percent_of", "{percent}% × {maximum} = {points} points", values))
