"""The window for a bug of ours: says that work is safe, shows the whole report, lets it be copied."""

from __future__ import annotations

import logging
import platform
import sys
import threading
import traceback
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QThread, QTimer, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from parindex_desktop import __version__
from ui.language import tr
from ui.theme.tokens import Tone
from ui.widgets.buttons import filled_button, plain_button
from ui.widgets.dialogs import Dialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_log = logging.getLogger("parindex.bug")


class ErrorReport(Dialog):
    """Shows `report`; nothing is sent anywhere."""

    def __init__(self, report: str, parent: QWidget | None = None) -> None:
        super().__init__(
            parent,
            tr("The program made a mistake"),
            tr(
                "What was saved is safe; the last thing you did may not have been saved. Copy the report below "
                "and give it to the person who looks after the program, then go on or restart the program. "
                "Read it before: it may contain words from your form."
            ),
            Tone.WRONG,
        )
        self.setMinimumSize(560, 420)
        self._report = QPlainTextEdit(report, readOnly=True)
        self._report.setAccessibleName(tr("Report"))
        self._report.setTabChangesFocus(True)
        self._report.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.content.addWidget(self._report, 1)
        self._copy = plain_button(tr("Copy the report"), self.copy)
        self.add_left(self._copy)
        self.add_button(filled_button(tr("Close"), self.accept), default=True)

    def copy(self) -> None:
        """Put the whole report on the clipboard."""
        QGuiApplication.clipboard().setText(self._report.toPlainText())
        self._copy.setText(tr("Copied"))


def report_text(error: BaseException) -> str:
    """Everything that helps to find a bug: versions, system, time, the way to the error."""
    facts = (
        f"PAR Index Desktop {__version__}",
        f"Python {platform.python_version()}, Qt {qVersion()}, {platform.platform()}",
        f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC",
    )
    trace = "".join(traceback.format_exception(error))
    return "\n".join((*facts, "", trace))


def report_bug(error: BaseException) -> None:
    """Log `error` and show its report; while one is shown, further ones are only logged."""
    _log.critical("a bug", exc_info=error)
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        return
    if QThread.currentThread() is app.thread():
        _show(error)
    else:
        QTimer.singleShot(0, app, lambda: _show(error))


def catch_bugs() -> None:
    """From now on whatever nobody catches, in any thread, is logged and shown."""
    sys.excepthook = lambda _kind, error, _trace: _uncaught(error)
    threading.excepthook = lambda thread: _uncaught(thread.exc_value)


def _uncaught(error: BaseException | None) -> None:
    if isinstance(error, KeyboardInterrupt):
        QApplication.exit(130)
    elif error is not None:
        report_bug(error)


def _show(error: BaseException) -> None:
    if any(
        isinstance(window, ErrorReport) and window.isVisible() for window in QApplication.topLevelWidgets()
    ):
        return
    window = ErrorReport(report_text(error), QApplication.activeWindow())
    window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    window.setModal(True)
    window.show()
