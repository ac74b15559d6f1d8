"""The least window that PySide6 can show: what every start is measured against. Prints when it was painted."""

from __future__ import annotations

import sys
import time

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow


class AfterPaint(QObject):
    """Prints the time once the window was painted, and ends the application."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt names it)
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self._painted)
        return False

    def _painted(self) -> None:
        print("painted", time.monotonic(), flush=True)
        QApplication.quit()


app = QApplication(sys.argv)
window = QMainWindow()
window.resize(1366, 768)
after = AfterPaint()
window.installEventFilter(after)
window.show()
app.exec()
