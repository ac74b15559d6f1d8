"""Setting an office up: whose home it is, its key, and for the province its authority and register."""

from __future__ import annotations

import base64
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.serialization import Encoding

from db import revisions as kept
from db.office import OfficeRecord
from exports.signing import authority, keys
from exports.signing.recipients import recipient_of
from parindex_desktop.domain.errors import UsageError
from parindex_desktop.domain.kits import ROOT, RegisteredKey, key_entry
from parindex_desktop.domain.merge import Edit
from parindex_desktop.domain.messages import msgid
from parindex_desktop.domain.revisions import Kind, Series
from parindex_desktop.domain.text import one_line
from parindex_desktop.domain.unit_entries import unit_entry
from parindex_desktop.domain.units import Level, Unit
from parindex_desktop.services.homes import new_home, now
from resources.language import day_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey, EllipticCurvePublicKey
    from cryptography.x509 import Certificate

    from parindex_desktop.domain.revisions import Value
    from parindex_desktop.services.homes import Office

SHORTEST_PASSPHRASE = 4
"""Characters. The key file's 600,000 rounds carry the weight; a sticky note with a long one would not."""


class NameMissing(UsageError):
    """An office needs its name."""

    code = "office.name_missing"
    template = msgid("The name of the office is missing. Write it as on its seal, then go on.")


class PassphraseTooShort(UsageError):
    """The passphrase is too short to protect a key."""

    code = "passphrase.too_short"
    template = msgid("The passphrase has fewer than {shortest} characters. Choose a longer one.")


@dataclass(frozen=True, slots=True)
class NewOffice:
    """What an office says of itself when it is set up."""

    level: Level
    name: str
    passphrase: str


def found(
    home: Path, new: NewOffice, clock: Callable[[], datetime] = now, actor: str | None = None
) -> Office:
    """Set up an office in `home`: its key, and for the province its root and its own entry in the register.

    The office's row is written last, so that a home whose making was cut short is simply made again.
    Raises `NameMissing`, `PassphraseTooShort`, `HomeTaken`, `HomeInUse`, `HomeNotWritable`.
    """
    name = one_line(new.name)
    if not name:
        raise NameMissing
    check_passphrase(new.passphrase)
    office = new_home(home, clock, actor)
    try:
        key = keys.new_key()
        keys.save_key(office.signing_key, key, new.passphrase)
        fingerprint = keys.fingerprint(key.public_key())
        record = OfficeRecord(
            level=new.level.value,
            name=name,
            unit=str(uuid.uuid4()) if new.level is Level.PROVINCE else None,
            key=fingerprint,
            anchor=fingerprint if new.level is Level.PROVINCE else None,
            period=None,
            created=clock(),
        )
        entries = _register(office, record, key, new.passphrase)
        with office.begin() as session:
            office.set_up(session, record)
            for entry, value in entries.items():
                kept.put_edit(session, kit_series(record), entry, Edit(value, frozenset()), clock())
            office.write(
                session, "office.founded", {"level": new.level.value, "name": name, "key": fingerprint}
            )
    except BaseException:
        office.close()
        raise
    return office


def check_passphrase(passphrase: str) -> None:
    """Raise `PassphraseTooShort` for one that cannot protect a key."""
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise PassphraseTooShort(shortest=SHORTEST_PASSPHRASE)


def kit_series(record: OfficeRecord) -> Series:
    """The series of kits that this province writes, for life."""
    if record.unit is None:
        raise AssertionError("only a province has a unit before any kit")
    return Series(Kind.KIT, record.unit, None, record.unit)


def _register(
    office: Office, record: OfficeRecord, key: EllipticCurvePrivateKey, passphrase: str
) -> dict[str, Value]:
    """The first entries of a province's kit: itself, its key and its root; other offices have none."""
    if record.unit is None or record.key is None:
        return {}
    root_key, root = authority.new_authority(record.name, office.clock())
    keys.save_key(office.root_key, root_key, passphrase)
    unit = Unit(record.unit, "", record.name, Level.PROVINCE, None)
    registered = register_key(root_key, root, key.public_key(), recipient_of(key), unit, office.clock())
    return {
        f"unit/{unit.id}": unit_entry(unit),
        f"key/{record.key}": key_entry(registered),
        ROOT: base64.b64encode(root.public_bytes(Encoding.DER)).decode(),
    }


def register_key(
    root_key: EllipticCurvePrivateKey,
    root: Certificate,
    public_key: EllipticCurvePublicKey,
    recipient: str,
    unit: Unit,
    at: datetime,
) -> RegisteredKey:
    """Certify a key for `unit` from `at` on, until it is revoked or the root ends."""
    certificate = authority.issue(
        root_key,
        root,
        public_key,
        name=unit.name,
        unit_id=unit.id,
        valid_from=max(at, root.not_valid_before_utc),
        valid_to=root.not_valid_after_utc,
    )
    der = certificate.public_bytes(Encoding.DER)
    return RegisteredKey(keys.fingerprint(public_key), unit.id, day_of(at), None, der, recipient)
