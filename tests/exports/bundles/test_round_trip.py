"""What is written is what is read, and what was taken in is made again byte for byte."""

from __future__ import annotations

import hashlib
import itertools
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.bundles import bag
from exports.bundles.errors import EvidenceDamaged, SealDamaged
from exports.bundles.reading import StagedFile, verify_bundle
from exports.bundles.writing import write_bundle
from exports.signing import keys
from parindex_desktop.domain.errors import BundleRefused
from parindex_desktop.domain.revisions import Kind, Series, digest_of

from .conftest import Desk, container_of

if TYPE_CHECKING:
    from .conftest import Office

CONTENTS = (b"", b"%PDF-1.7 a", b"\x89PNG" * 1000, bytes(range(256)) * 5000)


def test_a_bundle_says_what_was_written(desk: Desk) -> None:
    attachments = desk.attach(*CONTENTS)
    revision = desk.revision(attachments)
    path, written = desk.write(revision)
    folder = desk.inbox()
    staged = desk.stage(path, folder)
    assert staged.revision == revision
    assert staged.digest == digest_of(revision.document())
    assert staged.seal == written.seal
    assert written.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert staged.size == written.size == path.stat().st_size
    assert staged.seal == written.seal == path.read_bytes()[: len(written.seal)]
    assert staged.signer.fingerprint == keys.fingerprint(desk.office.key.public_key())
    assert {(f.sha256, f.size) for f in staged.files} == {(a.sha256, a.size) for a in attachments}
    assert {f.name: f.read_bytes() for f in folder.iterdir()} == {
        hashlib.sha256(content).hexdigest(): content for content in CONTENTS
    }


def test_the_outside_tells_what_the_revision_says(desk: Desk) -> None:
    path, _ = desk.write(desk.revision(desk.attach(b"one", b"four")))
    staged = verify_bundle(path, judge=lambda _claims, _signer: None)
    claims, signer = staged.claims, staged.signer
    assert (claims.kind, claims.unit, claims.period, claims.sequence) == (
        Kind.ASSESSMENT,
        desk.revision().series.author,
        "2026",
        1,
    )
    assert claims.count == 3
    assert claims.agent.startswith("PAR Index Desktop ")
    assert signer.certificate == desk.office.certificate


def test_a_series_without_a_period_says_none(desk: Desk) -> None:
    revision = desk.revision()
    kit = Series(Kind.KIT, revision.series.author, None, "none")
    path, _ = desk.write(desk.revision(series=kit))
    assert b"\nCCHC-Period: none\n" in path.read_bytes()
    assert desk.stage(path).claims.period is None


def test_evidence_that_is_held_is_checked_and_not_copied(desk: Desk) -> None:
    one, two = desk.attach(b"held already", b"new")
    path, _ = desk.write(desk.revision([one, two]))
    folder = desk.inbox()
    staged = desk.stage(path, folder, has=lambda sha256: sha256 == one.sha256)
    assert set(staged.files) == {
        StagedFile(one.sha256, one.size, False),
        StagedFile(two.sha256, two.size, True),
    }
    assert [f.name for f in folder.iterdir()] == [two.sha256]


def test_left_out_evidence_is_named_with_its_size(desk: Desk) -> None:
    one, two = desk.attach(b"held there", b"goes along")
    path, _ = desk.write(desk.revision([one, two]), left_out=[one.sha256])
    staged = desk.stage(path)
    assert staged.left_out == {one.sha256: one.size}
    assert [f.sha256 for f in staged.files] == [two.sha256]
    assert staged.claims.count == 3


def test_nothing_can_be_left_out_that_is_not_attached(desk: Desk) -> None:
    with pytest.raises(ValueError, match="left out"):
        desk.write(desk.revision(), left_out=["0" * 64])


def test_verifying_copies_nothing(desk: Desk) -> None:
    path, written = desk.write(desk.revision(desk.attach(*CONTENTS)))
    before = sorted(desk.folder.rglob("*"))
    staged = verify_bundle(path, judge=lambda _claims, _signer: None)
    assert staged.seal == written.seal
    assert not any(f.copied for f in staged.files)
    assert sorted(desk.folder.rglob("*")) == before


@given(
    st.lists(st.binary(max_size=2000), unique=True, max_size=6),
    st.data(),
)
def test_a_bundle_is_made_again_byte_for_byte(
    office: Office, contents: list[bytes], data: st.DataObject
) -> None:
    with tempfile.TemporaryDirectory() as name:
        sender = Desk(office, Path(name))
        attachments = sender.attach(*contents)
        left_out = [a.sha256 for a in attachments if data.draw(st.booleans())]
        path, _ = sender.write(sender.revision(attachments), left_out=left_out)
        inbox = sender.inbox()
        staged = sender.stage(path, inbox)
        again = sender.folder / "again.cchc"
        written = write_bundle(again, staged.seal, evidence=lambda sha256: inbox / sha256)
        assert again.read_bytes() == path.read_bytes()
        assert written.seal == staged.seal


def test_a_damaged_seal_makes_no_bundle(desk: Desk) -> None:
    _, written = desk.write(desk.revision(desk.attach(b"evidence")))
    target = desk.folder / "again.cchc"
    for seal in (b"", written.seal[:-1], written.seal + b"\0", written.seal[: len(written.seal) // 2]):
        with pytest.raises(SealDamaged):
            write_bundle(target, seal, evidence=desk.evidence)
    assert not target.exists()


def test_a_store_that_lost_or_changed_a_file_makes_no_bundle(desk: Desk) -> None:
    (attachment,) = desk.attach(b"x" * 10_000_000)
    path, written = desk.write(desk.revision([attachment]))
    path.unlink()
    stored = desk.evidence(attachment.sha256)
    content = stored.read_bytes()
    for damaged in (None, b"", content[:-1], content + b"x", b"y" + content[1:]):
        stored.unlink() if damaged is None else stored.write_bytes(damaged)
        with pytest.raises(EvidenceDamaged, match=attachment.sha256):
            desk.write(desk.revision([attachment]))
        with pytest.raises(EvidenceDamaged, match=attachment.sha256):
            write_bundle(path, written.seal, evidence=desk.evidence)
    assert [entry.name for entry in desk.folder.iterdir()] == ["store"]


class NotBelieved(BundleRefused):
    code = "test.not_believed"
    template = "no"


def test_the_signer_is_judged_before_anything_behind_the_signature_is_read(desk: Desk) -> None:
    parts = desk.parts(desk.revision(desk.attach(b"evidence")))
    spoiled = [(name, data[:-1] + b"\0" if name.startswith(bag.EVIDENCE) else data) for name, data in parts]

    def judge(claims: bag.Claims, _signer: object) -> None:
        raise NotBelieved(unit=claims.unit)

    for entries in (parts, spoiled):
        with pytest.raises(NotBelieved):
            desk.stage(container_of(entries), judge=judge)


def test_progress_ends_at_the_whole(desk: Desk) -> None:
    told: list[tuple[int, int]] = []
    path, written = desk.write(
        desk.revision(desk.attach(*CONTENTS)), progress=lambda done, total: told.append((done, total))
    )
    assert told[-1] == (2 * written.size, 2 * written.size)
    assert all(before <= after for (before, _), (after, _) in itertools.pairwise(told))
    told.clear()
    desk.stage(path, progress=lambda done, total: told.append((done, total)))
    assert told[-1][0] == told[-1][1]
