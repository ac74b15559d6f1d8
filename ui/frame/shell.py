"""The window on the desktop: it stands there at once with the name of the office, and holds what is made for it.

This is all that an old laptop must load before its officer sees that the program has started. So nothing here
touches `Qt`, whose hundred enumerations take PySide as long as all the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui.language import tr
from ui.theme import tokens

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QPaintEvent

    from ui.settings import Settings


def title_of(office: str) -> str:
    """What the window is called; `office` is empty where there is none yet."""
    return tr("PAR index – {office}", office=office) if office else tr("PAR index")


class Shell(QWidget):
    """The one window; its content is made and made anew without it. Remembers its place for the next start."""

    painted = Signal()
    """It was painted for the first time; what takes its time may begin."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._memory = settings.memory
        self._content: QWidget = _Opening(settings.office_name)
        self._told = False
        self.setWindowTitle(title_of(settings.office_name))
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(self._content)
        self._restore_place()

    def appear(self) -> None:
        """Show the window as it was left; on a small screen it fills it from the first time on."""
        room = self.screen().availableSize()
        small = room.width() <= self.width() or room.height() <= self.height()
        if self._memory.get("window.full", "yes" if small else "no") == "yes":
            self.showMaximized()
        else:
            self.show()

    def hold(self, content: QWidget) -> None:
        """Show `content` and its title from now on, in the place of what was held before."""
        old, self._content = self._content, content
        self._layout.addWidget(content)
        self.setWindowTitle(content.windowTitle())
        self._layout.removeWidget(old)
        old.hide()
        old.deleteLater()
        content.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell of the first time."""
        super().paintEvent(event)
        if not self._told:
            self._told = True
            QTimer.singleShot(0, self, self.painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close when the content does."""
        if not self._content.close():
            event.ignore()
            return
        self._remember_place()
        event.accept()

    def _restore_place(self) -> None:
        screen = QGuiApplication.primaryScreen().availableGeometry()
        parts = self._memory.get("window.place", "").split(",")
        if len(parts) == 4 and all(part.lstrip("-").isdecimal() for part in parts):
            place = QRect(*(int(part) for part in parts))
            if any(s.availableGeometry().intersects(place) for s in QGuiApplication.screens()):
                self.setGeometry(place)
                return
        self.resize(min(1366, screen.width()), min(768, screen.height()))

    def _remember_place(self) -> None:
        place = self.normalGeometry()
        self._memory["window.place"] = f"{place.x()},{place.y()},{place.width()},{place.height()}"
        self._memory["window.full"] = "yes" if self.isMaximized() else "no"


class _Opening(QWidget):
    """What is shown before the frame is made: the top line with the name of the office, where it will stand."""

    def __init__(self, office: str) -> None:
        super().__init__()
        name = QLabel()
        name.setProperty("textFormat", 0)  # Qt.TextFormat.PlainText
        name.setProperty("role", "office")
        name.setText(office or tr("PAR index"))
        line = QFrame()
        line.setObjectName("top-bar")
        line.setMinimumHeight(tokens.TOP_LINE)
        row = QHBoxLayout(line)
        row.setContentsMargins(tokens.EDGE, 6, tokens.EDGE, 7)
        row.addWidget(name)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(line)
        column.addStretch()
