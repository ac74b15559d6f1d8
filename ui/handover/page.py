"""The page “Nộp hồ sơ”: four steps in the order that offices keep, the one to be done now open."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from parindex_desktop.domain.attention import messages
from parindex_desktop.domain.errors import UserError
from parindex_desktop.domain.needs import Need
from parindex_desktop.services.moving import newer_set
from resources.language import day_of
from ui import states
from ui.frame.page import Page, Step, TopLine
from ui.handover.closing import Closing
from ui.handover.machines import History, OtherMachine
from ui.handover.printing import Printing
from ui.handover.sending import Sending
from ui.handover.signing import Signing
from ui.handover.step_card import StepCard, StepState
from ui.handover.steps import (
    StepInHand,
    beginning_step,
    confirming_step,
    looking_step,
    moving_step,
    printed_since_lock,
    settling_step,
    step_in_hand,
    step_words,
)
from ui.handover.summary import DONE_NOTES, facts
from ui.language import tr
from ui.moving.notice import SetNotice
from ui.theme import tokens
from ui.theme.icons import Icon
from ui.theme.tokens import Tone
from ui.widgets.labels import OneLine
from ui.widgets.notices import Banner, EmptyState
from ui.widgets.panels import PageHeader
from ui.widgets.places import set_shown
from ui.widgets.scrolling import CardColumn
from ui.widgets.work import WorkStrip

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

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
        self._current: StepInHand | None = None

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
        note, brief = states.deadline_note(form, day_of(self._session.office.clock()))
        return TopLine(states.stage_sign(form), note, self._step(form), brief=brief)

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
        self.sending.key_asked.connect(lambda: self._open_page("office"))
        self.printing.printed.connect(self._refresh)
        self.notice = SetNotice(self._session)
        header = PageHeader(tr("Handing over"))
        self.told = Banner()
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
            card.folded.connect(partial(self._unfolded, card))
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
        whole.addWidget(self.notice)
        whole.addWidget(self.told)
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
        for part in (self.closing, self.printing, self.signing, self.sending, self.history):
            part.show_form(form)
        self._points.setText(facts(form))
        self._show_attention(form)
        self.notice.show_form(form)
        self._show_steps(form)
        self.top_changed.emit()

    def _show_attention(self, form: Form) -> None:
        """Tell what else the province gives, or the rules come to, than was locked; opening it is one step away.

        Where a newer version of the set waits, the notice above leads to moving, which takes other figures over, too.
        """
        told = messages(form.assessment, own=True)
        sentences = tr("{value}", value="\n".join(map(tr, told)))
        if newer_set(form) is None:
            self.told.tell(sentences, Tone.CARE, tr("Unlock…"), self.closing.unlock, closable=False)
        else:
            first = tr("Move the form first: that takes the figures of today over, too.")
            self.told.tell(tr("{first} {second}", first=first, second=sentences), Tone.CARE, closable=False)
        set_shown(self.told, shown=bool(told))

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
        current = step_in_hand(self._session.office, form)
        printed = printed_since_lock(self._session.office, form)
        for step, card in zip(StepInHand, self._cards, strict=False):
            done = step < current and (step is not StepInHand.PRINT or printed is not None)
            state = StepState.CURRENT if step is current else StepState.DONE if done else StepState.LATER
            note = DONE_NOTES[step](form, printed) if done else self._note(step, current, card)
            card.show_state(state, note)
        if current is not self._current:
            moved = self._current is not None
            self._current = current
            for card in self._cards:
                card.open_up(opened=card is self._card_in_hand())
            if moved:
                self._focus_current()

    def _unfolded(self, card: StepCard) -> None:
        """The officer has opened a step, or folded it away: what it says comes into view."""
        if card.is_open():
            self._scrolled.show_card(card)
        form = self._form()
        if form is not None:
            self._show_steps(form)

    def _note(self, step: StepInHand, current: StepInHand, card: StepCard) -> str:
        """What is said of a step that is not done."""
        if step is StepInHand.PRINT and step < current:
            return tr("Not printed on this machine")
        if step is StepInHand.HAND_OVER and step > current and self.sending.trouble:
            if card.is_open():
                return tr("Not possible yet")
            return tr("Not possible yet: see here what is to be done about the key")
        return ""

    def _card_in_hand(self) -> StepCard:
        """The card of the step in hand; after the last one that stays."""
        assert self._current is not None
        return self._cards[min(self._current, StepInHand.HAND_OVER) - 1]

    def _focus_current(self) -> None:
        card = self._card_in_hand()
        self._scrolled.show_card(card)
        card.focus_first()

    def _step(self, form: Form) -> Step | None:
        settling = settling_step(form, self._open_page)
        if settling is not None:
            return settling
        moving = moving_step(form, self.notice.open_move)
        if moving is not None:
            return moving
        confirming = confirming_step(form, partial(self._go_on_confirming, form))
        if confirming is not None:
            return confirming
        to_form = partial(self._open_page, "form")
        looking = looking_step(self.notice.to_see(form), to_form)
        before = looking or beginning_step(self._session.office, form, to_form, to_form)
        if before is not None:
            return before
        step = step_in_hand(self._session.office, form)
        does = {
            StepInHand.LOCK: self.closing.lock,
            StepInHand.PRINT: self.printing.print,
            StepInHand.SIGN: self._go_on_signing,
            StepInHand.HAND_OVER: self.sending.send,
        }
        if step not in does:
            return None
        barred = self.sending.trouble if step is StepInHand.HAND_OVER else ""
        return Step(step_words(step), does[step], not self.work.busy and not barred, barred)

    def _go_on_confirming(self, form: Form) -> None:
        """Lead to the first criterion that waits; the card has the way to lock nonetheless, for a reason."""
        first = next(sheet for sheet in form.assessment.sheets.values() if sheet.unconfirmed)
        self._jump(first.criterion.id, Need.UNCONFIRMED)

    def _go_on_signing(self) -> None:
        """Save what was entered; where nothing is yet, lead to where it is entered."""
        if self.signing.is_empty():
            self._card_in_hand().open_up(opened=True)
            self._focus_current()
        else:
            self.signing.save()
