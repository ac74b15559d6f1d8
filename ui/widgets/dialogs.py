"""Questions. Pages call these through the module (`dialogs.ask(...)`), so that a test can answer instead."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from ui.language import tr
from ui.theme import tokens
from ui.theme.icons import Icon
from ui.theme.tokens import Tone
from ui.widgets.buttons import filled_button, plain_button
from ui.widgets.labels import Role, WrapLabel
from ui.widgets.notices import Drawing

if TYPE_CHECKING:
    from ui.widgets.buttons import Button

_WIDTH = 440


class Dialog(QDialog):
    """A small window with a title, a place for `content`, and its buttons at the bottom right."""

    def __init__(
        self, parent: QWidget | None, title: str, sentence: str = "", tone: Tone | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(_WIDTH)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 20, 20, tokens.EDGE)
        outer.setSpacing(tokens.EDGE)
        head = QHBoxLayout()
        head.setSpacing(tokens.BETWEEN)
        if tone is not None:
            icon = Icon.WARNING if tone in {Tone.CARE, Tone.WRONG} else Icon.INFO
            head.addWidget(Drawing(icon, tone, 24), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(tokens.INSIDE)
        words.addWidget(WrapLabel(title, Role.TITLE))
        if sentence:
            words.addWidget(WrapLabel(sentence))
        head.addLayout(words, 1)
        outer.addLayout(head)
        self.content = QVBoxLayout()
        self.content.setSpacing(tokens.INSIDE)
        outer.addLayout(self.content)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(tokens.INSIDE)
        self._buttons.addStretch(1)
        outer.addLayout(self._buttons)

    def add_button(self, button: Button, *, default: bool = False) -> Button:
        """Put `button` at the right of those before it; Enter presses the `default` one."""
        button.setAutoDefault(True)
        button.setDefault(default)
        self._buttons.addWidget(button)
        return button

    def grow(self) -> None:
        """Make room for a sentence that has come to stand in the dialog: words wrap, they are never cut."""
        layout = self.layout()
        assert layout is not None
        layout.activate()
        needed = (
            layout.heightForWidth(self.width()) if layout.hasHeightForWidth() else self.sizeHint().height()
        )
        if needed > self.height():
            self.resize(self.width(), needed)

    def add_left(self, button: Button) -> None:
        """Put a button that does not end the dialog at the left."""
        self._buttons.insertWidget(0, button)


def ask(
    parent: QWidget | None, title: str, sentence: str, *, yes: str, no: str = "", dangerous: bool = False
) -> bool:
    """Ask a question whose buttons are verbs; True when `yes` was pressed. Escape and closing mean no.

    With `dangerous` Enter alone does not say yes.
    """
    dialog = Dialog(parent, title, sentence, Tone.CARE if dangerous else Tone.ACCENT)
    decline = dialog.add_button(plain_button(no or tr("Cancel"), dialog.reject), default=dangerous)
    agree = dialog.add_button(filled_button(yes, dialog.accept), default=not dangerous)
    (decline if dangerous else agree).setFocus()
    return dialog.exec() == QDialog.DialogCode.Accepted


def tell(parent: QWidget | None, title: str, sentence: str, tone: Tone = Tone.ACCENT) -> None:
    """Say something that must be read before going on."""
    dialog = Dialog(parent, title, sentence, tone)
    dialog.add_button(filled_button(tr("Close"), dialog.accept), default=True).setFocus()
    dialog.exec()


def choose_files(parent: QWidget | None, title: str, kinds: str = "") -> list[Path]:
    """Files that the officer picks; empty when cancelled. `kinds` is Qt's filter, such as ``PDF (*.pdf)``."""
    names, _kind = QFileDialog.getOpenFileNames(parent, title, "", kinds)
    return [Path(name) for name in names]


def choose_folder(parent: QWidget | None, title: str) -> Path | None:
    """A folder, such as a stick; None when cancelled."""
    name = QFileDialog.getExistingDirectory(parent, title)
    return Path(name) if name else None


def choose_target(parent: QWidget | None, title: str, proposed: Path, kinds: str = "") -> Path | None:
    """Where to save a file, `proposed` first; None when cancelled."""
    name, _kind = QFileDialog.getSaveFileName(parent, title, str(proposed), kinds)
    return Path(name) if name else None
