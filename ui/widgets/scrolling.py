"""A column of cards that scrolls where the window is low."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from ui.theme import tokens

if TYPE_CHECKING:
    from collections.abc import Sequence


class CardColumn(QScrollArea):
    """Cards below each other, each as high as it needs; the rest of the column stays empty."""

    def __init__(
        self, cards: Sequence[QWidget], parent: QWidget | None = None, *, space: int = tokens.BETWEEN
    ) -> None:
        super().__init__(parent)
        inside = QWidget()
        inside.setProperty("role", "scrolled")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space)
        for card in cards:
            column.addWidget(card)
        column.addStretch(1)
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._scroll)
        self._sought: QWidget | None = None
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(inside)

    def show_card(self, card: QWidget) -> None:
        """Scroll to `card` as soon as it has its place: all of it, or as much as there is room for from its top."""
        self._sought = card
        self._later.start()

    def _scroll(self) -> None:
        if self._sought is None:
            return
        place, bar = self._sought.geometry(), self.verticalScrollBar()
        bar.setValue(max(bar.value(), place.bottom() + 1 - self.viewport().height()))
        bar.setValue(min(bar.value(), place.top()))
