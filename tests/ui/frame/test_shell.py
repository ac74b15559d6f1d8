"""The window on the desktop: there at once, in its old place, whatever it holds."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from ui.frame.shell import Shell
from ui.settings import Settings

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent
    from pytestqt.qtbot import QtBot

Make = Callable[[], Shell]


class Content(QWidget):
    """Something that the window holds, and may not want to let go of."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setWindowTitle(title)
        self.lets_go = True

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 (Qt names it)
        event.setAccepted(self.lets_go)


@pytest.fixture
def memory() -> dict[str, str]:
    return {}


@pytest.fixture
def make(qtbot: QtBot, memory: dict[str, str]) -> Make:
    def made() -> Shell:
        shell = Shell(Settings(memory))
        qtbot.addWidget(shell)
        return shell

    return made


def test_it_is_painted_before_it_holds_anything(make: Make, qtbot: QtBot, memory: dict[str, str]) -> None:
    memory["office.name"] = "Ủy ban nhân dân xã Bản Hồ"
    shell = make()
    with qtbot.waitSignal(shell.painted):
        shell.show()
    assert shell.windowTitle() == "Chỉ số CCHC – Ủy ban nhân dân xã Bản Hồ"
    assert [label.text() for label in shell.findChildren(QLabel)] == ["Ủy ban nhân dân xã Bản Hồ"]


def test_a_name_from_outside_is_shown_as_it_is(make: Make, memory: dict[str, str]) -> None:
    memory["office.name"] = "<h1>Xã</h1>"
    shell = make()
    assert [label.textFormat() for label in shell.findChildren(QLabel)] == [Qt.TextFormat.PlainText]


def test_without_an_office_it_is_called_by_the_program_alone(make: Make) -> None:
    assert make().windowTitle() == "Chỉ số CCHC"


def test_it_is_told_once_that_it_was_painted(make: Make, qtbot: QtBot) -> None:
    shell = make()
    with qtbot.waitSignal(shell.painted):
        shell.show()
    with qtbot.assertNotEmitted(shell.painted, wait=20):
        shell.repaint()


def test_what_it_holds_fills_it_and_gives_it_its_title(make: Make, qtbot: QtBot) -> None:
    shell = make()
    shell.show()
    first, second = Content("một"), Content("hai")
    shell.hold(first)
    with qtbot.waitSignal(first.destroyed):
        shell.hold(second)
    assert shell.windowTitle() == "hai"
    qtbot.waitUntil(lambda: second.geometry() == shell.rect())


def test_it_stays_open_while_its_content_does_not_let_go(make: Make) -> None:
    shell = make()
    shell.show()
    content = Content("một")
    shell.hold(content)
    content.lets_go = False
    assert not shell.close()
    assert shell.isVisible()
    content.lets_go = True
    assert shell.close()


def test_it_comes_back_where_it_was(make: Make, memory: dict[str, str]) -> None:
    first = make()
    first.setGeometry(20, 30, 900, 500)
    first.show()
    first.close()
    second = make()
    assert (second.width(), second.height()) == (900, 500)


@pytest.mark.parametrize("place", ["", "1,2,3", "a,b,c,d", "99999,99999,900,500"])
def test_a_place_on_no_screen_is_not_taken(make: Make, memory: dict[str, str], place: str) -> None:
    memory["window.place"] = place
    shell = make()
    shell.appear()
    assert shell.screen().geometry().intersects(shell.geometry())
