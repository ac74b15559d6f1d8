"""How the criterion in hand is scored: the kind of its rule, the fields of that kind, and the box where it is tried."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from parindex_desktop.domain.drafting import set_rule_value, set_way
from parindex_desktop.domain.rule_ways import WAYS, way_named, way_of
from ui.authoring.faults import words_of
from ui.authoring.fields_form import FieldsForm
from ui.authoring.keyboard import holds_keyboard, order_tabs
from ui.authoring.try_out import TryOut
from ui.language import tr
from ui.theme import tokens
from ui.widgets.combo import ComboBox
from ui.widgets.labelled import Labelled
from ui.widgets.labels import FieldError, SectionTitle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from parindex_desktop.domain.criteria_fields import Field
    from parindex_desktop.domain.drafting import Tree
    from parindex_desktop.domain.rule_ways import Way
    from ui.authoring.faults import Placed


class RulePart(QWidget):
    """Shows the rule of one criterion after the other; fields are made anew only for another way of scoring."""

    edited = Signal(object)
    """A change of the tree, given the tree and the id of the criterion in hand."""

    def __init__(self) -> None:
        super().__init__()
        self._way: Way | None = None
        self._form: FieldsForm | None = None
        self.kind = _KindBox(tr("Way of scoring"))
        self.kind.setPlaceholderText(tr("Choose one"))
        for way in WAYS:
            self.kind.addItem(tr(way.title), way.name)
        self.kind.activated.connect(self._choose)
        self._fault = FieldError()
        self._place = QVBoxLayout()
        self.try_out = TryOut()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, tokens.INSIDE, 0, 0)
        column.setSpacing(tokens.INSIDE)
        column.addWidget(SectionTitle(tr("Way of scoring")))
        column.addWidget(Labelled(tr("Kind of rule"), self.kind))
        column.addWidget(self._fault)
        column.addLayout(self._place)
        column.addSpacing(tokens.INSIDE)
        column.addWidget(self.try_out)

    def show_rule(self, tree: Tree, node: Tree, faults: Sequence[Placed], *, sound: bool) -> None:
        """Show the rule of `node` with its `faults`; it can be tried where all that it needs is `sound`."""
        rule = node.get("rule", {})
        way = way_of(rule) if rule else None
        if way is not self._way:
            self._way = way
            self._make_form(way)
        self.kind.setCurrentIndex(self.kind.findData(way.name) if way else -1)
        rest = list(faults)
        if self._form is not None:
            self._form.show_values(rule)
            rest = self._form.show_faults(rest)
        self._fault.show_fault(words_of(rest))
        self.try_out.show_rule(tree, node, sound=sound and bool(rule) and not faults)

    def take_keyboard(self, path: Sequence[str | int]) -> None:
        """Go to the field of the rule that `path` leads to."""
        if not path or self._form is None or not self._form.take_keyboard(path):
            self.kind.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self, row: int) -> None:
        way = way_named(self.kind.itemData(row))
        if way is not self._way:
            self.edited.emit(lambda tree, criterion: set_way(tree, criterion, way))

    def _give(self, field: Field, value: object) -> None:
        self.edited.emit(lambda tree, criterion: set_rule_value(tree, criterion, field, value))

    def _make_form(self, way: Way | None) -> None:
        if self._form is not None:
            if holds_keyboard(self._form):
                self.kind.setFocus(Qt.FocusReason.OtherFocusReason)
            self._place.removeWidget(self._form)
            self._form.hide()
            self._form.deleteLater()
        self._form = FieldsForm(way.fields) if way and way.fields else None
        if self._form is not None:
            self._form.given.connect(self._give)
            self._place.addWidget(self._form)
            self._form.show()  # now, not with the next event: the keyboard may be on its way
            order_tabs(self.kind, self._form)


class _KindBox(ComboBox):
    """Keys open the list: to go through the kinds one by one would lose the fields of the rule on the way."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the list for what would else choose at once."""
        if event.key() in _CHOOSING or event.text().strip():
            self.showPopup()
        else:
            super().keyPressEvent(event)


_CHOOSING: Final = {
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
}
