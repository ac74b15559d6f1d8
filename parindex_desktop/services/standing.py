"""Where an office stands with its province: whose kit it has, and whether its key is enrolled."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from db import revisions as kept
from exports.signing.keys import spoken
from parindex_desktop.domain import merge
from parindex_desktop.domain.units import Level
from parindex_desktop.services.register import kit_of, kit_series

if TYPE_CHECKING:
    from datetime import date, datetime

    from parindex_desktop.domain.kits import Kit
    from parindex_desktop.domain.units import Unit
    from parindex_desktop.services.homes import Office


class Enrolment(StrEnum):
    """What the province has said about this machine's key."""

    NO_KIT = "no_kit"
    UNKNOWN = "unknown"
    ENROLLED = "enrolled"
    REVOKED = "revoked"
    PROVINCE = "province"


@dataclass(frozen=True, slots=True)
class HeldKit:
    """The newest kit held here: how often the province had exported one, when it was signed and when it came."""

    sequence: int
    claimed: datetime | None
    received: datetime | None


@dataclass(frozen=True, slots=True)
class Standing:
    """`code` is this machine's key code and `trusted` that of the province it believes, as people read them out.

    `since` is the day from which the key is enrolled, `reason` why it was revoked.
    """

    enrolment: Enrolment
    code: str
    unit: Unit | None
    province: str
    trusted: str
    kit: HeldKit | None
    years: tuple[str, ...]
    since: date | None = None
    reason: str = ""


def standing(office: Office) -> Standing:
    """Where this office stands now."""
    record = office.record
    with office.read() as session:
        opened = kit_series(session, office)
        heads = merge.heads(opened.held) if opened else {}
        newest = max(heads, key=lambda digest: heads[digest].sequence, default=None)
        held = None
        if newest is not None:
            claimed, received = kept.claimed_time(session, newest), kept.held_at(session, newest)
            held = HeldKit(heads[newest].sequence, claimed, received)
    kit = kit_of(opened) if opened else None
    province = kit.province() if kit else None
    registered = kit.keys.get(record.key or "") if kit else None
    revocation = kit.revocations.get(record.key or "") if kit else None
    return Standing(
        enrolment=_enrolment(office, kit),
        code=spoken(record.key or ""),
        unit=kit.units.get(record.unit or "") if kit else None,
        province=province.name if province else "",
        trusted=spoken(record.anchor) if record.anchor else "",
        kit=held,
        years=tuple(sorted(kit.periods, reverse=True)) if kit else (),
        since=registered.valid_from if registered else None,
        reason=revocation.reason if revocation else "",
    )


def _enrolment(office: Office, kit: Kit | None) -> Enrolment:
    key = office.record.key or ""
    if office.level is Level.PROVINCE:
        return Enrolment.PROVINCE
    if kit is None:
        return Enrolment.NO_KIT
    if key in kit.revocations:
        return Enrolment.REVOKED
    return Enrolment.ENROLLED if key in kit.keys else Enrolment.UNKNOWN
