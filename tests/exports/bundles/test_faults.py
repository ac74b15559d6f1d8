"""Whatever the machine does while a bundle is written or taken in: one clear reason, nothing left, nothing lost."""

from __future__ import annotations

import errno
import os
import shutil
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import pytest

from exports.bundles import bag, sticks
from exports.bundles.errors import (
    DiskFull,
    FileTooLargeForStick,
    SourceUnreadable,
    TargetNotWritable,
    WriteNotVerified,
)
from exports.bundles.reading import stage_bundle, verify_bundle
from parindex_desktop.domain.errors import Cancelled, MachineError

if TYPE_CHECKING:
    from collections.abc import Callable

    from .conftest import Desk

CONTENTS = (b"", b"%PDF-1.7", b"z" * 2_500_000)


class Failing:
    """A system call that fails at its n-th use, or never; counts its uses."""

    def __init__(self, real: Callable[..., Any], at: int, number: int) -> None:
        self._real = real
        self._at = at
        self._number = number
        self.uses = 0

    def __call__(self, *values: Any, **options: Any) -> Any:
        self.uses += 1
        if self.uses == self._at:
            raise OSError(self._number, os.strerror(self._number))
        return self._real(*values, **options)


SYSTEM = {"write": os, "fsync": os, "read": os, "open": os, "replace": Path}


def uses_of(call: str, work: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> int:
    counting = Failing(getattr(SYSTEM[call], call), 0, 0)
    with monkeypatch.context() as patch:
        patch.setattr(SYSTEM[call], call, wrapped(counting))
        work()
    return counting.uses


def wrapped(failing: Failing) -> Callable[..., Any]:
    """As a function, so that it also stands in for a method."""

    def call(*values: Any, **options: Any) -> Any:
        return failing(*values, **options)

    return call


@pytest.mark.parametrize(
    ("call", "number", "reason"),
    [
        ("write", errno.ENOSPC, DiskFull),
        ("write", errno.EFBIG, FileTooLargeForStick),
        ("write", errno.EIO, TargetNotWritable),
        ("fsync", errno.EIO, TargetNotWritable),
        ("fsync", errno.ENOSPC, DiskFull),
        ("read", errno.EIO, TargetNotWritable),
        ("open", errno.EROFS, TargetNotWritable),
        ("replace", errno.EACCES, TargetNotWritable),
    ],
)
def test_a_fault_at_any_moment_of_writing_leaves_nothing_and_the_older_file(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, call: str, number: int, reason: type[MachineError]
) -> None:
    revision = desk.revision(desk.attach(*CONTENTS))
    older = desk.folder / "a.cchc"
    count = uses_of(call, lambda: desk.write(revision), monkeypatch)
    assert count >= 1
    older.write_bytes(b"older")
    for at in range(1, count + 1):
        with monkeypatch.context() as patch:
            patch.setattr(SYSTEM[call], call, wrapped(Failing(getattr(SYSTEM[call], call), at, number)))
            with pytest.raises(reason):
                desk.write(revision)
        names = sorted(entry.name for entry in desk.folder.iterdir())
        if call in {"fsync", "open"} and at == count:  # the folder itself could not be flushed
            assert names == ["store"]
            older.write_bytes(b"older")
        else:
            assert names == ["a.cchc", "store"]
            assert older.read_bytes() == b"older"


@pytest.mark.parametrize(
    ("call", "number", "reason"),
    [
        ("write", errno.ENOSPC, DiskFull),
        ("fsync", errno.EIO, TargetNotWritable),
        ("open", errno.EACCES, TargetNotWritable),
    ],
)
def test_a_fault_at_any_moment_of_taking_in_leaves_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, call: str, number: int, reason: type[MachineError]
) -> None:
    path, _ = desk.write(desk.revision(desk.attach(*CONTENTS)))
    count = uses_of(call, lambda: desk.stage(path), monkeypatch)
    assert count >= len(CONTENTS)
    for at in range(1, count + 1):
        folder = desk.inbox()
        with monkeypatch.context() as patch:
            patch.setattr(SYSTEM[call], call, wrapped(Failing(getattr(SYSTEM[call], call), at, number)))
            with pytest.raises(reason):
                desk.stage(path, folder)
        assert not list(folder.iterdir())


def test_a_stick_that_is_pulled_out_is_told_as_such(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file opens, and then its bytes do not come."""
    path, _ = desk.write(desk.revision(desk.attach(*CONTENTS)))

    class PulledOut:
        def __init__(self, file: Any, left: int) -> None:
            self._file, self._left = file, left

        def read(self, size: int = -1) -> Any:
            self._left -= 1
            if self._left < 0:
                raise OSError(errno.EIO, "gone")
            return self._file.read(size)

        def __enter__(self) -> Self:
            return self

        def __exit__(self, *_: object) -> None:
            self._file.close()

        def __getattr__(self, name: str) -> Any:
            return getattr(self._file, name)

    real = Path.open
    for left in range(7):
        folder = desk.inbox()
        with monkeypatch.context() as patch:
            patch.setattr(
                Path,
                "open",
                lambda self, *a, left=left, **o: (
                    PulledOut(real(self, *a, **o), left) if self == path else real(self, *a, **o)
                ),
            )
            with pytest.raises(SourceUnreadable):
                stage_bundle(path, folder, judge=lambda _c, _s: None, has=lambda _s: False)
        assert not list(folder.iterdir())


def test_a_stick_that_keeps_other_bytes_is_found_out(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    revision = desk.revision(desk.attach(*CONTENTS))
    real = os.read
    monkeypatch.setattr(os, "read", lambda handle, size: real(handle, size).replace(b"zzz", b"zzy", 1))
    with pytest.raises(WriteNotVerified):
        desk.write(revision)
    assert [entry.name for entry in desk.folder.iterdir()] == ["store"]


def test_a_drive_that_cannot_flush_folders_is_good_enough(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.fsync

    def files_only(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, "not on this drive")
        real(handle)

    monkeypatch.setattr(os, "fsync", files_only)
    path, _ = desk.write(desk.revision())
    desk.stage(path)


def test_a_system_that_takes_a_few_bytes_at_a_time_gets_all(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: real(handle, data[:60_001]))
    path, _ = desk.write(desk.revision(desk.attach(*CONTENTS)))
    desk.stage(path)


def test_room_is_looked_at_before_anything_is_written(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    revision = desk.revision(desk.attach(*CONTENTS))
    signature = dict(desk.parts(revision))[bag.SIGNATURE]
    sign = {"sign": lambda _content: signature}  # one, since signatures differ by a byte or two in length
    path, written = desk.write(revision, **sign)
    path.unlink()
    usage = shutil.disk_usage(desk.folder)._replace(free=written.size - 1)
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "disk_usage", lambda _path: usage)
        patch.setattr(os, "open", lambda *_: pytest.fail("something was opened"))
        with pytest.raises(DiskFull, match=str(written.size)):
            desk.write(revision, **sign)
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "disk_usage", lambda _path: usage._replace(free=written.size))
        desk.write(revision, **sign)
    folder = desk.inbox()
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage._replace(free=1000))
    with pytest.raises(DiskFull):
        desk.stage(path, folder)


def test_what_fat32_cannot_hold_is_said_before_anything_is_written(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    revision = desk.revision(desk.attach(b"evidence"))
    monkeypatch.setattr(sticks, "FAT_LIMIT", 1000)
    monkeypatch.setattr(sticks, "_is_fat", lambda _folder: True)
    with pytest.raises(FileTooLargeForStick):
        desk.write(revision)
    monkeypatch.setattr(sticks, "_is_fat", lambda _folder: False)
    desk.write(revision)


MOUNTS = (
    "/dev/sda1 / ext4 rw 0 0\n"
    "/dev/sdb1 /media/xa/USB\\040của\\040tôi vfat rw 0 0\n"
    "/dev/sdc1 /media/xa/exfat exfat rw 0 0\n"
    "tmpfs /media/xa/USB\\040của\\040tôi/inner tmpfs rw 0 0\n"
)


@pytest.mark.parametrize(
    ("folder", "fat"),
    [
        ("/", False),
        ("/media/xa", False),
        ("/media/xa/USB của tôi", True),
        ("/media/xa/USB của tôi/hồ sơ/2026", True),
        ("/media/xa/USB của tôi/inner/x", False),
        ("/media/xa/exfat", False),
    ],
)
def test_fat_is_told_by_the_nearest_mount(folder: str, fat: bool) -> None:
    assert sticks.fat_among(MOUNTS, Path(folder)) is fat


def test_a_target_that_cannot_be_is_said(desk: Desk) -> None:
    with pytest.raises(TargetNotWritable):
        desk.write(desk.revision(), name="none/a.cchc")
    (desk.folder / "folder.cchc" / "inside").mkdir(parents=True)
    with pytest.raises(TargetNotWritable):
        desk.write(desk.revision(), name="folder.cchc")
    assert sorted(entry.name for entry in desk.folder.iterdir()) == ["folder.cchc", "store"]


def test_a_source_that_is_not_there_is_said(desk: Desk) -> None:
    for source in (desk.folder / "none.cchc", desk.folder):
        with pytest.raises(SourceUnreadable):
            verify_bundle(source, judge=lambda _claims, _signer: None)


@pytest.mark.parametrize("at", [1, 3, 6])
def test_cancelling_leaves_nothing(desk: Desk, at: int) -> None:
    revision = desk.revision(desk.attach(*CONTENTS))
    path, _ = desk.write(revision)
    calls = []

    def cancel(done: int, _total: int) -> None:
        calls.append(done)
        if len(calls) == at:
            raise Cancelled

    before = path.read_bytes()
    with pytest.raises(Cancelled):
        desk.write(revision, progress=cancel)
    assert path.read_bytes() == before
    assert sorted(entry.name for entry in desk.folder.iterdir()) == ["a.cchc", "store"]
    calls.clear()
    at = min(at, 3)
    with pytest.raises(Cancelled):
        desk.stage(path, progress=cancel)


def test_a_file_that_is_staged_twice_at_once_is_never_overwritten(desk: Desk) -> None:
    path, _ = desk.write(desk.revision(desk.attach(b"evidence")))
    folder = desk.inbox()
    (sha256,) = (f.sha256 for f in desk.stage(path, folder).files)
    with pytest.raises(TargetNotWritable, match=r"machine\.exists"):
        stage_bundle(path, folder, judge=lambda _c, _s: None, has=lambda _s: False)
    assert (folder / sha256).read_bytes() == b"evidence"
