"""Signed revisions: what one office tells another, as immutable documents that name their ancestors.

A *series* is (kind, author, period, subject). A *revision* of it is one canonical JSON document (RFC 8785,
integers and text only), named by the SHA-256 of its bytes. The envelope is frozen in format 1 and described
in docs/format.md and `resources/schemas/revision.schema.json`; this module is its only reader and writer.

Sequence: a final revision is one more than its highest parent, a draft has its highest parent's number. So
people count what was handed over (lần 1, lần 2), however often the office's two machines exchanged drafts.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

import rfc8785

from parindex_desktop.domain.errors import BundleRefused
from parindex_desktop.domain.messages import msgid

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FORMAT: Final = 1
"""The newest format of a revision that this program writes and reads."""

SELF: Final = "self"
"""Writer of an entry whose value this very revision wrote; its digest cannot stand in its own bytes."""

CODE_GROUP: Final = 8
"""Digits of a group of a content code."""

LARGEST_DOCUMENT: Final = 32 * 1024 * 1024
"""Bytes of the largest revision that is read: a kit of 3.321 units has about 3 MB."""

Value = None | int | str | list[Any] | dict[str, Any]


class Kind(StrEnum):
    """What a series is about."""

    KIT = "kit"
    ASSESSMENT = "assessment"
    PROGRESS = "progress"
    CONTRIBUTION = "contribution"
    RETURN = "return"
    EXPLANATION_REQUEST = "explanation_request"
    APPRAISAL = "appraisal"
    RESULT = "result"
    RECEIPT = "receipt"


class State(StrEnum):
    """Whether a revision is handed over, or only passes between two machines of one office."""

    FINAL = "final"
    DRAFT = "draft"


class Mode(StrEnum):
    """Real work or training; a receiver never mixes the two."""

    REAL = "real"
    TRAINING = "training"


class RevisionMalformed(BundleRefused):
    """The document is not a revision of the frozen format."""

    code = "revision.malformed"
    template = msgid(
        "The data inside the bundle is not in the agreed form ({place}). Nothing was taken in; "
        "ask the sender to make the bundle again."
    )


class RevisionNotCanonical(BundleRefused):
    """The document says the same in other bytes than the canonical ones."""

    code = "revision.not_canonical"
    template = msgid(
        "The data inside the bundle was written by another program or was changed. Nothing was taken in; "
        "ask the sender to make the bundle again with this program."
    )


class FormatTooNew(BundleRefused):
    """The bundle was made by a newer program."""

    code = "bundle.format_too_new"
    template = msgid(
        "The bundle has format {format}, this program reads up to format {known}. Nothing was taken in; "
        "install the newer program, then open the bundle again."
    )


@dataclass(frozen=True, slots=True)
class Series:
    """What a revision continues: kind, the unit that writes it, period (a year, or none), subject."""

    kind: Kind
    author: str
    period: str | None
    subject: str


@dataclass(frozen=True, slots=True)
class Ancestor:
    """A revision that this one descends from; enough to tell which handed-over ones were never received."""

    digest: str
    sequence: int
    state: State


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact with the digests of the revisions that wrote it (`SELF` for the revision that holds it)."""

    value: Value
    writers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of evidence that the entries name, by its SHA-256 and size in bytes."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Revision:
    """One immutable statement of an office; fields as in docs/format.md."""

    series: Series
    audience: tuple[str, ...]
    sequence: int
    parents: tuple[str, ...]
    ancestors: tuple[Ancestor, ...]
    key: str
    kit: str | None
    criteria_set: str | None
    state: State
    mode: Mode
    journal: str
    entries: Mapping[str, Entry]
    attachments: tuple[Attachment, ...]

    def document(self) -> bytes:
        """The canonical bytes (RFC 8785); their SHA-256 is the revision's name."""
        return rfc8785.dumps(
            {
                "format": FORMAT,
                "kind": self.series.kind.value,
                "author": self.series.author,
                "period": self.series.period,
                "subject": self.series.subject,
                "audience": sorted(self.audience),
                "sequence": self.sequence,
                "parents": sorted(self.parents),
                "ancestors": [
                    {"digest": a.digest, "sequence": a.sequence, "state": a.state.value}
                    for a in sorted(self.ancestors, key=lambda a: a.digest)
                ],
                "key": self.key,
                "kit": self.kit,
                "set": self.criteria_set,
                "state": self.state.value,
                "mode": self.mode.value,
                "journal": self.journal,
                "entries": {
                    key: {"value": entry.value, "writers": sorted(entry.writers)}
                    for key, entry in self.entries.items()
                },
                "attachments": [
                    {"sha256": a.sha256, "size": a.size}
                    for a in sorted(self.attachments, key=lambda a: a.sha256)
                ],
            }
        )

    def knows(self, digest: str) -> bool:
        """Whether `digest` is among the ancestors."""
        return any(ancestor.digest == digest for ancestor in self.ancestors)


def digest_of(document: bytes) -> str:
    """Name of a document: SHA-256 in lower-case hexadecimal digits."""
    return hashlib.sha256(document).hexdigest()


def content_code(digest: str) -> str:
    """The digest of a revision as people compare it at both ends: in groups of eight digits."""
    return " ".join(digest[start : start + CODE_GROUP] for start in range(0, len(digest), CODE_GROUP))


def canonical(value: Value) -> bytes:
    """The canonical bytes of one value, to compare or to digest it."""
    return rfc8785.dumps(value)


def read_revision(document: bytes) -> Revision:
    """Read `document`, which must be the canonical bytes of a revision.

    Raises `FormatTooNew`, `RevisionMalformed` (naming the place) or `RevisionNotCanonical`.
    The JSON Schema is checked by the reader of bundles; here stand the rules that a schema cannot say.
    """
    tree = _tree(document)
    try:
        revision = _revision(tree)
        same = revision.document() == document
    except (
        KeyError,
        TypeError,
        ValueError,
        AttributeError,
        RecursionError,
        rfc8785.CanonicalizationError,
    ) as fault:
        raise RevisionMalformed(place=str(fault)[:80]) from fault
    if not same:
        raise RevisionNotCanonical
    _check(revision)
    return revision


def reread_revision(document: bytes) -> Revision:
    """Read again what `read_revision` accepted before, without proving it again; for the office's own database."""
    return _revision(json.loads(document))


def sequence_after(parents: Iterable[Revision], state: State) -> int:
    """Number of a revision with these parents."""
    highest = max((parent.sequence for parent in parents), default=0)
    return highest + 1 if state is State.FINAL else highest


def ancestors_after(parents: Mapping[str, Revision]) -> tuple[Ancestor, ...]:
    """All ancestors of a revision with these parents (by digest)."""
    found = {a.digest: a for parent in parents.values() for a in parent.ancestors}
    found |= {digest: Ancestor(digest, p.sequence, p.state) for digest, p in parents.items()}
    return tuple(found[digest] for digest in sorted(found))


def _tree(document: bytes) -> dict[str, Any]:
    if len(document) > LARGEST_DOCUMENT:
        raise RevisionMalformed(place="size")
    try:
        tree = json.loads(document, parse_float=_refuse_number, parse_constant=_refuse_number)
    except (ValueError, RecursionError) as fault:
        raise RevisionMalformed(place=str(fault)[:80]) from fault
    if not isinstance(tree, dict) or not isinstance(tree.get("format"), int):
        raise RevisionMalformed(place="format")
    if tree["format"] > FORMAT:
        raise FormatTooNew(format=str(tree["format"]), known=str(FORMAT))
    return tree


def _revision(tree: dict[str, Any]) -> Revision:
    return Revision(
        series=Series(Kind(tree["kind"]), tree["author"], tree["period"], tree["subject"]),
        audience=tuple(tree["audience"]),
        sequence=tree["sequence"],
        parents=tuple(tree["parents"]),
        ancestors=tuple(Ancestor(a["digest"], a["sequence"], State(a["state"])) for a in tree["ancestors"]),
        key=tree["key"],
        kit=tree["kit"],
        criteria_set=tree["set"],
        state=State(tree["state"]),
        mode=Mode(tree["mode"]),
        journal=tree["journal"],
        entries={key: Entry(e["value"], tuple(e["writers"])) for key, e in tree["entries"].items()},
        attachments=tuple(Attachment(a["sha256"], a["size"]) for a in tree["attachments"]),
    )


def _refuse_number(text: str) -> None:
    raise ValueError(f"only integers and text are allowed, not {text[:20]}")


def _check(revision: Revision) -> None:
    """What the envelope promises beyond its schema."""
    known = {a.digest: a for a in revision.ancestors}
    if not set(revision.parents) <= set(known):
        raise RevisionMalformed(place="parents")
    for key, entry in revision.entries.items():
        if not set(entry.writers) <= {SELF, *known}:
            raise RevisionMalformed(place=f"entries/{key}"[:80])
    highest = max((known[parent].sequence for parent in revision.parents), default=0)
    if revision.sequence != highest + (revision.state is State.FINAL):
        raise RevisionMalformed(place="sequence")
