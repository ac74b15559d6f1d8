"""What the window holds: top line, pages at the left, the page, bottom line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.frame.navigation import Navigation
from ui.frame.page import Page, PageEntry, TopLine
from ui.frame.shell import title_of
from ui.frame.statusline import StatusLine
from ui.frame.topbar import TopBar
from ui.language import tr
from ui.theme import tokens
from ui.widgets.committing import commit_typed
from ui.widgets.notices import Banner

if TYPE_CHECKING:
    from collections.abc import MutableMapping, Sequence

    from PySide6.QtGui import QCloseEvent, QPaintEvent, QResizeEvent

    from ui.theme.tokens import Tone
    from ui.widgets.signs import Sign

_NARROW: Final = 1100
"""Below this width the navigation shows only signs, unless the officer wants the names."""


class MainWindow(QWidget):
    """The frame around the pages.

    `office` is empty where there is none yet. `memory` keeps small things for next time (handles, the width of the
    navigation).
    """

    painted = Signal()
    """The frame was painted for the first time, so its first page may take its time."""

    period_chosen = Signal(str)
    help_asked = Signal()
    person_asked = Signal()
    page_opened = Signal(str)

    def __init__(self, office: str, pages: Sequence[PageEntry], memory: MutableMapping[str, str]) -> None:
        super().__init__()
        self._entries = {entry.key: entry for entry in pages}
        self._pages: dict[str, Page] = {}
        self._memory = memory
        self._shown = TopLine()
        self._painted = False
        self._slim_wanted: bool | None = None
        self.setWindowTitle(title_of(office))
        self.setMinimumSize(800, 480)
        self.top = TopBar(office or tr("PAR index"))
        self.navigation = Navigation(pages)
        self.status = StatusLine()
        self.banner = Banner()
        self._stack = QStackedWidget()
        self._lay_out()
        self.top.period_chosen.connect(self.period_chosen)
        self.top.searched.connect(self._search)
        self.top.search_ended.connect(self._focus_page)
        self.navigation.chosen.connect(self.open_page)
        self.navigation.slim_changed.connect(self._want_slim)
        self.status.help_asked.connect(self.help_asked)
        self.status.person_asked.connect(self.person_asked)
        self._shortcuts()
        self._restore_navigation()

    # What the composition root and the pages tell.

    def set_state(self, state: Sign | None, note: str, brief: str = "") -> None:
        """Where this office's work stands, also in `brief`; a page's own `top_line` goes before it."""
        self._shown = TopLine(state=state, note=note, brief=brief)
        self._show_top()

    def set_badge(self, key: str, count: int, tone: Tone) -> None:
        """Show that `count` things wait on the page `key`."""
        self.navigation.button(key).set_badge(count, tone)

    def open_page(self, key: str) -> bool:
        """Show the page `key`; False where the page in view does not let go.

        The page is made now if it was never shown.
        """
        current = self.current_page()
        if current is not None and current is self._pages.get(key):
            return True
        if current is not None and not current.leave():
            self.navigation.mark(self._key_of(current))
            return False
        self.top.set_searchable(searchable=False)  # a search ends with the page that it searched
        if key not in self._pages and (held := self.focusWidget()) is not None:
            held.clearFocus()  # else Qt hands the keyboard on to the first button of the new page
        page = self._pages.get(key) or self._made(key)
        self.navigation.mark(key)
        self.banner.hide()
        self._stack.setCurrentWidget(page)
        self.top.set_searchable(searchable=page.searchable)
        page.activated()
        self._show_top()
        focused: object = self.focusWidget()  # known also while the window is not in front yet
        if not (isinstance(focused, QWidget) and page.isAncestorOf(focused)):
            self._focus_page()
        self.page_opened.emit(key)
        return True

    def current_page(self) -> Page | None:
        """The page in view."""
        page = self._stack.currentWidget()
        return page if isinstance(page, Page) else None

    def page(self, key: str) -> Page | None:
        """The page `key`, if it was ever shown."""
        return self._pages.get(key)

    # What Qt tells.

    def paintEvent(self, event: QPaintEvent) -> None:
        """After the first painting, the office may take its time to open."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self, self.painted.emit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Signs instead of names where the window is narrow."""
        super().resizeEvent(event)
        if self._slim_wanted is None:
            self.navigation.set_slim(slim=self.width() < _NARROW)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close only when the page lets go; what is being typed is committed first."""
        commit_typed()
        page = self.current_page()
        if page is not None and not page.leave():
            event.ignore()
            return
        event.accept()

    # Inside.

    def _lay_out(self) -> None:
        area = QWidget()
        area.setObjectName("page-area")
        column = QVBoxLayout(area)
        column.setContentsMargins(tokens.EDGE, tokens.BETWEEN, tokens.EDGE, tokens.BETWEEN)
        column.setSpacing(tokens.BETWEEN)
        column.addWidget(self.banner)
        column.addWidget(self._stack, 1)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.navigation)
        middle.addWidget(area, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.top)
        outer.addLayout(middle, 1)
        outer.addWidget(self.status)

    def _made(self, key: str) -> Page:
        page = self._entries[key].make()
        page.build()
        page.top_changed.connect(lambda: self._top_changed(page))
        self._pages[key] = page
        self._stack.addWidget(page)
        return page

    def _key_of(self, page: Page) -> str:
        return next(key for key, made in self._pages.items() if made is page)

    def _top_changed(self, page: Page) -> None:
        if page is self.current_page():
            self._show_top()

    def _show_top(self) -> None:
        page = self.current_page()
        line = page.top_line() if page else TopLine()
        state = line.state or self._shown.state
        said = line if line.note else self._shown
        self.top.show_line(TopLine(state, said.note, line.step, line.undo, line.redo, said.brief))

    def _search(self, text: str) -> None:
        page = self.current_page()
        if page is not None and page.searchable:
            page.search(text)

    def _focus_page(self) -> None:
        page = self.current_page()
        if page is not None:
            _focus_in(page.panes()[0])

    def _shortcuts(self) -> None:
        for number, key in enumerate(self._entries, start=1):
            if number <= 9:
                QShortcut(QKeySequence(f"Ctrl+{number}"), self, lambda key=key: self.open_page(key))
        QShortcut(QKeySequence("F6"), self, lambda: self._walk(1))
        QShortcut(QKeySequence("Shift+F6"), self, lambda: self._walk(-1))
        QShortcut(QKeySequence("F1"), self, self.help_asked.emit)

    def _walk(self, step: int) -> None:
        """F6: on to the next part of the window that can take the keyboard."""
        page = self.current_page()
        panes = [self.top, self.navigation, *(page.panes() if page else ()), self.status]
        focused = QApplication.focusWidget()
        here = next(
            (n for n, pane in enumerate(panes) if focused and _holds(pane, focused)), -1 if step > 0 else 0
        )
        for n in range(1, len(panes) + 1):
            if _focus_in(panes[(here + n * step) % len(panes)]):
                return

    def _want_slim(self, slim: bool) -> None:
        self._slim_wanted = slim
        self._memory["navigation.slim"] = "yes" if slim else "no"

    def _restore_navigation(self) -> None:
        slim = self._memory.get("navigation.slim", "")
        if slim in {"yes", "no"}:
            self._slim_wanted = slim == "yes"
            self.navigation.set_slim(slim=self._slim_wanted)


def _holds(pane: QWidget, widget: QWidget) -> bool:
    return pane is widget or pane.isAncestorOf(widget)


def _focus_in(pane: QWidget) -> bool:
    """Give the keyboard to the first widget of `pane` that takes it by Tab."""
    for widget in (pane, *pane.findChildren(QWidget)):
        takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
        if takes and widget.isVisible() and widget.isEnabled():
            widget.setFocus(Qt.FocusReason.TabFocusReason)
            return True
    return False
