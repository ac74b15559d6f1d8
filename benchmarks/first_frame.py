"""Starts the window of an office, prints when its first frame was painted and when the last criterion took a key.

The program knows nothing of it: this hears from the window when it was painted, and plays the officer who
goes to the last criterion with figures and types a digit. Arguments: those of `parindex`.
"""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from parindex_desktop.cli.main import main
from ui.frame.shell import Shell

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.settings import Settings

HEAVY = ("alembic", "reportlab", "openpyxl", "pyhanko")


class Watcher(QObject):
    """Waits for the first frame, then for the form, then for the digit to stand in its field."""

    def begin(self, shell: Shell) -> None:
        shell.painted.connect(self._painted)

    def _painted(self) -> None:
        tell("painted")
        self._when(self._form, self._type)

    def _form(self) -> bool:
        """Whether the page of the form is open."""
        from ui.form.page import FormPage

        pages = [
            page for page in QApplication.allWidgets() if isinstance(page, FormPage) and page.isVisible()
        ]
        if pages:
            self.page = pages[0]
        return bool(pages)

    def _type(self) -> None:
        # Not before the first frame, which is measured.
        from PySide6.QtCore import QEvent, Qt
        from PySide6.QtGui import QKeyEvent
        from PySide6.QtWidgets import QLineEdit

        session = self.page._session  # noqa: SLF001 (nobody but this needs to know it)
        last = [leaf for leaf in session.form.criteria.leaves() if leaf.inputs][-1]
        self.page.jump(last.id)
        field = next(each for each in self.page.form.pane.findChildren(QLineEdit) if each.isEnabled())
        field.setFocus()
        before = field.text()
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(field, QKeyEvent(kind, Qt.Key.Key_1, Qt.KeyboardModifier.NoModifier, "1"))
        assert field.text() != before, "the key was not taken"
        # What is due to be painted is painted before a timer of no time.
        QTimer.singleShot(0, self, self._typed)

    def _typed(self) -> None:
        tell("typed")
        print("heavy", *[name for name in HEAVY if name in sys.modules], flush=True)
        QApplication.closeAllWindows()
        QApplication.quit()

    def _when(self, ready: Callable[[], bool], then: Callable[[], None]) -> None:
        if ready():
            then()
        else:
            QTimer.singleShot(1, self, lambda: self._when(ready, then))


def tell(what: str) -> None:
    print(what, time.monotonic(), flush=True)


watcher = Watcher()
made = Shell.__init__


def make(shell: Shell, settings: Settings) -> None:
    """Hear of the paint before the program does, which then takes its time."""
    made(shell, settings)
    watcher.begin(shell)


Shell.__init__ = make  # type: ignore[method-assign]
sys.exit(main(sys.argv[1:]))
