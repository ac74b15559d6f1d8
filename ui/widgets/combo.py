"""The choice from a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QComboBox, QStyle

from ui import theme
from ui.theme import icons, tokens
from ui.theme.icons import Icon

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QStyleOptionComboBox, QWidget


class ComboBox(QComboBox):
    """A choice from a list; the wheel scrolls the page and never changes a choice in passing."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        """With the room beside the text, so that where all fits nothing is ever elided."""
        return super().sizeHint() + _BESIDE

    def minimumSizeHint(self) -> QSize:
        """As little as it may have, and the room beside the text."""
        return super().minimumSizeHint() + _BESIDE

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        """Say with an ellipsis that a choice is longer than its box."""
        super().initStyleOption(option)
        style = QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
        room = self.style().subControlRect(*style).width() - _BESIDE.width()
        option.currentText = option.fontMetrics.elidedText(
            self.currentText(), Qt.TextElideMode.ElideRight, room
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the arrow in the colours of the window."""
        super().paintEvent(event)
        size = 12
        painter = QPainter(self)
        ink = theme.colours().second
        arrow = icons.pixmap(Icon.CHEVRON_DOWN, ink, size, self.devicePixelRatioF())
        painter.drawPixmap(self.width() - size - tokens.INSIDE - 2, (self.height() - size) // 2, arrow)

    def wheelEvent(self, event: QEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()


_BESIDE: Final = QSize(tokens.TIGHT, 0)
"""What the style keeps free beside the text, and where text is wider than its whole pixels say."""
