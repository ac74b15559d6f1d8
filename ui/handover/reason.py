"""Asking why: opening locked figures needs a reason, which stays in the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog

from ui.language import tr
from ui.theme.tokens import Tone
from ui.widgets.buttons import filled_button, plain_button
from ui.widgets.dialogs import Dialog
from ui.widgets.fields import TextArea
from ui.widgets.labelled import Labelled

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class ReasonDialog(Dialog):
    """One text that must not be empty."""

    def __init__(self, parent: QWidget | None, title: str, sentence: str, name: str, yes: str) -> None:
        super().__init__(parent, title, sentence, Tone.CARE)
        self.field = TextArea(name, limit=2000)
        self._labelled = Labelled(name, self.field)
        self.content.addWidget(self._labelled)
        self.add_button(plain_button(tr("Cancel"), self.reject))
        self.add_button(filled_button(yes, self.accept))
        self.field.setFocus()

    def accept(self) -> None:
        """Close only with a reason."""
        if self.field.toPlainText().strip():
            super().accept()
            return
        self._labelled.fault.show_fault(tr("Write the reason first."))
        self.field.setFocus()


def ask_reason(parent: QWidget | None, title: str, sentence: str, name: str, yes: str) -> str | None:
    """The reason typed, or None when cancelled. Called through the module, so that a test can answer instead."""
    dialog = ReasonDialog(parent, title, sentence, name, yes)
    return dialog.field.toPlainText() if dialog.exec() == QDialog.DialogCode.Accepted else None
