"""Choosing this office among the units of a kit, by typing a part of its name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from parindex_desktop.domain.text import folded
from ui.language import tr
from ui.theme import tokens
from ui.widgets.buttons import filled_button, plain_button
from ui.widgets.cells import Column
from ui.widgets.dialogs import Dialog
from ui.widgets.labels import Role, WrapLabel
from ui.widgets.places import set_shown
from ui.widgets.views import TableView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject
    from PySide6.QtGui import QKeyEvent

    from parindex_desktop.domain.units import Unit

Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()
_DISPLAY = Qt.ItemDataRole.DisplayRole


class UnitsModel(QAbstractTableModel):
    """Units in their order, those that match what is searched."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[Unit, ...] = ()
        self._shown: tuple[Unit, ...] = ()

    def show_units(self, units: Sequence[Unit]) -> None:
        """Show all of these."""
        self._all = tuple(units)
        self.search("")

    def search(self, text: str) -> None:
        """Show only units whose name or code has `text` in it, accents aside."""
        wanted = folded(text).split()
        self.beginResetModel()
        self._shown = tuple(
            unit for unit in self._all if all(word in folded(f"{unit.code} {unit.name}") for word in wanted)
        )
        self.endResetModel()

    def unit(self, row: int) -> Unit:
        """The unit of a row."""
        return self._shown[row]

    def rowCount(self, parent: Index = _NONE) -> int:
        """One row for each unit."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = _NONE) -> int:
        """Code, name, level."""
        return 0 if parent.isValid() else 3

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """What one cell says."""
        if not index.isValid() or role != _DISPLAY:
            return None
        unit = self._shown[index.row()]
        return (unit.code, unit.name, tr(unit.level.words))[index.column()]

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        """Titles of the columns."""
        if orientation is Qt.Orientation.Horizontal and role == _DISPLAY:
            return (tr("Code"), tr("Name of the unit"), tr("Level"))[section]
        return None


class UnitPicker(QWidget):
    """A search field above the list of units."""

    chosen = Signal()
    """Another unit is selected, or none."""
    activated = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = UnitsModel(self)
        self.search = _Search()
        self.search.setPlaceholderText(tr("Search by name or code"))
        self.search.setAccessibleName(tr("Search by name or code"))
        self.search.textChanged.connect(self._search)
        self.table = TableView(
            tr("Units of the kit"), (Column(72), Column(160, 1, least=120), Column(150, least=110))
        )
        self.table.setModel(self.model)
        self.table.setMinimumHeight(150)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self.chosen.emit())
        self.table.activated.connect(lambda _index: self.activated.emit())
        self.search.down.connect(self.table.setFocus)
        self._none = WrapLabel(tr("No unit has this in its name or code."), Role.SECOND)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.INSIDE)
        column.addWidget(self.search)
        column.addWidget(self.table, 1)
        column.addWidget(self._none)
        set_shown(self._none, shown=False)
        self.setFocusProxy(self.search)

    def show_units(self, units: Sequence[Unit]) -> None:
        """Offer these units."""
        self.search.clear()
        self.model.show_units(units)

    def unit(self) -> Unit | None:
        """The unit selected."""
        rows = self.table.selectionModel().selectedRows()
        return self.model.unit(rows[0].row()) if rows else None

    def _search(self, text: str) -> None:
        self.model.search(text)
        set_shown(self._none, shown=not self.model.rowCount())
        if self.model.rowCount() == 1:
            self.table.setCurrentIndex(self.model.index(0, 0))
        self.chosen.emit()


class _Search(QLineEdit):
    """The search field: Down and Enter go to what was found."""

    down = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the list by the keyboard."""
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.down.emit()
            return
        super().keyPressEvent(event)


class UnitDialog(Dialog):
    """Asks which unit this office is."""

    def __init__(self, parent: QWidget | None, units: Sequence[Unit]) -> None:
        said = tr(
            "The kit does not say yet which unit this machine belongs to. "
            "The province confirms it by enrolling the key."
        )
        super().__init__(parent, tr("Which unit is this?"), said)
        self.setMinimumSize(560, 420)
        self.picker = UnitPicker()
        self.picker.show_units(units)
        self.content.addWidget(self.picker, 1)
        self.add_button(plain_button(tr("Cancel"), self.reject))
        self._go = self.add_button(filled_button(tr("Choose this unit"), self.accept), default=True)
        self._go.setEnabled(False)
        self.picker.chosen.connect(lambda: self._go.setEnabled(self.picker.unit() is not None))
        self.picker.setFocus()


def ask_unit(parent: QWidget | None, units: Sequence[Unit]) -> Unit | None:
    """The unit chosen, or None when cancelled. Called through the module, so that a test can answer instead."""
    dialog = UnitDialog(parent, units)
    return dialog.picker.unit() if dialog.exec() == QDialog.DialogCode.Accepted else None
