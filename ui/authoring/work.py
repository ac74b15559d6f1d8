"""A draft in hand: changed by operations that are kept at once and can be taken back while the window is open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from parindex_desktop.domain.drafting import HEAD_ID, places
from parindex_desktop.services import authoring

if TYPE_CHECKING:
    from collections.abc import Callable

    from parindex_desktop.domain.drafting import Tree
    from parindex_desktop.services.authoring import Draft
    from ui.session import Session

_STEPS: Final = 500


@dataclass(frozen=True, slots=True)
class _Step:
    """A state of the tree, and the criterion that was in hand."""

    tree: Tree
    criterion: str


class DraftWork(QObject):
    """One draft with its faults and its history."""

    changed = Signal(str)
    """The draft says something else now; the id of the criterion that it is about."""

    def __init__(self, session: Session, draft: Draft, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.draft = draft
        self.look_again()
        self._undo: list[_Step] = []
        self._redo: list[_Step] = []

    @property
    def tree(self) -> Tree:
        """The set as it stands."""
        return self.draft.tree

    @property
    def can_undo(self) -> bool:
        """Whether there is an edit to take back."""
        return bool(self._undo)

    @property
    def can_redo(self) -> bool:
        """Whether an edit was taken back last."""
        return bool(self._redo)

    def do(self, change: Callable[[Tree], Tree], before: str, after: str) -> None:
        """Change the tree; `before` and `after` are the criteria in hand. Raises what the disk says, unchanged then."""
        old = self.tree
        new = change(old)
        if new == old:
            return
        self._keep(new)
        self._undo.append(_Step(old, before))
        del self._undo[:-_STEPS]
        self._redo.clear()
        self._tell(after)

    def undo(self, current: str) -> None:
        """Take the last edit back."""
        self._go(self._undo, self._redo, current)

    def redo(self, current: str) -> None:
        """Make the edit again that was taken back."""
        self._go(self._redo, self._undo, current)

    def look_again(self) -> None:
        """The register may hold another version by now."""
        self._published = authoring.published_versions(self._session.office)
        self.faults = authoring.faults_beside(self._published, self.tree)

    def _go(self, source: list[_Step], target: list[_Step], current: str) -> None:
        step = source[-1]
        before = self.tree
        self._keep(step.tree)
        source.pop()
        target.append(_Step(before, current))
        self._tell(step.criterion)

    def _keep(self, tree: Tree) -> None:
        self.draft = authoring.save(self._session.office, self.draft, tree)
        self.faults = authoring.faults_beside(self._published, tree)

    def _tell(self, criterion: str) -> None:
        known = criterion == HEAD_ID or any(each.node["id"] == criterion for each in places(self.tree))
        self._session.saved.emit()
        self.changed.emit(criterion if known else HEAD_ID)
