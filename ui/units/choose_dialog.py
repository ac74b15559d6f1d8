"""Choosing several units from a list that is searched while one types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit

from parindex_desktop.domain.text import folded
from resources import msgid
from ui.language import tr
from ui.theme.icons import Icon
from ui.theme.tokens import Tone
from ui.widgets.buttons import filled_button, plain_button
from ui.widgets.cells import Column
from ui.widgets.dialogs import Dialog
from ui.widgets.labels import Role, WrapLabel
from ui.widgets.rows import Cell, RowsTable
from ui.widgets.signs import Sign

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

    from parindex_desktop.domain.units import Unit

CHOSEN = Sign(msgid("Chosen"), Tone.GOOD, Icon.COMPLETE)


class ChooseDialog(Dialog):
    """Offers `units`; those with the codes `chosen` are chosen at first. With `one` only one can be."""

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        units: Sequence[Unit],
        chosen: Collection[str],
        *,
        one: bool = False,
    ) -> None:
        super().__init__(
            parent, title, tr("Type a part of the name or code; Enter or the space bar chooses.")
        )
        self.resize(600, 480)
        self._one = one
        self._units = list(units)
        self.chosen = set(chosen) & {unit.code for unit in units}
        self.search = _Search(self)
        self.search.setPlaceholderText(tr("Search by name or code"))
        self.search.setAccessibleName(tr("Search by name or code"))
        self.search.textChanged.connect(self._narrow)
        columns = [
            (tr("Code"), Column(72)),
            (tr("Name of the unit"), Column(200, 1, least=120)),
            (tr("Level"), Column(140, least=100)),
            (tr("Choice"), Column(110)),
        ]
        self.table: RowsTable[Unit] = _Table(tr("Units"), columns, self._cells, lambda unit: unit.code, self)
        self.table.show_rows(self._units)
        self.table.activated.connect(lambda _index: self.toggle())
        self._count = WrapLabel("", Role.SECOND)
        for part in (self.search, self.table, self._count):
            self.content.addWidget(part)
        self.add_button(plain_button(tr("Cancel"), self.reject)).setAutoDefault(False)
        # Enter belongs to the list; Ctrl+Enter is nowhere needed, since Tab leads here.
        self.add_button(filled_button(tr("Choose these"), self.accept)).setAutoDefault(False)
        self._tell()
        self.search.setFocus()

    def toggle(self) -> None:
        """Choose the unit in hand, or let it go."""
        unit = self.table.current()
        if unit is None:
            return
        before = set(self.chosen)
        self.chosen ^= {unit.code}
        if self._one:
            self.chosen &= {unit.code}
        for row, each in enumerate(self._units):
            if each.code in before ^ self.chosen:
                self.table.rows.reword(row)
        self._tell()

    def _narrow(self, text: str) -> None:
        words = folded(text).split()
        self.table.narrow(
            [all(word in folded(f"{unit.code} {unit.name}") for word in words) for unit in self._units]
        )

    def _tell(self) -> None:
        self._count.setText(tr("{count} unit(s) chosen", count=len(self.chosen)))

    def _cells(self, unit: Unit) -> Sequence[Cell]:
        chosen = unit.code in self.chosen
        return (
            Cell(unit.code, second=True),
            Cell(unit.name, strong=chosen),
            Cell(tr(unit.level.words), second=True),
            Cell(tr(CHOSEN), CHOSEN) if chosen else Cell(),
        )


class _Search(QLineEdit):
    """The search field: Down goes to what was found, Enter chooses the first of it."""

    def __init__(self, dialog: ChooseDialog) -> None:
        super().__init__(dialog)
        self._dialog = dialog

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the list, or choose, by the keyboard."""
        if event.key() == Qt.Key.Key_Down:
            self._dialog.table.setFocus()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._dialog.toggle()
            self.selectAll()
        else:
            super().keyPressEvent(event)


class _Table(RowsTable["Unit"]):
    """The list, in which the space bar chooses too."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose the unit in hand."""
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self.activated.emit(self.currentIndex())
            return
        super().keyPressEvent(event)


def ask_units(
    parent: QWidget | None,
    title: str,
    units: Sequence[Unit],
    chosen: Collection[str],
    *,
    one: bool = False,
) -> list[str] | None:
    """The codes that were chosen, in order; None when cancelled.

    Called through the module, so that a test can answer.
    """
    dialog = ChooseDialog(parent, title, units, chosen, one=one)
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return None
    return [unit.code for unit in units if unit.code in dialog.chosen]
