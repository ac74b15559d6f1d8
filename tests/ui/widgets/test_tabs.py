"""Tabs turn the parts of a page, by the arrow keys too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.widgets.tabs import Tabs

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_tabs_turn_the_pages_of_a_stack(qtbot: QtBot) -> None:
    stack = QStackedWidget()
    for _ in range(2):
        stack.addWidget(QWidget())
    tabs = Tabs("Phần", ("Một", "Hai"), stack)
    for each in (stack, tabs):
        qtbot.addWidget(each)
    tabs.show()
    tabs.setFocus()
    QTest.keyClick(tabs, Qt.Key.Key_Right)
    assert (tabs.currentIndex(), stack.currentIndex()) == (1, 1)
    assert tabs.accessibleName() == "Phần"
