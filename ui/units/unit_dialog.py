"""One unit entered or changed by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QDialog, QGridLayout

from parindex_desktop.domain.blocks import block_warnings
from parindex_desktop.domain.text import sort_key
from parindex_desktop.domain.unit_changes import NewUnit, described
from parindex_desktop.domain.unit_entries import LONGEST_BLOCK, LONGEST_CODE
from parindex_desktop.domain.units import Level, Unit
from parindex_desktop.services import register
from parindex_desktop.services.register import UnitFaulty
from ui.language import tr
from ui.theme import tokens
from ui.units.codes_field import CodesField
from ui.units.entry_dialog import EntryDialog
from ui.widgets.combo import ComboBox
from ui.widgets.dates import DateEdit
from ui.widgets.fields import LineField
from ui.widgets.labelled import Labelled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import SignalInstance
    from PySide6.QtWidgets import QWidget

    from parindex_desktop.domain.errors import UserError
    from parindex_desktop.domain.messages import Message
    from parindex_desktop.services.homes import Office

_WIDTH = 780
"""Four dates with their buttons side by side."""


class UnitDialog(EntryDialog["Unit"]):
    """Asks for everything about a unit; of a known one code and kind stay."""

    def __init__(self, parent: QWidget | None, office: Office, unit: Unit | None = None) -> None:
        super().__init__(
            parent,
            tr("Change the unit") if unit else tr("Add a unit"),
            tr(
                "Code and name as in the administrative list: the code is text, zeros at the front count. Once a kit "
                "with the unit has gone out, its code is final and never given to another; until then a unit that was "
                "entered by mistake can be removed."
            ),
            _WIDTH,
        )
        self._office = office
        self._unit = unit
        units = register.units(office)
        self.code = LineField(tr("Code"), limit=LONGEST_CODE)
        self.name = LineField(tr("Name"), limit=300)
        self.level = ComboBox(tr("Kind"))
        for level in Level:
            if level is not Level.PROVINCE:
                self.level.addItem(tr(level.words), level)
        self.level.setCurrentIndex(self.level.findData(Level.COMMUNE))
        self.above = ComboBox(tr("Hands over to"))
        self.above.addItem(tr("the province"), "")
        for each in units:
            if each.level is Level.DISTRICT and (each.valid_to is None or (unit and unit.parent == each.id)):
                self.above.addItem(f"{each.code} {each.name}", each.code)
        self.block = LineField(tr("Block"), limit=LONGEST_BLOCK)
        self.block.setCompleter(_completer(sorted({each.block for each in units} - {""}, key=sort_key)))
        self.successors = CodesField(tr("Successors (codes)"), [each for each in units if each is not unit])
        self.days = {
            "valid_from": DateEdit(tr("From")),
            "valid_to": DateEdit(tr("To (last day)")),
            "counted_from": DateEdit(tr("Figures from")),
            "counted_to": DateEdit(tr("Figures to")),
        }
        self._lay_out()
        self.finish(tr("Save") if unit else tr("Add"), *self._changes())
        self.successors.changed.connect(self.grow)
        self.block.committed.connect(lambda _block: self._look_at_block(units))
        if unit is not None:
            self._show(described(register.current_kit(office).units, unit))

    def enter(self) -> Unit | None:
        """Write the unit, unless a date cannot be read."""
        for day in self.days.values():
            day.field.commit()
            if day.fault.text():
                day.setFocus()
                return None
        new = NewUnit(
            self.code.value(),
            self.name.value(),
            Level(self.level.currentData()),  # Qt gives a text back
            self.above.currentData(),
            self.block.value(),
            successors=self.successors.codes(),
            **{name: day.date() for name, day in self.days.items()},
        )
        if self._unit is None:
            return register.add_unit(self._office, new)
        (changed,) = register.add_units(self._office, [new])
        return changed

    def _look_at_block(self, units: Sequence[Unit]) -> None:
        """Say that nobody has the block yet: it may be a slip of the pen."""
        typed = Unit("", "", "", Level.COMMUNE, None, block=self.block.value())
        said = "\n".join(map(tr, block_warnings(units, [typed])))
        self.places["block"].fault.show_note(said)
        self.grow()

    def faults_of(self, error: UserError) -> Sequence[tuple[str, Message]]:
        """All that a unit has."""
        return [(each.field, each.message) for each in error.faults] if isinstance(error, UnitFaulty) else ()

    def _lay_out(self) -> None:
        """Each field with its name, side by side so that all of it fits on a low screen."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(tokens.BETWEEN)
        grid.setVerticalSpacing(tokens.INSIDE)
        for name, words, field, row, column, span in (
            ("code", tr("Code"), self.code, 0, 0, 2),
            ("level", tr("Kind"), self.level, 0, 2, 3),
            ("parent_code", tr("Hands over to"), self.above, 0, 5, 3),
            ("name", tr("Name"), self.name, 1, 0, 8),
            ("block", tr("Block"), self.block, 2, 0, 4),
            ("successors", tr("Successors (codes)"), self.successors, 2, 4, 4),
            ("valid_from", tr("From"), self.days["valid_from"], 3, 0, 2),
            ("valid_to", tr("To (last day)"), self.days["valid_to"], 3, 2, 2),
            ("counted_from", tr("Figures from"), self.days["counted_from"], 3, 4, 2),
            ("counted_to", tr("Figures to"), self.days["counted_to"], 3, 6, 2),
        ):
            self.places[name] = Labelled(words, field)
            grid.addWidget(self.places[name], row, column, 1, span, Qt.AlignmentFlag.AlignTop)
        for column in range(8):
            grid.setColumnStretch(column, 1)
        for combo in (self.level, self.above):
            combo.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.content.addLayout(grid)

    def _changes(self) -> list[SignalInstance]:
        """What an officer may change after a fault was told."""
        return [
            self.code.textChanged,
            self.name.textChanged,
            self.block.textChanged,
            self.successors.changed,
            self.level.currentIndexChanged,
            self.above.currentIndexChanged,
            *(day.field.textChanged for day in self.days.values()),
        ]

    def _show(self, unit: NewUnit) -> None:
        self.code.show_value(unit.code)
        self.code.setReadOnly(True)
        self.name.show_value(unit.name)
        self.level.setCurrentIndex(self.level.findData(unit.level))
        self.level.setEnabled(False)
        if self.above.findData(unit.parent_code) < 0:
            self.above.addItem(unit.parent_code, unit.parent_code)
        self.above.setCurrentIndex(self.above.findData(unit.parent_code))
        self.block.show_value(unit.block)
        self.successors.show_codes(unit.successors)
        for name, day in self.days.items():
            day.show_date(getattr(unit, name))
        self.name.setFocus()


def _completer(words: list[str]) -> QCompleter:
    """Proposes the blocks that there are, so that one block is not written in two ways."""
    completer = QCompleter(words)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    return completer


def ask_unit(parent: QWidget | None, office: Office, unit: Unit | None = None) -> Unit | None:
    """The unit that was entered, or None when cancelled."""
    dialog = UnitDialog(parent, office, unit)
    return dialog.entered if dialog.exec() == QDialog.DialogCode.Accepted else None
