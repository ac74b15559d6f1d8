"""Offices and bundles for the measurements, made by the program's own services."""

from __future__ import annotations

import os
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cryptography.x509 import load_der_x509_certificate

from exports.bundles.writing import make_seal, rebuild_bundle
from exports.signing import cms, keys
from exports.signing.recipients import recipient_of
from parindex_desktop.domain.assessments import answer_key, figures_entry
from parindex_desktop.domain.documents import Document, Form
from parindex_desktop.domain.kits import key_entry, unit_entry
from parindex_desktop.domain.revisions import Entry, Kind, Mode, Revision, Series, State, digest_of
from parindex_desktop.domain.scoring.answers import Answer
from parindex_desktop.domain.scoring.inputs import InputKind
from parindex_desktop.domain.units import Level, Unit
from parindex_desktop.services import register
from parindex_desktop.services.founding import NewOffice, found, register_key
from parindex_desktop.services.series import attachments_of

if TYPE_CHECKING:
    from pathlib import Path

    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.x509 import Certificate

    from parindex_desktop.domain.criteria import CriteriaSet
    from parindex_desktop.services.homes import Office

PASSPHRASE = "demo"


@dataclass(frozen=True)
class Sender:
    """A unit that can sign."""

    unit: Unit
    key: EllipticCurvePrivateKey
    certificate: Certificate
    root: Certificate


def province(home: Path, units: int) -> tuple[Office, CriteriaSet, list[Sender]]:
    """A province whose kit names `units` communes, each with an enrolled key."""
    office = found(home, NewOffice(Level.PROVINCE, "Sở Nội vụ", PASSPHRASE))
    criteria = register.import_set(office, register.shipped_sets()["commune-2026.json"])
    register.open_period(office, "2026", [criteria])
    kit = register.current_kit(office)
    root_key = keys.load_key(office.root_key, PASSPHRASE)
    assert kit.root is not None
    root = load_der_x509_certificate(kit.root)
    entries, senders = {}, []
    for number in range(units):
        unit = Unit(str(uuid.uuid4()), f"{number + 1:05d}", f"Xã số {number + 1}", Level.COMMUNE, office.record.unit)
        key = keys.new_key()
        registered = register_key(root_key, root, key.public_key(), recipient_of(key), unit, office.clock())
        entries |= {f"unit/{unit.id}": unit_entry(unit), f"key/{registered.fingerprint}": key_entry(registered)}
        senders.append(Sender(unit, key, load_der_x509_certificate(registered.certificate), root))
    with office.begin() as session:
        opened = register.provincial_series(session, office)
        opened.put(office, session, entries)
    return office, criteria, senders


def bundle(target: Path, criteria: CriteriaSet, sender: Sender, office: Office, evidence: dict[str, Path]) -> None:
    """A first hand-over of `sender`: every criterion answered, with all of `evidence` (SHA-256 -> file)."""
    leaves = [leaf for leaf in criteria.leaves() if leaf.inputs]
    values = {}
    for leaf in leaves:
        inputs = {spec.name: _figure(spec) for spec in leaf.inputs}
        values[answer_key(leaf.id, "figures")] = figures_entry(Answer(inputs=inputs))
        values[answer_key(leaf.id, "explanation")] = "Giải trình của đơn vị"
    for number, (sha256, path) in enumerate(evidence.items()):
        document = Document(
            str(uuid.uuid4()), Form.FILE, f"{number}/BC-UBND", None, "", "Báo cáo", name=f"{number}.pdf",
            sha256=sha256, size=path.stat().st_size,
        )
        values[f"document/{document.id}"] = document.entry()
        values[f"link/{leaves[number % len(leaves)].id}/{document.id}"] = {"page": "1"}
    revision = Revision(
        series=Series(Kind.ASSESSMENT, sender.unit.id, "2026", sender.unit.id),
        audience=(str(office.record.unit),),
        sequence=1,
        parents=(),
        ancestors=(),
        key=keys.fingerprint(sender.key.public_key()),
        kit=None,
        criteria_set=criteria.digest,
        state=State.FINAL,
        mode=Mode.REAL,
        journal="0" * 64,
        entries={key: Entry(value, ("self",)) for key, value in values.items()},
        attachments=attachments_of(values.values()),
    )

    def sign(content: bytes) -> bytes:
        return cms.sign(content, sender.key, sender.certificate, [sender.root], office.clock())

    seal = make_seal(f"xa-{sender.unit.code}", revision.document(), made=office.clock().date(), sign=sign)
    rebuild_bundle(target, seal, evidence=evidence.__getitem__)


def random_files(folder: Path, count: int, size: int) -> dict[str, Path]:
    """`count` files of `size` random bytes, by SHA-256."""
    folder.mkdir(parents=True)
    made = {}
    for number in range(count):
        path = folder / f"{number:05d}.bin"
        data = os.urandom(size)
        path.write_bytes(data)
        made[digest_of(data)] = path
    return made


def _figure(spec) -> str:
    match spec.kind:
        case InputKind.COUNT | InputKind.AMOUNT:
            return "10" if spec.name == "denominator" else "9"
        case InputKind.YES_NO | InputKind.CHECK:
            return "yes"
        case InputKind.DATE:
            return "2026-01-15"
        case InputKind.CHOICE:
            return spec.options[0].id
