"""Tabs: the parts of a page of which one is shown at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabBar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QStackedWidget, QWidget


class Tabs(QTabBar):
    """A row of tabs that turns the pages of `stack`; the arrow keys walk through them."""

    def __init__(
        self, name: str, titles: Sequence[str], stack: QStackedWidget, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        for title in titles:
            self.addTab(title)
        self.currentChanged.connect(stack.setCurrentIndex)
