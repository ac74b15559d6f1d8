"""A draft is written at its tree and its form; every edit is kept at once and can be taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from parindex_desktop.domain.drafting import HEAD_ID, Direction
from parindex_desktop.services import authoring
from tests.ui.authoring.desk import ALT, CONTROL, Desk
from tests.ui.hands import answer, press
from ui.language import tr
from ui.widgets.fields import LineField, TextArea

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

Key = Qt.Key


def test_the_head_of_the_set_stands_first(desk: Desk) -> None:
    assert desk.current() == ""
    desk.line("Name of the criteria set", "Bộ tiêu chí cấp xã")
    desk.figure("Version", "3")
    desk.area("Legal basis (one document on each line)", "Nghị quyết 76/NQ-CP\n\nKế hoạch 12/KH-UBND")
    assert desk.tree["name"] == "Bộ tiêu chí cấp xã"
    assert desk.tree["version"] == 3
    assert desk.tree["legal_basis"] == ["Nghị quyết 76/NQ-CP", "Kế hoạch 12/KH-UBND"]


def test_days_off_are_a_day_on_each_line_and_what_is_no_day_stays_until_it_is_mended(desk: Desk) -> None:
    desk.area("Days off (one on each line)", "1/1/2026\n30.04.2026\n1/1/2027")
    desk.area("Days worked instead (one on each line)", "10/01/2026")
    assert desk.tree["calendar"] == {
        "2026": {"holidays": ["2026-01-01", "2026-04-30"], "worked": ["2026-01-10"]},
        "2027": {"holidays": ["2027-01-01"]},
    }
    desk.area("Days off (one on each line)", "32/1/2026")
    assert "32/1/2026" in desk.faults()[0]
    assert desk.shown(TextArea, "Days off (one on each line)").toPlainText() == "32/1/2026"
    desk.area("Days off (one on each line)", "")
    assert desk.tree["calendar"] == {"2026": {"worked": ["2026-01-10"]}}
    assert [(each.criterion, each.field[0]) for each in desk.editor.work.faults] == [(HEAD_ID, "calendar")]


def test_a_criterion_is_added_by_a_key_and_its_title_typed_at_once(desk: Desk) -> None:
    desk.go("1.1")
    desk.key(Key.Key_Insert)
    focused = QApplication.focusWidget()
    assert isinstance(focused, LineField)
    assert focused.accessibleName() == tr("What it is called")
    QTest.keyClicks(focused, "Tieu chi moi")
    desk.key(Key.Key_Tab)
    added = desk.tree["criteria"][0]["children"][1]
    assert added["title"] == "Tieu chi moi"
    assert desk.current() == added["code"]


def test_a_criterion_is_added_within_a_group_and_a_field_at_the_end(desk: Desk) -> None:
    desk.go("1")
    desk.key(Key.Key_Insert, Qt.KeyboardModifier.ShiftModifier)
    assert desk.tree["criteria"][0]["children"][-1]["code"] == desk.current()
    desk.editor.tree.view.setFocus()
    desk.key(Key.Key_Insert, CONTROL)
    assert desk.tree["criteria"][-1] == desk.node(desk.current())
    assert desk.sign(desk.current()) == tr("{count} to mend", count=3)


def test_a_criterion_is_divided_and_keeps_its_identity(desk: Desk) -> None:
    old = desk.id("1.1")
    desk.go("1.1")
    desk.key(Key.Key_Insert, Qt.KeyboardModifier.ShiftModifier)
    assert desk.id("1.1.1") == old
    assert desk.current() == "1.1.1"
    assert desk.editor.work.faults == []


@pytest.mark.parametrize(
    ("key", "code", "expected"),
    [
        (Key.Key_Up, "1.2", ["1.2", "1.1", "1.3"]),
        (Key.Key_Down, "1.2", ["1.1", "1.3", "1.2"]),
    ],
)
def test_a_criterion_is_moved_by_keys_and_stays_in_hand(
    desk: Desk, key: Qt.Key, code: str, expected: list[str]
) -> None:
    desk.go(code)
    desk.key(key, ALT)
    assert [node["code"] for node in desk.tree["criteria"][0]["children"]][:3] == expected
    assert desk.rows()[1:4] == expected
    assert desk.current() == code


def test_a_criterion_is_moved_into_the_group_before_it_and_out_again(desk: Desk) -> None:
    desk.go("1.5")
    desk.key(Key.Key_Right, ALT)
    assert [node["code"] for node in desk.node("1.4")["children"]][-1] == "1.5"
    wrong = next(each for each in desk.editor.work.faults if each.criterion == desk.id("1.4"))
    assert desk.sign("1.4") == tr("Adds up to {sum}", sum=wrong.message.values["sum"])
    desk.key(Key.Key_Left, ALT)
    assert desk.current() == "1.5"
    assert desk.editor.work.faults == []


def test_codes_are_numbered_anew(desk: Desk) -> None:
    desk.go("1.1")
    desk.key(Key.Key_Delete)
    desk.editor.tree.renumber_asked.emit()
    assert desk.rows()[:3] == ["1", "1.1", "1.2"]


def test_a_criterion_is_taken_out_and_the_next_one_is_in_hand(desk: Desk) -> None:
    desk.go("1.1")
    desk.key(Key.Key_Delete)
    assert "1.1" not in desk.rows()
    assert desk.current() == "1.2"
    assert QApplication.focusWidget() is desk.editor.tree.view


@pytest.mark.parametrize("yes", [True, False])
def test_a_group_is_taken_out_only_after_a_question(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, yes: bool
) -> None:
    asked = answer(monkeypatch, yes=yes)
    desk.go("1.4")
    desk.key(Key.Key_Delete)
    assert len(asked) == 1
    assert ("1.4" in desk.rows()) is not yes


def test_the_head_cannot_be_taken_out_or_moved(desk: Desk) -> None:
    before = desk.tree
    desk.go("")
    desk.key(Key.Key_Delete)
    desk.editor.remove()
    desk.editor.move_criterion(Direction.UP)
    assert desk.tree == before


def test_a_maximum_is_read_as_it_is_typed_and_the_sums_follow(desk: Desk) -> None:
    desk.go("1.2")
    desk.figure("Maximum points", "2,5")
    assert desk.node("1.2")["maximum"] == "2.50"
    field = desk.editor.work.faults[0]
    assert field.criterion == desk.id("1")
    assert desk.sign("1") == tr("Adds up to {sum}", sum=field.message.values["sum"])
    assert not desk.page.top_line().step.enabled  # type: ignore[union-attr]  # there is one


def test_what_cannot_be_read_is_kept_and_named(desk: Desk) -> None:
    desk.go("1.2")
    desk.figure("Maximum points", "hai")
    assert desk.node("1.2")["maximum"] == "hai"
    assert any("hai" in each for each in desk.faults())
    desk.go("1.3")
    assert desk.faults() == []
    desk.go("1.2")
    assert any("hai" in each for each in desk.faults())


def test_what_does_not_apply_asks_for_its_ground(desk: Desk) -> None:
    desk.go("1.2")
    desk.choose("Applicability", "never")
    assert tr("Not entered yet.") in desk.faults()
    desk.line("Why it does not apply", "Xã không có thẩm quyền")
    assert desk.editor.work.faults == []
    desk.choose("Applicability", "if_any")
    assert "not_applicable_ground" not in desk.node("1.2")


def test_a_field_may_be_a_bonus(desk: Desk) -> None:
    desk.go("8")
    desk.choose("Bonus or penalty", "bonus")
    assert desk.node("8")["block"] == "bonus"
    assert desk.editor.work.faults[0].field == ("maximum",)
    desk.choose("Bonus or penalty", "main")
    assert "block" not in desk.node("8")
    assert desk.editor.work.faults == []


def test_undo_and_redo_go_through_every_edit_and_to_its_place(desk: Desk) -> None:
    first = desk.tree
    desk.go("1.2")
    desk.line("What it is called", "Tên khác")
    second = desk.tree
    desk.go("3.1")
    desk.key(Key.Key_Delete)
    third = desk.tree
    desk.top("Undo")
    assert (desk.tree, desk.current()) == (second, "3.1")
    desk.top("Undo")
    assert (desk.tree, desk.current()) == (first, "1.2")
    assert desk.shown(LineField, "What it is called").text() == desk.node("1.2")["title"]
    assert not desk.page.top_line().undo.enabled  # type: ignore[union-attr]  # there is one
    desk.top("Redo")
    desk.top("Redo")
    assert desk.tree == third
    desk.top("Undo")
    desk.line("What it is called", "Lại khác")
    assert not desk.page.top_line().redo.enabled  # type: ignore[union-attr]  # there is one


def test_undo_reaches_over_leaving_and_coming_back(desk: Desk) -> None:
    desk.go("1.2")
    desk.line("What it is called", "Tên khác")
    press(desk.page, "‹ Back to the list")
    assert desk.page.editor is None
    press(desk.page, "Go on writing")
    assert desk.node("1.2")["title"] == "Tên khác"
    desk.top("Undo")
    assert desk.node("1.2")["title"] != "Tên khác"


def test_leaving_keeps_what_is_being_typed(desk: Desk) -> None:
    desk.go("1.2")
    field = desk.shown(LineField, "What it is called")
    field.setFocus()
    field.setText("Đang gõ")
    assert desk.page.leave()
    assert desk.node("1.2")["title"] == "Đang gõ"


def test_walking_on_keeps_what_is_being_typed_and_shows_the_next_one(desk: Desk) -> None:
    desk.go("1.2")
    field = desk.shown(LineField, "What it is called")
    field.setFocus()
    field.setText("Đang gõ")
    desk.editor.walk(1)
    assert desk.node("1.2")["title"] == "Đang gõ"
    assert desk.current() == "1.3"
    assert desk.shown(LineField, "What it is called").text() == desk.node("1.3")["title"]


def test_the_list_of_faults_leads_to_the_field(desk: Desk, qtbot: QtBot) -> None:
    desk.go("1.2")
    desk.line("What it is called", "")
    desk.go("4")
    desk.editor.faults.setFocus()
    desk.key(Key.Key_Space)
    view = desk.editor._list.view
    qtbot.waitUntil(view.isVisible)
    assert [view.currentIndex().parent().data(), view.currentIndex().data()] == [
        f"1.2 {tr('(no title yet)')}",
        tr("{field}: {fault}", field=tr("What it is called"), fault=tr("Not entered yet.")),
    ]
    QTest.keyClick(view, Key.Key_Return)
    assert desk.current() == "1.2"
    assert QApplication.focusWidget() is desk.shown(LineField, "What it is called")


def test_control_enter_goes_from_fault_to_fault(desk: Desk) -> None:
    for code in ("1.2", "3.1"):
        desk.go(code)
        desk.line("What it is called", "")
    desk.go("")
    for code in ("1.2", "3.1", "1.2"):
        QTest.keyClick(desk.editor.tree.view, Key.Key_Return, CONTROL)
        assert desk.current() == code
        assert QApplication.focusWidget() is desk.shown(LineField, "What it is called")


def test_a_disk_that_takes_nothing_is_told_and_nothing_changes(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from db.errors import DatabaseFull

    before = desk.tree
    desk.go("1.2")

    def full(*_: object) -> None:
        raise DatabaseFull(path="office.db")

    with monkeypatch.context() as patch:
        patch.setattr(authoring, "put_draft", full)
        desk.key(Key.Key_Delete)
        assert desk.editor.banner.isVisible()
    assert desk.tree == before
    desk.key(Key.Key_Delete)
    assert not desk.editor.banner.isVisible()
    assert desk.tree != before


def test_every_part_is_reached_by_f6(desk: Desk) -> None:
    assert list(desk.page.panes()) == [desk.editor.tree.view, desk.editor.pane]
    assert desk.editor.tree.current() == HEAD_ID
