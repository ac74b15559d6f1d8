"""Long work on a page: one piece at a time, with its progress in view."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from ui import background
from ui.widgets.progress import ProgressStrip, Unit

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from parindex_desktop.domain.errors import ParIndexError
    from ui.background import Job, Task

T = TypeVar("T")


class WorkStrip(ProgressStrip):
    """A progress strip that does the work it shows. The page asks `busy` before it begins another, or is left."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._job: Job | None = None
        self.cancelled.connect(self._give_up)

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
        self._job = background.run(
            self,
            work,
            lambda result: self._end(lambda: done(result)),
            lambda error: self._end(lambda: failed(error)),
            self.advance,
        )
        # Also after a bug, of which neither of the two hears.
        self._job.ended.connect(self._over)

    def _end(self, last: Callable[[], object]) -> None:
        self._over()
        last()

    def _over(self) -> None:
        self._job = None
        self.finish()

    def _give_up(self) -> None:
        if self._job is not None:
            self._job.cancel()
