"""Offices and bundles for the measurements, made by the program's own services."""

from __future__ import annotations

import json
import os
import uuid
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_der_x509_certificate

from db.office import record_evidence
from exports.bundles.writing import make_seal, write_bundle
from exports.signing import cms, keys
from exports.signing.recipients import recipient_of
from parindex_desktop.domain.assessments import SET, answer_key, content_digest
from parindex_desktop.domain.closing import Lock, Signed
from parindex_desktop.domain.documents import Document, Form
from parindex_desktop.domain.figures import figures_entry
from parindex_desktop.domain.kits import key_entry
from parindex_desktop.domain.recalculation import claims
from parindex_desktop.domain.revisions import Entry, Kind, Mode, Revision, Series, State, digest_of
from parindex_desktop.domain.scoring.answers import Answer
from parindex_desktop.domain.scoring.inputs import InputKind
from parindex_desktop.domain.scoring.outcome import ENGINE
from parindex_desktop.domain.scoring.totals import totals
from parindex_desktop.domain.unit_entries import unit_entry
from parindex_desktop.domain.units import Level, Unit
from parindex_desktop.services import attaching, enrolling, filling, kits, locking, receiving, register
from parindex_desktop.services.founding import NewOffice, found, register_key
from parindex_desktop.services.locking import SignedPaper
from parindex_desktop.services.series import attachments_of
from resources.language import day_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.x509 import Certificate

    from parindex_desktop.domain.criteria import CriteriaSet, Criterion
    from parindex_desktop.domain.revisions import Value
    from parindex_desktop.domain.scoring.inputs import InputSpec
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
    """A province whose kit names `units` communes, each with an enrolled key, and a set of sixty answers."""
    office = found(home, NewOffice(Level.PROVINCE, "Sở Nội vụ", PASSPHRASE))
    criteria = register.import_set(office, set_of_sixty())
    register.open_period(office, "2026", [criteria])
    kit = register.current_kit(office)
    root_key = keys.load_key(office.root_key, PASSPHRASE)
    assert kit.root is not None
    root = load_der_x509_certificate(kit.root)
    entries: dict[str, Value] = {}
    senders = []
    for number in range(1, units + 1):
        unit = Unit(str(uuid.uuid4()), f"{number:05d}", f"Xã số {number}", Level.COMMUNE, office.record.unit)
        key = keys.new_key()
        registered = register_key(root_key, root, key.public_key(), recipient_of(key), unit, office.clock())
        entries |= {
            f"unit/{unit.id}": unit_entry(unit),
            f"key/{registered.fingerprint}": key_entry(registered),
        }
        senders.append(Sender(unit, key, load_der_x509_certificate(registered.certificate), root))
    with office.begin() as session:
        register.provincial_series(session, office).put(office, session, entries)
    return office, criteria, senders


def set_of_sixty() -> bytes:
    """The shipped set, in which one of its 49 self-scored criteria has become a group of twelve."""
    tree = json.loads(register.shipped_sets()["commune-2026.json"])
    group = next(leaf for leaf in tree["criteria"][3]["children"] if leaf["code"] == "4.1")
    parts = [
        {
            **group,
            "id": str(uuid.uuid4()),
            "code": f"4.1.{number}",
            "maximum": "0.30" if number == 1 else "0.20",
        }
        for number in range(1, 13)
    ]
    shared = {name: group[name] for name in ("id", "code", "title", "maximum")}
    group.clear()
    group.update(shared, children=parts)
    return json.dumps(tree).encode()


def set_of_hundred() -> bytes:
    """The shipped set with copies of its own criteria in its fields until a hundred are self-scored."""
    tree = json.loads(set_of_sixty())
    leaves = [(field, leaf) for field in tree["criteria"] for leaf in field["children"] if _self_scored(leaf)]
    missing = 100 - sum(_self_scored(leaf) for field in tree["criteria"] for leaf in _leaves(field))
    for number in range(missing):
        field, leaf = leaves[number % len(leaves)]
        extra = {**leaf, "id": str(uuid.uuid4()), "code": f"{leaf['code']}.{number + 100}"}
        field["children"].append(extra)
        field["maximum"] = _plus(field["maximum"], extra["maximum"])
        tree["maximum"] = _plus(tree["maximum"], extra["maximum"])
    return json.dumps(tree).encode()


def _leaves(node: dict[str, object]) -> list[dict[str, object]]:
    children = node.get("children")
    if not isinstance(children, list):
        return [node]
    return [leaf for child in children for leaf in _leaves(child)]


def _self_scored(leaf: dict[str, object]) -> bool:
    rule = leaf.get("rule")
    return isinstance(rule, dict) and rule["kind"] not in {"survey", "sipas", "manual"}


def _plus(one: str, other: str) -> str:
    hundredths = sum(int(each.replace(".", "")) for each in (one, other))
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def answers(criteria: CriteriaSet) -> dict[str, Value]:
    """Figures and an explanation for every criterion that is self-scored."""
    values: dict[str, Value] = {}
    for leaf in criteria.leaves():
        if leaf.inputs:
            values[answer_key(leaf.id, "figures")] = figures_entry(_answer(leaf))
            values[answer_key(leaf.id, "explanation")] = "Giải trình của đơn vị"
    return values


def linked(criteria: CriteriaSet, evidence: Mapping[str, Path], times: int = 1) -> dict[str, Value]:
    """A document for each file of `evidence` (SHA-256 -> file), linked to `times` criteria."""
    leaves = [leaf for leaf in criteria.leaves() if leaf.inputs]
    values: dict[str, Value] = {}
    for number, (sha256, path) in enumerate(evidence.items()):
        document = Document(
            str(uuid.uuid4()),
            Form.FILE,
            f"{number}/BC-UBND",
            subject="Báo cáo",
            name=f"{number}.pdf",
            sha256=sha256,
            size=path.stat().st_size,
        )
        values[f"document/{document.id}"] = document.entry()
        for each in range(times):
            values[f"link/{leaves[(number + each) % len(leaves)].id}/{document.id}"] = {"page": "1"}
    return values


def bundle(
    target: Path,
    criteria: CriteriaSet,
    sender: Sender,
    office: Office,
    evidence: Mapping[str, Path],
    times: int = 1,
) -> None:
    """A first hand-over of `sender`: every criterion answered, all of `evidence` linked to `times` criteria."""
    values = answers(criteria) | linked(criteria, evidence, times) | {SET: criteria.digest}
    lock = Lock(
        content_digest(values),
        office.clock(),
        "lan",
        "0" * 64,
        "Chưa đủ tài liệu",
        ENGINE,
        claims(totals(criteria, {leaf.id: _answer(leaf) for leaf in criteria.leaves()})),
    )
    signed = Signed(lock.digest, "05/BC-UBND", date(2026, 11, 18), "Nguyễn Văn An", without="Máy quét hỏng")
    values |= {"lock": lock.entry(), "signed": signed.entry()}
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
        attachments=attachments_of(values),
    )

    def sign(content: bytes) -> bytes:
        return cms.sign(content, sender.key, sender.certificate, [sender.root], office.clock())

    seal = make_seal(f"xa-{sender.unit.code}", revision.document(), made=office.clock().date(), sign=sign)
    write_bundle(target, seal, evidence=evidence.__getitem__)


def root_certificate(sender: Sender, target: Path) -> None:
    """The province's root as foreign tools take it."""
    target.write_bytes(sender.root.public_bytes(Encoding.PEM))


def commune(
    folder: Path, evidence: Mapping[str, Path], times: int, *, locked: bool, document: bytes | None = None
) -> Path:
    """The home of an enrolled commune: all answered, `evidence` linked to `times` criteria; locked: and signed.

    It is assessed by the criteria set `document`, else by that of sixty answers.
    """
    folder.mkdir()
    code, request, kit = "03001", folder / "request.csr", folder / "kit.cchc"
    with found(folder / "province", NewOffice(Level.PROVINCE, "Sở Nội vụ", PASSPHRASE)) as province:
        criteria = register.import_set(province, document or set_of_sixty())
        register.add_units(province, [register.NewUnit(code, "Xã Bản Hồ", Level.COMMUNE)])
        register.open_period(province, "2026", [criteria])
        with found(folder / "commune", NewOffice(Level.COMMUNE, "Xã Bản Hồ", PASSPHRASE)) as office:
            fingerprint = enrolling.write_request(office, request, PASSPHRASE)
            enrolling.approve(province, request.read_bytes(), code, fingerprint, PASSPHRASE)
            kits.export_kit(province, PASSPHRASE, kit, lambda _done, _total: None)
            receiving.take_in(office, [kit], trust=enrolling.spoken_key(province))
            _fill(office, evidence, times)
            if locked:
                _lock(office)
    return folder / "commune"


def _fill(office: Office, evidence: Mapping[str, Path], times: int) -> None:
    form = filling.open_form(office)
    stored = [attaching.keep_file(office, path).stored for path in evidence.values()]
    with office.begin() as session:
        record_evidence(session, stored, str(office.record.unit), office.clock())
    filling.put(office, form, answers(form.criteria) | linked(form.criteria, evidence, times))


def _lock(office: Office) -> None:
    form = locking.lock(office, filling.open_form(office), "Chưa đủ tài liệu")
    paper = SignedPaper("05/BC-UBND", day_of(office.clock()), "Nguyễn Văn An", without="Máy quét hỏng")
    locking.record_signed(office, form, paper)


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


def _answer(leaf: Criterion) -> Answer:
    return Answer(inputs={spec.name: _figure(spec) for spec in leaf.inputs})


def _figure(spec: InputSpec) -> str:
    match spec.kind:
        case InputKind.COUNT | InputKind.AMOUNT:
            return "10" if spec.name == "denominator" else "9"
        case InputKind.YES_NO | InputKind.CHECK:
            return "yes"
        case InputKind.DATE:
            return "2026-01-15"
        case InputKind.CHOICE:
            return spec.options[0].id
