"""The machine itself: language and colours, where the data lie, backups, and a check of everything kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout

from parindex_desktop.domain.messages import Message
from parindex_desktop.services import reading_journal, releasing, upkeep
from resources import msgid
from ui.language import tr
from ui.office import journal_dialog
from ui.office.words import BACKUPS, findings_sentence, room_sentence
from ui.theme import tokens
from ui.theme.tokens import Theme, Tone
from ui.widgets import dialogs
from ui.widgets.buttons import plain_button
from ui.widgets.cells import Column
from ui.widgets.combo import ComboBox
from ui.widgets.flow import FlowLayout
from ui.widgets.labelled import Labelled
from ui.widgets.labels import CopyLabel, FieldError, Role, SectionTitle, WrapLabel
from ui.widgets.language_box import LanguageBox
from ui.widgets.notices import Banner
from ui.widgets.panels import Panel
from ui.widgets.places import set_shown
from ui.widgets.progress import size_text
from ui.widgets.reveal import reveal
from ui.widgets.short_table import ShortTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QWidget

    from parindex_desktop.domain.errors import ParIndexError
    from parindex_desktop.services.homes import Office
    from parindex_desktop.services.releasing import Room
    from parindex_desktop.services.upkeep import Backup, Findings
    from ui.settings import Settings
    from ui.widgets.work import WorkStrip

Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()
_DISPLAY = Qt.ItemDataRole.DisplayRole

_THEMES: Final = (
    (Theme.LIGHT, msgid("Light")),
    (Theme.DARK, msgid("Dark")),
    (Theme.HIGH_CONTRAST, msgid("High contrast")),
)


class BackupsModel(QAbstractTableModel):
    """The automatic copies, newest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._backups: tuple[Backup, ...] = ()

    def show_backups(self, backups: Sequence[Backup]) -> None:
        """Show these."""
        self.beginResetModel()
        self._backups = tuple(backups)
        self.endResetModel()

    def rowCount(self, parent: Index = _NONE) -> int:
        """One row for each copy."""
        return 0 if parent.isValid() else len(self._backups)

    def columnCount(self, parent: Index = _NONE) -> int:
        """When, before what, how large."""
        return 0 if parent.isValid() else 3

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """What one cell says."""
        if not index.isValid() or role != _DISPLAY:
            return None
        backup = self._backups[index.row()]
        reason = BACKUPS.get(backup.reason)
        said = tr(reason) if reason else backup.reason
        return (tr("{time}", time=backup.at), said, size_text(backup.size))[index.column()]

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        """Titles of the columns."""
        if orientation is Qt.Orientation.Horizontal and role == _DISPLAY:
            return (tr("Backed up at"), tr("Occasion"), tr("Size of the copy"))[section]
        return None


class MachineCard(Panel):
    """What concerns this machine alone."""

    backed_up = Signal()
    freed = Signal()
    """Files are gone that nothing named; what could still be undone must not bring an entry of them back."""

    def __init__(
        self, office: Office, settings: Settings, work: WorkStrip, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._office = office
        self._work = work
        self.language = LanguageBox(settings)
        self.theme = ComboBox(tr("Colours"))
        for theme, words in _THEMES:
            self.theme.addItem(tr(words), theme)
        self.theme.setCurrentIndex(self.theme.findData(settings.theme))
        # Later, so that the list is closed and the box no longer at work when the window is made anew.
        self.theme.activated.connect(
            lambda _row: settings.choose_theme(Theme(self.theme.currentData())),
            Qt.ConnectionType.QueuedConnection,
        )
        self.model = BackupsModel(self)
        self._backups = ShortTable(
            tr("Automatic backups"), (Column(130), Column(110, 1, least=90), Column(80, numeric=True)), 4
        )
        self._backups.setModel(self.model)
        self._none = WrapLabel(tr("None yet. One is made before everything that changes much."), Role.SECOND)
        self.result = Banner()
        self.room = Banner()
        self.fault = FieldError()
        self._lay_out()

    def refresh(self) -> None:
        """Look again at the backups."""
        kept = upkeep.backups(self._office)
        self.model.show_backups(kept)
        set_shown(self._backups, shown=bool(kept))
        set_shown(self._none, shown=not kept)

    def check(self) -> None:
        """Check the journal, every signed version and every file."""
        self._begin()
        office = self._office
        self._work.do(
            tr("Checking journal, signed versions and files…"),
            lambda _task: upkeep.check(office),
            self._checked,
            self._failed,
            cancellable=False,
        )

    def back_up(self) -> None:
        """Make a copy of the database now."""
        self._begin()
        office = self._office
        self._work.do(
            tr("Backing up…"),
            lambda _task: office.back_up("manual"),
            lambda _file: self._backed_up(),
            self._failed,
            cancellable=False,
        )

    def free(self) -> None:
        """Ask, then remove the files that nothing names any more."""
        sentence = tr(
            "Files are removed that were attached, taken away again, and are older than {days} days. What the form, a "
            "version that was handed over or an automatic backup names stays. What was done before cannot be undone "
            "(Ctrl+Z) any more.",
            days=releasing.UNUSED_FOR.days,
        )
        if dialogs.ask(self, tr("Free the room?"), sentence, yes=tr("Remove the files")):
            self._begin()
            office = self._office
            self._work.do(
                tr("Removing files…"),
                lambda _task: releasing.release(office),
                self._freed,
                self._failed,
                cancellable=False,
            )

    def read_journal(self) -> None:
        """Show who did what and when."""
        self._begin()
        office = self._office
        self._work.do(
            tr("Reading the journal…"),
            lambda _task: reading_journal.read(office),
            lambda reading: journal_dialog.show(self, reading),
            self._failed,
            cancellable=False,
        )

    def _begin(self) -> None:
        self.fault.show_fault("")
        self.result.hide()
        self.room.hide()

    def _checked(self, found: Findings) -> None:
        self.result.tell(findings_sentence(found), Tone.GOOD if found.sound else Tone.WRONG)
        reveal(self.result)
        if isinstance(found.to_free, Message):
            self.room.tell(tr(found.to_free), Tone.CARE)
        elif found.to_free.files and found.sound:
            self.room.tell(room_sentence(found.to_free), Tone.ACCENT, tr("Free the room…"), self.free)
            reveal(self.room)

    def _freed(self, room: Room) -> None:
        self.freed.emit()
        said = tr(
            "{files} files were removed, {size} are free again.", files=room.files, size=size_text(room.bytes)
        )
        self.result.tell(said, Tone.GOOD)
        reveal(self.result)

    def _backed_up(self) -> None:
        self.refresh()
        self.backed_up.emit()

    def _failed(self, error: ParIndexError) -> None:
        self.fault.show_fault(tr(error))
        reveal(self.fault)

    def _open_folder(self) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._office.home))):
            self.fault.show_fault(tr("The folder could not be opened on this machine."))

    def _lay_out(self) -> None:
        choices = QHBoxLayout()
        choices.setSpacing(tokens.BETWEEN)
        choices.addWidget(Labelled(tr("Language"), self.language), 1)
        choices.addWidget(Labelled(tr("Colours"), self.theme), 1)
        self.content.addWidget(SectionTitle(tr("This machine")))
        self.content.addLayout(choices)
        self.content.addWidget(WrapLabel(tr("The data lie in"), Role.FIELD))
        self.content.addWidget(CopyLabel(str(self._office.home)))
        self.content.addWidget(WrapLabel(tr("Automatic backups"), Role.FIELD))
        self.content.addWidget(self._backups)
        self.content.addWidget(self._none)
        buttons = FlowLayout(across=tokens.INSIDE)
        buttons.addWidget(plain_button(tr("Open the folder"), self._open_folder))
        buttons.addWidget(plain_button(tr("Back up now"), self.back_up))
        buttons.addWidget(plain_button(tr("Check everything"), self.check))
        buttons.addWidget(plain_button(tr("Journal…"), self.read_journal))
        self.content.addLayout(buttons)
        self.content.addWidget(self.result)
        self.content.addWidget(self.room)
        self.content.addWidget(self.fault)
