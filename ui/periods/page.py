"""The page “Năm đánh giá và kit”: years, criteria sets, and the kit that carries them to the offices."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from parindex_desktop.domain.errors import ParIndexError
from parindex_desktop.domain.revisions import canonical
from parindex_desktop.services import kits, register, set_books, years
from ui.authoring.books import SetBooks
from ui.frame.page import Page, Step, TopLine
from ui.giving.pane import GivenPane
from ui.language import tr
from ui.periods import rows, year_dialog
from ui.periods.kit_card import KitCard
from ui.periods.rows import SetRow, YearRow
from ui.periods.shipped import ShippedSets
from ui.theme import tokens
from ui.theme.icons import Icon
from ui.theme.tokens import Tone
from ui.widgets import dialogs
from ui.widgets.buttons import link_button, plain_button
from ui.widgets.labels import SectionTitle
from ui.widgets.notices import Banner, EmptyState
from ui.widgets.panels import PageHeader, Splitter
from ui.widgets.places import set_shown
from ui.widgets.rows import RowsTable
from ui.widgets.versions import shared
from ui.widgets.work import WorkStrip

if TYPE_CHECKING:
    from collections.abc import Callable, MutableMapping, Sequence

    from parindex_desktop.services.kits import KitStatus
    from ui.session import Session


class PeriodsPage(Page):
    """Holds criteria sets, opens years with them, exports the kit. `open_page` opens “differences” and “authoring”."""

    def __init__(
        self, session: Session, open_page: Callable[[str], object], memory: MutableMapping[str, str]
    ) -> None:
        super().__init__()
        self._session = session
        self._open_page = open_page
        self._memory = memory

    def build(self) -> None:
        """Make the widgets."""
        self.work = WorkStrip()
        self.banner = Banner()
        self.books = SetBooks(self._session)
        self.books.begun.connect(self.banner.hide)
        self.books.taken.connect(lambda tree, _name: self._try(lambda: self._take_set(canonical(tree))))
        self.books.refused.connect(lambda error: self.banner.tell(tr(error), Tone.WRONG))
        self.years: RowsTable[YearRow] = RowsTable(
            tr("Years of assessment"), rows.year_columns(), rows.year_cells, lambda row: row.period.year
        )
        self.years.activated.connect(lambda _index: self.change_year())
        self.sets: RowsTable[SetRow] = RowsTable(
            tr("Criteria sets"),
            rows.set_columns(),
            rows.set_cells,
            lambda row: row.criteria.digest,
            spare=(4, 5),
        )
        self.kit = KitCard(self._session, self.work)
        self.kit.exported.connect(self.banner.hide)  # what it asked for is done
        self.kit.settle.connect(lambda: self._open_page("differences"))
        self.change = link_button(tr("Change the sets or the date…"), self.change_year)
        self.write = link_button(tr("Write criteria sets"), lambda: self._open_page("authoring"))
        self.give = link_button(tr("Figures that the province gives…"), self.give_figures)
        self.given = GivenPane(self._session, self.work)
        self.given.left.connect(self._show_lists)
        self.given.given.connect(self._given)
        self.import_button = plain_button(tr("Import a criteria set…"), self.books.take, icon=Icon.ADD_FILE)
        self.shipped = ShippedSets()
        self.shipped.asked.connect(lambda document, _name: self._try(lambda: self._take_set(document)))
        self.open_button = plain_button(tr("Open a year…"), self.open_year)
        self._no_years = EmptyState(
            Icon.CALENDAR,
            tr("No year is open yet"),
            tr("Choose a criteria set for each kind of office and the last day of self-scoring."),
            tr("Open a year…"),
            self.open_year,
        )
        self._no_sets = EmptyState(
            Icon.CRITERIA_SET,
            tr("There is no criteria set yet"),
            tr(
                "Begin with a criteria set: import that of your province (a workbook or a .json file), or use an "
                "illustrative one that comes with the program. Then open a year with it and export the kit."
            ),
            tr("Import a criteria set…"),
            self.books.take,
        )
        self._status: KitStatus | None = None
        self._lay_out()
        self._session.changed.connect(self._changed)
        self._refresh()

    def activated(self) -> None:
        """Look again."""
        self._refresh()

    def leave(self) -> bool:
        """Nothing else is done while a kit is written."""
        return super().leave() and not self.work.busy and not self.books.busy

    def top_line(self) -> TopLine:
        """Sending out what has changed is what waits on this page."""
        year = self.years.rows.rowCount() > 0
        unsettled = self._status is not None and self._status.unsettled > 0
        hint = tr("Settle what the two kits differ in first.") if unsettled else ""
        hint = hint if year else tr("Open a year first.")
        ready = year and not unsettled
        waits = ready and self._status is not None and bool(self._status.changes)
        step = Step(tr("Export the kit…"), self._export, ready, hint, filled=waits)
        work = self.given.work
        if work is None or self._stack.currentWidget() is not self.given:
            return TopLine(step=step)
        return TopLine(
            step=step,
            undo=Step(tr("Undo"), self.given.undo, enabled=work.can_undo),
            redo=Step(tr("Redo"), self.given.redo, enabled=work.can_redo),
        )

    def panes(self) -> Sequence[QWidget]:
        """The years, the sets, the kit."""
        if self._stack.currentWidget() is self.given:
            return self.given.panes()
        upper = self._upper if self.years.isHidden() else self.years
        return (upper, self._lower, self.kit)

    # What the officer does.

    def open_year(self) -> None:
        """Open a year."""
        self._ask_year(None)

    def change_year(self) -> None:
        """Change the year that is selected."""
        row = self.years.current()
        if row is not None:
            self._ask_year(row)

    def give_figures(self) -> None:
        """Show the figures that the province gives for the year that is selected."""
        row = self.years.current()
        if row is None:
            return

        def show() -> None:
            self.given.show_year(row.period.year)
            self._stack.setCurrentWidget(self.given)
            self.top_changed.emit()
            self.given.take_keyboard()

        self._try(show)

    # Inside.

    def _export(self) -> None:
        """What comes of it is told beside the lists."""
        self._stack.setCurrentIndex(0)
        self.kit.export()

    def _show_lists(self) -> None:
        self._stack.setCurrentIndex(0)
        self._refresh()
        self.give.setFocus()

    def _given(self) -> None:
        """The kit says something else than the one that was sent, and there is something to take back."""
        if self._status is not None and not self._status.changes:
            self._show_status()
        else:
            self.top_changed.emit()

    def _ask_year(self, row: YearRow | None) -> None:
        self.banner.hide()
        office = self._session.office
        before = register.current_kit(office)
        period = year_dialog.ask_year(self, office, row.period if row else None)
        if period is None:
            return
        said = "\n".join(map(tr, years.opened_words(office, before, period)))
        if period == before.periods.get(period.year):
            self.banner.tell(said, Tone.ACCENT)
        else:
            self._written(said)
        self.years.choose(period.year)

    def _take_set(self, document: bytes) -> None:
        office = self._session.office
        register.check_version(office, document)
        if found := set_books.hints_beside(office, document):
            said = "\n".join([tr("The set is in order, but should be looked at once more:"), *map(tr, found)])
            if not dialogs.ask(
                self, tr("Criteria set"), said, yes=tr("Import it all the same"), dangerous=True
            ):
                return
        taken = register.import_set(office, document)
        self._written(tr("“{name}” is in the register now. Open a year with it.", name=taken.name))
        self.sets.choose(taken.digest)

    def _try(self, act: Callable[[], None]) -> None:
        self.banner.hide()
        try:
            act()
        except ParIndexError as error:
            self.banner.tell(tr(error), Tone.WRONG)

    def _written(self, sentence: str) -> None:
        self._session.saved.emit()
        self._session.reload()
        self.banner.tell(sentence, Tone.GOOD)

    def _changed(self) -> None:
        if self.isVisible():  # else `activated` looks
            self._refresh()

    def _refresh(self) -> None:
        office = self._session.office
        kit = register.current_kit(office)
        sets = register.sets(office)
        by_digest = {each.digest: each for each in sets}
        listed = [
            YearRow(
                period,
                tuple(by_digest[digest] for digest in period.sets.values()),
                period.year == office.record.period,
                years.kinds_left_out(office, period.year),
            )
            for period in sorted(kit.periods.values(), key=lambda period: period.year, reverse=True)
        ]
        used = {each.digest: [y.period.year for y in listed if each in y.sets] for each in sets}
        self.years.show_rows(listed)
        twins = shared((each.year, each.version, each.name) for each in sets)
        self.sets.show_rows(
            [
                SetRow(each, tuple(used[each.digest]), (each.year, each.version, each.name) in twins)
                for each in sets
            ]
        )
        for part, shown in (
            (self.years, bool(listed)),
            (self.change, bool(listed)),
            (self.give, bool(listed)),
            (self._no_years, not listed),
            (self._upper, bool(sets)),
            (self.sets, bool(sets)),
            (self._no_sets, not sets),
        ):
            set_shown(part, shown=shown)
        self.open_button.setEnabled(bool(sets))
        self.shipped.offer(by_digest)
        self._show_status()

    def _show_status(self) -> None:
        self._status = kits.kit_status(self._session.office)
        self.kit.show_status(self._status, ready=self.years.rows.rowCount() > 0)
        self.top_changed.emit()

    def _lay_out(self) -> None:
        header = PageHeader(tr("Years and kit"))
        for button in (self.shipped, self.import_button, self.open_button):
            header.buttons.addWidget(button)
        self._upper, self._lower = QWidget(), QWidget()
        upper = _section(self._upper, tr("Years of assessment"), self.give, self.change)
        upper.addWidget(self.years, 1)
        upper.addWidget(self._no_years, 1)
        lower = _section(self._lower, tr("Criteria sets"), self.write)
        lower.addWidget(self.sets, 1)
        lower.addWidget(self._no_sets, 1)
        lists = QWidget()
        left = QVBoxLayout(lists)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(tokens.BETWEEN)
        left.addWidget(self._upper, 2)
        left.addWidget(self._lower, 3)
        whole = QWidget()
        inside = QVBoxLayout(whole)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(tokens.BETWEEN)
        inside.addWidget(header)
        inside.addWidget(Splitter(self._memory, "periods", lists, self.kit, 66), 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(whole)
        self._stack.addWidget(self.given)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.BETWEEN)
        column.addWidget(self.banner)
        column.addWidget(self.work)
        column.addWidget(self.books)
        self.books.guard(self.import_button, self.shipped, self.open_button, self._stack)
        column.addWidget(self._stack, 1)
        # As they are read: links stand above their list, which was made before them.
        order: tuple[QWidget, ...] = (
            self.open_button,
            self.give,
            self.change,
            self.years,
            self.write,
            self.sets,
        )
        for one, other in pairwise(order):
            self.setTabOrder(one, other)


def _section(part: QWidget, title: str, *links: QWidget) -> QVBoxLayout:
    """A column with a heading, and links at the right of it."""
    head = QHBoxLayout()
    head.addWidget(SectionTitle(title), 1)
    for link in links:
        head.addWidget(link)
    column = QVBoxLayout(part)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(tokens.INSIDE)
    column.addLayout(head)
    return column
