"""Edits that can be taken back, and made again, while the window is open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

S = TypeVar("S")


class History(Generic[S]):
    """Remembers the last `most` edits, each as the step that takes it back."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._undo: list[S] = []
        self._redo: list[S] = []

    @property
    def can_undo(self) -> bool:
        """Whether there is an edit to take back."""
        return bool(self._undo)

    @property
    def can_redo(self) -> bool:
        """Whether an edit was taken back last."""
        return bool(self._redo)

    def note(self, step: S) -> None:
        """An edit was made, which `step` takes back; nothing can be made again after it."""
        self._undo.append(step)
        del self._undo[: -self._most]
        self._redo.clear()

    def undo(self, go: Callable[[S], S]) -> S:
        """Take the last edit back by `go`, which returns the step that leads back; where it raises, nothing changes."""
        return self._go(self._undo, self._redo, go)

    def redo(self, go: Callable[[S], S]) -> S:
        """Make the edit again that was taken back last; as `undo`."""
        return self._go(self._redo, self._undo, go)

    def _go(self, source: list[S], target: list[S], go: Callable[[S], S]) -> S:
        step = source[-1]
        back = go(step)
        source.pop()
        target.append(back)
        return step
