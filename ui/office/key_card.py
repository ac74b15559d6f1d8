"""The key of this machine: its code to be read out, its signing request for the province, and its passphrase."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from parindex_desktop.domain.text import folded
from parindex_desktop.services import enrolling, passphrases
from parindex_desktop.services.standing import Enrolment
from ui.language import tr
from ui.office import passphrase_dialog
from ui.office.words import ENROLMENTS, enrolment_sentence, grouped
from ui.theme.tokens import Tone
from ui.widgets import dialogs
from ui.widgets.buttons import plain_button
from ui.widgets.chips import Chip
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import CopyLabel, FieldError, Role, SectionTitle, WrapLabel
from ui.widgets.notices import Banner
from ui.widgets.panels import Panel
from ui.widgets.places import set_shown
from ui.widgets.reveal import reveal

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from parindex_desktop.domain.errors import ParIndexError
    from parindex_desktop.services.homes import Office
    from parindex_desktop.services.standing import Standing
    from ui.widgets.work import WorkStrip


class KeyCard(Panel):
    """Shows the key's standing and code; `secret` gives the passphrase, or None where the officer cancels."""

    def __init__(
        self, office: Office, work: WorkStrip, secret: Callable[[], str | None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._office = office
        self._work = work
        self._secret = secret
        self._code = ""
        self._chip = Chip()
        self._means = WrapLabel()
        self._shown = CopyLabel("", Role.TITLE)
        self._copy = plain_button(tr("Copy the code"), self.copy)
        self.save = plain_button(tr("Save the signing request…"), self.save_request)
        self.result = Banner()
        self.fault = FieldError()
        buttons = FlowLayout()
        buttons.addWidget(self.save)
        buttons.addWidget(self._copy)
        buttons.addWidget(plain_button(tr("Change the passphrase…"), self.change_passphrase))
        self.content.addWidget(SectionTitle(tr("Key of this machine")))
        self.content.addWidget(self._chip)
        self.content.addWidget(self._means)
        self._whose = WrapLabel("", Role.FIELD)
        self.content.addWidget(self._whose)
        self.content.addWidget(self._shown)
        self.content.addLayout(buttons)
        self.content.addWidget(self.result)
        self.content.addWidget(self.fault)

    def show_standing(self, standing: Standing) -> None:
        """Show where the key stands."""
        self._code = standing.code
        provincial = standing.enrolment is Enrolment.PROVINCE
        self._whose.setText(
            tr("Key code of the province (to be read out over the telephone)")
            if provincial
            else tr("Key code of this office (to be read out over the telephone)")
        )
        self._chip.show_sign(ENROLMENTS[standing.enrolment])
        self._means.setText(enrolment_sentence(standing))
        self._shown.setText(grouped(standing.code))
        set_shown(self.save, shown=not provincial)

    def copy(self) -> None:
        """Put the code on the clipboard."""
        QGuiApplication.clipboard().setText(self._code)
        self._copy.setText(tr("Copied"))

    def save_request(self) -> None:
        """Ask where to, then write the signing request."""
        self.fault.show_fault("")
        self.result.hide()
        proposed = Path(f"{_file_name(self._office.record.name)}.csr")
        kinds = tr("Signing request") + " (*.csr)"
        target = dialogs.choose_target(
            self, tr("Save the signing request"), proposed, kinds, dialogs.Purpose.KEYS
        )
        secret = self._secret() if target is not None else None
        if target is None or secret is None:
            return
        target = target if target.suffix else target.with_suffix(".csr")
        office = self._office
        self._work.do(
            tr("Writing the signing request…"),
            lambda _task: enrolling.write_request(office, target, secret),
            lambda _code: self._saved(target),
            self._failed,
            cancellable=False,
        )

    def change_passphrase(self) -> None:
        """Ask for the present passphrase and the new one, then change it."""
        self.fault.show_fault("")
        self.result.hide()
        change = passphrase_dialog.ask_change(self, self._office)
        if change is None:
            return
        self._work.do(
            tr("Changing the passphrase…"),
            lambda _task: passphrases.change_passphrase(self._office, change),
            lambda _nothing: self._changed(),
            self._failed,
            cancellable=False,
        )

    def _changed(self) -> None:
        said = tr("The key of “{name}” has its new passphrase.", name=self._office.record.name)
        self.result.tell(f"{said} {tr(passphrases.OLD_COPIES)}", Tone.GOOD)
        reveal(self.result)

    def _saved(self, target: Path) -> None:
        said = tr(
            "“{name}” was saved in {folder}. Send it to the province, then telephone and read the code above.",
            name=target.name,
            folder=str(target.parent),
        )
        self.result.tell(said, Tone.GOOD)
        reveal(self.result)

    def _failed(self, error: ParIndexError) -> None:
        self.fault.show_fault(tr(error))
        reveal(self.fault)


def _file_name(office: str) -> str:
    """A name for the file that every system can write."""
    letters = "".join(sign if sign.isascii() and sign.isalnum() else " " for sign in folded(office))
    return "-".join(["Yeu-cau-cap-khoa", *letters.title().split()])[:60]
