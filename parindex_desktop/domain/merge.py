"""Merge: the state of a series is a function of the set of revisions held, and of nothing else.

The law (a multi-value register with version vectors). A pair (value, writer) of an entry that any held
revision carries *stands* unless another held revision knows that writer (is it, or descends from it) and no
longer carries the pair. One distinct standing value is the value; several are a conflict. Neither the order
of arrival nor repetition nor a clock plays a part, and a revision that never arrived only makes the state
less complete, never wrong.

The working copy is what an officer has typed since: for each changed entry the new value and the writers
that were in sight when it was typed. It takes part like a revision that knows exactly those writers.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from parindex_desktop.domain.errors import UserError
from parindex_desktop.domain.messages import msgid
from parindex_desktop.domain.revisions import (
    SELF,
    Ancestor,
    Entry,
    Revision,
    RevisionMalformed,
    State,
    Value,
    canonical,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

WORKING: Final = "working"
"""Writer of the values of the working copy, which has no digest yet."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A value that stands, with everybody who wrote it."""

    value: Value
    writers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Edit:
    """A typed value, and the writers whose values it replaces because they were in sight."""

    value: Value
    seen: frozenset[str]


Register = tuple[Standing, ...]
"""What stands for one entry: one value, or several that differ, in an order that depends on them alone."""


class Verdict(StrEnum):
    """How a revision relates to those held of its series."""

    FIRST = "first"
    LATER = "later"
    HELD = "held"
    OLDER = "older"
    FORKED = "forked"


@dataclass(frozen=True, slots=True)
class Placement:
    """Where an arriving revision stands.

    `missing` are the sequence numbers of handed-over revisions that it descends from and that were never
    received; `beside` the heads that it forks from; `same_key` tells that one of them was made by the same
    key, which means a restored backup or a copied folder and not a second machine.
    """

    verdict: Verdict
    missing: tuple[int, ...] = ()
    beside: tuple[str, ...] = ()
    same_key: bool = False


class DifferencesUnsettled(UserError):
    """Two machines of the office wrote different values and nobody has chosen yet."""

    code = "merge.unsettled"
    template = msgid(
        "{count} value(s) differ between the office's machines. Settle them on the page “Figures to be settled”, "
        "then go on; nothing has been lost."
    )


def merged(held: Mapping[str, Revision]) -> dict[str, Register]:
    """The state of a series of which the revisions `held` (by digest) are held."""
    if len(held) == 1:
        # The common case at a receiver: whatever the one revision carries stands.
        ((digest, revision),) = held.items()
        return {
            key: (Standing(entry.value, frozenset(digest if w == SELF else w for w in entry.writers)),)
            for key, entry in revision.entries.items()
        }
    knows = {digest: {digest, *(a.digest for a in revision.ancestors)} for digest, revision in held.items()}
    carried: dict[str, dict[bytes, dict[str, set[str]]]] = {}
    values: dict[bytes, Value] = {}
    for digest, revision in held.items():
        for key, entry in revision.entries.items():
            form = canonical(entry.value)
            values.setdefault(form, entry.value)
            for writer in entry.writers:
                pairs = carried.setdefault(key, {}).setdefault(form, {})
                pairs.setdefault(digest if writer == SELF else writer, set()).add(digest)
    state: dict[str, Register] = {}
    for key, forms in carried.items():
        register = []
        for form, pairs in sorted(forms.items()):
            standing = {
                writer
                for writer, carriers in pairs.items()
                if all(writer not in knows[digest] or digest in carriers for digest in held)
            }
            if standing:
                register.append(Standing(values[form], frozenset(standing)))
        if register:
            state[key] = tuple(register)
    return state


def with_edits(state: Mapping[str, Register], edits: Mapping[str, Edit]) -> dict[str, Register]:
    """The state as the office sees it: `state` with the working copy on top."""
    result = dict(state)
    for key, edit in edits.items():
        if not state.get(key):
            # The common case in a form that was never handed over; a canonical form costs as much as all the rest.
            result[key] = (Standing(edit.value, frozenset((WORKING,))),)
            continue
        form = canonical(edit.value)
        writers = {WORKING}
        others = []
        for standing in state[key]:
            unseen = standing.writers - edit.seen
            if unseen and canonical(standing.value) == form:
                writers |= unseen
            elif unseen:
                others.append(Standing(standing.value, unseen))
        result[key] = tuple(
            sorted([*others, Standing(edit.value, frozenset(writers))], key=lambda s: canonical(s.value))
        )
    return result


def edit_of(register: Register, value: Value) -> Edit | None:
    """The edit that writes `value` with `register` in sight; None where it would change nothing.

    Clearing something (None) that was never written is no edit.
    """
    if not register and value is None:
        return None
    if len(register) == 1 and canonical(register[0].value) == canonical(value):
        return None
    return Edit(value, frozenset(writer for standing in register for writer in standing.writers))


def settled(state: Mapping[str, Register]) -> dict[str, Value]:
    """The single values of `state`; raises `DifferencesUnsettled` where an entry has several."""
    open_keys = conflicts(state)
    if open_keys:
        raise DifferencesUnsettled(count=len(open_keys))
    return {key: register[0].value for key, register in state.items()}


def conflicts(state: Mapping[str, Register]) -> list[str]:
    """Keys of the entries with several values, sorted."""
    return sorted(key for key, register in state.items() if len(register) > 1)


def entries_for(state: Mapping[str, Register]) -> dict[str, Entry]:
    """Entries of the next revision, whose parents are all heads; needs every difference settled."""
    settled(state)
    return {
        key: Entry(
            register[0].value,
            tuple(sorted(SELF if writer == WORKING else writer for writer in register[0].writers)),
        )
        for key, register in state.items()
    }


def heads(held: Mapping[str, Revision]) -> dict[str, Revision]:
    """The held revisions that no other held one descends from."""
    covered = {a.digest for revision in held.values() for a in revision.ancestors}
    return {digest: revision for digest, revision in held.items() if digest not in covered}


def place(digest: str, revision: Revision, held: Mapping[str, Revision]) -> Placement:
    """How `revision`, named `digest`, relates to the revisions `held` of the same series."""
    if digest in held:
        return Placement(Verdict.HELD)
    if any(other.knows(digest) for other in held.values()):
        return Placement(Verdict.OLDER)
    missing = _missing(revision, held)
    beside = {d: other for d, other in heads(held).items() if not revision.knows(d)}
    if beside:
        same_key = any(other.key == revision.key for other in beside.values())
        return Placement(Verdict.FORKED, missing, tuple(sorted(beside)), same_key)
    first = revision.sequence <= 1 and not held
    return Placement(Verdict.FIRST if first else Verdict.LATER, missing)


def check_descent(revision: Revision, held: Mapping[str, Revision]) -> None:
    """Refuse a revision that says of one held here, or of what that one descends from, what is not so.

    Raises `RevisionMalformed`.
    """
    said = set(revision.ancestors)
    for ancestor in revision.ancestors:
        known = held.get(ancestor.digest)
        if known is None:
            continue
        if ancestor != Ancestor(ancestor.digest, known.sequence, known.state) or not said.issuperset(
            known.ancestors
        ):
            raise RevisionMalformed(place=f"ancestors/{ancestor.digest[:12]}")


def first_few(numbers: Sequence[int | str], most: int = 5) -> tuple[str, int]:
    """The first of many numbers or codes, as people read them, and how many more there are."""
    return ", ".join(map(str, numbers[:most])), max(0, len(numbers) - most)


def _missing(revision: Revision, held: Iterable[str]) -> tuple[int, ...]:
    held = set(held)
    return tuple(
        sorted({a.sequence for a in revision.ancestors if a.state is State.FINAL and a.digest not in held})
    )
