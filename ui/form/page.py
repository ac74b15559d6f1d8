"""The page “Tự chấm điểm”: the unit fills in its self-assessment."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from parindex_desktop.domain.assessments import criterion_of
from parindex_desktop.domain.attention import messages
from parindex_desktop.domain.errors import ParIndexError
from parindex_desktop.domain.needs import Need
from parindex_desktop.domain.recalculation import recalculated
from parindex_desktop.services import duties, moving, people
from parindex_desktop.services.copying import holds_last_year, last_year
from parindex_desktop.services.handing_over import reopened
from resources.language import day_of
from ui.form.head import FormHead
from ui.form.lacking import LackingList
from ui.form.spreadsheet import FormSpreadsheet
from ui.form.view import FormView
from ui.frame.page import Page, Step, TopLine
from ui.handover.steps import beginning_step, looking_step, step_ahead
from ui.language import tr
from ui.moving.notice import SetNotice
from ui.people import assign_dialog
from ui.states import deadline_note, stage_sign
from ui.theme import tokens
from ui.theme.icons import Icon
from ui.theme.tokens import Tone
from ui.widgets.notices import Banner, EmptyState
from ui.widgets.places import set_shown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, MutableMapping, Sequence

    from parindex_desktop.domain.assessments import Assessment
    from parindex_desktop.domain.closing import Lock
    from parindex_desktop.domain.messages import Message
    from parindex_desktop.services.filling import Form
    from parindex_desktop.services.moving import ToSee
    from ui.session import Session


class FormPage(Page):
    """Asks `open_page` for “handover”, “differences”, “people” and “office”; `memory` as for the window."""

    searchable: ClassVar[bool] = True

    def __init__(
        self, session: Session, open_page: Callable[[str], None], memory: MutableMapping[str, str]
    ) -> None:
        super().__init__()
        self._session = session
        self._open_page = open_page
        self._memory = memory
        self._empty: EmptyState | None = None
        self._to_see: Mapping[str, ToSee] = {}
        self._said: Message | None = None
        self._read: Message | None = None

    def build(self) -> None:
        """The head line, a banner while the figures are locked, the form; or what is missing before there is one."""
        self.head = FormHead()
        self.head.lacking_asked.connect(self._list_lacking)
        self.notice = SetNotice(self._session)
        self.notice.closed.connect(self.refresh)
        self.head.copy_asked.connect(self.notice.open_copy)
        self.spreadsheet = FormSpreadsheet(self._session)
        self.head.buttons.insertWidget(0, self.spreadsheet.button)
        self.comparison = Banner()
        self.head.comparison_asked.connect(self._tell_comparison)
        self.banner = Banner()
        self.banner.closed.connect(self._mark_read)
        self.form = FormView(self._session.office, self._memory, self._session)
        self.form.page_asked.connect(self._open_page)
        self.form.assign_asked.connect(self._assign)
        self.form.moved.seen.connect(self._mark_seen)
        self._lacking = LackingList(self)
        self._lacking.taken.connect(self.jump)
        filled = QWidget()
        column = QVBoxLayout(filled)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.BETWEEN)
        column.addWidget(self.head)
        column.addWidget(self.comparison)
        column.addWidget(self.notice)
        column.addWidget(self.spreadsheet)
        column.addWidget(self.banner)
        column.addWidget(self.form, 1)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(filled)
        self._session.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the form as it stands now."""
        try:
            form = self._session.form
        except ParIndexError as fault:
            self._show_none(fault)
            return
        self._stack.setCurrentIndex(0)
        assessment = form.assessment
        self.head.show_assessment(assessment, form.counted_in_part)
        self._show_comparison(form)
        self.notice.show_form(form)
        self._offer_copy(form)
        self.spreadsheet.show_locked(locked=assessment.lock is not None)
        self._show_lock(form)
        self.form.show_assessment(assessment)
        self._to_see = self.notice.to_see(form)
        self.form.show_to_see(self._to_see)
        self._show_duties(form)
        self.top_changed.emit()

    def jump(self, criterion_id: str, need: Need | None = None) -> None:
        """Go to a criterion, with the keyboard where `need` is met."""
        if self._stack.currentIndex() == 0:
            self.form.jump(criterion_id, need)

    def top_line(self) -> TopLine:
        """Where the work stands, the deadline, undo and redo, and the next step."""
        try:
            form = self._session.form
        except ParIndexError:
            return TopLine()
        note, brief = deadline_note(form, day_of(self._session.office.clock()))
        before = looking_step(self._to_see, self._look) or beginning_step(
            self._session.office, form, self._begin, self._copy
        )
        return TopLine(
            state=stage_sign(form),
            note=note,
            brief=brief,
            step=step_ahead(self._session.office, form, self._open_page, self._go_on_confirming, before),
            undo=Step(
                tr("Undo"), lambda: self._take_back(self._session.undo), enabled=self._session.can_undo
            ),
            redo=Step(
                tr("Redo"), lambda: self._take_back(self._session.redo), enabled=self._session.can_redo
            ),
        )

    def leave(self) -> bool:
        """Not while a spreadsheet is being written or read."""
        return super().leave() and not (self._stack.currentIndex() == 0 and self.spreadsheet.strip.busy)

    def search(self, text: str) -> None:
        """Show only the criteria that have the words of `text`."""
        if self._stack.currentIndex() == 0:
            self.form.search(text)

    def panes(self) -> Sequence[QWidget]:
        """The list, the sheet, the head line."""
        if self._stack.currentIndex() != 0:
            return (self,)
        return (self.form.list, self.form.pane, self.head)

    def _show_duties(self, form: Form) -> None:
        office = self._session.office
        found = duties.duties(office, form.year)
        own = duties.those_of(office.person, found) if office.person and found else None
        self.form.show_duties(found, own)

    def _assign(self, criterion_id: str) -> None:
        """Put somebody in charge; where nobody is listed yet, lead to where they are."""
        office, form = self._session.office, self._session.form
        criterion = form.criteria.find(criterion_id)
        if not people.at_work(office):
            self._open_page("people")
            return
        if criterion is None or not duties.fillable(criterion):
            return
        if assign_dialog.assign(self, office, form.year, criterion):
            self._show_duties(form)

    def _look(self) -> None:
        self.form.walk_to_moved()

    def _copy(self) -> None:
        self.notice.open_copy()

    def _begin(self) -> None:
        """Lead to the first criterion that is to be scored."""
        sheets = self._session.form.assessment.sheets.values()
        first = next((sheet for sheet in sheets if Need.UNSCORED in sheet.needs), None)
        if first is not None:
            self.jump(first.criterion.id, Need.UNSCORED)

    def _mark_seen(self, criterion_id: str) -> None:
        """Somebody has looked at a criterion after the move."""
        form = self._session.form
        criterion = form.criteria.find(criterion_id)
        assert criterion is not None
        try:
            moving.mark_seen(self._session.office, form, criterion)
        except ParIndexError as fault:
            self.banner.tell(tr(fault), Tone.WRONG)
            return
        self._session.saved.emit()
        self.refresh()

    def _go_on_confirming(self) -> None:
        self.form.walk_to_unconfirmed()

    def _take_back(self, change: Callable[[], list[str]]) -> None:
        """Undo or redo, and show what changed."""
        try:
            self._go_to_first(change())
        except ParIndexError as fault:
            self.banner.tell(tr(fault), Tone.WRONG)

    def _go_to_first(self, entries: Sequence[str]) -> None:
        """Show the criterion that the entries are about."""
        for entry in entries:
            if (criterion := criterion_of(entry)) is not None:
                self.form.list.choose(criterion)
                return

    def _show_comparison(self, form: Form) -> None:
        """Only in brief, until it is asked for; what is told no longer than it is true."""
        self.head.show_comparison(form.beside_last_year_in_brief)
        if self.comparison.isVisible():
            self._tell_comparison()

    def _tell_comparison(self) -> None:
        beside = self._session.form.beside_last_year
        set_shown(self.comparison, shown=False)
        if beside is not None:
            self.comparison.tell(tr(beside), Tone.CARE)

    def _list_lacking(self) -> None:
        self._lacking.open_below(self.head.lacking, self._session.form.assessment.lacking())

    def _offer_copy(self, form: Form) -> None:
        """Offer to copy last year's answers while something is unanswered, and what was copied is confirmed."""
        needs = {need for sheet in form.assessment.sheets.values() for need in sheet.needs}
        can = (
            not self.notice.offers_copy
            and form.assessment.lock is None
            and Need.UNSCORED in needs
            and Need.UNCONFIRMED not in needs
        )
        can = can and holds_last_year(self._session.office, form)
        self.head.offer_copy(last_year(form) if can else "")

    def _show_lock(self, form: Form) -> None:
        lock = form.assessment.lock
        if lock is None:
            self._show_reopened(form)
            return
        said = [
            tr(
                "Locked at {at} by {by}, matching code {code}. The figures can only be read; "
                "to change them, unlock them with a reason on the page of hand-over.",
                at=lock.at,
                by=lock.by,
                code=lock.code,
            ),
            *map(tr, messages(form.assessment, own=True)),
        ]
        self.banner.tell(
            tr("{value}", value="\n".join(said)),
            Tone.CARE if len(said) > 1 else Tone.NEUTRAL,
            tr("To the hand-over"),
            lambda: self._open_page("handover"),
            closable=False,
            brief=_locked_in_brief(form.assessment, lock),
        )

    def _show_reopened(self, form: Form) -> None:
        """Say that the other machine's work has opened the figures, until the officer has read it."""
        opened = reopened(self._session.office, form)
        if opened is None or opened == self._read:
            self.banner.hide()
            return
        self._said = opened
        go = tr("To the hand-over"), lambda: self._open_page("handover")
        self.banner.tell(tr(opened), Tone.CARE, *go)

    def _mark_read(self) -> None:
        self._read = self._said

    def _show_none(self, fault: ParIndexError) -> None:
        """Say why there is no form yet, and where to get it."""
        if self._empty is not None:
            self._stack.removeWidget(self._empty)
            self._empty.deleteLater()
        self._empty = EmptyState(
            Icon.FORM,
            tr("Here the office scores itself"),
            tr(fault),
            tr("Office, key and kit"),
            lambda: self._open_page("office"),
        )
        self._stack.addWidget(self._empty)
        self._stack.setCurrentWidget(self._empty)
        self.top_changed.emit()


def _locked_in_brief(assessment: Assessment, lock: Lock) -> str:
    """That the figures are locked, and what of it must be looked at, in one line."""
    if outdated := len(assessment.outdated()):
        return tr(
            "Locked at {at}. Figures that the province has changed: {count}.", at=lock.at, count=outdated
        )
    if recalculated(assessment):
        return tr("Locked at {at}. The points locked are not those computed here.", at=lock.at)
    return tr("Locked at {at} by {by}, matching code {code}.", at=lock.at, by=lock.by, code=lock.code)
