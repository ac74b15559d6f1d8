"""The criteria sets that come with the program, offered until they are in the register."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from parindex_desktop.services import register
from ui.language import tr
from ui.widgets.buttons import Button
from ui.widgets.places import set_shown

if TYPE_CHECKING:
    from collections.abc import Container

    from PySide6.QtWidgets import QWidget


class ShippedSets(Button):
    """A button with a menu of them; hidden where there is none left to offer."""

    asked = Signal(bytes, str)
    """This set (its document and the name of its file) is wanted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Use one of the program's own sets"), None, "plain", None, parent)
        self._sets = [
            (name, register.check_set(document), document)
            for name, document in register.shipped_sets().items()
        ]

    def offer(self, held: Container[str]) -> None:
        """Offer those whose digest is not `held` yet."""
        if (old := self.menu()) is not None:
            old.deleteLater()
        menu = QMenu(self)
        for name, criteria, document in self._sets:
            if criteria.digest not in held:
                action = QAction(criteria.name, menu)
                action.triggered.connect(
                    lambda _checked=False, document=document, name=name: self.asked.emit(document, name)
                )
                menu.addAction(action)
        self.setMenu(menu)
        set_shown(self, shown=not menu.isEmpty())
