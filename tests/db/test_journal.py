"""The journal: whatever is changed in any row afterwards is found at its place."""

from __future__ import annotations

import datetime as dt
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from db import journal
from db.database import Database

if TYPE_CHECKING:
    from collections.abc import Iterator

ROWS = 5
TEXTS = ("at", "actor", "action", "details", "previous", "digest")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    database = Database(tmp_path_factory.mktemp("journal") / "office.db")
    database.migrate(lambda: None)
    at = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    with database.begin() as session:
        for number in range(ROWS):
            at += dt.timedelta(seconds=number, microseconds=number)
            journal.write(
                session, at, f"người {number}", "form.changed", {"entries": ["a", number], "b": None}
            )
    yield database
    database.close()


def fault(database: Database) -> int | None:
    with database.begin() as session:
        return journal.first_fault(session)


def test_an_untouched_chain_is_whole(written: Database) -> None:
    assert fault(written) is None
    with written.begin() as session:
        entries = journal.entries(session)
        assert [entry.previous for entry in entries] == [journal.START, *(e.digest for e in entries[:-1])]
        assert journal.head(session) == entries[-1].digest
        assert journal.entries(session, "nothing") == []


def changed(database: Database, statement: str, *values: object) -> int | None:
    """First fault after a change, which is then taken back."""
    with closing(sqlite3.connect(database.path)) as connection:
        kept = connection.execute("SELECT * FROM journal").fetchall()
        with connection:
            connection.execute(statement, values)
        try:
            return fault(database)
        finally:
            with connection:
                connection.execute("DELETE FROM journal")
                connection.executemany("INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?)", kept)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(row=st.integers(1, ROWS), column=st.sampled_from(TEXTS), text=st.text(st.characters(codec="utf-8")))
def test_any_change_of_any_row_is_found(written: Database, row: int, column: str, text: str) -> None:
    with written.begin() as session:
        entry = journal.entries(session)[row - 1]
    assume(text != getattr(entry, column))
    assume("\0" not in text)
    assert changed(written, f"UPDATE journal SET {column} = ? WHERE number = ?", text, row) == row


@pytest.mark.parametrize("row", range(1, ROWS))
def test_a_row_that_was_taken_away_is_found(written: Database, row: int) -> None:
    assert changed(written, "DELETE FROM journal WHERE number = ?", row) == row


def test_a_row_that_was_put_in_between_is_found(written: Database) -> None:
    insert = "INSERT INTO journal SELECT 99, at, actor, action, details, previous, 'x' FROM journal WHERE number = 2"
    assert changed(written, insert) == ROWS + 1
