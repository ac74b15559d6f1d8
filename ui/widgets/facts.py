"""What is known of a thing, as short lines: a name at the left, the value beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.theme import tokens
from ui.widgets.labels import CopyLabel, Role, WrapLabel
from ui.widgets.places import set_shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

_NAMES: Final = 118
"""Width of the names where there is room; longer ones wrap."""
_SHARE: Final = 0.42
"""Part of a narrow line that the names get."""


class Facts(QWidget):
    """Lines of (name, value); values can be marked and copied. Without lines it takes no room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._lines: list[tuple[str, str]] = []
        set_shown(self, shown=False)

    def show_lines(self, lines: Sequence[tuple[str, str]]) -> None:
        """Show these lines; one without a value is left out."""
        told = [(name, value) for name, value in lines if value]
        if told == self._lines:
            return
        self._lines = told
        while (item := self._column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.setParent(None)
                old.deleteLater()
        for name, value in told:
            self._column.addWidget(_Line(name, value, self._names()))
        set_shown(self, shown=bool(told))

    def lines(self) -> Sequence[tuple[str, str]]:
        """What is shown."""
        return self._lines

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Names give way in a narrow pane."""
        super().resizeEvent(event)
        for line in self.findChildren(_Line):
            line.name.setFixedWidth(self._names())

    def _names(self) -> int:
        return min(_NAMES, int(self.width() * _SHARE))


class _Line(QWidget):
    """A name and its value."""

    def __init__(self, name: str, value: str, width: int) -> None:
        super().__init__()
        self.name = WrapLabel(name, Role.SECOND)
        self.name.setFixedWidth(width)
        said = CopyLabel(value)
        said.setAccessibleName(f"{name}: {value}" if name else value)
        said.setMinimumWidth(1)
        said.setContentsMargins(0, 2, 0, 0)  # on one line with the name, which has more room for accents
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.BETWEEN)
        row.addWidget(self.name, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(said, 1, Qt.AlignmentFlag.AlignTop)
