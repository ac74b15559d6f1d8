"""The list of open differences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from ui.language import tr
from ui.widgets.cells import CellRole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject

    from parindex_desktop.services.differences import Difference

Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()
_DISPLAY = Qt.ItemDataRole.DisplayRole


class DifferencesModel(QAbstractTableModel):
    """One row for each entry with several values; at a receiver the unit stands first."""

    def __init__(self, parent: QObject | None = None, *, of_many: bool) -> None:
        super().__init__(parent)
        self._of_many = of_many
        self._all: tuple[Difference, ...] = ()

    def show_differences(self, found: Sequence[Difference]) -> None:
        """Show these."""
        self.beginResetModel()
        self._all = tuple(found)
        self.endResetModel()

    def difference(self, row: int) -> Difference:
        """The difference of a row."""
        return self._all[row]

    def row_of(self, unit: str, key: str) -> int | None:
        """Where a difference stands now; None when it is settled."""
        return next((row for row, each in enumerate(self._all) if (each.unit, each.key) == (unit, key)), None)

    def rowCount(self, parent: Index = _NONE) -> int:
        """One row for each."""
        return 0 if parent.isValid() else len(self._all)

    def columnCount(self, parent: Index = _NONE) -> int:
        """The unit (at a receiver), the criterion, the part of it."""
        return 0 if parent.isValid() else 2 + self._of_many

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """What one cell says."""
        if not index.isValid():
            return None
        found = self._all[index.row()]
        column = index.column() - self._of_many
        if role == _DISPLAY:
            return (title_of(found), tr(found.part), found.unit_name)[column]
        if role == CellRole.SECOND:
            return column == 1
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        """Titles of the columns."""
        if orientation is Qt.Orientation.Horizontal and role == _DISPLAY:
            return (tr("Criterion"), tr("What differs"), tr("Unit"))[section - self._of_many]
        return None


def title_of(found: Difference) -> str:
    """The criterion that a difference is about, or the report, or the kit."""
    if found.of_kits:
        return tr("Kit of the province")
    if found.criterion is None:
        return tr("Report and documents")
    return f"{found.criterion.code} {found.criterion.title}"
