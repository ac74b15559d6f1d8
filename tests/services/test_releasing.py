"""Freeing room: what nothing names goes, and nothing else ever does."""

from __future__ import annotations

import itertools
import json
import os
import shutil
import sqlite3
import time
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.errors import BackupDamaged
from parindex_desktop.services import attaching, filling, handing_over, locking, receiving, releasing, upkeep
from parindex_desktop.services.homes import Office, open_home
from parindex_desktop.services.releasing import UNUSED_FOR, Room
from tests.offices import PASSPHRASE, Clock, close_and_sign, leaf

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.offices import Scene

CONTENT = b"%PDF-1.7 nham\n%%EOF\n"


def stored(home: Path) -> set[str]:
    return {path.parent.name + path.name for path in (home / "evidence").glob("??/*")}


def let_time_pass(home: Path, days: float = UNUSED_FOR.days + 1) -> None:
    """As if every file had been attached so many days ago."""
    then = time.time() - days * 86400
    for path in (home / "evidence").glob("??/*"):
        os.utime(path, (then, then))


def attach(office: Office, file: Path, code: str = "1.2") -> str:
    """Attach a file; returns its digest."""
    form = filling.open_form(office)
    _, document = attaching.attach_file(office, form, leaf(form, code), file)
    assert document.sha256 is not None
    return document.sha256


def take_away(office: Office, code: str = "1.2") -> None:
    form = filling.open_form(office)
    for linked in form.sheet(code).evidence:
        form = attaching.unlink(office, form, leaf(form, code), linked.document.id)


def attach_by_mistake(scene: Scene) -> tuple[Office, str]:
    office = scene.office("ban-ho")
    sha256 = attach(office, scene.evidence("nham.pdf", CONTENT))
    take_away(office)
    return office, sha256


def test_a_file_that_nothing_names_any_more_is_removed(scene: Scene) -> None:
    office, _ = attach_by_mistake(scene)
    let_time_pass(office.home)
    assert releasing.to_free(office) == upkeep.check(office).to_free == Room(1, len(CONTENT))
    assert releasing.release(office) == Room(1, len(CONTENT))
    assert stored(office.home) == set()
    assert releasing.release(office) == releasing.to_free(office) == Room(0, 0)
    assert upkeep.check(office).sound
    (line,) = [each for each in upkeep.read_journal(office) if each.action == "evidence.released"]
    assert json.loads(line.details)["bytes"] == len(CONTENT)


def test_a_file_that_was_removed_can_be_attached_again(scene: Scene) -> None:
    office, sha256 = attach_by_mistake(scene)
    let_time_pass(office.home)
    releasing.release(office)
    assert attach(office, scene.evidence("nham.pdf", CONTENT)) == sha256
    let_time_pass(office.home)
    assert releasing.release(office) == Room(0, 0)
    found = upkeep.check(office)
    assert (found.files, found.sound) == (1, True)


def test_a_new_file_stays_though_nothing_names_it_yet(scene: Scene) -> None:
    """It may just be attached, or come back by undoing."""
    office, sha256 = attach_by_mistake(scene)
    let_time_pass(office.home, UNUSED_FOR.days - 1)
    assert releasing.release(office) == Room(0, 0)
    assert stored(office.home) == {sha256}


def test_an_old_file_is_new_again_once_it_is_on_its_way_in(scene: Scene) -> None:
    """Between copying and naming nothing holds it but its age, although the store had it before."""
    office, sha256 = attach_by_mistake(scene)
    let_time_pass(office.home)
    kept = attaching.keep_file(office, scene.evidence("lai.pdf", CONTENT))
    assert releasing.release(office) == Room(0, 0)
    form = filling.open_form(office)
    attaching.attach_kept(office, form, leaf(form, "1.2"), kept)
    assert stored(office.home) == {sha256}
    assert upkeep.check(office).sound


def test_a_file_that_a_bundle_names_stays_from_when_it_is_found_to_be_here(scene: Scene) -> None:
    """Whenever the room is freed while the bundle is taken in: at its first step, its second, ..."""
    for step in itertools.count(1):
        home = shutil.copytree(scene.made / "province", scene.folder / str(step))
        with open_home(home, Clock(), "lan") as province:
            province.evidence.add(scene.file("ban-ky.pdf"))
            let_time_pass(home)
            ticks = itertools.count(1)

            def meanwhile(
                _done: int, _total: int, office: Office = province, steps: Iterator[int] = ticks
            ) -> None:
                if next(steps) == step:  # noqa: B023 (only called in this round)
                    releasing.release(office)

            (taken,) = receiving.take_in(province, [scene.file("ban-ho-1.cchc")], progress=meanwhile)
            assert taken.complete
            assert upkeep.check(province).sound
            if next(ticks) <= step:
                break
    assert step > 5


@pytest.mark.parametrize("way", ["typed", "signed", "draft", "handed over", "taken in"])
def test_whatever_still_names_a_file_keeps_it(scene: Scene, way: str) -> None:
    office = scene.office("province" if way == "taken in" else "ban-ho")
    match way:
        case "typed":
            attach(office, scene.evidence("a.pdf", CONTENT))
        case "signed":
            form = locking.lock(office, filling.open_form(office), "Chưa đủ")
            scan = scene.evidence("ban-ky.pdf", CONTENT)
            day = Clock().now.date()
            locking.record_signed(office, form, locking.SignedPaper("1/BC", day, "An", scan))
        case "draft":
            attach(office, scene.evidence("a.pdf", CONTENT))
            form = filling.open_form(office)
            handing_over.export_draft(office, form, PASSPHRASE, scene.folder)
            take_away(office)
        case "handed over":
            attach(office, scene.evidence("a.pdf", CONTENT))
            form = close_and_sign(office, filling.open_form(office))
            form, _ = handing_over.hand_over(office, form, PASSPHRASE, scene.folder)
            locking.unlock(office, form, "Sửa")
            take_away(office)
        case "taken in":
            receiving.take_in(office, [scene.file("ban-ho-1.cchc")])
    before = stored(office.home)
    assert before
    for backup in (office.home / "backups").iterdir():
        backup.unlink()
    let_time_pass(office.home)
    assert releasing.release(office) == Room(0, 0)
    assert stored(office.home) == before


def test_a_kept_backup_keeps_the_files_that_it_names(scene: Scene) -> None:
    office = scene.office("ban-ho")
    sha256 = attach(office, scene.evidence("a.pdf", CONTENT))
    backup = office.back_up("manual")
    take_away(office)
    let_time_pass(office.home)
    assert releasing.release(office) == Room(0, 0)
    assert stored(office.home) == {sha256}
    backup.unlink()
    assert releasing.release(office) == Room(1, len(CONTENT))


def test_a_backup_that_only_knew_of_a_file_is_whole_without_it(scene: Scene) -> None:
    office, _ = attach_by_mistake(scene)
    backup = office.back_up("manual")
    let_time_pass(office.home)
    assert releasing.release(office) == Room(1, len(CONTENT))
    office.close()
    shutil.copy(backup, office.home / "office.db")
    assert upkeep.check(scene.office("ban-ho")).sound


@pytest.mark.parametrize("damage", ["empty", "cut", "scribbled"])
def test_while_a_backup_cannot_be_read_nothing_is_removed(scene: Scene, damage: str) -> None:
    office, sha256 = attach_by_mistake(scene)
    backup = office.back_up("manual")
    let_time_pass(office.home)
    whole = backup.read_bytes()
    backup.chmod(0o600)
    backup.write_bytes(
        {"empty": b"", "cut": whole[: len(whole) // 3], "scribbled": b"x" * len(whole)}[damage]
    )
    with pytest.raises(BackupDamaged, match=backup.name):
        releasing.release(office)
    assert stored(office.home) == {sha256}
    found = upkeep.check(office)
    assert found.sound
    assert getattr(found.to_free, "code", "") == BackupDamaged.code


def test_a_good_copy_of_a_damaged_revision_keeps_its_files(scene: Scene) -> None:
    office = scene.office("ban-ho-handed-over")
    before = stored(office.home)
    office.back_up("manual")
    office.close()
    with closing(sqlite3.connect(office.home / "office.db")) as database, database:
        database.execute("UPDATE revision SET document = X'7B7D'")
    office = scene.office("ban-ho-handed-over")
    let_time_pass(office.home)
    assert releasing.release(office) == Room(0, 0)
    assert stored(office.home) == before


def test_what_the_database_forgot_is_removed_the_next_time(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The plug was pulled, or the system would not let the file go."""
    office, sha256 = attach_by_mistake(scene)
    let_time_pass(office.home)

    def busy(*_: object, **__: object) -> None:
        raise PermissionError

    with monkeypatch.context() as patched:
        patched.setattr(os, "unlink", busy)
        assert releasing.release(office) == Room(0, 0)
    assert stored(office.home) == {sha256}
    assert upkeep.check(office).sound
    assert releasing.release(office) == Room(1, len(CONTENT))


def test_files_of_others_in_the_store_are_left_alone(scene: Scene) -> None:
    office = scene.office("ban-ho")
    for name in ("desktop.ini", "ab/ghi-chu.txt", "ab/" + "g" * 62):
        path = office.home / "evidence" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
        os.utime(path, (0, 0))
    assert releasing.release(office) == Room(0, 0)


STEPS = st.one_of(
    st.tuples(st.just("attach"), st.integers(0, 2), st.sampled_from(["1.2", "1.3"])),
    st.tuples(st.just("take away"), st.just(0), st.sampled_from(["1.2", "1.3"])),
    st.tuples(st.sampled_from(["back up", "drop a backup", "draft", "release"]), st.just(0), st.just("")),
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(STEPS, min_size=3, max_size=9))
def test_after_whatever_was_done_every_copy_finds_its_files(
    scene: Scene, steps: list[tuple[str, int, str]]
) -> None:
    files = [scene.evidence(f"{n}.pdf", CONTENT + bytes([n])) for n in range(3)]
    home = scene.folder / "home"
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(scene.made / "ban-ho", home)
    for backup in (home / "backups").iterdir():
        backup.unlink()
    with open_home(home, Clock(), "lan") as office:
        for step, number, code in [*steps, ("release", 0, "")]:
            backups = sorted((home / "backups").glob("*.db"))
            match step:
                case "attach":
                    attach(office, files[number], code)
                case "take away":
                    take_away(office, code)
                case "back up":
                    office.back_up("manual")
                case "drop a backup" if backups:
                    backups[0].unlink()
                case "draft":
                    handing_over.export_draft(office, filling.open_form(office), PASSPHRASE, scene.folder)
                case "release":
                    let_time_pass(home)
                    releasing.release(office)
                    assert releasing.to_free(office) == Room(0, 0)
    kept: set[str] = set()
    for copy in [home / "office.db", *(home / "backups").glob("*.db")]:
        kept |= _files_that_a_copy_needs(copy, scene.folder / "restored", home)
    assert stored(home) == kept


def _files_that_a_copy_needs(copy: Path, restored: Path, home: Path) -> set[str]:
    """Bring a copy of the database back and look: its documents, and those of all that it has signed."""
    shutil.rmtree(restored, ignore_errors=True)
    shutil.copytree(home, restored)
    for each in restored.glob("office.db*"):
        each.unlink()
    shutil.copy(copy, restored / "office.db")
    with open_home(restored, Clock(), "lan") as office:
        assert upkeep.check(office).sound
        form = filling.open_form(office)
    signed = {each.sha256 for revision in form.series.held.values() for each in revision.attachments}
    return signed | {each.sha256 for each in attaching.documents(form) if each.sha256}
