"""The page “Cơ quan, khóa và kit”."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from parindex_desktop.domain.units import Level
from parindex_desktop.services.standing import standing
from ui.frame.page import Page
from ui.handover.sending import ask_own_passphrase
from ui.language import tr
from ui.office.copies_card import CopiesCard
from ui.office.key_card import KeyCard
from ui.office.kit_card import KitCard
from ui.office.machine_card import MachineCard
from ui.office.papers_card import PapersCard
from ui.theme import tokens
from ui.widgets.labels import OneLine, Role, SectionTitle, WrapLabel
from ui.widgets.panels import PageHeader, Panel
from ui.widgets.scrolling import CardColumn
from ui.widgets.work import WorkStrip

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from parindex_desktop.services.standing import Standing
    from ui.session import Session
    from ui.settings import Settings


class OfficePage(Page):
    """Who this office is, its key, its kit, and this machine."""

    def __init__(self, session: Session, settings: Settings, open_page: Callable[[str], object]) -> None:
        """`open_page` opens “form”."""
        super().__init__()
        self._open_page = open_page
        self._session = session
        self._settings = settings

    def build(self) -> None:
        """Make the cards."""
        office = self._session.office
        self.work = WorkStrip()
        self.who = _Who()
        self.key = KeyCard(office, self.work, self._secret)
        self.kit = KitCard(office, self.work, self)
        self.machine = MachineCard(office, self._settings, self.work)
        self.papers = PapersCard(office, self)
        self.copies = CopiesCard(office, self.work, self)
        self.kit.learned.connect(self._session.reload)
        self.kit.form_asked.connect(lambda: self._open_page("form"))
        self.machine.backed_up.connect(self._session.saved)
        self.machine.freed.connect(self._session.reload)
        self.papers.saved.connect(self._session.saved)
        self.copies.copied.connect(self._session.saved)
        provincial = office.level is Level.PROVINCE
        self._left = _column(self.who, self.key, self.copies)
        self._right = _column(self.kit, self.papers, self.machine)
        self.kit.setVisible(not provincial)
        self.papers.setVisible(provincial)
        self.copies.setVisible(provincial)
        self.work.guard(self._left, self._right)
        # One thing that scrolls, not two side by side.
        cards = QWidget()
        both = QHBoxLayout(cards)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(tokens.BETWEEN)
        both.addWidget(self._left, 1)
        both.addWidget(self._right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.BETWEEN)
        column.addWidget(PageHeader(tr("Office, key and kit")))
        column.addWidget(self.work)
        column.addWidget(CardColumn((cards,)), 1)
        self._session.changed.connect(self._refresh)

    def activated(self) -> None:
        """Look again at what was taken in and backed up."""
        self._show()

    def leave(self) -> bool:
        """Nothing else is done while a kit is being taken in."""
        return super().leave() and not self.work.busy

    def panes(self) -> Sequence[QWidget]:
        """The two columns of cards."""
        return (self._left, self._right)

    def _refresh(self) -> None:
        if self.isVisible():  # else `activated` shows it
            self._show()

    def _show(self) -> None:
        now = standing(self._session.office)
        self.who.show_standing(self._session.office.record.name, self._session.office.level, now)
        self.key.show_standing(now)
        self.kit.show_standing(now)
        self.machine.refresh()
        self.papers.refresh()
        self.copies.refresh()

    def _secret(self) -> str | None:
        return ask_own_passphrase(self, self._session.office)


def _column(*cards: QWidget) -> QWidget:
    """`cards` below each other, each as high as it needs."""
    part = QWidget()
    column = QVBoxLayout(part)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(tokens.BETWEEN)
    for card in cards:
        column.addWidget(card)
    column.addStretch(1)
    return part


class _Who(Panel):
    """Name, code and level of the office."""

    def __init__(self) -> None:
        super().__init__()
        self._name = WrapLabel("", Role.TITLE)
        self._code = WrapLabel()
        self._level = WrapLabel()
        grid = QGridLayout()
        grid.setHorizontalSpacing(tokens.BETWEEN)
        grid.setVerticalSpacing(tokens.TIGHT)
        grid.setColumnStretch(1, 1)
        for row, (name, value) in enumerate(
            ((tr("Code of the unit"), self._code), (tr("Level"), self._level))
        ):
            grid.addWidget(OneLine(name, Role.SECOND), row, 0)
            grid.addWidget(value, row, 1)
        self.content.addWidget(SectionTitle(tr("Office")))
        self.content.addWidget(self._name)
        self.content.addLayout(grid)

    def show_standing(self, name: str, level: Level, now: Standing) -> None:
        """Show who this office is."""
        self._name.setText(name)
        self._code.setText(now.unit.code if now.unit and now.unit.code else "–")
        self._level.setText(tr(level.words))
