"""The bytes of a bundle in order: each is read once, and all of them are hashed on the way."""

from __future__ import annotations

import hashlib
from typing import IO, TYPE_CHECKING

from exports.bundles.background import PIECE, Background
from exports.bundles.errors import SourceUnreadable, Truncated
from parindex_desktop.domain.errors import reason_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from exports.bundles.container import Directory


class Stream:
    """Reads `file`, which stands at 0, up to its central directory, which has been read already.

    Raises `SourceUnreadable`, or `Truncated` where the file is shorter than it was.
    """

    def __init__(self, file: IO[bytes], name: str, directory: Directory) -> None:
        self._file = file
        self._name = name
        self.end = self._unread = directory.start
        self._tail = directory.tail
        self._block = memoryview(b"")
        self._hash = hashlib.sha256()
        self._update: Callable[[bytes], None] = self._hash.update
        self.position = 0
        self.size = directory.start + len(directory.tail)

    def hash_in(self, background: Background) -> None:
        """From now on hash on another thread, which must have finished before `sha256` is asked for."""
        self._update = lambda block: background.do(self._hash.update, block)

    def take(self, size: int) -> bytes:
        """The next `size` bytes."""
        return b"".join(self.pieces(size))

    def pieces(self, size: int) -> Iterator[memoryview]:
        """The next `size` bytes in pieces of at most a megabyte."""
        while size:
            if not self._block:
                self._fill()
            piece = self._block[:size]
            self._block = self._block[len(piece) :]
            self.position += len(piece)
            size -= len(piece)
            yield piece

    def sha256(self) -> str:
        """Digest of the whole file, once everything has been taken."""
        self._hash.update(self._tail)
        return self._hash.hexdigest()

    def _fill(self) -> None:
        try:
            block = self._file.read(min(PIECE, self._unread))
        except OSError as fault:
            raise SourceUnreadable(name=self._name, detail=reason_of(fault)) from fault
        if not block:
            raise Truncated
        self._unread -= len(block)
        self._update(block)
        self._block = memoryview(block)
