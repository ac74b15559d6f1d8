"""Nothing typed is lost: whatever leaves a page without the focus leaving the field commits it first."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication


@runtime_checkable
class Commits(Protocol):
    """A field that can be asked for what was typed before it is left."""

    def commit(self) -> None:
        """Tell what was typed, if it differs from what was saved."""


def commit_typed() -> None:
    """Commit the field that is being typed into, wherever it is; letters still being composed included.

    Called before anything that leaves a page without the focus leaving the field: a shortcut, closing.
    """
    QGuiApplication.inputMethod().commit()
    focused: object = QApplication.focusWidget()
    if isinstance(focused, Commits):
        focused.commit()
