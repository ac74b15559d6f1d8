"""Theo hẳn một kit: everything that two kits differ in settled at once, as one of them has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from parindex_desktop.services.settling_kits import kit_words
from ui.language import tr
from ui.theme import tokens
from ui.widgets.buttons import plain_button
from ui.widgets.labels import Role, SectionTitle, WrapLabel
from ui.widgets.places import set_shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parindex_desktop.services.differences import Origin


class WholeKits(QWidget):
    """The kits that stand side by side, a button for each. `chosen` tells the number of the one to follow, from 1."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, tokens.INSIDE, 0, 0)
        self._column.setSpacing(tokens.INSIDE)
        self._shown: list[Origin] = []
        set_shown(self, shown=False)

    def show_kits(self, kits: Sequence[Origin]) -> None:
        """Offer these; none where nothing is to be settled that way."""
        if list(kits) == self._shown:
            return
        self._shown = list(kits)
        while (item := self._column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        if kits:
            self._column.addWidget(SectionTitle(tr("Follow one kit in everything")))
            said = tr("Settles every difference between the kits at once, as the chosen one has it.")
            self._column.addWidget(WrapLabel(said, Role.SECOND))
        for number, kit in enumerate(kits, start=1):
            self._column.addWidget(self._line(number, tr(kit_words(kit))))
        set_shown(self, shown=bool(kits))

    def _line(self, number: int, which: str) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.BETWEEN)
        row.addWidget(WrapLabel(which), 1)
        button = plain_button(tr("Follow this kit…"), lambda: self.chosen.emit(number))
        button.setAccessibleDescription(which)
        row.addWidget(button)
        return line
