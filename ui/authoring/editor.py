"""A draft being written: its tree at the left, the criterion in hand at the right, what is wrong above."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from parindex_desktop.domain import drafting
from parindex_desktop.domain.drafting import HEAD_ID, Direction, children_of, holder, place_of
from parindex_desktop.domain.errors import ParIndexError
from parindex_desktop.services.authoring import new_id
from resources import msgid
from ui.authoring.faults import heading, sentence, titled
from ui.authoring.pane import CriterionPane
from ui.authoring.tree import DraftTree
from ui.authoring.values import LEVELS_IN_SHORT
from ui.form.head import ChipButton
from ui.language import tr
from ui.theme import tokens
from ui.theme.icons import Icon
from ui.theme.tokens import Tone
from ui.widgets import dialogs
from ui.widgets.buttons import plain_button
from ui.widgets.committing import commit_typed
from ui.widgets.labels import OneLine, Role, WrapLabel
from ui.widgets.notices import Banner
from ui.widgets.panels import PageHeader, Splitter
from ui.widgets.places import set_shown
from ui.widgets.popup_list import Entry, PopupList
from ui.widgets.signs import Sign

if TYPE_CHECKING:
    from collections.abc import Callable, MutableMapping, Sequence

    from parindex_desktop.domain.draft_faults import DraftFault
    from parindex_desktop.domain.drafting import Tree
    from ui.authoring.work import DraftWork


class EditorView(QWidget):
    """Edits the draft of `work`."""

    left = Signal()
    """The officer goes back to the list."""

    changed = Signal()

    def __init__(self, work: DraftWork, memory: MutableMapping[str, str]) -> None:
        super().__init__()
        self.work = work
        header = PageHeader("")
        header.title.hide()  # in its place the name of the draft, which wraps
        self.name = WrapLabel("", Role.TITLE, most=900)
        self._about = OneLine("", Role.SMALL)
        self._saved = OneLine("", Role.SMALL)
        for fact in (self.name, self._about, self._saved):
            header.facts.addWidget(fact)
        self.faults = ChipButton()
        self.faults.clicked.connect(self.list_faults)
        self.hints = ChipButton()
        self.hints.clicked.connect(self.list_hints)
        self._list = PopupList(tr("What is to be mended or looked at"), self)
        self._list.chosen.connect(self.jump)
        header.buttons.addWidget(self.hints)
        header.buttons.addWidget(self.faults)
        header.buttons.addWidget(plain_button(tr("‹ Back to the list"), self.left.emit))
        self.banner = Banner()
        self.tree = DraftTree()
        self.pane = CriterionPane(work, self.tree.view)
        self.tree.chosen.connect(self.pane.show_criterion)
        self.tree.add_asked.connect(lambda below: self.add_below() if below else self.add_after())
        self.tree.add_field_asked.connect(lambda: self._add(drafting.add_after, HEAD_ID))
        self.tree.remove_asked.connect(self.remove)
        self.tree.move_asked.connect(self.move_criterion)
        self.tree.renumber_asked.connect(lambda: self.edit(drafting.renumber))
        self.pane.edited.connect(self.edit)
        work.changed.connect(self._show)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.BETWEEN)
        column.addWidget(header)
        column.addWidget(self.banner)
        column.addWidget(Splitter(memory, "authoring.handle", self.tree, self.pane, 43), 1)
        for keys, run in (
            (("Ctrl+Down",), lambda: self.walk(1)),
            (("Ctrl+Up",), lambda: self.walk(-1)),
            (("Ctrl+Return", "Ctrl+Enter"), self.walk_to_fault),
        ):
            shortcut = QShortcut(self)
            shortcut.setKeys([QKeySequence(each) for each in keys])
            shortcut.activated.connect(run)
        self._show(HEAD_ID)
        self.tree.open_all()

    # What the officer does.

    def edit(self, change: Callable[[Tree], Tree], after: str | None = None) -> bool:
        """Change the draft; `after` is then in hand. False where it could not be kept, which is told."""
        current = self.tree.current()
        self.banner.hide()
        try:
            self.work.do(change, current, current if after is None else after)
        except ParIndexError as fault:
            self.banner.tell(tr(fault), Tone.WRONG)
            return False
        return True

    def add_after(self) -> None:
        """Add a criterion after the one in hand."""
        self._add(drafting.add_after, self.tree.current())

    def add_below(self) -> None:
        """Add a criterion within the one in hand, or divide that."""
        current = self.tree.current()
        if current == HEAD_ID or "children" in holder(self.work.tree, current):
            self._add(drafting.add_below, current)
        else:  # it keeps its id as the first part of a new group
            self.edit(lambda tree: drafting.add_below(tree, new_id(), current), current)

    def remove(self) -> None:
        """Take out the criterion in hand, after a question where others stand below it."""
        current = self.tree.current()
        if current == HEAD_ID:
            return
        place = place_of(self.work.tree, current)
        count = sum(1 for _ in drafting.places({"criteria": children_of(place.node)}))
        if count:
            said = tr("The {count} criteria within it go with it. Undo brings them back.", count=count)
            title = tr("Take out “{title}”", title=titled(place.node))
            if not dialogs.ask(self, title, said, yes=tr("Take out"), dangerous=True):
                return
        group = drafting.group_of(self.work.tree, place)
        index = place.steps[-1]
        others = [*children_of(group)[index + 1 :], *reversed(children_of(group)[:index])]
        after = others[0]["id"] if others else HEAD_ID if place.depth == 0 else group["id"]
        self.edit(lambda tree: drafting.remove(tree, current), after)

    def move_criterion(self, direction: Direction) -> None:
        """Move the criterion in hand."""
        current = self.tree.current()
        if current != HEAD_ID:
            self.edit(lambda tree: drafting.move(tree, current, direction))

    def undo(self) -> None:
        """Take the last edit back."""
        self._go(self.work.undo)

    def redo(self) -> None:
        """Make it again."""
        self._go(self.work.redo)

    def jump(self, fault: DraftFault) -> None:
        """Go to the place of a fault."""
        commit_typed()
        self.tree.choose(fault.criterion)
        self.pane.take_keyboard(fault.field)

    def walk(self, step: int) -> None:
        """Go to the row before (-1) or after (1) the one in hand."""
        commit_typed()
        there = self.tree.neighbour(step)
        if there is not None:
            self.tree.choose(there)

    def walk_to_fault(self) -> None:
        """Go to the first fault of the next row that has one."""
        commit_typed()
        order = [HEAD_ID, *(place.node["id"] for place in drafting.places(self.work.tree))]
        here = order.index(self.tree.current())
        behind = order[here + 1 :] + order[: here + 1]
        first = {each.criterion: each for each in reversed(self.work.faults)}
        fault = next((first[each] for each in behind if each in first), None)
        if fault is not None:
            self.jump(fault)

    def list_faults(self) -> None:
        """Open the list of what is to be mended."""
        self._list_places(self.faults, self.work.faults)

    def list_hints(self) -> None:
        """Open the list of what is to be looked at."""
        self._list_places(self.hints, self.work.hints)

    def panes(self) -> Sequence[QWidget]:
        """The tree and the criterion in hand."""
        return (self.tree.view, self.pane)

    # Inside.

    def _list_places(self, button: ChipButton, found: Sequence[DraftFault]) -> None:
        if not found:
            return
        tree = self.work.tree
        groups = [
            (heading(tree, criterion), [Entry(sentence(tree, each), "", each) for each in of_one])
            for criterion, of_one in groupby(found, key=lambda each: each.criterion)
        ]
        self._list.open_groups(button, groups)

    def _add(self, add: Callable[[Tree, str, str], Tree], beside: str) -> None:
        fresh = new_id()
        if self.edit(lambda tree: add(tree, fresh, beside), fresh):
            self.pane.take_keyboard(("title",))

    def _go(self, step: Callable[[str], None]) -> None:
        self.banner.hide()
        try:
            step(self.tree.current())
        except ParIndexError as fault:
            self.banner.tell(tr(fault), Tone.WRONG)

    def _show(self, criterion: str) -> None:
        tree = self.work.tree
        self.name.setText(self.work.draft.name or tr("(no name yet)"))
        level = LEVELS_IN_SHORT.get(str(tree.get("level")))
        self._about.setText(
            tr(
                "Draft: {level}, {year}, version {version}",
                level=tr(level) if level else "–",
                year=str(tree.get("year", "–")),
                version=str(tree.get("version", "–")),
            )
        )
        self._saved.setText(tr("last changed {time}", time=self.work.draft.changed))
        hints = len(self.work.hints)
        set_shown(self.hints, shown=hints > 0)
        self.hints.show_sign(Sign(msgid("{count} to look at"), Tone.CARE, Icon.WARNING, {"count": hints}))
        count = len(self.work.faults)
        self.faults.setEnabled(count > 0)
        self.faults.show_sign(
            Sign(msgid("{count} to be mended"), Tone.WRONG, Icon.WARNING, {"count": count})
            if count
            else Sign(msgid("Nothing is to be mended"), Tone.GOOD, Icon.COMPLETE)
        )
        self.tree.show_tree(tree, self.work.faults, criterion)
        self.changed.emit()
