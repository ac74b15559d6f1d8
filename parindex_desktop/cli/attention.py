"""What every command that shows locked figures says of points that come out otherwise, and of figures given anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parindex_desktop.domain import attention
from parindex_desktop.domain.recalculation import recalculated

if TYPE_CHECKING:
    from decimal import Decimal

    from parindex_desktop.cli.context import Context
    from parindex_desktop.domain.assessments import Assessment


def lines(context: Context, assessment: Assessment | None, *, own: bool = False) -> list[str]:
    """Sentences for people, to the unit whose `own` figures they are or to a receiver."""
    return [context.said(each) for each in attention.messages(assessment, own=own)] if assessment else []


def data(assessment: Assessment | None) -> dict[str, Any]:
    """The same for scripts."""
    return {
        "recalculated": [
            {
                "code": each.criterion.code,
                "locked": _points(each.claimed),
                "computed": _points(each.computed),
            }
            for each in (recalculated(assessment) if assessment else ())
        ],
        "outdated": [sheet.criterion.code for sheet in (assessment.outdated() if assessment else ())],
    }


def _points(points: Decimal | None) -> str | None:
    return None if points is None else str(points)
