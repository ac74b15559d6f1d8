"""Tài liệu kiểm chứng of one criterion: the list, what may be done with a row, and the ways in."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from parindex_desktop.domain.documents import Document, Form
from parindex_desktop.domain.errors import ParIndexError
from parindex_desktop.services import attaching
from parindex_desktop.services import evidence as files
from ui.form import document_dialog, known_documents
from ui.form.document_dialog import Described
from ui.form.evidence_table import EvidenceTable
from ui.language import tr
from ui.theme import tokens
from ui.widgets import dialogs
from ui.widgets.buttons import link_button
from ui.widgets.dropzone import DropZone
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import FieldError, SectionTitle

if TYPE_CHECKING:
    from collections.abc import Callable

    from parindex_desktop.domain.assessments import Linked, Sheet
    from parindex_desktop.domain.criteria import Criterion
    from parindex_desktop.services.filling import Form as Filled
    from parindex_desktop.services.homes import Office
    from ui.form.file_work import FileWork
    from ui.session import Session


class EvidenceSection(QWidget):
    """The evidence of one criterion; without a session it is only read."""

    def __init__(self, criterion: Criterion, office: Office, session: Session | None, work: FileWork) -> None:
        super().__init__()
        self._criterion = criterion
        self._office = office
        self._session = session
        self._work = work
        self._title = SectionTitle("")
        self._shown: tuple[Linked, ...] = ()
        self.table = EvidenceTable()
        self.table.removing.connect(self.remove)
        self.table.activated.connect(lambda _index: self.look())
        self.table.chosen.connect(self._offer)
        self._open = link_button(tr("Open"), self.open)
        self._copy = link_button(tr("Save a copy…"), self.save_copy)
        self._look = link_button(tr("Edit the data…") if session else tr("Show the data…"), self.look)
        self._remove = link_button(tr("Take away"), self.remove)
        self._row_links = QWidget()
        self._fault = FieldError()
        self._lay_out()

    def show_sheet(self, sheet: Sheet) -> None:
        """Show the documents as they stand."""
        if sheet.evidence != self._shown:
            self._fault.show_fault("")
            self._shown = sheet.evidence
            self.table.show_rows(self._shown)
        self._title.setText(tr("Evidence ({count})", count=len(self._shown)))
        self.table.setVisible(bool(self._shown))
        self._row_links.setVisible(bool(self._shown))
        self._offer()

    def focus_ways_in(self) -> None:
        """Put the keyboard where a file is chosen."""
        self.zone.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_lacking(self) -> None:
        """Put the keyboard on the first document whose data are not complete."""
        lacking = next((each.document.id for each in self._shown if each.document.lacks()), None)
        self.table.choose(lacking)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask_about(self, document_id: str) -> None:
        """A file has just come in: select it and ask for its data."""
        self.table.choose(document_id)
        self.look()

    # What may be done with the selected document.

    def open(self) -> None:
        """Show its file."""
        if (linked := self.table.current()) is not None:
            self._work.open(linked.document)

    def save_copy(self) -> None:
        """Write a copy of its file where the officer says."""
        if (linked := self.table.current()) is None:
            return
        proposed = Path.home() / files.safe_name(linked.document)
        target = dialogs.choose_target(self, tr("Save a copy"), proposed)
        if target is not None:
            self._work.save_copy(linked.document, target)

    def look(self) -> None:
        """Correct its data, or read them."""
        linked = self.table.current()
        if linked is None:
            return
        if self._session is None:
            document_dialog.show(self, linked)
            return
        before = Described(linked.document, linked.page)
        given = document_dialog.describe(self, before, self._also_proves(linked.document))
        if given is None or given == before:
            return
        self._change(
            lambda office, form: attaching.link_document(
                office,
                attaching.describe_document(office, form, given.document),
                self._criterion,
                given.document.id,
                given.page,
            )
        )

    def remove(self) -> None:
        """Take it from this criterion; undo brings it back."""
        linked = self.table.current()
        if linked is not None and self._session is not None:
            document = linked.document.id
            self._change(lambda office, form: attaching.unlink(office, form, self._criterion, document))
            (self.table if self._shown else self.zone.button).setFocus()

    # The ways in.

    def attach(self, paths: list[Path]) -> None:
        """Take files in."""
        self._work.attach(self._criterion, paths)

    def add_without_file(self) -> None:
        """Enter a document that has no file here."""
        new = Described(Document(str(uuid.uuid4()), Form.PAPER), "")
        given = document_dialog.describe(self, new, choose_form=True)
        if given is not None:
            self._change(
                lambda office, form: attaching.add_document(
                    office, form, self._criterion, given.document, given.page
                )
            )

    def use_known(self) -> None:
        """Let a document of this assessment prove this criterion too."""
        assert self._session is not None
        here = {each.document.id for each in self._shown}
        others = [each for each in attaching.documents(self._session.form) if each.id not in here]
        chosen = known_documents.choose(self, others)
        if chosen is not None:
            document, page = chosen
            self._change(
                lambda office, form: attaching.link_document(office, form, self._criterion, document.id, page)
            )

    def _change(self, change: Callable[[Office, Filled], Filled]) -> None:
        assert self._session is not None
        try:
            self._session.edit(change)
        except ParIndexError as fault:
            self._fault.show_fault(tr(fault))
        else:
            self._fault.show_fault("")

    def _also_proves(self, document: Document) -> list[str]:
        assert self._session is not None
        return [
            sheet.criterion.code
            for sheet in self._session.form.assessment.sheets.values()
            if sheet.criterion.id != self._criterion.id
            and any(each.document.id == document.id for each in sheet.evidence)
        ]

    def _offer(self) -> None:
        """Offer for the selected document what can be done with it."""
        linked = self.table.current()
        file = linked is not None and linked.document.form is Form.FILE
        self._open.setVisible(
            file and linked is not None and files.is_viewable(self._office, linked.document)
        )
        self._copy.setVisible(file)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.TIGHT)
        column.addWidget(self._title)
        column.addWidget(self.table)
        links = FlowLayout(self._row_links, across=tokens.EDGE, down=0)
        for link in (self._open, self._copy, self._look, self._remove):
            links.addWidget(link)
        column.addWidget(self._row_links)
        self._remove.setVisible(self._session is not None)
        self.zone = DropZone(tr("Evidence"))
        self.zone.chosen.connect(self.attach)
        column.addWidget(self.zone)
        ways = FlowLayout(across=tokens.EDGE, down=0)
        self._without = link_button(tr("Document without a file…"), self.add_without_file)
        self._known = link_button(tr("Use a document that is here already…"), self.use_known)
        ways.addWidget(self._without)
        ways.addWidget(self._known)
        column.addLayout(ways)
        column.addWidget(self._fault)
        if self._session is None:
            for part in (self.zone, self._without, self._known):
                part.hide()
