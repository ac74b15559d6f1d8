"""The list of evidence inside a sheet: as high as its rows, so that only the sheet itself scrolls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut

from ui.language import tr
from ui.widgets.cells import Column
from ui.widgets.views import TableView

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel
    from PySide6.QtWidgets import QWidget

_COLUMNS: Final = (
    Column(112, 1, least=84),
    Column(92),
    Column(150, 4, least=110),
    Column(60, least=48),
    Column(92, least=74),
)


class EvidenceTable(TableView):
    """The table itself; Delete asks to take the row in hand away."""

    removing = Signal()

    def __init__(self, model: QAbstractItemModel, parent: QWidget | None = None) -> None:
        super().__init__(tr("Evidence"), _COLUMNS, parent)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        delete = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self, self.removing.emit)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        self.setModel(model)
        for changed in (model.rowsInserted, model.rowsRemoved):
            changed.connect(lambda *_: self.fit_rows())

    def fit_rows(self) -> None:
        """Give the rows the heights of their texts, and the table the height of its rows."""
        super().fit_rows()
        rows = sum(self.rowHeight(row) for row in range(self.model().rowCount()))
        head = self.horizontalHeader().sizeHint().height()
        height = rows + head + 2 * self.frameWidth()
        if height != self.height():
            self.setFixedHeight(height)
