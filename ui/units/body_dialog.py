"""One body without a home entered or changed by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QWidget

from parindex_desktop.domain.body_changes import NewBody, described_body
from parindex_desktop.domain.units import BodyKind, Level
from parindex_desktop.services import bodies, register
from parindex_desktop.services.bodies import BodyFaulty
from ui.language import tr
from ui.theme import tokens
from ui.units.codes_field import CodesField
from ui.units.entry_dialog import EntryDialog
from ui.widgets.combo import ComboBox
from ui.widgets.fields import CheckBox, LineField
from ui.widgets.flow import FlowLayout
from ui.widgets.labelled import Labelled
from ui.widgets.places import set_shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parindex_desktop.domain.errors import UserError
    from parindex_desktop.domain.messages import Message
    from parindex_desktop.domain.units import Body
    from parindex_desktop.services.homes import Office


class BodyDialog(EntryDialog["Body"]):
    """Asks for a body; with `body` that one is changed."""

    def __init__(self, parent: QWidget | None, office: Office, body: Body | None = None) -> None:
        super().__init__(
            parent,
            tr("Change the organisation") if body else tr("Add an organisation"),
            tr(
                "Who leads or supports work without being assessed: a room of an office, a newspaper, the Fatherland "
                "Front, a group such as “các sở, ban, ngành”. It has no key and hands nothing over."
            ),
            560,
        )
        self._office = office
        self._body = body
        units = register.units(office)
        self.name = LineField(tr("Name"), limit=300)
        self.kind = ComboBox(tr("Sort"))
        for kind in BodyKind:
            self.kind.addItem(tr(kind.words), kind)
        self.of = CodesField(tr("Room of (code; empty: the province's own office)"), units, one=True)
        self.units = CodesField(tr("Members (codes)"), units)
        self.levels: dict[Level, CheckBox] = {
            level: CheckBox(tr(level.words)) for level in Level if level is not Level.PROVINCE
        }
        self._levels = QWidget()
        line = FlowLayout(self._levels, across=tokens.BETWEEN)
        for box in self.levels.values():
            line.addWidget(box)
        self.places = {
            "name": Labelled(tr("Name"), self.name),
            "kind": Labelled(tr("Sort"), self.kind),
            "of_code": Labelled(tr("Room of (code; empty: the province's own office)"), self.of),
            "levels": Labelled(tr("All units of a kind"), self._levels),
            "units": Labelled(tr("Members (codes)"), self.units),
        }
        for part in self.places.values():
            self.content.addWidget(part)
        changes = (self.name.textChanged, self.of.changed, self.units.changed, self.kind.currentIndexChanged)
        ticks = [box.toggled for box in self.levels.values()]
        self.finish(tr("Save") if body else tr("Add"), *changes, *ticks)
        self.kind.currentIndexChanged.connect(lambda _row: self._turn())
        for field in (self.of, self.units):
            field.changed.connect(self.grow)
        if body is not None:
            self._show(described_body(register.current_kit(office).units, body))
        self._turn()
        self.name.setFocus()

    def enter(self) -> Body:
        """Write the body."""
        new = NewBody(
            self.name.value(),
            BodyKind(self.kind.currentData()),  # Qt gives a text back
            next(iter(self.of.codes()), ""),
            tuple(level for level, box in self.levels.items() if box.isChecked()),
            self.units.codes(),
        )
        if self._body is not None:
            return bodies.change_body(self._office, self._body, new)
        return bodies.add_body(self._office, new)

    def faults_of(self, error: UserError) -> Sequence[tuple[str, Message]]:
        """The one that a body has."""
        return [(error.field, error.fault)] if isinstance(error, BodyFaulty) else ()

    def _show(self, body: NewBody) -> None:
        self.name.show_value(body.name)
        self.kind.setCurrentIndex(self.kind.findData(body.kind))
        self.of.show_codes(filter(None, [body.of_code]))
        self.units.show_codes(body.units)
        for level in body.levels:
            self.levels[level].setChecked(True)

    def _turn(self) -> None:
        """Only what belongs to the kind is asked for."""
        kind = BodyKind(self.kind.currentData())
        set_shown(self.places["of_code"], shown=kind is BodyKind.ROOM)
        for name in ("levels", "units"):
            set_shown(self.places[name], shown=kind is BodyKind.GROUP)
        self.fit()


def ask_body(parent: QWidget | None, office: Office, body: Body | None = None) -> Body | None:
    """The body that was entered, or None when cancelled. Called through the module, so that a test can answer."""
    dialog = BodyDialog(parent, office, body)
    return dialog.entered if dialog.exec() == QDialog.DialogCode.Accepted else None
