"""All sets of the province: drafts first, then what is published, and what may be done with the selected one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from parindex_desktop.services import authoring, register
from ui.authoring import rows
from ui.authoring.rows import SetRow
from ui.language import tr
from ui.theme import tokens
from ui.theme.icons import Icon
from ui.widgets.buttons import filled_button, plain_button
from ui.widgets.chips import Chip
from ui.widgets.facts import Facts
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import Role, WrapLabel
from ui.widgets.notices import Banner, EmptyState
from ui.widgets.panels import PageHeader, Panel, Splitter
from ui.widgets.places import set_shown
from ui.widgets.rows import RowsTable
from ui.widgets.versions import shared

if TYPE_CHECKING:
    from collections.abc import MutableMapping, Sequence

    from parindex_desktop.services.homes import Office
    from ui.authoring.books import SetBooks


class Overview(QWidget):
    """Lists the sets; asks the page to do something with one (its row)."""

    new_asked = Signal()
    edit_asked = Signal(object)
    version_asked = Signal(object)
    copy_asked = Signal(object)
    compare_asked = Signal(object)
    delete_asked = Signal(object)

    def __init__(self, memory: MutableMapping[str, str], books: SetBooks) -> None:
        super().__init__()
        header = PageHeader(tr("Write criteria sets"))
        self.compare = plain_button(
            tr("Compare two versions…"), lambda: self.compare_asked.emit(self.table.current())
        )
        self.take = plain_button(tr("From a file"), icon=Icon.ADD_FILE)
        menu = QMenu(self.take)
        for words, run in (
            (tr("A set as a workbook…"), books.take),
            (tr("A table as it was published…"), books.propose),
        ):
            menu.addAction(words).triggered.connect(lambda _on=False, run=run: run())
        self.take.setMenu(menu)
        header.buttons.addWidget(self.compare)
        header.buttons.addWidget(self.take)
        header.buttons.addWidget(plain_button(tr("New set…"), self.new_asked.emit, icon=Icon.ADD))
        self.banner = Banner()
        self.table: RowsTable[SetRow] = RowsTable(
            tr("Criteria sets"), rows.columns(), rows.cells, lambda row: row.key, spare=(4, 1, 3)
        )
        self.table.activated.connect(lambda _index: self._open())
        self.table.chosen.connect(self._show)
        self.card = Panel(scroll=True)
        self._title = WrapLabel("", Role.TITLE)
        self._chip = Chip()
        self._said = WrapLabel("", Role.SECOND)
        self._facts = Facts()
        self.edit = filled_button(tr("Go on writing"), lambda: self._ask(self.edit_asked))
        self.version = filled_button(tr("Write a new version"), lambda: self._ask(self.version_asked))
        self.copy = plain_button(tr("Copy for another year…"), lambda: self._ask(self.copy_asked))
        self.differ = plain_button(tr("What has changed…"), lambda: self._ask(self.compare_asked))
        self.write = plain_button(tr("Write to a workbook…"), lambda: self._write(books))
        self.delete = plain_button(tr("Delete the draft…"), lambda: self._ask(self.delete_asked))
        self._buttons = (self.edit, self.version, self.copy, self.differ, self.write, self.delete)
        holder = QWidget()
        flow = FlowLayout(holder, across=tokens.INSIDE)
        for button in self._buttons:
            flow.addWidget(button)
        for part in (self._title, self._chip, self._said, holder, self._facts):
            self.card.content.addWidget(part)
        self.card.content.addStretch(1)
        self._stack = QStackedWidget()
        self._stack.addWidget(Splitter(memory, "authoring.sets", self.table, self.card, 62))
        self._stack.addWidget(
            EmptyState(
                Icon.WRITE_SET,
                tr("Here criteria sets are written"),
                tr(
                    "Begin with one of the program's illustrative sets, a workbook, the table of your province, or "
                    "nothing. A draft is kept at every edit; published, it is frozen and can be used for a year."
                ),
                tr("New set…"),
                self.new_asked.emit,
            )
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.BETWEEN)
        column.addWidget(header)
        column.addWidget(self.banner)
        column.addWidget(books)
        books.guard(header, self._stack)
        column.addWidget(self._stack, 1)

    def refresh(self, office: Office) -> None:
        """Look again at what is there."""
        found = [
            SetRow(draft.tree, draft, len(authoring.faults(office, draft.tree)))
            for draft in authoring.all_drafts(office)
        ]
        periods, held = register.current_kit(office).periods, register.sets(office)
        twins = shared((each.year, each.version, each.name) for each in held)
        for each in held:
            years = tuple(
                year for year, period in sorted(periods.items()) if each.digest in period.sets.values()
            )
            twin = (each.year, each.version, each.name) in twins
            tree = authoring.tree_of(office, each.digest)
            found.append(SetRow(tree, digest=each.digest, years=years, twin=twin))
        self.table.show_rows(found)
        self._stack.setCurrentIndex(0 if found else 1)
        self.compare.setEnabled(len(found) > 1)
        self._show()

    def panes(self) -> Sequence[QWidget]:
        """The list and the selected set."""
        return (self.table, self.card) if self._stack.currentIndex() == 0 else (self._stack,)

    def _open(self) -> None:
        row = self.table.current()
        if row is not None and row.draft is not None:
            self.edit_asked.emit(row)

    def _ask(self, signal: object) -> None:
        row = self.table.current()
        if row is not None:
            signal.emit(row)  # type: ignore[attr-defined]  # a bound signal, whose type PySide does not name

    def _write(self, books: SetBooks) -> None:
        row = self.table.current()
        if row is not None:
            books.write(row.tree)

    def _show(self) -> None:
        row = self.table.current()
        set_shown(self.card, shown=row is not None)
        if row is None:
            return
        drafted = row.draft is not None
        self._title.setText(row.name)
        self._chip.show_sign(row.sign)
        self._said.setText(
            tr("A draft is only on this machine; no office sees it before it is published.")
            if drafted
            else tr("A published set is never changed: write a new version, and choose it for the year.")
        )
        self._facts.show_lines(rows.facts(row))
        for button, shown in (
            (self.edit, drafted),
            (self.delete, drafted),
            (self.version, not drafted),
            (self.copy, not drafted),
            (self.differ, not drafted or (not row.faults and bool(row.draft and row.draft.based_on))),
        ):
            set_shown(button, shown=shown)
