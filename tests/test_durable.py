"""Files written for good: whatever fails on the way, the old file or the whole new one stands there, and no part."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from itertools import count
from typing import TYPE_CHECKING

import pytest

from db.backup import back_up
from db.database import Database
from db.errors import BackupNotMade
from exports.signing import keys
from parindex_desktop import durable
from parindex_desktop.services.files import FileNotWritten, write_whole
from tests.faults.breaking import broken_at, no_room
from tests.offices import NOW, PASSPHRASE, light_keys

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

OLD, NEW = b"what was there before", b"what is written now"


def write(target: Path) -> None:
    with durable.replacing(target) as file:
        file.write_bytes(NEW)


def test_what_stands_there_is_replaced_by_the_whole_new_file(tmp_path: Path) -> None:
    target = tmp_path / "Báo cáo.pdf"
    for _ in range(2):
        write(target)
        assert [path.read_bytes() for path in tmp_path.iterdir()] == [NEW]


def test_a_reader_sees_the_old_file_until_the_new_one_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "a"
    target.write_bytes(OLD)
    with durable.replacing(target) as file:
        file.write_bytes(NEW[:3])
        assert target.read_bytes() == OLD
        assert file.parent == target.parent  # a rename there is one step
    assert target.read_bytes() == NEW[:3]


@pytest.mark.parametrize("fault", [OSError(errno.EIO, "x"), KeyboardInterrupt(), ZeroDivisionError()])
def test_a_fault_of_the_writer_leaves_the_old_file_alone(tmp_path: Path, fault: BaseException) -> None:
    target = tmp_path / "a"
    target.write_bytes(OLD)

    def fails() -> None:
        with durable.replacing(target) as file:
            file.write_bytes(NEW)
            raise fault

    with pytest.raises(type(fault)):
        fails()
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [OLD]


def test_the_bytes_are_durable_before_the_name_and_the_name_before_it_returns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    flush, rename = os.fsync, os.replace

    def flushed(handle: int) -> None:
        done.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        flush(handle)

    def renamed(*names: str) -> None:
        done.append("name")
        rename(*names)

    monkeypatch.setattr(os, "fsync", flushed)
    monkeypatch.setattr(os, "replace", renamed)
    write(tmp_path / "a")
    assert done == ["file", "name", "folder"]


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps a user's folders from others by itself")
def test_a_private_file_is_private_from_its_first_byte_on(tmp_path: Path) -> None:
    mask = os.umask(0o022)
    os.umask(mask)
    for private, mode in ((True, 0o600), (False, 0o666 & ~mask)):
        with durable.replacing(tmp_path / "a", private=private) as file:
            assert stat.S_IMODE(file.stat().st_mode) == mode
        assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == mode


def test_a_folder_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write(tmp_path / "none" / "a")


def _key(target: Path) -> None:
    with light_keys():
        keys.save_key(target, keys.new_key(), PASSPHRASE)


def _backup(target: Path) -> None:
    database = Database(target.parent.parent / "office.db")
    try:
        back_up(database, target.parent, NOW, "lock")
    finally:
        database.close()


WRITERS: dict[str, tuple[str, Callable[[Path], None], type[Exception]]] = {
    "a file by itself": ("a", write, OSError),
    "a paper": ("bc.pdf", lambda target: write_whole(target, NEW), FileNotWritten),
    "a key": ("signing.p12", _key, keys.KeyFileUnreachable),
    "a backup": ("20261120T024107000000-lock.db", _backup, BackupNotMade),
}


@pytest.mark.parametrize("name", WRITERS)
def test_a_disk_that_fails_at_any_step_leaves_the_old_file_or_the_new_one(name: str, tmp_path: Path) -> None:
    """And nothing beside it; the fault has its name."""
    file, act, refusal = WRITERS[name]
    folder = tmp_path / "folder"
    folder.mkdir()
    target = folder / file
    steps = []
    for step in count(1):
        target.write_bytes(OLD)
        with broken_at(step, no_room, statements=False) as so_far, suppress(refusal):
            act(target)
        if len(so_far) < step:
            break
        steps.append(so_far[step - 1])
        assert [path.name for path in folder.iterdir()] == [file]
        # Only the flush of the folder comes after the new name.
        assert steps[-1] == "mkdir" or (target.read_bytes() == OLD) is ("replace" not in steps[:-1])
    assert steps[-3:] == ["fsync", "replace", "fsync"]
    assert target.read_bytes() != OLD


TOGETHER = {"signing.p12": b"one", "root.p12": b"two"}


def together(folder: Path, kept: list[dict[str, str]]) -> None:
    """Lay files ready, decide, and let them take their places; `kept` is what outlives the process."""
    kept.append(durable.lay_ready({folder / name: data for name, data in TOGETHER.items()}))
    durable.settle_ready(folder, kept[-1])


@pytest.mark.parametrize("there", [{}, {"signing.p12": OLD, "root.p12": OLD}])
def test_several_files_are_replaced_together(tmp_path: Path, there: dict[str, bytes]) -> None:
    for name, data in there.items():
        (tmp_path / name).write_bytes(data)
    together(tmp_path, [])
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == TOGETHER


@pytest.mark.parametrize(
    "decided", [{}, {"signing.p12": "0" * 64}, {"signing.p12": "0" * 64, "root.p12": "0" * 64}]
)
def test_what_lies_ready_and_was_not_decided_goes(tmp_path: Path, decided: dict[str, str]) -> None:
    for name in TOGETHER:
        (tmp_path / name).write_bytes(OLD)
    durable.lay_ready({tmp_path / name: data for name, data in TOGETHER.items()})
    assert {path.read_bytes() for path in tmp_path.iterdir() if path.suffix == ".p12"} == {OLD}
    durable.settle_ready(tmp_path, decided)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == dict.fromkeys(TOGETHER, OLD)


def test_one_of_several_that_is_gone_keeps_the_others_from_their_places(tmp_path: Path) -> None:
    for name in TOGETHER:
        (tmp_path / name).write_bytes(OLD)
    decided = durable.lay_ready({tmp_path / name: data for name, data in TOGETHER.items()})
    next(tmp_path.glob("root.p12.*")).unlink()
    durable.settle_ready(tmp_path, decided)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == dict.fromkeys(TOGETHER, OLD)


def test_whatever_fails_all_of_several_files_are_new_or_all_are_old(tmp_path: Path) -> None:
    seen = set()
    for step in count(1):
        folder = tmp_path / str(step)
        folder.mkdir()
        for name in TOGETHER:
            (folder / name).write_bytes(OLD)
        kept: list[dict[str, str]] = []
        with broken_at(step, no_room, statements=False) as steps, suppress(OSError):
            together(folder, kept)
        durable.settle_ready(folder, kept[-1] if kept else {})
        now = {path.name: path.read_bytes() for path in folder.iterdir()}
        assert now == (TOGETHER if kept else dict.fromkeys(TOGETHER, OLD))
        seen.add(now == TOGETHER)
        if len(steps) < step:
            break
    assert seen == {True, False}
