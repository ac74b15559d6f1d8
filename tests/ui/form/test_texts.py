"""Giải trình, lý do, ghi chú: asked for where they are needed, saved when they are left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from parindex_desktop.domain.needs import Need
from parindex_desktop.domain.text import LONGEST_TEXT
from tests.ui.form.desk import CONTROL
from ui.language import tr
from ui.widgets.fields import TextArea
from ui.widgets.labels import WrapLabel

if TYPE_CHECKING:
    from tests.ui.form.desk import Desk

EXPLANATION = tr("Explanation")
REASON = tr("Reason for less than the maximum")
NOTE = tr("Note")


def score(desk: Desk, code: str, *figures: str) -> None:
    """Enter the figures of a criterion."""
    desk.go(code)
    for figure in figures:
        desk.write(figure)
        desk.press(Qt.Key.Key_Tab)


def names(desk: Desk) -> list[str]:
    return [area.accessibleName() for area in desk.shown(TextArea)]


def said(desk: Desk, words: str) -> bool:
    return any(words in label.text() for label in desk.shown(WrapLabel))


def test_an_unscored_criterion_shows_no_empty_texts(desk: Desk) -> None:
    desk.go("1.7")
    assert names(desk) == []


def test_points_without_evidence_ask_for_an_explanation(desk: Desk) -> None:
    score(desk, "1.7", "41", "41")
    assert names(desk) == [EXPLANATION]
    assert said(desk, tr("needed while there is no evidence"))
    desk.area(EXPLANATION).setFocus()
    desk.write("Đã hoàn thành, văn bản lưu ở huyện cũ.")
    assert desk.stored("1.7").explanation == ""
    desk.press(Qt.Key.Key_Tab)
    assert desk.stored("1.7").explanation == "Đã hoàn thành, văn bản lưu ở huyện cũ."
    assert desk.stored("1.7").needs == ()
    assert names(desk) == [EXPLANATION]
    assert not said(desk, tr("needed while there is no evidence"))


def test_fewer_points_than_the_maximum_show_the_reason_and_say_where_it_is_required(desk: Desk) -> None:
    score(desk, "1.7", "35", "41")
    assert names(desk) == [EXPLANATION, REASON]
    assert said(desk, tr("required for this criterion"))
    score(desk, "1.3", "3")
    assert names(desk) == [EXPLANATION, REASON]
    assert not said(desk, tr("required for this criterion"))


def test_the_note_is_one_key_away(desk: Desk) -> None:
    desk.go("1.7")
    desk.button(tr("Add a note")).setFocus()
    desk.press(Qt.Key.Key_Space)
    assert desk.focused() is desk.area(NOTE)
    desk.write("Sẽ bổ sung số liệu tháng 12")
    desk.press(Qt.Key.Key_Tab)
    assert desk.stored("1.7").note == "Sẽ bổ sung số liệu tháng 12"


def test_going_on_saves_the_text_in_hand(desk: Desk) -> None:
    desk.go("1.7")
    desk.button(tr("Add a note")).click()
    desk.write("Chờ số liệu")
    desk.press(Qt.Key.Key_Down, CONTROL)
    assert desk.stored("1.7").note == "Chờ số liệu"
    desk.go("1.7")
    assert desk.area(NOTE).toPlainText() == "Chờ số liệu"


def test_a_text_that_is_too_long_stays_until_it_is_shortened(desk: Desk) -> None:
    desk.go("1.7")
    desk.button(tr("Add a note")).click()
    desk.write("a" * (LONGEST_TEXT + 1))
    desk.press(Qt.Key.Key_Tab)
    assert len(desk.faults()) == 1
    assert desk.stored("1.7").note == ""
    desk.go("1.3")
    desk.go("1.7")
    assert len(desk.area(NOTE).toPlainText()) == LONGEST_TEXT + 1
    assert len(desk.faults()) == 1
    desk.area(NOTE).setFocus()
    desk.write("a")
    desk.press(Qt.Key.Key_Tab)
    assert desk.stored("1.7").note == "a"
    assert desk.faults() == []


def test_a_jump_to_what_lacks_opens_the_text(desk: Desk) -> None:
    desk.page.jump(desk.id("2.1"), Need.EXPLANATION)
    assert desk.focused() is desk.area(EXPLANATION)
