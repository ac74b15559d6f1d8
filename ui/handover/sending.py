"""Step 4, nộp hồ sơ: one signed file on a stick, read back and compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from parindex_desktop.domain.errors import UserError
from parindex_desktop.domain.revisions import State, content_code
from parindex_desktop.services import handing_over, sealing
from parindex_desktop.services.files import on_one_disk
from ui.handover.steps import StepInHand, step_words
from ui.language import tr
from ui.theme import tokens
from ui.theme.tokens import Tone
from ui.widgets import dialogs, passphrase
from ui.widgets.buttons import plain_button
from ui.widgets.facts import Facts
from ui.widgets.labels import FieldError, Role, WrapLabel
from ui.widgets.notices import Banner
from ui.widgets.progress import Unit, size_text
from ui.widgets.reveal import reveal
from ui.widgets.work import say_end

if TYPE_CHECKING:
    from parindex_desktop.domain.errors import ParIndexError
    from parindex_desktop.services.filling import Form
    from parindex_desktop.services.homes import Office
    from parindex_desktop.services.series_export import HandedOver
    from ui.background import Task
    from ui.session import Session
    from ui.widgets.work import WorkStrip


class Writer:
    """Writes a bundle of this office: asks where and, if need be, for the passphrase, works, tells how it ended."""

    def __init__(
        self, session: Session, work: WorkStrip, parent: QWidget, result: Banner, fault: FieldError
    ) -> None:
        self._session = session
        self._work = work
        self._parent = parent
        self._result = result
        self._fault = fault

    def write(self, title: str, what: str, state: State) -> None:
        """Ask for the folder, and for the passphrase where something is yet to be signed; then write.

        A hand-over is `State.FINAL`, a draft for the other machine is not. What cannot be signed is told first.
        """
        self._fault.show_fault("")
        self._result.hide()
        office, form = self._session.office, self._session.form
        export = handing_over.hand_over if state is State.FINAL else handing_over.export_draft
        try:
            signing = handing_over.must_sign(office, form, state)
        except UserError as error:
            self._fault.show_fault(tr(error))
            return
        folder = dialogs.choose_folder(self._parent, title, dialogs.Purpose.SENDING)
        if folder is None:
            return
        secret = ask_own_passphrase(self._parent, office) if signing else ""
        if secret is None:
            return

        def work(task: Task) -> tuple[Form, HandedOver]:
            def tell(done: int, total: int) -> None:
                task.check()
                task.progress(done, total)

            return export(office, form, secret, folder, tell)

        self._work.do(what, work, self._written, self._failed, Unit.BYTES)

    def _written(self, ended: tuple[Form, HandedOver]) -> None:
        form, handed = ended
        self._session.move(lambda _office, _form: form)
        values = {
            "name": handed.target.name,
            "size": size_text(handed.written.size),
            "folder": str(handed.target.parent),
        }
        if on_one_disk(self._session.office.home, handed.target.parent):
            said = tr("“{name}” ({size}) was written to {folder}, read back and compared.", **values)
        else:
            said = tr(
                "“{name}” ({size}) was written to {folder}, read back and compared. The stick may be removed now.",
                **values,
            )
        self._result.tell(said, Tone.GOOD)
        reveal(self._result)

    def _failed(self, error: ParIndexError) -> None:
        # The revision may stand although its file does not: what the disk says counts.
        self._session.reload()
        say_end(self._fault, error)
        reveal(self._fault)


def ask_own_passphrase(parent: QWidget, office: Office) -> str | None:
    """The passphrase of this machine's key, tried at once; None when cancelled."""

    def judge(typed: str) -> str:
        try:
            sealing.check_passphrase(office, typed)
        except UserError as error:
            return tr(error)
        return ""

    said = tr("This is signed with this machine's key. Type the passphrase that was chosen for it.")
    return passphrase.ask_passphrase(parent, tr("Passphrase of the key"), said, judge)


def content_lines(digest: str) -> list[tuple[str, str]]:
    """The name of a hand-over, which the province sees as well."""
    return [(tr("Content code (SHA-256)"), content_code(digest))]


def key_trouble(session: Session) -> str:
    """Why this machine's key cannot sign anything now, and what to do; the empty text where it can."""
    try:
        sealing.certificates(session.office, session.form.kit)
    except UserError as error:
        return tr(error)
    return ""


class Sending(QWidget):
    """The button that hands over, and what came of it; `key_asked` where the key must be enrolled first."""

    key_asked = Signal()

    def __init__(self, session: Session, work: WorkStrip, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        said = tr(
            "Everything becomes one signed file: figures, explanations, documents and the signed copy. Write it to a "
            "stick or a folder and bring or send it to the province. It is read back and compared before you are "
            "told that it is done. (The signature of the bundle shows that it is whole and from this office; it does "
            "not replace the official digital signature on the paper.)"
        )
        self._session = session
        self.trouble = ""
        self.key = Banner()
        self.handed = Facts()
        self.result = Banner()
        self.fault = FieldError()
        self._writer = Writer(session, work, self, self.result, self.fault)
        self._send = plain_button(tr("Hand over…"), self.send)
        buttons = QHBoxLayout()
        buttons.addWidget(self._send)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, tokens.TIGHT)
        column.setSpacing(tokens.BETWEEN)
        column.addWidget(WrapLabel(said, Role.SECOND))
        column.addWidget(self.key)
        column.addWidget(self.handed)
        column.addWidget(self.result)
        column.addWidget(self.fault)
        column.addLayout(buttons)

    def show_form(self, form: Form) -> None:
        """Offer to hand over, or to write the same file once more; a key that cannot sign is told at once."""
        step = handing_over.next_step(form)
        done = step is handing_over.Handover.DONE
        # What was signed already is written again as it is.
        self.trouble = "" if done else key_trouble(self._session)
        if self.trouble:
            go = tr("Office, key and kit"), self.key_asked.emit
            self.key.tell(self.trouble, Tone.CARE, *go, closable=False)
        else:
            self.key.hide()
        digest = handing_over.last_handed_over(form)
        self.handed.show_lines(content_lines(digest) if digest else ())
        self._send.setEnabled(done or (step is handing_over.Handover.HAND_OVER and not self.trouble))
        self._send.setText(tr("Write the same file again…") if done else step_words(StepInHand.HAND_OVER))

    def send(self) -> None:
        """Hand over."""
        self._writer.write(tr("Hand over: choose the stick or a folder"), tr("Handing over…"), State.FINAL)
