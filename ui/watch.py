"""Keeps the frame in step with the office: state and deadline, years, counts beside the pages, the bottom line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from parindex_desktop.domain.errors import ParIndexError, UserError
from parindex_desktop.domain.units import Level
from parindex_desktop.services import differences, kits, people, register, settling_kits, upkeep, years
from resources.language import VIETNAM
from ui import background
from ui.language import tr
from ui.office.words import journal_words
from ui.states import deadline_note, stage_sign
from ui.theme.tokens import Tone

if TYPE_CHECKING:
    from ui.frame.window import MainWindow
    from ui.session import Session

_SOON: Final = 300
"""Milliseconds after the last change before what takes longer is looked up again."""


class Watch(QObject):
    """Lives as long as its window.

    `outgrown` tells that the office is of another level or name than the frame, or that who worked here has left.
    """

    outgrown = Signal()

    def __init__(self, session: Session, window: MainWindow) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._shown = (session.office.level, session.office.record.name)
        self._years: tuple[list[str], str, list[str]] | None = None
        self._open = years.open_years(session.office)
        self._counting = False
        self._count_later = QTimer(self, singleShot=True, interval=_SOON)
        self._count_later.timeout.connect(self._count)
        self._person = session.office.person
        session.changed.connect(self._follow)
        session.saved.connect(self._say_saved)
        window.top.period_chosen.connect(self._choose_period)
        self._follow()
        self._say_when_saved()
        self._say_backup()
        self._check_journal()

    def _follow(self) -> None:
        office = self._session.office
        left = self._person is not None and office.person is None
        if left or (office.level, office.record.name) != self._shown:
            self.outgrown.emit()
            return
        self._say_person()
        if office.level is Level.PROVINCE:
            self._offer_years(office.record.period or "")
            self._count_later.start()
        else:
            self._follow_form()
        self._say_backup()

    def _follow_form(self) -> None:
        try:
            form = self._session.form
        except UserError:
            self._offer_years("")
            self._window.set_state(None, "")
            return
        assessment = form.assessment
        today = self._session.office.clock().astimezone(VIETNAM).date()
        self._tell_news()
        self._offer_years(form.year)
        self._window.set_state(stage_sign(form), *deadline_note(form, today))
        lacking = 0 if assessment.lock else len(assessment.lacking())
        self._window.set_badge("form", lacking, Tone.CARE)
        self._window.set_badge("differences", len(assessment.unsettled), Tone.CARE)

    def _tell_news(self) -> None:
        """Say that a kit has opened another year; this one stays in hand."""
        office = self._session.office
        news = years.news(office, self._open)
        self._open = years.open_years(office)
        if news is not None:
            self._window.banner.tell(tr(news), Tone.ACCENT)

    def _offer_years(self, current: str) -> None:
        """Fill the box of years only when it must show something else: it may be open."""
        office = self._session.office
        offered = sorted(years.open_years(office), reverse=True) if current else []
        besides = years.besides(office, current) if current else []
        if (offered, current, besides) != self._years:
            self._years = (offered, current, besides)
            self._window.top.set_periods(offered, current, besides)

    def _choose_period(self, year: str) -> None:
        self._years = None  # whatever comes of it, the box shows the year that is worked on
        page = self._window.current_page()
        if page is not None and not page.leave():
            self._follow()
            return
        try:
            register.choose_period(self._session.office, year)
        except ParIndexError as error:
            self._say_fault(error)
        self._session.reload()

    def _count(self) -> None:
        """Differences of all units, and of kits side by side: many forms are read, so beside the window."""
        if self._counting:
            self._count_later.start()
            return
        office = self._session.office

        def work(_task: background.Task) -> int:
            if kits.known_kit(office) is None:
                return 0
            own = len(settling_kits.kit_differences(office))
            return own + len(differences.differences(office, office.record.period))

        def counted(count: int) -> None:
            self._window.set_badge("differences", count, Tone.CARE)

        self._counting = True
        background.run(self, work, counted, self._say_fault).ended.connect(self._counted)

    def _counted(self) -> None:
        self._counting = False

    def _say_fault(self, error: ParIndexError) -> None:
        self._window.banner.tell(tr(error), Tone.WRONG)

    def _say_saved(self) -> None:
        now = self._session.office.clock().astimezone(VIETNAM)
        self._window.status.set_saved(tr("Saved at {time}", time=f"{now:%H:%M:%S}"))
        self._say_backup()

    def _say_when_saved(self) -> None:
        if self._session.office.level is Level.PROVINCE:
            return
        try:
            saved = self._session.form.saved
        except UserError:
            return
        if saved is not None:
            self._window.status.set_saved(tr("Saved at {time}", time=saved))

    def _say_person(self) -> None:
        office = self._session.office
        if office.person is not None:
            hint = tr("{person} works here. Press to let somebody else work.", person=office.person.words)
            self._window.status.set_person(office.person.name, hint)
        elif people.at_work(office):
            self._window.status.set_person(tr("Who works here?"), tr("Choose your name from the staff list."))
        else:
            self._window.status.set_person("", "")

    def _say_backup(self) -> None:
        last = self._session.office.last_backup()
        self._window.status.set_backup(tr("Last backup: {time}", time=last) if last else "")

    def _check_journal(self) -> None:
        office = self._session.office

        def checked(result: tuple[int, int | None]) -> None:
            rows, fault = result
            self._window.status.set_journal(journal_words(rows, fault), None if fault is None else Tone.WRONG)

        background.run(self, lambda _task: upkeep.check_journal(office), checked, self._say_fault)
