"""Choosing another figure to give: any input of the set that has no column yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from parindex_desktop.domain.scoring.inputs import InputKind
from parindex_desktop.domain.text import folded
from resources import msgid
from ui.language import tr
from ui.widgets.buttons import filled_button, plain_button
from ui.widgets.cells import Column
from ui.widgets.dialogs import Dialog
from ui.widgets.fields import LineField
from ui.widgets.labelled import Labelled
from ui.widgets.rows import Cell, RowsTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

    from parindex_desktop.domain.given_boards import Figure

_KINDS = {
    InputKind.COUNT: msgid("whole number"),
    InputKind.AMOUNT: msgid("amount"),
    InputKind.YES_NO: msgid("met or not"),
    InputKind.CHECK: msgid("yes or no"),
    InputKind.DATE: msgid("day"),
    InputKind.CHOICE: msgid("choice"),
}


class FigureDialog(Dialog):
    """Lists figures; `chosen` is the one that was picked."""

    def __init__(self, parent: QWidget | None, figures: Sequence[Figure]) -> None:
        super().__init__(
            parent,
            tr("Give another figure"),
            tr(
                "Choose what the province enters in the place of the units. They see it in their form and cannot "
                "change it."
            ),
        )
        self.resize(720, 520)
        self._figures = list(figures)
        self.chosen: Figure | None = None
        self.words = LineField(tr("Search (accents do not matter)"))
        self.words.textChanged.connect(lambda _text: self._list())
        columns = [
            (tr("Code"), Column(70, least=58)),
            (tr("Criterion"), Column(220, 3, least=140)),
            (tr("Figure"), Column(220, 3, least=140)),
            (tr("Kind of figure"), Column(110, least=90)),
        ]
        self.table: RowsTable[Figure] = RowsTable(tr("Figures"), columns, _cells, lambda row: row.key)
        self.table.activated.connect(lambda _index: self.accept())
        self.content.addWidget(Labelled(tr("Search (accents do not matter)"), self.words))
        self.content.addWidget(self.table, 1)
        self.add_button(plain_button(tr("Cancel"), self.reject))
        self.go = self.add_button(filled_button(tr("Add the column"), self.accept), default=True)
        self._list()
        self.words.setFocus()

    def accept(self) -> None:
        """Take the selected one."""
        self.chosen = self.table.current()
        if self.chosen is not None:
            super().accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down goes from the search into the list."""
        if event.key() == Qt.Key.Key_Down and self.words.hasFocus():
            self.table.setFocus()
        else:
            super().keyPressEvent(event)

    def _list(self) -> None:
        words = folded(self.words.text()).split()
        listed = [
            figure
            for figure in self._figures
            if all(
                word in folded(f"{figure.criterion.code} {figure.criterion.title} {figure.spec.title}")
                for word in words
            )
        ]
        self.table.show_rows(listed)
        self.go.setEnabled(bool(listed))


def ask_figure(parent: QWidget | None, figures: Sequence[Figure]) -> Figure | None:
    """The figure that was picked, None when cancelled. Called through the module, so that a test can answer instead."""
    dialog = FigureDialog(parent, figures)
    return dialog.chosen if dialog.exec() == QDialog.DialogCode.Accepted else None


def _cells(figure: Figure) -> Sequence[Cell]:
    return (
        Cell(figure.criterion.code, second=True),
        Cell(figure.criterion.title),
        Cell(figure.spec.title),
        Cell(tr(_KINDS[figure.spec.kind]), second=True),
    )
