"""The units in a table that is narrowed by words, kind and block; the selected one at the right."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from parindex_desktop.domain.text import sort_key
from parindex_desktop.domain.units import Level
from ui.language import tr
from ui.theme import tokens
from ui.units import rows
from ui.units.rows import UnitRow, Wanted
from ui.units.unit_card import UnitCard
from ui.widgets.combo import ComboBox
from ui.widgets.fields import CheckBox
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import WrapLabel
from ui.widgets.panels import Splitter
from ui.widgets.places import set_shown
from ui.widgets.rows import RowsTable

if TYPE_CHECKING:
    from collections.abc import Mapping, MutableMapping, Sequence

    from parindex_desktop.domain.units import Unit


class UnitList(QWidget):
    """The list of units; what may be done with the selected one is asked for by the signals of `card`."""

    def __init__(self, memory: MutableMapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._units: Mapping[str, Unit] = {}
        self._year: int | None = None
        self._wanted = Wanted()
        self.level = ComboBox(tr("Kind"))
        self.block = ComboBox(tr("Block"))
        self.ended = CheckBox(tr("also units that ended"))
        for combo in (self.level, self.block):
            combo.setMinimumWidth(150)
            combo.activated.connect(lambda _row: self._filter())
        self.ended.toggled.connect(lambda _on: self._filter())
        self.table: RowsTable[UnitRow] = RowsTable(
            tr("List of units"),
            rows.columns(),
            rows.cells,
            lambda row: row.unit.id,
            spare=(rows.BLOCK, rows.ABOVE),
        )
        self.card = UnitCard()
        self.table.chosen.connect(self._show_chosen)
        self._nothing = WrapLabel(tr("No unit fits. Escape ends the search; or choose other lists above."))
        self._fold_later = QTimer(self, singleShot=True, interval=0)
        self._fold_later.timeout.connect(self._fold)
        listed = QWidget()
        left = QVBoxLayout(listed)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(tokens.INSIDE)
        line = FlowLayout(across=tokens.BETWEEN)
        for part in (self.level, self.block, self.ended):
            line.addWidget(part)
        left.addLayout(line)
        left.addWidget(self._nothing)
        left.addWidget(self.table, 1)
        left.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Splitter(memory, "units", listed, self.card, 66))
        self.setFocusProxy(self.table)

    def show_units(self, listed: Sequence[UnitRow], units: Mapping[str, Unit], year: str | None) -> None:
        """Show these; the selected one and what they are narrowed by stay. `units` are all of the register."""
        self._units, self._year = units, int(year) if year else None
        self._offer(listed)
        self.table.show_rows(listed)
        self._filter()
        self._fold_later.start()

    def search(self, text: str) -> None:
        """List only units with these words in code, name or block."""
        self._wanted = replace(self._wanted, words=text)
        self._narrow()

    def choose(self, unit: str) -> None:
        """Select a unit by its id, whatever the list is narrowed by."""
        row = next((each for each in self.table.rows.rows() if each.unit.id == unit), None)
        if row is not None and row not in self.table.listed():
            self.ended.setChecked(self.ended.isChecked() or row.ended)
            self.level.setCurrentIndex(0)
            self.block.setCurrentIndex(0)
            self._filter()
        self.table.choose(unit)

    def beside_current(self) -> str | None:
        """The id of the unit below the selected one, else of the one above it."""
        listed = [row.unit.id for row in self.table.listed()]
        current = self.table.current()
        if current is None:
            return None
        place = listed.index(current.unit.id)
        return next(iter(listed[place + 1 : place + 2] or listed[:place][-1:]), None)

    def _offer(self, units: Sequence[UnitRow]) -> None:
        """The kinds and blocks that there are; what was chosen stays."""
        level, block = self.level.currentData(), self.block.currentData()
        self.level.clear()
        self.level.addItem(tr("All kinds"), None)
        known = {row.unit.level for row in units}
        for each in Level:
            if each in known:
                self.level.addItem(tr(each.words), each)
        self.block.clear()
        self.block.addItem(tr("All blocks"), None)
        blocks = sorted({row.unit.block for row in units}, key=sort_key)
        for name in blocks if any(blocks) else ():
            self.block.addItem(name or tr("Without a block"), name)
        for combo, value in ((self.level, level), (self.block, block)):
            combo.setCurrentIndex(max(combo.findData(value), 0))
        empty = {rows.BLOCK} if not any(blocks) else set()
        self.table.leave_out(
            empty if any(row.above and not row.ended for row in units) else {*empty, rows.ABOVE}
        )
        set_shown(self.level, shown=len(known) > 1)
        set_shown(self.block, shown=any(blocks))
        set_shown(self.ended, shown=any(row.ended for row in units))

    def _filter(self) -> None:
        level = self.level.currentData()
        self._wanted = Wanted(
            self._wanted.words,
            Level(level) if level is not None else None,  # Qt gives a text back
            self.block.currentData(),
            self.ended.isChecked(),
        )
        self._narrow()

    def _narrow(self) -> None:
        chosen = self._wanted.chosen(self.table.rows.rows())
        set_shown(self._nothing, shown=not any(chosen))
        set_shown(self.table, shown=any(chosen))
        self.table.narrow(chosen)

    def _show_chosen(self) -> None:
        self.card.show_unit(self.table.current(), self._units, self._year)

    def _fold(self) -> None:
        """Put the texts into the form that a search compares, so that its first letter need not wait for them."""
        for row in self.table.rows.rows():
            _ = row.text
