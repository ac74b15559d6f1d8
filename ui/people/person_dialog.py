"""Somebody entered on the staff list, or changed there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog

from parindex_desktop.domain.errors import ParIndexError
from parindex_desktop.domain.people import LONGEST_NAME, LONGEST_ROOM, LONGEST_TITLE
from parindex_desktop.services import people
from parindex_desktop.services.people import NewPerson
from ui.language import tr
from ui.widgets.buttons import filled_button, plain_button
from ui.widgets.dialogs import Dialog
from ui.widgets.fields import LineField
from ui.widgets.labelled import Labelled
from ui.widgets.labels import FieldError

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from parindex_desktop.domain.people import Person
    from parindex_desktop.services.homes import Office


class PersonDialog(Dialog):
    """Asks for name, title and room."""

    def __init__(self, parent: QWidget | None, office: Office, person: Person | None = None) -> None:
        said = tr("Journal and papers name people by name and title, as written here.")
        super().__init__(parent, tr("Change the entry") if person else tr("Add somebody"), said)
        self._office = office
        self._person = person
        self.entered: Person | None = None
        self.name = LineField(tr("Full name"), limit=LONGEST_NAME)
        self.title = LineField(tr("Title"), limit=LONGEST_TITLE)
        self.room = LineField(tr("Room"), limit=LONGEST_ROOM)
        self._fault = FieldError()
        for field, name in (
            (self.name, tr("Full name")),
            (self.title, tr("Title (as on papers, for example: công chức Văn phòng – Thống kê)")),
            (self.room, tr("Room (those of one room can be in charge together)")),
        ):
            self.content.addWidget(Labelled(name, field))
        self.content.addWidget(self._fault)
        self.clear_on(self._fault, self.name.textChanged, self.title.textChanged, self.room.textChanged)
        self.add_button(plain_button(tr("Cancel"), self.reject))
        self.add_button(filled_button(tr("Change") if person else tr("Add"), self.accept), default=True)
        if person is not None:
            for field, value in (
                (self.name, person.name),
                (self.title, person.title),
                (self.room, person.room),
            ):
                field.show_value(value)
        self.name.setFocus()

    def accept(self) -> None:
        """Enter it, or say why not."""
        new = NewPerson(self.name.value(), self.title.value(), self.room.value())
        try:
            if self._person is None:
                self.entered = people.add(self._office, new)
            else:
                self.entered = people.change(self._office, self._person, new)
        except ParIndexError as error:
            self._fault.show_fault(tr(error))
            self.grow()
            return
        super().accept()

    def fault(self) -> str:
        """Why it was not entered."""
        return self._fault.text()


def ask_person(parent: QWidget | None, office: Office, person: Person | None = None) -> Person | None:
    """Who was entered, or None when cancelled."""
    dialog = PersonDialog(parent, office, person)
    return dialog.entered if dialog.exec() == QDialog.DialogCode.Accepted else None
