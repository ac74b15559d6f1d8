"""What is known of a thing, as short lines: a name at the left, the value beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.theme import tokens
from ui.widgets.labels import CopyLabel, Role, WrapLabel

if TYPE_CHECKING:
    from collections.abc import Sequence

_NAMES: Final = 118
"""Width of the names; longer ones wrap."""


class Facts(QWidget):
    """Lines of (name, value); values can be marked and copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(tokens.BETWEEN)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self._lines: list[tuple[str, str]] = []

    def show_lines(self, lines: Sequence[tuple[str, str]]) -> None:
        """Show these lines; one without a value is left out."""
        told = [(name, value) for name, value in lines if value]
        if told == self._lines:
            return
        self._lines = told
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        top = Qt.AlignmentFlag.AlignTop
        for row, (name, value) in enumerate(told):
            label = WrapLabel(name, Role.SECOND)
            label.setFixedWidth(_NAMES)
            said = CopyLabel(value)
            said.setAccessibleName(f"{name}: {value}")
            said.setMinimumWidth(1)
            said.setContentsMargins(0, 2, 0, 0)  # on one line with the name, which has more room for accents
            self._grid.addWidget(label, row, 0, top)
            self._grid.addWidget(said, row, 1, top)

    def lines(self) -> Sequence[tuple[str, str]]:
        """What is shown."""
        return self._lines
