"""The criteria sets that come with the program, offered until they are in the register."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from parindex_desktop.domain.revisions import canonical, digest_of
from parindex_desktop.domain.units import Level
from parindex_desktop.services import register
from ui.language import tr
from ui.widgets.buttons import Button
from ui.widgets.places import set_shown

if TYPE_CHECKING:
    from collections.abc import Container

    from PySide6.QtWidgets import QWidget

_LEVELS: Final = list(Level)


class ShippedSets(Button):
    """A button with a menu of them, the newest year first; hidden where there is none left to offer."""

    asked = Signal(bytes, str)
    """This set (its document and the name of its file) is wanted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Use one of the program's own sets"), None, "plain", None, parent)
        # Only their heads are read: whichever is taken over is checked then.
        sets = [(json.loads(document), document, file) for file, document in register.shipped_sets().items()]
        sets.sort(key=lambda each: (-each[0]["year"], _LEVELS.index(each[0]["level"])))
        self._sets = [
            (digest_of(canonical(tree)), tree["name"], document, file) for tree, document, file in sets
        ]

    def offer(self, held: Container[str]) -> None:
        """Offer those whose digest is not `held` yet."""
        if (old := self.menu()) is not None:
            old.deleteLater()
        menu = QMenu(self)
        for digest, name, document, file in self._sets:
            if digest not in held:
                action = QAction(name, menu)
                action.triggered.connect(
                    lambda _checked=False, document=document, file=file: self.asked.emit(document, file)
                )
                menu.addAction(action)
        self.setMenu(menu)
        set_shown(self, shown=not menu.isEmpty())
