"""Where files come in: dropped with the mouse, or chosen in a dialog (Ctrl+O)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from ui.language import tr
from ui.theme import set_look, tokens
from ui.widgets import dialogs
from ui.widgets.buttons import link_button
from ui.widgets.dialogs import Purpose
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import FieldError, OneLine, Role

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent


class DropZone(QFrame):
    """A frame that takes files (with `folders` also whole folders, with `single` one at a time) and tells their paths.

    What cannot be meant is said in the frame, until something else is dropped or chosen.
    """

    chosen = Signal(list)
    """Paths of files and folders, in the order given."""

    def __init__(
        self,
        name: str,
        kinds: str = "",
        *,
        choose: str = "",
        folders: bool = False,
        single: bool = False,
        purpose: Purpose = Purpose.OTHER,
        parent: QWidget | None = None,
    ) -> None:
        """`name` titles the dialog; `kinds` is Qt's filter of file names; `choose` the words of its link."""
        super().__init__(parent)
        self._name = name
        self._kinds = kinds
        self._folders = folders
        self._single = single
        self._purpose = purpose
        self.setProperty("role", "drop")
        self.setAccessibleName(name)
        self.setAcceptDrops(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        line = FlowLayout(across=tokens.TIGHT, centred=True)
        words = tr("Drop files or a folder here, or") if folders else tr("Drop files here, or")
        line.addWidget(OneLine(words, Role.SECOND))
        self.button = link_button(choose or tr("Choose files…"), self.choose)
        line.addWidget(self.button)
        line.addWidget(OneLine("(Ctrl+O)", Role.SECOND))
        if folders:
            line.addWidget(OneLine(tr("or"), Role.SECOND))
            line.addWidget(link_button(tr("Choose a folder…"), self.choose_folder))
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.EDGE, tokens.INSIDE, tokens.EDGE, tokens.INSIDE)
        column.addLayout(line)
        self.fault = FieldError()
        column.addWidget(self.fault)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Open), self, self.choose)

    def take_drops_on(self, place: QWidget) -> None:
        """Take what is let go anywhere on `place`: a file that misses the frame is still meant for it."""
        place.setAcceptDrops(True)
        place.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What is dragged over the places of `take_drops_on` is dragged over the frame."""
        match event.type():
            case QEvent.Type.DragEnter:
                event.ignore()
                self.dragEnterEvent(cast("QDragEnterEvent", event))
            case QEvent.Type.DragLeave:
                self.dragLeaveEvent(cast("QDragLeaveEvent", event))
            case QEvent.Type.Drop:
                self.dropEvent(cast("QDropEvent", event))
            case _:
                return super().eventFilter(watched, event)
        return True

    def choose(self) -> None:
        """Ask for files in a dialog."""
        self._tell(dialogs.choose_files(self, self._name, self._kinds, self._purpose))

    def choose_folder(self) -> None:
        """Ask for a folder in a dialog."""
        folder = dialogs.choose_folder(self, self._name, self._purpose)
        self._tell([folder] if folder else [])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Show that files may be let go here."""
        if self.isEnabled() and _paths(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self._over(True)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """The mouse went on."""
        self._over(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take what was let go; the files themselves stay where they are."""
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self._over(False)
        self._tell(_paths(event.mimeData()))

    def _tell(self, paths: list[Path]) -> None:
        if not paths:
            return
        meant, fault = self._meant(paths)
        self.fault.show_fault(fault)
        if meant:
            self.chosen.emit(meant)

    def _meant(self, paths: list[Path]) -> tuple[list[Path], str]:
        """Those of `paths` that are taken here, and why the others are not."""
        folders = [] if self._folders else [path for path in paths if dialogs.is_folder(path)]
        files = [path for path in paths if path not in folders]
        if self._single and len(files) > 1:
            return [], tr(
                "Only one file belongs here, {count} were given. Give the right one.", count=len(files)
            )
        if folders:
            name = folders[0].name
            return files, tr("“{name}” is a folder. Open it, and drop the file that is in it.", name=name)
        return files, ""

    def _over(self, over: bool) -> None:
        set_look(self, "over", "true" if over else "")


def _paths(data: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
