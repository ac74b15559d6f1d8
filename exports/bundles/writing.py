"""Writing bundles: a seal is made from a revision, a bundle from a seal and the evidence in the store.

The seal is the file up to its first piece of evidence: tag files, signature, fetch.txt, revision. All else
follows from it and from the store, so a receiver keeps nothing more and still passes a bundle on byte for byte.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import reduce
from typing import TYPE_CHECKING, Final

from exports.bundles import bag
from exports.bundles.background import PIECE, Background
from exports.bundles.container import Item, local_header, offsets_of, read_front, tail_of
from exports.bundles.documents import checked_revision, packed, unpacked
from exports.bundles.errors import EvidenceDamaged, SealDamaged
from exports.bundles.sticks import Sink, verified_write
from parindex_desktop.domain.errors import BundleRefused
from parindex_desktop.domain.revisions import digest_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from parindex_desktop.domain.revisions import Revision

Progress = Callable[[int, int], None]
"""Told how many bytes of how many are done; may raise `Cancelled`."""

_HELD_AT_ONCE: Final = 8 * PIECE
"""Evidence up to this size is read once and kept while its checksum is taken; larger files are read twice."""


@dataclass(frozen=True, slots=True)
class Written:
    """A bundle that stands on the medium: SHA-256 and size of the file, and its seal."""

    sha256: str
    size: int
    seal: bytes


def make_seal(
    top: str,
    document: bytes,
    *,
    made: date,
    sign: Callable[[bytes], bytes],
    left_out: Collection[str] = (),
) -> bytes:
    """Seal of a new bundle: the revision `document` described, signed and packed.

    `top` names the folder inside (``[a-z0-9-]{1,64}``), `made` is the day, `left_out` the evidence that the
    addressed office holds; `sign` gives the detached signature over some bytes. Raises what makes a document no
    revision (`checked_revision`).
    """
    revision = checked_revision(document)
    if not bag.TOP.fullmatch(top) or not set(left_out) <= {a.sha256 for a in revision.attachments}:
        raise ValueError("the top folder or the evidence left out is not what a bundle may have")
    return _seal(top, document, revision, made, set(left_out), sign)


def write_bundle(
    target: Path,
    seal: bytes,
    *,
    evidence: Callable[[str], Path],
    progress: Progress = lambda _done, _total: None,
) -> Written:
    """Write the bundle of `seal` whole and read back, or not at all; the same seal always gives the same bytes.

    `evidence` tells where the store keeps a SHA-256. `progress` is told the bytes done, of twice the size:
    written, then read back; it may raise `Cancelled`. Raises `SealDamaged`, `EvidenceDamaged`, and the errors of
    `verified_write`.
    """
    try:
        entries = dict(read_front(seal))
        arrangement = bag.arranged(list(entries))
        files = {name: entries[item] for name, item in arrangement.files.items()}
        item = arrangement.files[bag.REVISION]
        revision = checked_revision(unpacked(files[bag.REVISION], item.size))
        left_out = bag.read_fetch(files[bag.FETCH]) if bag.FETCH in files else {}
    except (ValueError, BundleRefused) as fault:
        raise SealDamaged from fault
    return _write(target, seal, _present(revision, left_out), evidence, progress)


def _present(revision: Revision, left_out: Collection[str]) -> dict[str, int]:
    return {a.sha256: a.size for a in revision.attachments if a.sha256 not in left_out}


def _seal(
    top: str,
    document: bytes,
    revision: Revision,
    made: date,
    left_out: set[str],
    sign: Callable[[bytes], bytes],
) -> bytes:
    deflated = packed(document)
    sizes = {attachment.sha256: attachment.size for attachment in revision.attachments}
    claims = bag.Claims(
        agent=bag.AGENT,
        made=made,
        total=len(document) + sum(sizes.values()),
        count=1 + len(sizes),
        kind=revision.series.kind,
        unit=revision.series.author,
        period=revision.series.period,
        sequence=revision.sequence,
        packed=digest_of(deflated),
    )
    files = {
        bag.BAGIT: bag.DECLARATION,
        bag.INFO: bag.info(claims),
        bag.MANIFEST: bag.manifest(sizes, digest_of(document)),
    }
    files[bag.TAG_MANIFEST] = bag.tag_manifest(files)
    files[bag.SIGNATURE] = sign(files[bag.TAG_MANIFEST])
    if left_out:
        files[bag.FETCH] = bag.fetch({sha256: sizes[sha256] for sha256 in left_out})
    seal = b""
    for name, data in files.items():
        seal += _entry(Item(f"{top}/{name}", len(data), len(data), zlib.crc32(data)), len(seal), data)
    name = f"{top}/{bag.REVISION}"
    item = Item(name, len(deflated), len(document), zlib.crc32(document), deflated=True)
    return seal + _entry(item, len(seal), deflated)


def _entry(item: Item, offset: int, data: bytes) -> bytes:
    return local_header(item, offset) + data


def _write(
    target: Path,
    seal: bytes,
    present: Mapping[str, int],
    evidence: Callable[[str], Path],
    progress: Progress,
) -> Written:
    items = [item for item, _ in read_front(seal)]
    top = items[0].name.partition("/")[0]
    planned = [
        Item(f"{top}/{bag.EVIDENCE}{sha256}", size, size, 0) for sha256, size in sorted(present.items())
    ]
    size = offsets_of([*items, *planned])[1] + len(tail_of([*items, *planned]))
    with (
        verified_write(target, size, lambda done: progress(size + done, 2 * size)) as sink,
        Background() as hashing,
    ):
        sink.write(seal)
        for item in planned:
            path = evidence(item.name[-64:])
            items.append(_copy(path, item, sink, hashing, lambda: progress(sink.size, 2 * size)))
        hashing.finish()
        sink.write(tail_of(items))
    return Written(sink.sha256(), size, seal)


def _copy(path: Path, planned: Item, sink: Sink, hashing: Background, tick: Callable[[], None]) -> Item:
    """Write one piece of evidence; `planned` has all but its checksum, which stands before the data.

    The digest is taken of the very bytes that are written.
    """
    sha256 = planned.name[-64:]
    held = list(_pieces(path, planned)) if planned.size <= _HELD_AT_ONCE else None
    item = replace(planned, crc=reduce(_crc, held or _pieces(path, planned), 0))
    sink.write(local_header(item, sink.size))
    digest = hashlib.sha256()
    crc = 0
    for piece in held or _pieces(path, planned):
        sink.write(piece)
        hashing.do(digest.update, piece)
        crc = zlib.crc32(piece, crc)
        tick()
    hashing.do(_expect, digest, sha256)
    if crc != item.crc:
        raise EvidenceDamaged(sha256=sha256)
    return item


def _pieces(path: Path, planned: Item) -> Iterator[bytes]:
    """The content of a file of the store; raises `EvidenceDamaged` where it is gone or has another size."""
    left = planned.size
    try:
        with path.open("rb", buffering=0) as file:
            while left >= 0 and (piece := file.read(PIECE)):
                left -= len(piece)
                yield piece
    except OSError as fault:
        raise EvidenceDamaged(sha256=planned.name[-64:]) from fault
    if left:
        raise EvidenceDamaged(sha256=planned.name[-64:])


def _crc(crc: int, piece: bytes) -> int:
    return zlib.crc32(piece, crc)


def _expect(digest: hashlib._Hash, sha256: str) -> None:
    if digest.hexdigest() != sha256:
        raise EvidenceDamaged(sha256=sha256)
