"""A series with its working copy: reading the state, changing entries, making the next revision."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from db import journal as journals
from db import revisions as kept
from parindex_desktop.domain import merge
from parindex_desktop.domain.assessments import SET
from parindex_desktop.domain.revisions import (
    Attachment,
    Mode,
    Revision,
    Series,
    State,
    Value,
    ancestors_after,
    digest_of,
    sequence_after,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from db.database import Session
    from parindex_desktop.domain.criteria import CriteriaSet
    from parindex_desktop.domain.kits import Kit
    from parindex_desktop.domain.merge import Edit, Register
    from parindex_desktop.services.homes import Office


@dataclass(slots=True)
class OpenSeries:
    """A series in memory: the revisions held and the working copy; `put` keeps both in step with the disk."""

    series: Series
    held: dict[str, Revision]
    edits: dict[str, Edit]
    _base: dict[str, Register] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._base = merge.merged(self.held)

    def state(self) -> dict[str, Register]:
        """What stands for each entry, the working copy included."""
        return merge.with_edits(self._base, self.edits)

    def values(self) -> dict[str, Value]:
        """What stands by itself: an entry with several values stands for nothing."""
        return {key: register[0].value for key, register in self.state().items() if len(register) == 1}

    def put(self, office: Office, session: Session, values: Mapping[str, Value]) -> list[str]:
        """Write entries of the working copy; returns the keys that really changed."""
        edits = {key: merge.edit_of(self._base.get(key, ()), value) for key, value in values.items()}
        changed = {key: edit for key, edit in edits.items() if edit != self.edits.get(key)}
        if changed:
            kept.put_edits(session, self.series, changed, office.clock())
        for key, edit in changed.items():
            if edit is None:
                del self.edits[key]
            else:
                self.edits[key] = edit
        return list(changed)

    def head(self) -> str | None:
        """The one revision that nothing held continues, if there is exactly one."""
        found = list(merge.heads(self.held))
        return found[0] if len(found) == 1 else None


def open_series(session: Session, series: Series) -> OpenSeries:
    """Read a series with its working copy."""
    return OpenSeries(series, kept.held(session, series), kept.edits(session, series))


def unwritten(session: Session, opened: OpenSeries, key: str | None) -> frozenset[str]:
    """The revisions that this machine's `key` has signed, and that were neither written to a medium nor taken in."""
    own = {digest for digest, revision in opened.held.items() if revision.key == key}
    for action in ("bundle.written", "bundle.taken_in", "kit.taken_in") if own else ():
        own -= {json.loads(entry.details)["digest"] for entry in journals.entries(session, action)}
    return frozenset(own)


def next_revision(
    opened: OpenSeries,
    *,
    state: State,
    audience: Iterable[str],
    key: str,
    kit: str | None,
    criteria_set: str | None,
    journal: str,
) -> tuple[str, Revision]:
    """The revision that continues every head with what stands now; nothing is kept yet.

    Raises `DifferencesUnsettled`.
    """
    parents = merge.heads(opened.held)
    entries = merge.entries_for(opened.state())
    revision = Revision(
        series=opened.series,
        audience=tuple(audience),
        sequence=sequence_after(parents.values(), state),
        parents=tuple(parents),
        ancestors=ancestors_after(parents),
        key=key,
        kit=kit,
        criteria_set=criteria_set,
        state=state,
        mode=Mode.REAL,
        journal=journal,
        entries=entries,
        attachments=attachments_of({key: entry.value for key, entry in entries.items()}),
    )
    return digest_of(revision.document()), revision


def attachments_of(values: Mapping[str, Value]) -> tuple[Attachment, ...]:
    """The files that entries name: those of documents, and the signed copy."""
    found = {
        Attachment(value["sha256"], value["size"])
        for key, value in values.items()
        if (key == "signed" or key.startswith("document/")) and isinstance(value, dict) and "sha256" in value
    }
    return tuple(sorted(found, key=lambda each: (each.sha256, each.size)))


def bound_set(kit: Kit, current: CriteriaSet, state: Mapping[str, Register]) -> CriteriaSet:
    """The set that a form was begun under; the period's `current` one where it was not, or two differ on it."""
    register = state.get(SET, ())
    bound = register[0].value if len(register) == 1 else None
    return kit.set_of_digest(str(bound)) if bound else current


def newest_set(held: Mapping[str, Revision]) -> str:
    """Digest of the set under which the newest of the revisions `held` of a self-assessment was made.

    Of versions side by side that is the one with the highest number, then digest: the same wherever they are held.
    """
    _, newest = max(merge.heads(held).items(), key=lambda tip: (tip[1].sequence, tip[0]))
    assert newest.criteria_set is not None
    return newest.criteria_set
