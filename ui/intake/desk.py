"""The desk: bundles that were looked at and are not yet taken in, or what became of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from parindex_desktop.services.receiving import Outcome
from ui.form.wording import NOTHING, figure
from ui.intake import wording
from ui.intake.bundle_pane import BundlePane
from ui.language import tr
from ui.theme import tokens
from ui.widgets.buttons import filled_button, plain_button
from ui.widgets.cells import Column
from ui.widgets.chips import Chip
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import Role, WrapLabel
from ui.widgets.panels import PageHeader, Splitter
from ui.widgets.places import set_shown
from ui.widgets.progress import size_text
from ui.widgets.rows import Cell, RowsTable

if TYPE_CHECKING:
    from collections.abc import MutableMapping, Sequence

    from parindex_desktop.services.receiving import Taken

Row = tuple[int, "Taken"]
"""A bundle with its number in the batch, since names of files may be alike."""


class Desk(QWidget):
    """Lists the outcomes of a batch; the buttons say what comes next."""

    taken_in = Signal()
    """The officer wants the valid ones taken in."""

    dismissed = Signal()
    """The officer wants none of them, or has seen what became of them."""

    def __init__(self, memory: MutableMapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.header = PageHeader(tr("Taking in"))
        self.said = WrapLabel("", Role.SECOND)
        self.header.facts.addWidget(self.said)
        self.cancel = plain_button(tr("Cancel, take nothing in"), self.dismissed.emit)
        self.take = filled_button("", self.taken_in.emit)
        self.close_desk = filled_button(tr("See what came from each unit"), self.dismissed.emit)
        for button in (self.cancel, self.take, self.close_desk):
            self.header.buttons.addWidget(button)
        self._chips = QWidget()
        self._chips_row = FlowLayout(self._chips, across=10)
        self.passed_over = WrapLabel("", Role.SECOND)
        columns = [
            (tr("Unit"), Column(130, 2, least=92)),
            (tr("Hand-over"), Column(52, least=44)),
            (tr("State of the bundle"), Column(184, 3, least=166)),
            (tr("Criteria changed"), Column(84, 1, numeric=True, least=68)),
            (tr("Documents"), Column(52, 0, numeric=True, least=48)),
            (tr("Self points"), Column(72, 0, numeric=True, least=62)),
            (tr("Size"), Column(76, 0, numeric=True, least=64)),
        ]
        self.table: RowsTable[Row] = RowsTable(tr("Bundles"), columns, _cells, lambda row: row[0], spare=(6,))
        self.pane = BundlePane()
        self.table.chosen.connect(self._show_chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.BETWEEN)
        column.addWidget(self.header)
        column.addWidget(self._chips)
        column.addWidget(self.passed_over)
        column.addWidget(Splitter(memory, "intake.desk", self.table, self.pane, 66), 1)

    def show_preview(self, taken: Sequence[Taken], passed_over: str = "") -> None:
        """Show what would become of these bundles, and offer to take the valid ones in.

        `passed_over` is the sentence about other files that were found beside them.
        """
        new = sum(each.adds for each in taken)
        self.passed_over.setText(passed_over)
        set_shown(self.passed_over, shown=bool(passed_over))
        to_settle = sum(each.outcome.is_new and each.differences > 0 for each in taken)
        self.said.setText(
            tr("Check of {count} bundle(s) before taking in – nothing is recorded yet", count=len(taken))
        )
        if not new:
            words = tr("Nothing new to take in")
        elif to_settle:
            words = tr("Take in {count} valid file(s) ({open} to be settled)", count=new, open=to_settle)
        else:
            words = tr("Take in {count} valid file(s)", count=new)
        self.take.setText(words)
        self.take.setEnabled(bool(new))
        self._show(taken, before=True)
        (self.take if new else self.cancel).setFocus()

    def show_result(self, taken: Sequence[Taken]) -> None:
        """Show what became of these bundles."""
        new = sum(each.adds for each in taken)
        self.said.setText(tr("{count} of {all} bundle(s) taken in", count=new, all=len(taken)))
        self._show(taken, before=False)
        self.close_desk.setFocus()

    def set_busy(self, *, busy: bool) -> None:
        """While bundles are taken in, nothing else can be chosen."""
        self.take.setEnabled(not busy)
        self.cancel.setEnabled(not busy)

    def _show(self, taken: Sequence[Taken], *, before: bool) -> None:
        self.cancel.setEnabled(before)
        self.cancel.setVisible(before)
        self.take.setVisible(before)
        self.close_desk.setVisible(not before)
        while (item := self._chips_row.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for sign in wording.counts(taken):
            self._chips_row.addWidget(Chip(sign))
        self._chips.updateGeometry()
        self.table.show_rows(list(enumerate(taken)))

    def _show_chosen(self) -> None:
        row = self.table.current()
        self.pane.show_taken(row[1] if row else None)


def _cells(row: Row) -> Sequence[Cell]:
    _, taken = row
    sign = wording.verdict(taken)
    verdict = Cell(tr(sign), sign, wording.outcome_note(taken))
    size = Cell(size_text(taken.size) if taken.size else NOTHING)
    if taken.problem is not None:
        nothing = Cell(NOTHING, second=True)
        return (Cell(taken.source, second=True), nothing, verdict, nothing, nothing, nothing, size)
    to_settle = tr("({count} to be settled)", count=taken.differences) if taken.differences else ""
    return (
        Cell(taken.unit_name, strong=taken.outcome is Outcome.FORKED),
        Cell(_number(taken)),
        verdict,
        Cell(figure(taken.changed), note=to_settle),
        Cell(figure(taken.files)),
        Cell(_points(taken)),
        size,
    )


def _number(taken: Taken) -> str:
    """Which hand-over it is; of parallel versions all their numbers."""
    fork = taken.brought.fork if taken.brought else None
    if fork is None:
        return figure(taken.sequence)
    return " · ".join(figure(branch.sequence) for branch in fork.branches)


def _points(taken: Taken) -> str:
    """Self points; of parallel versions those of each."""
    brought = taken.brought
    if brought is None or brought.assessment is None:
        return NOTHING
    if brought.fork is None:
        return figure(brought.assessment.totals.overall.points)
    return " / ".join(figure(branch.total.points) for branch in brought.fork.branches)
