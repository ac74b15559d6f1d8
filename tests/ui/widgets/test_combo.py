"""A box with a list shows its words whole where they have the room that it asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QStyle, QStyleOptionComboBox

from tests.ui.dressed import dressed
from ui.widgets.combo import ComboBox

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

__all__ = ["dressed"]


def drawn(box: ComboBox) -> str:
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    return option.currentText


@pytest.mark.parametrize("choices", [["2026", "2027"], ["Xã, phường, đặc khu"], ["i"]])
def test_words_that_fit_stand_whole(qtbot: QtBot, dressed: QApplication, choices: list[str]) -> None:
    box = ComboBox("Năm")
    qtbot.addWidget(box)
    box.addItems(choices)
    for size in (box.sizeHint(), box.minimumSizeHint()):
        box.resize(size)
        assert drawn(box) == choices[0]


def test_a_choice_that_is_longer_than_its_box_ends_in_an_ellipsis(
    qtbot: QtBot, dressed: QApplication
) -> None:
    box = ComboBox("Bộ tiêu chí")
    qtbot.addWidget(box)
    box.addItem("phiên bản 2 · Bộ tiêu chí Chỉ số CCHC")
    box.resize(120, box.sizeHint().height())
    assert drawn(box).endswith("…")
    field = QStyle.SubControl.SC_ComboBoxEditField
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    room = box.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, field, box).width()
    assert option.fontMetrics.horizontalAdvance(drawn(box)) <= room
