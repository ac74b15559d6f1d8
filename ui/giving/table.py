"""The table in which figures are typed: cells are edited in place, and exchanged with a spreadsheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QWidget

from parindex_desktop.domain.scoring.inputs import NO, YES, InputKind
from ui.giving.model import FIRST, GivenModel
from ui.language import tr
from ui.widgets.cells import CellDelegate, Column, Index
from ui.widgets.combo import ComboBox
from ui.widgets.fields import LineField
from ui.widgets.views import TableView

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtCore import QAbstractItemModel
    from PySide6.QtGui import QFocusEvent, QKeyEvent
    from PySide6.QtWidgets import QStyleOptionViewItem

_PICKED: Final = {InputKind.YES_NO, InputKind.CHECK, InputKind.CHOICE}


class FigureDelegate(CellDelegate):
    """Edits a figure: typed ones in a line, picked ones in a list."""

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """The editor that fits the figure."""
        model = cast("GivenModel", index.model())
        figure = model.figure(index.column())
        assert figure is not None
        name = model.described(index)
        if figure.spec.kind not in _PICKED:
            line = LineField(name, parent, limit=100)
            line.committed.connect(lambda _text: self._left(line))
            return line
        box = ComboBox(name, parent)
        options = [(option.id, option.title) for option in figure.spec.options]
        for value, words in [("", "–"), *(options or [(YES, tr("yes")), (NO, tr("no"))])]:
            box.addItem(words, value)
        return box

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show what is given by name."""
        if isinstance(editor, ComboBox):
            given = cast("GivenModel", index.model()).given(index)
            editor.setCurrentIndex(max(0, editor.findData(given)))
        elif isinstance(editor, LineField):
            editor.show_value(str(index.data(Qt.ItemDataRole.EditRole) or ""))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Give what was typed or picked."""
        text = editor.currentData() if isinstance(editor, ComboBox) else cast("LineField", editor).value()
        model.setData(cast("QModelIndex", index), text)

    def _left(self, line: LineField) -> None:
        """The page is being left in the middle of typing; otherwise Qt commits by itself."""
        if line.hasFocus():
            self.commitData.emit(line)


class GivenTable(TableView):
    """Enter, F2 or typing edits a cell, Delete empties those selected, Ctrl+C and Ctrl+V work as in a spreadsheet."""

    moved = Signal()
    """Another cell is in hand."""

    misfit = Signal(str)
    """What was pasted has no room there; why, in the reader's language."""

    def __init__(self, name: str, columns: Sequence[Column], model: GivenModel) -> None:
        super().__init__(name, columns)
        self.setItemDelegate(FigureDelegate(columns, self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.AnyKeyPressed | triggers.EditKeyPressed | triggers.DoubleClicked)
        self.figures = model
        model.setParent(self)  # they come and go together
        self.setModel(model)
        self.activated.connect(self.edit)

    def choose(self, row: int, column: int) -> None:
        """Take a cell in hand."""
        self.setCurrentIndex(self.figures.index(row, column))

    def copy(self) -> None:
        """Put the selected cells on the clipboard, as spreadsheets exchange them."""
        lines: dict[int, list[str]] = {}
        for index in sorted(self.selectedIndexes(), key=lambda each: (each.row(), each.column())):
            role = Qt.ItemDataRole.EditRole if index.column() >= FIRST else Qt.ItemDataRole.DisplayRole
            lines.setdefault(index.row(), []).append(str(index.data(role) or ""))
        QGuiApplication.clipboard().setText("\n".join("\t".join(line) for line in lines.values()))

    def paste(self) -> None:
        """Give what the clipboard holds, from the first selected cell on; one value fills all selected cells."""
        block = _block(QGuiApplication.clipboard().text())
        chosen = self._chosen()
        if not block or not chosen:
            return
        if len(block) == len(block[0]) == 1:
            cells = dict.fromkeys(chosen, block[0][0])
        else:
            top, left = min(chosen)
            cells = {
                (top + row, left + column): text
                for row, line in enumerate(block)
                for column, text in enumerate(line)
            }
        self._write(cells)

    def clear(self) -> None:
        """Take back what is given in the selected cells."""
        cells = dict.fromkeys((cell for cell in self._chosen() if cell[1] >= FIRST), "")
        if cells:
            self._write(cells)

    # What Qt tells.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy, paste and clear; everything else as in other lists, but for what an editor lets through."""
        if self.state() is QAbstractItemView.State.EditingState:
            event.accept()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.clear()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard arrives at a figure."""
        if not self.selectionModel().hasSelection() and self.figures.columnCount() > FIRST:
            self.choose(0, FIRST)
        super().focusInEvent(event)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Another cell is in hand."""
        super().currentChanged(current, previous)
        self.moved.emit()

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Enter goes on to the cell below, as in a spreadsheet."""
        super().closeEditor(editor, hint)
        below = self.currentIndex().siblingAtRow(self.currentIndex().row() + 1)
        if hint is QAbstractItemDelegate.EndEditHint.SubmitModelCache and below.isValid():
            self.selectionModel().setCurrentIndex(below, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.moved.emit()

    # Inside.

    def _chosen(self) -> list[tuple[int, int]]:
        return [(index.row(), index.column()) for index in self.selectedIndexes()]

    def _write(self, cells: dict[tuple[int, int], str]) -> None:
        rows, columns = self.figures.rowCount(), self.figures.columnCount()
        if not all(row < rows and FIRST <= column < columns for row, column in cells):
            size = _size(cells)
            self.misfit.emit(
                tr(
                    "{rows} × {columns} cells have no room there, so nothing was pasted. Choose the first cell of a "
                    "figure above, or list all units.",
                    rows=size[0],
                    columns=size[1],
                )
            )
            return
        self.figures.write(cells)
        self.moved.emit()


def _block(text: str) -> list[list[str]]:
    """The rows and columns that a spreadsheet puts on the clipboard."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")
    return [line.split("\t") for line in lines] if text.strip() else []


def _size(cells: Iterable[tuple[int, int]]) -> tuple[int, int]:
    return len({row for row, _ in cells}), len({column for _, column in cells})
