"""A form brought under another version of its criteria set.

A form stays under the set that it was begun with (`filling`). Where the kit brings another version of the year, the
unit looks at what would become of its answers and moves them itself, by what it hands over next. Nothing is lost: what
was handed over stands in its revision; what the move left out stands in its line of the journal, from where it is
shown, and the whole move undone as long as nothing else was changed; and the database is backed up before.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from db import journal
from parindex_desktop.domain.assessments import criterion_of, read_assessment
from parindex_desktop.domain.confirming import mark_of
from parindex_desktop.domain.errors import UserError
from parindex_desktop.domain.merge import DifferencesUnsettled, Standing
from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.domain.move_effects import Effect, effect_messages, with_effects
from parindex_desktop.domain.moving_answers import Fate, moved
from parindex_desktop.domain.revisions import canonical, digest_of
from parindex_desktop.domain.set_versions import difference
from parindex_desktop.domain.text import clean
from parindex_desktop.services.differences import part_of, shown_value
from parindex_desktop.services.filling import put_journalled
from parindex_desktop.services.locking import ReasonMissing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from parindex_desktop.domain.criteria import CriteriaSet, Criterion
    from parindex_desktop.domain.moving_answers import Move, Moved
    from parindex_desktop.domain.revisions import Value
    from parindex_desktop.domain.set_versions import Aspect
    from parindex_desktop.services.filling import Form
    from parindex_desktop.services.homes import Office


class NoNewerVersion(UserError):
    """The form is under the set that the year has."""

    code = "move.no_newer_version"
    template = msgid(
        "The form of {year} is already under the criteria set that the kit has for this year (version {version}). "
        "Nothing was changed."
    )


class NoMoveToUndo(UserError):
    """There was no move, or the form was changed since."""

    code = "move.not_to_undo"
    template = msgid(
        "No move can be undone: none was made here, or the form was changed since. What the move changed is kept in "
        "the journal and in the backup that was made before it."
    )


@dataclass(frozen=True, slots=True)
class Preview:
    """What becomes of the answers from the set `old` to the set `new`; `report` has what needs care first.

    `totals` are the self points of the whole form before and after a move; None where answers are copied.
    """

    old: CriteriaSet
    new: CriteriaSet
    move: Move
    totals: tuple[Decimal, Decimal] | None = None

    @property
    def report(self) -> list[Moved]:
        """The lines by what became of the answer, each in the order of the set."""
        return sorted(self.move.report, key=lambda line: _RANKS.index(line.fate))

    def counts(self) -> dict[Fate, int]:
        """How many criteria have each fate, of those that any has."""
        found = {fate: len(self.move.of(fate)) for fate in _RANKS}
        return {fate: count for fate, count in found.items() if count}

    @property
    def copies(self) -> bool:
        """Whether it copies last year's answers, and not moves those of the year."""
        return self.old.year != self.new.year

    def words(self, fate: Fate, *, done: bool = False) -> str:
        """What a fate is called here, before it is `done` or after, as a template of the catalogue."""
        if done:
            return _COPIED.get(fate, fate.words) if self.copies else fate.words
        return (_WILL_COPY if self.copies else _WILL_MOVE).get(fate, fate.words)


_RANKS: Final = (Fate.VOID, Fate.PARTLY, Fate.TO_CHECK, Fate.FIGURES, Fate.NEW, Fate.MOVED)
_WILL_MOVE: Final = {
    Fate.MOVED: msgid("Will move unchanged"),
    Fate.FIGURES: msgid("Will move, figures change"),
    Fate.TO_CHECK: msgid("Will move, the criterion has changed"),
    Fate.PARTLY: msgid("Will move in part"),
    Fate.VOID: msgid("Will not fit any more"),
}
_WILL_COPY: Final = {
    Fate.MOVED: msgid("Will be copied"),
    Fate.TO_CHECK: msgid("Will be copied, the criterion has changed"),
    Fate.PARTLY: msgid("Will be copied in part"),
    Fate.VOID: msgid("Will not be copied"),
}
_COPIED: Final = {
    Fate.MOVED: msgid("Copied"),
    Fate.TO_CHECK: msgid("Copied, the criterion has changed"),
    Fate.PARTLY: msgid("Copied in part"),
    Fate.VOID: msgid("Not copied"),
}


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A part of an answer that a move did not take over, as it stood; a line that is no `Message` somebody wrote."""

    part: Message
    lines: tuple[Message | str, ...]


@dataclass(frozen=True, slots=True)
class ToSee:
    """A criterion that the officer has to look at after a move: what of it `differs`, what was left out of its answer.

    `criterion` is that of the new set where it has it; None where the old one did not have it either. `changes` says in
    words what differs, what the province gives otherwise, and how the points have changed.
    """

    id: str
    criterion: Criterion | None
    fate: Fate
    differs: tuple[Aspect, ...]
    changes: tuple[Message, ...]
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True, slots=True)
class LastMove:
    """The last move of a form: when, by whom, between which sets, and what there is to see to after it.

    `before` is what stood before it in the entries that it changed; `can_undo` while nothing else was changed;
    `totals` are the self points of the whole form before and right after it.
    """

    at: datetime
    by: str
    old: CriteriaSet
    new: CriteriaSet
    to_see: tuple[ToSee, ...]
    before: Mapping[str, Value]
    can_undo: bool
    totals: tuple[Decimal, Decimal]
    number: int
    """Of its line in the journal."""


def newer_set(form: Form) -> CriteriaSet | None:
    """The set that the kit has for the year, where the form is under another version of it."""
    current = form.kit.criteria_set(form.year, form.criteria.level)
    return None if current.digest == form.criteria.digest else current


def preview_move(form: Form) -> Preview:
    """What a move would do. Raises `NoNewerVersion` or `DifferencesUnsettled`."""
    new = newer_set(form)
    if new is None:
        raise NoNewerVersion(year=form.year, version=str(form.criteria.version))
    if form.assessment.unsettled:
        raise DifferencesUnsettled(count=len(form.assessment.unsettled))
    move = moved(form.series.values(), form.criteria, new)
    state = {key: (Standing(value, frozenset()),) for key, value in move.entries.items()}
    after = read_assessment(new, state, form.kit.given_to(form.year, form.series.series.author))
    totals = form.assessment.totals.overall.points, after.totals.overall.points
    return Preview(form.criteria, new, with_effects(move, form.assessment, after), totals)


def move_form(office: Office, form: Form, reason: str = "") -> Form:
    """Bring the form under the newer version; `reason` says why locked figures are opened for it.

    Raises `ReasonMissing`, and what `preview_move` names.
    """
    ahead = preview_move(form)
    reason = clean(reason, 2000)
    if form.assessment.lock is not None and not reason:
        raise ReasonMissing
    now = form.series.values()
    rivals = {key for key in ("lock", "signed") if key in form.series.state()}
    changes: dict[str, Value] = dict.fromkeys({*ahead.move.left, *rivals})
    changes |= {key: value for key, value in ahead.move.entries.items() if now.get(key) != value}
    office.back_up("move")
    assert ahead.totals is not None
    details: dict[str, Value] = {
        "from": ahead.old.digest,
        "to": ahead.new.digest,
        "reason": reason,
        "fates": [[line.id, line.fate.value] for line in ahead.report if line.fate is not Fate.MOVED],
        "effects": {line.id: _kept_effect(line.effect) for line in ahead.report if line.effect is not None},
        "totals": [str(each) for each in ahead.totals],
        "before": {key: now.get(key) for key in changes},
        "after": _digest({**now, **changes}),
    }
    return put_journalled(office, form, changes, "form.moved", details)


def codes(line: Moved) -> str:
    """The printed code of a criterion, or both where it has changed."""
    return " → ".join(dict.fromkeys(each.code for each in (line.old, line.new) if each is not None))


def reasons(line: Moved) -> list[Message]:
    """Why an answer is not simply as it was: what did not fit, what of the criterion differs, what it comes to."""
    return [*line.voided, *line.changes, *effect_messages(line.old, line.new, line.effect)]


def last_move(office: Office, form: Form) -> LastMove | None:
    """The last move to the set that the form is under; None where there was none here, or it was undone."""
    with office.read() as session:
        lines = journal.entries(session, "form.moved")
    for line in reversed(lines):
        said = json.loads(line.details)
        if (said["year"], said["to"]) == (form.year, form.criteria.digest):
            before = said["before"]
            old = form.kit.set_of_digest(said["from"])
            can_undo = said["after"] == _digest(form.series.values())
            to_see = _to_see(old, form.criteria, said)
            was, now = map(Decimal, said["totals"])
            return LastMove(
                line.at, line.actor, old, form.criteria, to_see, before, can_undo, (was, now), line.number
            )
    return None


def still_to_see(office: Office, form: Form, last: LastMove) -> dict[str, ToSee]:
    """Of what there is to see to after the move, the criteria that nobody has looked at or changed since.

    In the order of the set; what the set has no more is only in the list of the move.
    """
    with office.read() as session:
        lines = journal.entries_after(session, last.number)
    done: set[str | None] = set()
    for line in lines:
        said = json.loads(line.details)
        if said.get("year") != form.year:
            continue
        if line.action == _SEEN:
            done.add(said["id"])
        done.update(map(criterion_of, said.get("entries", ())))
    waiting = {each.id: each for each in last.to_see if each.id not in done}
    return {id_: waiting[id_] for id_ in form.assessment.sheets if id_ in waiting}


def mark_seen(office: Office, form: Form, criterion: Criterion) -> None:
    """Keep that somebody has looked at a criterion after the move."""
    details: dict[str, Value] = {"year": form.year, "id": criterion.id, "criterion": criterion.code}
    with office.begin() as session:
        office.write(session, _SEEN, details)


_SEEN: Final = "form.move_seen"


def _to_see(old: CriteriaSet, new: CriteriaSet, said: Mapping[str, Any]) -> tuple[ToSee, ...]:
    """What the line of the journal about a move says."""
    pairs = {pair.id: pair for pair in difference(old, new).pairs}
    left_out: dict[str, list[LeftOut]] = {}
    for key, value in sorted(said["before"].items()):
        id_ = criterion_of(key)
        if id_ is not None and mark_of(key) is not None and value is not None:
            lines, _ = shown_value(key, old.find(id_), value)
            left_out.setdefault(id_, []).append(LeftOut(part_of(key), lines))
    found = []
    for id_, fate in said["fates"]:
        was, now, pair = old.find(id_), new.find(id_), pairs.get(id_)
        effect = _read_effect(said["effects"].get(id_))
        changes = (*(pair.changes if pair else ()), *effect_messages(was, now, effect))
        differs = pair.differs if pair else ()
        found.append(ToSee(id_, now or was, Fate(fate), differs, changes, tuple(left_out.get(id_, ()))))
    return tuple(found)


def _kept_effect(effect: Effect) -> dict[str, Value]:
    """An effect as the journal keeps it."""
    points: list[Value] = [None if each is None else str(each) for each in effect.points]
    return {"points": points, "given": {name: [*pair] for name, pair in effect.given.items()}}


def _read_effect(kept: Any) -> Effect | None:
    if kept is None:
        return None
    was, now = (None if each is None else Decimal(each) for each in kept["points"])
    return Effect((was, now), {name: (old, new) for name, (old, new) in kept["given"].items()})


def undo_move(office: Office, form: Form) -> Form:
    """The form as it was before the move, its lock included. Raises `NoMoveToUndo`."""
    last = last_move(office, form)
    if last is None or not last.can_undo:
        raise NoMoveToUndo
    return put_journalled(office, form, last.before, "form.move_undone", {})


def _digest(values: Mapping[str, Value]) -> str:
    return digest_of(canonical({key: value for key, value in values.items() if value is not None}))
