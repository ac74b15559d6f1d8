"""Looking after a home: whatever was changed behind the program's back is named."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from parindex_desktop.services import receiving, upkeep

if TYPE_CHECKING:
    from pathlib import Path

    from tests.offices import Scene


def edit(home: Path, statement: str, *values: Any) -> None:
    with closing(sqlite3.connect(home / "office.db")) as database, database:
        database.execute(statement, values)


def test_a_sound_home_says_what_it_holds(scene: Scene) -> None:
    province = scene.office("province")
    receiving.take_in(province, [scene.file("ban-ho-1.cchc")])
    found = upkeep.check(province)
    assert found.sound
    assert (found.files, found.revisions) == (1, 2)
    assert found.journal_rows == len(upkeep.read_journal(province))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET details = '{}' WHERE number = 3",
        "UPDATE journal SET actor = 'nguoi khac' WHERE number = 3",
        "UPDATE journal SET action = 'x' WHERE number = 3",
        "UPDATE journal SET at = '2026-01-01T00:00:00.000000Z' WHERE number = 3",
        "UPDATE journal SET at = 'hom qua' WHERE number = 3",
        "UPDATE journal SET previous = '00' WHERE number = 3",
        "UPDATE journal SET digest = '00' WHERE number = 3",
        "DELETE FROM journal WHERE number = 3",
        "UPDATE journal SET number = 99 WHERE number = 3",
    ],
)
def test_a_line_of_the_journal_that_was_changed_is_named(scene: Scene, statement: str) -> None:
    home = scene.home("province")
    edit(home, statement)
    found = upkeep.check(scene.office("province"))
    assert found.journal_fault == 3
    assert not found.sound


@pytest.mark.parametrize("damage", ["changed", "cut", "gone"])
def test_damaged_evidence_is_named(scene: Scene, damage: str) -> None:
    office = scene.office("ban-ho-ready")
    (path,) = (office.home / "evidence").glob("??/*")
    data = path.read_bytes()
    path.chmod(0o600)
    if damage == "gone":
        path.unlink()
    else:
        path.write_bytes(data[:-1] if damage == "cut" else data[:-1] + b"x")
    assert upkeep.check(office).damaged_evidence == (path.parent.name + path.name,)


def test_a_damaged_revision_is_named(scene: Scene) -> None:
    home = scene.home("ban-ho-handed-over")
    edit(
        home,
        "UPDATE revision SET document = CAST(replace(document, '2026', '2027') AS BLOB) WHERE sequence = 2",
    )
    found = upkeep.check(scene.office("ban-ho-handed-over"))
    assert len(found.damaged_revisions) == 1
    assert not found.sound


def test_copies_are_listed_newest_first(scene: Scene) -> None:
    office = scene.office("ban-ho")
    for reason in ("import", "lock"):
        office.back_up(reason)
    listed = upkeep.backups(office)
    assert [each.reason for each in listed[:2]] == ["lock", "import"]
    assert all(each.size > 0 for each in listed)
    assert listed == sorted(listed, key=lambda each: each.at, reverse=True)
