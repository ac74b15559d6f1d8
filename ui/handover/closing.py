"""Step 1, chốt điểm: what still lacks, the texts of the report, and closing or opening the figures."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from parindex_desktop.domain.closing import LONGEST_PERSON
from parindex_desktop.domain.errors import ParIndexError
from parindex_desktop.services import locking, people
from parindex_desktop.services.handing_over import reopened
from parindex_desktop.services.moving import newer_set
from parindex_desktop.services.paper_texts import LABELS
from parindex_desktop.services.reporting import blank_texts
from resources import msgid
from ui.handover import reason
from ui.handover.letterhead import Letterhead
from ui.handover.models import LackingModel
from ui.language import tr
from ui.theme import tokens
from ui.theme.icons import Icon
from ui.theme.tokens import Tone
from ui.widgets import dialogs
from ui.widgets.buttons import link_button, plain_button
from ui.widgets.cells import Column
from ui.widgets.fields import LineField, TextArea
from ui.widgets.labelled import Labelled
from ui.widgets.labels import FieldError, Role, SectionTitle, WrapLabel
from ui.widgets.notices import Banner
from ui.widgets.places import set_shown
from ui.widgets.reveal import reveal
from ui.widgets.short_table import ShortTable

if TYPE_CHECKING:
    from parindex_desktop.services.filling import Form
    from ui.session import Session

_ROWS_IN_VIEW: Final = 7
_ASKED: Final = msgid(
    "After locking nothing can be changed any more, so that the paper and the bundle say the same. "
    "To change something later, unlock with a reason and have the report signed again."
)


class Closing(QWidget):
    """Before the lock: what lacks, and the button that locks. After it: who locked when, and how to unlock."""

    jump = Signal(str, object)
    """Id of the criterion that the officer wants to complete, and what it needs first."""
    settle = Signal()
    """The officer wants to see what is to be settled."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._model = LackingModel(self)
        self.reopened = Banner()
        self._unsettled = Banner()
        self._count = SectionTitle("")
        columns = (Column(200, 1, least=120), Column(190, least=150))
        self.lacking = ShortTable(tr("What lacks"), columns, _ROWS_IN_VIEW)
        self.lacking.setModel(self._model)
        self.lacking.activated.connect(self._jump)
        self.lacking.clicked.connect(self._jump)
        self.why = TextArea(tr("Why it is locked although something lacks"), least=2, limit=2000)
        self._why = Labelled(
            tr("Why it is locked although something lacks (the province reads this)"), self.why
        )
        self.approved = LineField(tr("Who looked the figures through"), limit=LONGEST_PERSON)
        self._approved = Labelled(
            tr("Who looked the figures through (name and title; stands on the paper)"), self.approved
        )
        self._hands = WrapLabel("", Role.SECOND)
        self._texts = link_button("", self._fold)
        self.letterhead = Letterhead(session)
        self.fault = FieldError()
        self.why.textChanged.connect(lambda: self.fault.show_fault(""))
        self._lock = plain_button(tr("Lock the figures…"), self.lock, icon=Icon.LOCKED)
        self._unlock = plain_button(tr("Unlock…"), self.unlock)
        self._reason = WrapLabel("", tone=Tone.CARE)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, tokens.TIGHT)
        column.setSpacing(tokens.BETWEEN)
        buttons = QHBoxLayout()
        buttons.addWidget(self._lock)
        buttons.addWidget(self._unlock)
        buttons.addStretch(1)
        self.blank = Banner()
        parts = (
            self.reopened,
            self._unsettled,
            self._count,
            self.lacking,
            self.blank,
            self._reason,
            self._hands,
            self._texts,
        )
        for part in (*parts, self.letterhead):
            column.addWidget(part)
        column.addWidget(self._why)
        column.addWidget(self._approved)
        column.addWidget(self.fault)
        column.addLayout(buttons)
        self._show_texts(shown=False)

    def show_form(self, form: Form) -> None:
        """Show where `form` stands."""
        assessment = form.assessment
        locked = assessment.lock is not None
        lacking = assessment.lacking()
        opened = reopened(self._session.office, form)
        if opened is not None:
            self.reopened.tell(tr(opened), Tone.CARE, closable=False)
        else:
            self.reopened.hide()
        count = len(assessment.unsettled)
        if count and not locked:
            said = tr(
                "{count} figure(s) have different values on the two machines. Settle them first.", count=count
            )
            self._unsettled.tell(said, Tone.CARE, tr("Settle them"), self.settle.emit, closable=False)
        else:
            self._unsettled.hide()
        self._show_lacking(form)
        self._show_blank(form)
        incomplete = assessment.lock.incomplete if assessment.lock else ""
        self._reason.setText(tr("Locked although something lacks: {reason}", reason=incomplete))
        set_shown(self._reason, shown=bool(incomplete))
        set_shown(self._why, shown=bool(lacking) and not locked)
        self._show_hands(form)
        set_shown(self._lock, shown=not locked)
        set_shown(self._unlock, shown=locked)
        self.fault.show_fault("")
        self.letterhead.show_form(form)

    def lock(self) -> None:
        """Ask, then close the figures."""
        why = self.why.value() if not self._why.isHidden() else ""
        lacking = self._session.form.assessment.lacking()
        if lacking and not why:
            self._tell(tr("Complete what lacks, or write above why it is locked all the same."))
            self.why.setFocus()
            return
        if dialogs.ask(self, tr("Lock the figures?"), self._question(), yes=tr("Lock the figures")):
            try:
                approved = "" if self._approved.isHidden() else self.approved.value()
                self._session.move(lambda office, form: locking.lock(office, form, why, approved))
            except ParIndexError as error:
                self._tell(tr(error))

    def _question(self) -> str:
        """What locking means; where a newer version of the set waits, that all of it will be done once more."""
        newer = newer_set(self._session.form)
        if newer is None:
            return tr(_ASKED)
        first = tr(
            "Version {new} of the criteria set waits: a form that is locked now has to be moved, locked and signed "
            "once more. Better look and move first.",
            new=newer.version,
        )
        return tr("{first} {second}", first=first, second=tr(_ASKED))

    def unlock(self) -> None:
        """Ask why, then open the figures."""
        handed = tr("What was handed over stays as it is. Afterwards lock, print, sign and hand over again.")
        why = reason.ask_reason(
            self, tr("Unlock the figures?"), handed, tr("Reason (stays in the journal)"), tr("Unlock")
        )
        if why is not None:
            try:
                self._session.move(lambda office, form: locking.unlock(office, form, why))
            except ParIndexError as error:
                self._tell(tr(error))

    def _tell(self, fault: str) -> None:
        self.fault.show_fault(fault)
        reveal(self.fault)

    def _show_hands(self, form: Form) -> None:
        """Ask who looked the figures through, where the office keeps a staff list; once locked, say who did what."""
        office, lock = self._session.office, form.assessment.lock
        set_shown(self._approved, shown=lock is None and bool(people.at_work(office)))
        self.approved.show_value(self.approved.value() or locking.checker(office))
        said = []
        if lock is not None and lock.entered:
            said.append(tr("Entered by: {names}", names=lock.entered))
        if lock is not None and lock.approved:
            said.append(tr("Looked through by: {name}", name=lock.approved))
        self._hands.setText("\n".join(said))
        set_shown(self._hands, shown=bool(said))

    def _show_lacking(self, form: Form) -> None:
        lacking = form.assessment.lacking()
        locked = form.assessment.lock is not None
        self._model.show_sheets(lacking)
        said = (
            tr("{count} criteria still lack something", count=len(lacking))
            if lacking
            else tr("Nothing lacks.")
        )
        self._count.setText(said)
        set_shown(self._count, shown=not locked or bool(lacking))
        set_shown(self.lacking, shown=bool(lacking) and not locked)

    def _show_blank(self, form: Form) -> None:
        """Name what will stand empty on the paper: once the figures are locked it cannot be entered any more."""
        blank = blank_texts(self._session.office, form.assessment)
        if not blank or form.assessment.lock is not None:
            self.blank.hide()
            return
        said = tr(
            "Not entered yet: {texts}. They will stand empty on the paper, and cannot be entered once the figures "
            "are locked.",
            texts=[tr(LABELS[name]) for name in blank],
        )
        self.blank.tell(
            said, Tone.CARE, tr("Enter them"), partial(self._enter_text, blank[0]), closable=False
        )

    def _enter_text(self, name: str) -> None:
        self._show_texts(shown=True)
        self.letterhead.enter(name)

    def _jump(self, index: QModelIndex) -> None:
        sheet = self._model.sheet(index.row())
        self.jump.emit(sheet.criterion.id, sheet.needs[0])

    def _fold(self) -> None:
        self._show_texts(shown=self.letterhead.isHidden())

    def _show_texts(self, *, shown: bool) -> None:
        words = tr("Hide the head, signature and texts of the report")
        self._texts.setText(words if shown else tr("Head, signature and texts of the report…"))
        set_shown(self.letterhead, shown=shown)
