"""The store: each distinct file once, whole, under its SHA-256."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.errors import EvidenceEmpty, EvidenceMissing, EvidenceUnreadable, StoreFull, StoreNotWritable
from db.evidence import EvidenceStore, Stored
from parindex_desktop.domain.errors import Cancelled

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def store(tmp_path: Path) -> EvidenceStore:
    return EvidenceStore(tmp_path / "evidence")


def everything(store_folder: Path) -> list[Path]:
    return [path for path in store_folder.rglob("*") if path.is_file()]


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(min_size=1, max_size=5000))
def test_what_goes_in_is_found_under_its_digest(tmp_path: Path, content: bytes) -> None:
    store = EvidenceStore(tmp_path / "evidence")
    (tmp_path / "x").write_bytes(content)
    stored = store.add(tmp_path / "x")
    assert stored == Stored(hashlib.sha256(content).hexdigest(), len(content))
    assert store.has(stored.sha256)
    assert store.checked_path(stored.sha256).read_bytes() == content
    assert store.damaged([stored.sha256]) == []


def test_the_same_content_lies_once_whatever_it_is_called(store: EvidenceStore, tmp_path: Path) -> None:
    for name in ("a.pdf", "b.docx"):
        (tmp_path / name).write_bytes(b"mot noi dung")
        store.add(tmp_path / name)
    assert len(everything(tmp_path / "evidence")) == 1


def test_what_cannot_be_taken_leaves_nothing(store: EvidenceStore, tmp_path: Path) -> None:
    (tmp_path / "empty").write_bytes(b"")
    for name, refusal in (("empty", EvidenceEmpty), ("none", EvidenceUnreadable), (".", EvidenceUnreadable)):
        with pytest.raises(refusal):
            store.add(tmp_path / name)
    assert everything(tmp_path / "evidence") == []


@pytest.mark.parametrize(
    ("number", "refusal"),
    [(errno.ENOSPC, StoreFull), (errno.EIO, StoreNotWritable), (errno.EROFS, StoreNotWritable)],
)
def test_a_disk_that_takes_nothing_is_named(
    store: EvidenceStore,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    refusal: type[Exception],
) -> None:
    (tmp_path / "x").write_bytes(b"noi dung")

    def fails(_handle: int) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", fails)
        with pytest.raises(refusal):
            store.add(tmp_path / "x")
    assert everything(tmp_path / "evidence") == []
    store.add(tmp_path / "x")


@pytest.mark.parametrize("number", [errno.EINVAL, errno.ENOTSUP])
def test_a_drive_that_cannot_flush_folders_is_good_enough(
    store: EvidenceStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """Network drives and some sticks have no such notion."""
    (tmp_path / "x").write_bytes(b"noi dung")
    flush = os.fsync

    def files_only(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(number, os.strerror(number))
        flush(handle)

    monkeypatch.setattr(os, "fsync", files_only)
    assert store.has(store.add(tmp_path / "x").sha256)


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "evidence").write_bytes(b"a file stands there")
    (tmp_path / "x").write_bytes(b"noi dung")
    with pytest.raises(StoreNotWritable):
        EvidenceStore(tmp_path / "evidence").add(tmp_path / "x")


def test_a_missing_or_changed_file_is_told(store: EvidenceStore, tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"noi dung")
    sha256 = store.add(tmp_path / "x").sha256
    assert store.damaged([sha256, "0" * 64]) == ["0" * 64]
    store.path(sha256).write_bytes(b"noi dung khac")
    assert store.damaged([sha256]) == [sha256]
    with pytest.raises(EvidenceMissing):
        store.checked_path("0" * 64)


def test_a_damaged_file_is_made_whole_when_its_content_comes_again(
    store: EvidenceStore, tmp_path: Path
) -> None:
    (tmp_path / "x").write_bytes(b"noi dung")
    sha256 = store.add(tmp_path / "x").sha256
    for again in (lambda: store.add(tmp_path / "x"), lambda: store.adopt([(sha256, tmp_path / "copy")])):
        store.path(sha256).write_bytes(b"")
        (tmp_path / "copy").write_bytes(b"noi dung")
        again()
        assert store.damaged([sha256]) == []


def test_staged_files_move_in(store: EvidenceStore, tmp_path: Path) -> None:
    staged = []
    for content in (b"mot", b"hai"):
        sha256 = hashlib.sha256(content).hexdigest()
        (tmp_path / sha256).write_bytes(content)
        staged.append((sha256, tmp_path / sha256))
    store.adopt(staged)
    store.adopt([])
    assert store.damaged([sha256 for sha256, _ in staged]) == []
    assert not any(path.exists() for _, path in staged)


MEGABYTE = 1024 * 1024


def test_the_bytes_are_told_while_a_file_is_copied(store: EvidenceStore, tmp_path: Path) -> None:
    size = 2 * MEGABYTE + 7
    (tmp_path / "x").write_bytes(bytes(size))
    told: list[tuple[int, int]] = []
    store.add(tmp_path / "x", lambda done, total: told.append((done, total)))
    assert told == [(MEGABYTE, size), (2 * MEGABYTE, size), (size, size)]


@pytest.mark.parametrize("held", [False, True])
def test_a_copy_can_be_cancelled_in_the_middle_and_leaves_nothing(
    store: EvidenceStore, tmp_path: Path, held: bool
) -> None:
    """Also while a file that is here already is read to see whether it is whole."""
    (tmp_path / "x").write_bytes(bytes(3 * MEGABYTE))
    if held:
        store.add(tmp_path / "x")
    before = everything(tmp_path / "evidence")
    told: list[int] = []

    def cancel(done: int, _total: int) -> None:
        told.append(done)
        if len(told) == (5 if held else 2):
            raise Cancelled

    with pytest.raises(Cancelled):
        store.add(tmp_path / "x", cancel)
    assert told[-1] == 2 * MEGABYTE
    assert everything(tmp_path / "evidence") == before
