"""The revision inside a bundle: deflated, inflated within limits, checked in full."""

from __future__ import annotations

import json
import unicodedata
import zlib
from functools import cache
from typing import TYPE_CHECKING, Any

import resources
from exports.bundles.errors import DigestMismatch, TooLarge
from parindex_desktop.domain.revisions import (
    FORMAT,
    LARGEST_DOCUMENT,
    FormatTooNew,
    Revision,
    RevisionMalformed,
    RevisionNotCanonical,
    read_revision,
)

if TYPE_CHECKING:
    from jsonschema_rs import Draft202012Validator

_NO_WRAPPER = -zlib.MAX_WBITS


def packed(document: bytes) -> bytes:
    """`document` as it lies in the container: a raw deflate stream."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, _NO_WRAPPER)
    return deflate.compress(document) + deflate.flush()


def unpacked(data: bytes, size: int) -> bytes:
    """The `size` bytes that `data` inflates to, and never more than that in memory.

    Raises `TooLarge` where it is more than a revision may have, `DigestMismatch` where it is not `size` bytes.
    """
    if size > LARGEST_DOCUMENT:
        raise TooLarge(place="data/revision.json")
    inflate = zlib.decompressobj(_NO_WRAPPER)
    try:
        document = inflate.decompress(data, size + 1)
    except zlib.error as fault:
        raise DigestMismatch(place="data/revision.json") from fault
    if len(document) > size:
        raise TooLarge(place="data/revision.json")
    if len(document) < size or not inflate.eof or inflate.unused_data:
        raise DigestMismatch(place="data/revision.json")
    return document


def checked_revision(document: bytes) -> Revision:
    """The revision in `document`, after every rule of the frozen format: schema, NFC, canonical bytes, descent.

    Raises `RevisionMalformed`, `RevisionNotCanonical` or `FormatTooNew`.
    """
    _check_schema(document)
    revision = read_revision(document)
    if not unicodedata.is_normalized("NFC", document.decode()):
        raise RevisionNotCanonical
    if len({a.sha256 for a in revision.attachments}) != len(revision.attachments):
        raise RevisionMalformed(place="attachments")
    if len({a.digest for a in revision.ancestors}) != len(revision.ancestors):
        raise RevisionMalformed(place="ancestors")
    return revision


def _check_schema(document: bytes) -> None:
    """Raise `RevisionMalformed`, naming a place, unless the JSON Schema holds; `FormatTooNew` comes first."""
    import jsonschema_rs  # noqa: PLC0415 (only when a bundle is read or written)

    try:
        tree: Any = json.loads(document)
        stated = tree.get("format") if isinstance(tree, dict) else None
        if isinstance(stated, int) and stated > FORMAT:
            raise FormatTooNew(format=str(stated)[:9], known=str(FORMAT))
        _schema().validate(tree)
    except jsonschema_rs.ValidationError as fault:
        raise RevisionMalformed(place="/".join(map(str, fault.instance_path))[:80] or "/") from fault
    except (ValueError, RecursionError) as fault:
        raise RevisionMalformed(place="JSON") from fault


@cache
def _schema() -> Draft202012Validator:
    import jsonschema_rs  # noqa: PLC0415 (only when a bundle is read or written)

    return jsonschema_rs.Draft202012Validator(resources.tree("schemas/revision.schema.json"))
