"""A tree of cells: which rows stand below which, and what Qt asks of a model. What the cells say is a page's own."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from ui.widgets.cells import CellRole
from ui.widgets.views import TreeView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.widgets.rows import Cell

Index = QModelIndex | QPersistentModelIndex
TOP: Final = "/"
"""Names what stands above all rows; no id looks so."""
_NONE: Final = QModelIndex()


@dataclass(eq=False)
class Item:
    """A row, named by its id; its `number` is never given to another one."""

    id: str
    number: int
    parent: Item | None
    children: list[Item] = field(default_factory=list)
    cells: Sequence[Cell] = ()

    @property
    def row(self) -> int:
        """Its place below the parent."""
        return self.parent.children.index(self) if self.parent else 0


class CellTree(QAbstractItemModel):
    """Items with a cell for each of the `titles`; a row whose first cell is bold heads a group."""

    def __init__(self, titles: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._titles = tuple(titles)
        self._top = Item(TOP, 0, None)
        self._items = {TOP: self._top}
        self._by_number = {0: self._top}

    def id_of(self, index: Index) -> str:
        """What stands at a valid `index`."""
        return self._item(index).id

    def index_of(self, id_: str) -> QModelIndex:
        """Where something stands; an invalid index where it does not."""
        item = self._items.get(id_)
        return self._index(item) if item else QModelIndex()

    def _put(self, id_: str, above: Item, row: int, cells: Sequence[Cell]) -> Item:
        """Put a new row below `above`; views are not told."""
        item = Item(id_, len(self._by_number), above, cells=cells)
        above.children.insert(row, item)
        self._items[id_] = self._by_number[item.number] = item
        return item

    def _item(self, index: Index) -> Item:
        return self._by_number[index.internalId()] if index.isValid() else self._top

    def _index(self, item: Item) -> QModelIndex:
        return QModelIndex() if item is self._top else self.createIndex(item.row, 0, item.number)

    def _show(self, item: Item, cells: Sequence[Cell]) -> None:
        """Let a row show these; told only where they differ."""
        if cells != item.cells:
            item.cells = cells
            first = self._index(item)
            self.dataChanged.emit(first, first.siblingAtColumn(len(self._titles) - 1))

    # What Qt asks.

    def index(self, row: int, column: int, parent: Index = _NONE) -> QModelIndex:
        """The cell at a place below `parent`."""
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, self._item(parent).children[row].number)

    def parent(self, index: Index = _NONE) -> QModelIndex:  # type: ignore[override]  # Qt's second meaning, parent(), is never asked of a model
        """The group that a cell belongs to."""
        above = self._item(index).parent if index.isValid() else None
        return self._index(above) if above else QModelIndex()

    def rowCount(self, parent: Index = _NONE) -> int:
        """How many stand below `parent`."""
        return 0 if parent.column() > 0 else len(self._item(parent).children)

    def columnCount(self, parent: Index = _NONE) -> int:  # noqa: ARG002 (Qt's signature)
        """One for each title."""
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
        cells = self._item(index).cells
        return cells[0].strong if role == CellRole.GROUP else cells[index.column()].in_role(role)


class WalkedTree(TreeView):
    """A tree that tells when another row is in hand, by whatever way."""

    arrived = Signal()

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Another row is in hand."""
        super().currentChanged(current, previous)
        self.arrived.emit()
