"""The BagIt 1.0 bag (RFC 8493) inside a bundle: which entries it has, and the files that describe it.

Each describing file has one form. It is read by taking its free values out, writing it anew, and comparing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final, TypeVar

from exports.bundles.errors import (
    ContainerNotCanonical,
    DigestMismatch,
    MissingEntry,
    TagFileNotCanonical,
    UnexpectedEntry,
)
from parindex_desktop import __version__
from parindex_desktop.domain.revisions import FORMAT, FormatTooNew, Kind, digest_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from exports.bundles.container import Item

AGENT: Final = f"PAR Index Desktop {__version__}"

BAGIT: Final = "bagit.txt"
INFO: Final = "bag-info.txt"
MANIFEST: Final = "manifest-sha256.txt"
TAG_MANIFEST: Final = "tagmanifest-sha256.txt"
SIGNATURE: Final = "signature.p7s"
FETCH: Final = "fetch.txt"
REVISION: Final = "data/revision.json"
EVIDENCE: Final = "data/evidence/"

LAYOUT: Final = (BAGIT, INFO, MANIFEST, TAG_MANIFEST, SIGNATURE, FETCH, REVISION, EVIDENCE)
"""The entries in their order; a name that ends in a slash stands for any number of files named by SHA-256."""

OPTIONAL: Final = frozenset({FETCH, EVIDENCE})
DEFLATED: Final = frozenset({REVISION})
LARGEST_TAG_FILE: Final = 8 * 1024 * 1024
"""A manifest of 20,000 files has 2.8 MB."""

DECLARATION: Final = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
NO_PERIOD: Final = "none"
TOP: Final = re.compile(r"[a-z0-9-]{1,64}")

_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_DIGEST: Final = re.compile(rb"[0-9a-f]{64}")
_UUID: Final = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_NUMBER: Final = r"0|[1-9][0-9]{0,15}"
_MANIFEST_LINE: Final = re.compile(r"([0-9a-f]{64})  (\S+)\n")
_FETCH_LINE: Final = re.compile(rf"cchc://held/([0-9a-f]{{64}}) ({_NUMBER}) \S+\n")
_NEWER: Final = re.compile(rb"\nCCHC-Format: ([0-9]{1,9})\n")
_INFO: Final = re.compile(
    r"Bag-Software-Agent: (?P<agent>[!-~](?:[ -~]{0,98}[!-~])?)\n"
    r"Bagging-Date: (?P<made>[0-9]{4}-[0-9]{2}-[0-9]{2})\n"
    rf"Payload-Oxum: (?P<total>{_NUMBER})\.(?P<count>{_NUMBER})\n"
    rf"CCHC-Format: {FORMAT}\n"
    r"CCHC-Kind: (?P<kind>[a-z_]+)\n"
    rf"CCHC-Unit: (?P<unit>{_UUID})\n"
    rf"CCHC-Period: (?P<period>[0-9]{{4}}|{NO_PERIOD})\n"
    rf"CCHC-Sequence: (?P<sequence>{_NUMBER})\n"
    r"CCHC-Packed: (?P<packed>[0-9a-f]{64})\n"
)

Content = TypeVar("Content")


@dataclass(frozen=True, slots=True)
class Claims:
    """What bag-info.txt says of the bundle; signed, and equal to the revision inside.

    `period` is None for a series without one. `total` and `count` are bytes and files of the complete payload,
    left-out evidence included. `packed` is the SHA-256 of the deflated revision, so that nothing is inflated
    that the signer has not signed.
    """

    agent: str
    made: date
    total: int
    count: int
    kind: Kind
    unit: str
    period: str | None
    sequence: int
    packed: str


@dataclass(frozen=True, slots=True)
class Arrangement:
    """The entries of one bag by their role: `files` by their name below the top folder."""

    top: str
    files: Mapping[str, Item]
    evidence: tuple[str, ...]


def arranged(items: Sequence[Item]) -> Arrangement:
    """The bag that the entries `items` form.

    Raises `UnexpectedEntry`, `MissingEntry`, or `ContainerNotCanonical` where their order or packing is wrong.
    """
    top = items[0].name.partition("/")[0] if items else ""
    files: dict[str, Item] = {}
    for item in items:
        folder, _, name = item.name.partition("/")
        if folder != top or role(name) is None:
            raise UnexpectedEntry(name=item.name)
        files[name] = item
    for name in LAYOUT:
        if name not in files and name not in OPTIONAL:
            raise MissingEntry(name=name)
    if list(files) != in_order(files):
        raise ContainerNotCanonical(place="ZIP")
    for name, item in files.items():
        if item.deflated != (name in DEFLATED):
            raise ContainerNotCanonical(place=item.name)
    return Arrangement(top, files, tuple(name[len(EVIDENCE) :] for name in files if role(name) == EVIDENCE))


def role(name: str) -> str | None:
    """The place of `name` in `LAYOUT`, None where it has none."""
    if name.startswith(EVIDENCE) and _SHA256.fullmatch(name, len(EVIDENCE)):
        return EVIDENCE
    return name if name in LAYOUT and not name.endswith("/") else None


def in_order(names: Iterable[str]) -> list[str]:
    """`names`, each of which has a role, as they follow one another in a bundle."""
    return sorted(names, key=lambda name: (LAYOUT.index(role(name) or ""), name))


def info(claims: Claims) -> bytes:
    """The bytes of bag-info.txt."""
    return (
        f"Bag-Software-Agent: {claims.agent}\n"
        f"Bagging-Date: {claims.made.isoformat()}\n"
        f"Payload-Oxum: {claims.total}.{claims.count}\n"
        f"CCHC-Format: {FORMAT}\n"
        f"CCHC-Kind: {claims.kind.value}\n"
        f"CCHC-Unit: {claims.unit}\n"
        f"CCHC-Period: {claims.period or NO_PERIOD}\n"
        f"CCHC-Sequence: {claims.sequence}\n"
        f"CCHC-Packed: {claims.packed}\n"
    ).encode("ascii")


def read_info(data: bytes) -> Claims:
    """Read bag-info.txt. Raises `TagFileNotCanonical`."""
    match = _INFO.fullmatch(_text(data, INFO))
    if match is None:
        raise TagFileNotCanonical(place=INFO)
    period = match["period"]
    try:
        return Claims(
            agent=match["agent"],
            made=date.fromisoformat(match["made"]),
            total=int(match["total"]),
            count=int(match["count"]),
            kind=Kind(match["kind"]),
            unit=match["unit"],
            period=None if period == NO_PERIOD else period,
            sequence=int(match["sequence"]),
            packed=match["packed"],
        )
    except ValueError as fault:
        raise TagFileNotCanonical(place=INFO) from fault


def refuse_newer(front: bytes) -> None:
    """Raise `FormatTooNew` where `front`, the first bytes of a bundle, names a newer format.

    Asked before anything else is judged: a newer bundle may differ in all that this program would complain of.
    """
    match = _NEWER.search(front)
    if match and int(match[1]) > FORMAT:
        raise FormatTooNew(format=str(int(match[1])), known=str(FORMAT))


def manifest(evidence: Collection[str], revision: str) -> bytes:
    """The bytes of manifest-sha256.txt: all evidence, left out or not, and the revision, by their SHA-256."""
    lines = [f"{sha256}  {EVIDENCE}{sha256}\n" for sha256 in sorted(evidence)]
    return "".join([*lines, f"{revision}  {REVISION}\n"]).encode("ascii")


def read_manifest(data: bytes) -> tuple[tuple[str, ...], str]:
    """The evidence and the revision that the manifest names. Raises `TagFileNotCanonical`."""
    lines = _MANIFEST_LINE.findall(_text(data, MANIFEST))
    evidence = tuple(sha256 for sha256, _ in lines[:-1])
    if not lines or len(set(evidence)) != len(evidence) or manifest(evidence, lines[-1][0]) != data:
        raise TagFileNotCanonical(place=MANIFEST)
    return evidence, lines[-1][0]


def tag_manifest(described: Mapping[str, bytes]) -> bytes:
    """The bytes of tagmanifest-sha256.txt, which is what is signed, for the other tag files as they are."""
    return "".join(f"{digest_of(described[name])}  {name}\n" for name in (INFO, BAGIT, MANIFEST)).encode(
        "ascii"
    )


def check_tag_manifest(data: bytes, described: Mapping[str, bytes]) -> None:
    """Raise `TagFileNotCanonical` or `DigestMismatch` unless `data` is the tag manifest of the tag files."""
    right = tag_manifest(described)
    if _DIGEST.sub(b"", data) != _DIGEST.sub(b"", right):
        raise TagFileNotCanonical(place=TAG_MANIFEST)
    if data != right:
        raise DigestMismatch(place=TAG_MANIFEST)


def fetch(left_out: Mapping[str, int]) -> bytes:
    """The bytes of fetch.txt: evidence (SHA-256) that the addressed office holds already, with sizes."""
    return "".join(
        f"cchc://held/{sha256} {left_out[sha256]} {EVIDENCE}{sha256}\n" for sha256 in sorted(left_out)
    ).encode("ascii")


def read_fetch(data: bytes) -> dict[str, int]:
    """The evidence that fetch.txt leaves out, with sizes. Raises `TagFileNotCanonical`."""
    left_out = {sha256: int(size) for sha256, size in _FETCH_LINE.findall(_text(data, FETCH))}
    if not left_out or fetch(left_out) != data:
        raise TagFileNotCanonical(place=FETCH)
    return left_out


def _text(data: bytes, place: str) -> str:
    try:
        return data.decode("ascii")
    except UnicodeDecodeError as fault:
        raise TagFileNotCanonical(place=place) from fault
