"""Which pages a kind of office has, and how each is made; nothing of a page is imported before it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from parindex_desktop.domain.units import Level
from ui.frame.page import Page, PageEntry
from ui.language import tr
from ui.theme.icons import Icon

if TYPE_CHECKING:
    from parindex_desktop.domain.needs import Need
    from ui.session import Session
    from ui.settings import Settings

FIRST: Final = {Level.PROVINCE: "intake"}
"""The page that opens first; “form” where nothing else is said."""


class Desk(Protocol):
    """What the pages get from whoever keeps the window."""

    settings: Settings

    @property
    def session(self) -> Session:
        """The open office."""

    def open_page(self, key: str) -> None:
        """Show another page."""

    def jump(self, criterion: str, need: Need) -> None:
        """Open the form at a criterion."""


def entries(level: Level, desk: Desk) -> list[PageEntry]:
    """The pages of an office of `level`, in the order of the navigation."""
    shared = [
        PageEntry("differences", tr("Figures to be settled"), Icon.DIFFERENCES, lambda: _differences(desk)),
        PageEntry("people", tr("Staff"), Icon.PEOPLE, lambda: _people(desk)),
        PageEntry("office", tr("Office, key and kit"), Icon.SETTINGS, lambda: _office(desk)),
    ]
    if level is Level.PROVINCE:
        return [
            PageEntry("intake", tr("Taking in"), Icon.RECEIVE, lambda: _intake(desk)),
            PageEntry("units", tr("Units"), Icon.UNITS, lambda: _units(desk)),
            PageEntry("authoring", tr("Write criteria sets"), Icon.WRITE_SET, lambda: _authoring(desk)),
            PageEntry("periods", tr("Years and kit"), Icon.CRITERIA_SET, lambda: _periods(desk)),
            *shared,
        ]
    return [
        PageEntry("form", tr("Self-assessment"), Icon.FORM, lambda: _form(desk)),
        PageEntry("handover", tr("Handing over"), Icon.HAND_OVER, lambda: _hand_over(desk)),
        *shared,
    ]


def _form(desk: Desk) -> Page:
    from ui.form.page import FormPage  # noqa: PLC0415 (with the page, not with the window)

    return FormPage(desk.session, desk.open_page, desk.settings.memory)


def _hand_over(desk: Desk) -> Page:
    from ui.handover.page import HandOverPage  # noqa: PLC0415 (with the page)

    return HandOverPage(desk.session, desk.open_page, desk.jump)


def _differences(desk: Desk) -> Page:
    from ui.differences.page import DifferencesPage  # noqa: PLC0415 (with the page)

    return DifferencesPage(desk.session, desk.open_page, desk.settings.memory)


def _office(desk: Desk) -> Page:
    from ui.office.page import OfficePage  # noqa: PLC0415 (with the page)

    return OfficePage(desk.session, desk.settings, desk.open_page)


def _people(desk: Desk) -> Page:
    from ui.people.page import PeoplePage  # noqa: PLC0415 (with the page)

    return PeoplePage(desk.session, desk.settings.memory)


def _intake(desk: Desk) -> Page:
    from ui.intake.page import IntakePage  # noqa: PLC0415 (with the page)

    return IntakePage(desk.session, desk.open_page, desk.settings.memory)


def _units(desk: Desk) -> Page:
    from ui.units.page import UnitsPage  # noqa: PLC0415 (with the page)

    return UnitsPage(desk.session, desk.settings.memory)


def _periods(desk: Desk) -> Page:
    from ui.periods.page import PeriodsPage  # noqa: PLC0415 (with the page)

    return PeriodsPage(desk.session, desk.open_page, desk.settings.memory)


def _authoring(desk: Desk) -> Page:
    from ui.authoring.page import AuthoringPage  # noqa: PLC0415 (with the page)

    return AuthoringPage(desk.session, desk.open_page, desk.settings.memory)
