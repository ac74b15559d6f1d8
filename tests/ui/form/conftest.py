"""The page in the window around it, on the copy of an office of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.ui.dressed import dressed
from tests.ui.form.desk import Desk
from ui.session import Session

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from parindex_desktop.services.homes import Office

__all__ = ["dressed"]


@pytest.fixture
def desk(qtbot: QtBot, commune: Office, dressed: QApplication) -> Iterator[Desk]:
    """The window with the form page in view."""
    made = Desk(qtbot, Session(commune), {})
    yield made
    qtbot.waitUntil(lambda: not made.page.form.pane.busy)
    made.window.close()
