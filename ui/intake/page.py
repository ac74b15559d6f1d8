"""The page “Tiếp nhận hồ sơ”: the units of the year; bundles are looked at first, then taken in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from parindex_desktop.domain.errors import Cancelled, ParIndexError
from parindex_desktop.services import received, receiving, register, reporting
from resources import msgid
from ui import background
from ui.frame.page import Page, Step, TopLine
from ui.intake.board import Board, read_board
from ui.intake.desk import Desk
from ui.intake.overview import Overview
from ui.intake.received_form import ReceivedForm
from ui.language import tr
from ui.theme import tokens
from ui.theme.icons import Icon
from ui.theme.tokens import Tone
from ui.widgets import dialogs
from ui.widgets.notices import Banner, EmptyState
from ui.widgets.signs import Sign
from ui.widgets.work import WorkStrip

if TYPE_CHECKING:
    from collections.abc import Callable, MutableMapping, Sequence

    from parindex_desktop.domain.units import Unit
    from parindex_desktop.services.receiving import Taken
    from ui.background import Task
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
        self._reading = False
        self._stale = True
        self._files: list[Path] = []

    def build(self) -> None:
        """Make the widgets and begin to read what came."""
        self.work = WorkStrip()
        self.banner = Banner()
        self.overview = Overview(self._session, self._memory)
        self.desk = Desk(self._memory)
        self.form = ReceivedForm(self._session.office, self._memory)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.overview)
        self._stack.addWidget(self.desk)
        self._stack.addWidget(self.form)
        self._empty: EmptyState | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.BETWEEN)
        column.addWidget(self.banner)
        column.addWidget(self.work)
        column.addWidget(self._stack, 1)
        self.overview.files_chosen.connect(self.check)
        self.overview.print_asked.connect(self.print_summary)
        self.overview.pane.form_asked.connect(self.open_form)
        self.form.left.connect(self._to_overview)
        self.desk.taken_in.connect(self.take_in)
        self.desk.dismissed.connect(self._to_overview)
        self._session.changed.connect(self._changed)

    def activated(self) -> None:
        """Look again where something was taken in or entered elsewhere."""
        if self._stale:
            self._read()

    def leave(self) -> bool:
        """Nothing else is done while bundles are read or taken in."""
        return super().leave() and not self.work.busy

    def top_line(self) -> TopLine:
        """How many have handed over; choosing bundles is the next step unless some are on the desk."""
        note = ""
        if self._board is not None and self._board.late():
            note = tr("{count} unit(s) late", count=len(self._board.late()))
        waiting = self._stack.currentWidget() is self.overview
        can = self._stack.currentWidget() is not self._empty and not self.work.busy
        step = Step(tr("Choose bundles…"), self.overview.drop.choose, enabled=can, filled=waiting)
        return TopLine(TAKING_IN, note, step)

    def search(self, text: str) -> None:
        """List only units with these words; in a form, its criteria."""
        if self._stack.currentWidget() is self.form:
            self.form.view.search(text)
        else:
            self.overview.search(text)

    def panes(self) -> Sequence[QWidget]:
        """The list and the selected thing."""
        shown = self._stack.currentWidget()
        if shown is self.overview:
            return (self.overview.table, self.overview.pane, self.overview.view)
        if shown is self.desk:
            return (self.desk.table, self.desk.pane, self.desk.header)
        if shown is self.form:
            return (self.form.view.list, self.form.view.pane, self.form.back)
        return (shown,) if shown is not None else ()

    # Bundles.

    def check(self, paths: Sequence[Path]) -> None:
        """Look at the bundles among `paths` and show what would become of them; nothing is recorded."""
        if self.work.busy:
            return
        self.banner.hide()
        office = self._session.office

        def work(task: Task) -> tuple[list[Path], list[Taken]]:
            files = receiving.bundles_in(paths)
            return files, receiving.take_in(office, files, dry_run=True, progress=_telling(task))

        self._do(tr("Checking the bundles…"), work, self._checked)

    def take_in(self) -> None:
        """Take in what is on the desk."""
        if self.work.busy:
            return
        self.desk.set_busy(busy=True)
        office, files = self._session.office, self._files
        self._do(
            tr("Taking in…"),
            lambda task: receiving.take_in(office, files, progress=_telling(task)),
            self._taken,
        )

    def open_form(self, unit: Unit) -> None:
        """Show what `unit` handed over, to be read."""
        if self._board is None:
            return
        try:
            assessment = received.received_form(self._session.office, unit, self._board.year)
        except ParIndexError as error:
            self.banner.say(tr(error), Tone.WRONG)
            return
        self.form.show_form(unit, assessment)
        self._show(self.form)
        self.form.view.list.setFocus()

    def print_summary(self, ending: str) -> None:
        """Write the summary of self points to a file of that ending."""
        if self._board is None or self.work.busy:
            return
        target = self._ask_target(ending, self._board.year)
        if target is None:
            return
        office, year = self._session.office, self._board.year
        self.banner.hide()
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
        self.work.do(what, work, done, self._failed, cancellable=cancellable)
        self.overview.drop.setEnabled(False)
        self.top_changed.emit()

    def _ended(self) -> None:
        self.overview.drop.setEnabled(True)
        self.desk.set_busy(busy=False)
        self.top_changed.emit()

    def _checked(self, found: tuple[list[Path], list[Taken]]) -> None:
        self._ended()
        self._files, taken = found
        if not taken:
            self.banner.say(tr("There is no bundle (a file ending in .cchc) in what was chosen."), Tone.CARE)
            return
        self._show(self.desk)
        self.desk.show_preview(taken)

    def _taken(self, taken: list[Taken]) -> None:
        self._ended()
        self.desk.show_result(taken)
        self._session.saved.emit()
        self._session.reload()

    def _printed(self, file: Path) -> None:
        self._ended()
        self.banner.say(
            tr("The summary was written to {file}.", file=str(file)),
            Tone.GOOD,
            tr("Open it"),
            lambda: self._open(file),
        )

    def _failed(self, error: ParIndexError) -> None:
        self._ended()
        if isinstance(error, Cancelled):
            on_desk = self._stack.currentWidget() is self.desk
            said = (
                tr(
                    "Stopped. Bundles that were taken in before stay taken in; choose the others again when you like."
                )
                if on_desk
                else tr("Stopped. Nothing was recorded.")
            )
            self.banner.say(said, Tone.CARE)
        else:
            self.banner.say(tr(error), Tone.WRONG)
        self._session.reload()
        self._to_overview()

    def _open(self, file: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(file))):
            self.banner.say(
                tr("No program opens “{name}” on this machine. Open it from its folder.", name=file.name),
                Tone.CARE,
            )

    def _ask_target(self, ending: str, year: str) -> Path | None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        proposed = Path(folder) / f"Tong-hop-diem-tu-cham-{year}{ending}"
        kinds = "PDF (*.pdf)" if ending == ".pdf" else "XLSX (*.xlsx)"
        target = dialogs.choose_target(self, tr("Summary of self points"), proposed, kinds)
        if target is None or target.suffix.lower() == ending:
            return target
        return target.with_name(target.name + ending)

    def _to_overview(self) -> None:
        self._files = []
        self._show(self._empty or self.overview)
        self.overview.table.setFocus()

    def _show(self, part: QWidget) -> None:
        self._stack.setCurrentWidget(part)
        self.top_changed.emit()

    def _changed(self) -> None:
        self._stale = True
        if self.isVisible():
            self._read()

    def _read(self) -> None:
        """Read the board in another thread; a change meanwhile lets it be read once more."""
        year = self._session.office.record.period
        if not self._possible(year) or year is None:
            self._stale = False
            return
        self._show_empty(None)
        if self._reading:
            return
        self._reading, self._stale = True, False
        office = self._session.office
        background.run(self, lambda _task: read_board(office, year), self._read_done, self._read_failed)

    def _read_done(self, board: Board) -> None:
        self._reading = False
        self._board = board
        self.overview.show_board(board)
        if self._stack.currentWidget() is self.form and self.form.unit is not None:
            self.open_form(self.form.unit)
        self.top_changed.emit()
        if self._stale:
            self._read()

    def _read_failed(self, error: ParIndexError) -> None:
        self._reading = False
        self.banner.say(tr(error), Tone.WRONG)

    def _possible(self, year: str | None) -> bool:
        """Whether there is a year and a unit to take anything in from; else the page says what comes first."""
        if year is None:
            self._show_empty(
                EmptyState(
                    Icon.CRITERIA_SET,
                    tr("No year is open yet"),
                    tr(
                        "Open a year of assessment with its criteria set; then bundles of that year are taken in."
                    ),
                    tr("Years and kit"),
                    lambda: self._open_page("periods"),
                )
            )
            return False
        if not register.units(self._session.office):
            self._show_empty(
                EmptyState(
                    Icon.UNITS,
                    tr("There are no units yet"),
                    tr(
                        "Enter the units of the province and enrol their keys; then their bundles are taken in here."
                    ),
                    tr("Units"),
                    lambda: self._open_page("units"),
                )
            )
            return False
        return True

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


def _telling(task: Task) -> Callable[[int, int], None]:
    """Progress that can be stopped at every step."""

    def tell(done: int, total: int) -> None:
        task.check()
        task.progress(done, total)

    return tell
