"""The bytes of a bundle in order, each read once."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from exports.bundles.background import PIECE
from exports.bundles.errors import SourceUnreadable, Truncated
from parindex_desktop.domain.errors import reason_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from exports.bundles.container import Directory


class Stream:
    """Reads `file`, which stands at 0, up to its central directory, which has been read already.

    Raises `SourceUnreadable`, or `Truncated` where the file is shorter than it was.
    """

    def __init__(self, file: IO[bytes], name: str, directory: Directory) -> None:
        self._file = file
        self._name = name
        self.end = self._unread = directory.start
        self._block = memoryview(b"")
        self.position = 0
        self.size = directory.start + len(directory.tail)

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

    def _fill(self) -> None:
        try:
            block = self._file.read(min(PIECE, self._unread))
        except OSError as fault:
            raise SourceUnreadable(name=self._name, detail=reason_of(fault)) from fault
        if not block:
            raise Truncated
        self._unread -= len(block)
        self._block = memoryview(block)
