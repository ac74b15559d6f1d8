"""Taking a bundle apart, in one pass over the file, with nothing believed before it is proven.

The order is: container, tag files, signature, the caller's judgement of the signer, revision, evidence. The
revision is inflated only after its packed bytes have been found to be those that were signed, and evidence is
copied only after the revision has been read and found to name it. Names from the file never become paths.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from exports.bundles import bag, container
from exports.bundles.background import Background
from exports.bundles.documents import checked_revision, unpacked
from exports.bundles.errors import (
    ContainerNotCanonical,
    DigestMismatch,
    InfoDisagrees,
    MissingEntry,
    SourceUnreadable,
    TagFileNotCanonical,
    TooLarge,
    UnexpectedEntry,
)
from exports.bundles.staging import copies_in
from exports.bundles.stream import Stream
from exports.signing import cms
from parindex_desktop.domain.errors import reason_of
from parindex_desktop.domain.revisions import LARGEST_DOCUMENT, digest_of
from parindex_desktop.domain.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from exports.bundles.staging import Copies
    from parindex_desktop.domain.revisions import Revision

Judge = Callable[[bag.Claims, cms.Signer], None]
"""The caller's decision on trust: may this signer say this? Raises a `BundleRefused` if not."""

Progress = Callable[[int, int], None]
"""Told how many bytes of how many are done; may raise `Cancelled`."""

_FRONT: Final = 4096
"""Bytes within which every bundle, of whatever format, names its format."""

_BEGINNING: Final = 256
"""Bytes within which the first entry of every bundle ends."""


@dataclass(frozen=True, slots=True)
class StagedFile:
    """A piece of evidence in the bundle; `copied` unless the receiver had it already."""

    sha256: str
    size: int
    copied: bool


@dataclass(frozen=True, slots=True)
class Staged:
    """A bundle that was found to be in order in every part.

    `digest` names the revision, whose bytes are `document`; `seal` is what must be kept to rebuild the file, so its
    digest names the file; `files` is the evidence inside, `left_out` the evidence (with sizes) that the sender
    believes to be held here; `size` is that of the file. The file as a whole is not hashed: that would double the
    work, and every byte of it is proven by the signature, a digest, or the one form that it may have.
    """

    revision: Revision
    document: bytes
    digest: str
    seal: bytes
    files: tuple[StagedFile, ...]
    left_out: Mapping[str, int]
    claims: bag.Claims
    signer: cms.Signer
    size: int


@dataclass(frozen=True, slots=True)
class _Front:
    """A bundle up to its signature, which fits; `revision` is the digest that was signed for it."""

    arrangement: bag.Arrangement
    claims: bag.Claims
    revision: str
    left_out: Mapping[str, int]
    signer: cms.Signer
    seal: bytes


def begins_as_bundle(source: Path) -> bool:
    """Whether a file begins as every bundle does, whatever it is called; one that cannot be read does not."""
    try:
        with source.open("rb") as file:
            beginning = file.read(_BEGINNING)
        before, declaration, _ = beginning.partition(bag.DECLARATION)
        ((item, _content),) = container.read_front(before + declaration)
    except (OSError, ValueError):
        return False
    return bool(declaration) and item.name.partition("/")[2] == bag.BAGIT


def stage_bundle(
    source: Path,
    folder: Path,
    *,
    judge: Judge,
    has: Callable[[str], bool],
    progress: Progress = lambda _done, _total: None,
) -> Staged:
    """Check the bundle `source` in every part and copy its evidence to ``folder/<sha256>``.

    `judge` decides whether the signer may say this (it raises a `BundleRefused` if not), before anything behind
    the signature is read. Evidence that the receiver `has` is checked but not copied. `progress` is told the
    bytes done, and may raise `Cancelled`. When this returns, the copies are durable; when it raises, none of
    them is left.

    Raises a `BundleRefused`, `SourceUnreadable`, `DiskFull`, `TargetNotWritable`.
    """
    return _read(source, judge, progress, folder, has)


def verify_bundle(source: Path, *, judge: Judge, progress: Progress = lambda _done, _total: None) -> Staged:
    """Check the bundle `source` as `stage_bundle` does, and copy nothing."""
    return _read(source, judge, progress, None, lambda _sha256: True)


def _read(
    source: Path, judge: Judge, progress: Progress, folder: Path | None, has: Callable[[str], bool]
) -> Staged:
    with _opened(source) as (stream, items):
        front = _front(stream, items)
        judge(front.claims, front.signer)
        revision, document, seal = _revision(stream, front)
        evidence = [front.arrangement.files[bag.EVIDENCE + sha256] for sha256 in front.arrangement.evidence]
        files = tuple(
            StagedFile(sha256, item.size, copied=folder is not None and not has(sha256))
            for sha256, item in zip(front.arrangement.evidence, evidence, strict=True)
        )
        if evidence:
            copied = [file.size for file in files if file.copied]
            with copies_in(folder, sum(copied)) if folder and copied else nullcontext() as copies:
                _evidence(stream, evidence, files, copies, lambda: progress(stream.position, stream.end))
        return Staged(
            revision=revision,
            document=document,
            digest=front.revision,
            seal=seal,
            files=files,
            left_out=front.left_out,
            claims=front.claims,
            signer=front.signer,
            size=stream.size,
        )


@contextmanager
def _opened(source: Path) -> Iterator[tuple[Stream, tuple[container.Item, ...]]]:
    """The bytes of the file `source` from its beginning, and the entries that its container has."""
    name = clean(source.name[:80])
    try:
        file = source.open("rb")
    except OSError as fault:
        raise SourceUnreadable(name=name, detail=reason_of(fault)) from fault
    with file:
        try:
            bag.refuse_newer(file.read(_FRONT))
            directory = container.read_directory(file, name)
            file.seek(0)
        except OSError as fault:
            raise SourceUnreadable(name=name, detail=reason_of(fault)) from fault
        yield Stream(file, name, directory), directory.items


def _front(stream: Stream, items: Sequence[container.Item]) -> _Front:
    arrangement = bag.arranged(items)
    _check_sizes(arrangement)
    files: dict[str, bytes] = {}
    seal = b""
    for name, item in arrangement.files.items():
        if name == bag.REVISION:
            break
        seal += _header(stream, item)
        files[name] = stream.take(item.packed)
        if zlib.crc32(files[name]) != item.crc:
            raise DigestMismatch(place=name)
        seal += files[name]
    if files[bag.BAGIT] != bag.DECLARATION:
        raise TagFileNotCanonical(place=bag.BAGIT)
    claims = bag.read_info(files[bag.INFO])
    named, revision = bag.read_manifest(files[bag.MANIFEST])
    bag.check_tag_manifest(files[bag.TAG_MANIFEST], files)
    left_out = bag.read_fetch(files[bag.FETCH]) if bag.FETCH in files else {}
    _check_payload(arrangement, claims, set(named), left_out)
    signer = cms.verify(files[bag.SIGNATURE], files[bag.TAG_MANIFEST])
    return _Front(arrangement, claims, revision, left_out, signer, seal)


def _check_sizes(arrangement: bag.Arrangement) -> None:
    """Raise `TooLarge` where a part that is held in memory is larger than any honest one."""
    for name, item in arrangement.files.items():
        largest = LARGEST_DOCUMENT if name == bag.REVISION else bag.LARGEST_TAG_FILE
        if bag.role(name) != bag.EVIDENCE and max(item.size, item.packed) > largest:
            raise TooLarge(place=name)


def _check_payload(
    arrangement: bag.Arrangement, claims: bag.Claims, named: set[str], left_out: Mapping[str, int]
) -> None:
    """Hold what is in the container, and what fetch.txt leaves out, against manifest and bag-info."""
    present = set(arrangement.evidence)
    for sha256 in sorted(present - named):
        raise UnexpectedEntry(name=bag.EVIDENCE + sha256)
    for sha256 in sorted(named - present - set(left_out)):
        raise MissingEntry(name=bag.EVIDENCE + sha256)
    if set(left_out) != named - present:
        raise TagFileNotCanonical(place=bag.FETCH)
    payload = [item.size for name, item in arrangement.files.items() if name.startswith("data/")]
    total = sum(payload) + sum(left_out.values())
    if (claims.total, claims.count) != (total, len(payload) + len(left_out)):
        raise InfoDisagrees(field="Payload-Oxum")


def _revision(stream: Stream, front: _Front) -> tuple[Revision, bytes, bytes]:
    """The revision, its bytes, and the seal that ends with it."""
    item = front.arrangement.files[bag.REVISION]
    header = _header(stream, item)
    packed = stream.take(item.packed)
    if digest_of(packed) != front.claims.packed:
        raise DigestMismatch(place=bag.REVISION)
    document = unpacked(packed, item.size)
    if zlib.crc32(document) != item.crc or digest_of(document) != front.revision:
        raise DigestMismatch(place=bag.REVISION)
    revision = checked_revision(document)
    _check_claims(front, revision)
    return revision, document, front.seal + header + packed


def _check_claims(front: _Front, revision: Revision) -> None:
    """Raise `InfoDisagrees` where the revision is not what the outside of the bundle says."""
    claims = front.claims
    files = front.arrangement.files
    present = {sha256: files[bag.EVIDENCE + sha256].size for sha256 in front.arrangement.evidence}
    for field, outside, inside in (
        ("CCHC-Kind", claims.kind, revision.series.kind),
        ("CCHC-Unit", claims.unit, revision.series.author),
        ("CCHC-Period", claims.period, revision.series.period),
        ("CCHC-Sequence", claims.sequence, revision.sequence),
        ("key", front.signer.fingerprint, revision.key),
        ("attachments", present | dict(front.left_out), {a.sha256: a.size for a in revision.attachments}),
    ):
        if outside != inside:
            raise InfoDisagrees(field=field)


def _evidence(
    stream: Stream,
    items: Sequence[container.Item],
    files: Sequence[StagedFile],
    copies: Copies | None,
    tick: Callable[[], None],
) -> None:
    """Check all evidence, and copy what is to be copied."""
    with Background() as hashing:
        for item, file in zip(items, files, strict=True):
            _header(stream, item)
            digest = hashlib.sha256()
            crc = 0
            with copies.file(file.sha256) if copies and file.copied else nullcontext() as write:
                for piece in stream.pieces(item.size):
                    hashing.do(digest.update, piece)
                    crc = zlib.crc32(piece, crc)
                    if write:
                        write(piece)
                    tick()
            hashing.do(_expect, digest, item)
            if crc != item.crc:
                raise DigestMismatch(place=item.name)
        hashing.finish()
    tick()


def _expect(digest: hashlib._Hash, item: container.Item) -> None:
    if digest.hexdigest() != item.name[-64:]:
        raise DigestMismatch(place=item.name)


def _header(stream: Stream, item: container.Item) -> bytes:
    """Take the local header of `item`, which must be the one that follows from the central directory."""
    header = container.local_header(item, stream.position)
    if stream.take(len(header)) != header:
        raise ContainerNotCanonical(place=item.name)
    return header
