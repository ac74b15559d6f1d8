"""Whatever is cut where a choice is narrow, the number of a version is not, and the cut is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QStyleOptionComboBox

from ui.widgets.combo import ComboBox
from ui.widgets.versions import dated_words, version_words

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

NAME = "Bộ tiêu chí xác định Chỉ số cải cách hành chính của xã, phường, đặc khu"


@pytest.mark.parametrize(
    "words",
    [
        version_words(12, NAME),
        version_words(12, NAME, "05dd3acd0c08"),
        dated_words(2026, 12, NAME),
        dated_words(2026, 12, NAME, draft=True),
        dated_words(2026, 12, NAME, digest="05dd3acd0c08"),
    ],
)
@pytest.mark.parametrize("width", [260, 400])
def test_the_number_is_in_view_however_narrow(qtbot: QtBot, words: str, width: int) -> None:
    box = ComboBox("Set")
    qtbot.addWidget(box)
    box.addItem(words)
    box.resize(width, 30)
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    said = option.currentText
    assert said.endswith("…")
    assert words.startswith(said[:-1])
    assert "12" in said.split("·")[0]
    assert box.currentText() == words


def test_what_has_room_is_not_cut(qtbot: QtBot) -> None:
    box = ComboBox("Set")
    qtbot.addWidget(box)
    box.addItem("Có")
    box.resize(300, 30)
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    assert option.currentText == "Có"


@pytest.mark.parametrize("words", ["2026", "Tiếng Việt", "Xã, phường, đặc khu", NAME])
def test_a_choice_that_is_as_wide_as_it_asks_to_be_is_not_cut(
    qtbot: QtBot, dressed: object, words: str
) -> None:
    box = ComboBox("Set")
    qtbot.addWidget(box)
    box.addItem(words)
    for size in (box.sizeHint(), box.minimumSizeHint()):
        box.resize(size)
        option = QStyleOptionComboBox()
        box.initStyleOption(option)
        assert option.currentText == words
