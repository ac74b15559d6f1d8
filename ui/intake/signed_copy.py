"""The signed copy of a unit's report: opened and saved, so that the code on the paper can be compared."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from parindex_desktop.services import evidence
from ui.form.file_work import FileWork
from ui.language import tr
from ui.theme import tokens
from ui.widgets import dialogs
from ui.widgets.buttons import link_button
from ui.widgets.labels import Role, WrapLabel
from ui.widgets.places import set_shown

if TYPE_CHECKING:
    from parindex_desktop.domain.closing import Signed
    from parindex_desktop.domain.documents import Document
    from parindex_desktop.services.homes import Office


class SignedCopy(QWidget):
    """What may be done with the copy; hidden where there is none."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._copy: Document | None = None
        self._work = FileWork(office, None)
        self._fault = WrapLabel("", Role.FAULT)
        self._work.failed.connect(self._say)
        self.open_link = link_button(tr("Open the signed copy"), self.open)
        links = QHBoxLayout()
        links.addWidget(self.open_link)
        links.addWidget(link_button(tr("Save a copy…"), self.save))
        links.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.TIGHT)
        column.addLayout(links)
        column.addWidget(self._work)
        column.addWidget(self._fault)
        self.show_copy(None)

    def show_copy(self, signed: Signed | None) -> None:
        """Offer the copy of `signed`."""
        self._copy = signed.document() if signed is not None else None
        self._say("")
        set_shown(self, shown=self._copy is not None)

    def open(self) -> None:
        """Show it in the system's viewer."""
        if self._copy is not None:
            self._work.open(self._copy)

    def save(self) -> None:
        """Write it where the officer says."""
        if self._copy is None:
            return
        proposed = Path(evidence.safe_name(self._copy))
        target = dialogs.choose_target(self, tr("Save a copy"), proposed, purpose=dialogs.Purpose.EVIDENCE)
        if target is not None:
            self._work.save_copy(self._copy, target)

    def _say(self, fault: str) -> None:
        self._fault.setText(fault)
        set_shown(self._fault, shown=bool(fault))
