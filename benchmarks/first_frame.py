"""Starts the window of an office, prints when its first frame was painted and when the last criterion took a key.

The program knows nothing of it: this hears from the desk when its frame was painted, and plays the officer who
goes to the last criterion with figures and types a digit. Arguments: those of `parindex`.
"""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from parindex_desktop.cli.main import main
from ui.app import Desk

if TYPE_CHECKING:
    from collections.abc import Callable

HEAVY = ("alembic", "reportlab", "openpyxl", "pyhanko")


class Watcher(QObject):
    """Waits for the first frame, then for the form, then for the digit to stand in its field."""

    def begin(self, desk: Desk) -> None:
        desk.painted.connect(self._painted)
        start(desk)

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
start = Desk.start
Desk.start = lambda desk: watcher.begin(desk)  # noqa: PLW0108 (a bound method would not get the desk)
sys.exit(main(sys.argv[1:]))
