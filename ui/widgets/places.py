"""Showing and hiding a part of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def set_shown(part: QWidget, *, shown: bool) -> None:
    """Show or hide `part`, also before it has its place.

    Qt would open a part without a parent as a window of its own, which flashes up and takes the keyboard.
    """
    if shown and part.parentWidget() is None:
        part.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, False)
    else:
        part.setVisible(shown)
