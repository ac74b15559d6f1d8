"""The page “Nộp hồ sơ”: four steps in the order that offices keep, the one to be done now open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from parindex_desktop.domain.errors import UserError
from parindex_desktop.services.handing_over import Handover, next_step
from resources.language import VIETNAM
from ui import states
from ui.frame.page import Page, Step, TopLine
from ui.handover.closing import Closing
from ui.handover.machines import History, OtherMachine
from ui.handover.printing import Printing
from ui.handover.sending import Sending
from ui.handover.signing import Signing
from ui.handover.step_card import StepCard, StepState
from ui.handover.summary import DONE_NOTES, facts
from ui.language import tr
from ui.theme import tokens
from ui.theme.icons import Icon
from ui.widgets.labels import OneLine
from ui.widgets.notices import EmptyState
from ui.widgets.panels import PageHeader
from ui.widgets.scrolling import CardColumn
from ui.widgets.work import WorkStrip

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from parindex_desktop.domain.needs import Need
    from parindex_desktop.services.filling import Form
    from ui.session import Session


class HandOverPage(Page):
    """Shows the form's way out of the office. `jump` opens the form at a criterion, `open_page` another page."""

    def __init__(
        self, session: Session, open_page: Callable[[str], object], jump: Callable[[str, Need], object]
    ) -> None:
        super().__init__()
        self._session = session
        self._open_page = open_page
        self._jump = jump
        self._cards: list[StepCard] = []
        self._current = 0

    def build(self) -> None:
        """Make the widgets, or say why there is nothing to hand over yet."""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(tokens.BETWEEN)
        self._whole = QWidget()
        self._empty: EmptyState | None = None
        self._column.addWidget(self._whole)
        self._build_steps()
        self._session.changed.connect(self._refresh)

    def activated(self) -> None:
        """Look again at what was printed and handed over; the keyboard goes to the current step."""
        self._show()
        if self._empty is None:
            self._focus_current()

    def leave(self) -> bool:
        """Nothing else is done while a bundle is being written or taken in."""
        return super().leave() and not self.work.busy

    def top_line(self) -> TopLine:
        """The next step of the way."""
        form = self._form()
        if form is None:
            return TopLine()
        today = self._session.office.clock().astimezone(VIETNAM).date()
        note = states.deadline_note(form, today)
        unwritten = self._current_step(form) == 4
        return TopLine(states.SIGNED if unwritten else states.stage_sign(form), note, self._step(form))

    def panes(self) -> Sequence[QWidget]:
        """The steps, and what stands beside them."""
        return (self._scrolled, self._beside) if self._empty is None else (self._empty,)

    def card(self, number: int) -> StepCard:
        """The card of step `number`, from 1."""
        return self._cards[number - 1]

    # Inside.

    def _form(self) -> Form | None:
        try:
            return self._session.form
        except UserError:
            return None

    def _build_steps(self) -> None:
        self.work = WorkStrip()
        self.closing = Closing(self._session)
        self.printing = Printing(self._session, self.work)
        self.signing = Signing(self._session, self.work)
        self.sending = Sending(self._session, self.work)
        self.history = History(self._session)
        self.machines = OtherMachine(self._session, self.work)
        self.closing.jump.connect(self._jump)
        self.closing.settle.connect(lambda: self._open_page("differences"))
        self.machines.settle.connect(lambda: self._open_page("differences"))
        self.printing.printed.connect(self._refresh)
        header = PageHeader(tr("Handing over"))
        self._points = OneLine()
        header.facts.addWidget(self._points)
        titles = (
            tr("Lock the figures"),
            tr("Print for signature"),
            tr("Enter the signed report"),
            tr("Hand over"),
        )
        parts = (self.closing, self.printing, self.signing, self.sending)
        for number, (title, part) in enumerate(zip(titles, parts, strict=True), start=1):
            card = StepCard(number, title)
            card.content.addWidget(part)
            self._cards.append(card)
        self._scrolled = CardColumn(self._cards, space=tokens.INSIDE)
        self._beside = CardColumn((self.history, self.machines))
        self.work.guard(self._scrolled, self._beside)
        self.work.busy_changed.connect(self.top_changed)
        both = QHBoxLayout()
        both.setSpacing(tokens.BETWEEN)
        both.addWidget(self._scrolled, 62)
        both.addWidget(self._beside, 38)
        whole = QVBoxLayout(self._whole)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(tokens.BETWEEN)
        whole.addWidget(header)
        whole.addWidget(self.work)
        whole.addLayout(both, 1)

    def _refresh(self) -> None:
        if self.isVisible():  # else `activated` shows it
            self._show()

    def _show(self) -> None:
        try:
            form = self._session.form
        except UserError as error:
            self._show_empty(tr(error))
            return
        self._show_empty("")
        for part in (self.closing, self.printing, self.signing, self.history):
            part.show_form(form)
        self.sending.show_form(form, written=self.history.newest_written())
        self._points.setText(facts(form))
        self._show_steps(form)
        self.top_changed.emit()

    def _show_empty(self, sentence: str) -> None:
        if self._empty is not None:
            self._column.removeWidget(self._empty)
            self._empty.deleteLater()
            self._empty = None
        self._whole.setVisible(not sentence)
        if sentence:
            title = tr("Nothing to hand over yet")
            action = tr("Office, key and kit")
            self._empty = EmptyState(
                Icon.HAND_OVER, title, sentence, action, lambda: self._open_page("office")
            )
            self._column.addWidget(self._empty, 1)

    def _show_steps(self, form: Form) -> None:
        current = self._current_step(form)
        printed = self.printing.since_lock(form)
        for number, card in enumerate(self._cards, start=1):
            done = number < current and (number != 2 or printed is not None)
            state = StepState.CURRENT if number == current else StepState.DONE if done else StepState.LATER
            unprinted = tr("Not printed on this machine") if number == 2 < current else ""
            card.show_state(state, DONE_NOTES[number](form, printed) if done else unprinted)
        if current != self._current:
            moved = self._current != 0
            self._current = current
            for number, card in enumerate(self._cards, start=1):
                card.open_up(opened=number == current or (current == 5 and number == 4))
            if moved:
                self._focus_current()

    def _current_step(self, form: Form) -> int:
        match next_step(form):
            case Handover.FILL:
                return 1
            case Handover.SIGN:
                return 2 if self.printing.since_lock(form) is None else 3
            case Handover.HAND_OVER:
                return 4
            case Handover.DONE:
                return 5 if self.history.newest_written() else 4

    def _focus_current(self) -> None:
        card = self._cards[min(self._current, 4) - 1]
        self._scrolled.show_card(card)
        card.focus_first()

    def _step(self, form: Form) -> Step | None:
        free = not self.work.busy
        match self._current_step(form):
            case 1:
                return Step(tr("Lock the figures…"), self.closing.lock, free)
            case 2:
                return Step(tr("Print for signature…"), self.printing.print, free)
            case 3:
                return Step(tr("Save number, date and copy"), self.signing.save, free)
            case 4:
                return Step(tr("Hand over…"), self.sending.send, free)
        return None
