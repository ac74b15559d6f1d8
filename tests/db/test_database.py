"""The database of an office: durable, consistent, migrated from any version that was ever in use."""

from __future__ import annotations

import datetime as dt
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, event, text
from sqlalchemy.exc import IntegrityError, StatementError

from db.database import Database
from db.drafts import plan_drafts
from db.errors import DatabaseBusy, DatabaseDamaged, DatabaseFull, DatabaseTooNew
from db.evidence import Stored
from db.models import Base
from db.office import (
    OfficeRecord,
    arrivals,
    evidence_digests,
    put_setting,
    read_office,
    record_evidence,
    write_office,
)
from db.people import duties, people
from db.revisions import series_of_kind
from db.versions import KNOWN, NEWEST
from parindex_desktop.domain.revisions import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

KEPT = Path(__file__).parent / "kept"
NOW = dt.datetime(2026, 11, 20, 2, 41, 7, 123456, tzinfo=dt.UTC)
OFFICE = OfficeRecord("commune", "Xã Bản Hồ", None, "a" * 64, None, None, NOW)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(tmp_path / "office.db")
    database.migrate(lambda: None)
    yield database
    database.close()


def test_an_empty_file_is_brought_to_the_newest_version_without_a_backup(tmp_path: Path) -> None:
    backups: list[str] = []
    with closing(Database(tmp_path / "office.db")) as database:
        assert database.version() is None
        assert database.migrate(lambda: backups.append("made"))
        assert database.version() == NEWEST
        assert not database.migrate(lambda: backups.append("made"))
    assert backups == []


@pytest.mark.parametrize("name", ["a?b", "a%20b", "a#b", "a?mode=ro&b", "Sở Nội vụ", "a:b@c"])
def test_the_database_lies_where_it_was_said_whatever_the_folder_is_called(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    with closing(Database(tmp_path / name / "office.db")) as database:
        database.migrate(lambda: None)
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (tmp_path / name / "office.db").stat().st_size > 0


def test_the_migrations_make_what_the_models_say(database: Database) -> None:
    engine = create_engine(f"sqlite:///{database.path}")
    with engine.connect() as connection:
        options = {"compare_type": True, "compare_server_default": True}
        assert compare_metadata(MigrationContext.configure(connection, opts=options), Base.metadata) == []
    engine.dispose()


def test_every_version_is_kept_to_be_tried() -> None:
    assert sorted(path.stem for path in KEPT.glob("*.db")) == list(KNOWN)


@pytest.mark.parametrize("version", KNOWN)
def test_a_kept_file_of_every_version_is_opened_with_all_that_it_holds(tmp_path: Path, version: str) -> None:
    """Commune of 2026 with a kit, a form under way, one hand-over and its evidence; later who is in charge."""
    shutil.copy(KEPT / f"{version}.db", tmp_path / "office.db")
    backups: list[str] = []
    with closing(Database(tmp_path / "office.db")) as database:
        database.migrate(lambda: backups.append("made"))
        assert database.version() == NEWEST
        assert len(backups) == (version != NEWEST)
        with database.begin() as session:
            office = read_office(session)
            assert office is not None
            assert office.name == "Ủy ban nhân dân xã Bản Hồ"
            assert len(series_of_kind(session, Kind.KIT)) == 1
            (series,) = series_of_kind(session, Kind.ASSESSMENT, "2026")
            from db import journal, revisions

            assert journal.first_fault(session) is None
            assert [r.sequence for r in revisions.held(session, series).values()] == [1]
            assert revisions.edits(session, series) != {}
            assert len(evidence_digests(session)) == 1
            assert len(arrivals(session)) == 1
            listed = [] if version == "0001" else ["Nguyễn Thị Lan"]
            assert [each.name for each in people(session)] == listed
            assert [to.name for to in duties(session, "2026").values()] == listed
            planned = version not in {"0001", "0002", "0003"}
            assert len(plan_drafts(session)) == len(series_of_kind(session, Kind.PROGRESS)) == planned


def test_a_file_of_a_newer_program_is_left_alone(database: Database) -> None:
    with database.begin() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseTooNew, match="9999"):
        database.migrate(lambda: pytest.fail("nothing is to be changed"))


@pytest.mark.parametrize(
    "content", [b"khong phai co so du lieu" * 200, b"SQLite format 3\0" + b"\xff" * 5000]
)
def test_a_file_that_is_no_database_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "office.db").write_bytes(content)
    with closing(Database(tmp_path / "office.db")) as database, pytest.raises(DatabaseDamaged):
        database.version()
    assert (tmp_path / "office.db").read_bytes() == content


def test_every_connection_is_durable_and_keeps_its_references(database: Database) -> None:
    with database.begin() as session:
        asked = {
            name: session.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "trusted_schema")
        }
    assert asked == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "trusted_schema": 0}


def test_a_reference_to_nothing_is_refused(database: Database) -> None:
    with pytest.raises(IntegrityError), database.begin() as session:
        session.execute(text("INSERT INTO evidence_origin VALUES ('a', 'b')"))


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO office VALUES (2, 'commune', 'x', NULL, NULL, NULL, NULL, '')",
        "INSERT INTO evidence VALUES ('a', -1, '')",
        "INSERT INTO journal VALUES (1, '', '', '', '', '', NULL)",
        "INSERT INTO duty VALUES ('2026', '1.1', NULL, '')",
        "INSERT INTO duty VALUES ('2026', '1.1', 'somebody unknown', '')",
    ],
)
def test_the_database_itself_holds_its_rules(database: Database, statement: str) -> None:
    with pytest.raises(IntegrityError), database.begin() as session:
        session.execute(text(statement))


def test_every_constraint_is_named() -> None:
    """So that a later migration can change it."""
    unnamed = [
        f"{table.name}: {constraint}"
        for table in Base.metadata.tables.values()
        for constraint in table.constraints
        if constraint.name is None
    ]
    assert unnamed == []


def test_a_transaction_leaves_all_or_nothing(database: Database) -> None:
    def fail() -> None:
        with database.begin() as session:
            write_office(session, OFFICE)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with database.begin() as session:
        assert read_office(session) is None


def test_times_come_back_exactly_and_none_without_a_zone_gets_in(database: Database) -> None:
    vietnam = dt.timezone(dt.timedelta(hours=7))
    with database.begin() as session:
        write_office(session, OfficeRecord(**{**_fields(OFFICE), "created": NOW.astimezone(vietnam)}))
    with database.begin() as session:
        office = read_office(session)
        assert office is not None
        assert office.created == NOW
        assert office.created.tzinfo is dt.UTC
    naive = OfficeRecord(**{**_fields(OFFICE), "created": NOW.replace(tzinfo=None)})
    with pytest.raises(StatementError, match="zone"), database.begin() as session:
        write_office(session, naive)


def test_times_sort_as_text() -> None:
    from db.models import Utc

    moments = [NOW, NOW.replace(microsecond=0), NOW.replace(microsecond=5), NOW.replace(year=2027)]
    texts = [Utc().process_bind_param(moment, None) or "" for moment in moments]
    assert sorted(texts) == [text for _, text in sorted(zip(moments, texts, strict=True))]


def test_who_brought_a_file_is_remembered_once(database: Database) -> None:
    with database.begin() as session:
        for author in ("a", "b", "a"):
            record_evidence(session, [Stored("c" * 64, 5), Stored("c" * 64, 5)], author, NOW)
        assert evidence_digests(session) == ["c" * 64]
        assert session.execute(text("SELECT count(*) FROM evidence_origin")).scalar() == 2


def test_another_program_that_holds_the_file_is_named(database: Database) -> None:
    with closing(sqlite3.connect(database.path)) as other:
        other.execute("BEGIN IMMEDIATE")
        database.close()
        event.listen(database._engine, "connect", lambda own, _: own.execute("PRAGMA busy_timeout = 10"))
        with pytest.raises(DatabaseBusy), database.begin() as session:
            write_office(session, OFFICE)


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with closing(Database(tmp_path / "none" / "office.db")) as database, pytest.raises(DatabaseFull):
        database.version()


def test_a_full_disk_is_named_and_leaves_what_was_there(database: Database) -> None:
    with database.begin() as session:
        write_office(session, OFFICE)
        pages = session.execute(text("PRAGMA page_count")).scalar()
    with closing(Database(database.path)) as small:
        event.listen(small._engine, "connect", lambda own, _: own.execute(f"PRAGMA max_page_count = {pages}"))
        with pytest.raises(DatabaseFull), small.begin() as session:
            put_setting(session, "x", "x" * 1_000_000)
    with database.begin() as session:
        assert read_office(session) == OFFICE
        assert session.execute(text("PRAGMA integrity_check")).scalar() == "ok"


def test_a_copy_is_whole_while_the_database_is_open(database: Database, tmp_path: Path) -> None:
    with database.begin() as session:
        write_office(session, OFFICE)
    database.copy_to(tmp_path / "copy.db")
    with closing(Database(tmp_path / "copy.db")) as copy, copy.begin() as session:
        assert read_office(session) == OFFICE


def _fields(record: OfficeRecord) -> dict[str, object]:
    return {name: getattr(record, name) for name in record.__dataclass_fields__}
