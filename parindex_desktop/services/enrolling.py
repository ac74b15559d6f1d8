"""Enrolment: an office asks with a signing request, the province approves its key.

The request's public key is all that is taken from it. Whose key it is a person decides, who hears the
fingerprint over the telephone and types it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from cryptography.x509 import load_der_x509_certificate

from db import revisions as kept
from exports.signing import keys, requests
from exports.signing.recipients import recipient_of
from parindex_desktop.domain.errors import UserError
from parindex_desktop.domain.kits import (
    RegisteredKey,
    Revocation,
    UnknownUnit,
    key_entry,
    revocation_entry,
)
from parindex_desktop.domain.messages import msgid
from parindex_desktop.domain.revisions import Kind
from parindex_desktop.domain.text import one_line
from parindex_desktop.domain.units import Unit, in_order
from parindex_desktop.services.files import write_whole
from parindex_desktop.services.founding import register_key
from parindex_desktop.services.register import current_kit, kit_of, provincial_series
from resources.language import day_of

if TYPE_CHECKING:
    from pathlib import Path

    from db.database import Session
    from parindex_desktop.domain.kits import Kit
    from parindex_desktop.domain.revisions import Series, Value
    from parindex_desktop.services.homes import Office


class FingerprintDiffers(UserError):
    """The code that was typed is not that of the key, which is not said: who can copy it does not listen."""

    code = "enrol.fingerprint_differs"
    template = msgid(
        "The key code that was typed is not the one of this file. Nothing was changed. Have the other side read it "
        "again; if it still differs, the file was exchanged on its way."
    )


class KeyOfAnotherUnit(UserError):
    """A key speaks for one unit; a slip can be put right until it has spoken."""

    code = "enrol.key_of_another_unit"
    template = msgid(
        "This key is already enrolled for “{name}”, and its bundles were taken in. Nothing was changed; each office "
        "makes its own key."
    )


class KeyWasRevoked(UserError):
    """A revocation holds for good."""

    code = "enrol.key_was_revoked"
    template = msgid(
        "This key was revoked ({reason}) and stays so. Nothing was changed; the office makes a new key and sends its "
        "signing request."
    )


class RevocationReasonMissing(UserError):
    """A key is not taken back without a word."""

    code = "enrol.reason_missing"
    template = msgid("The reason is missing. Write why the key is revoked; the offices read it in the kit.")


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A unit with its keys, newest last, and whether each is revoked."""

    unit: Unit
    keys: tuple[tuple[RegisteredKey, Revocation | None], ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a signing request asks for: the key `fingerprint`, by somebody who calls himself `name`."""

    name: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Holder:
    """The unit that a key is enrolled for; `for_good` once the key has spoken for it, so that no other can have it."""

    unit: Unit
    for_good: bool


class CodeMatch(StrEnum):
    """How a key code that a person types stands to that of a key."""

    INCOMPLETE = "incomplete"
    SAME = "same"
    DIFFERENT = "different"


def look_at_request(request: bytes) -> Asked:
    """Read a signing request, enter nothing; raises what `read_request` names."""
    asked = requests.read_request(request)
    return Asked(asked.name, asked.fingerprint)


def holder_of(office: Office, fingerprint: str) -> Holder | None:
    """Who has the key now, as far as it is enrolled and not revoked. Raises `NotTheProvince`."""
    with office.read() as session:
        kit = kit_of(provincial_series(session, office))
        known = kit.keys.get(fingerprint)
        if known is None or fingerprint in kit.revocations:
            return None
        return Holder(kit.units[known.unit], _has_spoken(session, office, known))


def match_code(typed: str, actual: str) -> CodeMatch:
    """Compare what a person has typed so far with the key `actual`."""
    try:
        return CodeMatch.SAME if keys.same_fingerprint(typed, actual) else CodeMatch.DIFFERENT
    except keys.FingerprintTooShort:
        return CodeMatch.INCOMPLETE


def write_request(office: Office, target: Path, passphrase: str) -> str:
    """Write this office's signing request to `target`; returns the fingerprint to be read out.

    Raises `WrongPassphrase`, or what `write_whole` names.
    """
    key = keys.load_key(office.signing_key, passphrase)
    write_whole(target, requests.make_request(key, office.record.name, recipient_of(key)))
    fingerprint = keys.fingerprint(key.public_key())
    with office.begin() as session:
        office.write(session, "enrol.requested", {"key": fingerprint})
    return fingerprint


def approve(
    office: Office, request: bytes, unit_code: str, fingerprint: str, passphrase: str
) -> RegisteredKey:
    """Enter the key of `request` into the register for the unit with that code.

    Raises what `read_request` names, `FingerprintTooShort`, `FingerprintDiffers`, `UnknownUnit`,
    `KeyOfAnotherUnit`, `KeyWasRevoked`, `WrongPassphrase`, `NotTheProvince`.
    """
    asked = requests.read_request(request)
    check_fingerprint(fingerprint, asked.fingerprint)
    with office.begin() as session:
        opened = provincial_series(session, office)
        kit = kit_of(opened)
        unit = unit_of_code(kit, unit_code)
        if asked.fingerprint in kit.revocations:
            raise KeyWasRevoked(reason=kit.revocations[asked.fingerprint].reason)
        known = kit.keys.get(asked.fingerprint)
        if known is not None and known.unit != unit.id and _has_spoken(session, office, known):
            raise KeyOfAnotherUnit(name=kit.units[known.unit].name)
        assert kit.root is not None
        root_key = keys.load_key(office.root_key, passphrase)
        key = register_key(
            root_key,
            load_der_x509_certificate(kit.root),
            asked.public_key,
            asked.recipient,
            unit,
            office.clock(),
        )
        opened.put(office, session, {f"key/{key.fingerprint}": key_entry(key)})
        office.write(session, "enrol.approved", {"unit": unit.id, "key": key.fingerprint})
    return key


def _has_spoken(session: Session, office: Office, key: RegisteredKey) -> bool:
    """Whether anything signed with `key` is held; that of this office itself has signed the kits."""
    return key.fingerprint == office.record.key or any(
        revision.key == key.fingerprint
        for series in _spoken(session)
        if series.author == key.unit
        for revision in kept.held(session, series).values()
    )


def _spoken(session: Session) -> list[Series]:
    """Everything in which units speak to the province."""
    kinds = (Kind.ASSESSMENT, Kind.PROGRESS)
    return [series for kind in kinds for series in kept.series_of_kind(session, kind)]


def revoke(office: Office, unit_code: str, reason: str) -> list[RegisteredKey]:
    """Take all keys of a unit back from today on; what it handed over until now is still believed.

    Raises `UnknownUnit`, `RevocationReasonMissing` or `NotTheProvince`.
    """
    reason = one_line(reason)
    if not reason:
        raise RevocationReasonMissing
    with office.begin() as session:
        opened = provincial_series(session, office)
        kit = kit_of(opened)
        unit = unit_of_code(kit, unit_code)
        believed = frozenset(
            digest
            for series in _spoken(session)
            if series.author == unit.id
            for digest in kept.held(session, series)
        )
        revoked = [
            key for key in kit.keys.values() if key.unit == unit.id and key.fingerprint not in kit.revocations
        ]
        today = day_of(office.clock())
        entries: dict[str, Value] = {
            f"revocation/{key.fingerprint}": revocation_entry(
                Revocation(key.fingerprint, today, reason, believed)
            )
            for key in revoked
        }
        opened.put(office, session, entries)
        office.write(session, "enrol.revoked", {"unit": unit.id, "keys": [k.fingerprint for k in revoked]})
    return revoked


def spoken_of(key: RegisteredKey) -> str:
    """The code of a key of the register, as it is read out."""
    return keys.spoken(key.fingerprint)


def unit_of_code(kit: Kit, code: str) -> Unit:
    """The unit with that code; raises `UnknownUnit`. The province has no code, so an empty one means nobody."""
    code = one_line(code, 20)
    if not code:
        raise UnknownUnit(code=code)
    return kit.unit_of_code(code)


def spoken_key(office: Office) -> str:
    """The key code of this office, as it is read out."""
    assert office.record.key is not None
    return keys.spoken(office.record.key)


def check_fingerprint(typed: str, actual: str) -> None:
    """Raise `FingerprintDiffers` unless a person typed the code of that key."""
    if not keys.same_fingerprint(typed, actual):
        raise FingerprintDiffers


def enrolled(office: Office) -> list[Enrolled]:
    """Every unit with its keys."""
    return enrolled_in(current_kit(office))


def enrolled_in(kit: Kit) -> list[Enrolled]:
    """Every unit of a kit with its keys."""
    by_unit: dict[str, tuple[tuple[RegisteredKey, Revocation | None], ...]] = {}
    for key in sorted(kit.keys.values(), key=lambda key: key.valid_from):
        own = (key, kit.revocations.get(key.fingerprint))
        by_unit[key.unit] = (*by_unit.get(key.unit, ()), own)
    return [Enrolled(unit, by_unit.get(unit.id, ())) for unit in in_order(kit.units.values())]
