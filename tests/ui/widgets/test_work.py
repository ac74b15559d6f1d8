"""Long work on a page: one piece at a time; meanwhile nothing else is done, and the keyboard comes back."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from parindex_desktop.domain.errors import Cancelled
from ui.widgets.fields import LineField
from ui.widgets.work import WorkStrip

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from ui.background import Task


class Desk(QWidget):
    """A strip above two fields; the second one has the keyboard, both are guarded."""

    def __init__(self) -> None:
        super().__init__()
        self.strip = WorkStrip()
        self.fields = (LineField("một"), LineField("hai"))
        column = QVBoxLayout(self)
        for part in (self.strip, *self.fields):
            column.addWidget(part)
        self.strip.guard(*self.fields)
        self.go_on = threading.Event()
        self.heard: list[object] = []

    def wait(self, task: Task) -> str:
        while not self.go_on.wait(0.005):
            task.check()
        return "fertig"


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    made = Desk()
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(made.isActiveWindow)
    made.fields[1].setFocus()
    yield made
    made.go_on.set()
    qtbot.waitUntil(lambda: not made.strip.busy)


def test_while_it_works_nothing_else_takes_input(desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.strip.busy_changed):
        desk.strip.do("Đang ghi…", desk.wait, desk.heard.append, desk.heard.append)
    assert desk.strip.busy
    assert desk.strip.isVisible()
    assert not any(field.isEnabled() for field in desk.fields)
    desk.go_on.set()
    qtbot.waitUntil(lambda: not desk.strip.busy)
    assert all(field.isEnabled() for field in desk.fields)
    assert desk.fields[1].hasFocus()
    assert desk.heard == ["fertig"]
    assert not desk.strip.isVisible()


def test_what_is_called_at_the_end_may_begin_the_next(desk: Desk, qtbot: QtBot) -> None:
    steps: list[str] = []

    def next_one(_result: str) -> None:
        desk.go_on.clear()
        desk.strip.do("Tiếp", desk.wait, desk.heard.append, desk.heard.append)
        QTimer.singleShot(0, lambda: steps.append("begun"))

    desk.strip.do("Đang ghi…", desk.wait, next_one, desk.heard.append)
    desk.go_on.set()
    qtbot.waitUntil(lambda: steps == ["begun"])
    assert desk.strip.busy
    assert desk.strip.isVisible()
    assert not desk.fields[0].isEnabled()
    desk.go_on.set()
    qtbot.waitUntil(lambda: not desk.strip.busy)
    assert desk.heard == ["fertig"]
    assert all(field.isEnabled() for field in desk.fields)


def test_cancelling_tells_the_page(desk: Desk, qtbot: QtBot) -> None:
    desk.strip.do("Đang ghi…", desk.wait, desk.heard.append, desk.heard.append)
    desk.strip.cancelled.emit()
    qtbot.waitUntil(lambda: not desk.strip.busy)
    assert [type(each) for each in desk.heard] == [Cancelled]


@pytest.mark.parametrize("guarded", [True, False])
def test_who_cancels_has_the_keyboard_again_where_it_was(desk: Desk, qtbot: QtBot, guarded: bool) -> None:
    if not guarded:
        desk.strip.guard()
    desk.strip.do("Đang ghi…", desk.wait, desk.heard.append, desk.heard.append)
    (cancel,) = desk.strip.findChildren(QPushButton)
    cancel.setFocus()
    QTest.keyClick(cancel, Qt.Key.Key_Space)
    assert guarded or desk.fields[1].hasFocus(), "the button that was pressed can be pressed no more"
    qtbot.waitUntil(lambda: not desk.strip.busy)
    assert desk.fields[1].hasFocus()


def test_who_has_gone_on_meanwhile_keeps_the_keyboard_there(desk: Desk, qtbot: QtBot) -> None:
    desk.strip.guard()
    desk.strip.do("Đang ghi…", desk.wait, desk.heard.append, desk.heard.append)
    desk.fields[0].setFocus()
    desk.go_on.set()
    qtbot.waitUntil(lambda: not desk.strip.busy)
    assert desk.fields[0].hasFocus()


def test_a_field_that_is_gone_meanwhile_is_not_asked_for(desk: Desk, qtbot: QtBot) -> None:
    desk.strip.guard()
    desk.strip.do("Đang ghi…", desk.wait, desk.heard.append, desk.heard.append)
    desk.fields[1].deleteLater()
    desk.go_on.set()
    qtbot.waitUntil(lambda: not desk.strip.busy)
    assert desk.heard == ["fertig"]
