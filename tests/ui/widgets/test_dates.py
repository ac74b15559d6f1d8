"""Dates: typed as people type, shown as dd/MM/yyyy, impossible ones told under the field."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCalendarWidget, QMenu, QPushButton, QTableView, QVBoxLayout, QWidget

from ui.language import tr
from ui.widgets.dates import DateEdit, NotADate, date_text, read_date

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

DAY = dt.date(2026, 11, 5)


@pytest.mark.parametrize(
    "text",
    [
        "05/11/2026",
        "5/11/2026",
        "5-11-26",
        "5.11.2026",
        " 05 11 2026 ",
        "05112026",
        "051126",
        "5 / 11 / 2026",
    ],
)
def test_a_date_as_people_type_it(text: str) -> None:
    assert read_date(text) == DAY


@pytest.mark.parametrize(
    "text", ["", "31/02/2026", "5/13/2026", "2026-11-05", "mai", "5/11", "٥/١١/٢٠٢٦", "0/0/0000"]
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(NotADate):
        read_date(text)


@given(st.dates(dt.date(1000, 1, 1)))
def test_what_is_shown_is_read_as_the_same_day(day: dt.date) -> None:
    assert read_date(date_text(day)) == day


@pytest.fixture
def edit(qtbot: QtBot) -> DateEdit:
    made = DateEdit("Ngày ban hành")
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(made.isActiveWindow)
    made.setFocus()
    return made


@pytest.fixture
def told(edit: DateEdit) -> list[dt.date | None]:
    committed: list[dt.date | None] = []
    edit.committed.connect(committed.append)
    return committed


def type_in(edit: DateEdit, text: str) -> None:
    edit.field.selectAll()
    QTest.keyClick(edit.field, Qt.Key.Key_Delete)
    QTest.keyClicks(edit.field, text)
    QTest.keyClick(edit.field, Qt.Key.Key_Return)


def test_a_typed_date_is_told_once_and_tidied(edit: DateEdit, told: list[dt.date | None]) -> None:
    type_in(edit, "5-11-26")
    type_in(edit, "5.11.2026")
    assert told == [DAY]
    assert edit.field.text() == "05/11/2026"
    assert edit.date() == DAY


def test_a_cleared_date_is_told_as_none(edit: DateEdit, told: list[dt.date | None]) -> None:
    edit.show_date(DAY)
    type_in(edit, "")
    assert told == [None]


def test_an_impossible_date_is_kept_and_told_under_the_field(
    edit: DateEdit, told: list[dt.date | None]
) -> None:
    edit.show_date(DAY)
    type_in(edit, "31/02/2026")
    assert told == []
    assert edit.field.text() == "31/02/2026"
    assert edit.fault.text() == tr(NotADate(text="31/02/2026"))
    assert edit.fault.isVisible()
    type_in(edit, "28/02/2026")
    assert told == [dt.date(2026, 2, 28)]
    assert edit.fault.isHidden()


def test_date_tab_date_are_two_dates(qtbot: QtBot) -> None:
    """The button of the calendar is for the mouse: Tab passes it by, and a click takes the keyboard nowhere."""
    both = QWidget()
    column = QVBoxLayout(both)
    first, second = DateEdit("Từ ngày"), DateEdit("Đến ngày")
    column.addWidget(first)
    column.addWidget(second)
    qtbot.addWidget(both)
    both.show()
    qtbot.waitUntil(both.isActiveWindow)
    first.setFocus()
    for text in ("5/11/2026", "15/12/2026"):
        QTest.keyClicks(both.focusWidget(), text)
        QTest.keyClick(both.focusWidget(), Qt.Key.Key_Tab)
    assert (first.date(), second.date()) == (DAY, dt.date(2026, 12, 15))
    second.setFocus()
    (button,) = second.findChildren(QPushButton)
    assert button.accessibleName()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    menu = second.findChild(QMenu)
    assert menu is not None
    menu.close()
    assert both.focusWidget() is second.field


@pytest.mark.parametrize(
    "key",
    [(Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier), (Qt.Key.Key_F4, Qt.KeyboardModifier.NoModifier)],
)
def test_a_day_is_chosen_from_the_calendar_by_keyboard(
    edit: DateEdit, told: list[dt.date | None], qtbot: QtBot, key: tuple[Qt.Key, Qt.KeyboardModifier]
) -> None:
    edit.show_date(DAY)
    QTest.keyClick(edit.field, *key)
    menu = edit.findChild(QMenu)
    assert menu is not None
    calendar = menu.findChild(QCalendarWidget)
    assert calendar is not None
    assert calendar.selectedDate() == QDate(2026, 11, 5)
    days = calendar.findChild(QTableView)
    assert days is not None
    QTest.keyClick(days, Qt.Key.Key_Right)
    QTest.keyClick(days, Qt.Key.Key_Return)
    assert told == [dt.date(2026, 11, 6)]
    qtbot.waitUntil(lambda: edit.findChild(QMenu) is None)


def test_a_read_only_date_offers_no_calendar(edit: DateEdit) -> None:
    edit.set_read_only(read_only=True)
    assert edit.field.isReadOnly()
    QTest.keyClick(edit.field, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert edit.findChild(QMenu) is None
