"""What the window says when the office cannot be opened: why, and what can be done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from ui.frame.page import Page
from ui.language import tr
from ui.theme import tokens
from ui.theme.icons import Icon
from ui.theme.tokens import Tone
from ui.widgets.buttons import filled_button, plain_button
from ui.widgets.labels import Role, WrapLabel
from ui.widgets.notices import Drawing
from ui.widgets.panels import Panel

if TYPE_CHECKING:
    from parindex_desktop.domain.errors import ParIndexError

_WIDTH = 520


class TroublePage(Page):
    """One sentence with “Thử lại” and “Thoát”."""

    again = Signal()
    quit = Signal()

    def __init__(self, error: ParIndexError) -> None:
        super().__init__()
        self._error = error

    def build(self) -> None:
        """Make the card."""
        card = Panel()
        card.setMaximumWidth(_WIDTH)
        head = QHBoxLayout()
        head.setSpacing(tokens.BETWEEN)
        head.addWidget(Drawing(Icon.WARNING, Tone.CARE, 24), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(tokens.INSIDE)
        words.addWidget(WrapLabel(tr("The office cannot be opened"), Role.TITLE))
        words.addWidget(WrapLabel(tr(self._error)))
        head.addLayout(words, 1)
        self._again = filled_button(tr("Try again"), self.again.emit)
        buttons = QHBoxLayout()
        buttons.setSpacing(tokens.INSIDE)
        buttons.addStretch(1)
        buttons.addWidget(plain_button(tr("Quit"), self.quit.emit))
        buttons.addWidget(self._again)
        card.content.addLayout(head)
        card.content.addLayout(buttons)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(card, 100)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.addStretch(2)
        column.addLayout(row)
        column.addStretch(3)

    def activated(self) -> None:
        """The keyboard stands at the way out."""
        self._again.setFocus()
