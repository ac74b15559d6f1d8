"""A table of plain values: one row for each, drawn by cells that a page words; the selected row stays selected."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from ui.language import tr
from ui.widgets.cells import CellRole, Column
from ui.widgets.views import TableView

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

    from PySide6.QtCore import QObject
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QWidget

    from ui.widgets.signs import Sign

T = TypeVar("T")

Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()
_DISPLAY = Qt.ItemDataRole.DisplayRole


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell shows: a text or a chip, a note after it, in bold or in the second colour."""

    text: str = ""
    sign: Sign | None = None
    note: str = ""
    strong: bool = False
    second: bool = False

    def spoken(self) -> str:
        """The words of the cell."""
        return self.text or (tr(self.sign) if self.sign else "")

    def in_role(self, role: int) -> Any:
        """What a model of cells says in a role of Qt's or of `CellRole`; None in any other."""
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.spoken()
            case Qt.ItemDataRole.ToolTipRole:
                return self.spoken() if self.sign else None
            case CellRole.SIGN:
                return self.sign
            case CellRole.NOTE:
                return self.note
            case CellRole.STRONG:
                return self.strong
            case CellRole.SECOND:
                return self.second
        return None


class RowsModel(QAbstractTableModel, Generic[T]):
    """Rows of values; `cells` words one of them, a cell for each of the `titles`."""

    def __init__(
        self, titles: Sequence[str], cells: Callable[[T], Sequence[Cell]], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._titles = tuple(titles)
        self._word = cells
        self._rows: list[T] = []
        self._cells: dict[int, Sequence[Cell]] = {}

    def show_rows(self, rows: Sequence[T]) -> None:
        """Show these."""
        self.beginResetModel()
        self._rows = list(rows)
        self._cells.clear()
        self.endResetModel()

    def reword(self, row: int) -> None:
        """A row says something else now."""
        self._cells.pop(row, None)
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(self._titles) - 1))

    def rows(self) -> Sequence[T]:
        """What is shown."""
        return self._rows

    def cell(self, row: int, column: int) -> Cell:
        """What one cell shows; its row is put into words when it is first asked for."""
        if row not in self._cells:
            self._cells[row] = self._word(self._rows[row])
        return self._cells[row][column]

    def rowCount(self, parent: Index = _NONE) -> int:
        """One for each value."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NONE) -> int:
        """One for each title."""
        return 0 if parent.isValid() else len(self._titles)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """What one cell says in a role."""
        if not index.isValid():
            return None
        return self.cell(index.row(), index.column()).in_role(role)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        """Titles of the columns."""
        if orientation is Qt.Orientation.Horizontal and role == _DISPLAY:
            return self._titles[section]
        return None


class RowsTable(TableView, Generic[T]):
    """A table of a `RowsModel`; `key` names a row, so that it stays selected when the rows come anew."""

    chosen = Signal()
    """Another row is selected, or the selected one came anew."""

    first = True
    """Whether the first row is selected where none was before."""

    def __init__(
        self,
        name: str,
        columns: Sequence[tuple[str, Column]],
        cells: Callable[[T], Sequence[Cell]],
        key: Callable[[T], Hashable],
        parent: QWidget | None = None,
        *,
        spare: Sequence[int] = (),
    ) -> None:
        """`columns` are their titles with their widths; `spare` ones go first where the room is short."""
        widths = [column for _, column in columns]
        super().__init__(name, widths, parent)
        self._least = [column.width - column.slack for column in widths]
        self._spare = tuple(spare)
        self._left_out: frozenset[int] = frozenset()
        self._key = key
        self._hidden: set[int] = set()
        self.rows: RowsModel[T] = RowsModel([title for title, _ in columns], cells, self)
        self.setModel(self.rows)

    def show_rows(self, rows: Sequence[T]) -> None:
        """Show these; the selected row stays so where it is still among them, else the first is."""
        current = self.current()
        kept = self._key(current) if current is not None else None
        scrolled = self.verticalScrollBar().value()
        self._set_hidden(set())
        self.rows.show_rows(rows)
        keys = [self._key(row) for row in rows]
        self.verticalScrollBar().setValue(scrolled)
        if kept in keys or (keys and self.first):
            self.setCurrentIndex(self.rows.index(keys.index(kept) if kept in keys else 0, 0))
        else:
            self.chosen.emit()

    def narrow(self, wanted: Sequence[bool]) -> None:
        """Let only those rows be in view that are `wanted`; the others stay, hidden, so that nothing is made anew.

        A selected row that is not in view any more gives way to the first that is.
        """
        self._set_hidden({row for row, is_wanted in enumerate(wanted) if not is_wanted})
        current = self.currentIndex()
        if current.isValid() and current.row() not in self._hidden:
            self.scrollTo(current)
            return
        first = next((row for row, is_wanted in enumerate(wanted) if is_wanted), -1)
        self.setCurrentIndex(self.rows.index(first, 0))
        if first < 0:
            self.chosen.emit()

    def listed(self) -> list[T]:
        """The rows in view."""
        return [value for row, value in enumerate(self.rows.rows()) if row not in self._hidden]

    def _set_hidden(self, hidden: set[int]) -> None:
        header = self.verticalHeader()
        header.setUpdatesEnabled(False)  # else each row is drawn and measured by itself
        for row in hidden ^ self._hidden:
            header.setSectionHidden(row, row in hidden)
        header.setUpdatesEnabled(True)
        self._hidden = hidden
        self._fitter.rows_later()

    def choose(self, key: Hashable) -> None:
        """Select the row of that name, if it is shown."""
        keys = [self._key(row) for row in self.rows.rows()]
        if key in keys:
            self.setCurrentIndex(self.rows.index(keys.index(key), 0))

    def current(self) -> T | None:
        """The value of the selected row."""
        row = self.currentIndex().row()
        return self.rows.rows()[row] if 0 <= row < len(self.rows.rows()) else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave columns out where not all of them have room."""
        super().resizeEvent(event)
        self._fit_columns()

    def leave_out(self, columns: Iterable[int]) -> None:
        """Leave out those of the `spare` columns that would say the same, or nothing, in every row."""
        self._left_out = frozenset(columns)
        self._fit_columns()

    def _fit_columns(self) -> None:
        needed = sum(self._least) - sum(self._least[column] for column in self._left_out)
        for column in self._spare:
            lacks = column not in self._left_out and needed > self.viewport().width()
            self.setColumnHidden(column, lacks or column in self._left_out)
            needed -= self._least[column] * lacks
        self._fitter.fit()

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Another row is in hand."""
        super().currentChanged(current, previous)
        if current.isValid() and current.row() != previous.row():
            self.chosen.emit()


class FittedTable(RowsTable[T]):
    """A table as high as its rows, inside a panel that scrolls; it is read, so no row is selected at first."""

    first = False

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def fit_rows(self) -> None:
        """Give each row its height, and the table that of all of them."""
        super().fit_rows()
        self.setFixedHeight(self.horizontalHeader().height() + self.verticalHeader().length() + 2)
