"""Offices between two versions of a set, and beside their form of the year before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from parindex_desktop.services import filling, receiving
from tests.offices import fill, made_scene, scene
from tests.ui.dressed import dressed
from tests.ui.form.desk import Desk
from tests.versions import hold_last_year, newer_kit
from ui.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from parindex_desktop.services.homes import Office
    from tests.offices import Scene

__all__ = ["dressed", "made_scene", "scene"]


@pytest.fixture
def desk_of(qtbot: QtBot, dressed: QApplication) -> Iterator[Callable[[Office], Desk]]:
    """Opens the form page of an office."""
    opened: list[Desk] = []

    def desk(office: Office) -> Desk:
        opened.append(Desk(qtbot, Session(office), {}))
        return opened[-1]

    yield desk
    for each in opened:
        each.window.close()


@pytest.fixture
def begun(scene: Scene, tmp_path: Path) -> Office:
    """An office whose form is filled under the first version, with the second in its kit."""
    office = scene.office("ban-ho")
    fill(office, filling.open_form(office))
    receiving.take_in(office, [newer_kit(scene.office("province"), tmp_path)])
    return office


@pytest.fixture
def beside_last_year(scene: Scene, tmp_path: Path) -> Office:
    """An office with an empty form, and last year's filled one."""
    office = scene.office("ban-ho")
    hold_last_year(scene.office("province"), office, tmp_path)
    return office
