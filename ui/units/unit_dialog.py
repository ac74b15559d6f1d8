"""One unit entered or renamed by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog

from parindex_desktop.domain.errors import UserError
from parindex_desktop.domain.units import Level
from parindex_desktop.services import register
from parindex_desktop.services.register import NewUnit
from ui.language import tr
from ui.theme.tokens import Tone
from ui.widgets.buttons import filled_button, plain_button
from ui.widgets.combo import ComboBox
from ui.widgets.dialogs import Dialog
from ui.widgets.fields import LineField
from ui.widgets.labelled import Labelled
from ui.widgets.labels import FieldError

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from parindex_desktop.domain.units import Unit
    from parindex_desktop.services.homes import Office


class UnitDialog(Dialog):
    """Asks for code, name, kind and the unit above; with `unit` only the name can be changed."""

    def __init__(self, parent: QWidget | None, office: Office, unit: Unit | None = None) -> None:
        super().__init__(
            parent,
            tr("Rename the unit") if unit else tr("Add a unit"),
            tr(
                "Code and name as in the administrative list: the code is text, zeros at the front count. Once a kit "
                "with the unit has gone out, its code is final and never given to another; until then a unit that was "
                "entered by mistake can be removed."
            ),
        )
        self._office = office
        self.entered: Unit | None = None
        self.code = LineField(tr("Code"), limit=20)
        self.name = LineField(tr("Name"), limit=300)
        self.level = ComboBox(tr("Kind"))
        for level in Level:
            if level is not Level.PROVINCE:
                self.level.addItem(tr(level.words), level)
        self.level.setCurrentIndex(self.level.findData(Level.COMMUNE))
        self.above = ComboBox(tr("Hands over to"))
        self.above.addItem(tr("the province"), "")
        for each in register.units(office):
            if each.level is Level.DISTRICT:
                self.above.addItem(f"{each.code} {each.name}", each.code)
        self._fault = FieldError()
        for field, title in (
            (self.code, tr("Code")),
            (self.name, tr("Name")),
            (self.level, tr("Kind")),
            (self.above, tr("Hands over to")),
        ):
            self.content.addWidget(Labelled(title, field))
        self.content.addWidget(self._fault)
        self.clear_on(
            self._fault,
            self.code.textChanged,
            self.name.textChanged,
            self.level.currentIndexChanged,
            self.above.currentIndexChanged,
        )
        self.add_button(plain_button(tr("Cancel"), self.reject))
        self.add_button(filled_button(tr("Rename") if unit else tr("Add"), self.accept), default=True)
        if unit is not None:
            self._show(unit)

    def accept(self) -> None:
        """Enter the unit, or say why not."""
        new = NewUnit(
            self.code.value(),
            self.name.value(),
            Level(self.level.currentData()),  # Qt gives a text back
            self.above.currentData(),
        )
        try:
            if self.code.isReadOnly():
                (self.entered,) = register.add_units(self._office, [new])
            else:
                self.entered = register.add_unit(self._office, new)
        except UserError as error:
            self._fault.show_fault(tr(error))
            return
        super().accept()

    def fault(self) -> str:
        """Why it was not entered."""
        return self._fault.text()

    def _show(self, unit: Unit) -> None:
        self.code.show_value(unit.code)
        self.code.setReadOnly(True)
        self.name.show_value(unit.name)
        self.level.setCurrentIndex(self.level.findData(unit.level))
        self.level.setEnabled(False)
        above = register.current_kit(self._office).units.get(unit.parent or "")
        self.above.setCurrentIndex(max(self.above.findData(above.code if above else ""), 0))
        self.name.setFocus()


def ask_unit(parent: QWidget | None, office: Office, unit: Unit | None = None) -> Unit | None:
    """The unit that was entered, or None when cancelled."""
    dialog = UnitDialog(parent, office, unit)
    return dialog.entered if dialog.exec() == QDialog.DialogCode.Accepted else None


class ReasonDialog(Dialog):
    """Asks why the keys of a unit are revoked."""

    def __init__(self, parent: QWidget | None, unit: Unit) -> None:
        super().__init__(
            parent,
            tr("Revoke the keys of “{name}”?", name=unit.name),
            tr(
                "For a lost or stolen machine, or a key that others may know. What was handed over until now stays "
                "believed; nothing new that these keys sign is taken in. It cannot be undone: the office makes a new "
                "key."
            ),
            Tone.CARE,
        )
        self.reason = LineField(tr("Reason"), limit=300)
        self._labelled = Labelled(tr("Reason (all offices read it in the kit)"), self.reason)
        self.content.addWidget(self._labelled)
        self.clear_on(self._labelled.fault, self.reason.textChanged)
        self.add_button(plain_button(tr("Cancel"), self.reject), default=True)
        self.add_button(filled_button(tr("Revoke"), self.accept))
        self.reason.setFocus()

    def accept(self) -> None:
        """Close only with a reason."""
        if self.reason.value():
            super().accept()
            return
        self._labelled.fault.show_fault(tr("Write the reason."))
        self.reason.setFocus()


def ask_reason(parent: QWidget | None, unit: Unit) -> str | None:
    """Why the keys of `unit` are revoked; None when cancelled."""
    dialog = ReasonDialog(parent, unit)
    return dialog.reason.value() if dialog.exec() == QDialog.DialogCode.Accepted else None
