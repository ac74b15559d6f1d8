"""The officer moves the form to the newer version, and looks at each part copied from last year, by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea

from parindex_desktop.domain.moving_answers import Fate
from parindex_desktop.domain.needs import Need
from parindex_desktop.services import (
    attaching,
    copying,
    filling,
    locking,
    moving,
    reading_journal,
    receiving,
)
from tests.offices import answer, figures_of, paper_at
from tests.ui.hands import in_window, offered, press, write
from tests.ui.intake.counter import Counter
from tests.versions import LAST_YEAR, newer_kit, newer_kit_giving
from ui.handover.page import HandOverPage
from ui.language import tr
from ui.moving.dialogs import CopyDialog, LastMoveDialog, MoveDialog
from ui.session import Session
from ui.widgets import dialogs
from ui.widgets.dialogs import Dialog
from ui.widgets.labels import WrapLabel

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest
    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from parindex_desktop.services.homes import Office
    from tests.offices import Scene
    from tests.ui.form.desk import Desk

    DeskOf = Callable[[Office], Desk]

ENTER = Qt.Key.Key_Return


def in_dialog(act: Callable[[Any], object]) -> None:
    """Do this in the dialog that opens next."""

    def found() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, Dialog)
        act(dialog)
        dialog.reject()

    QTimer.singleShot(0, found)


def default(dialog: Dialog) -> None:
    """Press the button that Enter presses, by Enter."""
    (button,) = [each for each in dialog.findChildren(QPushButton) if each.isDefault()]
    button.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(button, ENTER)


# To the newer version.


def test_the_form_says_that_a_newer_version_waits_and_leads_to_the_move(
    desk_of: DeskOf, begun: Office
) -> None:
    desk = desk_of(begun)
    assert "phiên bản 2" in desk.page.notice.text()
    assert desk.page.notice.shown() != desk.page.notice.text(), "one line, until its details are asked for"
    press(desk.page.notice, "Details")
    assert desk.page.notice.shown() == desk.page.notice.text()
    desk.page.refresh()
    assert desk.page.notice.shown() == desk.page.notice.text(), "what is unfolded stays so"
    in_dialog(default)
    press(desk.page, "Look and move…")
    assert desk.session.form.criteria.version == 2
    assert "Cần xem lại: 3 tiêu chí" in desk.page.notice.shown()
    desk.go("1.11")
    assert desk.stored("1.11").needs == (Need.UNSCORED,)


def test_the_move_shows_what_needs_care_first(
    desk_of: DeskOf, begun: Office, qtmodeltester: ModelTester
) -> None:
    desk = desk_of(begun)
    dialog = MoveDialog(desk.window, desk.session)
    rows = dialog.table.rows
    qtmodeltester.check(rows)
    fates = [Fate.VOID, Fate.PARTLY, Fate.TO_CHECK, Fate.NEW, Fate.MOVED, Fate.MOVED]
    assert [line.fate for line in rows.rows()] == fates, "what nothing happens to is folded away"
    assert rows.cell(0, 0).text == "1.9"
    assert rows.cell(0, 3).text == "Bộ tiêu chí mới không có tiêu chí này.\nđiểm: 1,00 → không có"
    assert rows.cell(0, 2).text == "Sẽ không còn phù hợp", "nothing is done yet"
    assert rows.cell(2, 3).text == "Điểm tối đa: 1,00 → 1,50"
    assert "2.1 → 2.2" in {rows.cell(row, 0).text for row in range(rows.rowCount())}
    QTest.keyClick(dialog.every.button, Qt.Key.Key_Space)
    assert rows.rowCount() == len(moving.preview_move(desk.session.form).report)
    dialog.reject()
    assert desk.session.form.criteria.version == 1


def test_the_move_is_undone_from_the_form(desk_of: DeskOf, begun: Office) -> None:
    desk = desk_of(begun)
    before = desk.session.form.series.values()
    desk.session.move(moving.move_form)
    in_dialog(lambda dialog: press(dialog, "Undo the move"))
    press(desk.page, "See it, or undo…")
    assert desk.session.form.series.values() == before
    assert "phiên bản 2" in desk.page.notice.text()


def test_after_a_change_what_was_left_out_can_still_be_read(
    desk_of: DeskOf, begun: Office, qtmodeltester: ModelTester
) -> None:
    desk = desk_of(begun)
    desk.session.move(moving.move_form)
    desk.session.edit(
        lambda office, form: filling.set_text(office, form, form.sheet("1.2").criterion, "note", "Đã xem")
    )
    last = moving.last_move(begun, desk.session.form)
    assert last is not None
    dialog = LastMoveDialog(desk.window, desk.session, last)
    qtmodeltester.check(dialog.table.rows)
    assert "Số liệu trích từ hệ thống một cửa của xã." in dialog.table.rows.cell(0, 2).text
    assert not offered(dialog, "Undo the move")
    press(desk.page, "Close")
    assert desk.page.notice.isHidden()
    desk.page.refresh()
    assert desk.page.notice.isHidden(), "closed is closed"


def test_who_handed_over_is_asked_to_confirm_and_unlocks_with_a_reason(
    qtbot: QtBot, scene: Scene, tmp_path: Path
) -> None:
    office = scene.office("ban-ho-handed-over")
    receiving.take_in(office, [newer_kit(scene.office("province"), tmp_path)])
    session = Session(office)
    window = in_window(qtbot, lambda: HandOverPage(session, lambda _key: None, lambda *_: None))
    page = window.current_page()
    assert isinstance(page, HandOverPage)
    assert "nộp lại để xác nhận" in page.notice.text()

    def move(dialog: MoveDialog) -> None:
        default(dialog)
        assert session.form.criteria.version == 1, "not without a reason"
        write(dialog.reason, "Tỉnh sửa bộ tiêu chí")
        default(dialog)

    in_dialog(move)
    press(page, "Look and move…")
    assert session.form.criteria.version == 2
    assert session.form.assessment.lock is None
    window.close()


def test_moving_goes_before_unlocking_and_before_locking_again(
    qtbot: QtBot, scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Other figures and a newer version came together: who only unlocks is led to the move, not to the lock."""
    office = scene.office("ban-ho-ready")
    receiving.take_in(office, [newer_kit_giving(scene.office("province"), tmp_path, "1/1/2025")])
    session = Session(office)
    window = in_window(qtbot, lambda: HandOverPage(session, lambda _key: None, lambda *_: None))
    page = window.current_page()
    assert isinstance(page, HandOverPage)
    assert page.told.isVisible()
    assert page.notice.y() < page.told.y()
    assert not offered(page.told, "Unlock…")
    assert offered(page.notice, "Look and move…")
    assert "phiên bản 1" in page.notice.text()
    session.move(lambda office, form: locking.unlock(office, form, "Số liệu mới"))
    step = page.top_line().step
    assert step is not None
    assert step.text == tr("Look and move…")
    asked: list[str] = []
    monkeypatch.setattr(
        dialogs, "ask", lambda _parent, _title, sentence, **_more: bool(asked.append(sentence))
    )
    page.closing.lock()
    assert "phiên bản 2" in asked[0].casefold()
    session.move(moving.move_form)
    assert page.top_line().step != step
    window.close()


def test_what_the_move_refuses_is_said_in_the_dialog(desk_of: DeskOf, begun: Office) -> None:
    desk = desk_of(begun)
    dialog = MoveDialog(desk.window, desk.session)
    desk.session.move(moving.move_form)
    dialog.accept()
    assert "Chưa thay đổi gì" in dialog.fault.text()


def test_the_province_sees_who_has_not_confirmed(qtbot: QtBot, scene: Scene, tmp_path: Path) -> None:
    province = scene.office("province")
    receiving.take_in(province, [scene.file("ban-ho-1.cchc")])
    newer_kit(province, tmp_path)
    counter = Counter(qtbot, scene, province)
    counter.settle()
    counter.choose("03001")
    assert counter.page.overview.table.rows.cell(0, 3).note == "bộ tiêu chí bản cũ"
    assert "phiên bản 1" in counter.page.overview.pane.notice.text()
    counter.window.close()


# From last year.


def copied(desk: Desk) -> None:
    in_dialog(default)
    press(desk.page, "Look and copy…")
    desk.window.activateWindow()  # without a window manager nobody else does
    desk.qtbot.waitUntil(desk.window.isActiveWindow)


def test_an_empty_form_offers_last_years_answers(desk_of: DeskOf, beside_last_year: Office) -> None:
    desk = desk_of(beside_last_year)
    assert LAST_YEAR in desk.page.notice.text()
    copied(desk)
    assert desk.stored("1.2").unconfirmed == ("figures", "explanation")
    assert desk.page.notice.isHidden()
    assert desk.page.head.copy.isHidden()
    QTest.keyClick(desk.focused(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert desk.stored("1.2").unconfirmed == (), "copying is undone like every edit"


def test_a_form_that_is_begun_offers_it_for_what_is_left(
    desk_of: DeskOf, beside_last_year: Office, qtmodeltester: ModelTester
) -> None:
    form = filling.open_form(beside_last_year)
    answer(beside_last_year, form, "1.2", **figures_of(form, "1.2", "5"))
    desk = desk_of(beside_last_year)
    assert desk.page.notice.isHidden()
    dialog = CopyDialog(desk.window, desk.session)
    qtmodeltester.check(dialog.table.rows)
    assert "1.2" not in {dialog.table.rows.cell(row, 0).text for row in range(dialog.table.rows.rowCount())}
    in_dialog(default)
    press(desk.page, tr("Copy from {year}…", year=LAST_YEAR))
    assert desk.stored("1.2").unconfirmed == ()
    assert desk.stored("1.5").unconfirmed


def test_where_nothing_is_left_to_copy_the_page_says_so(desk_of: DeskOf, beside_last_year: Office) -> None:
    desk = desk_of(beside_last_year)
    desk.session.edit(copying.copy_forward)
    desk.page.notice.open_copy()
    assert "Không có gì để chép" in desk.page.notice.text()


def test_a_copied_criterion_is_confirmed_by_the_keyboard(desk_of: DeskOf, beside_last_year: Office) -> None:
    desk = desk_of(beside_last_year)
    copied(desk)
    desk.page.jump(desk.id("1.2"), Need.UNCONFIRMED)
    desk.settle()
    assert desk.focused() is desk.button(tr("Confirm this criterion"))
    desk.press(ENTER)
    assert desk.stored("1.2").unconfirmed == ()
    assert desk.focused() is desk.figures()[0], "the keyboard goes on to the sheet"
    desk.press(ENTER, Qt.KeyboardModifier.ControlModifier)
    assert desk.current() == "1.3", "Ctrl+Enter leads to the next one that waits"
    assert desk.focused() is desk.button(tr("Confirm this criterion"))


def test_one_part_is_confirmed_by_itself_or_by_entering_it_anew(
    desk_of: DeskOf, beside_last_year: Office
) -> None:
    last = filling.open_form(beside_last_year, LAST_YEAR)
    attaching.add_document(beside_last_year, last, last.sheet("1.2").criterion, paper_at())
    desk = desk_of(beside_last_year)
    copied(desk)
    desk.page.jump(desk.id("1.2"))
    desk.settle()
    press(desk.sheet, "One by one…")
    desk.settle()
    assert isinstance(focused := desk.focused(), QPushButton)
    assert focused.text() == tr("Confirm only: {part}", part=tr("figures"))
    press(desk.sheet, tr("Confirm only: {part}", part=tr("document “{name}”", name="Kế hoạch năm 2026")))
    assert desk.stored("1.2").unconfirmed == ("figures", "explanation")
    desk.figures()[0].setFocus()
    desk.write("7")
    desk.press(Qt.Key.Key_Tab)
    assert desk.stored("1.2").unconfirmed == ("explanation",)
    assert not any("Chỉ xác nhận" in each.text() for each in desk.shown(QPushButton))


def test_what_is_copied_does_not_count_as_scored_and_is_confirmed_before_the_lock(
    desk_of: DeskOf, beside_last_year: Office
) -> None:
    desk = desk_of(beside_last_year)
    copied(desk)
    total = desk.session.form.assessment.totals.overall
    waiting = sum(bool(sheet.unconfirmed) for sheet in desk.session.form.assessment.sheets.values())
    assert (total.scored, total.unconfirmed, waiting > 40) == (0, waiting, True)
    values = {"scored": 0, "all": total.to_score, "count": total.unconfirmed}
    said = tr("{scored} / {all} criteria scored, {count} not confirmed", **values)
    assert said in [each.text() for each in desk.page.head.findChildren(QLabel)]
    step = desk.page.top_line().step
    assert step is not None
    assert step.text == tr("Confirm anew ({count})…", count=waiting)
    step.run()
    desk.settle()
    assert desk.page.form.list.unconfirmed.button.isChecked()
    assert (desk.current(), desk.focused()) == ("1.1", desk.button(tr("Confirm this criterion")))


def test_the_page_of_the_hand_over_leads_back_to_what_is_not_confirmed(
    qtbot: QtBot, beside_last_year: Office
) -> None:
    session = Session(beside_last_year)
    session.edit(copying.copy_forward)
    asked: list[tuple[str, Need]] = []
    window = in_window(
        qtbot, lambda: HandOverPage(session, lambda _key: None, lambda *where: asked.append(where))
    )
    step = window.current_page().top_line().step
    assert step is not None
    step.run()
    assert asked == [(session.form.sheet("1.1").criterion.id, Need.UNCONFIRMED)]
    session.move(lambda office, form: locking.lock(office, form, "Chưa kịp rà"))
    step = window.current_page().top_line().step
    assert step is not None
    assert step.text == tr("Print for signature…"), "whoever locks for a reason goes on"
    window.close()


def test_on_a_low_screen_notices_take_a_line_each_and_a_figure_is_in_view(
    desk_of: DeskOf, beside_last_year: Office
) -> None:
    desk = desk_of(beside_last_year)
    copied(desk)
    desk.window.resize(911, 512)
    desk.go("1.2")
    desk.settle()
    area = desk.page.form.pane.findChild(QScrollArea)
    assert area is not None
    for part in (desk.button(tr("Confirm this criterion")), desk.figures()[0]):
        bottom = part.mapTo(area.viewport(), part.rect().bottomLeft()).y()
        assert bottom < area.viewport().height()
    guidance = desk.session.form.sheet("1.2").criterion.guidance
    assert guidance not in [each.text() for each in desk.shown(WrapLabel)]
    press(desk.sheet, "Guidance, documents required")
    assert guidance in [each.text() for each in desk.shown(WrapLabel)]


def test_two_notices_on_a_low_screen_leave_room_for_what_is_declared(
    desk_of: DeskOf, scene: Scene, tmp_path: Path
) -> None:
    office = scene.office("ban-ho-ready")
    receiving.take_in(office, [newer_kit_giving(scene.office("province"), tmp_path, "1/1/2025")])
    desk = desk_of(office)
    desk.window.resize(911, 512)
    desk.settle()
    told = desk.page.notice, desk.page.banner
    assert all(each.isVisible() and each.height() < 45 for each in told)
    assert "Tỉnh đã đổi số liệu ở 1 tiêu chí." in desk.page.banner.shown()
    guidance = desk.session.form.sheet(desk.current()).criterion.guidance
    assert guidance not in [each.text() for each in desk.shown(WrapLabel)]
    desk.window.resize(1366, 768)
    desk.settle()
    assert guidance in [each.text() for each in desk.shown(WrapLabel)]


def test_leaving_a_copied_sheet_untouched_confirms_nothing(desk_of: DeskOf, beside_last_year: Office) -> None:
    desk = desk_of(beside_last_year)
    copied(desk)
    desk.go("1.2")
    for _ in range(8):
        desk.press(Qt.Key.Key_Tab)
    desk.go("1.5")
    assert desk.stored("1.2").unconfirmed == ("figures", "explanation")


def test_the_tree_can_be_kept_to_what_waits(desk_of: DeskOf, beside_last_year: Office) -> None:
    desk = desk_of(beside_last_year)
    criteria = desk.page.form.list
    assert criteria.unconfirmed.isHidden()
    desk.session.edit(
        lambda office, form: copying.copy_forward(
            office, form, [form.sheet(code).criterion for code in ("1.2", "1.5")]
        )
    )
    box = criteria.unconfirmed.button
    assert box.accessibleName() == tr("Only what is not confirmed yet ({count})", count=2)
    box.setFocus()
    desk.press(Qt.Key.Key_Space)
    assert (desk.current(), criteria.place()) == ("1.2", (1, 2, 2))
    desk.press(Qt.Key.Key_Tab)
    assert desk.focused() is criteria.tree
    desk.page.jump(desk.id("1.2"), Need.UNCONFIRMED)
    desk.press(ENTER)
    assert (desk.current(), criteria.place()) == ("1.2", (1, 2, 2)), "what is confirmed stays in its place"
    desk.page.jump(desk.id("1.5"), Need.UNCONFIRMED)
    desk.press(ENTER)
    assert criteria.unconfirmed.isHidden()
    assert criteria.place()[1] > 2, "the filter ends with the last one"
    assert desk.current() == "1.5"


def test_on_a_locked_sheet_what_waits_is_only_read(desk_of: DeskOf, beside_last_year: Office) -> None:
    desk = desk_of(beside_last_year)
    copied(desk)
    desk.session.move(lambda office, form: locking.lock(office, form, "Chưa kịp rà"))
    desk.page.jump(desk.id("1.2"))
    desk.settle()
    assert not offered(desk.page, "Confirm this criterion")
    assert any("Chép từ năm 2025" in each.text() for each in desk.shown(WrapLabel))


# After the move.


def test_what_the_move_changed_is_marked_until_it_is_looked_at_or_changed(
    desk_of: DeskOf, begun: Office
) -> None:
    desk = desk_of(begun)
    before = desk.session.form.assessment.totals.overall.points
    desk.session.move(moving.move_form)
    criteria, note = desk.page.form.list, desk.page.form.moved
    after = desk.session.form.assessment.totals.overall.points
    change = f"{str(before).replace('.', ',')} → {str(after).replace('.', ',')}"
    assert change in desk.page.notice.shown()
    assert str(before).replace(".", ",") in desk.page.notice.text()
    assert criteria.moved.isVisible()
    assert states(desk)["1.8"] == tr("To be looked at"), "complete, and yet another maximum"
    assert states(desk)["1.3"] == tr("Not yet scored"), "what lacks comes first"
    step = desk.page.top_line().step
    assert step is not None
    assert step.text == tr("To be looked at ({count})…", count=3)
    step.run()
    assert [each.code for each in criteria._kept() if not each.children] == ["1.3", "1.8", "1.11"]
    assert desk.current() == "1.3"
    desk.go("1.8")
    assert "Điểm tối đa: 1,00 → 1,50" in note.text()
    press(note, "Looked at")
    assert note.isHidden()
    assert QApplication.focusWidget() is not None
    assert states(desk)["1.8"] != tr("To be looked at")
    change_note(desk, "1.11")
    assert set(desk.page._to_see) == {desk.id("1.3")}, "who changes it has looked at it"
    change_note(desk, "1.3")
    assert criteria.moved.isHidden()
    step = desk.page.top_line().step
    assert step is not None
    assert step.text == tr("Lock the figures…")


def test_what_was_looked_at_is_remembered(desk_of: DeskOf, begun: Office) -> None:
    desk = desk_of(begun)
    desk.session.move(moving.move_form)
    desk.go("1.8")
    press(desk.page.form.moved, "Looked at")
    later = desk_of(begun)
    assert {later.id("1.3"), later.id("1.11")} == set(later.page._to_see)
    last = moving.last_move(begun, later.session.form)
    assert last is not None
    assert last.can_undo, "looking changes nothing"
    lines = reading_journal.read(begun).lines
    assert tr(lines[-1].words) == tr(
        "looked at {criterion} after the form of {year} was moved", criterion="1.8", year="2026"
    )


def test_an_empty_form_begins_with_the_first_answer_or_last_years(
    desk_of: DeskOf, beside_last_year: Office, scene: Scene
) -> None:
    desk = desk_of(scene.office("ta-van"))
    step = desk.page.top_line().step
    assert step is not None
    assert step.text == tr("Begin to score…")
    desk.go("1.5")
    step.run()
    assert desk.current() == "1.1"
    beside = desk_of(beside_last_year)
    step = beside.page.top_line().step
    assert step is not None
    assert step.text == tr("Copy from {year}…", year=LAST_YEAR)
    in_dialog(default)
    step.run()
    waiting = sum(bool(sheet.unconfirmed) for sheet in beside.session.form.assessment.sheets.values())
    words = [each.text() for each in beside.page.head.findChildren(QLabel)]
    assert any(tr("{count} not confirmed", count=waiting) in each for each in words), "one number everywhere"
    step = beside.page.top_line().step
    assert step is not None
    assert step.text == tr("Confirm anew ({count})…", count=waiting)


def test_copying_has_words_of_its_own(desk_of: DeskOf, beside_last_year: Office) -> None:
    desk = desk_of(beside_last_year)
    dialog = CopyDialog(desk.window, desk.session)
    horizontal = Qt.Orientation.Horizontal
    assert dialog.table.rows.headerData(2, horizontal) == tr("What copying does")
    dialog.reject()


def states(desk: Desk) -> dict[str, str]:
    """The state of each criterion as the list shows it."""
    model = desk.page.form.list._model
    assert model is not None
    found = {}
    for index in model.indexes():
        found[model.criterion(index).code] = str(index.siblingAtColumn(3).data())
    return found


def change_note(desk: Desk, code: str) -> None:
    """Write a note to a criterion."""
    desk.session.edit(
        lambda office, form: filling.set_text(office, form, form.sheet(code).criterion, "note", "Đã xem")
    )
