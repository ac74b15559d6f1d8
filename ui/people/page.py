"""The page “Cán bộ”: who shares this machine, who is in charge of what, and work that passes on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from parindex_desktop.domain.errors import ParIndexError, UserError
from parindex_desktop.services import duties, people, people_lists, work_handover
from parindex_desktop.services.passphrases import OLD_COPIES
from ui.frame.page import Page
from ui.language import tr
from ui.people import hand_over_dialog, import_dialog, person_dialog, pin_dialog, rows
from ui.people.duty_pane import DutyPane
from ui.theme import tokens
from ui.theme.icons import Icon
from ui.theme.tokens import Tone
from ui.widgets import dialogs
from ui.widgets.buttons import plain_button
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import OneLine, Role
from ui.widgets.notices import Banner, EmptyState
from ui.widgets.panels import PageHeader, Splitter
from ui.widgets.rows import RowsTable
from ui.widgets.work import WorkStrip

if TYPE_CHECKING:
    from collections.abc import Callable, MutableMapping, Sequence

    from parindex_desktop.domain.people import Person
    from parindex_desktop.domain.work_minutes import Minutes
    from parindex_desktop.services.filling import Form
    from ui.people.rows import Listed
    from ui.session import Session
    from ui.widgets.buttons import Button


class PeoplePage(Page):
    """Keeps the staff list; at an office with a form also who is in charge of each criterion."""

    searchable: ClassVar[bool] = True

    def __init__(self, session: Session, memory: MutableMapping[str, str]) -> None:
        super().__init__()
        self._session = session
        self._memory = memory

    def build(self) -> None:
        """Make the widgets."""
        header = PageHeader(tr("Staff"))
        self.facts = OneLine("", Role.SECOND)
        header.facts.addWidget(self.facts)
        self.export = plain_button(tr("Save as a spreadsheet…"), self.save_list)
        for button in (
            self.export,
            plain_button(tr("Take over from Excel…"), self.import_list, icon=Icon.ADD_FILE),
            plain_button(tr("Add somebody…"), self.add_person),
        ):
            header.buttons.addWidget(button)
        self.banner = Banner()
        self.work = WorkStrip()
        self.staff: RowsTable[Listed] = RowsTable(
            tr("Staff list"), rows.staff_columns(), rows.staff_cells, lambda row: row.person.id, spare=(1,)
        )
        self.duties = DutyPane(self._session.office)
        self.duties.assigned.connect(self._assigned)
        self.staff.chosen.connect(self._arrange)
        self.staff.activated.connect(lambda _index: self.change_person())
        self._stack = QStackedWidget()
        self._lists = Splitter(self._memory, "people", self._left(), self.duties, 50)
        self._stack.addWidget(self._lists)
        self._empty = self._empty_state()
        self._stack.addWidget(self._empty)
        self.work.guard(header, self._stack)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.BETWEEN)
        for part in (header, self.banner, self.work):
            column.addWidget(part)
        column.addWidget(self._stack, 1)
        self._session.changed.connect(self._changed)
        self._refresh()

    def activated(self) -> None:
        """Look again; the keyboard stands at the list."""
        self._refresh()
        (self._empty if self._stack.currentIndex() else self.staff).setFocus()

    def leave(self) -> bool:
        """Nothing else is done while work is passed on."""
        return super().leave() and not self.work.busy

    def search(self, text: str) -> None:
        """List only criteria with these words, or with somebody of that name in charge."""
        self.duties.search(text)

    def panes(self) -> Sequence[QWidget]:
        """The staff list and the duties."""
        if self._stack.currentIndex():
            return (self._stack,)
        return (self._staff_pane, self.duties)

    def person(self) -> Person | None:
        """Who is selected."""
        row = self.staff.current()
        return row.person if row is not None else None

    # What the officer does.

    def add_person(self) -> None:
        """Put somebody on the list."""
        added = person_dialog.ask_person(self, self._session.office)
        if added is not None:
            self._written(tr("“{name}” is on the staff list.", name=added.name), added)

    def change_person(self) -> None:
        """Write the selected entry anew."""
        person = self.person()
        if person is not None and person.until is None:
            changed = person_dialog.ask_person(self, self._session.office, person)
            if changed is not None:
                self._written(tr("The entry of “{name}” was changed.", name=changed.name), changed)

    def set_pin(self) -> None:
        """Set, change or take away the selected person's PIN."""
        person = self.person()
        if person is not None and pin_dialog.ask_pin(self, self._session.office, person):
            self._written(tr("The PIN of “{name}” was changed.", name=person.name), person)

    def end_person(self) -> None:
        """The selected person has left; nobody takes over."""
        row = self.staff.current()
        if row is None:
            return
        said = tr(
            "“{name}” is no longer offered at the start, and nobody is in charge of their {count} criteria. What the "
            "journal says of them stays. To pass the work on with minutes, choose “{other}”.",
            name=row.person.name,
            count=row.duties,
            other=tr("Pass work on…"),
        )
        if dialogs.ask(
            self, tr("Has “{name}” left?", name=row.person.name), said, yes=tr("Has left"), dangerous=True
        ):

            def end() -> None:
                people.end(self._session.office, row.person)
                self._written(tr("“{name}” has left the staff list.", name=row.person.name))

            self._try(end)

    def pass_on(self) -> None:
        """Pass the work of the selected person on, with minutes."""
        giver, office = self.person(), self._session.office
        if giver is None:
            return
        others = [each for each in people.at_work(office) if each.id != giver.id]
        asked = hand_over_dialog.ask_hand_over(self, office, giver, others)
        target = (
            self._target("Bien-ban-ban-giao-cong-viec.pdf", "PDF (*.pdf)", dialogs.Purpose.PAPERS)
            if asked
            else None
        )
        if asked is None or target is None:
            return
        self.work.do(
            tr("Passing the work on…"),
            lambda _task: work_handover.hand_over_work(
                office, giver, asked.taker, target, asked.passphrase, asked.note
            ),
            lambda minutes: self._passed_on(minutes, target),
            self._failed,
            cancellable=False,
        )

    def import_list(self) -> None:
        """Look at a spreadsheet of the staff list, then take it over."""
        kinds = tr("Excel workbooks") + " (*.xlsx)"
        files = dialogs.choose_files(self, tr("Staff list"), kinds, dialogs.Purpose.LISTS)
        if not files:
            return

        def take() -> None:
            preview = people_lists.look_at_list(self._session.office, files[0])
            if import_dialog.ask_import(self, self._session.office, files[0], preview):
                self._written(tr("The staff list was taken over."))

        self._try(take)

    def save_list(self) -> None:
        """Write the list with its duties to a spreadsheet; without anybody, the sample to fill in."""
        target = self._target("Danh-sach-can-bo.xlsx", "XLSX (*.xlsx)", dialogs.Purpose.LISTS)
        if target is None:
            return

        def write() -> None:
            people_lists.write_list(self._session.office, target)
            self.banner.tell(tr("The list was written to {file}, without PINs.", file=str(target)), Tone.GOOD)

        self._try(write)

    # Inside.

    def _target(self, name: str, kinds: str, purpose: dialogs.Purpose) -> Path | None:
        """Where to write a file of that name; what is typed without its ending gets it."""
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        target = dialogs.choose_target(self, tr("Save"), Path(folder) / name, kinds, purpose)
        ending = Path(name).suffix
        if target is None or target.suffix.lower() == ending:
            return target
        return target.with_name(f"{target.name}{ending}")

    def _passed_on(self, minutes: Minutes, target: Path) -> None:
        said = [tr("The minutes are in {file}: print them and have them signed.", file=str(target))]
        if minutes.changed:
            said += [tr("The key has its new passphrase."), tr(OLD_COPIES)]
        said += [tr(work.warning) for work in minutes.years if work.warning]
        dialogs.tell(self, tr("The work was passed on"), "\n".join(said), Tone.GOOD)
        self._session.saved.emit()
        self._session.reload()

    def _failed(self, error: ParIndexError) -> None:
        self.banner.tell(tr(error), Tone.WRONG)

    def _try(self, act: Callable[[], None]) -> None:
        """Do it; what cannot be done is told at the top of the page."""
        self.banner.hide()
        try:
            act()
        except ParIndexError as error:
            self._failed(error)

    def _written(self, sentence: str, person: Person | None = None) -> None:
        self._session.saved.emit()
        self._session.changed.emit()
        if person is not None:
            self.staff.choose(person.id)
        self.banner.tell(sentence, Tone.GOOD)
        self.staff.setFocus()

    def _changed(self) -> None:
        if self.isVisible():  # else `activated` looks
            self._refresh()

    def _form(self) -> Form | None:
        try:
            return self._session.form
        except UserError:
            return None

    def _refresh(self) -> None:
        office, form = self._session.office, self._form()
        found = duties.duties(office, form.year) if form else {}
        listed = rows.listed(office, found)
        here = sum(each.person.until is None for each in listed)
        self.facts.setText(tr("{count} people share this machine", count=here) if here else "")
        self.export.setText(tr("Save as a spreadsheet…") if listed else tr("Save a sample spreadsheet…"))
        self._stack.setCurrentIndex(0 if listed else 1)
        self.staff.show_rows(listed)
        self.staff.setColumnHidden(rows.DUTIES, form is None)
        self.duties.show_form(form, found)
        self._arrange()

    def _assigned(self) -> None:
        self._session.saved.emit()
        self._session.changed.emit()

    def _arrange(self) -> None:
        """Offer what can be done with who is selected."""
        person = self.person()
        here = person is not None and person.until is None
        for button in self._actions:
            button.setEnabled(here)
        self._pass_on.setEnabled(here and len(people.at_work(self._session.office)) > 1)

    def _left(self) -> QWidget:
        self._pass_on = plain_button(tr("Pass work on…"), self.pass_on, icon=Icon.HAND_OVER)
        self._actions: tuple[Button, ...] = (
            plain_button(tr("Change…"), self.change_person),
            plain_button(tr("PIN…"), self.set_pin),
            plain_button(tr("Has left…"), self.end_person),
        )
        self._staff_pane = QWidget()
        column = QVBoxLayout(self._staff_pane)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.INSIDE)
        column.addWidget(self.staff, 1)
        buttons = FlowLayout(across=tokens.INSIDE)
        for button in (*self._actions, self._pass_on):
            buttons.addWidget(button)
        column.addLayout(buttons)
        return self._staff_pane

    def _empty_state(self) -> QWidget:
        return EmptyState(
            Icon.PEOPLE,
            tr("Nobody is on the staff list"),
            tr(
                "Where several officers share this machine, list them here: each chooses the own name at the start, "
                "the journal names who did what, and criteria can be shared out. Without a list the journal has the "
                "name of the machine's user."
            ),
            tr("Add somebody…"),
            self.add_person,
        )
