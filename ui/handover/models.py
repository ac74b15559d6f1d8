"""What the lists of the page show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from ui.language import tr
from ui.states import NEEDS
from ui.widgets.cells import CellRole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject

    from parindex_desktop.domain.assessments import Sheet
    from parindex_desktop.services.handing_over import Past

Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()
_DISPLAY = Qt.ItemDataRole.DisplayRole


class LackingModel(QAbstractTableModel):
    """The criteria on which something lacks, the most important first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sheets: tuple[Sheet, ...] = ()

    def show_sheets(self, sheets: Sequence[Sheet]) -> None:
        """Show these sheets."""
        self.beginResetModel()
        self._sheets = tuple(sheets)
        self.endResetModel()

    def sheet(self, row: int) -> Sheet:
        """The sheet of a row."""
        return self._sheets[row]

    def rowCount(self, parent: Index = _NONE) -> int:
        """One row for each criterion."""
        return 0 if parent.isValid() else len(self._sheets)

    def columnCount(self, parent: Index = _NONE) -> int:
        """The criterion, and what lacks."""
        return 0 if parent.isValid() else 2

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """What one cell says."""
        if not index.isValid():
            return None
        sheet = self._sheets[index.row()]
        if index.column() == 0:
            return f"{sheet.criterion.code} {sheet.criterion.title}" if role == _DISPLAY else None
        first, *more = (NEEDS[need] for need in sheet.needs)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return ", ".join(tr(sign) for sign in (first, *more))
            case CellRole.SIGN:
                return first
            case CellRole.NOTE:
                return ", ".join(tr(sign) for sign in more)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        """Titles of the columns."""
        if orientation is Qt.Orientation.Horizontal and role == _DISPLAY:
            return (tr("Criterion"), tr("What lacks"))[section]
        return None


class HistoryModel(QAbstractTableModel):
    """What was handed over and exchanged, newest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._past: tuple[Past, ...] = ()

    def show_past(self, past: Sequence[Past]) -> None:
        """Show these."""
        self.beginResetModel()
        self._past = tuple(past)
        self.endResetModel()

    def newest(self) -> str:
        """The digest in the first row; empty where there is none."""
        return self._past[0].digest if self._past else ""

    def past(self, row: int) -> Past:
        """What a row shows."""
        return self._past[row]

    def rowCount(self, parent: Index = _NONE) -> int:
        """One row for each revision."""
        return 0 if parent.isValid() else len(self._past)

    def columnCount(self, parent: Index = _NONE) -> int:
        """Which, when, and the file."""
        return 0 if parent.isValid() else 3

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """What one cell says."""
        if not index.isValid():
            return None
        past = self._past[index.row()]
        if role == _DISPLAY:
            return (_which(past), _when(past), _where(past))[index.column()]
        if role == CellRole.SECOND:
            return past.draft
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        """Titles of the columns."""
        if orientation is Qt.Orientation.Horizontal and role == _DISPLAY:
            return (tr("Hand-over"), tr("Date"), tr("File"))[section]
        return None


def _which(past: Past) -> str:
    return tr("Draft") if past.draft else tr("Hand-over {times}", times=past.sequence)


def _when(past: Past) -> str:
    return tr("{time}", time=past.claimed) if past.claimed else "–"


def _where(past: Past) -> str:
    made = () if past.here else (tr("by the other machine"),)
    return "\n".join((*made, *past.files)) or tr("not written out")
