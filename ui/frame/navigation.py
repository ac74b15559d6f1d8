"""The pages at the left: a drawn sign, the name (which wraps), and a count where something waits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.language import tr
from ui.theme import icons, tokens
from ui.theme.icons import Icon
from ui.theme.tokens import Tone
from ui.widgets.buttons import icon_button
from ui.widgets.wrapping import lines_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

    from ui.frame.page import PageEntry

WIDE: Final = 196
SLIM: Final = 56
_PAD: Final = 10
_LINE: Final = tokens.leading(tokens.BODY)
_HEIGHT: Final = 34


class NavButton(QAbstractButton):
    """One page of the navigation."""

    def __init__(self, entry: PageEntry, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = entry.icon
        self._count = 0
        self._tone = Tone.CARE
        self._slim = False
        self._number = number
        self.setText(entry.title)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._name()

    def set_badge(self, count: int, tone: Tone) -> None:
        """Show that `count` things wait here; 0 shows nothing."""
        self._count = count
        self._tone = tone
        self._name()
        self.updateGeometry()
        self.update()

    def badge(self) -> int:
        """How many things wait here."""
        return self._count

    def set_slim(self, *, slim: bool) -> None:
        """Show only the sign."""
        self._slim = slim
        self._name()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As high as its name needs."""
        if self._slim:
            return QSize(SLIM - 16, _HEIGHT)
        width = WIDE - 17
        lines = len(lines_in(self.text(), self._room(width), tokens.BODY, strong=True))
        return QSize(width, max(_HEIGHT, lines * _LINE + 16))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the sign, the name and the count."""
        colours = theme.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        ink = colours.accent if self.isChecked() else colours.second
        drawn = icons.pixmap(self._icon, ink, tokens.ICON, self.devicePixelRatioF())
        left = (self.width() - tokens.ICON) // 2 if self._slim else _PAD
        painter.drawPixmap(left, (self.height() - tokens.ICON) // 2, drawn)
        if not self._slim:
            self._paint_name(painter)
        if self._count:
            self._paint_badge(painter)

    def _paint_ground(self, painter: QPainter) -> None:
        colours = theme.colours()
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        ground = colours.accent_soft if self.isChecked() else colours.hover if self.underMouse() else ""
        painter.setPen(QPen(QColor(colours.accent), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground) if ground else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 6, 6)

    def _paint_name(self, painter: QPainter) -> None:
        colours = theme.colours()
        strong = self.isChecked()
        painter.setFont(theme.font(strong=strong))
        painter.setPen(QColor(colours.accent if strong else colours.text))
        # Broken as in bold, so that choosing a page never moves the words.
        lines = lines_in(self.text(), self._room(self.width()), tokens.BODY, strong=True)
        top = (self.height() - len(lines) * _LINE) // 2
        for number, line in enumerate(lines):
            place = QRect(_TEXT_LEFT, top + number * _LINE, self.width(), _LINE)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, line)

    def _paint_badge(self, painter: QPainter) -> None:
        colours = theme.colours()
        painter.setPen(Qt.PenStyle.NoPen)
        if self._slim:
            painter.setBrush(QColor(colours.ink(self._tone)))
            painter.drawEllipse(QPointF(self.width() / 2 + 10, 9), 4, 4)
            return
        width = self._badge_width()
        box = QRectF(self.width() - _PAD - width, (self.height() - _BADGE) / 2, width, _BADGE)
        painter.setBrush(QColor(colours.soft(self._tone)))
        painter.drawRoundedRect(box, _BADGE / 2, _BADGE / 2)
        painter.setFont(theme.font(size=tokens.SMALL, strong=True))
        painter.setPen(QColor(colours.ink(self._tone)))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(self._count))

    def _badge_width(self) -> int:
        metrics = QFontMetrics(theme.font(size=tokens.SMALL, strong=True))
        return max(_BADGE, metrics.horizontalAdvance(str(self._count)) + 13)

    def _room(self, width: int) -> int:
        badge = self._badge_width() + 6 if self._count else 0
        return width - _TEXT_LEFT - 6 - badge

    def _name(self) -> None:
        waiting = tr("{title}, {count} waiting", title=self.text(), count=self._count)
        self.setAccessibleName(waiting if self._count else self.text())
        key = f" (Ctrl+{self._number})" if self._number <= 9 else ""
        self.setToolTip((self.accessibleName() if self._slim else self.text()) + key)


_TEXT_LEFT: Final = _PAD + tokens.ICON + 8
_BADGE: Final = 19


class Navigation(QFrame):
    """All pages of this kind of office. Arrows walk, Enter opens; it can be made slim."""

    chosen = Signal(str)
    slim_changed = Signal(bool)

    def __init__(self, entries: Sequence[PageEntry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("navigation")
        self.setAccessibleName(tr("Pages"))
        self._buttons: dict[str, NavButton] = {}
        self._slim = False
        group = QButtonGroup(self)
        group.setExclusive(True)
        inside = QWidget()
        inside.setProperty("role", "scrolled")
        self._column = column = QVBoxLayout(inside)
        column.setSpacing(2)
        for number, entry in enumerate(entries, start=1):
            button = NavButton(entry, number)
            button.clicked.connect(lambda _checked=False, key=entry.key: self.chosen.emit(key))
            group.addButton(button)
            column.addWidget(button)
            self._buttons[entry.key] = button
        column.addStretch(1)
        area = QScrollArea(self, widgetResizable=True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        self._fold = icon_button(Icon.NARROW, "", self.fold)
        self._fold.setProperty("role", "quiet")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 1, tokens.INSIDE)
        outer.setSpacing(0)
        outer.addWidget(area, 1)
        outer.addWidget(self._fold, 0, Qt.AlignmentFlag.AlignHCenter)
        self.set_slim(slim=False)

    def keys(self) -> list[str]:
        """Keys of the pages in their order."""
        return list(self._buttons)

    def button(self, key: str) -> NavButton:
        """The button of a page."""
        return self._buttons[key]

    def mark(self, key: str) -> None:
        """Show that the page `key` is in view."""
        self._buttons[key].setChecked(True)

    def set_slim(self, *, slim: bool) -> None:
        """Show only the signs, or the names too."""
        self._slim = slim
        self.setFixedWidth(SLIM if slim else WIDE)
        side = tokens.TIGHT if slim else tokens.INSIDE  # slim leaves room for a scroll bar
        self._column.setContentsMargins(side, 10, side, tokens.INSIDE)
        for button in self._buttons.values():
            button.set_slim(slim=slim)
        words = tr("Show the names of the pages") if slim else tr("Show only the signs of the pages")
        self._fold.set_icon(Icon.WIDEN if slim else Icon.NARROW)
        self._fold.setToolTip(words)
        self._fold.setAccessibleName(words)

    def fold(self) -> None:
        """Slim where it was wide, wide where it was slim: what the officer wants from now on."""
        self.set_slim(slim=not self._slim)
        self.slim_changed.emit(self._slim)
