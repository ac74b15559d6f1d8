"""Buttons: one filled for the next step, plain ones, links, and drawn ones with a spoken name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QPushButton

from ui import theme
from ui.theme import icons, tokens

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from ui.theme.icons import Icon


class Button(QPushButton):
    """A button of one of the house's kinds; its drawn sign follows the colours of the window."""

    def __init__(
        self,
        text: str,
        run: Callable[[], object] | None,
        role: str,
        icon: Icon | None,
        parent: QWidget | None,
    ) -> None:
        super().__init__(text, parent)
        self._icon = icon
        self.setProperty("role", role)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor if role == "link" else Qt.CursorShape.ArrowCursor)
        self._draw()
        if run is not None:
            self.clicked.connect(lambda _checked=False: run())

    def set_icon(self, icon: Icon) -> None:
        """Show another drawn sign."""
        self._icon = icon
        self._draw()

    def set_text(self, text: str) -> None:
        """Show other words, or none beside the sign."""
        self.setText(text)
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        """Draw the sign anew when the colours of the window change."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()

    def _draw(self) -> None:
        if self._icon is None:
            return
        colours = theme.colours()
        ink = {"filled": colours.on_accent, "link": colours.accent}.get(
            str(self.property("role")), colours.text
        )
        beside = bool(self.text())
        self.setIcon(icons.qicon(self._icon, ink, colours.disabled, beside_text=beside))
        self.setIconSize(QSize(tokens.ICON + tokens.TIGHT * beside, tokens.ICON))


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
