"""The head and the criteria of a draft as a tree of cells; a change tells the views just the rows that it touches."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt

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
from ui.widgets.tree_model import TOP, CellTree

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject

    from parindex_desktop.domain.draft_faults import DraftFault
    from parindex_desktop.domain.drafting import Tree
    from ui.widgets.tree_model import Index, Item


class DraftModel(CellTree):
    """Code and title, maximum, and what is wrong: a sum that does not fit, or how many faults."""

    def __init__(self, parent: QObject | None = None) -> None:
        titles = (tr("Field / criterion"), tr("Maximum points"), tr("To be mended"))
        super().__init__(titles, parent)
        self._folded = False

    def fold(self, *, folded: bool) -> None:
        """Say what is wrong below the title too, for a view without room for its column."""
        if folded != self._folded:
            self.layoutAboutToBeChanged.emit()
            self._folded = folded
            self.layoutChanged.emit()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows."""
        if self._folded and role == CellRole.NOTE and index.column() == 0:
            return _below(self._item(index).cells[-1].sign)
        return super().data(index, role)

    def show_tree(self, tree: Tree, faults: Sequence[DraftFault]) -> None:
        """Show this state of the draft; rows that stay keep what the view knows of them."""
        wanted = {TOP: [HEAD_ID, *(node["id"] for node in tree["criteria"])], HEAD_ID: []}
        nodes: dict[str, Tree] = {HEAD_ID: tree}

        def look(siblings: Sequence[Tree]) -> None:
            for node in siblings:
                children = children_of(node)
                nodes[node["id"]] = node
                wanted[node["id"]] = [child["id"] for child in children]
                look(children)

        look(tree["criteria"])
        self._arrange(self._top, wanted)
        self._drop_others(self._top, wanted)
        by_id: dict[str, list[DraftFault]] = {}
        for fault in faults:
            by_id.setdefault(fault.criterion, []).append(fault)
        for item in list(self._items.values()):
            if item is not self._top:
                self._show(item, _cells(item.id, nodes[item.id], by_id.get(item.id, ())))

    # Inside.

    def _arrange(self, above: Item, wanted: dict[str, list[str]]) -> None:
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

    def _insert(self, above: Item, row: int, id_: str) -> None:
        self.beginInsertRows(self._index(above), row, row)
        self._put(id_, above, row, _EMPTY)
        self.endInsertRows()

    def _move(self, item: Item, above: Item, row: int) -> None:
        source = item.parent
        assert source is not None
        self.beginMoveRows(self._index(source), item.row, item.row, self._index(above), row)
        source.children.remove(item)
        above.children.insert(row, item)
        item.parent = above
        self.endMoveRows()

    def _drop_others(self, above: Item, wanted: dict[str, list[str]]) -> None:
        for item in reversed(above.children[:]):
            if item.id in wanted:
                self._drop_others(item, wanted)
                continue
            self.beginRemoveRows(self._index(above), item.row, item.row)
            above.children.remove(item)
            self._forget(item)
            self.endRemoveRows()

    def _forget(self, item: Item) -> None:
        del self._items[
            item.id
        ]  # its number stays taken: an index that is still about must not mean another row
        for child in item.children:
            self._forget(child)


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
    return Sign(_COUNTED, Tone.CARE, Icon.MISSING_REASON, {"count": count})


_COUNTED: Final = msgid("{count} to mend")


def _below(sign: Sign | None) -> str:
    """What is wrong in words that need no heading above them."""
    if sign is None:
        return ""
    return tr("{count} to be mended", **sign.values) if sign.template == _COUNTED else tr(sign)


def fault_sign(faults: Sequence[DraftFault]) -> Sign | None:
    """What is wrong with a row in a word: first of all a sum that does not fit."""
    for fault in faults:
        if fault.message.code == SUM:
            return _sum_sign(fault.message.values["sum"])
    return _count_sign(len(faults)) if faults else None
