"""What the offices handed over, as the receiver sees it: an overview by unit, and each form read-only."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Final

from db import revisions as kept
from db.office import brought_by_all
from exports.signing.keys import spoken
from parindex_desktop.domain import merge
from parindex_desktop.domain.assessments import Assessment, read_assessment
from parindex_desktop.domain.errors import UserError
from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.domain.revisions import Kind, Revision, Series
from parindex_desktop.domain.units import Level, in_order
from parindex_desktop.domain.years import is_expected
from parindex_desktop.services.forks import fork_of
from parindex_desktop.services.register import current_kit
from parindex_desktop.services.series import newest_set
from parindex_desktop.services.tallying import tallies
from resources.language import day_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from db.database import Session
    from db.evidence import EvidenceStore
    from parindex_desktop.domain.criteria import CriteriaSet
    from parindex_desktop.domain.given import Inputs
    from parindex_desktop.domain.kits import Period
    from parindex_desktop.domain.tallies import Tally
    from parindex_desktop.domain.units import Unit
    from parindex_desktop.services.forks import Fork
    from parindex_desktop.services.homes import Office
    from parindex_desktop.services.tallying import UnitTally

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

    `times` is how often it handed over; `tally` is what that comes to under the set `criteria`, or what its versions
    come to together where two machines worked side by side, and `reopened` that this stands on no paper. `missing`
    are hand-overs that never came, `lacking_files` files that it did not bring or that are gone from the store,
    `unsettled` entries with several values. `without` says why there is no signed copy. `recalculated` are the codes
    of the criteria for which its figures come to other points than it locked, `outdated` those for which the province
    gives other figures now. `older_set` tells that it was handed over under another version of the set than the year
    has now, so that the unit is asked to confirm. `entered`, `approved` and `signer` are the people whom the lock
    and the signature name; `incomplete` is the reason it was locked with although something lacked.
    """

    unit: Unit
    arrived: Arrived
    times: int = 0
    received: datetime | None = None
    criteria: CriteriaSet | None = None
    tally: Tally | None = None
    reopened: bool = False
    without: str = ""
    missing: tuple[int, ...] = ()
    lacking_files: int = 0
    unsettled: int = 0
    same_key: bool = False
    recalculated: tuple[str, ...] = ()
    outdated: tuple[str, ...] = ()
    entered: tuple[str, ...] = ()
    approved: str = ""
    signer: str = ""
    older_set: bool = False
    incomplete: str = ""


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
    """What came from one unit: its form, and the versions side by side where there are several.

    Only of an `enrolled` unit, which has a key that is not revoked, bundles can be taken in.
    """

    hand_overs: tuple[HandOver, ...]
    form: Assessment | None
    fork: Fork | None
    enrolled: bool


def older_words(rows: Iterable[UnitRow]) -> list[Message]:
    """For each level with units that handed over under an older version of the set: how many of all have, and which."""
    of_level: dict[Level, list[UnitRow]] = {}
    for row in rows:
        of_level.setdefault(row.unit.level, []).append(row)
    said = []
    for level, own in of_level.items():
        older = Counter(row.criteria.version for row in own if row.older_set and row.criteria)
        parts = tuple(
            Message(
                "received.by_version", "{count} by version {version}", {"count": count, "version": version}
            )
            for version, count in sorted(older.items(), reverse=True)
        )
        if parts:
            arrived = sum(row.arrived is not Arrived.NOTHING for row in own)
            name = Message("given.level", level.words)
            values = {"level": name, "arrived": arrived, "all": len(own), "parts": parts}
            said.append(Message("received.older_sets", _OLDER_SETS, values))
    return said


_OLDER_SETS: Final = msgid(
    "{level}: {arrived} of {all} units handed over, of these {parts}, which is older than that of the year."
)


def overview(office: Office, year: str) -> list[UnitRow]:
    """Every unit that is assessed by the province in `year`, in order, with what came from it.

    It is assessed by the ministry itself, so it is not among them; nor is a unit that is not yet or no more, and
    sent nothing.
    """
    kit = current_kit(office)
    period = kit.periods.get(year)
    if period is None:
        return []
    others = (unit for unit in kit.units.values() if unit.level is not Level.PROVINCE)
    assessed = in_order(unit for unit in others if unit.level in period.sets)
    today = day_of(office.clock())
    found = tallies(office, year)
    with office.read() as session:
        brought = brought_by_all(session, [unit for unit, each in found.items() if each.about.wanted])
    rows = [
        _row(office.evidence, unit, period, found.get(unit.id), brought.get(unit.id, frozenset()))
        for unit in assessed
    ]
    return [row for row in rows if row.arrived is not Arrived.NOTHING or is_expected(row.unit, year, today)]


def details(office: Office, unit: Unit, year: str) -> Details:
    """What is held of a unit, oldest first; empty where nothing came."""
    kit = current_kit(office)
    with office.read() as session:
        held = _held(session, unit, year)
        tips = merge.heads(held)
        form = _merged(kit.set_of_digest, held, kit.given_to(year, unit.id)) if held else None
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
            claimed = partial(kept.claimed_time, session)
            fork = fork_of(held, kit.set_of_digest, claimed, kit.given_to(year, unit.id))
    enrolled = any(
        key.unit == unit.id and key.fingerprint not in kit.revocations for key in kit.keys.values()
    )
    by_number = sorted(hand_overs, key=lambda each: (each.sequence, each.digest))
    return Details(tuple(by_number), form, fork, enrolled)


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
    store: EvidenceStore, unit: Unit, period: Period, found: UnitTally | None, brought: AbstractSet[str]
) -> UnitRow:
    if found is None:
        return UnitRow(unit, Arrived.NOTHING)
    about = found.about
    lacking = sum(sha256 not in brought or not store.has(sha256, size) for sha256, size in about.wanted)
    return UnitRow(
        unit,
        Arrived.FORKED if about.heads > 1 else Arrived.INCOMPLETE if lacking else Arrived.WHOLE,
        times=about.times,
        received=datetime.fromisoformat(about.received),
        criteria=found.criteria,
        tally=found.tally,
        reopened=about.reopened,
        without=about.without,
        missing=about.missing,
        lacking_files=lacking,
        unsettled=about.unsettled,
        same_key=about.same_key,
        recalculated=about.recalculated(found.criteria, found.tally),
        outdated=about.outdated,
        entered=about.entered,
        approved=about.approved,
        signer=about.signer,
        older_set=found.criteria.digest != period.sets[unit.level],
        incomplete=about.incomplete,
    )


def _held(session: Session, unit: Unit, year: str) -> dict[str, Revision]:
    return kept.held(session, Series(Kind.ASSESSMENT, unit.id, year, unit.id))


def _merged(set_of: SetOf, held: Mapping[str, Revision], given: Mapping[str, Inputs]) -> Assessment:
    return read_assessment(set_of(newest_set(held)), merge.merged(held), given)
