"""Two versions of a set side by side: what was added, taken out and changed, before and after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from parindex_desktop.domain import criteria_fields
from parindex_desktop.domain.criteria import CriteriaSet
from parindex_desktop.domain.criteria_fields import Form, value_at
from parindex_desktop.domain.drafting import HEAD_ID, place_of
from parindex_desktop.domain.set_versions import Aspect, difference
from resources import msgid
from ui.authoring.faults import titled
from ui.authoring.values import field_text
from ui.authoring.words import aspect_text, head_text
from ui.form.wording import NOTHING
from ui.language import tr
from ui.theme import tokens
from ui.theme.icons import Icon
from ui.theme.tokens import Tone
from ui.widgets import choices
from ui.widgets.buttons import plain_button
from ui.widgets.cells import Column
from ui.widgets.chips import Chip
from ui.widgets.combo import ComboBox
from ui.widgets.labelled import Labelled
from ui.widgets.labels import OneLine, Role, WrapLabel
from ui.widgets.panels import PageHeader, Panel, Splitter
from ui.widgets.places import set_shown
from ui.widgets.rows import Cell, RowsTable
from ui.widgets.signs import Sign

if TYPE_CHECKING:
    from collections.abc import Iterator, MutableMapping, Sequence

    from parindex_desktop.domain.drafting import Tree

_ADDED = Sign(msgid("Added"), Tone.GOOD, Icon.ADD)
_REMOVED = Sign(msgid("Taken out"), Tone.WRONG, Icon.REFUSED)
_CHANGED = Sign(msgid("Changed"), Tone.CARE, Icon.DIFFERENCES)


@dataclass(frozen=True, slots=True)
class Version:
    """A version that may be compared: its words in the list, its tree, and what names it."""

    words: str
    tree: Tree
    key: str


@dataclass(frozen=True, slots=True)
class _Line:
    """A criterion, or the head, in both versions; None where a version does not have it.

    `told` is in what they differ: the name of each respect, and what the old and the new version say; `changes` says
    what has changed alone.
    """

    id: str
    old: Tree | None
    new: Tree | None
    told: tuple[tuple[str, str, str], ...]
    changes: str = ""

    @property
    def sign(self) -> Sign | None:
        if self.old is None:
            return _ADDED
        if self.new is None:
            return _REMOVED
        return _CHANGED if self.told else None


class CompareView(QWidget):
    """Compares the two versions that are chosen above the list."""

    left = Signal()

    def __init__(self, memory: MutableMapping[str, str]) -> None:
        super().__init__()
        header = PageHeader(tr("Comparison of two versions"))
        self.facts = OneLine("", Role.SECOND)
        header.facts.addWidget(self.facts)
        header.buttons.addWidget(plain_button(tr("‹ Back to the list"), self.left.emit))
        self._versions: list[Version] = []
        self.old = ComboBox(tr("Older version"))
        self.new = ComboBox(tr("Newer version"))
        line = QHBoxLayout()
        line.setSpacing(tokens.BETWEEN)
        for title, combo in ((tr("Older version"), self.old), (tr("Newer version"), self.new)):
            combo.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.activated.connect(lambda _row: self._compare())
            line.addWidget(Labelled(title, combo), 1)
        self.only = choices.check(tr("Show only what differs"))
        self.only.button.setChecked(True)
        self.only.button.clicked.connect(lambda _on: self._list())
        self._lines: list[_Line] = []
        self.table: RowsTable[_Line] = RowsTable(
            tr("Criteria of both versions"), _columns(), _cells, lambda each: each.id, spare=(3, 1)
        )
        self.table.chosen.connect(self._show)
        self._same = WrapLabel(tr("Both versions say the same."), Role.SECOND)
        self.card = Panel(scroll=True)
        self._title = WrapLabel("", Role.TITLE)
        self._chip = Chip()
        self._changes = WrapLabel("", Role.STRONG)
        self._place = QVBoxLayout()
        self._told: QWidget | None = None
        for part in (self._title, self._chip, self._changes):
            self.card.content.addWidget(part)
        self.card.content.addLayout(self._place)
        self.card.content.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.BETWEEN)
        column.addWidget(header)
        column.addLayout(line)
        column.addWidget(self.only)
        column.addWidget(self._same)
        column.addWidget(Splitter(memory, "authoring.compare", self.table, self.card, 56), 1)

    def show_versions(self, versions: Sequence[Version], old: str, new: str) -> None:
        """Offer `versions`, those of the keys `old` and `new` chosen."""
        self._versions = list(versions)
        keys = [each.key for each in versions]
        for combo, key, fallback in ((self.old, old, -1), (self.new, new, 0)):
            combo.clear()
            combo.addItems([each.words for each in versions])
            combo.setCurrentIndex(keys.index(key) if key in keys else fallback % len(keys))
        self._compare()

    def panes(self) -> Sequence[QWidget]:
        """The choice of versions, the list, what differs."""
        return (self.old, self.table, self.card)

    def _compare(self) -> None:
        old, new = (self._versions[combo.currentIndex()].tree for combo in (self.old, self.new))
        self._lines = [*_head_lines(old, new), *_criterion_lines(old, new)]
        signs = [each.sign for each in self._lines]
        self.facts.setText(
            tr(
                "{added} added, {removed} taken out, {changed} changed",
                added=signs.count(_ADDED),
                removed=signs.count(_REMOVED),
                changed=signs.count(_CHANGED),
            )
        )
        self._list()

    def _list(self) -> None:
        only = self.only.button.isChecked()
        shown = [each for each in self._lines if each.sign or not only]
        self.table.show_rows(shown)
        self._same.setVisible(not any(each.sign for each in self._lines))
        self._show()

    def _show(self) -> None:
        if self._told is not None:
            self._place.removeWidget(self._told)
            self._told.hide()
            self._told.deleteLater()
            self._told = None
        line = self.table.current()
        self.card.setVisible(line is not None)
        if line is None:
            return
        self._title.setText(_heading(line))
        self._chip.show_sign(line.sign)
        self._changes.setText(line.changes)
        set_shown(self._changes, shown=bool(line.changes))
        self._told = _beside(line)
        self._place.addWidget(self._told)
        self._told.show()


def _head_lines(old: Tree, new: Tree) -> Iterator[_Line]:
    told = [
        (tr(field.title), head_text(field, old), head_text(field, new))
        for field in criteria_fields.HEAD
        if value_at(old, field.key) != value_at(new, field.key)
    ]
    yield _Line(HEAD_ID, old, new, tuple(told))


def _criterion_lines(old: Tree, new: Tree) -> Iterator[_Line]:
    for pair in difference(CriteriaSet.from_tree(old), CriteriaSet.from_tree(new)).pairs:
        before = place_of(old, pair.id).node if pair.old else None
        after = place_of(new, pair.id).node if pair.new else None
        # What is new or gone is told as a whole.
        aspects = pair.differs if before and after else _WHOLE
        told = [
            (
                tr(aspect.words),
                aspect_text(aspect, old, pair.id) if before else "",
                aspect_text(aspect, new, pair.id) if after else "",
            )
            for aspect in aspects
        ]
        said = "\n".join(map(tr, pair.changes))
        yield _Line(pair.id, before, after, tuple(each for each in told if each[1] or each[2]), said)


_WHOLE = (Aspect.MAXIMUM, Aspect.PLACE, Aspect.RULE, Aspect.APPLICABILITY, Aspect.DOCUMENTS, Aspect.TEXTS)


def _columns() -> list[tuple[str, Column]]:
    return [
        (tr("Older version"), Column(170, 1, least=110)),
        (tr("Maximum points"), Column(66, numeric=True, least=60)),
        (tr("Newer version"), Column(170, 1, least=110)),
        (tr("Maximum points"), Column(66, numeric=True, least=60)),
        (tr("Difference"), Column(124)),
    ]


def _cells(line: _Line) -> Sequence[Cell]:
    strong = line.id == HEAD_ID or any("children" in node for node in (line.old, line.new) if node)
    sides: list[Cell] = []
    for node in (line.old, line.new):
        words = tr("General information") if line.id == HEAD_ID else titled(node) if node else NOTHING
        points = field_text(Form.POINTS, node.get("maximum")) if node else ""
        sides += [Cell(words, strong=strong, second=node is None), Cell(points, strong=strong)]
    return (*sides, Cell(tr(line.sign), line.sign) if line.sign else Cell())


def _heading(line: _Line) -> str:
    if line.id == HEAD_ID:
        return tr("General information")
    node = line.new or line.old
    assert node is not None
    return titled(node)


def _beside(line: _Line) -> QWidget:
    """Each respect with what both versions say, side by side."""
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, tokens.INSIDE, 0, 0)
    grid.setHorizontalSpacing(tokens.EDGE)
    grid.setVerticalSpacing(tokens.TIGHT)
    for column, title in enumerate((tr("Before"), tr("After"))):
        grid.setColumnStretch(column, 1)
        grid.addWidget(WrapLabel(title, Role.SMALL), 0, column)
    for number, (name, before, after) in enumerate(line.told):
        grid.addWidget(WrapLabel(name, Role.FIELD), 2 * number + 1, 0, 1, 2)
        for column, text in enumerate((before, after)):
            grid.addWidget(WrapLabel(text or NOTHING), 2 * number + 2, column, Qt.AlignmentFlag.AlignTop)
    return holder
