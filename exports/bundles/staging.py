"""Files of evidence on their way into the store: copied into a folder, made durable, or removed again."""

from __future__ import annotations

import contextlib
import os
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Final

from exports.bundles.background import Background
from exports.bundles.sticks import check_room, said, write_all
from parindex_desktop import durable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_AT_ONCE: Final = 8
"""Flushes that run beside each other; the file system gathers them, which makes them several times faster."""

_OPEN_FILES: Final = 64


class Copies:
    """Copies in `folder`, named by SHA-256; made by `copies_in`."""

    def __init__(self, folder: Path, writing: Background, flushes: ThreadPoolExecutor) -> None:
        self._folder = folder
        self._writing = writing
        self._flushes = flushes
        self._flushing: deque[Future[None]] = (
            deque()
        )  # touched by the writing thread alone, until it has finished
        self._open: set[int] = set()
        self._made: list[Path] = []

    @contextmanager
    def file(self, sha256: str) -> Iterator[Callable[[memoryview], None]]:
        """A new file; gives what writes to it. It is written, flushed and closed in the background."""
        path = self._folder / sha256
        handle = durable.new_file(path, private=True)
        self._made.append(path)
        self._open.add(handle)
        yield partial(self._writing.do, write_all, handle)
        self._writing.do(self._flush_later, handle)

    def finish(self) -> None:
        """Wait until all copies and their names are durable."""
        self._writing.finish()
        while self._flushing:
            self._flushing.popleft().result()
        if self._made:
            durable.flush_folder(self._folder)

    def remove(self) -> None:
        """Remove every copy, once nobody writes any more."""
        for handle in self._open:
            os.close(handle)
        for path in self._made:
            # A disk that fails cannot be tidied either; the first error is the one to be told.
            with contextlib.suppress(OSError):
                path.unlink()

    def _flush_later(self, handle: int) -> None:
        self._flushing.append(self._flushes.submit(self._flush, handle))
        if len(self._flushing) >= _OPEN_FILES:
            self._flushing.popleft().result()

    def _flush(self, handle: int) -> None:
        try:
            os.fsync(handle)
        finally:
            self._open.discard(handle)
            os.close(handle)


@contextmanager
def copies_in(folder: Path, size: int) -> Iterator[Copies]:
    """Copies with `size` bytes in all; on leaving, all of them are durable, or none is left.

    Raises `DiskFull` or `TargetNotWritable` for an OSError; one that does not come from `folder` must not leave
    the block.
    """
    check_room(folder, size)
    flushes = ThreadPoolExecutor(_AT_ONCE)
    writing = Background()
    copies = Copies(folder, writing, flushes)
    try:
        with flushes, writing:
            yield copies
            copies.finish()
    except BaseException as fault:
        copies.remove()
        if isinstance(fault, OSError):
            raise said(fault, folder, folder.name, size) from fault
        raise
