"""The documents that prove a criterion, as rows that keep their selection while data change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from parindex_desktop.domain.documents import Form
from ui.form import wording
from ui.language import tr
from ui.widgets.cells import CellRole
from ui.widgets.dates import date_text
from ui.widgets.progress import size_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parindex_desktop.domain.assessments import Linked
    from parindex_desktop.domain.documents import Document

Index = QModelIndex | QPersistentModelIndex

_NO_INDEX: Final = QModelIndex()
_DISPLAY: Final = Qt.ItemDataRole.DisplayRole
NUMBER, DATE, SUBJECT, PAGE, SIZE = range(5)


class EvidenceModel(QAbstractTableModel):
    """Number, date, subject, page, and the size of the file or the form of what has none."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Linked] = []
        self._titles = (tr("Number, symbol"), tr("Date"), tr("Subject"), tr("Page"), tr("File size"))

    def show_evidence(self, evidence: Sequence[Linked]) -> None:
        """Show these documents; rows that stay are told as changed, moved, never as new."""
        wanted = [each.document.id for each in evidence]
        for row in reversed(range(len(self._rows))):
            if self._rows[row].document.id not in wanted:
                self.beginRemoveRows(QModelIndex(), row, row)
                del self._rows[row]
                self.endRemoveRows()
        for row, linked in enumerate(evidence):
            self._bring(row, linked)

    def linked(self, row: int) -> Linked:
        """What stands in a row."""
        return self._rows[row]

    def row_of(self, document_id: str) -> int | None:
        """Where a document stands."""
        return next((n for n, each in enumerate(self._rows) if each.document.id == document_id), None)

    # What Qt asks.

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        """One row for each document."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        """The columns."""
        return 0 if parent.isValid() else len(self._titles)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        """Titles of the columns."""
        if orientation is Qt.Orientation.Horizontal and role == _DISPLAY:
            return self._titles[section]
        return None

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """What a cell shows."""
        if not index.isValid():
            return None
        linked = self._rows[index.row()]
        text, second = _cell(linked, index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return text
            case CellRole.SECOND:
                return second
            case CellRole.NOTE if index.column() == SUBJECT:
                return "\n".join(filter(None, (linked.document.issuer, linked.document.place)))
        return None

    def _bring(self, row: int, linked: Linked) -> None:
        """Let `linked` stand at `row`; everything above stands there already."""
        known = self.row_of(linked.document.id)
        if known is None:
            self.beginInsertRows(QModelIndex(), row, row)
            self._rows.insert(row, linked)
            self.endInsertRows()
            return
        if known != row:
            self.beginMoveRows(QModelIndex(), known, known, QModelIndex(), row)
            self._rows.insert(row, self._rows.pop(known))
            self.endMoveRows()
        if self._rows[row] != linked:
            self._rows[row] = linked
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(self._titles) - 1))


def weight(document: Document) -> str:
    """The size of a document's file, or in what form it exists without one."""
    return size_text(document.size) if document.form is Form.FILE else tr(wording.FORMS[document.form])


def _cell(linked: Linked, column: int) -> tuple[str, bool]:
    """Text of a cell, and whether it stands for something that is not there."""
    document = linked.document
    match column:
        case 0:
            return document.number or tr("No number"), not document.number
        case 1:
            return date_text(document.date) or wording.NOTHING, document.date is None
        case 2:
            return document.subject or tr("no subject yet"), not document.subject
        case 3:
            return linked.page or wording.NOTHING, not linked.page
        case _:
            return weight(document), document.form is not Form.FILE
