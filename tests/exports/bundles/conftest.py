"""A province, a commune, its store of evidence, and bundles: honest ones, and ones made by hand."""

from __future__ import annotations

import hashlib
import uuid
import zlib
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from exports.bundles import bag
from exports.bundles.container import Item, local_header, tail_of
from exports.bundles.documents import packed
from exports.bundles.reading import Staged, stage_bundle
from exports.bundles.writing import Written, make_seal, write_bundle
from exports.signing import authority, cms, keys
from parindex_desktop.domain.revisions import (
    SELF,
    Attachment,
    Entry,
    Kind,
    Mode,
    Revision,
    Series,
    State,
    digest_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric import ec

NOW = datetime(2026, 11, 20, 1, 2, 3, tzinfo=UTC)
UNIT = "7d3a0c52-1a44-4f7a-9b62-0a5f6f6f0001"
TOP = "xa-muong-khuong-2026-1"

Entries = list[tuple[str, bytes]]
"""Name below the top folder and unpacked content, in order."""


@dataclass(frozen=True)
class Office:
    root: x509.Certificate
    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    def sign(self, content: bytes) -> bytes:
        return cms.sign(content, self.key, self.certificate, [self.root], NOW)


def made_office() -> Office:
    root_key, root = authority.new_authority("Tỉnh Lào Cai", NOW)
    key = keys.new_key()
    certificate = authority.issue(
        root_key,
        root,
        key.public_key(),
        name="Xã Mường Khương",
        unit_id=UNIT,
        valid_from=NOW,
        valid_to=NOW + timedelta(days=3650),
    )
    return Office(root, key, certificate)


class Desk:
    """An office at work in a folder: it stores evidence, makes revisions, writes and takes in bundles."""

    def __init__(self, office: Office, folder: Path) -> None:
        self.office = office
        self.folder = folder
        self.store = folder / "store"
        self.store.mkdir()

    def evidence(self, sha256: str) -> Path:
        return self.store / sha256

    def attach(self, *contents: bytes) -> tuple[Attachment, ...]:
        attached = []
        for content in contents:
            sha256 = hashlib.sha256(content).hexdigest()
            self.evidence(sha256).write_bytes(content)
            attached.append(Attachment(sha256, len(content)))
        return tuple(sorted(attached, key=lambda a: a.sha256))

    def revision(self, attachments: Iterable[Attachment] = (), answers: int = 2, **changes: Any) -> Revision:
        entries = {
            f"answer/{uuid.UUID(int=number)}/figures": Entry(
                {"inputs": {"done": "12", "total": "15"}}, (SELF,)
            )
            for number in range(answers)
        }
        revision = Revision(
            series=Series(Kind.ASSESSMENT, UNIT, "2026", UNIT),
            audience=("above",),
            sequence=1,
            parents=(),
            ancestors=(),
            key=keys.fingerprint(self.office.key.public_key()),
            kit="1" * 64,
            criteria_set="2" * 64,
            state=State.FINAL,
            mode=Mode.REAL,
            journal="3" * 64,
            entries=entries,
            attachments=tuple(attachments),
        )
        return replace(revision, **changes)

    def write(self, revision: Revision, name: str = "a.cchc", **options: Any) -> tuple[Path, Written]:
        path = self.folder / name
        sealing = {"made": NOW.date(), "sign": self.office.sign}
        sealing |= {name: options.pop(name) for name in ("made", "sign", "left_out") if name in options}
        seal = make_seal(TOP, revision.document(), **sealing)
        return path, write_bundle(path, seal, **({"evidence": self.evidence} | options))

    def inbox(self) -> Path:
        folder = self.folder / uuid.uuid4().hex
        folder.mkdir()
        return folder

    def stage(self, source: Path | bytes, folder: Path | None = None, **options: Any) -> Staged:
        """Take in a file, or bytes as a file; nothing is left in the folder when it is refused."""
        folder = folder or self.inbox()
        if isinstance(source, bytes):
            (folder.parent / "in.cchc").write_bytes(source)
            source = folder.parent / "in.cchc"
        options = {"judge": lambda _claims, _signer: None, "has": lambda _sha256: False} | options
        try:
            return stage_bundle(source, folder, **options)
        except BaseException:
            assert not list(folder.iterdir())
            raise

    def parts(self, revision: Revision, left_out: Sequence[str] = (), **changes: bytes) -> Entries:
        """The entries of an honest bundle; a tag file in `changes` is put in before the ones above it are made."""
        document = revision.document()
        sizes = {a.sha256: a.size for a in revision.attachments}
        claims = bag.Claims(
            agent=bag.AGENT,
            made=date(2026, 11, 20),
            total=len(document) + sum(sizes.values()),
            count=1 + len(sizes),
            kind=revision.series.kind,
            unit=revision.series.author,
            period=revision.series.period,
            sequence=revision.sequence,
            packed=digest_of(packed(document)),
        )
        made = {
            bag.BAGIT: bag.DECLARATION,
            bag.INFO: bag.info(claims),
            bag.MANIFEST: bag.manifest(sizes, digest_of(document)),
        } | {name: data for name, data in changes.items() if name in {bag.BAGIT, bag.INFO, bag.MANIFEST}}
        made[bag.TAG_MANIFEST] = changes.get(bag.TAG_MANIFEST, bag.tag_manifest(made))
        made[bag.SIGNATURE] = changes.get(bag.SIGNATURE) or self.office.sign(made[bag.TAG_MANIFEST])
        if left_out or bag.FETCH in changes:
            made[bag.FETCH] = changes.get(bag.FETCH) or bag.fetch(
                {sha256: sizes[sha256] for sha256 in left_out}
            )
        made[bag.REVISION] = changes.get(bag.REVISION, document)
        for sha256 in sorted(set(sizes) - set(left_out)):
            made[bag.EVIDENCE + sha256] = self.evidence(sha256).read_bytes()
        return list(made.items())


def container_of(entries: Entries, deflated: frozenset[str] = bag.DEFLATED, top: str = f"{TOP}/") -> bytes:
    """A canonical container of whatever entries, `top` put before their names."""
    data = b""
    items = []
    for name, content in entries:
        inside = packed(content) if name in deflated else content
        item = Item(top + name, len(inside), len(content), zlib.crc32(content), name in deflated)
        items.append(item)
        data += local_header(item, len(data)) + inside
    return data + tail_of(items)


@pytest.fixture(scope="session")
def office() -> Office:
    return made_office()


@pytest.fixture(scope="session")
def stranger() -> Office:
    """An office of another province."""
    return made_office()


@pytest.fixture
def desk(office: Office, tmp_path: Path) -> Desk:
    return Desk(office, tmp_path)


@pytest.fixture(scope="session")
def container() -> Any:
    return container_of
