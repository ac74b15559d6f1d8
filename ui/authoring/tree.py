"""The list at the left of the editor: the set, its criteria, and what may be done with the one in hand."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from parindex_desktop.domain.drafting import DEEPEST, HEAD_ID, Direction, can_move, place_of
from resources import msgid
from ui.authoring.tree_model import DraftModel, sign_width
from ui.language import tr
from ui.theme import tokens
from ui.theme.icons import Icon
from ui.widgets.buttons import plain_button
from ui.widgets.cells import Column
from ui.widgets.flow import FlowLayout
from ui.widgets.tree_model import WalkedTree

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QResizeEvent

    from parindex_desktop.domain.draft_faults import DraftFault
    from parindex_desktop.domain.drafting import Tree

_WRONG: Final = 2
_NARROW: Final = 400
"""Below this width what is wrong stands below the titles, which need the room of its column."""
_MOVES: Final = (
    (Direction.UP, msgid("Move up"), "Alt+Up"),
    (Direction.DOWN, msgid("Move down"), "Alt+Down"),
    (Direction.IN, msgid("Move into the group before it"), "Alt+Right"),
    (Direction.OUT, msgid("Move out of its group"), "Alt+Left"),
)


class DraftTree(QWidget):
    """Chooses a criterion; asks for changes of the tree, which the editor makes."""

    chosen = Signal(str)
    add_asked = Signal(bool)
    """A criterion is to be added: below the one in hand (True), or after it."""
    add_field_asked = Signal()
    remove_asked = Signal()
    move_asked = Signal(object)
    renumber_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.model = DraftModel(self)
        wrong = sign_width()
        columns = (Column(200, 3, least=120), Column(72, numeric=True, least=64), Column(wrong))
        self.view = WalkedTree(tr("Criteria"), columns)
        self.view.setModel(self.model)
        self.view.arrived.connect(self._arrived)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._open_menu)
        self._tree: Tree = {"criteria": []}
        self._showing = False
        self._make_actions()
        line = FlowLayout(across=tokens.INSIDE)
        self._add = plain_button(tr("Add"), icon=Icon.ADD)
        self._arrange = plain_button(tr("Arrange"), icon=Icon.DIFFERENCES)
        self._remove = plain_button(tr("Take out"), self.remove_asked.emit, icon=Icon.REFUSED)
        for button, actions in ((self._add, self._adding), (self._arrange, self._moving)):
            menu = QMenu(button)
            menu.addActions(actions)
            button.setMenu(menu)
        for button in (self._add, self._arrange, self._remove):
            line.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.INSIDE)
        column.addLayout(line)
        column.addWidget(self.view, 1)
        self.setFocusProxy(self.view)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Titles need the room most; points must be in view beside their sum."""
        super().resizeEvent(event)
        narrow = self.width() < _NARROW
        self.view.setColumnHidden(_WRONG, narrow)
        self.model.fold(folded=narrow)

    def show_tree(self, tree: Tree, faults: Sequence[DraftFault], current: str) -> None:
        """Show this state of the draft with `current` in hand."""
        self._tree = tree
        self._showing = True  # rows that come and go are no choice of the officer
        self.model.show_tree(tree, faults)
        self._showing = False
        index = self.model.index_of(current)
        parent = index.parent()
        while parent.isValid():
            self.view.expand(parent)
            parent = parent.parent()
        if self.view.currentIndex() != index:
            self.view.setCurrentIndex(index)
        else:
            self._arrived()

    def current(self) -> str:
        """The criterion in hand; `HEAD_ID` for the set."""
        index = self.view.currentIndex()
        return self.model.id_of(index) if index.isValid() else HEAD_ID

    def choose(self, criterion: str) -> None:
        """Take a criterion in hand."""
        index = self.model.index_of(criterion)
        if index.isValid():
            self.view.setCurrentIndex(index)
            self.view.scrollTo(index)

    def neighbour(self, step: int) -> str | None:
        """The row before (-1) or after (1) the one in hand, opened or not; None at an end."""
        order = [HEAD_ID, *(node for node in self._ids(self._tree["criteria"]))]
        there = order.index(self.current()) + step
        return order[there] if 0 <= there < len(order) else None

    def open_all(self) -> None:
        """Show every criterion."""
        self.view.expandAll()

    def _ids(self, siblings: Sequence[Tree]) -> list[str]:
        found: list[str] = []
        for node in siblings:
            found += [node["id"], *self._ids(node.get("children", ()))]
        return found

    def _arrived(self) -> None:
        if not self._showing:
            self._allow()
            self.chosen.emit(self.current())

    def _allow(self) -> None:
        """Offer what can be done with the row in hand."""
        current = self.current()
        head = current == HEAD_ID
        place = None if head else place_of(self._tree, current)
        self._after.setEnabled(place is not None and place.depth > 0)
        self._below.setEnabled(place is not None and place.depth + 1 < DEEPEST)
        group = place is not None and "children" in place.node
        self._below.setText(tr("Criterion within it") if group else tr("Divide it into sub-criteria"))
        self._remove.setEnabled(not head)
        self._delete.setEnabled(not head)
        for (direction, *_), action in zip(_MOVES, self._moving, strict=False):
            action.setEnabled(not head and can_move(self._tree, current, direction))

    def _make_actions(self) -> None:
        self._after = self._action(tr("Criterion after it"), "Ins", lambda: self.add_asked.emit(False))
        self._below = self._action(tr("Criterion within it"), "Shift+Ins", lambda: self.add_asked.emit(True))
        field = self._action(tr("Field"), "Ctrl+Ins", self.add_field_asked.emit)
        self._delete = self._action(tr("Take out"), "Del", self.remove_asked.emit)
        self._adding = [self._after, self._below, field]
        self._moving = [
            self._action(tr(words), keys, partial(self.move_asked.emit, direction))
            for direction, words, keys in _MOVES
        ]
        self._moving.append(self._action(tr("Number all codes anew"), "", self.renumber_asked.emit))

    def _action(self, words: str, keys: str, run: Callable[[], object]) -> QAction:
        action = QAction(words, self.view)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda _checked=False: run())
        self.view.addAction(action)
        return action

    def _open_menu(self, place: QPoint) -> None:
        menu = QMenu(self.view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(self._adding)
        menu.addSeparator()
        menu.addActions(self._moving)
        menu.addSeparator()
        menu.addAction(self._delete)
        menu.popup(self.view.viewport().mapToGlobal(place))
