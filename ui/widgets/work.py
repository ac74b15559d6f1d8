"""Long work on a page: one piece at a time, with its progress in view."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import shiboken6
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ui import background
from ui.widgets.progress import ProgressStrip, Unit

if TYPE_CHECKING:
    from collections.abc import Callable

    from parindex_desktop.domain.errors import ParIndexError
    from ui.background import Job, Task

T = TypeVar("T")


class WorkStrip(ProgressStrip):
    """A progress strip that does the work it shows. The page asks `busy` before it begins another, or is left."""

    busy_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._job: Job | None = None
        self._guarded: tuple[QWidget, ...] = ()
        self._focused: QWidget | None = None
        self.cancelled.connect(self._give_up)

    def guard(self, *parts: QWidget) -> None:
        """Let `parts` take no input while work is under way; the keyboard comes back to where it was."""
        self._guarded = parts

    @property
    def busy(self) -> bool:
        """Whether work is under way."""
        return self._job is not None

    def do(
        self,
        what: str,
        work: Callable[[Task], T],
        done: Callable[[T], object],
        failed: Callable[[ParIndexError], object],
        unit: Unit = Unit.ITEMS,
        *,
        cancellable: bool = True,
    ) -> None:
        """Do `work` in another thread; `what` says so, `done` or `failed` hears how it ended."""
        assert self._job is None, "one piece of work at a time"
        self.start(what, unit, cancellable=cancellable)
        self._focused = self._focused_part()
        job = background.run(
            self,
            work,
            lambda result: self._end(job, lambda: done(result)),
            lambda error: self._end(job, lambda: failed(error)),
            self.advance,
        )
        # Also after a bug, of which neither of the two hears.
        job.ended.connect(lambda: self._over(job))
        self._job = job
        self._allow(allowed=False)

    def _end(self, job: Job, last: Callable[[], object]) -> None:
        self._over(job)
        last()

    def _over(self, job: Job) -> None:
        if self._job is job:  # `last` may have begun the next one
            self._job = None
            self.finish()
            self._allow(allowed=True)

    def _focused_part(self) -> QWidget | None:
        """What has the keyboard inside a guarded part, and will lose it."""
        focused: object = self.window().focusWidget()
        if isinstance(focused, QWidget) and any(
            part is focused or part.isAncestorOf(focused) for part in self._guarded
        ):
            return focused
        return None

    def _allow(self, *, allowed: bool) -> None:
        for part in self._guarded:
            part.setEnabled(allowed)
        if allowed and self._focused is not None and shiboken6.isValid(self._focused):
            self._focused.setFocus(Qt.FocusReason.OtherFocusReason)
        self.busy_changed.emit()

    def _give_up(self) -> None:
        if self._job is not None:
            self._job.cancel()
