"""Where the keyboard is and goes while parts of the editor are made anew."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget


def holds_keyboard(part: QWidget) -> bool:
    """Whether the keyboard is in `part`, which is about to go."""
    focused = QApplication.focusWidget()
    return focused is not None and (part is focused or part.isAncestorOf(focused))


def order_tabs(before: QWidget, inside: QWidget) -> None:
    """Let Tab lead from `before` through what was put `inside`; Qt would put new widgets last."""
    window = inside.window()
    for widget in inside.findChildren(QWidget):
        takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None
        if takes and widget.window() is window:  # the list of a choice is a window of its own
            QWidget.setTabOrder(before, widget)
            before = widget
