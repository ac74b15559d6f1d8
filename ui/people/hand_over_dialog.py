"""Bàn giao công việc: who takes over, the new passphrase of the key, and what else the minutes say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QGridLayout, QLineEdit

from parindex_desktop.domain.errors import ParIndexError
from parindex_desktop.services import founding, sealing
from parindex_desktop.services.founding import SHORTEST_PASSPHRASE
from parindex_desktop.services.work_handover import LONGEST_NOTE, NewPassphrase
from ui.language import tr
from ui.theme import tokens
from ui.widgets.buttons import filled_button, plain_button
from ui.widgets.choices import check
from ui.widgets.combo import ComboBox
from ui.widgets.dialogs import Dialog
from ui.widgets.fields import TextArea
from ui.widgets.labelled import Labelled
from ui.widgets.labels import FieldError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from parindex_desktop.domain.people import Person
    from parindex_desktop.services.homes import Office


@dataclass(frozen=True, slots=True)
class Asked:
    """What was answered; without `passphrase` that of the key stays."""

    taker: Person
    passphrase: NewPassphrase | None
    note: str


class HandOverDialog(Dialog):
    """Asks what is needed to pass the work of `giver` on to one of `others`."""

    def __init__(
        self, parent: QWidget | None, office: Office, giver: Person, others: Sequence[Person]
    ) -> None:
        super().__init__(
            parent,
            tr("“{name}” passes the work on", name=giver.name),
            tr(
                "Duties go to who takes over, “{name}” leaves the staff list, and minutes with all open items are "
                "written as a PDF to be signed by both and the head.",
                name=giver.name,
            ),
        )
        self.setMinimumWidth(600)
        self._office = office
        self._others = list(others)
        self.asked: Asked | None = None
        self.taker = ComboBox(tr("Who takes over"))
        self.taker.addItems([each.words for each in self._others])
        self._change = check(
            tr(
                "Another passphrase for the office's key, which only who takes over knows (at least {shortest} "
                "characters, better several words)",
                shortest=SHORTEST_PASSPHRASE,
            )
        )
        self.change = self._change.button
        self.change.setChecked(True)
        self.old = _secret(tr("Present passphrase"))
        self.first = _secret(tr("New passphrase"))
        self.second = _secret(tr("The new passphrase once more"))
        self.note = TextArea(tr("What else is passed on"), least=2, most=4, limit=LONGEST_NOTE)
        self._fault = FieldError()
        self._lay_out()
        self.change.toggled.connect(self._arrange)
        fields = (self.old, self.first, self.second)
        self.clear_on(self._fault, self.change.toggled, *(field.textChanged for field in fields))
        self.add_button(plain_button(tr("Cancel"), self.reject))
        self.add_button(filled_button(tr("Pass on and save the minutes…"), self.accept), default=True)
        self.taker.setFocus()

    def accept(self) -> None:
        """Close only with answers that can be acted on."""
        try:
            note = self.note.value()
            secret = self._passphrase() if self.change.isChecked() else None
        except ParIndexError as error:
            self._complain(tr(error))
            return
        if secret is not None and self.first.text() != self.second.text():
            self._complain(tr("The two passphrases differ. Type the same one in both fields."))
            return
        self.asked = Asked(self._others[self.taker.currentIndex()], secret, note)
        super().accept()

    def fault(self) -> str:
        """What is wrong with the answers."""
        return self._fault.text()

    def _passphrase(self) -> NewPassphrase:
        sealing.check_passphrase(self._office, self.old.text())
        founding.check_passphrase(self.first.text())
        return NewPassphrase(self.old.text(), self.first.text())

    def _complain(self, sentence: str) -> None:
        self._fault.show_fault(sentence)
        self.grow()

    def _arrange(self) -> None:
        for field in (self.old, self.first, self.second):
            field.setEnabled(self.change.isChecked())

    def _lay_out(self) -> None:
        # Side by side, so that all of it fits on a low screen.
        secrets = QGridLayout()
        secrets.setHorizontalSpacing(tokens.BETWEEN)
        for column, field in enumerate((self.old, self.first, self.second)):
            secrets.addWidget(Labelled(field.accessibleName(), field), 0, column)
            secrets.setColumnStretch(column, 1)
        self.content.addWidget(Labelled(tr("Who takes over"), self.taker))
        self.content.addWidget(self._change)
        self.content.addLayout(secrets)
        note = tr("What else is passed on (seals, cupboards, accounts); stands in the minutes")
        self.content.addWidget(Labelled(note, self.note))
        self.content.addWidget(self._fault)
        self.content.addStretch(1)


def _secret(name: str) -> QLineEdit:
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setAccessibleName(name)
    return field


def ask_hand_over(
    parent: QWidget | None, office: Office, giver: Person, others: Sequence[Person]
) -> Asked | None:
    """What was answered, or None when cancelled. Called through the module, so that a test can answer instead."""
    dialog = HandOverDialog(parent, office, giver, others)
    return dialog.asked if dialog.exec() == QDialog.DialogCode.Accepted else None
