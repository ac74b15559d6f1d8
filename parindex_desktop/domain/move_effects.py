"""What a move does beside bringing the answers over: what the province gives now, points that change.

While figures are locked, what the province gives does not change them; a move opens them, and then it does. So an
answer that moves as it is may still score otherwise, which nobody would look for unsaid.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from parindex_desktop.domain.messages import Message
from parindex_desktop.domain.moving_answers import Fate, Move, Moved
from parindex_desktop.domain.scoring.showing import shown_input
from parindex_desktop.domain.set_versions import difference

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from parindex_desktop.domain.assessments import Assessment, Sheet
    from parindex_desktop.domain.criteria import Criterion


@dataclass(frozen=True, slots=True)
class Effect:
    """Points of one criterion before and after the move, and what the province gives otherwise, by input."""

    points: tuple[Decimal | None, Decimal | None]
    given: Mapping[str, tuple[str | None, str]]


def with_effects(move: Move, before: Assessment, after: Assessment) -> Move:
    """The move of the form `before`, which will read as `after`, with what it does to each criterion.

    One that moves as it is and yet reads otherwise is told apart; so is one that nobody had answered.
    """
    found = {id_: effect for id_ in before.sheets if (effect := _effect(before, after, id_)) is not None}
    report = {line.id: line for line in move.report}
    for pair in difference(before.criteria, after.criteria).pairs:
        effect = found.get(pair.id)
        line = report.get(pair.id)
        if effect is None:
            continue
        if line is None:
            line = Moved(pair.id, pair.old, pair.new, Fate.MOVED, pair.differs, pair.changes)
        fate = Fate.FIGURES if line.fate is Fate.MOVED else line.fate
        report[pair.id] = replace(line, fate=fate, effect=effect)
    return replace(move, report=tuple(report.values()))


def effect_messages(old: Criterion | None, new: Criterion | None, effect: Effect | None) -> list[Message]:
    """The effect in words."""
    if effect is None:
        return []
    none = Message("move.none", "none")
    specs = {spec.name: spec for each in (old, new) if each for spec in each.inputs}
    said = [
        Message(
            "move.given",
            "“{title}” given by the province: {new} (before: {old})",
            {
                "title": specs[name].title,
                "new": shown_input(specs[name], value),
                "old": none if was is None else shown_input(specs[name], was),
            },
        )
        for name, (was, value) in effect.given.items()
        if name in specs
    ]
    was, now = effect.points
    if was != now:
        values = {"old": none if was is None else was, "new": none if now is None else now}
        said.append(Message("move.points", "points: {old} → {new}", values))
    return said


def _effect(before: Assessment, after: Assessment, id_: str) -> Effect | None:
    was, now = before.sheets[id_], after.sheets.get(id_)
    given = _given(was, now) if now else {}
    points = was.outcome.points, now.outcome.points if now else None
    return Effect(points, given) if given or points[0] != points[1] else None


def _given(was: Sheet, now: Sheet) -> dict[str, tuple[str | None, str]]:
    entered = was.answer.inputs
    return {
        name: (entered.get(name), value) for name, value in now.given.items() if entered.get(name) != value
    }
