"""The list of criteria at the left: chosen, walked through and searched by keyboard; never emptied by a change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QMenu, QVBoxLayout, QWidget

from parindex_desktop.domain.text import folded
from resources import msgid
from ui.form.criteria_model import CriteriaModel
from ui.form.waiting import WaitingBox
from ui.language import tr
from ui.states import NEEDS, TO_SEE
from ui.theme import tokens
from ui.widgets import signs
from ui.widgets.cells import PAD_X, Column
from ui.widgets.chips import chip_width
from ui.widgets.fields import CheckBox
from ui.widgets.labels import Role, WrapLabel
from ui.widgets.places import set_shown
from ui.widgets.tree_model import WalkedTree

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from parindex_desktop.domain.assessments import Assessment
    from parindex_desktop.domain.criteria import Criterion

_MAXIMUM: Final = 1
_NARROW: Final = 440
"""Below this width titles get the room: the maximum goes below the points, and of a state stays the drawn sign."""


class CriteriaList(QWidget):
    """A tree of criteria with their points and states, and what is said while a search finds nothing.

    While something is copied and not confirmed, the tree can be kept to that.
    """

    chosen = Signal(str)
    """Id of the criterion that the officer has gone to."""
    assign_asked = Signal()
    """Somebody is to be put in charge of what is selected."""
    mine_toggled = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tree = WalkedTree(tr("Criteria"), _columns(), self)  # the first child: the keyboard comes here
        self.mine = CheckBox("")
        self.unconfirmed = WaitingBox(msgid("Only what is not confirmed yet ({count})"))
        self.moved = WaitingBox(msgid("Only what is to be looked at after the move ({count})"))
        self._waiting = (self.unconfirmed, self.moved)
        self.tree.arrived.connect(self._arrived)
        self._narrow = False
        self._model: CriteriaModel | None = None
        self._assessment: Assessment | None = None
        self._words: list[str] = []
        self._open_before: list[str] = []
        for box in self._waiting:
            box.turned.connect(lambda on, box=box: self._keep_to(box, only=on))
        self._own: frozenset[str] = frozenset()
        self.mine.setToolTip(tr("Show only what I or my room is in charge of (Ctrl+M)"))
        self.mine.toggled.connect(self._show_mine)
        self.mine.hide()
        self.tree.customContextMenuRequested.connect(self._open_menu)
        self._nothing = WrapLabel("", Role.SECOND)
        self._nothing.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.INSIDE)
        for part in (self.mine, *self._waiting, self._nothing):
            column.addWidget(part)
        column.addWidget(self.tree, 1)
        self.setFocusProxy(self.tree)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Titles need the room most."""
        super().resizeEvent(event)
        narrow = self.width() < _NARROW
        if narrow == self._narrow:
            return
        self._narrow = narrow
        if self._model is not None:  # a column is only hidden where there is one
            self._arrange_columns()
            self._model.show_narrow(narrow=narrow)

    def show_assessment(self, assessment: Assessment) -> None:
        """Show this assessment; what is selected and opened stays where it is still the same set."""
        before, self._assessment = self._assessment, assessment
        if self._model is not None and before and before.criteria.digest == assessment.criteria.digest:
            self._model.show_assessment(assessment)
            self._count_mine()
            self.unconfirmed.show_waiting(_unconfirmed(assessment))
            return
        old, self._model = self._model, CriteriaModel(assessment, self)
        self._model.show_narrow(narrow=self._narrow)
        self._open_before = []
        self.tree.setModel(self._model)
        self._arrange_columns()
        if old is not None:
            old.deleteLater()
        self._count_mine()
        self.unconfirmed.show_waiting(_unconfirmed(assessment))
        self._filter()

    def _arrange_columns(self) -> None:
        self.tree.set_columns(_narrow_columns() if self._narrow else _columns())
        self.tree.setColumnHidden(_MAXIMUM, self._narrow)

    def show_mine(self, own: frozenset[str] | None) -> None:
        """Offer to show only the criteria `own`; None where nobody is in charge of a part."""
        set_shown(self.mine, shown=own is not None)
        before, self._own = self._own, own or frozenset()
        if not self._own:
            self.mine.setChecked(False)
        self._count_mine()
        if before != self._own and self.mine.isChecked():
            self._filter()

    def show_to_see(self, ids: frozenset[str]) -> None:
        """Mark the criteria that are to be looked at after a move, and offer to list them only."""
        assert self._model is not None
        self._model.show_to_see(ids)
        self.moved.show_waiting(ids)

    def let_assign(self) -> None:
        """Offer to put somebody in charge, by a menu."""
        self.tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def current(self) -> str | None:
        """Id of the criterion that is selected."""
        index = self.tree.currentIndex()
        return self._model.criterion(index).id if self._model and index.isValid() else None

    def choose(self, criterion_id: str) -> None:
        """Select a criterion and bring it into view; a search that hides it ends."""
        assert self._model is not None
        index = self._model.index_of(criterion_id)
        if not index.isValid():
            return
        if self._model.criterion(index) not in self._kept():
            self.search("")
            for box in self._waiting:
                box.button.setChecked(False)
        if self._model.criterion(index) not in self._kept():
            self.mine.setChecked(False)
        parent = index.parent()
        while parent.isValid():
            self.tree.expand(parent)
            parent = parent.parent()
        self.tree.setCurrentIndex(index)
        after = self.tree.indexBelow(index)
        for seen in (after, index):  # what comes next is in view too
            if seen.isValid():
                self.tree.scrollTo(seen, QAbstractItemView.ScrollHint.EnsureVisible)

    def neighbour(self, step: int) -> str | None:
        """Id of the criterion before (-1) or after (1) the selected one; None at an end."""
        leaves, here, on_heading = self._place()
        there = here - 1 if step < 0 else here + (not on_heading)
        return leaves[there].id if 0 <= there < len(leaves) else None

    def next_lacking(self) -> str | None:
        """Id of the next criterion that lacks something, from the first again after the last."""
        assert self._assessment is not None
        leaves, here, on_heading = self._place()
        start = here + (not on_heading)
        for leaf in (*leaves[start:], *leaves[:start]):
            if self._assessment.sheets[leaf.id].needs:
                return leaf.id
        return None

    def place(self) -> tuple[int, int, int]:
        """Which of how many criteria is selected, from 1 (0 on a heading), and how many of them are to be scored."""
        assert self._assessment is not None
        leaves, here, on_heading = self._place()
        sheets = self._assessment.sheets
        to_score = sum(sheets[leaf.id].outcome.counts_in_maximum > 0 for leaf in leaves)
        return (0 if on_heading else here + 1), len(leaves), to_score

    def search(self, text: str) -> None:
        """Show only what has every word of `text` in its code, title or documents, however accented."""
        words = folded(text).split()
        if words == self._words:
            return
        self._remember_opened()
        self._words = words
        self._filter()
        if not self._narrowed:
            self._open_as_before()

    @property
    def _narrowed(self) -> bool:
        kept = any(box.kept is not None for box in self._waiting)
        return bool(self._words) or kept or self.mine.isChecked()

    def _remember_opened(self) -> None:
        if not self._narrowed:
            self._open_before = [self._id(index) for index in self._indexes() if self.tree.isExpanded(index)]

    def _keep_to(self, box: WaitingBox, *, only: bool) -> None:
        """Show only what waits now; what is done meanwhile stays in its place until the box is ticked anew."""
        self._remember_opened()
        box.keep(only=only)
        self._filter()
        if not self._narrowed:
            self._open_as_before()

    def _filter(self) -> None:
        if self._model is None:
            return
        shown = {c.id for c in self._kept()}
        for index in self._indexes():
            hidden = self._model.criterion(index).id not in shown
            self.tree.setRowHidden(index.row(), index.parent(), hidden)
        if self._narrowed:
            self.tree.expandAll()
        self._nothing.setText(tr("No criterion has these words. Escape ends the search."))
        self._nothing.setVisible(bool(self._words) and not shown)
        leaves = [c for c in self._kept() if not c.children]
        if self._narrowed and leaves and self.current() not in shown:
            self.choose(leaves[0].id)

    def _kept(self) -> list[Criterion]:
        """What search and filter leave: matches, the headings above them and what stands below a matching heading."""
        assert self._assessment is not None
        kept: list[Criterion] = []

        def look(criterion: Criterion, below_match: bool) -> bool:
            matches = below_match or self._matches(criterion)
            place = len(kept)
            within = [look(child, matches) for child in criterion.children]
            if any(within) or (matches and not criterion.children and self._is_wanted(criterion)):
                kept.insert(place, criterion)
                return True
            return False

        for field in self._assessment.criteria.fields:
            look(field, below_match=False)
        return kept

    def _is_wanted(self, criterion: Criterion) -> bool:
        mine = not self.mine.isChecked() or criterion.id in self._own
        return mine and all(box.lets(criterion.id) for box in self._waiting)

    def _count_mine(self) -> None:
        if self._assessment is None:
            return
        own = [sheet for id_, sheet in self._assessment.sheets.items() if id_ in self._own]
        lacking = sum(bool(sheet.needs) for sheet in own)
        self.mine.setText(
            tr("My part: {count} criteria, {lacking} lack something", count=len(own), lacking=lacking)
        )
        self.mine.setEnabled(bool(own))

    def _show_mine(self, shown: bool) -> None:
        self._filter()
        if not shown and (current := self.current()) is not None:
            self.choose(current)
        self.mine_toggled.emit(shown)

    def _open_menu(self, place: QPoint) -> None:
        if self.current() is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        action = menu.addAction(tr("Put somebody in charge…"))
        action.setShortcut(QKeySequence("Ctrl+G"))
        action.triggered.connect(self.assign_asked)
        menu.popup(self.tree.viewport().mapToGlobal(place))

    def _matches(self, criterion: Criterion) -> bool:
        text = folded("\n".join((criterion.code, criterion.title, *criterion.documents)))
        return all(word in text for word in self._words)

    def _place(self) -> tuple[list[Criterion], int, bool]:
        """The criteria in view order, where among them the selected one is, and whether that is a heading.

        A heading stands at the place of the first criterion after it.
        """
        current = self.current()
        leaves: list[Criterion] = []
        here, on_heading = 0, True
        for criterion in self._kept():
            if criterion.id == current:
                here, on_heading = len(leaves), bool(criterion.children)
            if not criterion.children:
                leaves.append(criterion)
        return leaves, here, on_heading

    def _open_as_before(self) -> None:
        """Let the tree be as open as before the search, and what is selected in view."""
        for index in self._indexes():
            self.tree.setExpanded(index, self._id(index) in self._open_before)
        if (current := self.current()) is not None:
            self.choose(current)

    def _indexes(self) -> list[QModelIndex]:
        return list(self._model.indexes()) if self._model else []

    def _id(self, index: QModelIndex) -> str:
        assert self._model is not None
        return self._model.criterion(index).id

    def _arrived(self) -> None:
        if (current := self.current()) is not None:
            self.chosen.emit(current)


def _unconfirmed(assessment: Assessment) -> frozenset[str]:
    """Ids of the criteria that have something to confirm."""
    return frozenset(sheet.criterion.id for sheet in assessment.sheets.values() if sheet.unconfirmed)


def _columns() -> tuple[Column, ...]:
    """The widest state is never cut."""
    widest = (*NEEDS.values(), TO_SEE, signs.NOT_SELF_SCORED, signs.NOT_APPLICABLE)
    state = max(map(chip_width, widest))
    state += 2 * PAD_X + 1
    return (
        Column(200, 3, least=120),
        Column(72, numeric=True, least=64),
        Column(84, numeric=True, least=74),
        Column(state, 1, least=state),
    )


def _narrow_columns() -> tuple[Column, ...]:
    return (Column(160, 1, least=120), Column(72), Column(76, numeric=True), Column(66))
