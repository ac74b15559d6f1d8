"""The question who works here: answered by arrows, by typing, by Enter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from parindex_desktop.domain.people import Assignee
from parindex_desktop.services import people
from parindex_desktop.services.people import NewPerson
from tests.ui.hands import in_window, offered, press, write
from ui.language import tr
from ui.people.pick_list import Entry, PickList
from ui.people.who import WhoPage

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from parindex_desktop.services.homes import Office


@pytest.fixture
def ask(qtbot: QtBot) -> Callable[..., WhoPage]:
    def asked(office: Office, *, can_go_back: bool = False) -> WhoPage:
        page = in_window(qtbot, lambda: WhoPage(office, can_go_back=can_go_back)).current_page()
        assert isinstance(page, WhoPage)
        return page

    return asked


def key(which: Qt.Key) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, which)


def test_nobody_is_taken_before_somebody_is_chosen(
    qtbot: QtBot, ask: Callable[..., WhoPage], shared: Office
) -> None:
    page = ask(shared)
    assert page.names.table.hasFocus()
    assert not page.names.search.isVisible()  # three names are looked through faster
    with qtbot.assertNotEmitted(page.chosen):
        key(Qt.Key.Key_Return)
    assert (page.person(), page.go.isEnabled(), shared.person) == (None, False, None)
    key(Qt.Key.Key_Backtab)  # away and back again
    page.names.table.setFocus()
    assert page.person() is None
    key(Qt.Key.Key_Down)
    assert page.go.isEnabled()
    with qtbot.waitSignals([page.chosen, page.done]):
        key(Qt.Key.Key_Return)
    assert shared.actor == "Trần Văn Bình, Phó Chủ tịch"


def test_who_worked_here_last_is_chosen_already(
    qtbot: QtBot, ask: Callable[..., WhoPage], shared: Office
) -> None:
    pao = people.find(shared, "Giàng A Páo")
    people.work_as(shared, people.find(shared, "Trần Văn Bình"))
    people.work_as(shared, pao)
    shared.person = None  # as at the next start
    page = ask(shared)
    assert page.person() == pao
    with qtbot.waitSignal(page.done):
        key(Qt.Key.Key_Return)
    assert shared.person == pao
    people.end(shared, pao)
    assert ask(shared).person() is None  # who has left is not offered


def test_a_name_with_a_pin_asks_for_it(qtbot: QtBot, ask: Callable[..., WhoPage], shared: Office) -> None:
    page = ask(shared)
    assert not page.pin.isVisible()
    for _ in range(2):
        key(Qt.Key.Key_Down)
    assert page.pin.isVisible()
    key(Qt.Key.Key_Return)
    assert page.pin.hasFocus()
    QTest.keyClicks(page.pin, "1357")
    key(Qt.Key.Key_Return)
    assert "Nguyễn Thị Lan" in page.fault.text()
    assert shared.person is None
    QTest.keyClicks(page.pin, "2468")  # what was typed is marked, so typing replaces it
    assert not page.fault.isVisible()
    with qtbot.waitSignal(page.done):
        key(Qt.Key.Key_Return)
    assert shared.actor == "Nguyễn Thị Lan, công chức Văn phòng – Thống kê"


def test_another_name_forgets_what_was_typed_for_the_first(
    ask: Callable[..., WhoPage], shared: Office
) -> None:
    page = ask(shared)
    for _ in range(2):
        key(Qt.Key.Key_Down)
    QTest.keyClicks(page.pin, "9")
    QTest.keyClick(page.names.table, Qt.Key.Key_Down)
    assert (page.pin.text(), page.pin.isVisible()) == ("", False)
    press(page, "Begin")
    assert shared.actor == "Giàng A Páo, công chức Địa chính"


def test_a_long_list_is_searched_as_one_types(
    qtbot: QtBot, ask: Callable[..., WhoPage], shared: Office
) -> None:
    for number in range(8):
        people.add(shared, NewPerson(f"Lò Văn Số {number}"))
    page = ask(shared)
    assert page.names.search.hasFocus()
    write_in_place(page.names.search, "dia chinh")
    with qtbot.waitSignal(page.done):
        key(Qt.Key.Key_Return)
    assert shared.actor == "Giàng A Páo, công chức Địa chính"


def test_a_few_names_are_searched_by_any_part_of_them_too(
    qtbot: QtBot, ask: Callable[..., WhoPage], shared: Office
) -> None:
    page = ask(shared)
    for letter in "pao":
        key(getattr(Qt.Key, f"Key_{letter.upper()}"))
    assert (page.names.search.isVisible(), page.names.search.text()) == (True, "pao")
    with qtbot.waitSignal(page.done):
        key(Qt.Key.Key_Return)
    assert shared.actor == "Giàng A Páo, công chức Địa chính"


def test_enter_without_a_name_says_what_is_to_be_done(ask: Callable[..., WhoPage], shared: Office) -> None:
    page = ask(shared)
    key(Qt.Key.Key_Return)
    assert page.fault.text() == tr("Choose your name first: by the arrow keys, or by typing a part of it.")
    key(Qt.Key.Key_Down)
    assert not page.fault.isVisible()


def test_a_search_that_finds_nobody_says_so(ask: Callable[..., WhoPage], shared: Office) -> None:
    for number in range(8):
        people.add(shared, NewPerson(f"Lò Văn Số {number}"))
    page = ask(shared)
    write_in_place(page.names.search, "không có ai")
    assert page.names._none.isVisible()
    assert not page.go.isEnabled()
    key(Qt.Key.Key_Return)
    assert shared.person is None
    write_in_place(page.names.search, "")
    key(Qt.Key.Key_Down)
    assert page.names.table.hasFocus()


def write_in_place(field: QLineEdit, text: str) -> None:
    """Type without leaving the field."""
    write(field, text)
    field.setFocus()


def test_one_may_go_back_where_somebody_works_already(
    qtbot: QtBot, ask: Callable[..., WhoPage], shared: Office
) -> None:
    assert not offered(ask(shared), "Cancel")
    pao = people.find(shared, "Giàng A Páo")
    people.work_as(shared, pao)
    page = ask(shared, can_go_back=True)
    assert page.person() is not None
    assert page.person() == pao  # who works now is selected
    with qtbot.waitSignal(page.done), qtbot.assertNotEmitted(page.chosen):
        press(page, "Cancel")
    assert shared.person == pao


def test_the_list_keeps_what_a_model_promises(qtmodeltester: ModelTester, shared: Office) -> None:
    names = PickList("Tên")
    names.offer(
        [Entry(Assignee(each), each.name) for each in people.at_work(shared)] + [Entry(None, tr("nobody"))]
    )
    qtmodeltester.check(names.table.rows)
