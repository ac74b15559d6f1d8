"""A list that opens below its button: entries under headings, each a way to its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui.theme import tokens
from ui.widgets.cells import CellRole, Column
from ui.widgets.views import TreeView

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SIZE: Final = QSize(460, 520)
_TARGET: Final = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry with a note behind it; `target` is what the list tells when it is taken."""

    text: str
    note: str
    target: object


class PopupList(QFrame):
    """Closes when an entry was taken, or by Escape."""

    chosen = Signal(object)
    """The `target` of the entry."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        # The corners of the list are round.
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self._model = QStandardItemModel(0, 1, self)
        self.view = TreeView(name, (Column(300, 1),))
        self.view.header().hide()
        self.view.setRootIsDecorated(False)
        self.view.setItemsExpandable(False)
        self.view.setModel(self._model)
        self.view.activated.connect(self._take)
        self.view.clicked.connect(self._take)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)

    def open_groups(self, button: QWidget, groups: Iterable[tuple[str, Sequence[Entry]]]) -> None:
        """Show `groups`, each a heading with its entries, below `button`."""
        self._fill(groups)
        window = button.window()
        size = _SIZE.boundedTo(QSize(window.width() - 40, window.height() * 3 // 4))
        corner = button.mapToGlobal(QPoint(button.width() - size.width(), button.height() + tokens.TIGHT))
        self.setGeometry(corner.x(), corner.y(), size.width(), size.height())
        self.show()
        self.resize(size.width(), min(size.height(), self._needed()))
        first = self._model.index(0, 0)
        self.view.setCurrentIndex(self._model.index(0, 0, first))
        self.view.setFocus(Qt.FocusReason.PopupFocusReason)

    def _needed(self) -> int:
        """Height of all rows."""
        self.view.doItemsLayout()
        groups = self._model.rowCount()
        last = self._model.index(groups - 1, 0)
        end = self._model.index(self._model.rowCount(last) - 1, 0, last)
        return self.view.visualRect(end).bottom() + 2 * self.view.frameWidth() + 1

    def _fill(self, groups: Iterable[tuple[str, Sequence[Entry]]]) -> None:
        self._model.clear()
        for title, entries in groups:
            heading = QStandardItem(title)
            heading.setData(True, CellRole.GROUP)
            heading.setData(True, CellRole.STRONG)
            heading.setFlags(Qt.ItemFlag.ItemIsEnabled)
            for entry in entries:
                item = QStandardItem(entry.text)
                item.setData(entry.note, CellRole.NOTE)
                item.setData(entry.target, _TARGET)
                heading.appendRow(item)
            self._model.appendRow(heading)
        self.view.expandAll()

    def _take(self, index: QModelIndex) -> None:
        target = index.data(_TARGET)
        if target is not None:
            self.close()
            self.chosen.emit(target)
