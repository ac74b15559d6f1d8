"""The page “Số liệu cần thống nhất”: what the machines of a unit differ in, and at the province its own kits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from parindex_desktop.domain.errors import ParIndexError, UserError
from parindex_desktop.domain.units import Level
from parindex_desktop.services import differences, settling_kits
from parindex_desktop.services.register import NoKitYet
from parindex_desktop.services.standing import standing
from ui import background
from ui.differences.model import DifferencesModel, title_of
from ui.differences.versions import Versions
from ui.differences.whole_kits import WholeKits
from ui.frame.page import Page, TopLine
from ui.handover.steps import step_ahead
from ui.language import tr
from ui.theme import tokens
from ui.theme.icons import Icon
from ui.theme.tokens import Tone
from ui.widgets import dialogs
from ui.widgets.cells import Column
from ui.widgets.labels import FieldError, OneLine, Role, WrapLabel
from ui.widgets.notices import Banner, EmptyState
from ui.widgets.panels import PageHeader, Panel, Splitter
from ui.widgets.places import set_shown
from ui.widgets.views import TableView

if TYPE_CHECKING:
    from collections.abc import Callable, MutableMapping, Sequence

    from PySide6.QtWidgets import QWidget

    from parindex_desktop.services.differences import Difference, Origin
    from parindex_desktop.services.filling import Form
    from parindex_desktop.services.homes import Office
    from ui.background import Job
    from ui.session import Session


class DifferencesPage(Page):
    """Every open difference; its author settles one by choosing a value, a receiver only sees those of others.

    `open_page` opens the page “periods”, where a kit is exported, or “form” and “handover”, where a unit goes on.
    """

    def __init__(
        self, session: Session, open_page: Callable[[str], object], memory: MutableMapping[str, str]
    ) -> None:
        super().__init__()
        self._session = session
        self._open_page = open_page
        self._memory = memory
        self._rivals: list[Origin] = []
        self._settled = ""
        self._reading: Job | None = None
        self._outdated = False
        self._settles = session.office.level is not Level.PROVINCE

    def build(self) -> None:
        """Make the list and the values beside it."""
        self.model = DifferencesModel(self, of_many=not self._settles)
        unit = () if self._settles else (Column(150, 1, least=100),)
        columns = (*unit, Column(180, 2, least=110), Column(120, 1, least=90))
        self.table = TableView(tr("Figures to be settled"), columns)
        self.table.setModel(self.model)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show())
        self._panel = Panel(scroll=True)
        self._unit = WrapLabel("", Role.SECOND)
        self._title = WrapLabel("", Role.TITLE)
        self._part = WrapLabel("", Role.SECOND)
        self._rule = Banner()
        self.versions = Versions(standing(self._session.office).code)
        self.versions.chosen.connect(self.settle)
        self.fault = FieldError()
        self.whole = WholeKits()
        self.whole.chosen.connect(self.follow)
        parts = (self._unit, self._title, self._part, self._rule, self.versions, self.fault, self.whole)
        for part in parts:
            self._panel.content.addWidget(part)
        self._panel.content.addStretch(1)
        set_shown(self._unit, shown=not self._settles)
        both = Splitter(self._memory, "differences.split", self.table, self._panel, 42)
        self._empty = EmptyState(
            Icon.DIFFERENCES, tr("Nothing is to be settled"), _empty(settles=self._settles)
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(both)
        self._stack.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.BETWEEN)
        header = PageHeader(tr("Figures to be settled"))
        self.left = OneLine("", Role.SECOND)
        header.facts.addWidget(self.left)
        self.kits = Banner()
        self.done = Banner()
        column.addWidget(header)
        column.addWidget(self.done)
        column.addWidget(self.kits)
        column.addWidget(self._stack, 1)
        self._session.changed.connect(self._refresh)

    def activated(self) -> None:
        """Look again at what differs."""
        self.done.hide()
        self._look()

    @property
    def busy(self) -> bool:
        """Whether what differs is still being read."""
        return self._reading is not None

    def top_line(self) -> TopLine:
        """Where a unit goes on once nothing is to be settled."""
        form = self._form()
        if form is None or form.assessment.unsettled:
            return TopLine()
        return TopLine(step=step_ahead(self._session.office, form, self._open_page))

    def panes(self) -> Sequence[QWidget]:
        """The list, and the values."""
        return (self._empty,) if self._stack.currentWidget() is self._empty else (self.table, self._panel)

    def settle(self, number: int) -> None:
        """Let the value `number` of the selected difference stand."""
        found = self._selected()
        if found is None:
            return
        self._settled = tr("{title} ({part})", title=title_of(found), part=tr(found.part))
        if found.of_kits:
            self._settle_kits(lambda office: settling_kits.settle_kit(office, found.key, number))
            return
        try:
            self._session.move(
                lambda office, _form: differences.settle_own(office, found.period, found.key, number)
            )
        except ParIndexError as error:
            self._settled = ""
            self.fault.show_fault(tr(error))

    def follow(self, number: int) -> None:
        """Let everything stand as the kit `number` has it, after a question: there is no way back."""
        sentence = tr(
            "Every difference between the kits is settled as this one has it: {kit}. What the other one says stays in "
            "the history, but is not offered again.",
            kit=settling_kits.kit_words(self._rivals[number - 1]),
        )
        title = tr("Follow one kit in everything")
        if dialogs.ask(self, title, sentence, yes=tr("Follow this kit"), dangerous=True):
            self._settled = title
            self._settle_kits(lambda office: settling_kits.settle_as(office, number))

    def _settle_kits(self, settle: Callable[[Office], int]) -> None:
        try:
            settle(self._session.office)
        except ParIndexError as error:
            self._settled = ""
            self.fault.show_fault(tr(error))
            return
        self._session.saved.emit()
        self._session.reload()

    def _go_on(self) -> None:
        """Say what was settled, and lead on: to the next difference, or to what comes after the last one."""
        settled, self._settled = self._settled, ""
        if not settled:
            return
        left = self.model.rowCount()
        if left:
            said = tr(
                "Settled: {what}. {count} to be settled; here is the next one.", what=settled, count=left
            )
            self.done.tell(said, Tone.GOOD)
            self.table.setFocus()
        elif self.kits.isVisible():
            self.done.hide()
            self.kits.focus_action()
        elif self._settles:
            said = tr(
                "Settled: {what}. Nothing is to be settled any more. Now look through the figures, lock them, have the "
                "report signed and hand over.",
                what=settled,
            )
            go = tr("To the self-assessment"), lambda: self._open_page("form")
            self.done.tell(said, Tone.GOOD, *go)
            self.done.focus_action()

    def _form(self) -> Form | None:
        """The unit's own form; the province has none."""
        try:
            return self._session.form if self._settles else None
        except UserError:
            return None

    def _refresh(self) -> None:
        if self.isVisible():  # else `activated` looks
            self._look()

    def _look(self) -> None:
        """Read what differs: the own form at once, those of a whole province beside the window."""
        office, year = self._session.office, self._session.office.record.period
        if self._settles:
            self._show_found(_own(office, year), [])
        elif self._reading is not None:
            self._outdated = True
        else:
            self._outdated = False
            self._reading = background.run(
                self, lambda _task: _of_all(office, year), self._take, self._not_read
            )
            self._reading.ended.connect(self._has_read)

    def _take(self, read: tuple[list[Difference], list[Origin]]) -> None:
        if not self._outdated:
            self._show_found(*read)

    def _has_read(self) -> None:
        self._reading = None
        if self._outdated:
            self._look()

    def _not_read(self, error: ParIndexError) -> None:
        self.done.tell(tr(error), Tone.WRONG)

    def _show_found(self, found: list[Difference], rivals: list[Origin]) -> None:
        before, row = self._selected(), self.table.currentIndex().row()
        self._rivals = rivals
        self._tell_kits(found)
        self.model.show_differences(found)
        self._stack.setCurrentIndex(0 if found else 1)
        self.left.setText(tr("{count} to be settled", count=len(found)) if found else "")
        self.top_changed.emit()
        if found:
            self._choose(found, before, row)
        self._go_on()

    def _choose(self, found: Sequence[Difference], before: Difference | None, row: int) -> None:
        """Select what was selected, or what has come to stand in its place."""
        same = self.model.row_of(before.unit, before.key) if before else None
        row = same if same is not None else min(max(row, 0), len(found) - 1)
        self.table.setCurrentIndex(self.model.index(row, 0))
        self._show()

    def _tell_kits(self, found: Sequence[Difference]) -> None:
        """Say of kits side by side that nothing (more) is to be settled; else the differences themselves tell."""
        if not self._rivals or any(each.of_kits for each in found):
            self.kits.hide()
            return
        said = tr(
            "{count} kits of the province stand side by side and contradict each other in nothing. Export a kit that "
            "continues both, and send it to every office.",
            count=len(self._rivals),
        )
        self.kits.tell(
            said, Tone.CARE, tr("Years and kit"), lambda: self._open_page("periods"), closable=False
        )

    def _selected(self) -> Difference | None:
        index = self.table.currentIndex()
        return self.model.difference(index.row()) if index.isValid() else None

    def _show(self) -> None:
        found = self._selected()
        self.fault.show_fault("")
        if found is None:
            return
        self._unit.setText(found.unit_name)
        self._title.setText(title_of(found))
        self._part.setText(tr(found.part))
        self._rule.tell(_rule(found, settles=self._settles), Tone.CARE, closable=False)
        self.versions.show_difference(found, settles=self._settles or found.of_kits)
        self.whole.show_kits(self._rivals if found.of_kits else ())


def _own(office: Office, year: str | None) -> list[Difference]:
    try:
        return differences.own_differences(office, year)
    except NoKitYet:
        return []


def _of_all(office: Office, year: str | None) -> tuple[list[Difference], list[Origin]]:
    """What the province sees, with its own kits that stand side by side; in another thread."""
    try:
        found = differences.differences(office, year)
    except NoKitYet:
        return [], []
    # Kits come first: nothing goes out to the offices before they are settled.
    return [*settling_kits.kit_differences(office), *found], settling_kits.rival_kits(office)


def _rule(found: Difference, *, settles: bool) -> str:
    if found.of_kits:
        return tr(
            "Two kits of this province were made side by side (a backup was brought back, or the folder was copied) "
            "and differ here. Choose what stands; the other stays in the history. Until nothing is open, no kit can "
            "be exported."
        )
    if settles:
        return tr(
            "Two machines of this office gave different values. Choose the one that stands; "
            "the other stays in the history."
        )
    return tr(
        "Two machines of the unit gave different values. Only the unit chooses; ask it to settle them and to hand over "
        "again. Both values stay in the history."
    )


def _empty(*, settles: bool) -> str:
    if settles:
        return tr(
            "When both machines of this office have changed the same figure, both values stand here side by side "
            "until you choose one."
        )
    return tr(
        "When a unit hands over two versions that differ, the values stand here side by side until the unit "
        "settles them. What two kits of the province differ in is settled here, too."
    )
