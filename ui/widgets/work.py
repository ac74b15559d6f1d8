"""Long work on a page: one piece at a time, with its progress in view."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import shiboken6
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from parindex_desktop.domain.errors import Cancelled
from ui import background
from ui.language import tr
from ui.widgets.progress import ProgressStrip, Unit

if TYPE_CHECKING:
    from collections.abc import Callable

    from parindex_desktop.domain.errors import ParIndexError
    from ui.background import Job, Task
    from ui.widgets.labels import FieldError

T = TypeVar("T")


def say_end(place: FieldError, error: ParIndexError) -> None:
    """Say in `place` why the work has ended; that the officer has cancelled it is no fault, and not said like one."""
    if isinstance(error, Cancelled):
        place.show_note(tr(error))
    else:
        place.show_fault(tr(error))


class WorkStrip(ProgressStrip):
    """A progress strip that does the work it shows. The page asks `busy` before it begins another, or is left."""

    busy_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._job: Job | None = None
        self._guarded: tuple[QWidget, ...] = ()
        self._before: QWidget | None = None
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
        self._before = self._before_it() or self._before
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
            lost = self._has_keyboard() or self._guards_keyboard()
            self.finish()
            self._allow(allowed=True)
            if lost:
                self._give_back()

    def _before_it(self) -> QWidget | None:
        """What has the keyboard in this window; None where it is the strip itself."""
        focused: object = self.window().focusWidget()
        return focused if isinstance(focused, QWidget) and not self.isAncestorOf(focused) else None

    def _has_keyboard(self) -> bool:
        return self.window().focusWidget() is not None and self._before_it() is None

    def _guards_keyboard(self) -> bool:
        """Whether the keyboard was in a part that took no input meanwhile, and so lost it."""
        before = self._before
        if before is None or not shiboken6.isValid(before):
            return False
        return any(part is before or part.isAncestorOf(before) for part in self._guarded)

    def _give_back(self) -> None:
        """Put the keyboard where it was before the work."""
        if self._before is not None and shiboken6.isValid(self._before):
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)

    def _allow(self, *, allowed: bool) -> None:
        for part in self._guarded:
            part.setEnabled(allowed)
        self.busy_changed.emit()

    def _give_up(self) -> None:
        if self._job is not None:
            self._job.cancel()
        if self._has_keyboard():  # the button that was pressed can be pressed no more
            self._give_back()
