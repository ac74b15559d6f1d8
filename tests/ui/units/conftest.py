"""The page of a province in the window around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.offices import made_scene, scene
from tests.ui.dressed import dressed
from tests.ui.hands import in_window
from ui.session import Session
from ui.units.page import UnitsPage

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from parindex_desktop.services.homes import Office
    from tests.offices import Scene


__all__ = ["dressed", "made_scene", "scene"]


@pytest.fixture
def province(scene: Scene) -> Office:
    return scene.office("province")


@pytest.fixture
def open_page(qtbot: QtBot) -> Callable[[Office], UnitsPage]:
    def opened(office: Office) -> UnitsPage:
        page = in_window(qtbot, lambda: UnitsPage(Session(office), {})).current_page()
        assert isinstance(page, UnitsPage)
        return page

    return opened


@pytest.fixture
def page(open_page: Callable[[Office], UnitsPage], province: Office) -> UnitsPage:
    return open_page(province)
