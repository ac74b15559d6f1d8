"""The office in its window: opened, shown as the pages of its level, and shown anew when that is outgrown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThreadPool, QTimer, Signal

from parindex_desktop.domain.errors import ParIndexError
from parindex_desktop.domain.units import Level
from ui import language, pages, theme
from ui.frame.page import Page, PageEntry
from ui.frame.window import MainWindow
from ui.language import tr
from ui.theme.icons import Icon

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from parindex_desktop.domain.needs import Need
    from parindex_desktop.services.homes import Office
    from ui.frame.shell import Shell
    from ui.session import Session
    from ui.settings import Settings


class Desk(QObject):
    """Fills the window: opens the office, and makes what the window holds anew when the office outgrows it."""

    opened = Signal()
    """The office is open and its first page is shown, or it was said why not."""

    def __init__(self, app: QApplication, home: Path, settings: Settings, shell: Shell) -> None:
        super().__init__(app)
        self._app = app
        self._home = home
        self._shell = shell
        self.settings = settings
        self.window: MainWindow | None = None
        self._office: Office | None = None
        self._session: Session | None = None
        self._frame: tuple[str, str] = ("", "")
        settings.changed.connect(self._draw_anew)

    @property
    def session(self) -> Session:
        """The open office; only asked for by pages, which are made when it is open."""
        assert self._session is not None
        return self._session

    def start(self) -> None:
        """Show the frame; as soon as it is painted, open the office."""
        known = {level.value: level for level in Level}.get(self.settings.office_level)
        name = self.settings.office_name
        if known and name:
            self._show_frame(name, known)
        else:
            self._show_bare([])
        self._shown().painted.connect(self.open)

    def open(self) -> None:
        """Open the home, or say why it cannot be opened; without an office in it, ask who it is."""
        # After the frame is painted.
        from parindex_desktop.services.homes import HomeNotSetUp, open_home  # noqa: PLC0415
        from ui.widgets import dialogs  # noqa: PLC0415

        dialogs.remember_in(self.settings.memory)
        try:
            office = open_home(self._home)
        except HomeNotSetUp:
            self._welcome()
        except ParIndexError as error:
            self._say_trouble(error)
        else:
            self.enter(office)
        self.opened.emit()

    def enter(self, office: Office) -> None:
        """Show the pages of `office`."""
        from ui.session import Session  # noqa: PLC0415 (after the first paint)

        self._office = office
        self._session = Session(office, self)
        self._show_office()

    def switch_person(self) -> None:
        """Let somebody else work here, unless the page in view does not let go."""
        page = self._shown().current_page()
        if page is None or page.leave():
            self._ask_who(self._open_key(), can_go_back=True)

    def open_page(self, key: str) -> None:
        """Show the page `key`, unless the page in view does not let go."""
        self._shown().open_page(key)

    def jump(self, criterion: str, need: Need) -> None:
        """Open the form at a criterion."""
        window = self._shown()
        if window.open_page("form"):
            from ui.form.page import FormPage  # noqa: PLC0415 (made by now)

            form = window.page("form")
            assert isinstance(form, FormPage)
            form.jump(criterion, need)

    def close(self) -> None:
        """Let the office go, after what still works in the background."""
        if self.window is not None:
            self.window.deleteLater()
            self.window = None
        QThreadPool.globalInstance().waitForDone()
        if self._office is not None:
            self._office.close()
            self._office = self._session = None

    # The window.

    def _show_office(self, first: str = "") -> None:
        """Fill the frame that is shown, or a new one where that is of another office."""
        from parindex_desktop.services import people  # noqa: PLC0415 (after the first paint)
        from ui.watch import Watch  # noqa: PLC0415 (after the first paint)

        office = self.session.office
        if office.person is None and people.at_work(office):
            self._ask_who(first)
            return
        name, level = office.record.name, office.level
        self.settings.remember_office(name, level.value)
        if self._frame != (name, level.value):
            self._show_frame(name, level)
        window = self._shown()
        Watch(self.session, window).outgrown.connect(lambda: QTimer.singleShot(0, window, self._outgrown))
        window.open_page(first or self._first(level))

    def _ask_who(self, first: str, *, can_go_back: bool = False) -> None:
        """Ask who works here, then show the office, at the page `first`."""
        from ui.people.who import WhoPage  # noqa: PLC0415 (where there is a staff list)

        def make() -> Page:
            page = WhoPage(self.session.office, can_go_back=can_go_back)
            page.chosen.connect(self.session.reload)
            page.done.connect(lambda: self._show_office(first))
            return page

        entry = PageEntry("who", tr("Who works here?"), Icon.PEOPLE, make)
        self._show_bare([entry], self.session.office.record.name)

    def _first(self, level: Level) -> str:
        from parindex_desktop.services.kits import known_kit  # noqa: PLC0415 (after the first paint)

        fallback = "form" if known_kit(self.session.office) else "office"
        return pages.FIRST.get(level, fallback)

    def _outgrown(self) -> None:
        self._frame = ("", "")
        self._show_office(self._open_key())

    def _draw_anew(self) -> None:
        """Another language or other colours: the same office, the same page, a new window."""
        page = self._shown().current_page()
        if page is not None and not page.leave():
            return  # at work; the next start looks as chosen
        key = self._open_key()
        self._dress()
        if self._session is None:
            self._welcome()
            return
        self._frame = ("", "")
        self._show_office(key)

    def _dress(self) -> None:
        language.use(self.settings.language, self._app)
        theme.apply(self._app, self.settings.theme)

    def _open_key(self) -> str:
        window = self._shown()
        page = window.current_page()
        return next((key for key in window.navigation.keys() if page and window.page(key) is page), "")  # noqa: SIM118

    def _show_frame(self, name: str, level: Level) -> None:
        self._frame = (name, level.value)
        self._replace(MainWindow(name, pages.entries(level, self), self.settings.memory))

    def _show_bare(self, entries: Sequence[PageEntry], office: str = "") -> None:
        """A frame without pages beside it: before there is an office that is shown, or where it cannot be opened."""
        self._frame = ("", "")
        window = MainWindow(office, entries, self.settings.memory)
        window.navigation.hide()
        window.top.set_periods([], "")
        self._replace(window)
        for entry in entries:
            window.open_page(entry.key)

    def _replace(self, window: MainWindow) -> None:
        self.window = window
        window.help_asked.connect(self._help)
        window.person_asked.connect(self.switch_person)
        window.top.set_periods([], "")
        self._shell.hold(window)

    def _help(self) -> None:
        from ui import keys_help  # noqa: PLC0415 (when it is asked for)

        keys_help.show_keys(self._shown())

    def _shown(self) -> MainWindow:
        assert self.window is not None
        return self.window

    # Before there is an office.

    def _welcome(self) -> None:
        from ui.welcome.page import WelcomePage  # noqa: PLC0415 (after the first paint)

        def make() -> Page:
            page = WelcomePage(self._home, self.settings)
            page.founded.connect(self._keep)
            page.ready.connect(self.enter)
            return page

        self._show_bare([PageEntry("welcome", tr("First start"), Icon.SETTINGS, make)])

    def _keep(self, office: Office) -> None:
        """It is open from now on, although the officer still reads what to do next."""
        self._office = office

    def _say_trouble(self, error: ParIndexError) -> None:
        from ui.trouble import TroublePage  # noqa: PLC0415 (rarely needed)

        def make() -> Page:
            page = TroublePage(error)
            page.again.connect(self.open)
            page.quit.connect(self._app.quit)
            return page

        self._show_bare([PageEntry("trouble", tr("Trouble"), Icon.WARNING, make)])
