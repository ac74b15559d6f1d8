"""Totals of a set, at every level of its tree: sums over rounded points."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from parindex_desktop.domain.criteria import Block
from parindex_desktop.domain.numbers import ARITHMETIC, percentage
from parindex_desktop.domain.scoring.answers import UNANSWERED, Answer
from parindex_desktop.domain.scoring.outcome import Outcome, OutcomeState, score
from parindex_desktop.domain.scoring.rule import ZERO

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping
    from decimal import Decimal

    from parindex_desktop.domain.criteria import CriteriaSet, Criterion


@dataclass(frozen=True, slots=True)
class Total:
    """Self points out of what is self-scored and applicable, and how many criteria that is.

    `to_score` counts the criteria in the denominator, `scored` those of them with points, `unconfirmed` those with
    something copied from last year that nobody has confirmed; these do not count as scored, points or not.
    `not_applicable` counts those that left numerator and denominator.
    """

    points: Decimal = ZERO
    maximum: Decimal = ZERO
    scored: int = 0
    to_score: int = 0
    not_applicable: int = 0
    unconfirmed: int = 0

    @property
    def percentage(self) -> Decimal | None:
        """100 x points / maximum, rounded; None where nothing is self-scored."""
        return percentage(self.points, self.maximum) if self.maximum else None


class Counted(Protocol):
    """What a sum needs of an outcome."""

    @property
    def state(self) -> OutcomeState:
        """How far the criterion is scored."""

    @property
    def points(self) -> Decimal | None:
        """Only when scored."""

    @property
    def counts_in_maximum(self) -> Decimal:
        """What it adds to the denominator."""


@dataclass(frozen=True, slots=True)
class Sums:
    """The sums of a whole set, by id for every field and every group.

    `overall` is what the unit reaches: its points are those of the `main` block with the `bonus` added and the
    `penalty` taken off, each within its cap, and never below 0; everything else in it is of the main block alone.
    """

    main: Total
    bonus: Decimal
    penalty: Decimal
    by_id: Mapping[str, Total]

    @property
    def overall(self) -> Total:
        """What the unit reaches."""
        if not (self.bonus or self.penalty):
            return self.main
        points = ARITHMETIC.subtract(ARITHMETIC.add(self.main.points, self.bonus), self.penalty)
        return replace(self.main, points=max(points, ZERO))


@dataclass(frozen=True, slots=True)
class Totals(Sums):
    """The sums with the outcome of every leaf, by id."""

    outcomes: Mapping[str, Outcome]


def signed(criterion: Criterion, points: Decimal) -> Decimal:
    """`points` of a criterion or group as a reader adds them up: those of a penalty with a minus sign."""
    return -points if criterion.block is Block.PENALTY and points else points


def totals(criteria: CriteriaSet, answers: Mapping[str, Answer], unconfirmed: Container[str] = ()) -> Totals:
    """Score every leaf of `criteria` with the `answers` by criterion id; absent is unanswered.

    `unconfirmed` are the criteria with something copied that nobody has confirmed.
    """
    outcomes = {leaf.id: score(leaf, answers.get(leaf.id, UNANSWERED)) for leaf in criteria.leaves()}
    sums = summed(criteria, outcomes, unconfirmed)
    return Totals(sums.main, sums.bonus, sums.penalty, sums.by_id, outcomes)


def summed(criteria: CriteriaSet, outcomes: Mapping[str, Counted], unconfirmed: Container[str] = ()) -> Sums:
    """Add up the outcomes of all leaves of `criteria`, by criterion id."""
    by_id: dict[str, Total] = {}

    def add_up(criterion: Criterion) -> Total:
        parts = [add_up(child) for child in criterion.children if child.children]
        leaves = criterion.children or (criterion,)
        own = ((outcomes[leaf.id], leaf.id in unconfirmed) for leaf in leaves if not leaf.children)
        total = _sum(parts, own)
        if criterion.block is not Block.MAIN and criterion.children:
            total = replace(total, points=min(total.points, criterion.maximum))
        by_id[criterion.id] = total
        return total

    blocks = {block: [add_up(field) for field in criteria.fields if field.block is block] for block in Block}
    return Sums(
        main=_sum(blocks[Block.MAIN]),
        bonus=_sum(blocks[Block.BONUS]).points,
        penalty=_sum(blocks[Block.PENALTY]).points,
        by_id=by_id,
    )


def _sum(parts: Iterable[Total], outcomes: Iterable[tuple[Counted, bool]] = ()) -> Total:
    """The sum of groups and of single outcomes, each with whether something of it is unconfirmed."""
    points, maximum, scored, to_score, not_applicable, unconfirmed = ZERO, ZERO, 0, 0, 0, 0
    for part in parts:
        points = ARITHMETIC.add(points, part.points)
        maximum = ARITHMETIC.add(maximum, part.maximum)
        scored += part.scored
        to_score += part.to_score
        not_applicable += part.not_applicable
        unconfirmed += part.unconfirmed
    for outcome, waits in outcomes:
        unconfirmed += waits
        if outcome.points is not None:
            points = ARITHMETIC.add(points, outcome.points)
        if outcome.counts_in_maximum:
            maximum = ARITHMETIC.add(maximum, outcome.counts_in_maximum)
            to_score += 1
            if outcome.state is OutcomeState.SCORED:
                scored += not waits
        elif outcome.state is OutcomeState.NOT_APPLICABLE:
            not_applicable += 1
    return Total(points, maximum, scored, to_score, not_applicable, unconfirmed)
