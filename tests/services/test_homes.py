"""Homes: one process at a time, swept when opened, backed up by themselves."""

from __future__ import annotations

import datetime as dt
import errno
import os
import sqlite3
import stat
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from db.backup import KEPT
from db.errors import DatabaseDamaged, DatabaseTooNew
from parindex_desktop.domain.units import Level
from parindex_desktop.services import filling, founding, locking, receiving, upkeep
from parindex_desktop.services.homes import HomeInUse, HomeNotSetUp, open_home
from tests.offices import NOW, Clock, answer, content_of, fill, holdings, light_keys

if TYPE_CHECKING:
    from pathlib import Path

    from tests.offices import Scene

HOLDER = """
import sys
from pathlib import Path
from parindex_desktop.services.homes import open_home
with open_home(Path(sys.argv[1])):
    print("open", flush=True)
    sys.stdin.readline()
"""


def test_a_second_process_is_told_that_the_home_is_in_use(scene: Scene) -> None:
    home = scene.home("ban-ho")
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(home)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdin is not None
        assert other.stdout.readline() == b"open\n"
        before = content_of(home)
        with pytest.raises(HomeInUse):
            open_home(home)
        other.stdin.close()
        assert other.wait(30) == 0
    assert content_of(home) == before
    scene.office("ban-ho")


def test_a_killed_process_leaves_the_home_free(scene: Scene) -> None:
    home = scene.home("ban-ho")
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(home)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        other.stdout.readline()
        other.kill()
    assert upkeep.check(scene.office("ban-ho")).sound


def test_two_windows_of_one_process_do_not_share_a_home_either(scene: Scene) -> None:
    office = scene.office("ban-ho")
    with pytest.raises(HomeInUse):
        open_home(office.home)
    office.setting("language")  # the refused one has not closed anything


def test_what_a_killed_process_left_half_done_is_swept_away(scene: Scene) -> None:
    home = scene.home("ban-ho-ready")
    kept = sorted((home / "evidence").glob("??/*"))
    (home / "staging" / "abc").mkdir(parents=True)
    (home / "staging" / "abc" / "tep").write_bytes(b"half")
    (home / "evidence" / ".new-xyz").write_bytes(b"half a gigabyte")
    office = scene.office("ban-ho-ready")
    assert list((home / "staging").iterdir()) == []
    assert sorted(path for path in (home / "evidence").rglob("*") if path.is_file()) == kept
    assert upkeep.check(office).sound


def test_a_copy_that_was_only_to_be_read_is_swept_away_too(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows removes no file that is read-only: here the call refuses it as Windows does."""
    home = scene.home("ban-ho-ready")
    copy = home / "staging" / "opened" / "ab.pdf"
    copy.parent.mkdir(parents=True)
    copy.write_bytes(b"%PDF-")
    copy.chmod(0o400)
    unlink = os.unlink

    def as_windows(path: str, *, dir_fd: int | None = None) -> None:
        if not os.stat(path, dir_fd=dir_fd).st_mode & stat.S_IWRITE:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
        unlink(path, dir_fd=dir_fd)

    monkeypatch.setattr(os, "unlink", as_windows)
    scene.office("ban-ho-ready")
    assert list((home / "staging").iterdir()) == []


@pytest.mark.parametrize("is_there", [False, True])
def test_nobody_else_at_the_machine_looks_into_a_home(tmp_path: Path, *, is_there: bool) -> None:
    home = tmp_path / "home"
    if is_there:
        home.mkdir(mode=0o755)
    with light_keys():
        founding.found(home, founding.NewOffice(Level.COMMUNE, "Xã A", "demo")).close()
    others = stat.S_IMODE(home.stat().st_mode) & 0o077
    assert others == (0 if os.name == "posix" else 0o077)  # Windows keeps a user's folders private by itself


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\0", b"khong phai co so du lieu" * 100])
def test_a_home_without_a_database_of_ours_is_named(scene: Scene, content: bytes) -> None:
    home = scene.home("ban-ho")
    (home / "office.db").write_bytes(content)
    with pytest.raises(DatabaseDamaged if content else HomeNotSetUp):
        open_home(home)
    assert (home / "office.db").exists()


def test_a_database_that_is_broken_inside_is_named(scene: Scene) -> None:
    home = scene.home("ban-ho-ready")
    data = bytearray((home / "office.db").read_bytes())
    data[4096 : len(data) - 4096] = b"\xa5" * (len(data) - 8192)
    (home / "office.db").write_bytes(data)
    with pytest.raises(DatabaseDamaged), open_home(home) as office:
        filling.open_form(office)


def test_a_home_of_a_newer_program_is_left_alone(scene: Scene) -> None:
    home = scene.home("ban-ho")
    with sqlite3.connect(home / "office.db") as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    database.close()
    before = content_of(home)
    with pytest.raises(DatabaseTooNew):
        open_home(home)
    assert content_of(home) == before


def test_the_database_is_copied_before_a_batch_and_before_figures_are_locked(scene: Scene) -> None:
    province, commune = scene.office("province"), scene.office("ban-ho")
    before = content_of(province.home)
    receiving.take_in(province, [scene.file("ban-ho-1.cchc"), scene.file("ta-van-1.cchc")])
    (only,) = (backup for backup in upkeep.backups(province) if backup.reason == "import")
    stamped = f"{only.at:%Y%m%dT%H%M%S%f}-import.db"
    with sqlite3.connect(province.home / "backups" / stamped) as copy:
        assert copy.execute("SELECT count(*) FROM revision").fetchone() == (1,)
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    copy.close()
    assert before != content_of(province.home)
    locking.lock(commune, fill(commune, filling.open_form(commune)))
    assert [each.reason for each in upkeep.backups(commune)].count("lock") == 1
    assert commune.last_backup() == upkeep.backups(commune)[0].at


def test_looking_without_taking_in_copies_nothing(scene: Scene) -> None:
    province = scene.office("province")
    before = upkeep.backups(province)
    receiving.take_in(province, [scene.file("ban-ho-1.cchc")], dry_run=True)
    assert upkeep.backups(province) == before


def test_only_the_newest_copies_stay(scene: Scene) -> None:
    office = scene.office("ban-ho")
    made = [office.back_up("import").name for _ in range(KEPT + 3)]
    assert [path.name for path in sorted((office.home / "backups").iterdir())] == made[3:]


def test_a_copy_made_under_a_wrong_clock_is_not_the_first_to_go(scene: Scene) -> None:
    office = scene.office("ban-ho")
    for _ in range(KEPT):
        office.back_up("import")
    scene.clock.now = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
    assert office.back_up("lock").exists()


def test_files_that_somebody_else_put_beside_the_copies_are_left_alone(scene: Scene) -> None:
    office = scene.office("ban-ho")
    (office.home / "backups" / "ban sao cua toi.db").write_bytes(b"")
    for _ in range(KEPT + 1):
        office.back_up("import")
    assert (office.home / "backups" / "ban sao cua toi.db").exists()
    assert office.last_backup() is not None
    assert len(upkeep.backups(office)) == KEPT


def test_a_copy_that_was_cut_short_is_no_copy_and_goes_with_the_next(scene: Scene) -> None:
    office = scene.office("ban-ho")
    half = office.home / "backups" / "20260101T000000000000-import.part"
    half.parent.mkdir(exist_ok=True)
    before = upkeep.backups(office)
    half.write_bytes(b"half")
    assert upkeep.backups(office) == before
    office.back_up("import")
    assert not half.exists()


def test_a_user_without_a_name_can_work_all_the_same(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """A service account or a container: no entry in the list of users, no variable that says who."""

    def nobody() -> str:
        raise KeyError("getpwuid(): uid not found: 12345")

    monkeypatch.setattr("getpass.getuser", nobody)
    home = scene.home("ban-ho")
    with open_home(home, Clock(NOW)) as office:
        form = filling.open_form(office)
        answer(office, form, "1.3", count="2")
        assert upkeep.read_journal(office)[-1].actor


def test_a_transaction_that_fails_leaves_nothing_on_the_disk_or_in_memory(scene: Scene) -> None:
    office = scene.office("ban-ho")
    before, record = holdings(office.home), office.record

    def fail() -> None:
        with office.begin() as session:
            office.change_record(session, name="Khác", period="2027")
            office.write(session, "x", {})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert office.record == record
    assert holdings(office.home) == before
    assert list(office.staging.iterdir()) == []
