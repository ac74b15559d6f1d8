"""Choosing a document that this assessment has already, to let it prove another criterion too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QDialog

from parindex_desktop.domain.text import folded
from ui.form.evidence_model import weight
from ui.language import tr
from ui.widgets.buttons import filled_button, plain_button
from ui.widgets.cells import CellRole, Column
from ui.widgets.dates import date_text
from ui.widgets.dialogs import Dialog
from ui.widgets.fields import LineField
from ui.widgets.labelled import Labelled
from ui.widgets.views import TableView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from parindex_desktop.domain.documents import Document

Index = QModelIndex | QPersistentModelIndex

_NO_INDEX: Final = QModelIndex()
_DISPLAY: Final = Qt.ItemDataRole.DisplayRole
_COLUMNS: Final = (Column(110, 1, least=80), Column(90), Column(200, 3, least=120), Column(100))


class KnownDocumentsModel(QAbstractTableModel):
    """Documents, as many as the search leaves."""

    def __init__(self, documents: Sequence[Document], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all = tuple(documents)
        self._shown = self._all
        self._titles = (tr("Number, symbol"), tr("Date"), tr("Subject"), tr("File size"))

    def search(self, text: str) -> None:
        """Leave those that have every word of `text` in their number, subject, issuer or file name."""
        words = folded(text).split()
        self.beginResetModel()
        self._shown = tuple(each for each in self._all if all(word in _text(each) for word in words))
        self.endResetModel()

    def document(self, row: int) -> Document:
        """What stands in a row."""
        return self._shown[row]

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        """One row for each document."""
        return 0 if parent.isValid() else len(self._shown)

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
        document = self._shown[index.row()]
        if role == _DISPLAY:
            texts = (document.number, date_text(document.date), document.subject, weight(document))
            return texts[index.column()]
        return document.issuer if role == CellRole.NOTE and index.column() == 2 else None


class KnownDocumentsDialog(Dialog):
    """A list that narrows while one types."""

    def __init__(self, parent: QWidget | None, documents: Sequence[Document]) -> None:
        super().__init__(
            parent, tr("Use a document that is here already"), tr("It is kept once and proves both criteria.")
        )
        self.setMinimumSize(640, 420)
        self.search = LineField(tr("Search"))
        self.page = LineField(tr("Page that proves it"), limit=40)
        self.model = KnownDocumentsModel(documents, self)
        self.table = TableView(tr("Documents of this assessment"), _COLUMNS)
        self.table.setModel(self.model)
        self.table.activated.connect(self.accept)
        self.search.textChanged.connect(self._narrow)
        self.content.addWidget(Labelled(tr("Search"), self.search))
        self.content.addWidget(self.table, 1)
        self.content.addWidget(Labelled(tr("Page that proves it"), self.page))
        self.add_button(plain_button(tr("Cancel"), self.reject))
        self._use = self.add_button(filled_button(tr("Use this document"), self.accept), default=True)
        self._narrow("")
        self.search.setFocus()

    def chosen(self) -> tuple[Document, str] | None:
        """The selected document and its page; None where the search left nothing."""
        row = self.table.currentIndex().row()
        return None if row < 0 else (self.model.document(row), self.page.value())

    def accept(self) -> None:
        """Close only with a document."""
        if self.chosen() is not None:
            super().accept()

    def _narrow(self, text: str) -> None:
        self.model.search(text)
        if self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(0, 0))
        self._use.setEnabled(self.model.rowCount() > 0)


def choose(parent: QWidget | None, documents: Sequence[Document]) -> tuple[Document, str] | None:
    """A document and its page, or None when cancelled. Called through the module, so that a test can answer."""
    dialog = KnownDocumentsDialog(parent, documents)
    return dialog.chosen() if dialog.exec() == QDialog.DialogCode.Accepted else None


def _text(document: Document) -> str:
    return folded(f"{document.number}\n{document.subject}\n{document.issuer}\n{document.name}")
