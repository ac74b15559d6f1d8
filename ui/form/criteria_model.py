"""The criteria of an assessment as a tree of cells, changed in place as figures come in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ui.form import wording
from ui.language import tr
from ui.widgets.cells import CellRole
from ui.widgets.rows import Cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from parindex_desktop.domain.assessments import Assessment
    from parindex_desktop.domain.criteria import Criterion

Index = QModelIndex | QPersistentModelIndex

_ROOT: Final = -1
_NO_INDEX: Final = QModelIndex()


@dataclass(frozen=True, slots=True)
class _Node:
    """One criterion in the tree: numbers of its parent and children, its row below the parent."""

    criterion: Criterion
    parent: int
    row: int
    children: tuple[int, ...]


class CriteriaModel(QAbstractItemModel):
    """Fields, criteria and sub-criteria with maximum, self points and state, for one criteria set.

    `show_assessment` brings another state of the same set; only rows that differ are told to the views.
    """

    def __init__(self, assessment: Assessment, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._nodes: list[_Node] = []
        self._top = tuple(self._grow(assessment.criteria.fields, _ROOT))
        self._number = {node.criterion.id: number for number, node in enumerate(self._nodes)}
        self._assessment = assessment
        self._narrow = False
        self._cells = [_cells(node.criterion, assessment, narrow=False) for node in self._nodes]
        self._titles = (
            tr("Field / criterion"),
            tr("Maximum points"),
            tr("Self-scored points"),
            tr("State"),
        )

    def show_assessment(self, assessment: Assessment) -> None:
        """Show this state of the same criteria set."""
        self._assessment = assessment
        self._word()

    def show_narrow(self, *, narrow: bool) -> None:
        """Say it for a list in which the maximum has no column and a state no room for words, or with both."""
        self._narrow = narrow
        self._word()

    def _word(self) -> None:
        for number, node in enumerate(self._nodes):
            cells = _cells(node.criterion, self._assessment, narrow=self._narrow)
            if cells != self._cells[number]:
                self._cells[number] = cells
                last = len(self._titles) - 1
                self.dataChanged.emit(
                    self.createIndex(node.row, 0, number), self.createIndex(node.row, last, number)
                )

    def criterion(self, index: Index) -> Criterion:
        """What stands at a valid `index`."""
        return self._nodes[index.internalId()].criterion

    def index_of(self, criterion_id: str) -> QModelIndex:
        """Where a criterion stands; an invalid index where the set does not have it."""
        number = self._number.get(criterion_id)
        return QModelIndex() if number is None else self.createIndex(self._nodes[number].row, 0, number)

    def indexes(self) -> Iterator[QModelIndex]:
        """Everything, in printed order."""
        for number, node in enumerate(self._nodes):
            yield self.createIndex(node.row, 0, number)

    # What Qt asks.

    def index(self, row: int, column: int, parent: Index = _NO_INDEX) -> QModelIndex:
        """The cell at a place below `parent`."""
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, self._children(parent)[row])

    def parent(self, index: Index = _NO_INDEX) -> QModelIndex:  # type: ignore[override]  # Qt's second meaning, parent(), is never asked of a model
        """The group that a cell belongs to."""
        if not index.isValid():
            return QModelIndex()
        number = self._nodes[index.internalId()].parent
        return QModelIndex() if number == _ROOT else self.createIndex(self._nodes[number].row, 0, number)

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        """How many stand below `parent`."""
        return 0 if parent.column() > 0 else len(self._children(parent))

    def columnCount(self, parent: Index = _NO_INDEX) -> int:  # noqa: ARG002 (Qt's signature)
        """Title, maximum, self points, state."""
        return len(self._titles)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Titles of the columns."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._titles[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows."""
        if not index.isValid():
            return None
        if role == CellRole.GROUP:
            return bool(self._nodes[index.internalId()].children)
        return self._cells[index.internalId()][index.column()].in_role(role)

    def _children(self, parent: Index) -> tuple[int, ...]:
        return self._nodes[parent.internalId()].children if parent.isValid() else self._top

    def _grow(self, criteria: Iterable[Criterion], parent: int) -> Iterator[int]:
        for row, criterion in enumerate(criteria):
            number = len(self._nodes)
            self._nodes.append(_Node(criterion, parent, row, ()))
            children = tuple(self._grow(criterion.children, number))
            self._nodes[number] = _Node(criterion, parent, row, children)
            yield number


def _cells(criterion: Criterion, assessment: Assessment, *, narrow: bool) -> tuple[Cell, ...]:
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
    sign = wording.sign_of(sheet)
    shown = wording.points(sheet.outcome, short=narrow)
    return (
        Cell(title),
        Cell(maximum),
        Cell(shown, note=below, second=sheet.outcome.points is None),
        Cell(tr(sign), sign=sign),
    )
