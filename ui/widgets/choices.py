"""A box to tick and a round one to pick whose words wrap: what an office must decide on is never cut."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QRadioButton, QWidget

from ui.theme import tokens
from ui.widgets.fields import CheckBox
from ui.widgets.labels import WrapLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent


class Choice(QWidget):
    """`button` with `words` beside it; a click on the words presses the button."""

    def __init__(self, button: QAbstractButton, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.button = button
        self._words = WrapLabel()
        self.say(words)
        self.setFocusProxy(button)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.TIGHT)
        button.setFixedWidth(_BOX)
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)

    def say(self, words: str) -> None:
        """Stand for other words."""
        self._words.setText(words)
        self.button.setAccessibleName(words)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Press the button."""
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.button.setFocus(Qt.FocusReason.MouseFocusReason)
            self.button.click()


_BOX: Final = 26
"""The box with room for the ring that says that the keyboard is here; its own words would need more."""


def check(words: str) -> Choice:
    """A box to tick."""
    return Choice(CheckBox(), words)


def radio(words: str) -> Choice:
    """A round box; those in one `QButtonGroup` exclude each other."""
    return Choice(QRadioButton(), words)
