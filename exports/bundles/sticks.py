"""A file that appears under its name only when every byte of it has been read back from the medium.

Room and the 4 GB limit of FAT32 are looked at first. The bytes go to a temporary file in the same folder, are
flushed to the medium, dropped from the cache where the system offers that (`posix_fadvise` on Linux; elsewhere
the system may answer from its cache), read back and compared by SHA-256; only then the file gets its name, and
the folder is flushed too. Whatever goes wrong, nothing is left there; and until that last moment an older file
of that name stays.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import shutil
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from exports.bundles.background import PIECE, Background
from exports.bundles.errors import DiskFull, FileTooLargeForStick, TargetNotWritable, WriteNotVerified
from parindex_desktop import durable
from parindex_desktop.domain.errors import reason_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from parindex_desktop.domain.errors import MachineError

FAT_LIMIT: Final = 2**32 - 1
"""Bytes of the largest file on FAT32."""

_FLUSHED_PIECES: Final = 64
_NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT})


class Sink:
    """Where the bytes of the file go; made by `verified_write`."""

    def __init__(self, handle: int, background: Background, said: Callable[[OSError], MachineError]) -> None:
        self._handle = handle
        self._said = said
        self._background = background
        self._hash = hashlib.sha256()
        self._unflushed = 0
        self.size = 0

    def write(self, data: bytes) -> None:
        """Append `data`. Raises `DiskFull`, `FileTooLargeForStick` or `TargetNotWritable`."""
        self._background.do(self._hash.update, data)
        try:
            write_all(self._handle, data)
            self.size += len(data)
            self._unflushed += len(data)
            # A slow stick is kept busy from the start, and progress shows what is really there.
            if self._unflushed >= _FLUSHED_PIECES * PIECE:
                os.fsync(self._handle)
                self._unflushed = 0
        except OSError as fault:
            raise self._said(fault) from fault

    def sha256(self) -> str:
        """Digest of all that was written."""
        self._background.finish()
        return self._hash.hexdigest()


@contextmanager
def verified_write(target: Path, size: int, read_back: Callable[[int], None]) -> Iterator[Sink]:
    """Write `size` bytes to `target`; `read_back` is told how many have been compared.

    Raises `DiskFull`, `FileTooLargeForStick`, `TargetNotWritable` or `WriteNotVerified`. An OSError that does not
    come from the target must not leave the block.
    """
    check_room(target.parent, size)
    temporary = None
    try:
        if size > FAT_LIMIT and _is_fat(target.parent):
            raise FileTooLargeForStick(size=size)
        name = durable.unfinished(target)
        handle = durable.new_file(name)
        temporary = name
        with Background() as background, open(handle, "r+b", buffering=0):  # noqa: PTH123 (a handle, not a path)
            sink = Sink(handle, background, lambda fault: said(fault, target.parent, target.name, size))
            yield sink
            os.fsync(handle)
            written = sink.sha256()
            _forget_cache(handle)
            if sink.size != size or _read_again(handle, background, read_back) != written:
                raise WriteNotVerified(name=target.name)
        temporary.replace(target)
        temporary = target
        durable.flush_folder(target.parent)
        temporary = None
    except OSError as fault:
        raise said(fault, target.parent, target.name, size) from fault
    finally:
        if temporary is not None:
            # On a stick that was pulled out there is nothing left to remove.
            with contextlib.suppress(OSError):
                temporary.unlink()


def check_room(folder: Path, size: int) -> None:
    """Raise `DiskFull` where `folder` has no room for `size` bytes, `TargetNotWritable` where it is not there."""
    try:
        free = shutil.disk_usage(folder).free
    except OSError as fault:
        raise said(fault, folder, folder.name, size) from fault
    if size > free:
        raise DiskFull(folder=folder.name or str(folder), needed=size)


def write_all(handle: int, data: bytes | memoryview) -> None:
    """Write `data` to the open file `handle`; the system may take it in several parts."""
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view) :]


def _forget_cache(handle: int) -> None:
    if sys.platform == "linux":
        os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)


def _read_again(handle: int, background: Background, read_back: Callable[[int], None]) -> str:
    digest = hashlib.sha256()
    os.lseek(handle, 0, os.SEEK_SET)
    done = 0
    while piece := os.read(handle, PIECE):
        background.do(digest.update, piece)
        done += len(piece)
        read_back(done)
    background.finish()
    return digest.hexdigest()


def said(fault: OSError, folder: Path, name: str, size: int) -> MachineError:
    """What it means that `name`, of `size` bytes, could not be written into `folder`."""
    if fault.errno in _NO_ROOM:
        return DiskFull(folder=folder.name or str(folder), needed=size)
    if fault.errno == errno.EFBIG:
        return FileTooLargeForStick(size=size)
    return TargetNotWritable(name=name, detail=reason_of(fault))


def _is_fat(folder: Path) -> bool:
    """Whether `folder` lies on FAT32 or an older FAT; no where the system does not tell."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 (Windows only)

        volume = ctypes.create_unicode_buffer(1024)
        kind = ctypes.create_unicode_buffer(64)
        kernel = ctypes.windll.kernel32
        if not kernel.GetVolumePathNameW(str(folder.resolve()), volume, len(volume)):
            return False
        if not kernel.GetVolumeInformationW(volume, None, 0, None, None, None, kind, len(kind)):
            return False
        return kind.value.upper() in {"FAT", "FAT32"}
    mounts = Path("/proc/mounts")
    return mounts.exists() and fat_among(mounts.read_text("utf-8", "replace"), folder.resolve())


def fat_among(mounts: str, folder: Path) -> bool:
    """Whether `folder` lies on FAT by `mounts`, the text of /proc/mounts (it writes blanks in octal)."""
    places = {}
    for line in mounts.splitlines():
        _device, place, kind, *_ = line.split(" ")
        places[Path(re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), place))] = kind
    for above in (folder, *folder.parents):
        if above in places:
            return places[above] in {"vfat", "msdos"}
    return False
