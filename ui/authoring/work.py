"""A draft in hand: changed by operations that are kept at once and can be taken back while the window is open."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from parindex_desktop.domain.drafting import HEAD_ID, places
from parindex_desktop.domain.stale_guidance import stale_guidance
from parindex_desktop.services import authoring
from ui.history import History

if TYPE_CHECKING:
    from collections.abc import Callable

    from parindex_desktop.domain.draft_faults import DraftFault
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
    """One draft with its faults, its hints and its history."""

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

    def is_doubt(self, hint: DraftFault) -> bool:
        """Whether a hint goes when somebody has looked at it; others go when what they name is mended."""
        return any(each.message == hint.message for each in self.draft.doubts)

    def settle(self, hint: DraftFault) -> None:
        """Somebody has looked at a doubt. Raises what the disk says."""
        doubt = next(each for each in self.draft.doubts if each.message == hint.message)
        self.draft = authoring.settle(self._session.office, self.draft, doubt)
        self._look()
        self._tell(hint.criterion)

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
        self._before = authoring.earlier(self._session.office, self.draft.based_on)
        self._published = authoring.published_versions(self._session.office)
        self._look()

    def _back(self, current: str, step: _Step) -> _Step:
        before = self.tree
        self._keep(step.tree)
        return _Step(before, current)

    def _keep(self, tree: Tree) -> None:
        self.draft = authoring.save(self._session.office, self.draft, tree)
        self._look()

    def _look(self) -> None:
        self.faults = authoring.faults_beside(self._published, self.tree)
        self.hints = self._hints()

    def _hints(self) -> list[DraftFault]:
        """What is to be looked at though it is no fault, in printed order; of a criterion that is gone at the head."""
        order = {HEAD_ID: 0} | {place.node["id"]: n for n, place in enumerate(places(self.tree), start=1)}
        stale = stale_guidance(self._before, self.tree)
        found = [
            each if each.criterion in order else replace(each, criterion=HEAD_ID)
            for each in (*self.draft.doubts, *stale)
        ]
        return sorted(found, key=lambda each: order[each.criterion])

    def _tell(self, criterion: str) -> None:
        known = criterion == HEAD_ID or any(each.node["id"] == criterion for each in places(self.tree))
        self._session.saved.emit()
        self.changed.emit(criterion if known else HEAD_ID)
