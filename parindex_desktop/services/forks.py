"""Hai bản song song: what two machines of one unit wrote side by side, for who looks at it from above."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from exports.signing.keys import spoken
from parindex_desktop.domain import merge
from parindex_desktop.domain.assessments import criterion_of, is_content, read_assessment, unsettled_in
from parindex_desktop.services.differences import part_of, shown_value
from parindex_desktop.services.series import newest_set

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from decimal import Decimal

    from parindex_desktop.domain.criteria import CriteriaSet, Criterion
    from parindex_desktop.domain.messages import Message
    from parindex_desktop.domain.revisions import Revision, Value
    from parindex_desktop.domain.scoring.totals import Total


@dataclass(frozen=True, slots=True)
class Branch:
    """One of the versions: its number, the code of the key that signed it, when (by the signer's own clock)."""

    digest: str
    sequence: int
    key: str
    claimed: datetime | None
    total: Total


@dataclass(frozen=True, slots=True)
class Side:
    """What one version says of an entry; `as_before` where it left the entry as both had it."""

    lines: tuple[Message | str, ...]
    points: Decimal | None
    as_before: bool


@dataclass(frozen=True, slots=True)
class ForkRow:
    """An entry on which the versions differ, a side for each; `unsettled` where both of them changed it."""

    criterion: Criterion | None
    part: Message
    sides: tuple[Side, ...]
    unsettled: bool


@dataclass(frozen=True, slots=True)
class Fork:
    """Versions of which none continues another; rows in the order of the set."""

    branches: tuple[Branch, ...]
    rows: tuple[ForkRow, ...]


def fork_of(
    held: Mapping[str, Revision],
    set_of: Callable[[str], CriteriaSet],
    claimed: Callable[[str], datetime | None],
) -> Fork | None:
    """The versions of a series side by side, each under its own set; None where one continues all others.

    `set_of` is the set of a digest; `claimed` tells when a revision was signed, by the signer's own clock.
    """
    tips = dict(sorted(merge.heads(held).items(), key=lambda tip: (tip[1].sequence, tip[0])))
    if len(tips) < 2:
        return None
    common = {d: r for d, r in held.items() if all(tip.knows(d) for tip in tips.values())}
    states = [_values({digest: tip}) for digest, tip in tips.items()]
    sets = [set_of(newest_set({digest: tip})) for digest, tip in tips.items()]
    branches = tuple(
        Branch(
            digest,
            tip.sequence,
            spoken(tip.key),
            claimed(digest),
            read_assessment(criteria, merge.merged({digest: tip})).totals.overall,
        )
        for (digest, tip), criteria in zip(tips.items(), sets, strict=True)
    )
    return Fork(branches, _rows(sets, states, _values(common), unsettled_in(merge.merged(held))))


def _values(held: Mapping[str, Revision]) -> dict[str, Value]:
    """What stands for each entry of the form; one that differs already stands for nothing."""
    return {
        key: register[0].value
        for key, register in merge.merged(held).items()
        if len(register) == 1 and is_content(key)
    }


def _rows(
    sets: list[CriteriaSet],
    states: list[dict[str, Value]],
    before: dict[str, Value],
    unsettled: tuple[str, ...],
) -> tuple[ForkRow, ...]:
    rows = []
    for key in sorted({key for state in states for key in state}):
        values = [state.get(key) for state in states]
        if all(value == values[0] for value in values):
            continue
        known = [criteria.find(criterion_of(key) or "") for criteria in sets]
        sides = tuple(
            Side(*shown_value(key, criterion, value), as_before=value == before.get(key))
            for criterion, value in zip(known, values, strict=True)
        )
        rows.append(ForkRow(next(filter(None, known), None), part_of(key), sides, key in unsettled))
    order: dict[str, int] = {}
    for each in (leaf for criteria in sets for leaf in criteria.walk()):
        order.setdefault(each.id, len(order))
    return tuple(sorted(rows, key=lambda row: order[row.criterion.id] if row.criterion else len(order)))
