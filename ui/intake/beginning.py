"""What the page says while there is nothing yet that bundles could be taken in for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parindex_desktop.services import register
from ui.language import tr
from ui.theme.icons import Icon
from ui.widgets.notices import EmptyState

if TYPE_CHECKING:
    from collections.abc import Callable

    from parindex_desktop.services.homes import Office


def what_comes_first(office: Office, open_page: Callable[[str], object]) -> EmptyState | None:
    """The page that must be seen to before this one: a year, then units; None where both are there."""
    if office.record.period is None:
        return EmptyState(
            Icon.CRITERIA_SET,
            tr("No year is open yet"),
            tr("Open a year of assessment with its criteria set; then bundles of that year are taken in."),
            tr("Years and kit"),
            lambda: open_page("periods"),
        )
    if not register.units(office):
        return EmptyState(
            Icon.UNITS,
            tr("There are no units yet"),
            tr("Enter the units of the province and enrol their keys; then their bundles are taken in here."),
            tr("Units"),
            lambda: open_page("units"),
        )
    return None
