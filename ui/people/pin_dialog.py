"""The PIN of somebody: set, changed, taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QLineEdit

from parindex_desktop.domain.errors import ParIndexError
from parindex_desktop.services import people
from parindex_desktop.services.people import SHORTEST_PIN
from ui.language import tr
from ui.widgets.buttons import filled_button, plain_button
from ui.widgets.dialogs import Dialog
from ui.widgets.labelled import Labelled
from ui.widgets.labels import FieldError

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from parindex_desktop.domain.people import Person
    from parindex_desktop.services.homes import Office


class PinDialog(Dialog):
    """Asks for a PIN twice; where there is one, for that or the passphrase of the key first."""

    def __init__(self, parent: QWidget | None, office: Office, person: Person) -> None:
        super().__init__(
            parent,
            tr("PIN of “{name}”", name=person.name),
            tr(
                "It keeps colleagues from taking this name by mistake: at least {shortest} characters. It protects no "
                "data, and never leaves this machine.",
                shortest=SHORTEST_PIN,
            ),
        )
        self._office = office
        self._person = person
        self.proof = _secret(tr("Present PIN (forgotten: the passphrase of the office's key)"))
        self.first = _secret(tr("New PIN"))
        self.second = _secret(tr("The new PIN once more"))
        self._fault = FieldError()
        fields = (self.proof, self.first, self.second) if person.has_pin else (self.first, self.second)
        for field in fields:
            self.content.addWidget(Labelled(field.accessibleName(), field))
        self.content.addWidget(self._fault)
        self.clear_on(self._fault, *(field.textChanged for field in fields))
        if person.has_pin:
            self.add_left(plain_button(tr("Take the PIN away"), self.take_away))
        self.add_button(plain_button(tr("Cancel"), self.reject))
        self.add_button(filled_button(tr("Set the PIN"), self.accept), default=True)
        fields[0].setFocus()

    def accept(self) -> None:
        """Set it, or say why not."""
        if not self.first.text():
            self._complain(tr("Type the new PIN."))
        elif self.first.text() != self.second.text():
            self._complain(tr("The two PINs differ. Type the same one in both fields."))
        else:
            self._set(self.first.text())

    def take_away(self) -> None:
        """Let there be none."""
        self._set("")

    def fault(self) -> str:
        """Why it was not set."""
        return self._fault.text()

    def _set(self, pin: str) -> None:
        try:
            people.set_pin(self._office, self._person, pin, self.proof.text())
        except ParIndexError as error:
            self._complain(tr(error))
            return
        super().accept()

    def _complain(self, sentence: str) -> None:
        self._fault.show_fault(sentence)
        self.grow()


def _secret(name: str) -> QLineEdit:
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setAccessibleName(name)
    return field


def ask_pin(parent: QWidget | None, office: Office, person: Person) -> bool:
    """Whether the PIN was set or taken away."""
    return PinDialog(parent, office, person).exec() == QDialog.DialogCode.Accepted
