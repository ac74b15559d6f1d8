"""A draft in hand: changed by operations that are kept at once and can be taken back while the window is open."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from parindex_desktop.domain.drafting import HEAD_ID, places
from parindex_desktop.services import authoring
from ui.history import History

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
        self._history: History[_Step] = History(_STEPS)

    @property
    def tree(self) -> Tree:
        """The set as it stands."""
        return self.draft.tree

    @property
    def can_undo(self) -> bool:
        """Whether there is an edit to take back."""
        return self._history.can_undo

    @property
    def can_redo(self) -> bool:
        """Whether an edit was taken back last."""
        return self._history.can_redo

    def do(self, change: Callable[[Tree], Tree], before: str, after: str) -> None:
        """Change the tree; `before` and `after` are the criteria in hand. Raises what the disk says, unchanged then."""
        old = self.tree
        new = change(old)
        if new == old:
            return
        self._keep(new)
        self._history.note(_Step(old, before))
        self._tell(after)

    def undo(self, current: str) -> None:
        """Take the last edit back."""
        self._tell(self._history.undo(partial(self._back, current)).criterion)

    def redo(self, current: str) -> None:
        """Make the edit again that was taken back."""
        self._tell(self._history.redo(partial(self._back, current)).criterion)

    def look_again(self) -> None:
        """The register may hold another version by now."""
        self._published = authoring.published_versions(self._session.office)
        self.faults = authoring.faults_beside(self._published, self.tree)

    def _back(self, current: str, step: _Step) -> _Step:
        before = self.tree
        self._keep(step.tree)
        return _Step(before, current)

    def _keep(self, tree: Tree) -> None:
        self.draft = authoring.save(self._session.office, self.draft, tree)
        self.faults = authoring.faults_beside(self._published, tree)

    def _tell(self, criterion: str) -> None:
        known = criterion == HEAD_ID or any(each.node["id"] == criterion for each in places(self.tree))
        self._session.saved.emit()
        self.changed.emit(criterion if known else HEAD_ID)
