"""The kit: what the offices were sent last, what has changed since, and sending the next one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from parindex_desktop.domain.errors import ParIndexError
from parindex_desktop.services import enrolling, kits, years
from parindex_desktop.services.files import on_one_disk
from resources import msgid
from ui.handover.sending import ask_own_passphrase
from ui.language import tr
from ui.office.words import grouped
from ui.theme import tokens
from ui.theme.icons import Icon
from ui.theme.tokens import Tone
from ui.widgets import dialogs
from ui.widgets.buttons import link_button, plain_button
from ui.widgets.chips import Chip
from ui.widgets.labels import CopyLabel, FieldError, Role, SectionTitle, WrapLabel
from ui.widgets.notices import Banner
from ui.widgets.panels import Panel
from ui.widgets.places import set_shown
from ui.widgets.progress import Unit, size_text
from ui.widgets.signs import Sign

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from parindex_desktop.services.kits import KitStatus
    from ui.background import Task
    from ui.session import Session
    from ui.widgets.work import WorkStrip

NEVER: Final = Sign(msgid("Not exported yet"), Tone.CARE, Icon.WARNING)
CHANGED: Final = Sign(msgid("Changes not sent out"), Tone.CARE, Icon.WARNING)
NEWEST: Final = Sign(msgid("Nothing has changed"), Tone.GOOD, Icon.COMPLETE)

_CHANGES: Final[Mapping[str, str]] = {
    "unit": msgid("units: {count}"),
    "key": msgid("keys: {count}"),
    "revocation": msgid("revoked keys: {count}"),
    "period": msgid("years: {count}"),
    "set": msgid("criteria sets: {count}"),
    "given": msgid("figures given: {count}"),
    "plan": msgid("plans: {count}"),
    "due": msgid("days entered for plans: {count}"),
    "reply": msgid("answers to proposals: {count}"),
    "body": msgid("other organisations: {count}"),
    "kit": msgid("kits side by side that a new one joins: {count}"),
}


class KitCard(Panel):
    """Shows the state of the kit and writes it."""

    exported = Signal()

    settle = Signal()
    """The officer wants to see what two kits differ in."""

    def __init__(self, session: Session, work: WorkStrip, parent: QWidget | None = None) -> None:
        super().__init__(parent, scroll=True)
        self._session = session
        self._work = work
        self.chip = Chip()
        self.last = WrapLabel("", Role.SECOND)
        self.changes = WrapLabel()
        self.export_button = plain_button(tr("Export the kit…"), self.export, icon=Icon.STICK)
        self.left_out = WrapLabel("", Role.SECOND)
        self.unsettled = Banner()
        self.to_settle = link_button(tr("Figures to be settled"), self.settle.emit)
        link = QHBoxLayout()
        link.addWidget(self.to_settle)
        link.addStretch(1)
        self.result = Banner()
        self.fault = FieldError()
        buttons = QHBoxLayout()
        buttons.addWidget(self.export_button)
        buttons.addStretch(1)
        self.content.addWidget(WrapLabel(tr("Kit for the offices"), Role.TITLE))
        said = tr(
            "One signed file with the units, their keys, the years and the criteria sets. Every office opens the same "
            "kit; each change here reaches them with the next one."
        )
        self.content.addWidget(WrapLabel(said, Role.SECOND))
        for part in (self.chip, self.last, self.changes, self.unsettled):
            self.content.addWidget(part)
        self.content.addLayout(link)
        self.content.addLayout(buttons)
        self.content.addWidget(self.result)
        self.content.addWidget(self.left_out)
        self.content.addWidget(self.fault)
        self.content.addSpacing(tokens.INSIDE)
        self.content.addWidget(SectionTitle(tr("Key code of the province")))
        self.content.addWidget(CopyLabel(grouped(enrolling.spoken_key(session.office)), Role.TITLE))
        heard = tr("Read it out over the telephone when an office opens a kit for the first time.")
        self.content.addWidget(WrapLabel(heard, Role.SECOND))
        self.content.addStretch(1)

    def show_status(self, status: KitStatus, *, ready: bool) -> None:
        """Show this state; without a year a kit is of no use, so it is not `ready`."""
        never = status.number == 0
        self.chip.show_sign(NEVER if never else CHANGED if status.changes else NEWEST)
        self.last.setText(
            ""
            if never
            else tr("Last export: kit {number}, {time}", number=status.number, time=status.exported or "–")
        )
        set_shown(self.last, shown=not never)
        listed = " · ".join(
            tr(words, count=status.changes[kind])
            for kind, words in _CHANGES.items()
            if status.changes.get(kind)
        )
        self.changes.setText(tr("To be sent out: {changes}", changes=listed) if listed else "")
        set_shown(self.changes, shown=bool(listed))
        left_out = "\n".join(map(tr, years.all_left_out_words(self._session.office)))
        self.left_out.setText(left_out)
        set_shown(self.left_out, shown=bool(left_out))
        for part in (self.unsettled, self.to_settle):
            set_shown(part, shown=False)
        if status.unsettled:
            self._tell_unsettled(kits.KitsUnsettled(count=status.unsettled))
        self.export_button.setEnabled(ready and not status.unsettled)

    def export(self) -> None:
        """Ask where to, and for the passphrase where something has changed; then write the kit."""
        if self._work.busy:
            return
        self.fault.show_fault("")
        self.result.hide()
        try:
            signing = kits.must_sign(self._session.office)
        except ParIndexError as error:
            self._failed(error)
            return
        title = tr("Export the kit: choose the stick or a folder")
        folder = dialogs.choose_folder(self, title, dialogs.Purpose.SENDING)
        if folder is None:
            return
        secret = ask_own_passphrase(self, self._session.office) if signing else ""
        if secret is None:
            return
        office = self._session.office

        def work(task: Task) -> tuple[Path, int]:
            target, written = kits.export_kit(office, secret, folder, task.advance)
            return target, written.size

        self._work.do(tr("Exporting the kit…"), work, self._written, self._failed, Unit.BYTES)

    def _written(self, written: tuple[Path, int]) -> None:
        target, size = written
        self._session.saved.emit()
        self._session.reload()
        values = {"name": target.name, "size": size_text(size), "folder": str(target.parent)}
        if on_one_disk(self._session.office.home, target.parent):
            said = tr("“{name}” ({size}) was written to {folder}, read back and compared.", **values)
        else:
            said = tr(
                "“{name}” ({size}) was written to {folder}, read back and compared. The stick may be removed now.",
                **values,
            )
        self.result.tell(said, Tone.GOOD)
        self.exported.emit()

    def _failed(self, error: ParIndexError) -> None:
        # The kit may be sealed although its file was not written: the next try writes the same one.
        self._session.reload()
        if isinstance(error, kits.KitsUnsettled):
            self._tell_unsettled(error)
        else:
            self.fault.show_fault(tr(error))

    def _tell_unsettled(self, error: kits.KitsUnsettled) -> None:
        self.unsettled.tell(tr(error), Tone.CARE, closable=False)
        set_shown(self.to_settle, shown=True)
