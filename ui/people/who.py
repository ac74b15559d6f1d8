"""Who works here? Asked where several officers share the machine, before anything of the office is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from parindex_desktop.domain.errors import ParIndexError
from parindex_desktop.domain.people import Assignee
from parindex_desktop.services import people
from ui.frame.page import Page
from ui.language import tr
from ui.people.pick_list import Entry, PickList
from ui.people.rows import about
from ui.theme import tokens
from ui.widgets.buttons import filled_button, plain_button
from ui.widgets.labelled import Labelled
from ui.widgets.labels import FieldError, Role, WrapLabel
from ui.widgets.panels import Panel
from ui.widgets.places import set_shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parindex_desktop.domain.people import Person
    from parindex_desktop.services.homes import Office

_WIDTH = 520


class WhoPage(Page):
    """A card with the names; the PIN is asked for where somebody has one."""

    chosen = Signal()
    """The journal knows who works here now."""
    done = Signal()
    """The office may be shown: somebody was chosen, or nobody else wants to work after all."""

    def __init__(self, office: Office, *, can_go_back: bool = False) -> None:
        super().__init__()
        self._office = office
        self._can_go_back = can_go_back

    def build(self) -> None:
        """Make the card."""
        self.names = PickList(tr("Names of the staff list"), first=False)
        self.pin = QLineEdit()
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        self.pin.setAccessibleName(tr("PIN"))
        self._pin = Labelled(tr("PIN"), self.pin)
        self.fault = FieldError()
        self.go = filled_button(tr("Begin"), self.take)
        buttons = QHBoxLayout()
        buttons.setSpacing(tokens.INSIDE)
        buttons.addStretch(1)
        if self._can_go_back:
            buttons.addWidget(plain_button(tr("Cancel"), self.done.emit))
        buttons.addWidget(self.go)
        self.card = Panel()
        self.card.setMaximumWidth(_WIDTH)
        self.card.content.addWidget(WrapLabel(tr("Who works here?"), Role.TITLE))
        said = tr("Choose your name. The journal and what is handed over name you from now on.")
        self.card.content.addWidget(WrapLabel(said, Role.SECOND))
        self.card.content.addWidget(self.names)
        self.card.content.addWidget(self._pin)
        self.card.content.addWidget(self.fault)
        self.card.content.addLayout(buttons)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.card, 100)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addStretch(2)
        column.addLayout(row)
        column.addStretch(3)
        self.names.chosen.connect(self._arrange)
        self.names.taken.connect(self._go_on)
        self.pin.returnPressed.connect(self.take)
        self.pin.textEdited.connect(lambda _text: self.fault.show_fault(""))
        here = people.at_work(self._office)
        self.names.offer([Entry(Assignee(each), each.name, about(each)) for each in here])
        # Never simply the first: Enter would write somebody else's name into the journal.
        last = self._office.person or people.worked_last(self._office)
        if last is not None:
            self.names.choose(Assignee(last))
        self._arrange()

    def activated(self) -> None:
        """The keyboard stands at the names."""
        self.names.setFocus()

    def panes(self) -> Sequence[QWidget]:
        """The card."""
        return (self.card,)

    def person(self) -> Person | None:
        """Who is selected."""
        entry = self.names.current()
        return entry.to.person if entry is not None and entry.to is not None else None

    def take(self) -> None:
        """Work as who is selected, or say why not."""
        person = self.person()
        if person is None:
            self.fault.show_fault(tr("Choose your name first: by the arrow keys, or by typing a part of it."))
            return
        try:
            people.work_as(self._office, person, self.pin.text())
        except ParIndexError as error:
            self.fault.show_fault(tr(error))
            self.pin.selectAll()
            self.pin.setFocus()
            return
        self.chosen.emit()
        self.done.emit()

    def _go_on(self) -> None:
        if self._pin.isHidden() or self.pin.text():
            self.take()
        else:
            self.pin.setFocus(Qt.FocusReason.TabFocusReason)

    def _arrange(self) -> None:
        person = self.person()
        self.pin.clear()
        self.fault.show_fault("")
        set_shown(self._pin, shown=person is not None and person.has_pin)
        self.go.setEnabled(person is not None)
