"""The first question: with the province's kit, without one, or as the province itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.language import tr
from ui.theme import tokens
from ui.theme.icons import Icon
from ui.theme.tokens import Tone
from ui.widgets.buttons import filled_button, plain_button
from ui.widgets.labels import Role, WrapLabel
from ui.widgets.notices import Drawing
from ui.widgets.panels import Panel

if TYPE_CHECKING:
    from ui.widgets.buttons import Button


class Choices(QWidget):
    """Three cards, one for each way in."""

    kit = Signal()
    without_kit = Signal()
    province = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.first = filled_button(tr("Open the province's kit…"), self.kit.emit)
        ways = (
            (
                Icon.ADD_FILE,
                tr("I have the province's kit"),
                tr(
                    "The usual way for a commune, department or agency: choose your unit from the kit and make "
                    "your key."
                ),
                self.first,
            ),
            (
                Icon.UNITS,
                tr("I have no kit yet"),
                tr(
                    "Say who you are and make your key; then ask the province to enrol it and to send the kit."
                ),
                plain_button(tr("New office without a kit…"), self.without_kit.emit),
            ),
            (
                Icon.CRITERIA_SET,
                tr("This is the province's office"),
                tr(
                    "Only at the Department of Home Affairs, once: it keeps the units, opens the year and takes "
                    "everything in."
                ),
                plain_button(tr("Create the province's office…"), self.province.emit),
            ),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.BETWEEN)
        for way in ways:
            column.addWidget(_card(*way))


def _card(icon: Icon, title: str, sentence: str, button: Button) -> Panel:
    card = Panel()
    words = QVBoxLayout()
    words.setSpacing(tokens.TIGHT)
    words.addWidget(WrapLabel(title, Role.TITLE))
    words.addWidget(WrapLabel(sentence, Role.SECOND))
    row = QHBoxLayout()
    row.setSpacing(tokens.EDGE)
    row.addWidget(Drawing(icon, Tone.ACCENT, 24))
    row.addLayout(words, 1)
    row.addWidget(button)
    card.content.addLayout(row)
    return card
