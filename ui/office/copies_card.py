"""The copy of the province's keys: why there should be one, when the last was made, and making one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from parindex_desktop.services import key_copies
from parindex_desktop.services.files import on_one_disk
from resources import msgid
from ui.language import tr
from ui.theme.icons import Icon
from ui.theme.tokens import Tone
from ui.widgets import dialogs
from ui.widgets.buttons import plain_button
from ui.widgets.chips import Chip
from ui.widgets.labels import FieldError, Role, SectionTitle, WrapLabel
from ui.widgets.notices import Banner
from ui.widgets.panels import Panel
from ui.widgets.places import set_shown
from ui.widgets.reveal import reveal
from ui.widgets.signs import Sign

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from parindex_desktop.domain.errors import ParIndexError
    from parindex_desktop.services.homes import Office
    from ui.widgets.work import WorkStrip

NO_COPY: Final = Sign(msgid("No copy is known of"), Tone.CARE, Icon.WARNING)
COPIED: Final = Sign(msgid("Copied"), Tone.GOOD, Icon.COMPLETE)


class CopiesCard(Panel):
    """Urges once, calmly, to keep a copy; with one it only says when and where."""

    copied = Signal()

    def __init__(self, office: Office, work: WorkStrip, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._work = work
        self.chip = Chip()
        self._last = WrapLabel("", Role.SECOND)
        self.result = Banner()
        self.fault = FieldError()
        buttons = QHBoxLayout()
        buttons.addWidget(plain_button(tr("Copy the keys…"), self.copy, icon=Icon.STICK))
        buttons.addStretch(1)
        said = tr(
            "Nobody can make the keys of the province again: if they are lost, every office has to be enrolled anew "
            "and to compare a new key code. Keep a copy on a stick where the seal is kept, apart from this machine. "
            "Whoever holds it still needs the passphrase."
        )
        self.content.addWidget(SectionTitle(tr("Copy of the province's keys")))
        for part in (self.chip, WrapLabel(said), self._last):
            self.content.addWidget(part)
        self.content.addLayout(buttons)
        self.content.addWidget(self.result)
        self.content.addWidget(self.fault)

    def refresh(self) -> None:
        """Look again when the keys were last copied."""
        last = key_copies.last_copy(self._office)
        self.chip.show_sign(COPIED if last else NO_COPY)
        self._last.setText(
            tr("Last copy: {time}, into {folder}", time=last.at, folder=last.folder) if last else ""
        )
        set_shown(self._last, shown=last is not None)

    def copy(self) -> None:
        """Ask where to, then copy the keys."""
        if self._work.busy:
            return
        self.fault.show_fault("")
        self.result.hide()
        folder = dialogs.choose_folder(self, tr("Copy the keys: choose the stick"), dialogs.Purpose.KEYS)
        if folder is None:
            return
        office = self._office
        self._work.do(
            tr("Copying the keys…"),
            lambda _task: key_copies.copy_keys(office, folder),
            self._copied,
            self._failed,
            cancellable=False,
        )

    def _copied(self, folder: Path) -> None:
        self.refresh()
        if on_one_disk(self._office.home, folder):
            said = tr(
                "The keys were copied into {folder}, but that lies on the same disk as the data: one defect takes "
                "both. Copy them to a stick as well.",
                folder=str(folder),
            )
            self.result.tell(said, Tone.CARE)
        else:
            said = tr(
                "The keys were copied into {folder}, read back and compared. The stick may be removed now.",
                folder=str(folder),
            )
            self.result.tell(said, Tone.GOOD)
        reveal(self.result)
        self.copied.emit()

    def _failed(self, error: ParIndexError) -> None:
        self.fault.show_fault(tr(error))
        reveal(self.fault)
