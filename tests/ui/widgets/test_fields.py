"""Fields tell what was typed when they are left, once, and never lose or overwrite the typing."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from parindex_desktop.domain.text import TextTooLong
from ui.widgets.combo import ComboBox
from ui.widgets.committing import commit_typed
from ui.widgets.dates import DateEdit
from ui.widgets.fields import CheckBox, LineField, NumberEdit, TextArea
from ui.widgets.labelled import Labelled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

Field = LineField | TextArea


def compose(field: QWidget, letters: str) -> None:
    """Type `letters` as an input method does (Unikey): composed first, then committed as a whole."""
    for n in range(1, len(letters)):
        QApplication.sendEvent(field, QInputMethodEvent(letters[:n], []))
    done = QInputMethodEvent("", [])
    done.setCommitString(letters)
    QApplication.sendEvent(field, done)


@pytest.fixture(params=[LineField, NumberEdit, TextArea])
def field(request: pytest.FixtureRequest, qtbot: QtBot) -> Iterator[Field]:
    """A field that has the keyboard, above another one."""
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    made: Field = request.param("Tổng số")
    column.addWidget(made)
    column.addWidget(LineField("Khác"))
    page.show()
    qtbot.waitUntil(page.isActiveWindow)
    made.setFocus()
    yield made
    page.close()


@pytest.fixture
def told(field: Field) -> list[str]:
    committed: list[str] = []
    field.committed.connect(committed.append)
    return committed


def text_of(field: Field) -> str:
    return field.toPlainText() if isinstance(field, TextArea) else field.text()


def leave(field: Field) -> None:
    QTest.keyClick(field, Qt.Key.Key_Tab)


def test_nothing_is_told_at_each_key_and_all_of_it_on_leaving(field: Field, told: list[str]) -> None:
    QTest.keyClicks(field, "1200")
    assert told == []
    leave(field)
    assert told == ["1200"]
    assert not field.hasFocus()


def test_what_has_not_changed_is_not_told(field: Field, told: list[str]) -> None:
    field.show_value("12")
    leave(field)
    field.setFocus()
    QTest.keyClicks(field, "3")
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    leave(field)
    assert told == []


def test_blanks_at_the_ends_are_no_change(field: Field, told: list[str]) -> None:
    field.show_value("12")
    field.selectAll()
    QTest.keyClicks(field, " 12 ")
    leave(field)
    assert told == []


def test_a_cleared_field_is_told(field: Field, told: list[str]) -> None:
    field.show_value("12")
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    leave(field)
    assert told == [""]


def test_vietnamese_arrives_in_one_form_however_it_was_composed(field: Field, told: list[str]) -> None:
    compose(field, unicodedata.normalize("NFD", "Đã nộp"))
    leave(field)
    assert told == ["Đã nộp"]


def test_letters_still_being_composed_are_neither_told_nor_lost(field: Field, told: list[str]) -> None:
    QApplication.sendEvent(field, QInputMethodEvent("hồ", []))
    assert told == []
    done = QInputMethodEvent("", [])
    done.setCommitString("hồ")
    QApplication.sendEvent(field, done)
    commit_typed()
    assert told == ["hồ"]


def test_a_value_from_elsewhere_never_replaces_the_typing(field: Field, told: list[str]) -> None:
    field.show_value("1")
    field.selectAll()
    QTest.keyClicks(field, "25")
    field.show_value("7")
    assert text_of(field) == "25"
    leave(field)
    assert told == ["25"]


def test_a_value_from_elsewhere_is_shown_where_nobody_types(field: Field, told: list[str]) -> None:
    field.show_value("1")
    field.show_value("7")
    assert text_of(field) == "7"
    leave(field)
    assert told == []


def test_what_is_typed_can_be_committed_without_leaving(field: Field, told: list[str]) -> None:
    QTest.keyClicks(field, "8")
    commit_typed()
    commit_typed()
    assert told == ["8"]
    assert field.hasFocus()


def test_every_field_says_its_name(field: Field) -> None:
    assert field.accessibleName() == "Tổng số"


def test_a_wrong_field_looks_wrong(field: Field) -> None:
    field.mark_wrong(wrong=True)
    assert field.property("wrong") == "true"
    field.mark_wrong(wrong=False)
    assert not field.property("wrong")


def test_enter_commits_a_line_once(qtbot: QtBot) -> None:
    line = LineField("Số, ký hiệu")
    qtbot.addWidget(line)
    told: list[str] = []
    line.committed.connect(told.append)
    QTest.keyClicks(line, "12/BC-UBND")
    QTest.keyClick(line, Qt.Key.Key_Return)
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert told == ["12/BC-UBND"]


def test_escape_takes_a_line_back(qtbot: QtBot) -> None:
    line = LineField("Số, ký hiệu")
    qtbot.addWidget(line)
    line.show_value("12")
    QTest.keyClicks(line, "34")
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert line.text() == "12"


def test_figures_stand_at_the_right(qtbot: QtBot) -> None:
    figure = NumberEdit("Tử số")
    qtbot.addWidget(figure)
    assert figure.alignment() & Qt.AlignmentFlag.AlignRight


def test_a_text_area_grows_with_its_text_within_limits(qtbot: QtBot) -> None:
    area = TextArea("Giải trình", least=2, most=4)
    qtbot.addWidget(area)
    area.resize(300, area.height())
    area.show()
    heights = []
    for lines in (1, 2, 3, 4, 9):
        area.setPlainText("\n".join(["dòng"] * lines))
        heights.append(area.height())
    assert heights[0] == heights[1] < heights[2] < heights[3] == heights[4]


def test_a_text_that_is_too_long_is_kept_and_refused_in_words(qtbot: QtBot) -> None:
    area = TextArea("Giải trình", limit=10)
    qtbot.addWidget(area)
    told: list[str] = []
    area.committed.connect(told.append)
    area.setPlainText("x" * 11)
    area.commit()
    assert told == ["x" * 11]
    with pytest.raises(TextTooLong):
        area.value()


def test_the_wheel_never_changes_a_choice(qtbot: QtBot) -> None:
    choice = ComboBox("Mức")
    qtbot.addWidget(choice)
    choice.addItems(["1", "2"])
    assert choice.accessibleName() == "Mức"
    assert choice.focusPolicy() is Qt.FocusPolicy.StrongFocus


def test_a_ticked_box_shows_its_tick_in_the_colours_of_the_window(qtbot: QtBot) -> None:
    box = CheckBox("Không phát sinh")
    qtbot.addWidget(box)
    box.resize(box.sizeHint())
    empty = box.grab().toImage()
    box.setChecked(True)
    ticked = box.grab().toImage()
    colours = {ticked.pixelColor(x, y).name() for x in range(24) for y in range(ticked.height())}
    assert ticked != empty
    assert "#0b5cab" in colours
    assert "#ffffff" in colours


@pytest.mark.parametrize("lines", [1, 2, 3])
@pytest.mark.parametrize("least", [1, 2, 3])
def test_a_text_area_that_shows_all_its_lines_offers_no_scrolling(
    qtbot: QtBot, least: int, lines: int
) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    area = TextArea("Giải trình", least=least)
    column.addWidget(area)
    column.addStretch(1)
    area.show_value("\n".join(["Một dòng"] * lines))
    page.resize(400, 300)
    page.show()
    qtbot.waitUntil(page.isActiveWindow)
    assert area.verticalScrollBar().maximum() == 0


@pytest.mark.parametrize("make", [LineField, TextArea, DateEdit])
def test_a_fault_goes_as_soon_as_something_else_is_typed(
    qtbot: QtBot, make: type[LineField | TextArea | DateEdit]
) -> None:
    field = make("Số")
    labelled = Labelled("Số", field)
    qtbot.addWidget(labelled)
    labelled.show()
    qtbot.waitUntil(labelled.isActiveWindow)
    editor = field.field if isinstance(field, DateEdit) else field
    editor.mark_wrong(wrong=True)
    labelled.fault.show_fault("Cần nhập mục này.")
    editor.setFocus()
    QTest.keyClicks(editor, "1")
    assert labelled.fault.text() == ""
    assert not labelled.fault.isVisible()
    assert not editor.property("wrong")
