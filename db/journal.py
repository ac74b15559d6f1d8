"""The journal: who did what, as a hash chain of this installation.

Each row's digest is the SHA-256 of the canonical JSON of its number, time, actor, action, details and the
digest of the row before; so a row that was changed or taken away later breaks the chain at its place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import String, func, select, type_coerce

from db.models import JournalRow, read_time
from parindex_desktop.domain.revisions import Value, canonical, digest_of

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

START = "0" * 64
"""What the first row names as the one before it."""


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One row; `details` is canonical JSON."""

    number: int
    at: datetime
    actor: str
    action: str
    details: str
    previous: str
    digest: str

    def expected_digest(self) -> str:
        """What the digest must be."""
        return digest_of(
            canonical(
                {
                    "number": self.number,
                    "at": self.at.isoformat(),
                    "actor": self.actor,
                    "action": self.action,
                    "details": self.details,
                    "previous": self.previous,
                }
            )
        )


def write(session: Session, at: datetime, actor: str, action: str, details: dict[str, Value]) -> str:
    """Add a row; returns its digest, the new head."""
    last = _last(session)
    entry = JournalEntry(
        number=last.number + 1 if last else 1,
        at=at,
        actor=actor,
        action=action,
        details=canonical(details).decode(),
        previous=last.digest if last else START,
        digest="",
    )
    digest = entry.expected_digest()
    session.add(
        JournalRow(
            number=entry.number,
            at=at,
            actor=actor,
            action=action,
            details=entry.details,
            previous=entry.previous,
            digest=digest,
        )
    )
    session.flush()
    return digest


def head(session: Session) -> str:
    """Digest of the last row; `START` for an empty journal."""
    last = _last(session)
    return last.digest if last else START


def entries(session: Session, *actions: str) -> list[JournalEntry]:
    """The whole journal in order, or its rows about some `actions`."""
    query = select(JournalRow).order_by(JournalRow.number)
    rows = session.scalars(query.where(JournalRow.action.in_(actions)) if actions else query)
    return [_entry(row) for row in rows]


def entries_after(session: Session, number: int) -> list[JournalEntry]:
    """The rows after that number, in order."""
    query = select(JournalRow).where(JournalRow.number > number).order_by(JournalRow.number)
    return [_entry(row) for row in session.scalars(query)]


def count(session: Session) -> int:
    """Number of rows, whatever stands in them."""
    return session.scalar(select(func.count()).select_from(JournalRow)) or 0


def first_fault(session: Session) -> int | None:
    """Number of the first row that does not continue the chain; None when the journal is whole."""
    previous = START
    row = JournalRow
    # The time as it is written: one that somebody changed need not be a time any more.
    written = type_coerce(row.at, String)
    columns = (row.number, written, row.actor, row.action, row.details, row.previous, row.digest)
    for number, (own, at, *rest) in enumerate(
        session.execute(select(*columns).order_by(row.number)), start=1
    ):
        try:
            entry = JournalEntry(own, read_time(at), *rest)
            expected = entry.expected_digest()
        except (TypeError, ValueError):
            return number
        if (own, entry.previous, entry.digest) != (number, previous, expected):
            return number
        previous = entry.digest
    return None


def _entry(row: JournalRow) -> JournalEntry:
    return JournalEntry(row.number, row.at, row.actor, row.action, row.details, row.previous, row.digest)


def _last(session: Session) -> JournalRow | None:
    return session.scalar(select(JournalRow).order_by(JournalRow.number.desc()).limit(1))
