"""Series, revisions and the working copy, as they are kept."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, insert, select

from db.models import EditRow, RevisionRow, SealRow, SeriesRow
from parindex_desktop.domain.merge import Edit
from parindex_desktop.domain.revisions import Kind, Revision, Series, canonical, digest_of, reread_revision

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

_KEYS_AT_ONCE: Final = 500
"""Keys that one statement names."""


def held(session: Session, series: Series) -> dict[str, Revision]:
    """All revisions held of `series`, by digest."""
    rows = session.execute(
        select(RevisionRow.digest, RevisionRow.document)
        .join(SeriesRow, SeriesRow.id == RevisionRow.series_id)
        .where(*_is(series))
    )
    return {digest: reread_revision(document) for digest, document in rows}


def names(session: Session, kind: Kind, period: str) -> dict[str, list[str]]:
    """The names of all revisions held of that kind and period, sorted, by the unit that wrote them."""
    rows = session.execute(
        select(SeriesRow.author, RevisionRow.digest)
        .join(SeriesRow, SeriesRow.id == RevisionRow.series_id)
        .where(SeriesRow.kind == kind.value, SeriesRow.period == period)
        .order_by(SeriesRow.id, RevisionRow.digest)
    )
    found: dict[str, list[str]] = {}
    for author, digest in rows:
        found.setdefault(author, []).append(digest)
    return found


def digests(session: Session, series: Series) -> frozenset[str]:
    """The names alone of the revisions held of `series`."""
    rows = session.scalars(
        select(RevisionRow.digest).join(SeriesRow, SeriesRow.id == RevisionRow.series_id).where(*_is(series))
    )
    return frozenset(rows)


def revision(session: Session, digest: str) -> Revision | None:
    """The held revision of that name."""
    document = session.scalar(select(RevisionRow.document).where(RevisionRow.digest == digest))
    return None if document is None else reread_revision(document)


def hold(session: Session, revision: Revision, document: bytes, at: datetime) -> None:
    """Keep a revision, whose canonical bytes are `document`; holding it twice is a bug of the caller."""
    session.add(
        RevisionRow(
            digest=digest_of(document),
            series_id=_series_id(session, revision.series),
            sequence=revision.sequence,
            state=revision.state.value,
            document=document,
            held=at,
        )
    )
    session.flush()


def held_at(session: Session, digest: str) -> datetime | None:
    """When a revision was first held."""
    return session.scalar(select(RevisionRow.held).where(RevisionRow.digest == digest))


def series_of_kind(session: Session, kind: Kind, period: str | None = None) -> list[Series]:
    """The series of that kind (and period) of which anything is held or typed."""
    query = select(SeriesRow).where(SeriesRow.kind == kind.value)
    if period is not None:
        query = query.where(SeriesRow.period == period)
    return [_series(row) for row in session.scalars(query.order_by(SeriesRow.id))]


def edits(session: Session, series: Series) -> dict[str, Edit]:
    """The working copy of `series`."""
    return {
        key: Edit(json.loads(value), frozenset(json.loads(seen)))
        for key, value, seen in typed(session, series)
    }


def typed(session: Session, series: Series) -> frozenset[tuple[str, str, str]]:
    """The working copy of `series` as it is kept, to be compared: whatever is changed in it changes this."""
    rows = session.execute(
        select(EditRow.key, EditRow.value, EditRow.seen)
        .join(SeriesRow, SeriesRow.id == EditRow.series_id)
        .where(*_is(series))
    )
    return frozenset((key, value, seen) for key, value, seen in rows)


def put_edit(session: Session, series: Series, key: str, edit: Edit | None, at: datetime) -> None:
    """Set the working value of an entry; None takes it back to what the revisions say."""
    put_edits(session, series, {key: edit}, at)


def put_edits(session: Session, series: Series, edits: Mapping[str, Edit | None], at: datetime) -> None:
    """Set the working values of many entries by a few statements; each as `put_edit`."""
    series_id = _series_id(session, series)
    keys = list(edits)
    for first in range(0, len(keys), _KEYS_AT_ONCE):
        named = EditRow.key.in_(keys[first : first + _KEYS_AT_ONCE])
        session.execute(delete(EditRow).where(EditRow.series_id == series_id, named))
    rows = [
        {
            "series_id": series_id,
            "key": key,
            "value": canonical(edit.value).decode(),
            "seen": canonical(sorted(edit.seen)).decode(),
            "at": at,
        }
        for key, edit in edits.items()
        if edit is not None
    ]
    if rows:
        session.execute(insert(EditRow), rows)


def drop_edits(session: Session, series: Series) -> None:
    """Empty the working copy: a revision has been made of it."""
    session.execute(delete(EditRow).where(EditRow.series_id == _series_id(session, series)))


def last_edit(session: Session, series: Series) -> datetime | None:
    """When the working copy was last written."""
    return session.scalar(
        select(EditRow.at)
        .join(SeriesRow, SeriesRow.id == EditRow.series_id)
        .where(*_is(series))
        .order_by(EditRow.at.desc())
        .limit(1)
    )


def put_seal(session: Session, digest: str, seal: bytes, claimed: datetime) -> None:
    """Keep what rebuilds the bundle of a revision, in the place of what was kept before.

    `claimed` is the signer's own clock, never believed.
    """
    session.merge(SealRow(revision=digest, seal=seal, claimed=claimed))
    session.flush()


def seal(session: Session, digest: str) -> bytes | None:
    """The kept seal of a revision."""
    return session.scalar(select(SealRow.seal).where(SealRow.revision == digest))


def claimed_time(session: Session, digest: str) -> datetime | None:
    """When the signer says that it signed."""
    return session.scalar(select(SealRow.claimed).where(SealRow.revision == digest))


def documents(session: Session) -> Iterator[tuple[str, bytes]]:
    """Every revision held, as (digest, bytes), to be checked."""
    yield from session.execute(select(RevisionRow.digest, RevisionRow.document))


def _is(series: Series) -> tuple[ColumnElement[bool], ...]:
    return (
        SeriesRow.kind == series.kind.value,
        SeriesRow.author == series.author,
        SeriesRow.period == (series.period or ""),
        SeriesRow.subject == series.subject,
    )


def _series(row: SeriesRow) -> Series:
    return Series(Kind(row.kind), row.author, row.period or None, row.subject)


def _series_id(session: Session, series: Series) -> int:
    found = session.scalar(select(SeriesRow.id).where(*_is(series)))
    if found is not None:
        return found
    row = SeriesRow(
        kind=series.kind.value, author=series.author, period=series.period or "", subject=series.subject
    )
    session.add(row)
    session.flush()
    return row.id
