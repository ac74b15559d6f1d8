"""One thread beside the caller's, for hashing: hashlib lets go of the interpreter, so two cores work at once."""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Final, Self

if TYPE_CHECKING:
    from collections.abc import Callable

PIECE: Final = 1024 * 1024
"""Bytes that are read, hashed and written at a time."""

_AHEAD: Final = 16


class Background:
    """Does jobs one after the other on a thread of its own; at most sixteen wait, so memory stays small.

    An error of a job is raised by a later `do` or by `finish`. Leaving the `with` block waits for the thread and
    drops what has not begun.
    """

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(1)
        self._waiting: deque[Future[object]] = deque()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(cancel_futures=True)

    def do(self, job: Callable[..., object], *values: object) -> None:
        """Have `job(*values)` done after all earlier ones."""
        self._waiting.append(self._pool.submit(job, *values))
        while len(self._waiting) > _AHEAD or self._waiting[0].done():
            self._waiting.popleft().result()
            if not self._waiting:
                return

    def finish(self) -> None:
        """Wait until every job is done."""
        while self._waiting:
            self._waiting.popleft().result()
