"""Small files that leave the office, written whole or not at all."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from parindex_desktop import durable
from parindex_desktop.domain.errors import MachineError, reason_of
from parindex_desktop.domain.messages import msgid

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class FileNotWritten(MachineError):
    """A file could not be written."""

    code = "file.not_written"
    template = msgid(
        "“{name}” could not be written ({reason}). What was there before is untouched; try another place."
    )


class FolderMissing(FileNotWritten):
    """There is no folder to write the file to."""

    code = "file.folder_missing"
    template = msgid(
        "“{name}” could not be written, since the folder “{folder}” is not there. Make the folder first, or choose "
        "another place."
    )


class FileNotRead(MachineError):
    """A file could not be read."""

    code = "file.not_read"
    template = msgid("“{name}” cannot be read ({reason}). Nothing was changed; check that it is there.")


class FileTooLarge(MachineError):
    """A file is larger than anything of its kind."""

    code = "file.too_large"
    template = msgid(
        "“{name}” has {size} bytes, more than any file of this kind. Nothing was changed; check the file."
    )


def is_folder(path: Path) -> bool:
    """Whether `path` is a folder; what cannot even be looked at is named when it is read or written."""
    try:
        return path.is_dir()
    except OSError:
        return False


def on_one_disk(first: Path, second: Path) -> bool:
    """Whether both lie on the same disk, so that one defect takes both; False where the system cannot tell."""
    try:
        return first.stat().st_dev == second.stat().st_dev
    except OSError:
        return False


@contextmanager
def new_file(target: Path) -> Iterator[Path]:
    """A file beside `target` to be filled; it takes the place of `target` when the block ends without a fault.

    A reader of `target` finds the old file or the whole new one. Raises `FileNotWritten` or `FolderMissing`.
    """
    if not is_folder(target.parent):
        raise FolderMissing(name=target.name, folder=str(target.parent))
    try:
        with durable.replacing(target) as temporary:
            yield temporary
    except OSError as fault:
        raise FileNotWritten(name=target.name, reason=reason_of(fault)) from fault


def write_whole(target: Path, data: bytes) -> None:
    """Write `data` to `target`, whole or not at all. Raises `FileNotWritten`."""
    with new_file(target) as file:
        file.write_bytes(data)


def read_small(source: Path, limit: int = 8 * 1024 * 1024) -> bytes:
    """The content of a chosen file of at most `limit` bytes. Raises `FileNotRead` or `FileTooLarge`."""
    try:
        with source.open("rb") as file:
            data = file.read(limit + 1)
    except OSError as fault:
        raise FileNotRead(name=source.name, reason=reason_of(fault)) from fault
    if len(data) > limit:
        raise FileTooLarge(name=source.name, size=source.stat().st_size)
    return data
