"""The page of the first run."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from parindex_desktop.services import founding, joining
from ui.frame.page import Page
from ui.language import tr
from ui.theme import tokens
from ui.welcome.choices import Choices
from ui.welcome.from_kit import FromKitPanel, Joining
from ui.welcome.new_office import NewOfficePanel
from ui.welcome.next_steps import NextSteps
from ui.widgets.labels import Role, WrapLabel
from ui.widgets.language_box import LanguageBox
from ui.widgets.places import set_shown
from ui.widgets.reveal import reveal
from ui.widgets.scrolling import CardColumn
from ui.widgets.work import WorkStrip

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from parindex_desktop.domain.errors import ParIndexError
    from parindex_desktop.services.founding import NewOffice
    from parindex_desktop.services.homes import Office
    from parindex_desktop.services.receiving import Taken
    from ui.settings import Settings
    from ui.widgets.labels import FieldError

T = TypeVar("T")

_WIDTH = 880


class WelcomePage(Page):
    """Asks who the office is and founds it in `home`. Both signals carry the open office."""

    founded = Signal(object)
    ready = Signal(object)
    """The officer has read what comes next and wants to begin."""

    def __init__(self, home: Path, settings: Settings) -> None:
        super().__init__()
        self._home = home
        self._settings = settings

    def build(self) -> None:
        """Make the questions."""
        self.work = WorkStrip()
        self.choices = Choices()
        self.from_kit = FromKitPanel(self.work)
        self.new_office = NewOfficePanel()
        where = tr(
            "The data stay on this machine, in {folder}. Nothing needs a network.", folder=str(self._home)
        )
        self._middle = QWidget()
        self._middle.setMaximumWidth(_WIDTH)
        inside = QVBoxLayout(self._middle)
        inside.setContentsMargins(0, tokens.EDGE, 0, tokens.EDGE)
        inside.setSpacing(tokens.BETWEEN)
        self.question = WrapLabel(tr("Whose work is done on this machine?"), Role.PAGE_TITLE)
        self.language = LanguageBox(self._settings)
        head = QHBoxLayout()
        head.setSpacing(tokens.BETWEEN)
        head.addWidget(self.question, 1)
        head.addWidget(self.language, 0, Qt.AlignmentFlag.AlignTop)
        inside.addLayout(head)
        inside.addWidget(WrapLabel(where, Role.SECOND))
        inside.addWidget(self.work)
        self._parts: list[QWidget] = []
        self._place = QVBoxLayout()
        inside.addLayout(self._place)
        for part in (self.choices, self.from_kit, self.new_office):
            self._add(part)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._middle, 100)
        row.addStretch(1)
        centred = QWidget()
        centred.setProperty("role", "scrolled")
        centred.setLayout(row)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(CardColumn((centred,)))
        self._connect()
        self._open(self.choices)

    def activated(self) -> None:
        """The keyboard stands at the usual way in."""
        self.choices.first.setFocus()

    def panes(self) -> Sequence[QWidget]:
        """The question in view."""
        return (self._middle,)

    def leave(self) -> bool:
        """The key is being made."""
        return super().leave() and not self.work.busy

    def found(self, new: NewOffice) -> None:
        """Set up an office that named itself."""
        self._do(
            lambda: founding.found(self._home, new),
            lambda office: self._founded(office, new.passphrase, ""),
            self.new_office.fault,
        )

    def join(self, asked: Joining) -> None:
        """Set up the office that was chosen from a kit."""

        def done(result: tuple[Office, Taken]) -> None:
            office, taken = result
            self._founded(office, asked.passphrase, tr(taken.problem) if taken.problem else "")

        self._do(
            lambda: joining.join(
                self._home,
                asked.kit,
                asked.preview,
                asked.unit,
                heard=asked.heard,
                passphrase=asked.passphrase,
            ),
            done,
            self.from_kit.fault,
        )

    def _connect(self) -> None:
        self.choices.kit.connect(self._begin_kit)
        self.choices.without_kit.connect(lambda: self._begin_new(province=False))
        self.choices.province.connect(lambda: self._begin_new(province=True))
        self.from_kit.back.connect(self._begin_again)
        self.new_office.back.connect(self._begin_again)
        self.from_kit.asked.connect(self.join)
        self.new_office.asked.connect(self.found)

    def _begin_kit(self) -> None:
        self._open(self.from_kit)
        self.from_kit.begin()

    def _begin_new(self, *, province: bool) -> None:
        self._open(self.new_office)
        self.new_office.begin(province=province)

    def _begin_again(self) -> None:
        self._open(self.choices)
        self.choices.first.setFocus()

    def _add(self, part: QWidget) -> None:
        self._parts.append(part)
        self._place.addWidget(part)
        self.work.guard(*self._parts)

    def _open(self, part: QWidget) -> None:
        for each in self._parts:
            set_shown(each, shown=each is part)

    def _do(self, work: Callable[[], T], done: Callable[[T], None], fault: FieldError) -> None:
        def failed(error: ParIndexError) -> None:
            fault.show_fault(tr(error))
            reveal(fault)

        fault.show_fault("")
        self.work.do(tr("Making the key…"), lambda _task: work(), done, failed, cancellable=False)

    def _founded(self, office: Office, passphrase: str, trouble: str) -> None:
        self.founded.emit(office)
        steps = NextSteps(office, passphrase, trouble, self.work)
        steps.begun.connect(lambda: self.ready.emit(office))
        self._add(steps)
        self._open(steps)
        for answered in (self.question, self.language):
            set_shown(answered, shown=False)
        steps.go.setFocus()
