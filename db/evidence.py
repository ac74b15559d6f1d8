"""The content-addressed store of evidence: each distinct file lies once, under its SHA-256.

A file is durable (flushed, renamed, its folder flushed) before any transaction names it, and counts as new from
then on: what is new is never removed, so that nothing goes that is about to be named. Otherwise the store
removes what it is told to; `db.naming` knows what a database still names.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from threading import Lock
from typing import IO, TYPE_CHECKING

from db.errors import EvidenceEmpty, EvidenceMissing, EvidenceUnreadable, StoreFull, StoreNotWritable
from parindex_desktop.domain.errors import reason_of
from parindex_desktop.durable import flush_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    Progress = Callable[[int, int], object]
    """Is told bytes done and bytes in all; what it raises ends the work."""

_PIECE = 1024 * 1024
_UNFINISHED = ".new-"
_HALVES = re.compile(r"([0-9a-f]{2})/([0-9a-f]{62})")
"""Folder and name of a file in the store; anything else there is somebody else's."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A file in the store: SHA-256 in hexadecimal digits, size in bytes."""

    sha256: str
    size: int


class EvidenceStore:
    """The evidence of one home, below `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = Lock()
        """Held while a file is counted as new, and while the age of one is looked at and it is removed."""

    def path(self, sha256: str) -> Path:
        """Where the file of that digest lies, or would lie."""
        return self._folder / sha256[:2] / sha256[2:]

    def has(self, sha256: str, size: int | None = None) -> bool:
        """Whether a file of that digest (and size, where it is known) lies in the store; its bytes are not read."""
        path = self.path(sha256)
        try:
            return path.is_file() and size in {None, path.stat().st_size}
        except OSError:
            return False

    def checked_path(self, sha256: str) -> Path:
        """Path of a file that must be there; raises `EvidenceMissing`."""
        path = self.path(sha256)
        if not path.is_file():
            raise EvidenceMissing(sha256=sha256[:12])
        return path

    def add(self, source: Path, progress: Progress = lambda _done, _total: None) -> Stored:
        """Copy `source` into the store, hashing on the way; a damaged file of that digest is made whole.

        Raises `EvidenceUnreadable`, `EvidenceEmpty`, `StoreFull`, `StoreNotWritable`, or what `progress` raises
        (`Cancelled`); the store is unchanged then.
        """
        with _named_faults(source.name):
            self._folder.mkdir(parents=True, exist_ok=True)
            copy = NamedTemporaryFile(dir=self._folder, prefix=_UNFINISHED, delete=False)  # noqa: SIM115 (below)
            temporary = Path(copy.name)
            try:
                with copy:
                    stored = _copied(source, copy, progress)
                # Where the store has it already, that is read and told from the beginning again.
                self._place(temporary, stored.sha256, lambda done: progress(done, stored.size))
            finally:
                temporary.unlink(missing_ok=True)
        return stored

    def adopt(self, files: Iterable[tuple[str, Path]]) -> None:
        """Move files that are already durable and hashed, as (SHA-256, path), into their places.

        They must lie on the store's own file system. A file that is already here is left as it is, unless it is
        damaged. Raises `StoreFull` or `StoreNotWritable`.
        """
        folders = set()
        for sha256, path in files:
            with _named_faults(sha256[:12]):
                self._place(path, sha256, None, flush=False)
            folders.add(self.path(sha256).parent)
        with _named_faults(self._folder.name), ThreadPoolExecutor(8) as pool:
            list(pool.map(flush_folder, [self._folder, *folders] if folders else []))

    def keep(self, sha256: str) -> bool:
        """Whether the file of that digest is here and whole, so that it need not be brought again; then it is new."""
        return self._sound(sha256) and self._renew(sha256)

    def unused_for(self, seconds: float) -> dict[str, int]:
        """The sizes of the files that have not been new for so long, by digest."""
        found = {}
        for path in self._folder.glob("??/*"):
            halves = _HALVES.fullmatch(path.relative_to(self._folder).as_posix())
            if halves and path.is_file() and _age(path) >= seconds:
                found[halves[1] + halves[2]] = path.stat().st_size
        return found

    def remove(self, sha256: str, unused_for: float) -> bool:
        """Remove the file of that digest, unless it has become new meanwhile; whether it is gone by this.

        One that the system does not let go stays, and is found again the next time.
        """
        with self._lock:
            try:
                if _age(self.path(sha256)) < unused_for:
                    return False
                self.path(sha256).unlink()
            except OSError:
                return False
        return True

    def clear_unfinished(self) -> None:
        """Remove what a killed process left half copied; no name has ever pointed there."""
        for path in self._folder.glob(f"{_UNFINISHED}*"):
            path.unlink()

    def damaged(self, digests: Iterable[str]) -> list[str]:
        """Those of `digests` whose file is missing or no longer has that digest."""
        return [sha256 for sha256 in digests if not self._sound(sha256)]

    def _sound(self, sha256: str, tell: Callable[[int], object] | None = None) -> bool:
        """Whether the file of that digest is here and whole; `tell` is told the bytes read."""
        try:
            with self.path(sha256).open("rb") as file:
                if tell is None:
                    return hashlib.file_digest(file, "sha256").hexdigest() == sha256
                digest = hashlib.sha256()
                while piece := file.read(_PIECE):
                    digest.update(piece)
                    tell(file.tell())
                return digest.hexdigest() == sha256
        except OSError:
            return False

    def _renew(self, sha256: str) -> bool:
        """Count a file as new from now on; False where it is gone, or the system does not let it."""
        with self._lock:
            try:
                os.utime(self.path(sha256))
            except OSError:
                return False
        return True

    def _place(
        self, temporary: Path, sha256: str, tell: Callable[[int], object] | None, *, flush: bool = True
    ) -> None:
        target = self.path(sha256)
        if target.is_file() and self._sound(sha256, tell) and self._renew(sha256):
            temporary.unlink()
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary.replace(target)
        if flush:
            flush_folder(target.parent)
            flush_folder(self._folder)


def _age(path: Path) -> float:
    """Seconds since the file was new; less than nothing where the machine's clock was ahead then."""
    return time.time() - path.stat().st_mtime


def _copied(source: Path, copy: IO[bytes], progress: Progress) -> Stored:
    """Copy `source` to `copy`, durable when this returns. Raises `EvidenceUnreadable` or `EvidenceEmpty`."""
    digest = hashlib.sha256()
    size = 0
    for piece, total in _pieces(source):
        digest.update(piece)
        copy.write(piece)
        size += len(piece)
        progress(size, max(size, total))  # a file that grows meanwhile is never done by more than all
    if not size:
        raise EvidenceEmpty(name=source.name)
    copy.flush()
    os.fsync(copy.fileno())
    return Stored(digest.hexdigest(), size)


@contextmanager
def _named_faults(name: str) -> Iterator[None]:
    """Say of a fault of the disk that `name` could not be stored."""
    try:
        yield
    except OSError as fault:
        if fault.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise StoreFull(name=name) from fault
        raise StoreNotWritable(name=name, reason=reason_of(fault)) from fault


def _pieces(source: Path) -> Iterator[tuple[bytes, int]]:
    """The content of a chosen file, each piece with the size of all; faults of reading are named apart."""
    try:
        with source.open("rb") as file:
            total = os.fstat(file.fileno()).st_size
            while piece := file.read(_PIECE):
                yield piece, total
    except OSError as fault:
        raise EvidenceUnreadable(name=source.name, reason=reason_of(fault)) from fault
