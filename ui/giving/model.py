"""The figures given as a table: a row for all units, then one for each; a column for each figure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from parindex_desktop.domain.errors import ParIndexError
from parindex_desktop.domain.scoring.inputs import YES, InputKind
from parindex_desktop.domain.scoring.showing import shown_input
from parindex_desktop.services.giving import FiguresFaulty
from resources import msgid
from ui.form.wording import field_text
from ui.language import tr
from ui.theme.icons import Icon
from ui.theme.tokens import Tone
from ui.widgets.cells import CellRole
from ui.widgets.signs import Sign

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtCore import QObject

    from parindex_desktop.domain.given_boards import Board, Figure, Place
    from parindex_desktop.domain.messages import Message
    from parindex_desktop.domain.units import Unit
    from ui.giving.work import GivenWork

Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()
_DISPLAY = Qt.ItemDataRole.DisplayRole
_EDIT = Qt.ItemDataRole.EditRole

FIRST: Final = 2
"""The column of the first figure, after code and name."""
UNREAD: Final = Sign(msgid("Not readable"), Tone.WRONG, Icon.WARNING)


class GivenModel(QAbstractTableModel):
    """Shows what `work` gives of the `figures` of a `board`, and gives what was typed.

    What cannot be read stays in its cell until it is mended; nothing of it is given.
    """

    written = Signal()
    """Something is given otherwise now."""

    refused = Signal(object)
    """Nothing of several cells was given: the error that says why."""

    def __init__(
        self,
        work: GivenWork,
        board: Board,
        figures: Sequence[Figure],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._work = work
        self._board = board
        self.figures = tuple(figures)
        self._rows: list[Unit | None] = [None, *board.units]
        self._unread: dict[Place, tuple[str, Message]] = {}

    def show_units(self, units: Sequence[Unit]) -> None:
        """Show only these, below the row for all."""
        self.beginResetModel()
        self._rows = [None, *units]
        self.endResetModel()

    def unit(self, row: int) -> Unit | None:
        """The unit of a row; None in the row for all."""
        return self._rows[row]

    def figure(self, column: int) -> Figure | None:
        """The figure of a column; None in the columns before."""
        return self.figures[column - FIRST] if column >= FIRST else None

    def given(self, index: Index) -> str | None:
        """What is given there by name, in canonical form."""
        figure = self.figure(index.column())
        return None if figure is None else self._text(self._rows[index.row()], figure)

    def described(self, index: Index) -> str:
        """Which unit and which figure a cell is about, and what it says."""
        unit, figure = self._rows[index.row()], self.figure(index.column())
        who = unit.name if unit else tr("All units")
        if figure is None:
            return who
        values = {"unit": who, "code": figure.criterion.code, "title": figure.spec.title}
        text = self._shown(figure, self._text(unit, figure))
        if text:
            return tr("{unit} · {code} {title}: {value}", value=text, **values)
        if unit is not None and (all_text := self._shown(figure, self._text(None, figure))):
            return tr("{unit} · {code} {title}: {value} (given to all units)", value=all_text, **values)
        return tr("{unit} · {code} {title}: not given, the unit enters it", **values)

    def fault(self, index: Index) -> str:
        """Why what was typed there is not given; empty where nothing is wrong."""
        figure = self.figure(index.column())
        unread = self._unread.get(figure.place(self._rows[index.row()])) if figure else None
        return tr(unread[1]) if unread else ""

    def write(self, typed: Mapping[tuple[int, int], str]) -> bool:
        """Give what was typed into cells (row, column); of several cells all or none. False where nothing was given."""
        cells: dict[Place, str] = {}
        for (row, column), text in typed.items():
            figure = self.figure(column)
            assert figure is not None
            cells[figure.place(self._rows[row])] = text
        try:
            self._work.give(cells)
        except FiguresFaulty as error:
            if len(cells) > 1:
                self.refused.emit(error)
                return False
            ((place, text),) = cells.items()
            self._unread[place] = text, cast("Message", error.faults[0].values["fault"])
            self._changed(typed)
            return False
        except ParIndexError as error:
            self.refused.emit(error)
            return False
        for place in cells:
            self._unread.pop(place, None)
        self._changed(typed)
        self.written.emit()
        return True

    def show_again(self, places: Sequence[Place]) -> tuple[int, int] | None:
        """What stands at these places is another now; the cell (row, column) of the first that is shown."""
        for place in places:
            self._unread.pop(place, None)
        bottom, right = len(self._rows) - 1, self.columnCount() - 1
        self.dataChanged.emit(self.index(0, FIRST), self.index(bottom, right))
        wanted = set(places)
        return next(
            (
                (row, FIRST + at)
                for row, unit in enumerate(self._rows)
                for at, figure in enumerate(self.figures)
                if figure.place(unit) in wanted
            ),
            None,
        )

    # What Qt asks.

    def rowCount(self, parent: Index = _NONE) -> int:
        """One for all units, and one for each."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NONE) -> int:
        """Code, name, and the figures."""
        return 0 if parent.isValid() else FIRST + len(self.figures)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Figures can be edited."""
        own = super().flags(index)
        return own | Qt.ItemFlag.ItemIsEditable if index.column() >= FIRST else own

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """What one cell says in a role."""
        if not index.isValid():
            return None
        unit, figure = self._rows[index.row()], self.figure(index.column())
        if figure is None:
            return self._head(unit, index.column(), role)
        unread = self._unread.get(figure.place(unit))
        own = self._text(unit, figure)
        to_all = None if own is not None else self._text(None, figure)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return unread[0] if unread else self._shown(figure, own if own is not None else to_all)
            case Qt.ItemDataRole.EditRole:
                return unread[0] if unread else _typed(figure, own)
            case CellRole.SIGN:
                return UNREAD if unread else None
            case CellRole.NOTE:
                return unread[0] if unread else ""
            case CellRole.SECOND:
                return own is None
        return None

    def setData(self, index: Index, value: Any, role: int = _EDIT) -> bool:
        """Give what was typed, if it differs from what stands there."""
        if role != _EDIT or not index.isValid() or index.column() < FIRST:
            return False
        if str(value).strip() == (self.data(index, _EDIT) or ""):
            return False
        return self.write({(index.row(), index.column()): str(value)})

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        """Titles of the columns."""
        if orientation is not Qt.Orientation.Horizontal or role != _DISPLAY:
            return None
        figure = self.figure(section)
        if figure is None:
            return tr("Code") if section == 0 else tr("Unit")
        return tr("{code} {title}", code=figure.criterion.code, title=figure.spec.title)

    # Inside.

    def _head(self, unit: Unit | None, column: int, role: int) -> Any:
        if role == _DISPLAY:
            if unit is None:
                return "" if column == 0 else tr("All units")
            return unit.code if column == 0 else unit.name
        if role == CellRole.STRONG:
            return unit is None
        return column == 0 if role == CellRole.SECOND else None

    def _text(self, unit: Unit | None, figure: Figure) -> str | None:
        return self._work.text(self._board, unit, figure)

    def _shown(self, figure: Figure, text: str | None) -> str:
        return "" if text is None else tr("{value}", value=shown_input(figure.spec, text))

    def _changed(self, cells: Mapping[tuple[int, int], str]) -> None:
        rows, columns = [row for row, _ in cells], [column for _, column in cells]
        last = len(self._rows) - 1 if min(rows) == 0 else max(rows)  # others show what is given to all
        self.dataChanged.emit(self.index(min(rows), min(columns)), self.index(last, max(columns)))


def _typed(figure: Figure, text: str | None) -> str:
    """A figure as an officer would type it, so that it is read back as it is."""
    if text is None or not figure.spec.accepts(text):
        return text or ""
    match figure.spec.kind:
        case InputKind.COUNT | InputKind.AMOUNT:
            return field_text(figure.spec, text)
        case InputKind.YES_NO | InputKind.CHECK:
            return tr("yes") if text == YES else tr("no")
    return tr("{value}", value=shown_input(figure.spec, text))
