"""Phần của tôi: what somebody or their room is in charge of, shown alone and walked through alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from parindex_desktop.domain.people import Assignee
from parindex_desktop.services import duties, filling, people
from parindex_desktop.services.people import NewPerson
from tests.ui.form.desk import CONTROL, Desk
from tests.ui.offices import YEAR
from ui.form.sheet_head import SheetHead
from ui.language import tr
from ui.people import assign_dialog
from ui.session import Session
from ui.widgets.labels import WrapLabel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from parindex_desktop.domain.criteria import Criterion
    from parindex_desktop.services.homes import Office

MINE = ("1.2", "2.1", "2.3")


@pytest.fixture
def shared(commune: Office) -> Office:
    """Lan works; she is in charge of 1.2 and 2.1, her room of 2.3, Bình of 1.3."""
    lan = people.add(commune, NewPerson("Nguyễn Thị Lan", "công chức", "Văn phòng"))
    binh = people.add(commune, NewPerson("Trần Văn Bình", "Phó Chủ tịch"))
    criteria = filling.open_form(commune).criteria
    for codes, to in (
        (("1.2", "2.1"), Assignee(lan)),
        (("2.3",), Assignee(room="Văn phòng")),
        (("1.3",), Assignee(binh)),
    ):
        duties.assign(commune, YEAR, [criteria.by_code(code) for code in codes], to)
    people.work_as(commune, lan)
    return commune


@pytest.fixture
def memory() -> dict[str, str]:
    return {}


@pytest.fixture
def mine(qtbot: QtBot, shared: Office, memory: dict[str, str], dressed: object) -> Iterator[Desk]:
    made = Desk(qtbot, Session(shared), memory)
    yield made
    made.window.close()


def in_view(desk: Desk) -> list[str]:
    """Codes of the criteria that the tree shows, without headings."""
    tree = desk.page.form.list.tree
    model = desk.page.form.list._model
    assert model is not None
    leaves = [index for index in model.indexes() if not model.criterion(index).children]
    seen = [index for index in leaves if not tree.isRowHidden(index.row(), index.parent())]
    return [model.criterion(index).code for index in seen]


def test_nothing_is_offered_where_nobody_is_in_charge(desk: Desk) -> None:
    assert not desk.page.form.list.mine.isVisible()
    desk.press(Qt.Key.Key_M, CONTROL)
    assert len(in_view(desk)) > 40


def test_my_part_is_counted_shown_and_walked_through(mine: Desk) -> None:
    box = mine.page.form.list.mine
    assert box.text() == tr("My part: {count} criteria, {lacking} lack something", count=3, lacking=3)
    everything = in_view(mine)
    mine.press(Qt.Key.Key_M, CONTROL)
    assert box.isChecked()
    assert in_view(mine) == list(MINE)
    assert mine.current() == "1.2"  # what was in hand is not mine
    seen = [mine.current()]
    for _ in range(3):
        mine.press(Qt.Key.Key_Down, CONTROL)
        seen.append(mine.current())
    assert seen == [*MINE, "2.3"]
    mine.press(Qt.Key.Key_M, CONTROL)
    assert in_view(mine) == everything
    assert mine.current() == "2.3"


def test_ctrl_enter_goes_through_what_i_lack(mine: Desk) -> None:
    mine.press(Qt.Key.Key_M, CONTROL)
    seen = []
    for _ in range(4):
        mine.press(Qt.Key.Key_Return, CONTROL)
        seen.append(mine.current())
    assert seen == ["2.1", "2.3", "1.2", "2.1"]


def test_the_count_follows_the_work(mine: Desk) -> None:
    mine.go("1.2")
    for field, figure in zip(mine.figures(), ("27", "30"), strict=True):
        field.setFocus()
        mine.write(figure)
        mine.press(Qt.Key.Key_Tab)
    mine.area(tr("Explanation")).setFocus()
    mine.write("Số liệu trích từ hệ thống.")
    mine.press(Qt.Key.Key_Tab)
    assert mine.page.form.list.mine.text() == tr(
        "My part: {count} criteria, {lacking} lack something",
        count=3,
        lacking=2 + bool(mine.stored("1.2").needs),
    )


def test_search_and_my_part_go_together(mine: Desk) -> None:
    mine.press(Qt.Key.Key_M, CONTROL)
    mine.page.search("2.")
    assert set(in_view(mine)) <= set(MINE)
    mine.page.search("không có tiêu chí nào như thế")
    assert in_view(mine) == []
    mine.page.search("")
    assert in_view(mine) == list(MINE)


def test_going_to_what_is_not_mine_shows_everything(mine: Desk) -> None:
    mine.press(Qt.Key.Key_M, CONTROL)
    mine.go("3.7")
    assert mine.current() == "3.7"
    assert not mine.page.form.list.mine.isChecked()


def test_it_is_remembered(mine: Desk, qtbot: QtBot, memory: dict[str, str]) -> None:
    mine.press(Qt.Key.Key_M, CONTROL)
    again = Desk(qtbot, mine.session, memory)
    assert again.page.form.list.mine.isChecked()
    assert in_view(again) == list(MINE)
    again.window.close()


def said(desk: Desk) -> list[str]:
    (head,) = desk.sheet.findChildren(SheetHead)
    return [label.text() for label in head.findChildren(WrapLabel) if label.isVisible()]


@pytest.mark.parametrize(
    ("code", "name"), [("1.2", "Nguyễn Thị Lan, công chức"), ("2.3", "Văn phòng"), ("3.7", "")]
)
def test_the_sheet_says_who_is_in_charge(mine: Desk, code: str, name: str) -> None:
    mine.go(code)
    assert (tr("In this office: {name}", name=name) in said(mine)) is bool(name)


def test_the_keyboard_comes_to_the_list_and_not_to_the_box(mine: Desk) -> None:
    assert mine.page.form.list.tree.hasFocus()
    mine.press(Qt.Key.Key_Tab)
    assert not mine.page.form.list.mine.hasFocus()


def test_somebody_is_put_in_charge_from_the_tree(mine: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def assign(_parent: object, office: Office, year: str, criterion: Criterion) -> bool:
        asked.append(criterion.code)
        duties.assign(office, year, [criterion], Assignee(people.find(office, "Trần Văn Bình")))
        return True

    monkeypatch.setattr(assign_dialog, "assign", assign)
    mine.go("1.2")
    mine.press(Qt.Key.Key_G, CONTROL)
    assert tr("In this office: {name}", name="Trần Văn Bình, Phó Chủ tịch") in said(mine)
    counted = tr("My part: {count} criteria, {lacking} lack something", count=2, lacking=2)
    assert mine.page.form.list.mine.text() == counted
    tree = mine.page.form.list.tree
    tree.customContextMenuRequested.emit(QPoint(5, 5))
    (menu,) = [
        each for each in QApplication.topLevelWidgets() if isinstance(each, QMenu) and each.isVisible()
    ]
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert asked == ["1.2", "1.2"]


def test_what_nobody_fills_in_is_put_in_nobodys_charge(mine: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assign_dialog, "assign", lambda *_: pytest.fail("a survey is not filled in"))
    mine.page.form.list.choose(mine.id("1.10"))
    mine.press(Qt.Key.Key_G, CONTROL)
    assert mine.asked == []


def test_without_a_staff_list_one_is_led_to_it(desk: Desk) -> None:
    desk.press(Qt.Key.Key_G, CONTROL)
    assert desk.asked == ["people"]
