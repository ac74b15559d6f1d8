"""The list of evidence inside a sheet: as high as its rows, so that only the sheet itself scrolls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut

from parindex_desktop.domain.assessments import Linked
from parindex_desktop.domain.documents import Form
from ui.form import wording
from ui.language import tr
from ui.widgets.cells import Column
from ui.widgets.dates import date_text
from ui.widgets.progress import size_text
from ui.widgets.rows import Cell, FittedTable

if TYPE_CHECKING:
    from parindex_desktop.domain.documents import Document


class EvidenceTable(FittedTable[Linked]):
    """Number, date, subject, page, and the size of the file or the form of what has none.

    Delete asks to take the row in hand away.
    """

    removing = Signal()
    first = True  # there is always a document that can be opened or corrected

    def __init__(self) -> None:
        columns = (
            (tr("Number, symbol"), Column(104, 1, least=84)),
            (tr("Date"), Column(88)),
            (tr("Subject"), Column(160, 4, least=110)),
            (tr("Page"), Column(52, least=48)),
            (tr("File size"), Column(84, numeric=True, least=74)),
        )
        super().__init__(tr("Evidence"), columns, _cells, lambda linked: linked.document.id)
        delete = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self, self.removing.emit)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)


def weight(document: Document) -> str:
    """The size of a document's file, or in what form it exists without one."""
    return size_text(document.size) if document.form is Form.FILE else tr(wording.FORMS[document.form])


def number_cell(document: Document) -> Cell:
    """Số, ký hiệu, or that there is none."""
    return Cell(document.number or tr("No number"), second=not document.number)


def subject_cell(document: Document) -> Cell:
    """Trích yếu, with who issued the document and where it is."""
    note = " · ".join(filter(None, (document.issuer, document.place)))
    return Cell(document.subject or tr("no subject yet"), note=note, second=not document.subject)


def _cells(linked: Linked) -> tuple[Cell, ...]:
    document = linked.document
    return (
        number_cell(document),
        Cell(date_text(document.date) or wording.NOTHING, second=document.date is None),
        subject_cell(document),
        Cell(linked.page or wording.NOTHING, second=not linked.page),
        Cell(weight(document), second=document.form is not Form.FILE),
    )
