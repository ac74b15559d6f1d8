"""Files that outlive a power cut: what stands under a name is the old file or the whole new one, never a part.

The one place that knows how. Everything else that writes a file for good builds on it: keys, papers, backups of the
database, the store of evidence, bundles on sticks.
"""

from __future__ import annotations

import errno
import hashlib
import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

UNFINISHED: Final = ".part"
"""Ends the name of a file that is not finished; one that a killed process left behind may be removed."""

_READY: Final = ".new"
"""Ends the name of a whole file that waits for its place."""

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


def lay_ready(contents: Mapping[Path, bytes]) -> dict[str, str]:
    """Write private files beside those that they are to replace, and leave those as they are.

    Returns the SHA-256 of each by its name: whoever decides that they take their places keeps it for `settle_ready`.
    Raises OSError.
    """
    for path, data in contents.items():
        with replacing(path.with_name(path.name + _READY), private=True) as file:
            file.write_bytes(data)
    return {path.name: hashlib.sha256(data).hexdigest() for path, data in contents.items()}


def settle_ready(folder: Path, decided: Mapping[str, str]) -> None:
    """Put the files that lie ready in `folder` in their places if they are those that were decided; else they go.

    All of them or none, also over a power cut, as long as this is done again later. Whatever a killed process left
    there unfinished goes, too. Raises OSError.
    """
    if decided and any(folder.glob(f"*{_READY}")) and _are_all_there(folder, decided):
        for name, digest in decided.items():
            ready = folder / f"{name}{_READY}"
            if _digest(ready) == digest:
                ready.replace(folder / name)
        flush_folder(folder)
    for ending in (_READY, UNFINISHED):
        for stray in folder.glob(f"*{ending}"):
            stray.unlink()


def _are_all_there(folder: Path, decided: Mapping[str, str]) -> bool:
    """Whether each file lies ready or has its place already."""
    return all(
        digest in {_digest(folder / name), _digest(folder / f"{name}{_READY}")}
        for name, digest in decided.items()
    )


def _digest(path: Path) -> str | None:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None


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
