"""What every rule is: it asks for inputs, gives points with a reason, and can be wrongly written."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from parindex_desktop.domain.messages import Message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from parindex_desktop.domain.scoring.inputs import InputSpec

Fault = tuple[tuple[str | int, ...], Message]
"""What is wrong in a rule, and where: the path below the rule."""

ZERO = Decimal("0.00")
FULL_SHARE = Decimal(100)


class NothingArose(StrEnum):
    """What the rule gives where nothing arose in the year (“không phát sinh”)."""

    FULL = "full"
    ZERO = "zero"
    NOT_APPLICABLE = "not_applicable"


class ScoredBy(StrEnum):
    """Who enters what a rule asks. Only what the UNIT scores is in its self-assessment and in its denominator."""

    UNIT = "unit"
    SURVEY = "survey"
    COUNCIL = "council"


class Scored(NamedTuple):
    """Points, rounded, and the one sentence that says how they came about."""

    points: Decimal
    reason: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(ABC):
    """A rule of a criterion worth `maximum` points.

    Without `nothing_arose` nobody may claim that nothing arose, and a denominator of zero is a fault.
    """

    scored_by: ClassVar[ScoredBy] = ScoredBy.UNIT
    maximum: Decimal
    nothing_arose: NothingArose | None = None
    specs: tuple[InputSpec, ...] = field(init=False, repr=False, compare=False)
    """What `inputs` says, made once: a province scores a hundred thousand answers at a time."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "specs", self.inputs())

    @abstractmethod
    def inputs(self) -> tuple[InputSpec, ...]:
        """What the unit enters, in the order of the form."""

    def missing(self, inputs: Mapping[str, str]) -> tuple[InputSpec, ...]:
        """What must still be entered before there are points."""
        return tuple(spec for spec in self.specs if spec.name not in inputs)

    @abstractmethod
    def points(self, inputs: Mapping[str, str]) -> Scored | NothingArose:
        """The points for complete inputs in canonical form, or that they say that nothing arose.

        Raises a `UserError` where the inputs contradict each other.
        """

    @abstractmethod
    def faults(self) -> Iterator[Fault]:
        """What the author of the set did wrong: what a JSON Schema cannot say."""


def common(tree: Mapping[str, Any], maximum: Decimal) -> dict[str, Any]:
    """The fields that every rule has, from the tree of a rule in a set file."""
    return {
        "maximum": maximum,
        "nothing_arose": NothingArose(tree["nothing_arose"]) if "nothing_arose" in tree else None,
    }


def range_faults(
    field: tuple[str | int, ...], value: Decimal, lowest: Decimal, highest: Decimal
) -> Iterator[Fault]:
    """A fault unless `lowest` <= `value` <= `highest`."""
    if not lowest <= value <= highest:
        values = {"value": value, "lowest": lowest, "highest": highest}
        yield (
            field,
            Message("criteria.out_of_range", "{value} must lie between {lowest} and {highest}.", values),
        )


def unreachable_faults(best: Decimal, maximum: Decimal) -> Iterator[Fault]:
    """A fault where the rule can never give the maximum."""
    if best < maximum:
        yield (
            (),
            Message(
                "criteria.maximum_unreachable",
                "The rule gives at most {best} points, so the maximum of {maximum} can never be reached.",
                {"best": best, "maximum": maximum},
            ),
        )


def order_faults(field: str, keys: Iterable[tuple[Any, ...]]) -> Iterator[Fault]:
    """A fault at each entry of the list `field` that is not above the one before in every part of its key."""
    previous: tuple[Any, ...] | None = None
    for index, key in enumerate(keys):
        if previous is not None and not all(a < b for a, b in zip(previous, key, strict=True)):
            yield (
                (field, index),
                Message(
                    "criteria.steps_order",
                    "This step does not follow from the one before: steps go from the best to the worst.",
                ),
            )
        previous = key


def double_faults(field: str, entries: Iterable[tuple[str, str]]) -> Iterator[Fault]:
    """A fault at each (id, title) of the list `field` that stands there twice."""
    seen: set[tuple[str, str]] = set()
    for index, (id_, title) in enumerate(entries):
        for name, text in (("id", id_), ("title", title)):
            if (name, text) in seen:
                yield (
                    (field, index, name),
                    Message("criteria.entry_twice", "“{text}” stands in this list twice.", {"text": text}),
                )
            seen.add((name, text))
