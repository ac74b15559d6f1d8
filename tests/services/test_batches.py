"""Several bundles at once: what they are to each other, when the database is copied, and what stops all of them."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from db.errors import BackupNotMade
from parindex_desktop.domain.errors import Cancelled
from parindex_desktop.domain.units import Level
from parindex_desktop.services import kits, receiving, register, upkeep
from parindex_desktop.services.register import NewUnit
from resources import say
from tests.offices import PASSPHRASE, holdings, quiet

if TYPE_CHECKING:
    from pathlib import Path

    from parindex_desktop.services.homes import Office
    from parindex_desktop.services.receiving import Taken
    from tests.offices import Scene


@pytest.fixture
def province(scene: Scene) -> Office:
    return scene.office("province")


def outcomes(taken: list[Taken]) -> list[str]:
    """Outcome of each, or why it was refused."""
    return [each.problem.code if each.problem else each.outcome.value for each in taken]


def take(office: Office, *paths: Path) -> list[str]:
    return outcomes(receiving.take_in(office, paths))


def test_two_copies_in_one_batch_count_once_and_say_of_whom_they_are_copies(
    scene: Scene, province: Office
) -> None:
    shutil.copy(scene.file("ban-ho-1.cchc"), scene.folder / "copy.cchc")
    batch = [scene.file("ban-ho-1.cchc"), scene.folder / "copy.cchc"]
    for dry_run in (True, False):
        first, second = receiving.take_in(province, batch, dry_run=dry_run)
        assert (first.outcome, first.twin_of) == ("first", "")
        assert (second.outcome, second.twin_of, second.restored, second.adds) == (
            "twin",
            "ban-ho-1.cchc",
            0,
            False,
        )
    held, again = receiving.take_in(province, batch, dry_run=True)
    assert (held.outcome, again.outcome) == ("held", "twin")


def test_the_database_is_backed_up_before_what_is_held_changes_and_only_then(
    scene: Scene, province: Office, tmp_path: Path
) -> None:
    (tmp_path / "hong.cchc").write_bytes(b"no bundle")
    one, other = scene.file("ban-ho-1.cchc"), scene.file("ta-van-1.cchc")
    for batch, copies in (
        ([tmp_path / "hong.cchc", scene.file("ban-ho-draft.cchc")], 0),  # refused
        ([tmp_path / "hong.cchc", one, other], 1),  # once for a batch
        ([one, other], 1),  # held already
        ([scene.file("ban-ho-2.cchc")], 2),
    ):
        take(province, *batch)
        assert len(upkeep.backups(province)) == copies
    with closing(sqlite3.connect(min((province.home / "backups").glob("*.db")))) as backup:
        assert backup.execute("SELECT count(*) FROM revision").fetchone() == (1,)  # the kit alone


@pytest.mark.parametrize(
    ("number", "code"), [(errno.ENOSPC, "storage.no_room"), (errno.EIO, "storage.not_writable")]
)
def test_a_disk_that_takes_no_evidence_names_the_bundle(
    scene: Scene, province: Office, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    before = holdings(province.home)

    def broken(_handle: int, _data: object) -> int:
        raise OSError(number, "broken")

    monkeypatch.setattr(os, "write", broken)
    (taken,) = receiving.take_in(province, [scene.file("ban-ho-1.cchc")])
    monkeypatch.undo()
    assert (taken.outcome, outcomes([taken])) == ("failed", [code])
    assert taken.problem is not None
    assert "ban-ho-1.cchc" in say(taken.problem)
    assert holdings(province.home) == before


def test_a_disk_that_takes_no_backup_stops_the_batch(scene: Scene, province: Office) -> None:
    before = holdings(province.home)
    shutil.rmtree(province.home / "backups")
    (province.home / "backups").write_bytes(b"")
    with pytest.raises(BackupNotMade):
        take(province, scene.file("ban-ho-1.cchc"), scene.file("ta-van-1.cchc"))
    assert holdings(province.home) == before


def test_stopping_a_batch_keeps_what_was_taken_in(scene: Scene, province: Office) -> None:
    done: list[int] = []

    def stop_after_one(number: int, _total: int) -> None:
        done.append(number)
        if number == 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        receiving.take_in(
            province, [scene.file("ban-ho-1.cchc"), scene.file("ta-van-1.cchc")], progress=stop_after_one
        )
    assert [each.outcome for each in upkeep.read_inbox(province)] == ["first"]
    assert list(province.staging.iterdir()) == []
    assert take(province, scene.file("ban-ho-1.cchc"), scene.file("ta-van-1.cchc")) == ["held", "first"]


def test_a_kit_and_bundles_that_need_it_may_lie_on_one_stick(scene: Scene, tmp_path: Path) -> None:
    """The second machine is enrolled by a newer kit that lies beside the draft that it is to go on with."""
    province, two = scene.office("province"), scene.office("ban-ho-2")
    register.add_units(province, [NewUnit("03051", "Xã mới", Level.COMMUNE)])
    stick = tmp_path / "stick"
    stick.mkdir()
    kits.export_kit(province, PASSPHRASE, stick / "a-kit.cchc", quiet)
    shutil.copy(scene.file("ban-ho-draft.cchc"), stick / "b-nhap.cchc")
    assert take(two, stick) == ["later", "first"]
