"""Bàn giao công việc: who takes over, the new passphrase of the key, and what else the minutes say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QDialog, QLayout

from parindex_desktop.domain.errors import ParIndexError
from parindex_desktop.services.founding import SHORTEST_PASSPHRASE
from parindex_desktop.services.work_minutes import LONGEST_NOTE, work_of
from ui.language import tr
from ui.office.passphrase_dialog import SecretFields
from ui.widgets.buttons import filled_button, plain_button
from ui.widgets.choices import check
from ui.widgets.combo import ComboBox
from ui.widgets.dialogs import Dialog
from ui.widgets.fields import TextArea
from ui.widgets.labelled import Labelled
from ui.widgets.labels import FieldError, Role, WrapLabel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QShowEvent
    from PySide6.QtWidgets import QWidget

    from parindex_desktop.domain.people import Person
    from parindex_desktop.services.homes import Office
    from parindex_desktop.services.passphrases import NewPassphrase


_WIDTH: Final = 720


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
                "The duties of all years go to who takes over, “{name}” leaves the staff list, and minutes with what "
                "is still open in each year are written as a PDF to be signed by both and the head.",
                name=giver.name,
            ),
        )
        self.setMinimumWidth(_WIDTH)
        self._office = office
        self._others = list(others)
        self._years = work_of(office, giver)
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
        self.secret = SecretFields()
        self.change.toggled.connect(self.secret.setEnabled)
        self.change.toggled.connect(self.secret.unmark)
        self.note = TextArea(tr("What else is passed on"), least=2, most=4, limit=LONGEST_NOTE)
        self._fault = FieldError()
        self._lay_out()
        self.clear_on(self._fault, self.change.toggled, self.secret.edited)
        self.add_button(plain_button(tr("Cancel"), self.reject))
        self.add_button(filled_button(tr("Pass on and save the minutes…"), self.accept), default=True)
        # No higher than its words need at its width: a low screen has no room to spare.
        layout = self.layout()
        assert layout is not None
        layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.resize(_WIDTH, 1)
        self.taker.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """Only now each widget knows its height."""
        super().showEvent(event)
        self.grow()

    def accept(self) -> None:
        """Close only with answers that can be acted on."""
        changing = self.change.isChecked()
        try:
            note = self.note.value()
        except ParIndexError as error:
            self._complain(tr(error))
            return
        if changing and (fault := self.secret.fault(self._office)):
            self._complain(fault)
            return
        secret = self.secret.value() if changing else None
        self.asked = Asked(self._others[self.taker.currentIndex()], secret, note)
        super().accept()

    def fault(self) -> str:
        """What is wrong with the answers."""
        return self._fault.text()

    def _complain(self, sentence: str) -> None:
        self._fault.show_fault(sentence)
        self.grow()

    def _lay_out(self) -> None:
        for work in self._years:
            self.content.addWidget(WrapLabel(tr(work.words), Role.SECOND))
            if work.warning:
                self.content.addWidget(WrapLabel(tr(work.warning)))
        self.content.addWidget(Labelled(tr("Who takes over"), self.taker))
        self.content.addWidget(self._change)
        self.content.addWidget(self.secret)
        note = tr("What else is passed on (seals, cupboards, accounts); stands in the minutes")
        self.content.addWidget(Labelled(note, self.note))
        self.content.addWidget(self._fault)
        self.content.addStretch(1)


def ask_hand_over(
    parent: QWidget | None, office: Office, giver: Person, others: Sequence[Person]
) -> Asked | None:
    """What was answered, or None when cancelled. Called through the module, so that a test can answer instead."""
    dialog = HandOverDialog(parent, office, giver, others)
    return dialog.asked if dialog.exec() == QDialog.DialogCode.Accepted else None
