"""The chip: a state as a small rounded label with its sign, its word and its colour."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme
from ui.language import tr
from ui.theme import icons, tokens
from ui.widgets.places import set_shown

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from ui.widgets.signs import Sign

HEIGHT: Final = 20
_PAD: Final = 9
_ICON: Final = 11
_GAP: Final = 5


def chip_width(sign: Sign) -> int:
    """Width of the chip that shows `sign`."""
    metrics = QFontMetrics(theme.font(size=tokens.SMALL, strong=True))
    drawn = _ICON + _GAP if sign.icon else 0
    return 2 * _PAD + drawn + metrics.horizontalAdvance(tr(sign))


def paint_chip(painter: QPainter, place: QRect, sign: Sign, ratio: float) -> None:
    """Draw the chip of `sign` at the top left of `place`, for a screen of `ratio`.

    Where there is no room for its word, the drawn sign stands alone.
    """
    colours = theme.colours()
    ink = colours.ink(sign.tone)
    alone = sign.icon is not None and place.width() < chip_width(sign)
    width = 2 * _PAD + _ICON if alone else min(chip_width(sign), place.width())
    box = QRect(place.left(), place.top(), width, HEIGHT)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.soft(sign.tone)))
    painter.drawRoundedRect(QRectF(box), HEIGHT / 2, HEIGHT / 2)
    left = box.left() + _PAD
    if sign.icon:
        drawn = icons.pixmap(sign.icon, ink, _ICON, ratio)
        painter.drawPixmap(left, box.top() + (HEIGHT - _ICON) // 2, drawn)
        left += _ICON + _GAP
    if alone:
        painter.restore()
        return
    painter.setFont(theme.font(size=tokens.SMALL, strong=True))
    painter.setPen(QColor(ink))
    words = box.adjusted(left - box.left(), 0, -_PAD + 1, 0)
    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, tr(sign))
    painter.restore()


class Chip(QWidget):
    """A chip on a page; hidden while it has nothing to show."""

    def __init__(self, sign: Sign | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign: Sign | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_sign(sign)

    def show_sign(self, sign: Sign | None) -> None:
        """Show `sign`; None hides the chip."""
        self._sign = sign
        self.setAccessibleName(tr(sign) if sign else "")
        set_shown(self, shown=sign is not None)
        self.updateGeometry()
        self.update()

    def sign(self) -> Sign | None:
        """What the chip shows."""
        return self._sign

    def sizeHint(self) -> QSize:
        """As wide as its words."""
        return QSize(chip_width(self._sign) if self._sign else 0, HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        if self._sign:
            painter = QPainter(self)
            paint_chip(painter, self.rect(), self._sign, self.devicePixelRatioF())
