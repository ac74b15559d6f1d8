"""The bodies without a home, and what may be done with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from parindex_desktop.domain.body_changes import bodies_in_order
from parindex_desktop.domain.errors import ParIndexError
from parindex_desktop.domain.text import folded
from parindex_desktop.domain.unit_facts import body_facts
from parindex_desktop.services import bodies
from ui.language import tr
from ui.theme import tokens
from ui.theme.icons import Icon
from ui.theme.tokens import Tone
from ui.units import body_dialog
from ui.widgets import dialogs
from ui.widgets.buttons import plain_button
from ui.widgets.cells import Column
from ui.widgets.notices import EmptyState
from ui.widgets.rows import Cell, RowsTable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from parindex_desktop.domain.kits import Kit
    from parindex_desktop.domain.units import Body, Unit
    from ui.session import Session
    from ui.widgets.notices import Banner


class BodyList(QWidget):
    """Lists, enters, changes and removes bodies; what became of it is told in `banner`."""

    def __init__(self, session: Session, banner: Banner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._banner = banner
        self._units: Mapping[str, Unit] = {}
        self._words: list[str] = []
        columns = [
            (tr("Name"), Column(260, 3, least=140)),
            (tr("Sort"), Column(180, 1, least=120)),
            (tr("What belongs to it"), Column(260, 3, least=140)),
        ]
        self.table: RowsTable[Body] = RowsTable(
            tr("Other organisations"), columns, self._cells, lambda body: body.id
        )
        self.table.activated.connect(lambda _index: self.change())
        line = QHBoxLayout()
        line.setSpacing(tokens.INSIDE)
        line.addWidget(plain_button(tr("Add…"), self.add))
        line.addWidget(plain_button(tr("Change…"), self.change))
        line.addWidget(plain_button(tr("Remove…"), self.remove))
        line.addStretch(1)
        listed = QWidget()
        column = QVBoxLayout(listed)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.INSIDE)
        column.addLayout(line)
        column.addWidget(self.table, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(listed)
        self._stack.addWidget(
            EmptyState(
                Icon.UNITS,
                tr("There are no other organisations yet"),
                tr(
                    "Rooms of offices, newspapers, the Fatherland Front and groups of offices lead or support work "
                    "without being assessed themselves. Add them here, or take them over with the list of units: "
                    "sheet “Tổ chức khác”."
                ),
                tr("Add an organisation…"),
                self.add,
            )
        )
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)

    def show_bodies(self, kit: Kit) -> None:
        """Show those of the register; the selected one stays."""
        self._units = kit.units
        listed = bodies_in_order(kit.bodies.values())
        self.table.show_rows(listed)
        self._narrow()
        self._stack.setCurrentIndex(0 if listed else 1)

    def search(self, text: str) -> None:
        """List only those with these words in their name."""
        self._words = folded(text).split()
        self._narrow()

    def add(self) -> None:
        """Enter an organisation by hand."""
        added = body_dialog.ask_body(self, self._session.office)
        if added is not None:
            self._written(tr("“{name}” was added.", name=added.name), added)

    def change(self) -> None:
        """Change the selected organisation."""
        body = self.table.current()
        if body is not None:
            changed = body_dialog.ask_body(self, self._session.office, body)
            if changed is not None:
                self._written(tr("“{name}” was changed.", name=changed.name), changed)

    def remove(self) -> None:
        """Take the selected organisation out of the list."""
        body = self.table.current()
        if body is None or not dialogs.ask(
            self,
            tr("Remove “{name}” from the list?", name=body.name),
            tr("It leads and supports nothing from then on. The offices learn of it with the next kit."),
            yes=tr("Remove it"),
            dangerous=True,
        ):
            return
        try:
            bodies.remove_body(self._session.office, body)
        except ParIndexError as error:
            self._banner.tell(tr(error), Tone.WRONG)
        else:
            self._written(tr("“{name}” was removed.", name=body.name))

    def _written(self, sentence: str, body: Body | None = None) -> None:
        self._session.saved.emit()
        self._session.reload()
        if body is not None:
            self.table.choose(body.id)
        self._banner.tell(sentence, Tone.GOOD)
        self.table.setFocus()

    def _narrow(self) -> None:
        listed = self.table.rows.rows()
        self.table.narrow([all(word in folded(body.name) for word in self._words) for body in listed])

    def _cells(self, body: Body) -> Sequence[Cell]:
        _, *facts = body_facts(self._units, body)
        return (
            Cell(body.name),
            Cell(tr(body.kind.words), second=True),
            Cell("; ".join(each if isinstance(each, str) else tr(each) for each in facts), second=True),
        )
