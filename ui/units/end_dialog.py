"""Ending units: closed, merged into others, divided, or joined into a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QDialog, QHBoxLayout

from parindex_desktop.domain.errors import ParIndexError, UserError
from parindex_desktop.domain.unit_entries import LONGEST_CODE
from parindex_desktop.services import ending_units, register
from parindex_desktop.services.ending_units import Changes, Ending
from parindex_desktop.services.register import UnitFaulty
from ui.language import tr
from ui.theme import tokens
from ui.units.codes_field import CodesField
from ui.widgets.buttons import filled_button, plain_button
from ui.widgets.choices import radio
from ui.widgets.dates import DateEdit
from ui.widgets.dialogs import Dialog
from ui.widgets.fields import LineField
from ui.widgets.flow import FlowLayout
from ui.widgets.labelled import Labelled
from ui.widgets.labels import FieldError, Role, WrapLabel
from ui.widgets.places import set_shown

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from parindex_desktop.domain.units import Unit
    from parindex_desktop.services.homes import Office


class EndDialog(Dialog):
    """Asks which units end, on which day, and what becomes of them; `changes` says what was changed."""

    def __init__(self, parent: QWidget | None, office: Office, unit: Unit) -> None:
        super().__init__(
            parent,
            tr("End, merge or divide units"),
            tr(
                "Units that end stay in the list with everything that came from them; no new hand-over is awaited of "
                "them. Their figures of the year are counted until their last day."
            ),
        )
        self.setMinimumWidth(600)
        self._office = office
        self.changes: Changes | None = None
        living = [each for each in register.units(office) if each.valid_to is None]
        self.ending = CodesField(tr("Units that end (codes)"), living)
        self.ending.show_codes([unit.code])
        self.day = DateEdit(tr("Last day"))
        self.nothing = radio(tr("They are closed"))
        self.known = radio(tr("They are merged or divided into units of the list"))
        self.fresh = radio(tr("They are joined into a new unit"))
        self.into = CodesField(tr("Successors (codes)"), living)
        self.code = LineField(tr("Code of the new unit"), limit=LONGEST_CODE)
        self.name = LineField(tr("Name of the new unit"), limit=300)
        self._said = WrapLabel("", Role.SECOND)
        self._fault = FieldError()
        self._lay_out()
        self.add_button(plain_button(tr("Cancel"), self.reject))
        self.go = self.add_button(filled_button(tr("End the units"), self.accept), default=True)
        self.known.button.setChecked(True)
        self._turn()
        self.day.setFocus()

    def accept(self) -> None:
        """End the units, or say why not."""
        self.day.field.commit()
        ending = self._asked()
        if ending is None:
            if not self.day.fault.text():
                self._fault.show_fault(tr("Write which units end, and their last day."))
            self.day.setFocus()
            self.grow()
            return
        if not ending.into and not self.nothing.button.isChecked():
            self._fault.show_fault(tr("Write what the units become, or that they are closed."))
            self.grow()
            return
        try:
            self.changes = ending_units.end_units(self._office, ending)
        except UnitFaulty as error:
            self._fault.show_fault(tr(error.faults[0].message))
        except ParIndexError as error:
            self._fault.show_fault(tr(error))
        else:
            super().accept()
        self.grow()

    def fault(self) -> str:
        """Why nothing was ended."""
        return self._fault.text()

    def said(self) -> str:
        """What would happen."""
        return self._said.text()

    def _asked(self) -> Ending | None:
        """What stands in the fields; None where units or day are missing."""
        day = self.day.date()
        if not self.ending.codes() or day is None or self.day.fault.text():
            return None
        if self.nothing.button.isChecked():
            return Ending(self.ending.codes(), day)
        if self.known.button.isChecked():
            return Ending(self.ending.codes(), day, self.into.codes())
        code = (self.code.value(),) if self.code.value() else ()
        return Ending(self.ending.codes(), day, code if self.name.value() else (), self.name.value())

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(tokens.BETWEEN)
        first.addWidget(Labelled(tr("Units that end (codes)"), self.ending), 3, Qt.AlignmentFlag.AlignTop)
        first.addWidget(Labelled(tr("Last day"), self.day), 2, Qt.AlignmentFlag.AlignTop)
        self.content.addLayout(first)
        group = QButtonGroup(self)
        line = FlowLayout(across=tokens.EDGE)
        for choice in (self.nothing, self.known, self.fresh):
            group.addButton(choice.button)
            line.addWidget(choice)
            choice.button.toggled.connect(lambda _on: self._turn())
        self.content.addLayout(line)
        self._into = Labelled(tr("Successors (codes)"), self.into)
        self._new = (
            Labelled(tr("Code of the new unit"), self.code),
            Labelled(tr("Name of the new unit"), self.name),
        )
        made = QHBoxLayout()
        made.setSpacing(tokens.BETWEEN)
        for part, share in zip(self._new, (1, 3), strict=True):
            made.addWidget(part, share, Qt.AlignmentFlag.AlignTop)
        self.content.addWidget(self._into)
        self.content.addLayout(made)
        self.content.addWidget(self._said)
        self.content.addWidget(self._fault)
        changes = (
            self.ending.changed,
            self.into.changed,
            self.day.field.textChanged,
            self.code.textChanged,
            self.name.textChanged,
            group.buttonToggled,
        )
        self.clear_on(self._fault, *changes)
        for change in (*changes, self.day.committed):
            change.connect(lambda *_: self._tell())

    def _turn(self) -> None:
        """Only what belongs to the choice is asked for."""
        set_shown(self._into, shown=self.known.button.isChecked())
        for part in self._new:
            set_shown(part, shown=self.fresh.button.isChecked())
        self._tell()
        self.fit()

    def _tell(self) -> None:
        """Say what would happen, as far as it can be told."""
        ending = self._asked()
        said = ""
        if ending is not None:
            try:
                changes = ending_units.look_at_ending(self._office, ending)
            except UserError:
                pass  # told when it is to be done: while one types, most of it is not there yet
            else:
                said = "\n".join(map(tr, ending_units.summary(changes, ending.on)))
        self._said.setText(said)
        self.grow()


def ask_ending(parent: QWidget | None, office: Office, unit: Unit) -> Changes | None:
    """What was changed, or None when cancelled. Called through the module, so that a test can answer."""
    dialog = EndDialog(parent, office, unit)
    return dialog.changes if dialog.exec() == QDialog.DialogCode.Accepted else None
