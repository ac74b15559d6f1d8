"""Tables of an office's database. Every constraint is named, so that migrations can change it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    LargeBinary,
    MetaData,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Utc(TypeDecorator[datetime]):
    """An aware time, kept as ISO 8601 text in UTC: sorts as text, alike in every database."""

    impl = String(27)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> str | None:  # noqa: ARG002
        """To text; a naive time is a bug and raises."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone reached the database")
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    def process_result_value(self, value: str | None, dialect: Any) -> datetime | None:  # noqa: ARG002
        """Back to an aware time."""
        return None if value is None else read_time(value)


def read_time(text: str) -> datetime:
    """The time that `Utc` has written as `text`; raises ValueError for anything else."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)


Sha256 = String(64)


class Base(DeclarativeBase):
    """Root of the tables."""

    metadata = MetaData(naming_convention=NAMING)


class OfficeRow(Base):
    """Whose home this is: exactly one row."""

    __tablename__ = "office"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    level: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(Text)
    unit: Mapped[str | None] = mapped_column(String(36))
    key: Mapped[str | None] = mapped_column(Sha256)
    anchor: Mapped[str | None] = mapped_column(Sha256)
    period: Mapped[str | None] = mapped_column(String(4))
    created: Mapped[datetime] = mapped_column(Utc)


class SettingRow(Base):
    """A choice of this office on this machine, such as the language."""

    __tablename__ = "setting"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    value: Mapped[str] = mapped_column(Text)


class SeriesRow(Base):
    """A series of revisions; a series without a period has the empty text there."""

    __tablename__ = "series"
    __table_args__ = (UniqueConstraint("kind", "author", "period", "subject"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(32))
    author: Mapped[str] = mapped_column(String(36))
    period: Mapped[str] = mapped_column(String(4))
    subject: Mapped[str] = mapped_column(String(36))


class RevisionRow(Base):
    """A revision held: its canonical bytes, named by their digest."""

    __tablename__ = "revision"
    __table_args__ = (
        CheckConstraint("sequence >= 0", name="sequence"),
        CheckConstraint("state IN ('final', 'draft')", name="state"),
    )

    digest: Mapped[str] = mapped_column(Sha256, primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("series.id"), index=True)
    sequence: Mapped[int]
    state: Mapped[str] = mapped_column(String(8))
    document: Mapped[bytes] = mapped_column(LargeBinary)
    held: Mapped[datetime] = mapped_column(Utc)


class SealRow(Base):
    """The bytes of a bundle before its evidence, from which the bundle is rebuilt byte for byte."""

    __tablename__ = "seal"

    revision: Mapped[str] = mapped_column(ForeignKey("revision.digest"), primary_key=True)
    seal: Mapped[bytes] = mapped_column(LargeBinary)
    claimed: Mapped[datetime] = mapped_column(Utc)


class TallyRow(Base):
    """What a series of self-assessments comes to; made anew at any time.

    `made_of` names what it was read from: it counts only while that is what is held. `points` were computed from
    `figures` under the criteria set and the version of the rules named here; `about` is what no rule changes.
    """

    __tablename__ = "tally"

    series_id: Mapped[int] = mapped_column(ForeignKey("series.id"), primary_key=True)
    made_of: Mapped[str] = mapped_column(Sha256)
    criteria_set: Mapped[str] = mapped_column(Sha256)
    engine: Mapped[int]
    figures: Mapped[str] = mapped_column(Text)
    points: Mapped[str] = mapped_column(Text)
    about: Mapped[str] = mapped_column(Text)


class EvidenceRow(Base):
    """A file in the content-addressed store."""

    __tablename__ = "evidence"
    __table_args__ = (CheckConstraint("size >= 0", name="size"),)

    sha256: Mapped[str] = mapped_column(Sha256, primary_key=True)
    size: Mapped[int] = mapped_column(BigInteger)
    stored: Mapped[datetime] = mapped_column(Utc)


class EvidenceOriginRow(Base):
    """Which unit brought a file; what a bundle leaves out is met only by bytes of the same author."""

    __tablename__ = "evidence_origin"

    sha256: Mapped[str] = mapped_column(ForeignKey("evidence.sha256"), primary_key=True)
    author: Mapped[str] = mapped_column(String(36), primary_key=True)


class EditRow(Base):
    """An entry of the working copy: the value typed, and the writers that were in sight."""

    __tablename__ = "edit"

    series_id: Mapped[int] = mapped_column(ForeignKey("series.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    value: Mapped[str] = mapped_column(Text)
    seen: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Utc)


class ArrivalRow(Base):
    """One bundle that somebody tried to take in, with its outcome."""

    __tablename__ = "arrival"
    __table_args__ = (Index(None, "author"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Utc)
    source: Mapped[str] = mapped_column(Text)
    size: Mapped[int] = mapped_column(BigInteger)
    outcome: Mapped[str] = mapped_column(String(16))
    code: Mapped[str | None] = mapped_column(String(64))
    details: Mapped[str] = mapped_column(Text)
    author: Mapped[str | None] = mapped_column(String(36))
    revision: Mapped[str | None] = mapped_column(ForeignKey("revision.digest"))


class JournalRow(Base):
    """Who did what: each row carries the digest of the one before."""

    __tablename__ = "journal"

    number: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Utc)
    actor: Mapped[str] = mapped_column(Text)
    action: Mapped[str] = mapped_column(String(64))
    details: Mapped[str] = mapped_column(Text)
    previous: Mapped[str] = mapped_column(Sha256)
    digest: Mapped[str] = mapped_column(Sha256, unique=True)


class SetDraftRow(Base):
    """A criteria set that is being written at the province: its tree as JSON text, and the set it began from.

    `doubts` (JSON, NULL for none) are what a proposal was not sure of and nobody has settled yet.
    """

    __tablename__ = "set_draft"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    tree: Mapped[str] = mapped_column(Text)
    based_on: Mapped[str | None] = mapped_column(Sha256)
    changed: Mapped[datetime] = mapped_column(Utc)
    doubts: Mapped[str | None] = mapped_column(Text)


class PlanDraftRow(Base):
    """A plan that is being written or amended on this machine, by the plan's id: its tree as JSON text."""

    __tablename__ = "plan_draft"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    tree: Mapped[str] = mapped_column(Text)
    changed: Mapped[datetime] = mapped_column(Utc)


class PersonRow(Base):
    """Somebody who works on this machine; `pin` is salt and hash, and never leaves it."""

    __tablename__ = "person"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    room: Mapped[str] = mapped_column(Text)
    pin: Mapped[bytes | None] = mapped_column(LargeBinary)
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)


class DutyRow(Base):
    """Who is in charge of a criterion in a year: a person, or (where that is null) a room."""

    __tablename__ = "duty"
    __table_args__ = (CheckConstraint("(person IS NULL) = (room <> '')", name="one_of_two"),)

    period: Mapped[str] = mapped_column(String(4), primary_key=True)
    criterion: Mapped[str] = mapped_column(String(128), primary_key=True)
    person: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    room: Mapped[str] = mapped_column(Text)
