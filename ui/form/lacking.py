"""Còn thiếu: what lacks, grouped by what it is, each entry a way to its place."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui.form import wording
from ui.form.sheet_head import titled
from ui.language import tr
from ui.states import NEEDS
from ui.theme import tokens
from ui.widgets.cells import CellRole, Column
from ui.widgets.views import TreeView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parindex_desktop.domain.assessments import Sheet

_SIZE: Final = QSize(460, 520)
_CRITERION: Final = Qt.ItemDataRole.UserRole
_NEED: Final = Qt.ItemDataRole.UserRole + 1


class LackingList(QFrame):
    """A list that opens below its button and closes when an entry was taken, or by Escape."""

    taken = Signal(str, object)
    """Id of the criterion, and the `Need` that leads its group."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        # The corners of the list are round.
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self._model = QStandardItemModel(0, 1, self)
        self.view = TreeView(tr("What lacks"), (Column(300, 1),))
        self.view.header().hide()
        self.view.setRootIsDecorated(False)
        self.view.setItemsExpandable(False)
        self.view.setModel(self._model)
        self.view.activated.connect(self._take)
        self.view.clicked.connect(self._take)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)

    def open_below(self, button: QWidget, sheets: Sequence[Sheet]) -> None:
        """Show what lacks on `sheets`, which come most important need first, below `button`."""
        self._fill(sheets)
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

    def _fill(self, sheets: Sequence[Sheet]) -> None:
        self._model.clear()
        for need, group in groupby(sheets, key=lambda sheet: sheet.needs[0]):
            of_need = list(group)
            values = {"what": tr(wording.NEED_HEADINGS[need]), "count": len(of_need)}
            heading = QStandardItem(tr("{what} ({count})", **values))
            heading.setData(True, CellRole.GROUP)
            heading.setData(True, CellRole.STRONG)
            heading.setFlags(Qt.ItemFlag.ItemIsEnabled)
            for sheet in of_need:
                entry = QStandardItem(titled(sheet.criterion))
                entry.setData(", ".join(tr(NEEDS[other]) for other in sheet.needs[1:]), CellRole.NOTE)
                entry.setData(sheet.criterion.id, _CRITERION)
                entry.setData(need, _NEED)
                heading.appendRow(entry)
            self._model.appendRow(heading)
        self.view.expandAll()

    def _take(self, index: QModelIndex) -> None:
        criterion = index.data(_CRITERION)
        if criterion is not None:
            self.close()
            self.taken.emit(criterion, index.data(_NEED))
