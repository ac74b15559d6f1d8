"""Choosing a document that this assessment has already, to let it prove another criterion too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog

from parindex_desktop.domain.text import folded
from ui.form.evidence_table import number_cell, subject_cell, weight
from ui.language import tr
from ui.widgets.buttons import filled_button, plain_button
from ui.widgets.cells import Column
from ui.widgets.dates import date_text
from ui.widgets.dialogs import Dialog
from ui.widgets.fields import LineField
from ui.widgets.labelled import Labelled
from ui.widgets.rows import Cell, RowsTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from parindex_desktop.domain.documents import Document


class KnownDocumentsDialog(Dialog):
    """A list that narrows while one types."""

    def __init__(self, parent: QWidget | None, documents: Sequence[Document]) -> None:
        super().__init__(
            parent, tr("Use a document that is here already"), tr("It is kept once and proves both criteria.")
        )
        self.setMinimumSize(640, 420)
        self._documents = tuple(documents)
        columns = (
            (tr("Number, symbol"), Column(110, 1, least=80)),
            (tr("Date"), Column(90)),
            (tr("Subject"), Column(200, 3, least=120)),
            (tr("File size"), Column(100, numeric=True)),
        )
        self.search = LineField(tr("Search"))
        self.page = LineField(tr("Page that proves it"), limit=40)
        self.table: RowsTable[Document] = RowsTable(
            tr("Documents of this assessment"), columns, _cells, lambda document: document.id
        )
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
        document = self.table.current()
        return None if document is None else (document, self.page.value())

    def accept(self) -> None:
        """Close only with a document."""
        if self.chosen() is not None:
            super().accept()

    def _narrow(self, text: str) -> None:
        words = folded(text).split()
        left = [each for each in self._documents if all(word in _text(each) for word in words)]
        self.table.show_rows(left)
        self._use.setEnabled(bool(left))


def choose(parent: QWidget | None, documents: Sequence[Document]) -> tuple[Document, str] | None:
    """A document and its page, or None when cancelled. Called through the module, so that a test can answer."""
    dialog = KnownDocumentsDialog(parent, documents)
    return dialog.chosen() if dialog.exec() == QDialog.DialogCode.Accepted else None


def _cells(document: Document) -> tuple[Cell, ...]:
    return (
        number_cell(document),
        Cell(date_text(document.date)),
        subject_cell(document),
        Cell(weight(document)),
    )


def _text(document: Document) -> str:
    return folded(f"{document.number}\n{document.subject}\n{document.issuer}\n{document.name}")
