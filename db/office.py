"""Whose home this is, its settings, the files it holds, and what arrived."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from db.models import (
    ArrivalRow,
    EvidenceOriginRow,
    EvidenceRow,
    OfficeRow,
    RevisionRow,
    SeriesRow,
    SettingRow,
)
from parindex_desktop.domain.revisions import Kind, State, Value, canonical

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy.orm import Session

    from db.evidence import Stored


@dataclass(frozen=True, slots=True)
class OfficeRecord:
    """The office of this home.

    `unit` is None until a kit says which unit this is; `key` is the fingerprint of its signing key; `anchor`
    the fingerprint of the provincial key whose kits it believes, typed in by a person.
    """

    level: str
    name: str
    unit: str | None
    key: str | None
    anchor: str | None
    period: str | None
    created: datetime


@dataclass(frozen=True, slots=True)
class Arrival:
    """One bundle that somebody tried to take in; `outcome` and `code` are stable words, `details` values.

    `kind` is that of its `revision`, and `draft` its state, known where that is held; nothing else is kept of it.
    """

    at: datetime
    source: str
    size: int
    outcome: str
    code: str | None
    details: dict[str, Value]
    author: str | None
    revision: str | None
    kind: Kind | None = None
    draft: bool = False


def read_office(session: Session) -> OfficeRecord | None:
    """The office; None in a home that was never set up."""
    row = session.get(OfficeRow, 1)
    if row is None:
        return None
    return OfficeRecord(row.level, row.name, row.unit, row.key, row.anchor, row.period, row.created)


def write_office(session: Session, office: OfficeRecord) -> None:
    """Set the office of this home."""
    session.merge(
        OfficeRow(
            id=1,
            level=office.level,
            name=office.name,
            unit=office.unit,
            key=office.key,
            anchor=office.anchor,
            period=office.period,
            created=office.created,
        )
    )
    session.flush()


def setting(session: Session, name: str) -> str | None:
    """A choice made on this machine."""
    return session.scalar(select(SettingRow.value).where(SettingRow.name == name))


def put_setting(session: Session, name: str, value: str) -> None:
    """Remember a choice."""
    session.merge(SettingRow(name=name, value=value))


def record_evidence(session: Session, files: Iterable[Stored], author: str, at: datetime) -> None:
    """Name files that are already durable in the store, and who brought them."""
    sizes = {file.sha256: file.size for file in files}
    if not sizes:
        return
    named = set(session.scalars(select(EvidenceRow.sha256).where(EvidenceRow.sha256.in_(sizes))))
    known = brought_by(session, author, sizes)
    rows = [{"sha256": each, "size": sizes[each], "stored": at} for each in sizes if each not in named]
    origins = [{"sha256": each, "author": author} for each in sizes if each not in known]
    # A bundle brings thousands of files: two statements, not two for each file.
    if rows:
        session.execute(insert(EvidenceRow), rows)
    if origins:
        session.execute(insert(EvidenceOriginRow), origins)


def brought_by(session: Session, author: str, digests: Iterable[str]) -> set[str]:
    """Those of `digests` whose bytes that unit brought itself."""
    rows = session.scalars(
        select(EvidenceOriginRow.sha256).where(
            EvidenceOriginRow.author == author, EvidenceOriginRow.sha256.in_(set(digests))
        )
    )
    return set(rows)


def brought_by_all(session: Session, authors: Iterable[str]) -> dict[str, set[str]]:
    """The files whose bytes each of these units brought itself."""
    found: dict[str, set[str]] = {}
    query = select(EvidenceOriginRow.author, EvidenceOriginRow.sha256)
    for author, sha256 in session.execute(query.where(EvidenceOriginRow.author.in_(list(authors)))):
        found.setdefault(author, set()).add(sha256)
    return found


def evidence_digests(session: Session) -> list[str]:
    """Every file that the database names."""
    return list(session.scalars(select(EvidenceRow.sha256).order_by(EvidenceRow.sha256)))


def forget_evidence(session: Session, digests: Iterable[str]) -> None:
    """Name files no more that are about to be removed from the store."""
    gone = list(digests)
    for start in range(0, len(gone), _AT_ONCE):
        some = gone[start : start + _AT_ONCE]
        session.execute(delete(EvidenceOriginRow).where(EvidenceOriginRow.sha256.in_(some)))
        session.execute(delete(EvidenceRow).where(EvidenceRow.sha256.in_(some)))


_AT_ONCE = 500
"""Values in one statement; databases have a limit."""


def record_arrival(session: Session, arrival: Arrival) -> None:
    """Keep the outcome of one bundle."""
    session.add(
        ArrivalRow(
            at=arrival.at,
            source=arrival.source,
            size=arrival.size,
            outcome=arrival.outcome,
            code=arrival.code,
            details=canonical(arrival.details).decode(),
            author=arrival.author,
            revision=arrival.revision,
        )
    )
    session.flush()


def arrivals(session: Session) -> list[Arrival]:
    """Everything that arrived, newest first."""
    rows = session.execute(
        select(ArrivalRow, SeriesRow.kind, RevisionRow.state)
        .outerjoin(RevisionRow, RevisionRow.digest == ArrivalRow.revision)
        .outerjoin(SeriesRow, SeriesRow.id == RevisionRow.series_id)
        .order_by(ArrivalRow.id.desc())
    )
    return [
        Arrival(
            row.at,
            row.source,
            row.size,
            row.outcome,
            row.code,
            json.loads(row.details),
            row.author,
            row.revision,
            Kind(kind) if kind else None,
            draft=state == State.DRAFT,
        )
        for row, kind, state in rows
    ]
