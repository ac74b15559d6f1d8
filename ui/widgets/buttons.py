"""Buttons: one filled for the next step, plain ones, links, and drawn ones with a spoken name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QPushButton

from ui import theme
from ui.theme import icons, tokens

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QWidget

    from ui.theme.icons import Icon


class Button(QPushButton):
    """A button of one of the house's kinds; it draws its sign itself, in the colours of the window."""

    def __init__(
        self,
        text: str,
        run: Callable[[], object] | None,
        role: str,
        icon: Icon | None,
        parent: QWidget | None,
    ) -> None:
        super().__init__(parent)  # with words, PySide would make all names of QIcon first
        self.setText(text)
        self._icon = icon
        self.setProperty("role", role)
        self.setProperty("signed", "yes" if icon and text else "")
        self.setAutoDefault(False)
        if role == "link":
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        if run is not None:
            self.clicked.connect(lambda _checked=False: run())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the keyboard, as the space bar does."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not self.autoDefault():
            self.click()
        else:
            super().keyPressEvent(event)

    def set_text(self, text: str) -> None:
        """Show other words, or none beside the sign."""
        self.setText(text)
        theme.set_look(self, "signed", "yes" if self._icon and text else "")

    def set_icon(self, icon: Icon) -> None:
        """Show another drawn sign."""
        self._icon = icon
        self.update()

    def sizeHint(self) -> QSize:
        """A sign without words needs no room for words."""
        size = super().sizeHint()
        return QSize(_SIGN_ALONE, size.height()) if self._icon and not self.text() else size

    def minimumSizeHint(self) -> QSize:
        """Words on a button are never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the sign: left of the words, or alone in the middle."""
        super().paintEvent(event)
        if self._icon is None:
            return
        drawn = icons.pixmap(self._icon, self._ink(), ratio=self.devicePixelRatioF())
        left = _SIGN_LEFT if self.text() else (self.width() - tokens.ICON) // 2
        QPainter(self).drawPixmap(left, (self.height() - tokens.ICON) // 2, drawn)

    def _ink(self) -> str:
        colours = theme.colours()
        if not self.isEnabled():
            return colours.disabled
        return {"filled": colours.on_accent, "link": colours.accent}.get(self.property("role"), colours.text)


_SIGN_LEFT: Final = 13
_SIGN_ALONE: Final = 42


def filled_button(
    text: str,
    run: Callable[[], object] | None = None,
    parent: QWidget | None = None,
    icon: Icon | None = None,
) -> Button:
    """The one button of a page or dialog that does its next step."""
    return Button(text, run, "filled", icon, parent)


def plain_button(
    text: str,
    run: Callable[[], object] | None = None,
    parent: QWidget | None = None,
    icon: Icon | None = None,
) -> Button:
    """Any other button."""
    return Button(text, run, "plain", icon, parent)


def link_button(
    text: str,
    run: Callable[[], object] | None = None,
    parent: QWidget | None = None,
    icon: Icon | None = None,
) -> Button:
    """A button that reads as a part of a sentence."""
    return Button(text, run, "link", icon, parent)


def icon_button(
    icon: Icon, name: str, run: Callable[[], object] | None = None, parent: QWidget | None = None
) -> Button:
    """A drawn button; `name` says what it does, to the mouse as a tip and to a screen reader."""
    made = Button("", run, "icon", icon, parent)
    made.setToolTip(name)
    made.setAccessibleName(name)
    return made
