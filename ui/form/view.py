"""The list and the sheet side by side, walked through by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from parindex_desktop.domain.attention import messages
from parindex_desktop.domain.needs import Need
from ui.form.pane import SheetPane
from ui.form.tree import CriteriaList
from ui.language import tr
from ui.moving.seeing import MovedNote
from ui.theme import tokens
from ui.theme.tokens import Tone
from ui.widgets.committing import commit_typed
from ui.widgets.notices import Banner
from ui.widgets.panels import Splitter
from ui.widgets.places import set_shown

if TYPE_CHECKING:
    from collections.abc import Mapping, MutableMapping

    from parindex_desktop.domain.assessments import Assessment
    from parindex_desktop.domain.people import Assignee
    from parindex_desktop.services.homes import Office
    from parindex_desktop.services.moving import ToSee
    from ui.session import Session

_CHOSEN: Final = "form.criterion"
_MINE: Final = "form.mine"
_SHARE: Final = 49


class FormView(QWidget):
    """An assessment: its criteria at the left, the selected one at the right.

    With `session` it is filled in; without one it is only read, and evidence is looked for in `office`. `memory`
    keeps the place of the handle and, for who fills in, the criterion that was last in hand.
    """

    page_asked = Signal(str)
    assign_asked = Signal(str)
    """Somebody is to be put in charge of the criterion or heading of that id."""

    def __init__(
        self, office: Office, memory: MutableMapping[str, str], session: Session | None = None
    ) -> None:
        super().__init__()
        self._memory: MutableMapping[str, str] = memory if session is not None else {}
        self._reads = session is None
        self._assessment: Assessment | None = None
        self.merged = Banner()
        self.list = CriteriaList()
        self.pane = SheetPane(office, session, self.list.tree)
        self.moved = MovedNote()
        self.list.chosen.connect(self._show)
        self.pane.walked.connect(self.walk)
        self.pane.page_asked.connect(self.page_asked)
        self.list.assign_asked.connect(self._ask_to_assign)
        self.list.mine_toggled.connect(self._remember_mine)
        if session is not None:
            self.list.let_assign()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.BETWEEN)
        column.addWidget(self.merged)
        right = QWidget()
        beside = QVBoxLayout(right)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(tokens.INSIDE)
        beside.addWidget(self.moved)
        beside.addWidget(self.pane, 1)
        column.addWidget(Splitter(memory, "form.handle", self.list, right, _SHARE), 1)
        # As they are read: the boxes stand above the tree, which was made before them.
        self.setTabOrder(self.list.mine, self.list.unconfirmed.button)
        self.setTabOrder(self.list.unconfirmed.button, self.list.moved.button)
        self.setTabOrder(self.list.moved.button, self.list.tree)
        for keys, run in (
            (("Ctrl+Down",), lambda: self.walk(1)),
            (("Ctrl+Up",), lambda: self.walk(-1)),
            (("Ctrl+Return", "Ctrl+Enter"), self.walk_to_lacking),
            (("Ctrl+M",), self._toggle_mine),
            (("Ctrl+G",), self._ask_to_assign),
        ):
            shortcut = QShortcut(self)
            shortcut.setKeys([QKeySequence(each) for each in keys])
            shortcut.activated.connect(run)

    def show_assessment(self, assessment: Assessment) -> None:
        """Show this assessment; selection, opened headings and what is being typed stay."""
        self._assessment = assessment
        self._show_merged(assessment)
        self.list.show_assessment(assessment)
        current = self.list.current() or self._memory.get(_CHOSEN, "")
        if assessment.criteria.find(current) is None:
            current = assessment.criteria.leaves()[0].id
        if self.list.current() == current:
            self._show(current)
        else:
            self.list.choose(current)

    def show_duties(self, found: Mapping[str, Assignee], own: frozenset[str] | None) -> None:
        """Show who is in charge of what; `own` are the criteria of who works here, None where that is nobody."""
        self.pane.show_duties(found)
        self.list.show_mine(own)
        if own and self._memory.get(_MINE) == "yes":
            self.list.mine.setChecked(True)

    def jump(self, criterion_id: str, need: Need | None = None) -> None:
        """Go to a criterion, with the keyboard where `need` is met."""
        commit_typed()
        self.list.choose(criterion_id)
        self.pane.take_keyboard(need)

    def walk(self, step: int) -> None:
        """Go to the criterion before (-1) or after (1) the one in hand."""
        commit_typed()
        there = self.list.neighbour(step)
        if there is not None:
            self.list.choose(there)

    def walk_to_lacking(self) -> None:
        """Go to the next criterion that lacks something, with the keyboard where it lacks."""
        commit_typed()  # what was just typed may be what lacked
        there = self.list.next_lacking()
        if there is not None and self._assessment is not None:
            self.jump(there, self._assessment.sheets[there].needs[0])

    def walk_to_unconfirmed(self) -> None:
        """Keep the list to what was copied and is not confirmed, and go to the first of it, where it is confirmed."""
        assert self._assessment is not None
        commit_typed()
        first = next((sheet for sheet in self._assessment.sheets.values() if sheet.unconfirmed), None)
        if first is not None:
            self.list.unconfirmed.button.setChecked(True)
            self.jump(first.criterion.id, Need.UNCONFIRMED)

    def show_to_see(self, found: Mapping[str, ToSee]) -> None:
        """Mark what a move left to be looked at, and tell it beside the criterion in hand."""
        had_keyboard = self.moved.isAncestorOf(QApplication.focusWidget() or self)
        self.moved.waiting = found
        self.list.show_to_see(frozenset(found))
        self.moved.show_of(self.list.current() or "")
        self.pane.show_place(*self.list.place())  # the box above the list may be gone
        if had_keyboard and self.moved.isHidden():
            self.pane.take_keyboard()

    def walk_to_moved(self) -> None:
        """Keep the list to what is to be looked at after the move, and go to the first of it."""
        commit_typed()
        self.list.moved.button.setChecked(True)
        first = next(iter(self.moved.waiting), None)
        if first is not None:
            self.jump(first)

    def search(self, text: str) -> None:
        """Show only what has the words of `text`."""
        self.list.search(text)

    def _toggle_mine(self) -> None:
        if self.list.mine.isVisible() and self.list.mine.isEnabled():
            commit_typed()
            self.list.mine.toggle()

    def _remember_mine(self, shown: bool) -> None:
        self._memory[_MINE] = "yes" if shown else "no"

    def _ask_to_assign(self) -> None:
        if not self._reads and (current := self.list.current()) is not None:
            commit_typed()
            self.assign_asked.emit(current)

    def _show_merged(self, assessment: Assessment) -> None:
        """Tell who reads it what stands on no signed paper; who fills it in is told by the page."""
        told = [tr(each) for each in messages(assessment, own=False)] if self._reads else []
        if self._reads and assessment.reopened:
            told.append(
                tr(
                    "These are parallel versions merged: the figures stand on none of their signed papers. "
                    "Ask the unit to settle them and to hand over anew, with a new signed copy."
                )
            )
        set_shown(self.merged, shown=False)
        if told:
            self.merged.tell(tr("{value}", value="\n".join(told)), Tone.CARE, closable=False)

    def _show(self, criterion_id: str) -> None:
        assert self._assessment is not None
        criterion = self._assessment.criteria.find(criterion_id)
        assert criterion is not None
        self._memory[_CHOSEN] = criterion_id
        self.pane.show_assessment(self._assessment, criterion)
        self.pane.show_place(*self.list.place())
        self.moved.show_of(criterion_id)
