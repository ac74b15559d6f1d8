"""Opening an office's database: one engine, one transaction at a time, migrated before use."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import URL, create_engine, event, inspect, text
from sqlalchemy.exc import DatabaseError as SqlDatabaseError
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, sessionmaker

from db.errors import DatabaseBusy, DatabaseDamaged, DatabaseFull, DatabaseTooNew
from db.versions import KNOWN, NEWEST

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sqlalchemy.engine import Engine

__all__ = ["Database", "Session"]

_LOOKING = "looking"
"""Execution option of a connection that writes nothing."""

_NOT_WRITABLE = ("full", "disk I/O", "readonly", "unable to open")
"""What SQLite says of a disk that takes nothing."""


class Database:
    """The database of one home. `begin` gives a session that commits at its end or leaves nothing."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._engine = _engine(path)
        self._sessions = sessionmaker(self._engine, expire_on_commit=False)
        self._readers = sessionmaker(self._engine.execution_options(**{_LOOKING: True}))

    def version(self) -> str | None:
        """The migration that the file has reached; None for an empty file. Raises `DatabaseDamaged`."""
        with _named_faults(self.path), self._engine.connect() as connection:
            if not inspect(connection).has_table("alembic_version"):
                return None
            return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one())

    def migrate(self, back_up: Callable[[], None]) -> bool:
        """Bring the file to the newest version; `back_up` is called before an existing one is changed.

        Returns whether anything was done. Raises `DatabaseTooNew` for a file of a newer program.
        """
        version = self.version()
        if version == NEWEST:
            return False
        if version is not None and version not in KNOWN:
            raise DatabaseTooNew(version=version)
        if version is not None:
            back_up()
        # Alembic takes a quarter of a second to import: only when there is something to migrate.
        from db.migrations.runner import upgrade  # noqa: PLC0415

        with _named_faults(self.path):
            upgrade(self._engine)
        return True

    @contextmanager
    def begin(self) -> Iterator[Session]:
        """A session in one transaction: committed at the end, rolled back on any exception."""
        with _named_faults(self.path), self._sessions.begin() as session:
            yield session

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that only looks: it sees one state of the database and never keeps a writer waiting."""
        with _named_faults(self.path), self._readers() as session:
            yield session

    def copy_to(self, target: Path) -> None:
        """Write a consistent copy of the database file to `target`, which must not exist or be empty."""
        with (
            _named_faults(self.path),
            closing(sqlite3.connect(self.path)) as source,
            closing(sqlite3.connect(target)) as copy,
        ):
            source.backup(copy)

    def close(self) -> None:
        """Release the file."""
        self._engine.dispose()


def _engine(path: Path) -> Engine:
    # A name is no piece of an address: folders may be called “a?b” or “a%20b”.
    url = URL.create("sqlite+pysqlite", database=str(path))
    engine = create_engine(url, connect_args={"timeout": 5.0})

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        # An office pulls the plug: every commit is on the disk before the window says "saved".
        # The driver's own transaction handling stays off, so that BEGIN is ours and DDL is transactional.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "trusted_schema=OFF"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        looking = connection.get_execution_options().get(_LOOKING, False)
        connection.exec_driver_sql("BEGIN" if looking else "BEGIN IMMEDIATE")

    return engine


@contextmanager
def _named_faults(path: Path) -> Iterator[None]:
    """Give faults of the machine their names; anything else stays the bug that it is."""
    try:
        yield
    except (SqlDatabaseError, sqlite3.DatabaseError) as fault:
        reason = str(getattr(fault, "orig", fault))
        operational = isinstance(fault, OperationalError | sqlite3.OperationalError)
        if operational and any(sign in reason for sign in _NOT_WRITABLE):
            raise DatabaseFull(path=str(path)) from fault
        if operational and "locked" in reason:
            raise DatabaseBusy(path=str(path)) from fault
        if "malformed" in reason or "not a database" in reason:
            raise DatabaseDamaged(path=str(path)) from fault
        raise
