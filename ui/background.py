"""The one runner for work that takes longer than a blink.

The work runs in another thread and must not touch a widget; what it returns or raises, and its progress,
arrive in the window's thread.
"""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Any, Final, TypeVar

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal, Slot

from parindex_desktop.domain.errors import Cancelled, ParIndexError
from ui.widgets.error_report import report_bug

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

_PAUSE: Final = 0.05
"""Seconds between two reports of progress; a screen shows no more."""


class Task:
    """What the work gets: a way to tell its progress, and to learn that it shall stop."""

    def __init__(self, tell: Callable[[int, int], None]) -> None:
        self._tell = tell
        self._stop = threading.Event()
        self._told = float("-inf")

    def progress(self, done: int, total: int) -> None:
        """Tell that `done` of `total` are done (0: nobody knows); cheap enough for every step."""
        now = time.monotonic()
        if done >= total > 0 or now - self._told >= _PAUSE:
            self._told = now
            self._tell(done, total)

    def cancelled(self) -> bool:
        """Whether the officer wants it to stop."""
        return self._stop.is_set()

    def check(self) -> None:
        """Raise `Cancelled` when the officer wants it to stop."""
        if self.cancelled():
            raise Cancelled

    def advance(self, done: int, total: int) -> None:
        """`progress` for work that stops between two steps: raises `Cancelled` when the officer wants it to."""
        self.check()
        self.progress(done, total)

    def stop(self) -> None:
        """Ask the work to stop at its next check."""
        self._stop.set()


class _Relay(QObject):
    """Carries what the worker says over to the window's thread; lives as long as the worker."""

    progressed = Signal(object, object)
    returned = Signal(object)
    raised = Signal(object)


class Job(QObject):
    """Work under way. `ended` comes last, however it went; nothing comes once the parent is gone."""

    ended = Signal()

    def __init__(
        self,
        parent: QObject,
        done: Callable[[Any], object],
        failed: Callable[[ParIndexError], object],
        progress: Callable[[int, int], object] | None,
    ) -> None:
        super().__init__(parent)
        self._done = done
        self._failed = failed
        self._progress = progress
        self._task: Task | None = None

    def begin(self, work: Callable[[Task], object]) -> None:
        """Start the worker."""
        relay = _Relay()
        queued = Qt.ConnectionType.QueuedConnection
        relay.progressed.connect(self._on_progress, queued)
        relay.returned.connect(self._on_return, queued)
        relay.raised.connect(self._on_raise, queued)
        self._task = Task(relay.progressed.emit)
        QThreadPool.globalInstance().start(_Worker(work, self._task, relay))
        self.destroyed.connect(self._task.stop)

    def cancel(self) -> None:
        """Ask the work to stop; `failed` gets a `Cancelled` when it has."""
        assert self._task is not None
        self._task.stop()

    @Slot(object, object)
    def _on_progress(self, done: int, total: int) -> None:
        if self._progress is not None:
            self._progress(done, total)

    @Slot(object)
    def _on_return(self, result: object) -> None:
        self._end(lambda: self._done(result))

    @Slot(object)
    def _on_raise(self, error: BaseException) -> None:
        if isinstance(error, ParIndexError):
            self._end(lambda: self._failed(error))
        else:
            self._end(lambda: report_bug(error))

    def _end(self, last: Callable[[], object]) -> None:
        try:
            last()
        finally:
            self.ended.emit()
            self.deleteLater()


class _Worker(QRunnable):
    def __init__(self, work: Callable[[Task], object], task: Task, relay: _Relay) -> None:
        super().__init__()
        self._work = work
        self._task = task
        self._relay = relay

    def run(self) -> None:
        try:
            result = self._work(self._task)
        except BaseException as error:  # noqa: BLE001 (it is not swallowed: the window's thread gets it)
            self._relay.raised.emit(error)
        else:
            self._relay.returned.emit(result)


def run(
    parent: QObject,
    work: Callable[[Task], T],
    done: Callable[[T], object],
    failed: Callable[[ParIndexError], object],
    progress: Callable[[int, int], object] | None = None,
) -> Job:
    """Do `work` in another thread; then `done` gets its result, or `failed` its `ParIndexError`.

    Anything else that it raises is a bug: logged and shown. When `parent` is destroyed, the work is asked to
    stop and nobody is called any more.
    """
    job = Job(parent, done, failed, progress)
    job.begin(work)
    return job
