"""Chốt điểm in a self-assessment: the entries `lock` and `signed`."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from parindex_desktop.domain import strict
from parindex_desktop.domain.documents import Document, Form

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime
    from decimal import Decimal

    from parindex_desktop.domain.revisions import Value

LONGEST_REASON: Final = 2000
"""Characters of the reason why something lacks, or why there is no signed copy."""
LONGEST_NUMBER: Final = 100
LONGEST_SIGNER: Final = 200
LONGEST_PERSON: Final = 300
"""Characters of a name with its title."""
LONGEST_NAME: Final = 255
"""Characters of a file's name."""
MOST_POINTS: Final = 10_000
"""Criteria for which a lock may name points: more than any set has."""

MOST_NAMES: Final = 100
"""People who entered figures."""

_LOCK: Final = frozenset(
    {"digest", "at", "by", "journal", "incomplete", "engine", "points", "entered", "approved"}
)
_SIGNED: Final = frozenset({"lock", "number", "date", "signer", "without"})
_COPY: Final = frozenset({"name", "sha256", "size"})


@dataclass(frozen=True, slots=True)
class Lock:
    """The state in which the figures were closed (chốt điểm).

    `digest` names the entries, `journal` the head of the journal then; `incomplete` is why something was
    still lacking, empty where nothing was. `points` are those that the unit's program gave, by criterion, under the
    version `engine` of its rules: whoever reads the figures computes them again (`recalculation`). `entered` are
    those who entered the figures (người lập biểu) and `approved` is who looked them through before (người kiểm
    tra), each with the title; empty where the office keeps no staff list.
    """

    digest: str
    at: datetime
    by: str
    journal: str
    incomplete: str
    engine: int
    points: Mapping[str, Decimal]
    entered: tuple[str, ...] = ()
    approved: str = ""

    @property
    def code(self) -> str:
        """The matching code that ties paper to file: eight letters or digits, as ABCD-EFGH."""
        letters = base64.b32encode(hashlib.sha256(f"{self.digest}{self.journal}".encode()).digest()).decode()
        return f"{letters[:4]}-{letters[4:8]}"

    def entry(self) -> dict[str, Value]:
        """The value of the entry `lock`."""
        return {
            "digest": self.digest,
            "at": self.at.isoformat(),
            "by": self.by,
            "journal": self.journal,
            "incomplete": self.incomplete,
            "engine": self.engine,
            "points": {criterion: str(points) for criterion, points in self.points.items()},
            "entered": list(self.entered),
            "approved": self.approved,
        }


@dataclass(frozen=True, slots=True)
class Signed:
    """What was entered after the paper was signed: its number, date, signer, and the scanned copy.

    Without a copy (`sha256` None) `without` says why; `lock` is the digest of the entries that it is about.
    """

    lock: str
    number: str
    date: date | None
    signer: str
    name: str = ""
    sha256: str | None = None
    size: int = 0
    without: str = ""

    def entry(self) -> dict[str, Value]:
        """The value of the entry `signed`."""
        value: dict[str, Value] = {
            "lock": self.lock,
            "number": self.number,
            "date": self.date.isoformat() if self.date else None,
            "signer": self.signer,
            "without": self.without,
        }
        if self.sha256:
            value |= {"name": self.name, "sha256": self.sha256, "size": self.size}
        return value

    def document(self) -> Document | None:
        """The scanned copy as a document that can be opened; None where there is none."""
        if self.sha256 is None:
            return None
        return Document(
            "signed", Form.FILE, self.number, self.date, name=self.name, sha256=self.sha256, size=self.size
        )


def read_lock(value: Any) -> Lock:
    """Read the value of the entry `lock`; raises ValueError."""
    said = strict.fields(value, _LOCK)
    lock = Lock(
        strict.sha256(said["digest"]),
        strict.moment(said["at"]),
        strict.text(said["by"], LONGEST_PERSON),
        strict.sha256(said["journal"]),
        strict.text(said["incomplete"], LONGEST_REASON),
        strict.version(said["engine"]),
        _claimed(said["points"]),
        tuple(strict.text(each, LONGEST_PERSON) for each in strict.items(said["entered"])),
        strict.text(said["approved"], LONGEST_PERSON),
    )
    if len(lock.entered) > MOST_NAMES or lock.entry() != value:
        raise ValueError("more names than an office has people, or not in the one written form")
    return lock


def _claimed(value: Any) -> dict[str, Decimal]:
    claimed = strict.table(value)
    if len(claimed) > MOST_POINTS:
        raise ValueError("points for more criteria than any set has")
    return {criterion: strict.points(text) for criterion, text in claimed.items()}


def read_signed(value: Any) -> Signed:
    """Read the value of the entry `signed`; raises ValueError."""
    has_copy = isinstance(value, dict) and "sha256" in value
    said = strict.fields(value, _SIGNED | _COPY if has_copy else _SIGNED)
    return Signed(
        lock=strict.sha256(said["lock"]),
        number=strict.text(said["number"], LONGEST_NUMBER),
        date=strict.day(said["date"]),
        signer=strict.text(said["signer"], LONGEST_SIGNER),
        name=strict.text(said["name"], LONGEST_NAME) if has_copy else "",
        sha256=strict.sha256(said["sha256"]) if has_copy else None,
        size=strict.size(said["size"]) if has_copy else 0,
        without=strict.text(said["without"], LONGEST_REASON),
    )
