"""The criteria of an assessment as a tree of cells, changed in place as figures come in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.form import wording
from ui.language import tr
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
        self._criteria: dict[str, Criterion] = {}
        self._grow(assessment.criteria.fields, self._top, assessment)

    def show_assessment(self, assessment: Assessment) -> None:
        """Show this state of the same criteria set."""
        for id_, criterion in self._criteria.items():
            self._show(self._items[id_], _cells(criterion, assessment))

    def criterion(self, index: Index) -> Criterion:
        """What stands at a valid `index`."""
        return self._criteria[self.id_of(index)]

    def indexes(self) -> Iterator[QModelIndex]:
        """Everything, in printed order."""
        return map(self.index_of, self._criteria)

    def _grow(self, criteria: Iterable[Criterion], above: Item, assessment: Assessment) -> None:
        for row, criterion in enumerate(criteria):
            self._criteria[criterion.id] = criterion
            item = self._put(criterion.id, above, row, _cells(criterion, assessment))
            self._grow(criterion.children, item, assessment)


def _cells(criterion: Criterion, assessment: Assessment) -> tuple[Cell, ...]:
    title = f"{criterion.code} {criterion.title}"
    maximum = wording.figure(criterion.maximum)
    if criterion.children:
        total = assessment.totals.by_id[criterion.id]
        return (
            Cell(title, strong=True),
            Cell(maximum, strong=True),
            Cell(wording.figure(total.points), strong=True),
            Cell(wording.progress(total), strong=True, second=True),
        )
    sheet = assessment.sheets[criterion.id]
    sign = wording.sign_of(sheet)
    shown = wording.points(sheet.outcome)
    return (
        Cell(title),
        Cell(maximum),
        Cell(shown, second=sheet.outcome.points is None),
        Cell(tr(sign), sign=sign),
    )
