"""Another passphrase for the key of this machine: the present one, and the new one twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QGridLayout, QLineEdit, QWidget

from parindex_desktop.domain.errors import ParIndexError
from parindex_desktop.services import founding, sealing
from parindex_desktop.services.founding import SHORTEST_PASSPHRASE
from parindex_desktop.services.passphrases import OLD_COPIES, NewPassphrase
from ui.language import tr
from ui.theme import tokens
from ui.widgets.buttons import filled_button, plain_button
from ui.widgets.dialogs import Dialog
from ui.widgets.fields import mark
from ui.widgets.labelled import Labelled
from ui.widgets.labels import FieldError

if TYPE_CHECKING:
    from parindex_desktop.services.homes import Office


class SecretFields(QWidget):
    """The three fields, side by side, so that a dialog with them fits on a low screen."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.old = _secret(tr("Present passphrase"))
        self.first = _secret(tr("New passphrase"))
        self.second = _secret(tr("The new passphrase once more"))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(tokens.BETWEEN)
        for column, field in enumerate((self.old, self.first, self.second)):
            grid.addWidget(Labelled(field.accessibleName(), field), 0, column)
            grid.setColumnStretch(column, 1)
            field.textChanged.connect(self.edited)
        self.edited.connect(self.unmark)

    def fault(self, office: Office) -> str:
        """Why the answers cannot be acted on, the field that it is about marked and in hand; empty where they can."""
        self.unmark()
        field, sentence = self._fault(office)
        if field is not None:
            mark(field, wrong=True)
            if field is not self.second:  # which may be mended in its place
                field.selectAll()
            field.setFocus()
        return sentence

    def unmark(self) -> None:
        """Draw all fields as usual."""
        for field in (self.old, self.first, self.second):
            mark(field, wrong=False)

    def value(self) -> NewPassphrase:
        """What was answered."""
        return NewPassphrase(self.old.text(), self.first.text())

    def _fault(self, office: Office) -> tuple[QLineEdit | None, str]:
        for field, sentence in (
            (self.old, tr("Type the present passphrase.")),
            (self.first, tr("Type the new passphrase.")),
            (self.second, tr("Type the new passphrase once more.")),
        ):
            if not field.text():
                return field, sentence
        field = self.old
        try:
            sealing.check_passphrase(office, self.old.text())
            field = self.first
            founding.check_passphrase(self.first.text())
        except ParIndexError as error:
            return field, tr(error)
        if self.first.text() != self.second.text():
            return self.second, tr("The two passphrases differ. Type the same one in both fields.")
        return None, ""


class PassphraseChangeDialog(Dialog):
    """Closes only with answers that can be acted on."""

    def __init__(self, parent: QWidget | None, office: Office) -> None:
        said = tr("At least {shortest} characters, better several words.", shortest=SHORTEST_PASSPHRASE)
        super().__init__(parent, tr("Another passphrase for the key"), f"{said} {tr(OLD_COPIES)}")
        self.setMinimumWidth(600)
        self._office = office
        self.fields = SecretFields()
        self._fault = FieldError()
        self.content.addWidget(self.fields)
        self.content.addWidget(self._fault)
        self.clear_on(self._fault, self.fields.edited)
        self.add_button(plain_button(tr("Cancel"), self.reject))
        self.add_button(filled_button(tr("Change the passphrase"), self.accept), default=True)
        self.fields.old.setFocus()

    def accept(self) -> None:
        """Close, or say what is wrong."""
        fault = self.fields.fault(self._office)
        if fault:
            self._fault.show_fault(fault)
            self.grow()
            return
        super().accept()

    def fault(self) -> str:
        """What is wrong with the answers."""
        return self._fault.text()


def _secret(name: str) -> QLineEdit:
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setAccessibleName(name)
    return field


def ask_change(parent: QWidget | None, office: Office) -> NewPassphrase | None:
    """What was answered, or None when cancelled. Called through the module, so that a test can answer instead."""
    dialog = PassphraseChangeDialog(parent, office)
    return dialog.fields.value() if dialog.exec() == QDialog.DialogCode.Accepted else None
