"""The page as a whole: totals, what lacks, walking, searching, undoing, locking; all by the keyboard."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from parindex_desktop.domain.needs import Need
from parindex_desktop.domain.scoring.answers import Answer, Applicability
from parindex_desktop.domain.units import Level, Unit
from parindex_desktop.services import ending_units, filling, handing_over, kits, locking, receiving, register
from tests.offices import quiet
from tests.ui.form.desk import CONTROL, Desk
from tests.ui.hands import press
from tests.ui.offices import PASSPHRASE, fill, lock_and_sign
from ui.form.lacking import LackingList
from ui.form.texts import TextsSection
from ui.language import tr
from ui.session import Session
from ui.widgets import signs
from ui.widgets.chips import Chip
from ui.widgets.fields import NumberEdit, TextArea
from ui.widgets.notices import Banner, EmptyState

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication as App
    from pytestqt.qtbot import QtBot

    from parindex_desktop.services.homes import Office


def figures(desk: Desk, code: str, *typed: str) -> None:
    desk.go(code)
    for text in typed:
        desk.write(text)
        desk.press(Qt.Key.Key_Tab)


def head(desk: Desk) -> list[str]:
    return [label.text() for label in desk.page.head.findChildren(QLabel)]


def test_the_head_line_says_from_when_figures_are_counted_if_not_for_the_whole_year(desk: Desk) -> None:
    unit = Unit("u", "1", "Xã", Level.COMMUNE, None, valid_from=dt.date(2026, 7, 1))
    counted = unit.counted_in_part(2026)
    assert counted is not None
    assert tr(counted) not in head(desk)
    desk.page.head.show_assessment(desk.session.form.assessment, counted)
    assert tr(counted) in head(desk)


def test_that_the_year_cannot_be_compared_is_said_in_brief_and_told_when_asked(
    qtbot: QtBot, province: Office, commune: Office, dressed: App, tmp_path: Path
) -> None:
    own = register.current_kit(commune).units[filling.open_form(commune).series.series.author]
    other = next(
        unit for unit in register.units(province) if unit.level is own.level and unit.code != own.code
    )
    ending_units.end_units(province, ending_units.Ending((other.code,), dt.date(2026, 6, 30), (own.code,)))
    kits.export_kit(province, PASSPHRASE, tmp_path / "kit.cchc", quiet)
    receiving.take_in(commune, [tmp_path / "kit.cchc"])
    page = Desk(qtbot, Session(commune), {}).page
    assert page.comparison.isHidden()
    assert page.head.comparison.text() == tr("Cannot be compared with {before}", before="2025")
    page.head.comparison.setFocus()
    QTest.keyClick(page.head.comparison, Qt.Key.Key_Space)
    assert other.name in page.comparison.text()
    page.refresh()
    assert page.comparison.isVisible()


def test_nothing_is_said_of_years_that_can_be_compared(desk: Desk) -> None:
    assert desk.page.head.comparison.isHidden()


def test_the_head_line_says_how_far_it_is(desk: Desk) -> None:
    figures(desk, "3.7", "456", "1200")
    total = desk.session.form.assessment.totals.overall
    assert "1,43" in head(desk)
    assert tr("/ {maximum} points self-scored", maximum=total.maximum) in head(desk)
    assert tr("{percent}%", percent=total.percentage) in head(desk)
    assert tr("{scored} / {all} criteria scored", scored=1, all=total.to_score) in head(desk)
    count = len(desk.session.form.assessment.lacking())
    assert desk.page.head.lacking.accessibleName() == tr("{count} still lacking", count=count)


def test_what_lacks_is_listed_by_its_weight_and_leads_to_its_place(desk: Desk) -> None:
    figures(desk, "3.7", "456", "1200")
    figures(desk, "1.3", "4")
    desk.page.head.lacking.click()
    popup = desk.page.findChild(LackingList)
    assert popup is not None
    desk.qtbot.waitUntil(popup.isVisible)
    model = popup.view.model()
    first = model.index(0, 0)
    assert model.data(model.index(0, 0, first)).startswith("1.3 ")
    assert model.data(model.index(1, 0, first)).startswith("3.7 ")
    QTest.keyClick(popup.view, Qt.Key.Key_Down)
    QTest.keyClick(popup.view, Qt.Key.Key_Return)
    assert popup.isHidden()
    desk.window.activateWindow()
    desk.qtbot.waitUntil(desk.window.isActiveWindow)
    assert desk.current() == "3.7"
    assert desk.view.evidence is not None
    assert desk.focused() is desk.view.evidence.zone.button


def test_the_list_of_what_lacks_keeps_what_a_model_promises(desk: Desk, qtmodeltester: object) -> None:
    desk.page.head.lacking.click()
    popup = desk.page.findChild(LackingList)
    assert popup is not None
    qtmodeltester.check(popup.view.model())  # type: ignore[attr-defined]  # pytest-qt's fixture
    QTest.keyClick(popup.view, Qt.Key.Key_Escape)
    assert popup.isHidden()


def test_nothing_lacks_when_all_is_filled(desk: Desk) -> None:
    desk.session.edit(fill)
    assert desk.page.head.lacking.accessibleName() == tr("Nothing lacks")
    assert not desk.page.head.lacking.isEnabled()


def test_control_and_arrows_walk_through_the_criteria_and_keep_the_keyboard_in_the_sheet(desk: Desk) -> None:
    desk.go("1.3")
    desk.write("3")
    desk.press(Qt.Key.Key_Down, CONTROL)
    assert desk.current() == "1.4.1"
    assert desk.stored("1.3").answer.inputs == {"count": "3"}
    assert desk.page.form.pane.isAncestorOf(desk.focused())
    desk.press(Qt.Key.Key_Up, CONTROL)
    assert desk.current() == "1.3"
    assert [field.text() for field in desk.figures()] == ["3"]


def test_walking_stops_at_both_ends(desk: Desk) -> None:
    desk.go("1.1")
    desk.press(Qt.Key.Key_Up, CONTROL)
    assert desk.current() == "1.1"
    desk.page.form.list.choose(desk.id("8.4"))
    desk.press(Qt.Key.Key_Down, CONTROL)
    assert desk.current() == "8.4"


def test_the_buttons_below_walk_too_and_count_the_criteria(desk: Desk) -> None:
    desk.go("1.2")
    desk.button(tr("Next ›")).click()
    assert desk.current() == "1.3"
    desk.button(tr("‹ Previous")).click()
    assert desk.current() == "1.2"
    count = len(list(desk.session.form.criteria.leaves()))
    to_score = desk.session.form.assessment.totals.overall.to_score
    assert to_score < count
    template = "Criterion {number} of {count} ({all} to be self-scored)"
    assert tr(template, number=2, count=count, all=to_score) in words_below(desk)
    desk.page.search("3.7")
    assert tr("Criterion {number} of {count}", number=1, count=1) in words_below(desk)


def words_below(desk: Desk) -> list[str]:
    return [label.text() for label in desk.page.form.pane.findChildren(QLabel)]


def test_control_and_enter_leads_to_the_next_that_lacks_something(desk: Desk) -> None:
    desk.session.edit(fill)
    for code in ("2.2", "5.4"):
        criterion = desk.session.form.criteria.by_code(code)
        desk.session.edit(
            lambda office, form, criterion=criterion: filling.set_text(
                office, form, criterion, "explanation", ""
            )
        )
    desk.go("1.1")
    seen = []
    for _ in range(3):
        desk.press(Qt.Key.Key_Return, CONTROL)
        assert desk.view.evidence is not None
        assert desk.focused() is desk.view.evidence.zone.button
        seen.append(desk.current())
    assert seen == ["2.2", "5.4", "2.2"]


def test_arrows_in_the_list_choose_and_a_heading_shows_its_sum(desk: Desk) -> None:
    figures(desk, "1.3", "3")
    desk.page.form.list.choose(desk.id("1"))
    desk.page.form.list.tree.setFocus()
    total = desk.session.form.assessment.totals.by_id[desk.id("1")]
    words = tr(
        "{points} / {maximum} points self-scored ({percent})",
        points=total.points,
        maximum=total.maximum,
        percent=tr("{percent}%", percent=total.percentage),
    )
    assert words in [label.text() for label in desk.shown(QLabel)]
    desk.press(Qt.Key.Key_Down)
    assert desk.current() == "1.1"


def test_what_is_open_stays_open_when_figures_come_in(desk: Desk) -> None:
    tree = desk.page.form.list.tree
    desk.go("3.7")
    desk.page.form.list.choose(desk.id("1.3"))
    opened = [row for row in range(8) if tree.isExpanded(tree.model().index(row, 0))]
    assert opened == [0, 2]
    figures(desk, "1.3", "3")
    assert [row for row in range(8) if tree.isExpanded(tree.model().index(row, 0))] == opened
    assert desk.current() == "1.3"


# Search.


def look_for(desk: Desk, words: str) -> None:
    desk.press(Qt.Key.Key_F, CONTROL)
    desk.write(words)


def listed(desk: Desk) -> list[str]:
    tree = desk.page.form.list.tree
    codes = []
    index = tree.model().index(0, 0)
    if tree.isRowHidden(0, index.parent()):
        index = tree.indexBelow(index)
    while index.isValid():
        codes.append(index.data().split(" ")[0])
        index = tree.indexBelow(index)
    return codes


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("so hoa ket qua", ["3", "3.7"]),
        ("ANH CHUP noi niem yet", ["3", "3.1"]),
        ("4.5", ["4", "4.5"]),
        ("biên bản kiểm tra", ["1", "1.4", "1.4.1"]),
    ],
)
def test_search_ignores_accents_and_looks_into_documents(desk: Desk, words: str, found: list[str]) -> None:
    look_for(desk, words)
    assert listed(desk) == found
    assert desk.current() == found[-1]


def test_a_heading_that_is_found_brings_what_is_below_it(desk: Desk) -> None:
    look_for(desk, "tự kiểm tra")
    assert listed(desk)[:4] == ["1", "1.4", "1.4.1", "1.4.2"]


def test_what_was_being_typed_is_saved_by_searching(desk: Desk) -> None:
    desk.go("1.3")
    desk.write("3")
    look_for(desk, "số hóa")
    assert desk.stored("1.3").answer.inputs == {"count": "3"}


def test_a_search_without_a_match_says_so_and_leaves_the_sheet(desk: Desk) -> None:
    desk.go("1.3")
    look_for(desk, "không có gì như vậy")
    assert listed(desk) == []
    words = tr("No criterion has these words. Escape ends the search.")
    assert words in [label.text() for label in desk.page.findChildren(QLabel) if label.isVisible()]
    assert desk.current() == "1.3"
    desk.press(Qt.Key.Key_Escape)
    assert len(listed(desk)) > 8
    assert desk.current() == "1.3"


def test_walking_stays_within_what_is_found_and_a_jump_ends_the_search(desk: Desk) -> None:
    look_for(desk, "kế hoạch CCHC năm")
    desk.press(Qt.Key.Key_Return)
    assert desk.focused() is desk.page.form.list.tree
    assert desk.current() == "1.1"
    desk.press(Qt.Key.Key_Down, CONTROL)
    assert desk.current() == "1.2"
    desk.press(Qt.Key.Key_Down, CONTROL)
    assert desk.current() == "1.2"
    desk.go("8.2")
    assert desk.current() == "8.2"
    assert "8.2" in listed(desk)


# Undo.


def test_undo_takes_an_edit_back_and_shows_where(desk: Desk) -> None:
    figures(desk, "1.3", "3")
    figures(desk, "3.4", "90")
    desk.go("5.1")
    QTest.keyClick(desk.window, Qt.Key.Key_Z, CONTROL)
    assert (desk.current(), desk.stored("3.4").answer.inputs) == ("3.4", {})
    assert desk.figures()[0].text() == ""
    QTest.keyClick(desk.window, Qt.Key.Key_Z, CONTROL)
    assert (desk.current(), desk.stored("1.3").answer.inputs) == ("1.3", {})
    assert not desk.session.can_undo
    QTest.keyClick(desk.window, Qt.Key.Key_Y, CONTROL)
    QTest.keyClick(desk.window, Qt.Key.Key_Z, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert desk.stored("1.3").answer.inputs == {"count": "3"}


# The year's steps.


def test_the_top_line_says_where_the_work_stands_and_leads_on(desk: Desk, tmp_path: Path) -> None:
    steps = []

    def look() -> None:
        line = desk.page.top_line()
        assert line.state is not None
        steps.append((tr(line.state), line.step.text if line.step else ""))

    look()
    assert desk.page.top_line().note == tr(
        "Self-scoring until {date} · {days} days left", date=_deadline(desk), days=25
    )
    desk.session.edit(fill)
    desk.session.move(locking.lock)
    look()
    desk.session.move(lambda office, form: locking.unlock(office, form, "Sửa số liệu"))
    desk.session.move(lock_and_sign)
    look()
    desk.session.move(
        lambda office, form: handing_over.hand_over(office, form, PASSPHRASE, tmp_path / "goi.cchc")[0]
    )
    look()
    assert steps == [
        (tr("Self-scoring"), tr("Begin to score…")),
        (tr("Figures locked"), tr("Print for signature…")),
        (tr("Signed, to be handed over"), tr("Hand over…")),
        (tr("Handed over (hand-over {times})", times=1), ""),
    ]
    desk.session.move(lambda office, form: locking.unlock(office, form, "Sửa số liệu"))
    step = desk.page.top_line().step
    assert step is not None
    step.run()
    assert desk.asked == ["handover"]


def _deadline(desk: Desk) -> object:
    return desk.session.form.kit.periods[desk.session.form.year].self_assessment_to


def test_locked_figures_are_only_read(desk: Desk) -> None:
    desk.session.edit(fill)
    desk.go("1.7")
    desk.session.move(locking.lock)
    lock = desk.session.form.assessment.lock
    assert lock is not None
    assert lock.code in desk.page.banner.text()
    assert desk.shown(NumberEdit) == []
    assert [chip.sign() for chip in desk.shown(Chip)] == [signs.LOCKED]
    assert all(area.isReadOnly() for area in desk.shown(TextArea))
    assert desk.shown(TextsSection)
    buttons = {button.text() for button in desk.shown(QAbstractButton)}
    assert buttons == set()
    press(desk.page.banner, "To the hand-over")
    assert desk.asked == ["handover"]
    desk.session.move(lambda office, form: locking.unlock(office, form, "Sửa số liệu"))
    assert desk.page.banner.isHidden()
    assert len(desk.shown(NumberEdit)) == 2


def test_without_a_kit_the_page_teaches_the_way(qtbot: QtBot, newcomer: Office, dressed: App) -> None:
    desk = Desk(qtbot, Session(newcomer), {})
    (empty,) = desk.page.findChildren(EmptyState)
    assert empty.isVisible()
    (way,) = empty.findChildren(QAbstractButton)
    way.click()
    assert desk.asked == ["office"]
    desk.session.reload()
    assert len([each for each in desk.page.findChildren(EmptyState) if each.isVisible()]) == 1
    assert desk.page.top_line().step is None


def test_an_office_that_comes_back_finds_what_it_left(qtbot: QtBot, commune: Office, dressed: App) -> None:
    memory: dict[str, str] = {}
    first = Desk(qtbot, Session(commune), memory)
    first.go("3.7")
    first.write("456")
    first.window.close()
    second = Desk(qtbot, Session(commune), memory)
    assert second.current() == "3.7"
    assert second.figures()[0].text() == "456"


def test_differences_are_shown_and_not_settled_by_typing(
    qtbot: QtBot, commune: Office, second_machine: Office, tmp_path: Path, dressed: App
) -> None:
    for office, reports in ((commune, "3"), (second_machine, "4")):
        form = filling.open_form(office)
        criterion = form.criteria.by_code("1.3")
        form = filling.answer(
            office, form, criterion, Answer(Applicability.APPLICABLE, "", {"count": reports})
        )
        handing_over.export_draft(office, form, PASSPHRASE, tmp_path / f"{reports}.cchc")
    (taken,) = receiving.take_in(commune, [tmp_path / "4.cchc"])
    assert taken.differences == 1
    desk = Desk(qtbot, Session(commune), {})
    desk.page.jump(desk.id("1.3"), Need.UNSETTLED)
    assert desk.shown(NumberEdit) == []
    (banner,) = desk.shown(Banner)
    next(
        each for each in banner.findChildren(QAbstractButton) if each.text() == tr("Show the differences")
    ).click()
    assert desk.asked == ["differences"]
    assert desk.focused() is desk.page.form.list.tree


# Access.


def test_every_control_has_a_name_to_be_read_out(desk: Desk) -> None:
    desk.session.edit(fill)
    for code in ("1.1", "1.2", "2.1", "3.11", "4.5", "7.6"):
        desk.go(code)
        for widget in desk.page.findChildren(QWidget):
            takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
            if takes and widget.isVisible() and widget.focusProxy() is None:
                assert widget.accessibleName() or widget.property("text"), (code, widget)


def test_f6_walks_through_list_sheet_and_head(desk: Desk) -> None:
    desk.go("1.3")
    desk.page.form.list.tree.setFocus()
    assert QApplication.focusWidget() is desk.page.form.list.tree
    desk.press(Qt.Key.Key_F6)
    assert desk.page.form.pane.isAncestorOf(desk.focused())
    desk.press(Qt.Key.Key_F6)
    assert desk.focused() is desk.page.head.lacking


def test_leaving_the_page_saves_what_is_typed(desk: Desk) -> None:
    desk.go("1.3")
    desk.write("3")
    desk.window.open_page("other")
    assert desk.stored("1.3").answer.inputs == {"count": "3"}
