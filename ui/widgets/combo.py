"""The choice from a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QComboBox

from ui import theme
from ui.theme import icons, tokens
from ui.theme.icons import Icon

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QWidget


class ComboBox(QComboBox):
    """A choice from a list; the wheel scrolls the page and never changes a choice in passing."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

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
