"""The page “Tiếp nhận hồ sơ”: the units of the year; bundles are looked at first, then taken in."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from parindex_desktop.domain.errors import Cancelled, ParIndexError
from parindex_desktop.services import finding, received, receiving, reporting
from resources import msgid
from ui.frame.page import Page, Step, TopLine
from ui.intake import summary, wording
from ui.intake.beginning import what_comes_first
from ui.intake.desk import Desk
from ui.intake.overview import Overview
from ui.intake.reader import BoardReader
from ui.intake.received_form import ReceivedForm
from ui.language import tr
from ui.theme import tokens
from ui.theme.tokens import Tone
from ui.widgets.notices import Banner, EmptyState
from ui.widgets.signs import Sign
from ui.widgets.work import WorkStrip

if TYPE_CHECKING:
    from collections.abc import Callable, MutableMapping, Sequence
    from pathlib import Path

    from parindex_desktop.domain.units import Unit
    from parindex_desktop.services.finding import Found
    from parindex_desktop.services.receiving import Taken
    from ui.background import Task
    from ui.intake.board import Board
    from ui.session import Session

TAKING_IN = Sign(msgid("Being taken in"), Tone.ACCENT)


class IntakePage(Page):
    """Takes bundles in and shows what came. `open_page` opens the pages “periods” and “units”."""

    searchable: ClassVar[bool] = True

    def __init__(
        self, session: Session, open_page: Callable[[str], object], memory: MutableMapping[str, str]
    ) -> None:
        super().__init__()
        self._session = session
        self._memory = memory
        self._open_page = open_page
        self._board: Board | None = None
        self._stale = True
        self._unread = False
        self._files: list[Path] = []

    def build(self) -> None:
        """Make the widgets."""
        self.work = WorkStrip()
        self.banner = Banner()
        self.overview = Overview(self._session, self._memory)
        self.desk = Desk(self._memory)
        self.form = ReceivedForm(self._session.office, self._memory)
        self.reader = BoardReader(self._session.office, self)
        self._stack = QStackedWidget()
        for part in (self.overview, self.desk, self.form):
            self._stack.addWidget(part)
        self._empty: EmptyState | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.BETWEEN)
        column.addWidget(self.banner)
        column.addWidget(self.work)
        column.addWidget(self._stack, 1)
        self.overview.files_chosen.connect(self.check)
        self.overview.print_asked.connect(self.print_summary)
        self.overview.letterhead_asked.connect(lambda: self._open_page("office"))
        self.overview.pane.form_asked.connect(self.open_form)
        self.form.left.connect(self._to_overview)
        self.form.view.page_asked.connect(self._open_page)
        self.desk.taken_in.connect(self.take_in)
        self.desk.dismissed.connect(self._to_overview)
        self.reader.read.connect(self._show_board)
        self.reader.failed.connect(self._not_read)
        self._session.changed.connect(self._changed)

    def activated(self) -> None:
        """Look again where something was taken in or entered elsewhere."""
        if self._stale:
            self._read()

    def leave(self) -> bool:
        """Nothing else is done while bundles are read or taken in."""
        return super().leave() and not self.work.busy

    def top_line(self) -> TopLine:
        """Who is late; choosing bundles is the next step unless some are on the desk."""
        late = len(self._board.late()) if self._board is not None else 0
        note = tr("{count} unit(s) late", count=late) if late else ""
        can = self._empty is None and not self.work.busy
        filled = self._stack.currentWidget() is self.overview
        step = Step(tr("Choose bundles…"), self.overview.drop.choose, enabled=can, filled=filled)
        return TopLine(TAKING_IN if self._empty is None else None, note, step)

    def search(self, text: str) -> None:
        """List only units with these words; in a form, its criteria."""
        if self._stack.currentWidget() is self.form:
            self.form.view.search(text)
        else:
            self.overview.search(text)

    def panes(self) -> Sequence[QWidget]:
        """The list, the selected thing, and what stands above them."""
        shown = self._stack.currentWidget()
        if shown is self.overview:
            return (self.overview.table, self.overview.pane, self.overview.view)
        if shown is self.desk:
            return (self.desk.table, self.desk.pane, self.desk.header)
        if shown is self.form:
            return (self.form.view.list, self.form.view.pane, self.form.back)
        return (self._stack,)

    # What the officer does.

    def check(self, paths: Sequence[Path]) -> None:
        """Look at the bundles among `paths` and show what would become of them; nothing is recorded."""
        if self.work.busy:
            return
        office = self._session.office

        def work(task: Task) -> tuple[Found, list[Taken]]:
            found = finding.look_through(paths)
            return found, receiving.take_in(office, found.bundles, dry_run=True, progress=task.advance)

        self._do(tr("Checking the bundles…"), work, self._checked)

    def take_in(self) -> None:
        """Take in what is on the desk."""
        if self.work.busy:
            return
        self.desk.set_busy(busy=True)
        office, files = self._session.office, self._files
        self._do(
            tr("Taking in…"),
            lambda task: receiving.take_in(office, files, progress=task.advance),
            self._taken,
        )

    def open_form(self, unit: Unit) -> None:
        """Show what `unit` handed over, to be read."""
        if self._board is None:
            return
        try:
            assessment = received.received_form(self._session.office, unit, self._board.year)
        except ParIndexError as error:
            self.banner.tell(tr(error), Tone.WRONG)
            return
        self.form.show_form(unit, assessment)
        self._show(self.form)
        self.form.view.list.setFocus()

    def print_summary(self, ending: str) -> None:
        """Write the summary of self points to a file of that ending."""
        if self._board is None or self.work.busy:
            return
        office, year = self._session.office, self._board.year
        target = summary.ask_target(self, year, ending)
        if target is not None:
            self._do(
                tr("Writing the summary…"),
                lambda _task: reporting.write_report(office, reporting.Kind.SELF_SUMMARY, target, year),
                self._printed,
                cancellable=False,
            )

    # Inside.

    def _do(
        self,
        what: str,
        work: Callable[[Task], object],
        done: Callable[..., object],
        *,
        cancellable: bool = True,
    ) -> None:
        self.banner.hide()
        self.work.do(what, work, done, self._failed, cancellable=cancellable)
        self.overview.drop.setEnabled(False)
        self.top_changed.emit()

    def _ended(self) -> None:
        self.overview.drop.setEnabled(True)
        self.desk.set_busy(busy=False)
        self.top_changed.emit()

    def _checked(self, checked: tuple[Found, list[Taken]]) -> None:
        self._ended()
        found, taken = checked
        self._files = list(found.bundles)
        others = wording.passed_over(found)
        if taken:
            self._show(self.desk)
            self.desk.show_preview(taken, others)
        else:
            said = tr("There is no bundle (a file ending in .cchc) in what was chosen.")
            self.banner.tell(tr("{said} {more}", said=said, more=others) if others else said, Tone.CARE)

    def _taken(self, taken: list[Taken]) -> None:
        self._ended()
        self.desk.show_result(taken)
        self._session.saved.emit()
        self._session.reload()

    def _printed(self, file: Path) -> None:
        self._ended()
        summary.tell_written(self.banner, file)

    def _failed(self, error: ParIndexError) -> None:
        self._ended()
        taking = self._stack.currentWidget() is self.desk
        if not isinstance(error, Cancelled):
            self.banner.tell(tr(error), Tone.WRONG)
        elif taking:
            said = tr(
                "Stopped. Bundles that were taken in before stay taken in; choose the others again when you like."
            )
            self.banner.tell(said, Tone.CARE)
        else:
            self.banner.tell(tr("Stopped. Nothing was recorded."), Tone.CARE)
        if taking:
            self._session.reload()
            self._to_overview()

    def _to_overview(self) -> None:
        self._files = []
        self._show(self.overview)
        self.overview.table.setFocus()

    def _show(self, part: QWidget) -> None:
        self._stack.setCurrentWidget(part)
        self.top_changed.emit()

    def _changed(self) -> None:
        self._stale = True
        if self.isVisible():
            self._read()

    def _read(self) -> None:
        self._stale = False
        self._show_empty(what_comes_first(self._session.office, self._open_page))
        year = self._session.office.record.period
        if self._empty is None and year is not None:
            self.reader.begin(year)

    def _not_read(self, error: ParIndexError) -> None:
        self._unread = True
        self.banner.tell(tr(error), Tone.WRONG)

    def _show_board(self, board: Board) -> None:
        self._board = board
        if self._unread:
            self._unread = False
            self.banner.hide()
        self.overview.show_board(board)
        if self._stack.currentWidget() is self.form and self.form.unit is not None:
            self.open_form(self.form.unit)
        self.top_changed.emit()

    def _show_empty(self, empty: EmptyState | None) -> None:
        old, self._empty = self._empty, empty
        if empty is not None:
            self._stack.addWidget(empty)
            self._show(empty)
        elif old is not None:
            self._show(self.overview)
        if old is not None:
            self._stack.removeWidget(old)
            old.deleteLater()
