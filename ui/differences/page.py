"""The page “Số liệu cần thống nhất”."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from parindex_desktop.domain.errors import ParIndexError
from parindex_desktop.domain.units import Level
from parindex_desktop.services import differences
from parindex_desktop.services.register import NoKitYet
from parindex_desktop.services.standing import standing
from ui.differences.model import DifferencesModel, title_of
from ui.differences.versions import Versions
from ui.frame.page import Page
from ui.language import tr
from ui.theme import tokens
from ui.theme.icons import Icon
from ui.theme.tokens import Tone
from ui.widgets.cells import Column
from ui.widgets.labels import FieldError, OneLine, Role, WrapLabel
from ui.widgets.notices import Banner, EmptyState
from ui.widgets.panels import PageHeader, Panel, Splitter
from ui.widgets.places import set_shown
from ui.widgets.views import TableView

if TYPE_CHECKING:
    from collections.abc import MutableMapping, Sequence

    from PySide6.QtWidgets import QWidget

    from parindex_desktop.services.differences import Difference
    from ui.session import Session


class DifferencesPage(Page):
    """Every open difference; the unit settles one by choosing a value, a receiver only sees them."""

    def __init__(self, session: Session, memory: MutableMapping[str, str]) -> None:
        super().__init__()
        self._session = session
        self._memory = memory
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
        for part in (self._unit, self._title, self._part, self._rule, self.versions, self.fault):
            self._panel.content.addWidget(part)
        self._panel.content.addStretch(1)
        set_shown(self._unit, shown=not self._settles)
        self._rule.tell(_rule(settles=self._settles), Tone.CARE, closable=False)
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
        column.addWidget(header)
        column.addWidget(self._stack, 1)
        self._session.changed.connect(self._refresh)

    def activated(self) -> None:
        """Look again at what differs."""
        self._look()

    def panes(self) -> Sequence[QWidget]:
        """The list, and the values."""
        return (self.table, self._panel)

    def settle(self, number: int) -> None:
        """Let the value `number` of the selected difference stand."""
        found = self._selected()
        if found is None:
            return
        try:
            self._session.move(
                lambda office, _form: differences.settle_own(office, found.period, found.key, number)
            )
        except ParIndexError as error:
            self.fault.show_fault(tr(error))
            return
        if self.model.rowCount():
            self.table.setFocus()

    def _refresh(self) -> None:
        if self.isVisible():  # else `activated` looks
            self._look()

    def _look(self) -> None:
        before, row = self._selected(), self.table.currentIndex().row()
        found = self._found()
        self.model.show_differences(found)
        self._stack.setCurrentIndex(0 if found else 1)
        self.left.setText(tr("{count} to be settled", count=len(found)) if found else "")
        if not found:
            return
        same = self.model.row_of(before.unit, before.key) if before else None
        row = same if same is not None else min(max(row, 0), len(found) - 1)
        self.table.setCurrentIndex(self.model.index(row, 0))
        self._show()

    def _found(self) -> list[Difference]:
        office = self._session.office
        try:
            found = differences.differences(office, office.record.period)
        except NoKitYet:
            return []
        return [each for each in found if not self._settles or each.unit == office.record.unit]

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
        self.versions.show_difference(found, settles=self._settles)


def _rule(*, settles: bool) -> str:
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
        "settles them."
    )
