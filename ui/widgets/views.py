"""Lists: a tree and a table whose titles wrap, whose rows fit, and that are walked by the keyboard."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPainterPath, QRegion
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QTreeView

from ui import theme
from ui.theme import icons, tokens
from ui.theme.icons import Icon
from ui.widgets.cells import LINE, PAD_X, PAD_Y, CellDelegate, Column, Index, paint_ground
from ui.widgets.wrapping import lines_in, pieces

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFocusEvent
    from PySide6.QtWidgets import QWidget

_HEADER_LINE: Final = tokens.leading(tokens.SMALL)


class Header(QHeaderView):
    """The titles of the columns: they wrap, and stand right above figures."""

    def __init__(self, columns: Sequence[Column], parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._columns = tuple(columns)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(24)
        self.setSectionsClickable(False)
        self.setHighlightSections(False)

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Stand above these."""
        self._columns = tuple(columns)

    def sectionSizeFromContents(self, section: int) -> QSize:
        """Height for all lines of the title at the present width."""
        lines = self._lines(section, self.sectionSize(section))
        return QSize(24, len(lines) * _HEADER_LINE + 2 * PAD_Y + 2)

    def paintSection(self, painter: QPainter, place: QRect, section: int) -> None:
        """Draw one title, rounded where it meets a corner of the list."""
        colours = theme.colours()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(self._shape(place, section), QColor(colours.band))
        painter.fillRect(QRect(place.left(), place.bottom(), place.width(), 1), QColor(colours.line))
        painter.setFont(theme.font(size=tokens.SMALL, strong=True))
        painter.setPen(QColor(colours.second))
        lines = self._lines(section, place.width())
        side = Qt.AlignmentFlag.AlignRight if self._column(section).numeric else Qt.AlignmentFlag.AlignLeft
        top = place.top() + (place.height() - len(lines) * _HEADER_LINE) // 2
        for number, line in enumerate(lines):
            row = QRect(
                place.left() + PAD_X, top + number * _HEADER_LINE, place.width() - 2 * PAD_X, _HEADER_LINE
            )
            painter.drawText(row, side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, line)
        painter.restore()

    def _shape(self, place: QRect, section: int) -> QPainterPath:
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.WindingFill)
        radius = tokens.RADIUS - 1
        visual = self.visualIndex(section)
        left = visual == 0
        right = visual == self.count() - 1 and place.right() >= self.width() - 1
        if not (left or right):
            path.addRect(place)
            return path
        path.addRoundedRect(place.adjusted(0, 0, 0, radius), radius, radius)
        if not left:
            path.addRect(place.adjusted(0, 0, -radius, 0))
        if not right:
            path.addRect(place.adjusted(radius, 0, 0, 0))
        return path.intersected(_rectangle(place))

    def fitted(self, section: int) -> Column:
        """The column of `section`, wide enough that no word of its title breaks."""
        column = self._column(section)
        measure = QFontMetrics(theme.font(size=tokens.SMALL, strong=True)).horizontalAdvance
        need = max(map(measure, pieces(self._title(section))), default=0) + 2 * PAD_X + 1
        least = None if column.least is None else max(column.least, need)
        return replace(column, width=max(column.width, need), least=least)

    def _column(self, section: int) -> Column:
        return self._columns[section] if section < len(self._columns) else Column(80)

    def _title(self, section: int) -> str:
        return str(self.model().headerData(section, Qt.Orientation.Horizontal) or "")

    def _lines(self, section: int, width: int) -> tuple[str, ...]:
        return lines_in(self._title(section), width - 2 * PAD_X, tokens.SMALL, strong=True)


def _rectangle(place: QRect) -> QPainterPath:
    path = QPainterPath()
    path.addRect(place)
    return path


class _Fitter(QObject):
    """Keeps the widths of columns to the room there is, and asks for new heights once after many changes."""

    def __init__(self, view: TreeView | TableView, columns: Sequence[Column]) -> None:
        super().__init__(view)
        self._view = view
        self._columns = tuple(columns)
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._fit_rows)
        self._resized = False
        view.viewport().installEventFilter(self)

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Keep these widths."""
        self._columns = tuple(columns)
        self.fit()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Fit again when the list has another width."""
        if event.type() == QEvent.Type.Resize:
            self.fit()
            _round_off(self._view.viewport())
        return False

    def fit(self) -> None:
        """Give each column its width and a share of what is left."""
        header = self._view.columns_header()
        shown = [n for n in range(min(len(self._columns), header.count())) if not header.isSectionHidden(n)]
        columns = [header.fitted(n) for n in shown]
        for n, width in zip(shown, widths(columns, self._view.viewport().width()), strict=True):
            header.resizeSection(n, width)
        header.geometriesChanged.emit()
        self._resized = True
        self.rows_later()

    def rows_later(self) -> None:
        """Heights of rows, soon."""
        if not self._later.isActive():
            self._later.start()

    def _fit_rows(self) -> None:
        self._view.fit_rows()
        # Again: where a scroll bar goes while a list is being shown, Qt tells nobody that the rows have more room.
        _round_off(self._view.viewport())
        if self._resized:  # the row in hand stays in view
            self._view.scrollTo(self._view.currentIndex())
        self._resized = False


def widths(columns: Sequence[Column], room: int) -> list[int]:
    """Widths of `columns` in `room`: what is left goes to those that stretch, what lacks to those that give way."""
    spare = room - sum(column.width for column in columns)
    shares = sum(column.stretch for column in columns)
    slack = sum(column.slack for column in columns)
    if spare >= 0:
        return [column.width + (spare * column.stretch // shares if shares else 0) for column in columns]
    lack = min(-spare, slack)
    return [column.width - (-(-lack * column.slack // slack) if slack else 0) for column in columns]


def _round_off(rows: QWidget) -> None:
    """Keep the rows out of the rounded corners at the bottom of the frame."""
    radius = tokens.RADIUS - 1
    inside = rows.rect()
    corners = QRegion(inside) - QRegion(inside.adjusted(0, 0, 0, -radius))
    corners -= QRegion(inside.adjusted(radius, 0, -radius, 0))
    round_ones = QRegion()
    for left in (inside.left(), inside.right() + 1 - 2 * radius):
        top = inside.bottom() + 1 - 2 * radius
        round_ones += QRegion(left, top, 2 * radius, 2 * radius, QRegion.RegionType.Ellipse)
    rows.setMask(QRegion(inside) - (corners - round_ones))


def _behave(view: QAbstractItemView, name: str) -> None:
    """What a tree and a table have in common."""
    view.setAccessibleName(name)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setTabKeyNavigation(False)  # Tab leaves the list, arrows walk in it
    view.verticalScrollBar().setSingleStep(LINE)


class TableView(QTableView):
    """A table with the house's behaviour. `name` is for a screen reader."""

    def __init__(self, name: str, columns: Sequence[Column], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _behave(self, name)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self._header = Header(columns, self)
        self.setHorizontalHeader(self._header)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(tokens.ROW)
        self.verticalHeader().setDefaultSectionSize(tokens.ROW + 1)
        self.setItemDelegate(CellDelegate(columns, self))
        self._fitter = _Fitter(self, columns)

    def columns_header(self) -> Header:
        """The titles of the columns."""
        return self._header

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """Show `model`; rows are fitted to it and to its changes."""
        super().setModel(model)
        if model is not None:
            for changed in (model.modelReset, model.rowsInserted, model.layoutChanged, model.dataChanged):
                changed.connect(self._fitter.rows_later)
        self._fitter.fit()

    def fit_rows(self) -> None:
        """Give each row the height that its texts need; in a long list those in view, the others as they come."""
        count = self.model().rowCount()
        if count <= _MANY:
            self.resizeRowsToContents()
            return
        bar, bottom = self.verticalScrollBar(), self.viewport().height()
        current = self.currentIndex()
        at_end = bar.value() == bar.maximum()
        in_view = self.visualRect(current).intersects(self.viewport().rect())
        row = max(self.rowAt(0), 0)
        while row < count and self.rowViewportPosition(row) <= bottom:
            if not self.isRowHidden(row):
                self.resizeRowToContents(row)
            row += 1
        # What was in view stays so, though the rows above it may have grown.
        self.updateGeometries()
        if in_view:
            self.scrollTo(current)
        elif at_end:
            self.scrollToBottom()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Rows that come into view get their height."""
        super().scrollContentsBy(dx, dy)
        if dy and self.model().rowCount() > _MANY:
            self._fitter.rows_later()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard arrives at a row, never at nothing."""
        super().focusInEvent(event)
        _arrive(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the row on every system."""
        if not _opened(self, event):
            super().keyPressEvent(event)


class TreeView(QTreeView):
    """A tree with the house's behaviour. `name` is for a screen reader."""

    def __init__(self, name: str, columns: Sequence[Column], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _behave(self, name)
        self._header = Header(columns, self)
        self.setHeader(self._header)
        self.header().setStretchLastSection(False)
        self.setIndentation(_STEP)
        self.setItemDelegate(CellDelegate(columns, self))
        self._fitter = _Fitter(self, columns)

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Share the room out otherwise among the same columns."""
        self._header.set_columns(columns)
        self._fitter.set_columns(columns)

    def columns_header(self) -> Header:
        """The titles of the columns."""
        return self._header

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """Show `model`."""
        super().setModel(model)
        self._fitter.fit()

    def fit_rows(self) -> None:
        """Give each row the height that its texts need."""
        self.doItemsLayout()

    def drawBranches(self, painter: QPainter, place: QRect, index: Index) -> None:
        """Draw the arrow of a row that opens, on its first line, and the row's ground behind it."""
        selected = self.selectionModel().isSelected(index)
        painter.save()
        paint_ground(painter, place, index, selected=selected, mark=True)
        if self.model().hasChildren(index):
            arrow = Icon.CHEVRON_DOWN if self.isExpanded(index) else Icon.CHEVRON_RIGHT
            drawn = icons.pixmap(arrow, theme.colours().second, _ARROW, self.devicePixelRatioF())
            top = place.top() + PAD_Y + (LINE - _ARROW) // 2
            painter.drawPixmap(place.right() - _ARROW, top, drawn)
        painter.restore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard arrives at a row, never at nothing."""
        super().focusInEvent(event)
        _arrive(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the row on every system."""
        if not _opened(self, event):
            super().keyPressEvent(event)


_MANY: Final = 100
"""Rows of a list that is long: to measure all of them would hold the window."""
_STEP: Final = 16
_ARROW: Final = 12


def _arrive(view: QAbstractItemView) -> None:
    model = cast("QAbstractItemModel | None", view.model())  # a list may stand there before its model
    if model is None or not model.rowCount() or view.selectionModel().hasSelection():
        return
    # Qt itself makes the first row current when the list is entered, but does not select it.
    current = view.currentIndex()
    view.setCurrentIndex(current if current.isValid() else model.index(0, 0))


def _opened(view: QAbstractItemView, event: QKeyEvent) -> bool:
    enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers()
    if enter and view.currentIndex().isValid():
        view.activated.emit(view.currentIndex())
    return enter
