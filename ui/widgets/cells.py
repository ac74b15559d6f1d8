"""How the cells of every list are drawn: titles wrap, figures stand right, states are chips."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QTreeView

from ui import theme
from ui.theme import tokens
from ui.widgets.chips import HEIGHT, chip_width, paint_chip
from ui.widgets.wrapping import lines_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.widgets.signs import Sign

LINE: Final = tokens.leading(tokens.BODY)
"""Height of one line of text in a cell."""
PAD_X: Final = 9
PAD_Y: Final = (tokens.ROW - LINE) // 2
_MARK: Final = 3

Index = QModelIndex | QPersistentModelIndex


class CellRole(IntEnum):
    """What a model says of a cell beside its text (`DisplayRole`); each may be left out.

    A cell with a chip still has its words as `DisplayRole`: that is what a screen reader says.
    """

    SIGN = Qt.ItemDataRole.UserRole + 100
    """A `Sign`, drawn as a chip in the place of the text."""
    NOTE = Qt.ItemDataRole.UserRole + 101
    """Second text that follows the chip or the text."""
    STRONG = Qt.ItemDataRole.UserRole + 102
    """True: bold."""
    SECOND = Qt.ItemDataRole.UserRole + 103
    """True: in the colour of second text."""
    GROUP = Qt.ItemDataRole.UserRole + 104
    """True: the row heads a group (asked of its first column)."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list: its width, its share of the room that is left, and whether it holds figures.

    Where the room is short it gives way down to `least` (its texts wrap); without one it keeps its width.
    """

    width: int
    stretch: int = 0
    numeric: bool = False
    least: int | None = None

    @property
    def slack(self) -> int:
        """By how much it may give way."""
        return 0 if self.least is None else self.width - self.least


@dataclass(frozen=True, slots=True)
class _Look:
    """What one cell shows."""

    text: str
    sign: Sign | None
    note: str
    strong: bool
    second: bool


class CellDelegate(QStyledItemDelegate):
    """Draws the cells of a list with these columns; rows grow with their texts."""

    def __init__(self, columns: Sequence[Column], view: QTreeView | QTableView) -> None:
        super().__init__(view)
        self._columns = tuple(columns)
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Height that the cell needs at the present width of its column."""
        room = self._view.columnWidth(index.column()) - self._indent(index)
        return QSize(room, self.height(_look(index), room - 2 * PAD_X))

    def height(self, look: _Look, room: int) -> int:
        """Height of a cell whose text has `room` to run."""
        lines = len(_text_lines(look, room))
        if look.sign:
            lines = 1 + len(_note_lines(look, room)[1])
        return max(tokens.ROW, lines * LINE + 2 * PAD_Y) + 1

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the cell."""
        place: QRect = option.rect
        state = option.state
        first = index.column() == 0 and not isinstance(self._view, QTreeView)
        painter.save()
        paint_ground(
            painter, place, index, selected=bool(state & QStyle.StateFlag.State_Selected), mark=first
        )
        inner = place.adjusted(PAD_X, PAD_Y, -PAD_X, 0)
        look = _look(index)
        if look.sign:
            self._paint_sign(painter, inner, look)
        else:
            self._paint_text(painter, inner, look, self._alignment(index))
        painter.restore()

    def _paint_sign(self, painter: QPainter, inner: QRect, look: _Look) -> None:
        assert look.sign is not None
        ratio = self._view.devicePixelRatioF()
        paint_chip(painter, inner.translated(0, (LINE - HEIGHT) // 2), look.sign, ratio)
        beside, below = _note_lines(look, inner.width())
        painter.setFont(theme.font())
        painter.setPen(theme.colour("second"))
        after = inner.adjusted(chip_width(look.sign) + _NOTE_GAP, 0, 0, 0)
        _draw_lines(painter, after, (beside,), Qt.AlignmentFlag.AlignLeft)
        _draw_lines(painter, inner.translated(0, LINE), below, Qt.AlignmentFlag.AlignLeft)

    def _paint_text(self, painter: QPainter, inner: QRect, look: _Look, side: Qt.AlignmentFlag) -> None:
        painter.setFont(theme.font(strong=look.strong))
        painter.setPen(theme.colour("second" if look.second else "text"))
        own = _text_lines(_Look(look.text, None, "", look.strong, look.second), inner.width())
        _draw_lines(painter, inner, own, side)
        if look.note:
            painter.setFont(theme.font())
            painter.setPen(theme.colour("second"))
            rest = lines_in(look.note, inner.width(), tokens.BODY, strong=False)
            _draw_lines(painter, inner.translated(0, len(own) * LINE), rest, side)

    def _alignment(self, index: Index) -> Qt.AlignmentFlag:
        column = self._columns[index.column()] if index.column() < len(self._columns) else None
        return Qt.AlignmentFlag.AlignRight if column and column.numeric else Qt.AlignmentFlag.AlignLeft

    def _indent(self, index: Index) -> int:
        if not isinstance(self._view, QTreeView) or index.column() != self._view.treePosition():
            return 0
        depth = 1 if self._view.rootIsDecorated() else 0
        parent = index.parent()
        while parent.isValid():
            depth += 1
            parent = parent.parent()
        return depth * self._view.indentation()


def paint_ground(painter: QPainter, place: QRect, index: Index, *, selected: bool, mark: bool) -> None:
    """Draw what lies behind a cell: selection, group, the line below; with `mark` the bar of the selected row."""
    colours = theme.colours()
    group = index.sibling(index.row(), 0).data(CellRole.GROUP)
    ground = colours.accent_soft if selected else colours.band if group else colours.panel
    painter.fillRect(place, QColor(ground))
    painter.fillRect(QRect(place.left(), place.bottom(), place.width(), 1), QColor(colours.row_line))
    if selected and mark:
        painter.fillRect(QRect(place.left(), place.top(), _MARK, place.height()), QColor(colours.accent))


_NOTE_GAP: Final = 6


def _look(index: Index) -> _Look:
    def said(role: int) -> Any:
        return index.data(role)

    text = said(Qt.ItemDataRole.DisplayRole)
    return _Look(
        text="" if text is None else str(text),
        sign=said(CellRole.SIGN),
        note=said(CellRole.NOTE) or "",
        strong=bool(said(CellRole.STRONG)),
        second=bool(said(CellRole.SECOND)),
    )


def _text_lines(look: _Look, room: int) -> tuple[str, ...]:
    own = lines_in(look.text, room, tokens.BODY, strong=look.strong)
    return own + (lines_in(look.note, room, tokens.BODY, strong=False) if look.note else ())


def _note_lines(look: _Look, room: int) -> tuple[str, tuple[str, ...]]:
    """What of the note stands beside the chip, and the lines below it."""
    if not look.note or look.sign is None:
        return "", ()
    beside = room - chip_width(look.sign) - _NOTE_GAP
    first = lines_in(look.note, beside, tokens.BODY, strong=False)[0]
    if beside < LINE or (" " not in first and first != look.note):
        return "", lines_in(look.note, room, tokens.BODY, strong=False)
    rest = look.note[len(first) :].lstrip(" \n")
    return first, lines_in(rest, room, tokens.BODY, strong=False) if rest else ()


def _draw_lines(painter: QPainter, inner: QRect, lines: Sequence[str], side: Qt.AlignmentFlag) -> None:
    for number, line in enumerate(lines):
        place = QRect(inner.left(), inner.top() + number * LINE, inner.width(), LINE)
        painter.drawText(place, side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, line)
