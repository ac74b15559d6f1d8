"""Points that a reader computes from the figures, beside those that the unit's own program gave when it locked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal

    from parindex_desktop.domain.assessments import Assessment
    from parindex_desktop.domain.criteria import Criterion
    from parindex_desktop.domain.scoring.totals import Totals


@dataclass(frozen=True, slots=True)
class Recalculated:
    """A criterion for which both differ; None is no points."""

    criterion: Criterion
    claimed: Decimal | None
    computed: Decimal | None


def claims(totals: Totals) -> dict[str, Decimal]:
    """The points of every criterion that has some, as a lock names them."""
    found = totals.outcomes.items()
    return {criterion: outcome.points for criterion, outcome in found if outcome.points is not None}


def recalculated(assessment: Assessment) -> list[Recalculated]:
    """Where the figures give other points than the lock claims; nothing where no lock stands.

    It happens where another version of the program counted, or where somebody wrote the file with a tool of his own.
    """
    if assessment.lock is None:
        return []
    claimed, computed = assessment.lock.points, claims(assessment.totals)
    leaves = assessment.criteria.leaves()
    return [
        Recalculated(leaf, claimed.get(leaf.id), computed.get(leaf.id))
        for leaf in leaves
        if claimed.get(leaf.id) != computed.get(leaf.id)
    ]
