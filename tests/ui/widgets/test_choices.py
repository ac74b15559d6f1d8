"""Boxes whose words wrap are pressed by their words too, and are read out with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.widgets import choices
from ui.widgets.labels import WrapLabel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from ui.widgets.choices import Choice

WORDS = "Niêm yết đầy đủ nội quy, quy trình, mức phí và danh mục thủ tục hành chính tại nơi tiếp nhận hồ sơ"


@pytest.fixture(params=[choices.check, choices.radio])
def choice(request: pytest.FixtureRequest, qtbot: QtBot, dressed: object) -> Iterator[Choice]:
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    make: Callable[[str], Choice] = request.param
    made = make(WORDS)
    column.addWidget(made)
    page.resize(220, 160)
    page.show()
    qtbot.waitUntil(page.isActiveWindow)
    yield made
    page.close()


def test_a_click_on_the_words_presses_the_box(choice: Choice) -> None:
    words = choice.findChild(WrapLabel)
    assert words is not None
    QTest.mouseClick(words, Qt.MouseButton.LeftButton, pos=QPoint(20, 10))
    assert choice.button.isChecked()
    assert choice.button.hasFocus()


def test_the_keyboard_presses_it(choice: Choice) -> None:
    choice.setFocus()
    QTest.keyClick(choice.button, Qt.Key.Key_Space)
    assert choice.button.isChecked()


def test_the_words_wrap_and_are_read_out(choice: Choice) -> None:
    words = choice.findChild(WrapLabel)
    assert words is not None
    assert words.heightForWidth(words.width()) > 3 * words.heightForWidth(2000)
    assert words.height() >= words.heightForWidth(words.width())
    assert choice.button.accessibleName() == WORDS
