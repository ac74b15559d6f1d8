"""Rules on a share b/a: ratio, threshold, threshold with ratio below. All comparisons are exact."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, Self

from parindex_desktop.domain.errors import UserError
from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.domain.numbers import ARITHMETIC, HUNDRED, HUNDREDTH, exact, quotient, rounded
from parindex_desktop.domain.scoring.inputs import InputKind, InputSpec
from parindex_desktop.domain.scoring.rule import ZERO, Fault, NothingArose, Rule, Scored, common, range_faults

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_LEAST_TARGET = Decimal("0.01")


class DenominatorZero(UserError):
    """Nothing to divide by, and the set has no choice for it (or the numerator is not zero either)."""

    code = "score.denominator_zero"
    template = msgid("“{title}” must be above 0. Check the figure; nothing is scored until it is right.")


class NumeratorAbove(UserError):
    """A part that is larger than its whole."""

    code = "score.numerator_above"
    template = msgid(
        "“{numerator}” ({part}) is larger than “{denominator}” ({whole}). The two figures may be swapped; "
        "nothing is scored until they are right."
    )


class Share(NamedTuple):
    """`part` of `whole`, which is above zero."""

    part: Decimal
    whole: Decimal

    def compared(self, percent: Decimal) -> int:
        """-1, 0 or 1 as the share is below, at or above `percent`; by cross multiplication, so exact."""
        mine = ARITHMETIC.multiply(self.part, HUNDRED)
        other = ARITHMETIC.multiply(percent, self.whole)
        return (mine > other) - (mine < other)

    def of(self, points: Decimal) -> Decimal:
        """The same share of `points`, not rounded."""
        return quotient(ARITHMETIC.multiply(self.part, points), self.whole)

    def percent(self, *limits: Decimal) -> Decimal:
        """The percentage with two places, or as many more as it takes to stand on its side of all `limits`.

        So 29,999% is never printed as 30,00% beside the sentence that 30% was not reached.
        """
        value = quotient(ARITHMETIC.multiply(self.part, HUNDRED), self.whole)
        shown, unit = rounded(value), HUNDREDTH
        for limit in limits:
            side = self.compared(limit)
            while (shown > limit) - (
                shown < limit
            ) != side:  # ends: two numbers that differ do so at some place
                unit = unit.scaleb(-1)
                shown = value.quantize(unit, context=ARITHMETIC)
        return shown


@dataclass(frozen=True, slots=True)
class Percentage:
    """What `share.percent` gives, worked out only where it is said: most outcomes are wanted for their points alone."""

    template: ClassVar[str] = "{percent}"
    share: Share
    limits: tuple[Decimal, ...]

    @property
    def values(self) -> Mapping[str, object]:
        """The percentage."""
        return {"percent": self.share.percent(*self.limits)}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareRule(Rule):
    """A rule on numerator / denominator; `figures` tells whole numbers from amounts such as money."""

    may_exceed: ClassVar[bool] = False
    figures: InputKind
    numerator: str
    denominator: str

    def inputs(self) -> tuple[InputSpec, ...]:
        """The two figures."""
        return (
            InputSpec("numerator", self.numerator, self.figures),
            InputSpec("denominator", self.denominator, self.figures),
        )

    def points(self, inputs: Mapping[str, str]) -> Scored | NothingArose:
        """The points of the share; 0 of 0 says that nothing arose.

        Raises `DenominatorZero` or `NumeratorAbove`.
        """
        part, whole = Decimal(inputs["numerator"]), Decimal(inputs["denominator"])
        if not whole:
            if part or self.nothing_arose is None:
                raise DenominatorZero(title=self.denominator)
            return self.nothing_arose
        if part > whole and not self.may_exceed:
            raise NumeratorAbove(
                numerator=self.numerator, part=figure(part), denominator=self.denominator, whole=figure(whole)
            )
        return self.points_of(Share(part, whole))

    @abstractmethod
    def points_of(self, share: Share) -> Scored:
        """The points for a share."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio(ShareRule):
    """(b/a) x maximum; nothing below the `floor` percentage."""

    floor: Decimal

    @classmethod
    def read(cls, tree: Mapping[str, Any], maximum: Decimal) -> Self:
        """From the tree of a rule in a set file."""
        return cls(floor=Decimal(tree.get("floor", "0")), **share_fields(tree, maximum))

    def points_of(self, share: Share) -> Scored:
        """In proportion, from the floor on."""
        if share.compared(self.floor) < 0:
            return below_floor(share, self.floor)
        points = rounded(share.of(self.maximum))
        return Scored(
            points,
            Message(
                "score.ratio",
                "{part} / {whole} = {percent}% → {part} / {whole} × {maximum} = {points} points",
                {
                    "part": figure(share.part),
                    "whole": figure(share.whole),
                    "percent": Percentage(share, (self.floor,)),
                    "maximum": self.maximum,
                    "points": points,
                },
            ),
        )

    def faults(self) -> Iterator[Fault]:
        """The floor is no percentage."""
        yield from range_faults(("floor",), self.floor, ZERO, HUNDRED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold(ShareRule):
    """The maximum from the `target` percentage on, nothing below it."""

    target: Decimal

    @classmethod
    def read(cls, tree: Mapping[str, Any], maximum: Decimal) -> Self:
        """From the tree of a rule in a set file."""
        return cls(target=Decimal(tree["target"]), **share_fields(tree, maximum))

    def points_of(self, share: Share) -> Scored:
        """All or nothing."""
        if share.compared(self.target) >= 0:
            return target_reached(share, self.target, self.maximum)
        return Scored(
            ZERO,
            Message(
                "score.target_missed",
                "{percent}% is below the target of {target}% → {points} points",
                {"percent": Percentage(share, (self.target,)), "target": self.target, "points": ZERO},
            ),
        )

    def faults(self) -> Iterator[Fault]:
        """The target is no percentage above zero."""
        yield from range_faults(("target",), self.target, _LEAST_TARGET, HUNDRED)


@dataclass(frozen=True, slots=True, kw_only=True)
class ThresholdRatio(ShareRule):
    """The maximum from the `target` percentage on; below it in proportion; nothing below the `floor`."""

    target: Decimal
    floor: Decimal

    @classmethod
    def read(cls, tree: Mapping[str, Any], maximum: Decimal) -> Self:
        """From the tree of a rule in a set file."""
        return cls(
            target=Decimal(tree["target"]),
            floor=Decimal(tree.get("floor", "0")),
            **share_fields(tree, maximum),
        )

    def points_of(self, share: Share) -> Scored:
        """All from the target on, below it the share of the target."""
        if share.compared(self.target) >= 0:
            return target_reached(share, self.target, self.maximum)
        if share.compared(self.floor) < 0:
            return below_floor(share, self.floor)
        points = rounded(quotient(share.of(ARITHMETIC.multiply(self.maximum, HUNDRED)), self.target))
        percent = share.percent(self.floor, self.target)
        values = {"percent": percent, "target": self.target, "maximum": self.maximum, "points": points}
        if share.compared(percent) == 0:
            return Scored(
                points,
                Message(
                    "score.towards_target",
                    "{percent}% against the target of {target}% → "
                    "{share} / {target} × {maximum} = {points} points",
                    {**values, "share": Decimal(exact(percent))},
                ),
            )
        # A percentage that had to be rounded would not lead a reader with a calculator to these points.
        return Scored(
            points,
            Message(
                "score.towards_target_inexact",
                "{part} / {whole} = {percent}% against the target of {target}% → "
                "{part} / {whole} / {target}% × {maximum} = {points} points",
                {**values, "part": figure(share.part), "whole": figure(share.whole)},
            ),
        )

    def faults(self) -> Iterator[Fault]:
        """The target is no percentage above zero, or the floor lies above it."""
        yield from range_faults(("target",), self.target, _LEAST_TARGET, HUNDRED)
        yield from range_faults(("floor",), self.floor, ZERO, self.target)


def share_fields(tree: Mapping[str, Any], maximum: Decimal) -> dict[str, Any]:
    """The fields of every rule on a share."""
    return {
        **common(tree, maximum),
        "figures": InputKind(tree["figures"]),
        "numerator": tree["numerator"],
        "denominator": tree["denominator"],
    }


def figure(value: Decimal) -> int | Decimal:
    """`value` as it is said: whole numbers grouped, others with their places."""
    return int(value) if value == value.to_integral_value() else value


def target_reached(share: Share, target: Decimal, maximum: Decimal) -> Scored:
    """The maximum, because the share reaches the target."""
    return Scored(
        maximum,
        Message(
            "score.target_reached",
            "{percent}% reaches the target of {target}% → the full {points} points",
            {"percent": Percentage(share, (target,)), "target": target, "points": maximum},
        ),
    )


def below_floor(share: Share, floor: Decimal) -> Scored:
    """Nothing, because the share is below the floor."""
    return Scored(
        ZERO,
        Message(
            "score.below_floor",
            "{percent}% is below {floor}%, from where points are given → {points} points",
            {"percent": Percentage(share, (floor,)), "floor": floor, "points": ZERO},
        ),
    )
