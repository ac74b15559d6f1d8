"""Files that outlive a power cut: what stands under a name is the old file or the whole new one, never a part.

The one place that knows how. Everything else that writes a file for good builds on it: keys, papers, backups of the
database, the store of evidence, bundles on sticks.
"""

from __future__ import annotations

import errno
import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

UNFINISHED: Final = ".part"
"""Ends the name of a file that is not finished; one that a killed process left behind may be removed."""

_TOGETHER: Final = ".together"
"""Names the files of its folder that are being replaced together; while it stands, that is decided."""
_NEW: Final = ".new"

_NO_SUCH_NOTION: Final = frozenset({errno.EINVAL, errno.ENOSYS, errno.ENOTSUP})
_OURS_ALONE: Final = 0o600
_AS_USUAL: Final = 0o666


@contextmanager
def replacing(target: Path, *, private: bool = False) -> Iterator[Path]:
    """A new, empty file beside `target`, to be filled; durable and in its place when the block ends without a fault.

    With `private` nobody else at the machine may read it, from its first byte on. Raises OSError; nothing is left
    beside `target` then, nor is it after any other fault in the block.
    """
    temporary = unfinished(target)
    os.close(new_file(temporary, private=private))
    try:
        yield temporary
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
        temporary.replace(target)
    except BaseException:
        # A disk that fails cannot be tidied either; the first fault is the one to be told.
        with suppress(OSError):
            temporary.unlink()
        raise
    flush_folder(target.parent)


def replace_together(contents: Mapping[Path, bytes]) -> None:
    """Replace several private files of one folder: all of them or none, also over a power cut.

    Raises OSError; then none is replaced, or (where not `is_undecided`) `finish_together` must be called later.
    """
    folder = next(iter(contents)).parent
    try:
        for path, data in contents.items():
            with replacing(path.with_name(path.name + _NEW), private=True) as file:
                file.write_bytes(data)
        with replacing(folder / _TOGETHER) as note:
            note.write_text("\n".join(path.name for path in contents), "utf-8")
    except OSError:
        if is_undecided(folder):
            with suppress(OSError):
                finish_together(folder)
            raise
    finish_together(folder)


def is_undecided(folder: Path) -> bool:
    """Whether no files of `folder` are just being replaced together."""
    return not (folder / _TOGETHER).exists()


def finish_together(folder: Path) -> None:
    """Finish what `replace_together` had begun in `folder`, or take it back where that was not decided.

    Whatever else a killed process left there unfinished goes, too. Raises OSError.
    """
    if not is_undecided(folder):
        note = folder / _TOGETHER
        for name in note.read_text("utf-8").split("\n"):
            new = folder / f"{name}{_NEW}"
            if new.exists():
                new.replace(folder / name)
        flush_folder(folder)
        note.unlink()  # should it come back after a power cut, there is nothing left to be done
    for ending in (_NEW, UNFINISHED):
        for stray in folder.glob(f"*{ending}"):
            stray.unlink()


def unfinished(target: Path) -> Path:
    """A name beside `target` that no other process uses, for as long as the file is not finished."""
    return target.with_name(f".{os.urandom(8).hex()}{UNFINISHED}")


def new_file(path: Path, *, private: bool = False) -> int:
    """Open a file that is not there yet, for writing and reading; returns its handle.

    Not by tempfile: what leaves the office is for others to read, too. Raises OSError.
    """
    binary = getattr(os, "O_BINARY", 0)
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | binary, _OURS_ALONE if private else _AS_USUAL)


def flush_folder(folder: Path) -> None:
    """Have the names in `folder` outlive a power cut. Windows, and some network drives, do so by themselves.

    Raises OSError.
    """
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as fault:
        if fault.errno not in _NO_SUCH_NOTION:
            raise
    finally:
        os.close(handle)
