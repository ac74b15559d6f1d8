"""Rules that count: points for each thing, points for each item that is met, points off for each case."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Self

from parindex_desktop.domain.messages import Message
from parindex_desktop.domain.numbers import ARITHMETIC, HUNDREDTH
from parindex_desktop.domain.scoring.inputs import YES, InputKind, InputSpec
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
    from collections.abc import Iterator, Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Count(Rule):
    """`each` points for every thing, up to the maximum.

    `most` things are enough for the maximum, which is what the set prints; `faults` holds it to that.
    """

    count: str
    each: Decimal
    most: int

    @classmethod
    def read(cls, tree: Mapping[str, Any], maximum: Decimal) -> Self:
        """From the tree of a rule in a set file."""
        return cls(
            count=tree["count"], each=Decimal(tree["each"]), most=tree["most"], **common(tree, maximum)
        )

    def inputs(self) -> tuple[InputSpec, ...]:
        """The number."""
        return (InputSpec("count", self.count, InputKind.COUNT),)

    def points(self, inputs: Mapping[str, str]) -> Scored:
        """Points for each, up to the maximum."""
        number = int(inputs["count"])
        points = min(_times(self.each, number), self.maximum)
        values = {"count": number, "each": self.each, "points": points}
        if points == _times(self.each, number):
            return Scored(points, Message("score.count", "{count} × {each} = {points} points", values))
        return Scored(
            points,
            Message(
                "score.count_at_most",
                "{count} × {each}, at most {maximum} → {points} points",
                {**values, "maximum": self.maximum},
            ),
        )

    def faults(self) -> Iterator[Fault]:
        """The points for one are out of range, or too few count for the maximum."""
        yield from range_faults(("each",), self.each, HUNDREDTH, self.maximum)
        yield from unreachable_faults(_times(self.each, self.most), self.maximum)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing of a checklist with the points it gives."""

    id: str
    title: str
    points: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist(Rule):
    """The points of all items that are met, up to the maximum."""

    items: tuple[Item, ...]

    @classmethod
    def read(cls, tree: Mapping[str, Any], maximum: Decimal) -> Self:
        """From the tree of a rule in a set file."""
        items = tuple(Item(item["id"], item["title"], Decimal(item["points"])) for item in tree["items"])
        return cls(items=items, **common(tree, maximum))

    def inputs(self) -> tuple[InputSpec, ...]:
        """Yes or no for every item."""
        return tuple(InputSpec(item.id, item.title, InputKind.CHECK) for item in self.items)

    def points(self, inputs: Mapping[str, str]) -> Scored:
        """The points of the items that are met."""
        met = [item for item in self.items if inputs[item.id] == YES]
        points = min(_sum(met), self.maximum)
        return Scored(
            points,
            Message(
                "score.checklist",
                "{met} of {all} items met → {points} points",
                {"met": len(met), "all": len(self.items), "points": points},
            ),
        )

    def faults(self) -> Iterator[Fault]:
        """Items twice, with points out of range, or not enough for the maximum."""
        for index, item in enumerate(self.items):
            yield from range_faults(("items", index, "points"), item.points, HUNDREDTH, self.maximum)
        yield from double_faults("items", ((item.id, item.title) for item in self.items))
        yield from unreachable_faults(_sum(self.items), self.maximum)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deduct(Rule):
    """`each` points off the maximum for every case, never below the `floor`."""

    count: str
    each: Decimal
    floor: Decimal

    @classmethod
    def read(cls, tree: Mapping[str, Any], maximum: Decimal) -> Self:
        """From the tree of a rule in a set file."""
        return cls(
            count=tree["count"],
            each=Decimal(tree["each"]),
            floor=Decimal(tree["floor"]),
            **common(tree, maximum),
        )

    def inputs(self) -> tuple[InputSpec, ...]:
        """The number of cases."""
        return (InputSpec("count", self.count, InputKind.COUNT),)

    def points(self, inputs: Mapping[str, str]) -> Scored:
        """What is left of the maximum."""
        number = int(inputs["count"])
        left = ARITHMETIC.subtract(self.maximum, _times(self.each, number))
        points = max(left, self.floor)
        values = {"maximum": self.maximum, "count": number, "each": self.each, "points": points}
        if points == left:
            return Scored(
                points, Message("score.deduct", "{maximum} − {count} × {each} = {points} points", values)
            )
        return Scored(
            points,
            Message(
                "score.deduct_at_least",
                "{maximum} − {count} × {each}, but not below {floor} → {points} points",
                {**values, "floor": self.floor},
            ),
        )

    def faults(self) -> Iterator[Fault]:
        """The points for one case or the floor are out of range."""
        yield from range_faults(("each",), self.each, HUNDREDTH, self.maximum)
        yield from range_faults(("floor",), self.floor, ZERO, self.maximum)


def _times(each: Decimal, number: int) -> Decimal:
    return ARITHMETIC.multiply(each, Decimal(number))


def _sum(items: tuple[Item, ...] | list[Item]) -> Decimal:
    return sum((item.points for item in items), ZERO)
