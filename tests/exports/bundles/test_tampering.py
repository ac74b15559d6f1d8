"""Whatever is done to a bundle after it was signed: it is refused with one clear reason, and nothing is left."""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.bundles import bag, errors
from exports.bundles.container import local_header, tail_of
from exports.bundles.documents import packed
from exports.bundles.reading import stage_bundle
from exports.signing.errors import SignatureForeignProfile, SignatureInvalid
from parindex_desktop.domain.errors import BundleRefused
from parindex_desktop.domain.revisions import FormatTooNew, RevisionNotCanonical, digest_of

from .conftest import TOP, Desk, container_of

if TYPE_CHECKING:
    from pathlib import Path

    from .conftest import Entries, Office


@pytest.fixture(scope="module")
def honest(office: Office, tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, Path]:
    """The bytes of a small bundle with two files of evidence and one left out, and a folder to work in."""
    folder = tmp_path_factory.mktemp("honest")
    desk = Desk(office, folder)
    attachments = desk.attach(b"%PDF-1.7 so lieu", b"\x89PNG anh", b"da co o tren")
    path, _ = desk.write(desk.revision(attachments), left_out=[attachments[0].sha256])
    return path.read_bytes(), folder


def refusal(data: bytes, folder: Path) -> BundleRefused:
    """Why `data` is refused; there is no third thing beside a refusal and a bundle that is in order."""
    source = folder / "in.cchc"
    inbox = folder / "in"
    inbox.mkdir(exist_ok=True)
    source.write_bytes(data)
    with pytest.raises(BundleRefused) as caught:
        stage_bundle(source, inbox, judge=lambda _claims, _signer: None, has=lambda _sha256: False)
    assert not list(inbox.iterdir())
    return caught.value


def refused(desk: Desk, data: bytes, reason: type[BundleRefused], match: str | None = None) -> None:
    with pytest.raises(reason, match=match):
        desk.stage(data)


def test_the_honest_one_is_taken_in(honest: tuple[bytes, Path], desk: Desk) -> None:
    assert len(desk.stage(honest[0]).files) == 2


@pytest.mark.parametrize("change", [0x01, 0x80])
def test_every_flipped_byte_is_refused(honest: tuple[bytes, Path], change: int) -> None:
    data, folder = honest
    for place in range(len(data)):
        refusal(data[:place] + bytes([data[place] ^ change]) + data[place + 1 :], folder)


@given(st.data())
def test_any_other_byte_anywhere_is_refused(honest: tuple[bytes, Path], draw: st.DataObject) -> None:
    data, folder = honest
    place = draw.draw(st.integers(0, len(data) - 1))
    other = draw.draw(st.integers(0, 255).filter(lambda value: value != data[place]))
    refusal(data[:place] + bytes([other]) + data[place + 1 :], folder)


def test_every_cut_is_told_as_one(honest: tuple[bytes, Path]) -> None:
    data, folder = honest
    for length in range(len(data)):
        expected = errors.NotABundle if length < 4 else errors.Truncated
        assert type(refusal(data[:length], folder)) is expected, length


def test_a_cut_within_evidence_that_is_itself_an_archive_is_told_as_one(desk: Desk) -> None:
    inner = BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("bang.xlsx", b"0" * 100)
    path, written = desk.write(desk.revision(desk.attach(inner.getvalue())))
    data = path.read_bytes()
    end_of_evidence = data.rindex(inner.getvalue()) + len(inner.getvalue())
    assert written.size > end_of_evidence
    refused(desk, data[:end_of_evidence], errors.Truncated)


@given(st.binary(max_size=200))
def test_garbage_is_no_bundle(honest: tuple[bytes, Path], garbage: bytes) -> None:
    refusal(garbage, honest[1])


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", errors.NotABundle),
        (b"%PDF-1.7\n%%EOF\n", errors.NotABundle),
        (b"PK\x05\x06" + b"\0" * 18, errors.NotABundle),
        (b"PK\x03\x04", errors.Truncated),
        (b"PK\x03\x04" + b"\xff" * 100_000, errors.Truncated),
    ],
    ids=["empty", "pdf", "empty zip", "sign only", "nonsense"],
)
def test_other_files_are_named(desk: Desk, data: bytes, reason: type[BundleRefused]) -> None:
    refused(desk, data, reason)


def test_nothing_stands_before_or_behind(honest: tuple[bytes, Path], desk: Desk) -> None:
    data = honest[0]
    for more in (b"\0", b"\n", b"x" * 70_000, data):
        refused(desk, data + more, errors.ContainerNotCanonical)
    for more in (b"\0", b"MZ" + b"\0" * 200, b"PK\x03\x04"):
        assert isinstance(
            refusal(more + data, honest[1]), errors.NotABundle | errors.Truncated | BundleRefused
        )


def test_a_comment_is_refused(honest: tuple[bytes, Path], desk: Desk) -> None:
    data = honest[0]
    refused(desk, data[:-2] + b"\x02\0hi", errors.ContainerNotCanonical)


def parts_of(desk: Desk) -> Entries:
    return desk.parts(desk.revision(desk.attach(b"one", b"two")))


def test_two_entries_of_one_name_are_refused(desk: Desk) -> None:
    parts = parts_of(desk)
    for name, data in parts:
        refused(desk, container_of([*parts, (name, data)]), errors.DuplicateEntry, name)


@pytest.mark.parametrize(
    "name",
    [
        "../evil",
        "../../etc/passwd",
        "data/../../evil",
        "/etc/passwd",
        "C:/evil",
        "data\\evidence\\x",
        "data//evidence",
        "data/./evidence",
        "Data/Revision.json",
        "data/evidence/.hidden",
        "a" * 300,
        "data/evidence/",
        "tên.txt".encode().decode("latin-1"),
        "nul\x00.txt",
    ],
)
def test_names_that_lead_elsewhere_are_refused(desk: Desk, name: str) -> None:
    """The entry is put in by a lenient archiver, since our own writer could not."""
    path, _ = desk.write(desk.revision())
    with zipfile.ZipFile(path, "a") as archive:
        info = zipfile.ZipInfo("placeholder")
        info.filename = f"{TOP}/{name}"
        archive.writestr(info, b"evil")
    refused(desk, path.read_bytes(), errors.UnsafeName)


def test_an_absolute_top_folder_is_refused(desk: Desk) -> None:
    for top in ("/", "./", "../", "//", "A/", "a" * 65 + "/"):
        refused(desk, container_of(parts_of(desk), top=top), errors.UnsafeName)


def test_entries_under_two_top_folders_are_refused(desk: Desk) -> None:
    *parts, (name, data) = [(f"{TOP}/{name}", data) for name, data in parts_of(desk)]
    moved = [*parts, (name.replace(TOP, "other-top"), data)]
    deflated = frozenset({f"{TOP}/{bag.REVISION}"})
    refused(desk, container_of(moved, deflated, top=""), errors.UnexpectedEntry, "other-top")


@pytest.mark.parametrize(
    "name", ["readme.txt", "manifest-md5.txt", "tagmanifest-sha512.txt", "data/run.exe", "data/evidence/abc"]
)
def test_what_no_bundle_has_is_refused(desk: Desk, name: str) -> None:
    """A second manifest and a tag file that nobody lists among them."""
    refused(desk, container_of([*parts_of(desk), (name, b"")]), errors.UnexpectedEntry, name)


def test_evidence_that_nobody_signed_for_is_refused(desk: Desk) -> None:
    more = b"more"
    name = bag.EVIDENCE + hashlib.sha256(more).hexdigest()
    parts = [*parts_of(desk), (name, more)]
    parts = parts[:6] + sorted(parts[6:])
    refused(desk, container_of(parts), errors.UnexpectedEntry, name)


def test_each_entry_is_needed(desk: Desk) -> None:
    parts = parts_of(desk)
    for place, (name, _) in enumerate(parts):
        refused(desk, container_of(parts[:place] + parts[place + 1 :]), errors.MissingEntry, name)


def test_the_order_is_fixed(desk: Desk) -> None:
    parts = parts_of(desk)
    for place in range(len(parts) - 1):
        swapped = [*parts[:place], parts[place + 1], parts[place], *parts[place + 2 :]]
        refused(desk, container_of(swapped), errors.ContainerNotCanonical)


def test_only_the_revision_is_deflated(desk: Desk) -> None:
    parts = parts_of(desk)
    refused(desk, container_of(parts, deflated=frozenset()), errors.ContainerNotCanonical)
    for name, _ in parts:
        deflated = frozenset({bag.REVISION, name})
        if name != bag.REVISION:
            refused(desk, container_of(parts, deflated=deflated), errors.ContainerNotCanonical, name)


def test_an_archiver_cannot_pack_a_bundle(honest: tuple[bytes, Path], desk: Desk) -> None:
    """The same entries from zipfile: other versions, dates, attributes."""
    again = BytesIO()
    with zipfile.ZipFile(BytesIO(honest[0])) as archive, zipfile.ZipFile(again, "w") as packing:
        for info in archive.infolist():
            packing.writestr(info.filename, archive.read(info), info.compress_type)
    refused(desk, again.getvalue(), errors.ContainerNotCanonical)


def test_the_same_revision_deflated_otherwise_is_refused(desk: Desk) -> None:
    """The bytes in the container are signed, not only what they inflate to."""
    revision = desk.revision()
    parts = desk.parts(revision)
    data = container_of(parts)
    deflate = zlib.compressobj(1, zlib.DEFLATED, -15)
    other = deflate.compress(revision.document()) + deflate.flush()
    assert other != packed(revision.document())
    refused(desk, with_revision_packed_as(parts, other, len(revision.document())), errors.DigestMismatch)
    assert data == with_revision_packed_as(parts, packed(revision.document()), len(revision.document()))


def with_revision_packed_as(parts: Entries, inside: bytes, size: int) -> bytes:
    from exports.bundles.container import Item

    data = b""
    items = []
    for name, content in parts:
        deflated = name == bag.REVISION
        body = inside if deflated else content
        item = Item(
            f"{TOP}/{name}", len(body), size if deflated else len(content), zlib.crc32(content), deflated
        )
        items.append(item)
        data += local_header(item, len(data)) + body
    return data + tail_of(items)


def bomb_in(desk: Desk, inside: bytes, size: int, document: bytes) -> bytes:
    """A bundle whose signer has signed a revision that unpacks to `document`, whatever size it states."""
    revision = desk.revision()
    claims = bag.read_info(dict(desk.parts(revision))[bag.INFO])
    info = bag.info(
        bag.Claims(
            claims.agent,
            claims.made,
            size,
            1,
            claims.kind,
            claims.unit,
            claims.period,
            claims.sequence,
            digest_of(inside),
        )
    )
    parts = desk.parts(
        revision,
        **{bag.INFO: info, bag.MANIFEST: bag.manifest([], digest_of(document)), bag.REVISION: document},
    )
    return with_revision_packed_as(parts, inside, size)


def test_a_bomb_is_never_inflated_whole(desk: Desk) -> None:
    zeros = b"0" * (40 * 1024 * 1024)
    inside = packed(zeros)
    refused(desk, bomb_in(desk, inside, len(zeros), zeros), errors.TooLarge, bag.REVISION)
    refused(desk, bomb_in(desk, inside, 1000, zeros), errors.TooLarge, bag.REVISION)


def test_a_revision_shorter_than_it_says_is_refused(desk: Desk) -> None:
    document = desk.revision().document()
    for inside in (packed(document), packed(document)[:-1], packed(document) + b"\0", b"\xff\xff"):
        size = len(document) + 1 if inside == packed(document) else len(document)
        refused(desk, bomb_in(desk, inside, size, document), errors.DigestMismatch, bag.REVISION)


def test_a_signature_over_other_bytes_is_refused(desk: Desk, stranger: Office) -> None:
    parts = dict(parts_of(desk))
    other = desk.office.sign(parts[bag.TAG_MANIFEST] + b"\n")
    refused(desk, container_of(list((parts | {bag.SIGNATURE: other}).items())), SignatureInvalid)


def test_another_offices_signature_is_one_for_the_judge(desk: Desk, stranger: Office) -> None:
    """Whoever replaces the signature becomes the signer; and the revision says by which key it was made."""
    parts = dict(parts_of(desk))
    parts[bag.SIGNATURE] = stranger.sign(parts[bag.TAG_MANIFEST])
    seen = []
    with pytest.raises(errors.InfoDisagrees, match="key"):
        desk.stage(
            container_of(list(parts.items())), judge=lambda _claims, signer: seen.append(signer.certificate)
        )
    assert seen == [stranger.certificate]


def test_what_follows_the_signature_in_its_file_is_refused(desk: Desk) -> None:
    parts = dict(parts_of(desk))
    parts[bag.SIGNATURE] += b"\0"
    refused(desk, container_of(list(parts.items())), SignatureForeignProfile)


def test_changed_tag_files_are_refused(desk: Desk) -> None:
    """Each is changed into another canonical one; the signed tag manifest knows better."""
    parts = dict(parts_of(desk))
    info = parts[bag.INFO].replace(b"CCHC-Sequence: 1\n", b"CCHC-Sequence: 2\n")
    refused(
        desk, container_of(list((parts | {bag.INFO: info}).items())), errors.DigestMismatch, "tagmanifest"
    )


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (bag.BAGIT, b"1.0", b"0.97"),
        (bag.BAGIT, b"\n", b"\r\n"),
        (bag.INFO, b"\n", b"\r\n"),
        (bag.INFO, b"CCHC-Sequence: 1\n", b"CCHC-Sequence: 1\nCCHC-Sequence: 1\n"),
        (bag.INFO, b"CCHC-Sequence: 1\n", b"CCHC-Sequence: 01\n"),
        (bag.INFO, b"CCHC-Sequence: 1\n", b"CCHC-Sequence: -1\n"),
        (bag.INFO, b"CCHC-Sequence: 1\n", b"CCHC-Sequence: 1\nContact-Name: X\n"),
        (bag.INFO, b"Bagging-Date: 2026-11-20", b"Bagging-Date: 2026-02-30"),
        (bag.INFO, b"CCHC-Kind: assessment", b"CCHC-Kind: rumour"),
        (bag.INFO, b"CCHC-Period: 2026", b"CCHC-Period: \xd9\xa2\xd9\xa0\xd9\xa2\xd9\xa6"),
        (bag.INFO, b"CCHC-Format: 1", b"CCHC-Format: 0"),
        (bag.INFO, b"CCHC-Format: 1", b"CCHC-Format:  1"),
        (bag.MANIFEST, b"\n", b"\r\n"),
        (bag.MANIFEST, b"  data", b" *data"),
        (bag.MANIFEST, b"data/revision.json\n", b"data/revision.json"),
        (bag.MANIFEST, b"data/evidence/", b"data/EVIDENCE/"),
    ],
)
def test_tag_files_have_one_form(desk: Desk, name: str, old: bytes, new: bytes) -> None:
    """Even where the signer signed another one."""
    revision = desk.revision(desk.attach(b"one", b"two"))
    changed = dict(desk.parts(revision))[name].replace(old, new)
    parts = desk.parts(revision, **{name: changed})
    refused(desk, container_of(parts), errors.TagFileNotCanonical, name)


@pytest.mark.parametrize("change", [bytes.upper, lambda data: b"".join(data.splitlines(keepends=True)[::-1])])
def test_manifests_are_lower_case_and_sorted(desk: Desk, change: object) -> None:
    assert callable(change)
    revision = desk.revision(desk.attach(b"one", b"two"))
    parts = dict(desk.parts(revision))
    manifest = desk.parts(revision, **{bag.MANIFEST: change(parts[bag.MANIFEST])})
    refused(desk, container_of(manifest), errors.TagFileNotCanonical, bag.MANIFEST)
    tag_manifest = desk.parts(revision, **{bag.TAG_MANIFEST: change(parts[bag.TAG_MANIFEST])})
    refused(desk, container_of(tag_manifest), errors.TagFileNotCanonical, bag.TAG_MANIFEST)


def test_fetch_txt_says_exactly_what_is_left_out(desk: Desk) -> None:
    one, two = desk.attach(b"one", b"two")
    revision = desk.revision([one, two])

    def with_fetch(data: bytes, left_out: list[str]) -> bytes:
        return container_of(desk.parts(revision, left_out, **{bag.FETCH: data}))

    right = bag.fetch({one.sha256: one.size})
    assert desk.stage(with_fetch(right, [one.sha256])).left_out == {one.sha256: one.size}
    for wrong in (b"\n", right + right, right.replace(b"cchc:", b"http:"), right.replace(b"\n", b"\r\n")):
        refused(desk, with_fetch(wrong, [one.sha256]), errors.TagFileNotCanonical, bag.FETCH)
    refused(desk, with_fetch(right, []), errors.TagFileNotCanonical, bag.FETCH)
    refused(desk, with_fetch(bag.fetch({two.sha256: 3}), [one.sha256]), errors.MissingEntry, one.sha256)
    refused(desk, with_fetch(bag.fetch({one.sha256: 4}), [one.sha256]), errors.InfoDisagrees, "Payload-Oxum")


def test_sizes_in_fetch_txt_cannot_be_exchanged(desk: Desk) -> None:
    """The sum stays right, the revision knows better."""
    one, two = desk.attach(b"one", b"more than three")
    revision = desk.revision([one, two])
    exchanged = bag.fetch({one.sha256: two.size, two.sha256: one.size})
    parts = desk.parts(revision, [one.sha256, two.sha256], **{bag.FETCH: exchanged})
    refused(desk, container_of(parts), errors.InfoDisagrees, "attachments")


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        (b"CCHC-Kind: assessment", b"CCHC-Kind: kit", "CCHC-Kind"),
        (b"CCHC-Unit: 7d", b"CCHC-Unit: 8d", "CCHC-Unit"),
        (b"CCHC-Period: 2026", b"CCHC-Period: 2025", "CCHC-Period"),
        (b"CCHC-Period: 2026", b"CCHC-Period: none", "CCHC-Period"),
        (b"CCHC-Sequence: 1", b"CCHC-Sequence: 2", "CCHC-Sequence"),
        (b"Payload-Oxum: ", b"Payload-Oxum: 1", "Payload-Oxum"),
    ],
)
def test_outside_and_inside_say_the_same(desk: Desk, old: bytes, new: bytes, field: str) -> None:
    """A signer who lies on the outside, where trust is judged, is found out."""
    revision = desk.revision()
    info = dict(desk.parts(revision))[bag.INFO].replace(old, new)
    refused(desk, container_of(desk.parts(revision, **{bag.INFO: info})), errors.InfoDisagrees, field)


def test_attachments_that_are_not_in_the_manifest_are_refused(desk: Desk) -> None:
    one, two = desk.attach(b"one", b"two")
    inside = desk.revision([one, two]).document()
    parts = dict(desk.parts(desk.revision([one])))
    info = bag.read_info(parts[bag.INFO])
    claims = bag.Claims(
        info.agent,
        info.made,
        len(inside) + 3,
        2,
        info.kind,
        info.unit,
        info.period,
        1,
        digest_of(packed(inside)),
    )
    changes = {bag.INFO: bag.info(claims), bag.MANIFEST: bag.manifest([one.sha256], digest_of(inside))}
    entries = desk.parts(desk.revision([one]), **changes, **{bag.REVISION: inside})
    refused(desk, container_of(entries), errors.InfoDisagrees, "attachments")


def test_a_revision_that_is_not_canonical_is_refused(desk: Desk) -> None:
    document = desk.revision().document().replace(b'{"ancestors"', b'{ "ancestors"')
    refused(desk, bomb_in(desk, packed(document), len(document), document), RevisionNotCanonical)


@pytest.mark.parametrize("stated", ["2", "10", "999999999"])
def test_a_newer_format_is_named_before_anything_else_is_judged(desk: Desk, stated: str) -> None:
    """Though signature, tag files and entries may all be unknown to us."""
    newer = desk.parts(desk.revision())
    newer = [(n, d.replace(b"CCHC-Format: 1", f"CCHC-Format: {stated}".encode())) for n, d in newer]
    newer.insert(2, ("something-new.txt", b"?"))
    refused(desk, container_of(newer), FormatTooNew, stated)


def test_evidence_that_was_exchanged_is_refused(desk: Desk) -> None:
    """Same size, right CRC, another content."""
    parts = parts_of(desk)
    name, data = parts[-1]
    parts[-1] = (name, bytes(reversed(data)))
    refused(desk, container_of(parts), errors.DigestMismatch, name)


def test_a_header_that_differs_from_the_directory_is_refused(desk: Desk) -> None:
    """Two readings of one file: one for the checker, one for the unpacker."""
    path, _ = desk.write(desk.revision(desk.attach(b"one")))
    data = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        offsets = [info.header_offset for info in archive.infolist()]
    for offset in offsets:
        for place in range(30):
            changed = bytearray(data)
            changed[offset + place] ^= 0x01
            assert isinstance(refusal(bytes(changed), desk.folder), BundleRefused)
