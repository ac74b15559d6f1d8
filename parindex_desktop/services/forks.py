"""Hai bản song song: what two machines of one unit wrote side by side, for who looks at it from above."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from exports.signing.keys import spoken
from parindex_desktop.domain import merge
from parindex_desktop.domain.assessments import criterion_of, is_content, read_assessment, unsettled_in
from parindex_desktop.domain.given import NOTHING_GIVEN
from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.services.differences import part_of, shown_value
from parindex_desktop.services.series import newest_set

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from decimal import Decimal

    from parindex_desktop.domain.criteria import CriteriaSet, Criterion
    from parindex_desktop.domain.given import Inputs
    from parindex_desktop.domain.merge import Register
    from parindex_desktop.domain.revisions import Revision, Value
    from parindex_desktop.domain.scoring.totals import Total


_SAME_KEY = msgid(
    "Both versions were signed with one key: a backup was brought back, or the folder was copied. "
    "Ask the unit which one is right; only the unit settles it, and nothing is lost."
)
_BOTH = msgid(
    "{criteria}: different in both versions. Only the unit chooses; the other value stays in the history."
)
_FITS = msgid("The versions changed different criteria, so they fit together. Nothing needs to be settled.")
_ON_NO_PAPER = msgid(
    "What is shown as the unit's form ({points} points) is these versions merged; it stands on none of their signed "
    "papers. Ask the unit to take the files in on one machine, settle what differs, lock, have the report signed and "
    "hand over anew with the new signed copy."
)


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
    """Versions of which none continues another; rows in the order of the set.

    `merged` is the sum of the form that they make together, `on_no_paper` whether it says what none of them does.
    """

    branches: tuple[Branch, ...]
    rows: tuple[ForkRow, ...]
    merged: Total
    on_no_paper: bool

    def advice(self, *, same_key: bool) -> tuple[Message, ...]:
        """What the versions mean, who may choose, and what to ask of the unit; `same_key` as in `Placement`."""
        both = [row.criterion.code for row in self.rows if row.unsettled and row.criterion is not None]
        if same_key:
            said = Message("fork.same_key", _SAME_KEY)
        elif both:
            said = Message("fork.both", _BOTH, {"criteria": ", ".join(dict.fromkeys(both))})
        else:
            said = Message("fork.fits", _FITS)
        if not self.on_no_paper:
            return (said,)
        return said, Message("fork.on_no_paper", _ON_NO_PAPER, {"points": self.merged.points})


def fork_of(
    held: Mapping[str, Revision],
    set_of: Callable[[str], CriteriaSet],
    claimed: Callable[[str], datetime | None],
    given: Mapping[str, Inputs],
) -> Fork | None:
    """The versions of a series side by side, each under its own set; None where one continues all others.

    `set_of` is the set of a digest; `claimed` tells when a revision was signed, by the signer's own clock; `given` is
    what the province gives to the unit.
    """
    tips = dict(sorted(merge.heads(held).items(), key=lambda tip: (tip[1].sequence, tip[0])))
    if len(tips) < 2:
        return None
    common = merge.merged({d: r for d, r in held.items() if all(tip.knows(d) for tip in tips.values())})
    together = merge.merged(held)
    states = [merge.merged({digest: tip}) for digest, tip in tips.items()]
    sets = [set_of(newest_set({digest: tip})) for digest, tip in tips.items()]
    branches = tuple(
        Branch(digest, tip.sequence, spoken(tip.key), claimed(digest), _total(criteria, state))
        for (digest, tip), criteria, state in zip(tips.items(), sets, states, strict=True)
    )
    values = [_values(state) for state in states]
    return Fork(
        branches,
        _rows(sets, values, _values(common), unsettled_in(together)),
        _total(set_of(newest_set(held)), together, given),
        on_no_paper=_values(together) not in values,
    )


def _total(
    criteria: CriteriaSet, state: Mapping[str, Register], given: Mapping[str, Inputs] = NOTHING_GIVEN
) -> Total:
    return read_assessment(criteria, state, given).totals.overall


def _values(state: Mapping[str, Register]) -> dict[str, Value]:
    """What stands for each entry of the form; one that differs already, or was cleared, stands for nothing."""
    return {
        key: register[0].value
        for key, register in state.items()
        if len(register) == 1 and register[0].value is not None and is_content(key)
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
