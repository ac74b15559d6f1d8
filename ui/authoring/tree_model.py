"""The head and the criteria of a draft as a tree of cells; a change tells the views just the rows that it touches."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from parindex_desktop.domain.criteria_fields import Form
from parindex_desktop.domain.draft_faults import SUM
from parindex_desktop.domain.drafting import HEAD_ID, children_of
from resources import msgid
from ui.authoring.faults import titled
from ui.authoring.values import field_text
from ui.language import tr
from ui.theme.icons import Icon
from ui.theme.tokens import Tone
from ui.widgets.cells import PAD_X, CellRole
from ui.widgets.chips import chip_width
from ui.widgets.rows import Cell
from ui.widgets.signs import Sign

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parindex_desktop.domain.draft_faults import DraftFault
    from parindex_desktop.domain.drafting import Tree

Index = QModelIndex | QPersistentModelIndex
_NONE: Final = QModelIndex()
_ABOVE: Final = "/"
"""Names what stands above the head and the fields; no id looks so."""


@dataclass(eq=False)
class _Item:
    """A row: the head, or a criterion."""

    id: str
    number: int
    parent: _Item | None
    children: list[_Item] = field(default_factory=list)
    cells: tuple[Cell, ...] = ()

    @property
    def row(self) -> int:
        return self.parent.children.index(self) if self.parent else 0


class DraftModel(QAbstractItemModel):
    """Code and title, maximum, and what is wrong: a sum that does not fit, or how many faults."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._above = _Item(_ABOVE, 0, None)
        self._items: dict[str, _Item] = {_ABOVE: self._above}
        self._by_number: dict[int, _Item] = {0: self._above}
        self._titles = (tr("Field / criterion"), tr("Maximum points"), tr("To be mended"))

    def show_tree(self, tree: Tree, faults: Sequence[DraftFault]) -> None:
        """Show this state of the draft; rows that stay keep what the view knows of them."""
        wanted = {_ABOVE: [HEAD_ID, *(node["id"] for node in tree["criteria"])], HEAD_ID: []}
        nodes: dict[str, Tree] = {HEAD_ID: tree}

        def look(siblings: Sequence[Tree]) -> None:
            for node in siblings:
                children = children_of(node)
                nodes[node["id"]] = node
                wanted[node["id"]] = [child["id"] for child in children]
                look(children)

        look(tree["criteria"])
        self._arrange(self._above, wanted)
        self._drop_others(self._above, wanted)
        by_id: dict[str, list[DraftFault]] = {}
        for fault in faults:
            by_id.setdefault(fault.criterion, []).append(fault)
        for item in list(self._items.values()):
            if item is not self._above:
                self._show(item, _cells(item.id, nodes[item.id], by_id.get(item.id, ())))

    def id_of(self, index: Index) -> str:
        """The criterion of a valid `index`; `HEAD_ID` for the head."""
        return self._item(index).id

    def index_of(self, criterion: str) -> QModelIndex:
        """Where a criterion or the head stands; an invalid index where it does not."""
        item = self._items.get(criterion)
        return self._index(item) if item else QModelIndex()

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
        """Title, maximum, faults."""
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
        cell = self._item(index).cells[index.column()]
        return cell.strong if role == CellRole.GROUP else cell.in_role(role)

    # Inside.

    def _item(self, index: Index) -> _Item:
        return self._by_number[index.internalId()] if index.isValid() else self._above

    def _index(self, item: _Item) -> QModelIndex:
        return QModelIndex() if item is self._above else self.createIndex(item.row, 0, item.number)

    def _arrange(self, above: _Item, wanted: dict[str, list[str]]) -> None:
        """Bring what belongs right below `above` there, in its order; what does not comes to stand behind it.

        Going down before going on, so that what has moved one level in is gone before its siblings are looked at.
        """
        for row, id_ in enumerate(wanted[above.id]):
            item = self._items.get(id_)
            if item is None:
                self._insert(above, row, id_)
            elif item.parent is not above or above.children[row] is not item:
                self._move(item, above, row)
            self._arrange(above.children[row], wanted)

    def _insert(self, above: _Item, row: int, id_: str) -> None:
        number = len(self._by_number)
        item = _Item(id_, number, above, cells=_EMPTY)
        self.beginInsertRows(self._index(above), row, row)
        above.children.insert(row, item)
        self._items[id_] = self._by_number[number] = item
        self.endInsertRows()

    def _move(self, item: _Item, above: _Item, row: int) -> None:
        source = item.parent
        assert source is not None
        self.beginMoveRows(self._index(source), item.row, item.row, self._index(above), row)
        source.children.remove(item)
        above.children.insert(row, item)
        item.parent = above
        self.endMoveRows()

    def _drop_others(self, above: _Item, wanted: dict[str, list[str]]) -> None:
        for item in reversed(above.children[:]):
            if item.id in wanted:
                self._drop_others(item, wanted)
                continue
            self.beginRemoveRows(self._index(above), item.row, item.row)
            above.children.remove(item)
            self._forget(item)
            self.endRemoveRows()

    def _forget(self, item: _Item) -> None:
        del self._items[
            item.id
        ]  # its number stays taken: an index that is still about must not mean another row
        for child in item.children:
            self._forget(child)

    def _show(self, item: _Item, cells: tuple[Cell, ...]) -> None:
        if cells != item.cells:
            item.cells = cells
            row = item.row
            last = len(self._titles) - 1
            self.dataChanged.emit(
                self.createIndex(row, 0, item.number), self.createIndex(row, last, item.number)
            )


_EMPTY: Final = (Cell(), Cell(), Cell())


def _cells(id_: str, node: Tree, faults: Sequence[DraftFault]) -> tuple[Cell, ...]:
    head = id_ == HEAD_ID
    strong = head or "children" in node
    title = tr("General information") if head else titled(node)
    maximum = field_text(Form.POINTS, node.get("maximum"))
    sign = fault_sign(faults)
    return (
        Cell(title, strong=strong),
        Cell(maximum, strong=strong),
        Cell(tr(sign), sign) if sign else Cell(strong=strong),
    )


def sign_width() -> int:
    """Width of a column that never cuts what is wrong."""
    widest = (_sum_sign(Decimal("100.00")), _count_sign(99))
    return max(map(chip_width, widest)) + 2 * PAD_X + 1


def _sum_sign(total: object) -> Sign:
    return Sign(msgid("Adds up to {sum}"), Tone.WRONG, Icon.WARNING, {"sum": total})


def _count_sign(count: int) -> Sign:
    return Sign(msgid("{count} to mend"), Tone.CARE, Icon.MISSING_REASON, {"count": count})


def fault_sign(faults: Sequence[DraftFault]) -> Sign | None:
    """What is wrong with a row in a word: first of all a sum that does not fit."""
    for fault in faults:
        if fault.message.code == SUM:
            return _sum_sign(fault.message.values["sum"])
    return _count_sign(len(faults)) if faults else None
