"""The line at the top in a narrow window: what matters now has the room."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from resources import msgid
from ui.frame.page import Step, TopLine
from ui.frame.topbar import TopBar
from ui.theme.tokens import Tone
from ui.widgets.signs import Sign

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

NOTE = "Hạn tự chấm 15/12/2026 · còn 25 ngày"


def shown(qtbot: QtBot, width: int) -> TopBar:
    bar = TopBar("UBND xã Bản Hồ")
    qtbot.addWidget(bar)
    bar.set_periods(["2026"], "2026")
    bar.set_searchable(searchable=True)
    step = Step("Chốt điểm…", lambda: None)
    undo = Step("Hoàn tác", lambda: None)
    bar.show_line(TopLine(Sign(msgid("Self-scoring"), Tone.ACCENT), NOTE, step, undo, undo))
    bar.resize(width, 48)
    bar.show()
    qtbot.waitUntil(bar.isActiveWindow)
    return bar


@pytest.mark.parametrize(("width", "words"), [(911, "+ 2027"), (1366, "năm 2027 cũng đang mở")])
def test_another_open_year_is_told_in_any_width(qtbot: QtBot, width: int, words: str) -> None:
    bar = shown(qtbot, width)
    assert bar.besides() == ""
    bar.set_periods(["2027", "2026"], "2026", ["2027"])
    assert bar.besides() == words


@pytest.mark.parametrize(("width", "stays"), [(911, False), (1366, True)])
def test_a_search_takes_the_room_of_the_note_where_there_is_little(
    qtbot: QtBot, width: int, stays: bool
) -> None:
    bar = shown(qtbot, width)
    lines = bar.heightForWidth(width) if bar.hasHeightForWidth() else bar.sizeHint().height()
    assert bar._note.isVisible()
    bar.open_search()
    assert bar._note.isVisible() is stays
    assert bar._state.toolTip() == ("" if stays else NOTE)
    with_search = bar.heightForWidth(width) if bar.hasHeightForWidth() else bar.sizeHint().height()
    assert with_search <= lines
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_Escape)
    assert bar._note.isVisible()
    assert bar._state.toolTip() == ""


def test_the_deadline_never_takes_three_lines(qtbot: QtBot) -> None:
    bar = shown(qtbot, 911)
    bar.set_periods(["2027", "2026"], "2026", ["2027"])
    bar.set_office("Ủy ban nhân dân xã Bản Hồ")
    step = Step("Chốt điểm…", lambda: None)
    brief = "Hạn 20/12/2026\ncòn 29 ngày"
    bar.show_line(TopLine(Sign(msgid("Self-scoring"), Tone.ACCENT), NOTE, step, step, step, brief))
    QApplication.processEvents()
    assert bar._note.text() == brief
    assert bar._note.toolTip() == NOTE
    assert bar._note.heightForWidth(bar._note.width()) == bar._note.sizeHint().height()
    assert bar._note.width() >= bar._note.sizeHint().width()
    bar.resize(1366, 48)
    assert bar._note.text() == NOTE
