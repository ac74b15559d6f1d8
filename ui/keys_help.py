"""F1: what the keys do, and which program this is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QGridLayout

from parindex_desktop import __version__
from resources import msgid
from ui.language import tr
from ui.theme import tokens
from ui.widgets.buttons import filled_button
from ui.widgets.dialogs import Dialog
from ui.widgets.labels import OneLine, Role, WrapLabel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_KEYS: Final = (
    ("Tab", msgid("to the next field; what was typed is saved")),
    ("F6", msgid("to the next part of the window")),
    ("Ctrl+1 … Ctrl+9", msgid("to a page")),
    ("Ctrl+↓, Ctrl+↑", msgid("to the next or previous criterion")),
    ("Ctrl+Enter", msgid("to the next criterion that lacks something")),
    ("Ctrl+M", msgid("show only my part, or everything")),
    ("Ctrl+G", msgid("put somebody in charge of the selected criterion")),
    ("Ctrl+F", msgid("search this page")),
    ("Ctrl+O", msgid("choose a file")),
    ("Alt+↓, F4", msgid("open the calendar of a date")),
    ("Ctrl+Z, Ctrl+Y", msgid("undo and redo")),
    ("Esc", msgid("take back what is being typed; leave a form that is only read")),
)


class KeysHelp(Dialog):
    """A list of keys."""

    def __init__(self, parent: QWidget | None) -> None:
        about = tr("PAR Index Desktop {version}. Everything works without a network.", version=__version__)
        super().__init__(parent, tr("Keyboard shortcuts"), about)
        grid = QGridLayout()
        grid.setHorizontalSpacing(tokens.EDGE)
        grid.setVerticalSpacing(tokens.TIGHT)
        grid.setColumnStretch(1, 1)
        for row, (keys, words) in enumerate(_KEYS):
            grid.addWidget(OneLine(keys, Role.STRONG), row, 0)
            grid.addWidget(WrapLabel(tr(words)), row, 1)
        self.content.addLayout(grid)
        self.add_button(filled_button(tr("Close"), self.accept), default=True).setFocus()


def show_keys(parent: QWidget | None) -> None:
    """Show the list until it is closed."""
    KeysHelp(parent).exec()
