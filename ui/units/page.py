"""The page “Danh mục đơn vị”: the units of the province, and whose keys are believed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from parindex_desktop.domain.errors import ParIndexError
from parindex_desktop.services import enrolling, removing_units, unit_lists
from parindex_desktop.services.files import read_small
from ui.frame.page import Page, Step, TopLine
from ui.language import tr
from ui.theme import tokens
from ui.theme.icons import Icon
from ui.theme.tokens import Tone
from ui.units import enrol_dialog, import_dialog, rows, unit_dialog
from ui.units.unit_card import UnitCard
from ui.widgets import dialogs
from ui.widgets.buttons import plain_button
from ui.widgets.labels import OneLine, Role, WrapLabel
from ui.widgets.notices import Banner, EmptyState
from ui.widgets.panels import PageHeader, Splitter
from ui.widgets.places import set_shown
from ui.widgets.rows import RowsTable

if TYPE_CHECKING:
    from collections.abc import Callable, MutableMapping, Sequence

    from parindex_desktop.domain.units import Unit
    from parindex_desktop.services.enrolling import Enrolled
    from ui.session import Session


class UnitsPage(Page):
    """Lists the units; enters them by hand or from a spreadsheet; enrols and revokes their keys."""

    searchable: ClassVar[bool] = True

    def __init__(self, session: Session, memory: MutableMapping[str, str]) -> None:
        super().__init__()
        self._session = session
        self._memory = memory
        self._all: list[Enrolled] = []
        self._words = ""

    def build(self) -> None:
        """Make the widgets."""
        header = PageHeader(tr("List of units"))
        self.facts = OneLine("", Role.SECOND)
        header.facts.addWidget(self.facts)
        self.export = plain_button(tr("Save as a spreadsheet…"), self.save_list)
        for button in (
            self.export,
            plain_button(tr("Take over from Excel…"), self.import_list, icon=Icon.ADD_FILE),
            plain_button(tr("Add a unit…"), self.add_unit),
        ):
            header.buttons.addWidget(button)
        self.banner = Banner()
        self.table: RowsTable[Enrolled] = RowsTable(
            tr("List of units"), rows.columns(), rows.cells, lambda row: row.unit.id
        )
        self._nothing = WrapLabel(tr("No unit has these words. Escape ends the search."), Role.SECOND)
        self.card = UnitCard()
        self.card.enrol_asked.connect(self._enrol_selected)
        self.card.rename_asked.connect(self.rename_unit)
        self.card.revoke_asked.connect(self.revoke)
        self.card.remove_asked.connect(self.remove_unit)
        self.table.chosen.connect(lambda: self.card.show_unit(self.table.current()))
        listed = QWidget()
        left = QVBoxLayout(listed)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(tokens.INSIDE)
        left.addWidget(self._nothing)
        left.addWidget(self.table, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(Splitter(self._memory, "units", listed, self.card, 66))
        self._stack.addWidget(self._empty_state())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.BETWEEN)
        column.addWidget(header)
        column.addWidget(self.banner)
        column.addWidget(self._stack, 1)
        self._session.changed.connect(self._changed)
        self._refresh()

    def activated(self) -> None:
        """Look again."""
        self._refresh()

    def top_line(self) -> TopLine:
        """Enrolling is what waits on this page."""
        step = Step(
            tr("Enrol a key from a signing request…"),
            self.enrol,
            enabled=bool(self._all),
            hint="" if self._all else tr("Enter the units first."),
            filled=bool(self._all),
        )
        return TopLine(step=step)

    def search(self, text: str) -> None:
        """List only units with these words."""
        self._words = text
        self._list()

    def panes(self) -> Sequence[QWidget]:
        """The list and the selected unit."""
        if self._stack.currentIndex() == 0:
            return (self.table, self.card)
        return (self._stack,)

    # What the officer does.

    def add_unit(self) -> None:
        """Enter one unit by hand."""
        added = unit_dialog.ask_unit(self, self._session.office)
        if added is not None:
            self._written(tr("“{name}” was added.", name=added.name), added)

    def rename_unit(self) -> None:
        """Write the selected unit's name anew."""
        row = self.table.current()
        if row is not None:
            renamed = unit_dialog.ask_unit(self, self._session.office, row.unit)
            if renamed is not None:
                self._written(tr("The unit is called “{name}” now.", name=renamed.name), renamed)

    def remove_unit(self) -> None:
        """Take the selected unit out of the list; the one below it is selected then."""
        row = self.table.current()
        if row is not None:
            self._try(lambda: self._remove(row.unit))

    def import_list(self) -> None:
        """Look at a spreadsheet of units, then take it over."""
        files = dialogs.choose_files(
            self, tr("List of units"), tr("Excel workbooks") + " (*.xlsx)", dialogs.Purpose.LISTS
        )
        if not files:
            return

        def take() -> None:
            preview = unit_lists.look_at_list(self._session.office, files[0])
            count = import_dialog.ask_import(self, self._session.office, files[0], preview)
            if count:
                self._written(tr("{count} unit(s) of the list were taken over.", count=count))

        self._try(take)

    def save_list(self) -> None:
        """Write the units to a spreadsheet; without any, the sample to fill in."""
        proposed = Path("Danh-muc-don-vi.xlsx")
        target = dialogs.choose_target(
            self, tr("List of units"), proposed, "XLSX (*.xlsx)", dialogs.Purpose.LISTS
        )
        if target is None:
            return
        if target.suffix.lower() != ".xlsx":
            target = target.with_name(f"{target.name}.xlsx")

        def write() -> None:
            unit_lists.write_list(self._session.office, target)
            self.banner.tell(tr("The list was written to {file}.", file=str(target)), Tone.GOOD)

        self._try(write)

    def enrol(self, unit: Unit | None = None) -> None:
        """Enrol the key of a signing request; `unit` is proposed, else the one whose name the request claims."""
        files = dialogs.choose_files(
            self, tr("Signing request"), tr("Signing requests") + " (*.csr)", dialogs.Purpose.KEYS
        )
        if not files:
            return

        def approve() -> None:
            request = read_small(files[0])
            enrolled = enrol_dialog.ask_enrolment(self, self._session.office, request, unit)
            if enrolled is not None:
                said = tr(
                    "The key of “{name}” is enrolled. Export a new kit, so that it learns of it.",
                    name=enrolled.name,
                )
                self._written(said, enrolled)

        self._try(approve)

    def revoke(self) -> None:
        """Take the keys of the selected unit back."""
        row = self.table.current()
        if row is None:
            return
        reason = unit_dialog.ask_reason(self, row.unit)
        if reason is None:
            return

        def take_back() -> None:
            enrolling.revoke(self._session.office, row.unit.code, reason)
            said = tr(
                "The keys of “{name}” are revoked. Export a new kit, so that all offices learn of it.",
                name=row.unit.name,
            )
            self._written(said, row.unit)

        self._try(take_back)

    # Inside.

    def _enrol_selected(self) -> None:
        row = self.table.current()
        self.enrol(row.unit if row is not None else None)

    def _remove(self, unit: Unit) -> None:
        office = self._session.office
        removing_units.check_removable(office, unit.code)
        if not dialogs.ask(
            self,
            tr("Remove “{name}” from the list?", name=unit.name),
            tr(
                "No kit has gone out with this unit, so no office knows of it. Its code {code} can be used again.",
                code=unit.code,
            ),
            yes=tr("Remove the unit"),
            dangerous=True,
        ):
            return
        listed = [each.unit for each in self.table.rows.rows()]
        place = listed.index(unit)
        beside = listed[place + 1 : place + 2] or listed[:place][-1:]
        removing_units.remove_unit(office, unit.code)
        self._written(tr("“{name}” was removed.", name=unit.name), *beside)

    def _try(self, act: Callable[[], None]) -> None:
        """Do it; what cannot be done is told at the top of the page."""
        self.banner.hide()
        try:
            act()
        except ParIndexError as error:
            self.banner.tell(tr(error), Tone.WRONG)

    def _written(self, sentence: str, unit: Unit | None = None) -> None:
        self._session.saved.emit()
        self._session.reload()
        if unit is not None:
            self.table.choose(unit.id)
        self.banner.tell(sentence, Tone.GOOD)
        self.table.setFocus()

    def _changed(self) -> None:
        if self.isVisible():  # else `activated` looks
            self._refresh()

    def _refresh(self) -> None:
        office = self._session.office
        own = office.record.unit
        self._all = [row for row in enrolling.enrolled(office) if row.unit.id != own]
        enrolled = sum(bool(rows.usable(row)) for row in self._all)
        self.facts.setText(
            tr("{units} units · {enrolled} with a key", units=len(self._all), enrolled=enrolled)
            if self._all
            else ""
        )
        self.export.setText(tr("Save as a spreadsheet…") if self._all else tr("Save a sample spreadsheet…"))
        self._stack.setCurrentIndex(0 if self._all else 1)
        self._list()
        self.top_changed.emit()

    def _list(self) -> None:
        wanted = {unit.id for unit in rows.matching([row.unit for row in self._all], self._words)}
        listed = [row for row in self._all if row.unit.id in wanted]
        self.table.show_rows(listed)
        set_shown(self._nothing, shown=not listed)
        if not listed:
            self.card.show_unit(None)

    def _empty_state(self) -> QWidget:
        return EmptyState(
            Icon.UNITS,
            tr("There are no units yet"),
            tr(
                "The communes, departments and districts that are assessed are listed here with their keys. Take them "
                "over from an Excel list with the columns Mã, Tên, Cấp (and Mã cấp trên), or add them one by one."
            ),
            tr("Take over from Excel…"),
            self.import_list,
        )
