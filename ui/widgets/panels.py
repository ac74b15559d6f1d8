"""White cards, the title line of a page, and the handle between a list and what is selected in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QSplitter, QVBoxLayout, QWidget

from ui.theme import tokens
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import OneLine, Role

if TYPE_CHECKING:
    from collections.abc import MutableMapping


class Panel(QFrame):
    """A white card; put widgets into `content`. With `scroll` it scrolls where the window is low."""

    def __init__(self, parent: QWidget | None = None, *, scroll: bool = False) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        outer = QVBoxLayout(self)
        inside = QWidget()
        self.content = QVBoxLayout(inside)
        self.content.setContentsMargins(tokens.EDGE, tokens.EDGE, tokens.EDGE, tokens.EDGE)
        self.content.setSpacing(tokens.INSIDE)
        if scroll:
            outer.setContentsMargins(1, 1, 1, 1)
            inside.setProperty("role", "scrolled")
            self._area = QScrollArea(self, widgetResizable=True)
            self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._area.setWidget(inside)
            outer.addWidget(self._area)
        else:
            outer.setContentsMargins(0, 0, 0, 0)
            outer.addWidget(inside)


class PageHeader(QWidget):
    """The line above the panels: the page's title, then figures and chips, and buttons at the right.

    Put widgets into `facts` and `buttons`; facts break into further lines where the window is narrow.
    """

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.BETWEEN)
        left = QWidget()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        left.setSizePolicy(policy)
        self.facts = FlowLayout(left, across=20)
        self.title = OneLine(title, Role.PAGE_TITLE)
        self.facts.addWidget(self.title)
        row.addWidget(left, 1, Qt.AlignmentFlag.AlignVCenter)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(tokens.INSIDE)
        row.addLayout(self.buttons)


class Splitter(QSplitter):
    """Two panes side by side whose handle remembers its place in `memory` under `key`."""

    def __init__(
        self, memory: MutableMapping[str, str], key: str, first: QWidget, second: QWidget, share: int = 50
    ) -> None:
        """`share` is the first pane's part of the width, in percent, until the handle is moved."""
        super().__init__(Qt.Orientation.Horizontal)
        self._memory = memory
        self._key = key
        self.setHandleWidth(tokens.BETWEEN)
        self.setChildrenCollapsible(False)
        self.addWidget(first)
        self.addWidget(second)
        self.setSizes(_sizes(memory.get(key, "")) or [share * 10, 1000 - share * 10])
        self.splitterMoved.connect(self._remember)

    def _remember(self) -> None:
        self._memory[self._key] = ",".join(str(size) for size in self.sizes())


def _sizes(remembered: str) -> list[int]:
    """What an earlier window remembered; nothing where it cannot be read."""
    parts = remembered.split(",")
    if len(parts) == 2 and all(part.isdecimal() for part in parts) and any(int(part) for part in parts):
        return [int(part) for part in parts]
    return []
