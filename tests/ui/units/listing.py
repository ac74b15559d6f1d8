"""What the page of units shows, and dialogs in view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.units import (
    rows,
)

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog
    from pytestqt.qtbot import QtBot

    from ui.units.page import UnitsPage


def listed(page: UnitsPage) -> dict[str, str]:
    """State of the key by code."""
    words = (rows.cells(row) for row in page.table.listed())
    return {cells[0].text: cells[5].text for cells in words}


def shown(qtbot: QtBot, dialog: QDialog) -> None:
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(dialog.isActiveWindow)
