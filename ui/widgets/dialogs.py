"""Questions. Pages call these through the module (`dialogs.ask(...)`), so that a test can answer instead.

Those for files begin where the officer last chose for the same purpose: the memory of `remember_in` outlives the
window.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from ui.language import tr
from ui.theme import tokens
from ui.theme.icons import Icon
from ui.theme.tokens import Tone
from ui.widgets.buttons import filled_button, plain_button
from ui.widgets.labels import Role, WrapLabel
from ui.widgets.notices import Drawing

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from PySide6.QtCore import SignalInstance
    from PySide6.QtGui import QShowEvent

    from ui.widgets.buttons import Button
    from ui.widgets.labels import FieldError

_WIDTH: Final = 440
_AROUND: Final = 60
"""Height that the frame of a window and the bar of the desktop take from the screen."""


class Purpose(StrEnum):
    """What files are chosen for; each purpose has its own last folder."""

    BUNDLES = "bundles"
    """Bundles that are taken in."""
    KIT = "kit"
    """The province's kit that is opened."""
    SENDING = "sending"
    """The stick that hand-overs, drafts and kits are written to."""
    KEYS = "keys"
    """Signing requests, and copies of keys."""
    PAPERS = "papers"
    """Reports and summaries that are written."""
    EVIDENCE = "evidence"
    LISTS = "lists"
    """Lists of units."""
    FORMS = "forms"
    """The form as a spreadsheet."""
    SETS = "sets"
    """Criteria sets."""
    OTHER = "other"


_memory: MutableMapping[str, str] = {}


def remember_in(memory: MutableMapping[str, str]) -> None:
    """Remember in `memory`, from now on, where files were last chosen for each purpose."""
    global _memory  # noqa: PLW0603 (the one memory of a process that has one window)
    _memory = memory


def is_folder(path: Path) -> bool:
    """Whether `path` is a folder that can be looked at."""
    try:
        return path.is_dir()
    except OSError:
        return False


def last_folder(purpose: Purpose) -> Path:
    """Where files were last chosen for `purpose`, else the user's documents, else the user's own folder.

    The first of them that is there: from one that is not, the system's dialog would begin wherever it likes.
    """
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    for folder in (_memory.get(_remembered(purpose), ""), documents):
        if folder and is_folder(Path(folder)):
            return Path(folder)
    return Path.home()


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

    def showEvent(self, event: QShowEvent) -> None:
        """Be high enough for every word: Qt makes a dialog narrower on a small screen, and no higher for it."""
        self.grow()
        super().showEvent(event)

    def add_button(self, button: Button, *, default: bool = False) -> Button:
        """Put `button` at the right of those before it; Enter presses the `default` one."""
        button.setAutoDefault(True)
        button.setDefault(default)
        self._buttons.addWidget(button)
        return button

    def open_at(self, width: int, height: int) -> None:
        """Open this large, for a list is easier to read then, and lower where the screen is."""
        room = self.screen().availableGeometry().height() - _AROUND
        self.resize(width, min(height, room))

    def grow(self) -> None:
        """Make room for a sentence that has come to stand in the dialog: words wrap, they are never cut."""
        needed = self._needed()
        if needed > self.height():
            self.resize(self.width(), needed)

    def fit(self) -> None:
        """Take the room that is needed and no more, once an officer's choice has put fields away."""
        self.resize(self.width(), self._needed())

    def _needed(self) -> int:
        """The least height that shows every word: a list in the dialog gives way first."""
        layout = self.layout()
        assert layout is not None
        layout.activate()
        if layout.hasHeightForWidth():
            return layout.minimumHeightForWidth(self.width())
        return self.minimumSizeHint().height()

    def clear_on(self, fault: FieldError, *changes: SignalInstance) -> None:
        """Let `fault` go with the first of `changes`: it may be mended now, and the next try tells if not."""
        for change in changes:
            change.connect(lambda *_: fault.show_fault(""))

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


def choose_files(
    parent: QWidget | None, title: str, kinds: str = "", purpose: Purpose = Purpose.OTHER
) -> list[Path]:
    """Files that the officer picks; empty when cancelled. `kinds` is Qt's filter, such as ``PDF (*.pdf)``."""
    names, _kind = QFileDialog.getOpenFileNames(parent, title, str(last_folder(purpose)), kinds)
    files = [Path(name) for name in names]
    if files:
        _remember(purpose, files[0].parent)
    return files


def choose_folder(parent: QWidget | None, title: str, purpose: Purpose = Purpose.OTHER) -> Path | None:
    """A folder, such as a stick; None when cancelled."""
    name = QFileDialog.getExistingDirectory(parent, title, str(last_folder(purpose)))
    if not name:
        return None
    _remember(purpose, Path(name))
    return Path(name)


def choose_target(
    parent: QWidget | None, title: str, proposed: Path, kinds: str = "", purpose: Purpose = Purpose.OTHER
) -> Path | None:
    """Where to save a file, for which the name of `proposed` is offered; None when cancelled."""
    place = last_folder(purpose) / proposed.name
    name, _kind = QFileDialog.getSaveFileName(parent, title, str(place), kinds)
    if not name:
        return None
    _remember(purpose, Path(name).parent)
    return Path(name)


def _remembered(purpose: Purpose) -> str:
    return f"folder.{purpose.value}"


def _remember(purpose: Purpose, folder: Path) -> None:
    _memory[_remembered(purpose)] = str(folder)
