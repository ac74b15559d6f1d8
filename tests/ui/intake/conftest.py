"""The page in the window around it, at a province of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.offices import made_scene, scene
from tests.ui.dressed import dressed
from tests.ui.intake.counter import Counter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from tests.offices import Scene

__all__ = ["dressed", "made_scene", "scene"]


@pytest.fixture
def counter(qtbot: QtBot, scene: Scene, dressed: QApplication) -> Iterator[Counter]:
    """The window with the page, its board read."""
    made = Counter(qtbot, scene, scene.office("province"))
    made.settle()
    yield made
    made.settle()
    made.window.close()
