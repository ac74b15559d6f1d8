"""The page “Danh mục đơn vị”: the units of the province, whose keys are believed, and the other organisations."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from parindex_desktop.domain.errors import ParIndexError
from parindex_desktop.services import enrolling, register, removing_units, resuming_units
from parindex_desktop.services.files import read_small
from resources.language import day_of
from ui.frame.page import Page, Step, TopLine
from ui.language import tr
from ui.theme import tokens
from ui.theme.icons import Icon
from ui.theme.tokens import Tone
from ui.units import (
    end_dialog,
    enrol_dialog,
    reason_dialog,
    rows,
    unit_dialog,
)
from ui.units.body_list import BodyList
from ui.units.list_work import ListWork
from ui.units.unit_list import UnitList
from ui.widgets import dialogs
from ui.widgets.buttons import plain_button
from ui.widgets.labels import OneLine, Role
from ui.widgets.notices import Banner, EmptyState
from ui.widgets.panels import PageHeader
from ui.widgets.tabs import Tabs

if TYPE_CHECKING:
    from collections.abc import Callable, MutableMapping, Sequence

    from parindex_desktop.domain.units import Unit
    from parindex_desktop.services.unit_lists import Preview
    from ui.session import Session
    from ui.units.rows import UnitRow

_UNITS, _BODIES = range(2)


class UnitsPage(Page):
    """Lists units and other organisations; enters them by hand or from a spreadsheet; enrols and revokes keys."""

    searchable: ClassVar[bool] = True

    def __init__(self, session: Session, memory: MutableMapping[str, str]) -> None:
        super().__init__()
        self._session = session
        self._memory = memory
        self._all: list[UnitRow] = []

    def build(self) -> None:
        """Make the widgets."""
        self.work = ListWork(self._session)
        self.banner = Banner()
        self.units = UnitList(self._memory)
        self.table = self.units.table
        self.card = self.units.card
        self.card.enrol_asked.connect(self._enrol_selected)
        self.card.change_asked.connect(self.change_unit)
        self.card.end_asked.connect(self.end_unit)
        self.card.resume_asked.connect(self.resume_unit)
        self.card.revoke_asked.connect(self.revoke)
        self.card.remove_asked.connect(self.remove_unit)
        self.table.activated.connect(lambda _index: self.change_unit())
        self.bodies = BodyList(self._session, self.banner)
        self._own = QStackedWidget()
        self._own.addWidget(self.units)
        self._own.addWidget(self._empty_state())
        self._parts = QStackedWidget()
        self._parts.addWidget(self._own)
        self._parts.addWidget(self.bodies)
        self.tabs = Tabs(
            tr("Parts of the list"), (tr("Units that are assessed"), tr("Other organisations")), self._parts
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.BETWEEN)
        column.addWidget(self._header())
        line = QHBoxLayout()
        line.addWidget(self.tabs)
        line.addStretch(1)
        column.addLayout(line)
        column.addWidget(self.banner)
        column.addWidget(self.work)
        column.addWidget(self._parts, 1)
        self.work.guard(self._parts)
        self.work.begun.connect(self.banner.hide)
        self.work.taken.connect(self._taken)
        self.work.refused.connect(self._refused)
        self.work.written.connect(
            lambda file: self.banner.tell(tr("The list was written to {file}.", file=file), Tone.GOOD)
        )
        self._session.changed.connect(self._changed)

    def activated(self) -> None:
        """Look again."""
        self._refresh()

    def leave(self) -> bool:
        """What is being written is finished first."""
        return super().leave() and not self.work.busy

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
        """List only units and organisations with these words."""
        self.units.search(text)
        self.bodies.search(text)

    def panes(self) -> Sequence[QWidget]:
        """The list and the selected unit."""
        if self.tabs.currentIndex() == _BODIES:
            return (self.bodies, self.tabs)
        return (self.table, self.card, self.tabs) if self._all else (self._own, self.tabs)

    # Units.

    def add_unit(self) -> None:
        """Enter one unit by hand."""
        added = unit_dialog.ask_unit(self, self._session.office)
        if added is not None:
            self._written(tr("“{name}” was added.", name=added.name), added.id)

    def change_unit(self) -> None:
        """Change what is known of the selected unit."""
        row = self.table.current()
        if row is not None:
            changed = unit_dialog.ask_unit(self, self._session.office, row.unit)
            if changed is not None:
                self._written(tr("“{name}” was changed.", name=changed.name), changed.id)

    def end_unit(self) -> None:
        """Let the selected unit, and others with it, end: closed, merged or divided."""
        row = self.table.current()
        if row is not None:
            done = end_dialog.ask_ending(self, self._session.office, row.unit)
            if done is not None:
                said = tr(
                    "{count} unit(s) end. Export a new kit, so that all offices learn of it.",
                    count=len(done.ended),
                )
                self._written(said, row.unit.id)

    def resume_unit(self) -> None:
        """Take the end of the selected unit back."""
        row = self.table.current()
        if row is not None:
            self._try(lambda: self._resume(row.unit))

    def remove_unit(self) -> None:
        """Take the selected unit out of the list; the one below it is selected then."""
        row = self.table.current()
        if row is not None:
            self._try(lambda: self._remove(row.unit))

    # Keys.

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
                self._written(said, enrolled.id)

        self._try(approve)

    def revoke(self) -> None:
        """Take the keys of the selected unit back."""
        row = self.table.current()
        if row is None:
            return
        reason = reason_dialog.ask_reason(self, row.unit)
        if reason is None:
            return

        def take_back() -> None:
            enrolling.revoke(self._session.office, row.unit.code, reason)
            said = tr(
                "The keys of “{name}” are revoked. Export a new kit, so that all offices learn of it.",
                name=row.unit.name,
            )
            self._written(said, row.unit.id)

        self._try(take_back)

    # Inside.

    def _header(self) -> PageHeader:
        header = PageHeader(tr("List of units"))
        self.facts = OneLine("", Role.SECOND)
        header.facts.addWidget(self.facts)
        self.export = plain_button(tr("Save as a spreadsheet…"), self.work.save)
        for button in (
            self.export,
            plain_button(tr("Take over from Excel…"), self.work.take, icon=Icon.ADD_FILE),
            plain_button(tr("Add a unit…"), self.add_unit),
        ):
            header.buttons.addWidget(button)
        return header

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
        beside = self.units.beside_current()
        removing_units.remove_unit(office, unit.code)
        self._written(tr("“{name}” was removed.", name=unit.name), beside)

    def _resume(self, unit: Unit) -> None:
        if dialogs.ask(
            self,
            tr("Take the end of “{name}” back?", name=unit.name),
            tr(
                "It goes on as before, without a last day and without successors, and is awaited again. Units below it "
                "hand over to it again; a unit that was formed of it alone is removed as long as no kit names it."
            ),
            yes=tr("Take the end back"),
        ):
            resumed = resuming_units.resume_units(self._session.office, [unit.code])
            self._written(" ".join(map(tr, resumed.summary())), unit.id)

    def _taken(self, preview: Preview) -> None:
        said = [tr("The list was taken over. Export a new kit, so that all offices learn of it.")]
        self._written(" ".join([*said, *map(tr, preview.counts())]))

    def _try(self, act: Callable[[], None]) -> None:
        """Do it; what cannot be done is told at the top of the page."""
        self.banner.hide()
        try:
            act()
        except ParIndexError as error:
            self._refused(error)

    def _refused(self, error: ParIndexError) -> None:
        self.banner.tell(tr(error), Tone.WRONG)

    def _written(self, sentence: str, unit: str | None = None) -> None:
        self._session.saved.emit()
        self._session.reload()
        if unit is not None:
            self.units.choose(unit)
        self.banner.tell(sentence, Tone.GOOD)
        self.table.setFocus()

    def _changed(self) -> None:
        if self.isVisible():  # else `activated` looks
            self._refresh()

    def _refresh(self) -> None:
        office = self._session.office
        kit = register.current_kit(office)
        self._all = rows.rows_of(kit, day_of(office.clock()))
        living = [row for row in self._all if not row.ended]
        enrolled = sum(bool(rows.usable(row)) for row in living)
        self.facts.setText(
            tr("{units} units · {enrolled} with a key", units=len(living), enrolled=enrolled)
            if self._all
            else ""
        )
        self.units.show_units(self._all, kit.units, office.record.period)
        self.bodies.show_bodies(kit)
        self.export.setEnabled(bool(self._all))
        self._own.setCurrentIndex(0 if self._all else 1)
        self.top_changed.emit()

    def _empty_state(self) -> QWidget:
        return EmptyState(
            Icon.UNITS,
            tr("There are no units yet"),
            tr(
                "The communes, departments and districts that are assessed are listed here with their keys. Take them "
                "over from an Excel list with the columns Mã, Tên, Cấp (and Mã cấp trên), or add them one by one."
            ),
            tr("Take over from Excel…"),
            self.work.take,
        )
