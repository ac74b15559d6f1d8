"""The right side of the editor: the fields of the criterion in hand, and how it is scored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from parindex_desktop.domain.criteria_fields import BLOCK, GROUP, HEAD, LEAF_FIRST, LEAF_REST
from parindex_desktop.domain.drafting import HEAD_ID, children_of, holder, place_of, set_value, sum_of
from ui.authoring.faults import below, titled
from ui.authoring.fields_form import FieldsForm
from ui.authoring.hints import HintList
from ui.authoring.keyboard import holds_keyboard, order_tabs
from ui.authoring.rule_part import RulePart
from ui.language import tr
from ui.theme import tokens
from ui.widgets.labels import Role, SectionTitle, WrapLabel
from ui.widgets.places import set_shown
from ui.widgets.reveal import reveal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from parindex_desktop.domain.criteria_fields import Field
    from parindex_desktop.domain.drafting import Tree
    from ui.authoring.work import DraftWork

_OF_RULES = (("year",), ("level",), ("calendar",))
"""Fields of the head without which no rule can be tried."""


class CriterionPane(QFrame):
    """Shows the criterion in hand of a draft; its fields are made anew only for one of another kind."""

    edited = Signal(object)
    """A change of the tree is asked for."""

    def __init__(self, work: DraftWork, before: QWidget) -> None:
        """`before` is the widget from which Tab leads into the pane."""
        super().__init__()
        self.setProperty("role", "panel")
        self.setAccessibleName(tr("Criterion in hand"))
        self._work = work
        self._before = before
        self._criterion: str | None = None
        self._fields: tuple[Field, ...] = ()
        self._forms: list[FieldsForm] = []
        self.rule: RulePart | None = None
        self._title = WrapLabel("", Role.TITLE)
        self._sum = WrapLabel("", Role.SECOND)
        self.hints = HintList(work, before)
        self._place = QVBoxLayout()
        self._holder: QWidget | None = None
        inside = QWidget()
        inside.setProperty("role", "scrolled")
        column = QVBoxLayout(inside)
        column.setContentsMargins(tokens.EDGE, tokens.EDGE, tokens.EDGE, tokens.EDGE)
        column.setSpacing(tokens.INSIDE)
        column.addWidget(self._title)
        column.addWidget(self._sum)
        column.addWidget(self.hints)
        column.addLayout(self._place)
        column.addStretch(1)
        self._area = QScrollArea(widgetResizable=True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(inside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.addWidget(self._area)

    def show_criterion(self, criterion: str) -> None:
        """Show it as it stands; what is being typed into it stays."""
        tree = self._work.tree
        node = holder(tree, criterion)
        fields = _fields_of(tree, criterion, node)
        if fields != self._fields:
            self._make(fields, leaf=fields[: len(LEAF_FIRST)] == LEAF_FIRST)
        if criterion != self._criterion:
            self._criterion = criterion
            self._area.verticalScrollBar().setValue(0)
            if self.rule is not None:
                self.rule.try_out.forget()
        self._title.setText(tr("General information") if criterion == HEAD_ID else titled(node))
        total = sum_of(node) if children_of(node) else None
        self._sum.setText(
            "" if total is None else tr("What stands below adds up to {sum} points.", sum=total)
        )
        set_shown(self._sum, shown=total is not None)
        self.hints.show_of(criterion)
        faults = below(self._work.faults, criterion)
        own = [each for each in faults if each[0][:1] != ("rule",)]
        for form in self._forms:
            form.show_values(node)
            own = form.show_faults(own)
        if self.rule is not None:
            of_rule = [(path[1:], message) for path, message in faults if path[:1] == ("rule",)]
            head = below(self._work.faults, HEAD_ID)
            sound = not any(path[:1] == ("maximum",) for path, _ in faults)
            sound = sound and not any(path[:1] in _OF_RULES for path, _ in head)
            self.rule.show_rule(tree, node, of_rule, sound=sound)

    def take_keyboard(self, path: Sequence[str | int] = ()) -> None:
        """Put the keyboard where a fault is, or into the first field."""
        if path[:1] == ("rule",) and self.rule is not None:
            self.rule.take_keyboard(path[1:])
        elif not any(form.take_keyboard(path) for form in self._forms):
            self._forms[0].take_keyboard()
        focused = QApplication.focusWidget()
        if focused is not None:
            reveal(focused)

    def _edit(self, change: Callable[[Tree, str], Tree]) -> None:
        criterion = self._criterion
        assert criterion is not None
        self.edited.emit(lambda tree: change(tree, criterion))

    def _give(self, field: Field, value: Any) -> None:
        self._edit(lambda tree, criterion: set_value(tree, criterion, field.key, value))

    def _make(self, fields: tuple[Field, ...], *, leaf: bool) -> None:
        had_keyboard = holds_keyboard(self)
        if self._holder is not None:
            self._place.removeWidget(self._holder)
            self._holder.hide()
            self._holder.deleteLater()
        self._fields = fields
        self._forms = [FieldsForm(fields)]
        self.rule = RulePart() if leaf else None
        self._holder = QWidget()
        column = QVBoxLayout(self._holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.INSIDE)
        column.addWidget(self._forms[0])
        if self.rule is not None:
            self.rule.edited.connect(self._edit)
            self._forms.append(FieldsForm(LEAF_REST))
            column.addWidget(self.rule)
            column.addSpacing(tokens.INSIDE)
            column.addWidget(SectionTitle(tr("Documents, reason, guidance")))
            column.addWidget(self._forms[1])
        for form in self._forms:
            form.given.connect(self._give)
        self._place.addWidget(self._holder)
        self._holder.show()  # now, not with the next event: the keyboard may be on its way
        order_tabs(self._before, self._holder)
        if had_keyboard:
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)


def _fields_of(tree: Tree, criterion: str, node: Tree) -> tuple[Field, ...]:
    """The fields at the top: of the head, of a group, of a criterion; those of a field say whether it is a bonus."""
    if criterion == HEAD_ID:
        return HEAD
    fields = GROUP if "children" in node else LEAF_FIRST
    return (*fields, BLOCK) if place_of(tree, criterion).depth == 0 else fields
