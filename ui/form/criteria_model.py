"""The criteria of an assessment as a tree of cells, changed in place as figures come in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.form import wording
from ui.language import tr
from ui.states import TO_SEE
from ui.widgets.rows import Cell
from ui.widgets.tree_model import CellTree

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from PySide6.QtCore import QModelIndex, QObject

    from parindex_desktop.domain.assessments import Assessment
    from parindex_desktop.domain.criteria import Criterion
    from ui.widgets.tree_model import Index, Item


class CriteriaModel(CellTree):
    """Fields, criteria and sub-criteria with maximum, self points and state, for one criteria set.

    `show_assessment` brings another state of the same set; only rows that differ are told to the views.
    """

    def __init__(self, assessment: Assessment, parent: QObject | None = None) -> None:
        titles = (tr("Field / criterion"), tr("Maximum points"), tr("Self-scored points"), tr("State"))
        super().__init__(titles, parent)
        self._assessment = assessment
        self._narrow = False
        self._to_see: frozenset[str] = frozenset()
        self._criteria: dict[str, Criterion] = {}
        self._grow(assessment.criteria.fields, self._top)

    def show_assessment(self, assessment: Assessment) -> None:
        """Show this state of the same criteria set."""
        self._assessment = assessment
        self._word()

    def show_to_see(self, ids: frozenset[str]) -> None:
        """Mark these criteria as to be looked at, where nothing more important lacks."""
        if ids != self._to_see:
            self._to_see = ids
            self._word()

    def show_narrow(self, *, narrow: bool) -> None:
        """Say it for a list in which the maximum has no column and a state no room for words, or with both."""
        self._narrow = narrow
        self._word()

    def _word(self) -> None:
        for id_, criterion in self._criteria.items():
            self._show(self._items[id_], self._cells_of(criterion))

    def _cells_of(self, criterion: Criterion) -> tuple[Cell, ...]:
        return _cells(criterion, self._assessment, narrow=self._narrow, to_see=criterion.id in self._to_see)

    def criterion(self, index: Index) -> Criterion:
        """What stands at a valid `index`."""
        return self._criteria[self.id_of(index)]

    def indexes(self) -> Iterator[QModelIndex]:
        """Everything, in printed order."""
        return map(self.index_of, self._criteria)

    def _grow(self, criteria: Iterable[Criterion], above: Item) -> None:
        for row, criterion in enumerate(criteria):
            self._criteria[criterion.id] = criterion
            item = self._put(criterion.id, above, row, self._cells_of(criterion))
            self._grow(criterion.children, item)


def _cells(criterion: Criterion, assessment: Assessment, *, narrow: bool, to_see: bool) -> tuple[Cell, ...]:
    title = f"{criterion.code} {criterion.title}"
    maximum = wording.figure(criterion.maximum)
    below = tr("of {maximum}", maximum=criterion.maximum) if narrow else ""
    if criterion.children:
        total = assessment.totals.by_id[criterion.id]
        return (
            Cell(title, strong=True),
            Cell(maximum, strong=True),
            Cell(wording.figure(total.points), note=below, strong=True),
            Cell(wording.progress(total, short=narrow), strong=True, second=True),
        )
    sheet = assessment.sheets[criterion.id]
    sign = TO_SEE if to_see and not sheet.needs else wording.sign_of(sheet)
    shown = wording.points(sheet.outcome, short=narrow)
    return (
        Cell(title),
        Cell(maximum),
        Cell(shown, note=below, second=sheet.outcome.points is None),
        Cell(tr(sign), sign=sign),
    )
