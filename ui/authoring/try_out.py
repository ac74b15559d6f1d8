"""The box where a rule is tried: its own inputs as the unit will see them, and at once the points with their reason."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from parindex_desktop.domain.criteria import head_of
from parindex_desktop.domain.criteria_fields import LEVELS
from parindex_desktop.domain.errors import UserError
from parindex_desktop.domain.messages import Message
from parindex_desktop.domain.scoring.head import Head
from parindex_desktop.domain.scoring.inputs import NO, read_input
from parindex_desktop.domain.scoring.outcome import Outcome, OutcomeState, unscored
from parindex_desktop.domain.scoring.rule import ZERO, ScoredBy
from parindex_desktop.domain.trying import grades_in, rule_to_try, tried
from parindex_desktop.domain.units import Level
from ui.form.inputs import arranged, field_for
from ui.form.pick_fields import CheckField
from ui.form.points_box import PointsBox
from ui.language import tr
from ui.theme import tokens
from ui.widgets import choices
from ui.widgets.combo import ComboBox
from ui.widgets.flow import FlowLayout
from ui.widgets.labelled import Labelled
from ui.widgets.labels import Role, SectionTitle, WrapLabel
from ui.widgets.places import set_shown
from ui.widgets.reveal import reveal

if TYPE_CHECKING:
    from parindex_desktop.domain.drafting import Tree
    from parindex_desktop.domain.scoring.inputs import InputSpec
    from parindex_desktop.domain.scoring.rule import Rule
    from ui.form.input_fields import InputField

_NO_FIGURE: Final = Message(
    "drafting.no_figure", "A figure of the rule has no value for this kind of office or this year."
)


class TryOut(QWidget):
    """Tries the rule of one criterion; nothing of it is kept."""

    def __init__(self) -> None:
        super().__init__()
        self._rule: Rule | None = None
        self._shown: tuple[Tree, Head] | None = None
        self._specs: tuple[InputSpec, ...] = ()
        self._fields: dict[str, InputField] = {}
        self._inputs: dict[str, str] = {}
        self._wait = WrapLabel(
            tr("As soon as the rule and the maximum are complete, it can be tried here."), Role.SECOND
        )
        self.level = ComboBox(tr("Tried for"))
        for level, title in LEVELS.items():
            self.level.addItem(tr(title), level)
        self.year = ComboBox(tr("Tried for the year"))
        self._level, self._year = (
            Labelled(tr("Tried for"), self.level),
            Labelled(tr("Tried for the year"), self.year),
        )
        line = FlowLayout(across=tokens.EDGE)
        line.addWidget(self._level)
        line.addWidget(self._year)
        self.nothing = choices.check(tr("Nothing arose in the year"))
        self.nothing.button.clicked.connect(lambda _on: self._compute())
        self._place = QVBoxLayout()
        self._holder: QWidget | None = None
        self.box = PointsBox()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.INSIDE)
        column.addWidget(SectionTitle(tr("Try it out")))
        column.addWidget(self._wait)
        column.addLayout(line)
        column.addLayout(self._place)
        column.addWidget(self.nothing)
        column.addWidget(self.box)
        for combo in (self.level, self.year):
            combo.activated.connect(lambda _row: self._choose_head())

    def show_rule(self, tree: Tree, node: Tree, *, sound: bool) -> None:
        """Try the rule of `node`; where it is not `sound`, say so instead."""
        if not sound:
            self._shown, self._rule = None, None
            self._show_parts()
            return
        head = head_of(tree)
        if self._shown is None or (self._shown[1].level, self._shown[1].year) != (head.level, head.year):
            self._offer_heads(node, head)
        self._shown = (node, head)
        set_shown(self._level, shown=any(way == "by_level" for way, _ in grades_in(node["rule"])))
        set_shown(self._year, shown=any(way != "by_level" for way, _ in grades_in(node["rule"])))
        self._choose_head()

    def forget(self) -> None:
        """Another criterion is in hand: nothing was typed for it."""
        self._shown, self._specs, self._inputs = None, (), {}
        self.nothing.button.setChecked(False)

    def outcome(self) -> Outcome | None:
        """What the figures typed come to; None while the rule cannot be tried."""
        rule = self._rule
        if rule is None:
            return None
        outcome = tried(rule, self._inputs, nothing_arose=self.nothing.button.isChecked())
        if outcome.missing and rule.scored_by is not ScoredBy.UNIT:
            # Titles come from the set, but what the province enters is called by words of ours.
            missing = tuple(replace(spec, title=tr(spec.title)) for spec in outcome.missing)
            return unscored(rule.maximum, missing)
        return outcome

    def _offer_heads(self, node: Tree, head: Head) -> None:
        self.level.setCurrentIndex(self.level.findData(head.level.value))
        stages = [
            int(year) for way, values in grades_in(node["rule"]) if way != "by_level" for year in values
        ]
        years = range(min([head.year, *stages]), max([head.year, *stages]) + 1)
        self.year.clear()
        for year in years:
            self.year.addItem(str(year), year)
        self.year.setCurrentIndex(self.year.findData(head.year))

    def _choose_head(self) -> None:
        if self._shown is None:
            return
        node, head = self._shown
        chosen = Head(self.year.currentData() or head.year, Level(self.level.currentData()), head.calendar)
        self._rule = rule_to_try(node, chosen)
        if self._rule is not None and self._rule.specs != self._specs:
            self._make_fields(self._rule)
        self._show_parts()

    def _show_parts(self) -> None:
        ready = self._rule is not None
        set_shown(self._wait, shown=self._shown is None)
        set_shown(self.box, shown=self._shown is not None)
        set_shown(self.nothing, shown=self._rule is not None and self._rule.nothing_arose is not None)
        if self.nothing.isHidden():
            self.nothing.button.setChecked(False)
        if self._holder is not None:
            set_shown(self._holder, shown=ready)
        if self._shown is None:
            set_shown(self._level, shown=False)
            set_shown(self._year, shown=False)
        self._compute()

    def _make_fields(self, rule: Rule) -> None:
        if self._holder is not None:
            self._place.removeWidget(self._holder)
            self._holder.hide()
            self._holder.deleteLater()
        self._specs = rule.specs
        self._holder = QWidget()
        self._fields = {spec.name: field_for(spec) for spec in rule.specs}
        self._inputs = {}
        self._holder.setLayout(arranged(self._fields.values()))
        for name, field in self._fields.items():
            field.label.setText(
                tr(field.spec.title) if rule.scored_by is not ScoredBy.UNIT else field.spec.title
            )
            field.given.connect(lambda text, name=name: self._give(name, text))
        self._place.addWidget(self._holder)

    def _give(self, name: str, text: str) -> None:
        field = self._fields[name]
        field.accept()
        try:
            stored = read_input(field.spec, text) if text else None
        except UserError as fault:
            field.refuse(text, tr(fault))
            return
        if stored is None:
            self._inputs.pop(name, None)
        else:
            self._inputs[name] = stored
        if isinstance(field, CheckField):  # those left empty are not met, as in the form
            boxes = [each for each, box in self._fields.items() if isinstance(box, CheckField)]
            self._inputs = dict.fromkeys(boxes, NO) | self._inputs
        field.show_stored(stored)
        self._compute()
        reveal(self.box)  # what was typed for; and then where one types on
        if (focused := QApplication.focusWidget()) is not None and self.isAncestorOf(focused):
            reveal(focused)

    def _compute(self) -> None:
        if self._shown is None:
            return
        if (outcome := self.outcome()) is not None:
            self.box.show_outcome(outcome)
            return
        self.box.show_outcome(Outcome(OutcomeState.FAULTY, None, ZERO, _NO_FIGURE))
