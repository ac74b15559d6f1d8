"""Rules in steps, by percentage and by count: the first step that is reached gives its points."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, Self

from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.domain.scoring.inputs import InputKind, InputSpec
from parindex_desktop.domain.scoring.rule import (
    ZERO,
    Fault,
    Rule,
    Scored,
    common,
    order_faults,
    range_faults,
    unreachable_faults,
)
from parindex_desktop.domain.scoring.shares import Percentage, Share, ShareRule, figure, share_fields

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

HIGHEST_PERCENT = Decimal(1000)
_HIGHEST_COUNT = Decimal(10_000)


@dataclass(frozen=True, slots=True)
class Step:
    """`points` from `limit` on, or only above it."""

    limit: Decimal
    above: bool
    points: Decimal

    def reached(self, compared: int) -> bool:
        """Whether a figure that compares like this (-1, 0, 1) with the limit reaches the step."""
        return compared > 0 or (compared == 0 and not self.above)


@dataclass(frozen=True, slots=True, kw_only=True)
class StepsByPercentage(ShareRule):
    """Steps of a percentage, which may go beyond 100."""

    may_exceed: ClassVar[bool] = True
    steps: tuple[Step, ...]

    @classmethod
    def read(cls, tree: Mapping[str, Any], maximum: Decimal) -> Self:
        """From the tree of a rule in a set file."""
        return cls(steps=read_steps(tree), **share_fields(tree, maximum))

    def points_of(self, share: Share) -> Scored:
        """The points of the first step that the percentage reaches."""
        return reached_by(self.steps, share)

    def faults(self) -> Iterator[Fault]:
        """Steps out of range or order, or none that gives the maximum."""
        yield from step_faults(self.steps, self.maximum, HIGHEST_PERCENT)


def reached_by(steps: tuple[Step, ...], share: Share) -> Scored:
    """The points of the first of `steps` that the percentage of `share` reaches."""
    percent = Percentage(share, tuple(step.limit for step in steps))
    for step in steps:
        if step.reached(share.compared(step.limit)):
            template = (
                msgid("{percent}% is above {limit}% → {points} points")
                if step.above
                else msgid("{percent}% is at least {limit}% → {points} points")
            )
            values = {"percent": percent, "limit": step.limit, "points": step.points}
            return Scored(step.points, Message("score.step_percentage", template, values))
    return Scored(
        ZERO,
        Message(
            "score.no_step_percentage",
            "{percent}% does not reach the lowest step ({limit}%) → {points} points",
            {"percent": percent, "limit": steps[-1].limit, "points": ZERO},
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class StepsByCount(Rule):
    """Steps of a number of things."""

    count: str
    steps: tuple[Step, ...]

    @classmethod
    def read(cls, tree: Mapping[str, Any], maximum: Decimal) -> Self:
        """From the tree of a rule in a set file."""
        return cls(count=tree["count"], steps=read_steps(tree), **common(tree, maximum))

    def inputs(self) -> tuple[InputSpec, ...]:
        """The number."""
        return (InputSpec("count", self.count, InputKind.COUNT),)

    def points(self, inputs: Mapping[str, str]) -> Scored:
        """The points of the first step that the number reaches."""
        number = Decimal(inputs["count"])
        for step in self.steps:
            if step.reached((number > step.limit) - (number < step.limit)):
                template = (
                    msgid("{count} is more than {limit} → {points} points")
                    if step.above
                    else msgid("{count} is at least {limit} → {points} points")
                )
                values = {"count": figure(number), "limit": figure(step.limit), "points": step.points}
                return Scored(step.points, Message("score.step_count", template, values))
        return Scored(
            ZERO,
            Message(
                "score.no_step_count",
                "{count} does not reach the lowest step ({limit}) → {points} points",
                {"count": figure(number), "limit": figure(self.steps[-1].limit), "points": ZERO},
            ),
        )

    def faults(self) -> Iterator[Fault]:
        """Steps out of range or order, or none that gives the maximum."""
        yield from step_faults(self.steps, self.maximum, _HIGHEST_COUNT)


def read_steps(tree: Mapping[str, Any]) -> tuple[Step, ...]:
    """The steps of a rule in a set file."""
    return tuple(
        Step(Decimal(step.get("above", step.get("at_least"))), "above" in step, Decimal(step["points"]))
        for step in tree["steps"]
    )


def step_faults(steps: tuple[Step, ...], maximum: Decimal, highest: Decimal) -> Iterator[Fault]:
    """Steps out of range or order, or none that gives the maximum."""
    for index, step in enumerate(steps):
        yield from range_faults(
            ("steps", index, "above" if step.above else "at_least"), step.limit, Decimal(0), highest
        )
        yield from range_faults(("steps", index, "points"), step.points, ZERO, maximum)
    yield from unreachable_faults(steps[0].points, maximum)
    yield from order_faults("steps", (((-step.limit, not step.above), -step.points) for step in steps))
