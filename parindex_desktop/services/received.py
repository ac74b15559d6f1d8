"""What the offices handed over, as the receiver sees it: an overview by unit, and each form read-only."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache, partial
from typing import TYPE_CHECKING, Final

from db import revisions as kept
from db.office import brought_by
from exports.signing.keys import spoken
from parindex_desktop.domain import merge
from parindex_desktop.domain.assessments import Assessment, read_assessment
from parindex_desktop.domain.errors import UserError
from parindex_desktop.domain.messages import msgid
from parindex_desktop.domain.revisions import Kind, Revision, Series, State
from parindex_desktop.domain.units import Level, in_order
from parindex_desktop.services.forks import fork_of
from parindex_desktop.services.register import current_kit
from parindex_desktop.services.series import newest_set
from resources.language import day_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from pathlib import Path

    from db.database import Session
    from db.evidence import EvidenceStore
    from parindex_desktop.domain.criteria import CriteriaSet
    from parindex_desktop.domain.given import Inputs
    from parindex_desktop.domain.units import Unit
    from parindex_desktop.services.forks import Fork
    from parindex_desktop.services.homes import Office

    SetOf = Callable[[str], CriteriaSet]


class NothingReceived(UserError):
    """The unit has not handed over."""

    code = "received.nothing"
    template = msgid("“{name}” has not handed anything over for {year} yet. Take its bundle in first.")


class EvidenceNotHere(UserError):
    """The bytes of a document were left out of the bundle and are not held."""

    code = "received.evidence_not_here"
    template = msgid(
        "The file of this document is not here yet: the bundle left it out. Ask the office for a complete bundle."
    )


class Arrived(StrEnum):
    """What came from a unit."""

    NOTHING = "nothing"
    WHOLE = "whole"
    INCOMPLETE = "incomplete"
    FORKED = "forked"

    @property
    def words(self) -> str:
        """What it is called, as a template of the catalogue."""
        return _ARRIVED[self]


_ARRIVED: Final = {
    Arrived.NOTHING: msgid("Not handed over"),
    Arrived.WHOLE: msgid("Handed over"),
    Arrived.INCOMPLETE: msgid("Waiting for files"),
    Arrived.FORKED: msgid("Two parallel versions"),
}


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit in the overview.

    `times` is how often it handed over; `merged` is what it handed over, or what its versions come to together where
    two machines worked side by side. `missing` are hand-overs that never came, `lacking_files` files that it did not
    bring or that are gone from the store, `unsettled` entries with several values.
    """

    unit: Unit
    arrived: Arrived
    times: int = 0
    received: datetime | None = None
    merged: Assessment | None = None
    missing: tuple[int, ...] = ()
    lacking_files: int = 0
    unsettled: int = 0
    same_key: bool = False


@dataclass(frozen=True, slots=True)
class HandOver:
    """One hand-over that is held: its number, when it came, when it was signed by the signer's own clock.

    `key` is the key code of its signer; `current` tells that none that is held continues it.
    """

    digest: str
    sequence: int
    received: datetime | None
    claimed: datetime | None
    key: str
    current: bool


@dataclass(frozen=True, slots=True)
class Details:
    """What came from one unit, and the versions side by side where there are several.

    Only of an `enrolled` unit, which has a key that is not revoked, bundles can be taken in.
    """

    hand_overs: tuple[HandOver, ...]
    fork: Fork | None
    enrolled: bool


def overview(office: Office, year: str) -> list[UnitRow]:
    """Every unit that is assessed by the province in `year`, in order, with what came from it.

    It is assessed by the ministry itself, so it is not among them; nor is a unit that is not yet or no more, and
    sent nothing.
    """
    kit = current_kit(office)
    period = kit.periods.get(year)
    others = (unit for unit in kit.units.values() if unit.level is not Level.PROVINCE)
    assessed = in_order(unit for unit in others if period and unit.level in period.sets)
    set_of = cache(kit.set_of_digest)  # the units of a level have one set, and reading it takes its time
    today = day_of(office.clock())
    with office.read() as session:
        rows = [
            _row(session, office.evidence, set_of, unit, year, kit.given_to(year, unit.id))
            for unit in assessed
        ]
    return [
        row
        for row in rows
        if row.arrived is not Arrived.NOTHING or (row.unit.exists_in(int(year)) and not row.unit.ended(today))
    ]


def details(office: Office, unit: Unit, year: str) -> Details:
    """What is held of a unit, oldest first; empty where nothing came."""
    kit = current_kit(office)
    with office.read() as session:
        held = _held(session, unit, year)
        tips = merge.heads(held)
        hand_overs = [
            HandOver(
                digest,
                revision.sequence,
                kept.held_at(session, digest),
                kept.claimed_time(session, digest),
                spoken(revision.key),
                current=digest in tips,
            )
            for digest, revision in held.items()
        ]
        fork = None
        if len(tips) > 1:
            fork = fork_of(held, kit.set_of_digest, partial(kept.claimed_time, session))
    enrolled = any(
        key.unit == unit.id and key.fingerprint not in kit.revocations for key in kit.keys.values()
    )
    return Details(tuple(sorted(hand_overs, key=lambda each: (each.sequence, each.digest))), fork, enrolled)


def received_form(office: Office, unit: Unit, year: str) -> Assessment:
    """The self-assessment of a unit as it stands here, to be read. Raises `NothingReceived`."""
    kit = current_kit(office)
    with office.read() as session:
        held = _held(session, unit, year)
    if not held:
        raise NothingReceived(name=unit.name, year=year)
    return _merged(kit.set_of_digest, held, kit.given_to(year, unit.id))


def evidence_file(office: Office, sha256: str | None) -> Path:
    """The file of a document; raises `EvidenceNotHere`."""
    if sha256 is None or not office.evidence.has(sha256):
        raise EvidenceNotHere
    return office.evidence.path(sha256)


def _row(
    session: Session, store: EvidenceStore, set_of: SetOf, unit: Unit, year: str, given: Mapping[str, Inputs]
) -> UnitRow:
    held = _held(session, unit, year)
    if not held:
        return UnitRow(unit, Arrived.NOTHING)
    tips = merge.heads(held)
    together = _merged(set_of, held, given)
    wanted = {a.sha256: a.size for revision in tips.values() for a in revision.attachments}
    brought = brought_by(session, unit.id, wanted)
    lacking = sum(sha256 not in brought or not store.has(sha256, size) for sha256, size in wanted.items())
    keys = [revision.key for revision in tips.values()]
    return UnitRow(
        unit,
        Arrived.FORKED if len(tips) > 1 else Arrived.INCOMPLETE if lacking else Arrived.WHOLE,
        times=max(revision.sequence for revision in tips.values()),
        received=max(filter(None, (kept.held_at(session, digest) for digest in tips)), default=None),
        merged=together,
        missing=_missing(held),
        lacking_files=lacking,
        unsettled=len(together.unsettled),
        same_key=len(set(keys)) < len(keys),
    )


def _held(session: Session, unit: Unit, year: str) -> dict[str, Revision]:
    return kept.held(session, Series(Kind.ASSESSMENT, unit.id, year, unit.id))


def _merged(set_of: SetOf, held: Mapping[str, Revision], given: Mapping[str, Inputs]) -> Assessment:
    return read_assessment(set_of(newest_set(held)), merge.merged(held), given)


def _missing(held: Mapping[str, Revision]) -> tuple[int, ...]:
    """Numbers of the hand-overs that some held one descends from, and that never came."""
    lost = {
        ancestor.sequence
        for revision in held.values()
        for ancestor in revision.ancestors
        if ancestor.state is State.FINAL and ancestor.digest not in held
    }
    return tuple(sorted(lost))
