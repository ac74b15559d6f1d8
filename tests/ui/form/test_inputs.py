"""What is asked is saved when its field is left; the points follow while one types; nothing typed is lost."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLineEdit, QRadioButton

from parindex_desktop.domain.numbers import exact
from parindex_desktop.domain.scoring.answers import Applicability
from parindex_desktop.domain.scoring.inputs import InputKind, InputSpec, read_input
from parindex_desktop.domain.scoring.outcome import OutcomeState
from tests.ui.form.desk import CONTROL
from ui.form.wording import field_text
from ui.language import tr
from ui.widgets.dates import DateEdit
from ui.widgets.fields import NumberEdit

if TYPE_CHECKING:
    from tests.ui.form.desk import Desk


@given(st.decimals(0, 10**12, places=2))
def test_a_stored_amount_is_shown_so_that_it_is_read_as_the_same(value: Decimal) -> None:
    spec = InputSpec("amount", "Số tiền", InputKind.AMOUNT)
    assert read_input(spec, field_text(spec, exact(value))) == exact(value)


@given(st.integers(0, 10**15 - 1))
def test_a_stored_count_is_shown_so_that_it_is_read_as_the_same(value: int) -> None:
    spec = InputSpec("count", "Số lượng", InputKind.COUNT)
    assert read_input(spec, field_text(spec, str(value))) == str(value)


def test_figures_are_saved_when_their_field_is_left(desk: Desk) -> None:
    desk.go("3.7")
    desk.write("456")
    assert desk.stored("3.7").answer.inputs == {}
    desk.press(Qt.Key.Key_Tab)
    assert desk.stored("3.7").answer.inputs == {"numerator": "456"}
    desk.write("1200")
    desk.press(Qt.Key.Key_Return)
    assert desk.stored("3.7").answer.inputs == {"numerator": "456", "denominator": "1200"}
    assert [field.text() for field in desk.figures()] == ["456", "1.200"]


def test_the_points_follow_while_one_types_and_nothing_is_stored_by_it(desk: Desk) -> None:
    desk.go("1.3")
    desk.write("3")
    assert desk.points() == tr(
        "{count} × {each} = {points} points", count=3, each=Decimal("0.50"), points=Decimal("1.50")
    )
    assert desk.stored("1.3").outcome.state is OutcomeState.UNSCORED
    desk.press(Qt.Key.Key_Escape)
    assert desk.points() == tr(desk.stored("1.3").outcome.reason)


def test_what_cannot_be_read_is_told_under_its_field_and_the_last_figure_holds(desk: Desk) -> None:
    desk.go("1.3")
    desk.write("3")
    desk.press(Qt.Key.Key_Tab)
    desk.go("1.3")
    desk.write("3a")
    assert desk.faults() == []
    desk.press(Qt.Key.Key_Tab)
    (fault,) = desk.faults()
    assert "3a" in fault
    assert [field.text() for field in desk.figures()] == ["3a"]
    assert desk.stored("1.3").answer.inputs == {"count": "3"}
    assert desk.points() == tr(desk.stored("1.3").outcome.reason)


@pytest.mark.parametrize(("code", "typed"), [("1.3", "ba"), ("1.1", "32/13/2026"), ("1.1", "1/1/1800")])
def test_what_cannot_be_read_is_still_there_when_the_officer_comes_back(
    desk: Desk, code: str, typed: str
) -> None:
    desk.go(code)
    desk.write(typed)
    desk.go("1.2")
    desk.go(code)
    field = desk.focused()
    assert isinstance(field, QLineEdit)
    assert field.text() == typed
    assert len(desk.faults()) == 1
    desk.press(Qt.Key.Key_Escape)
    assert field.text() == ""
    assert desk.faults() == []


def test_a_fault_goes_as_soon_as_the_figure_can_be_read(desk: Desk) -> None:
    desk.go("1.3")
    desk.write("3a")
    desk.press(Qt.Key.Key_Return)
    assert desk.faults()
    desk.write("2")
    assert desk.faults() == []
    desk.press(Qt.Key.Key_Return)
    assert desk.stored("1.3").answer.inputs == {"count": "2"}


def test_a_figure_that_contradicts_another_is_stored_and_the_box_says_why_it_does_not_count(
    desk: Desk,
) -> None:
    desk.go("3.7")
    for figure in ("1300", "1200"):
        desk.write(figure)
        desk.press(Qt.Key.Key_Tab)
    assert desk.stored("3.7").outcome.state is OutcomeState.FAULTY
    assert desk.points() == tr(desk.stored("3.7").outcome.reason)


def test_emptying_a_field_clears_its_figure(desk: Desk) -> None:
    desk.go("1.3")
    desk.write("3")
    desk.press(Qt.Key.Key_Return)
    desk.press(Qt.Key.Key_A, CONTROL)
    desk.press(Qt.Key.Key_Delete)
    desk.press(Qt.Key.Key_Return)
    assert desk.stored("1.3").answer.inputs == {}


def test_met_or_not_met_is_picked_by_the_keyboard(desk: Desk) -> None:
    desk.go("2.1")
    met, not_met = desk.shown(QRadioButton)
    assert not met.isChecked()
    assert desk.focused() is met
    desk.press(Qt.Key.Key_Space)
    assert desk.stored("2.1").answer.inputs == {"answer": "yes"}
    desk.press(Qt.Key.Key_Right)
    desk.press(Qt.Key.Key_Space)
    assert desk.stored("2.1").answer.inputs == {"answer": "no"}
    assert not_met.isChecked()
    desk.button(tr("Clear the answer")).click()
    assert desk.stored("2.1").answer.inputs == {}
    assert not any(each.isChecked() for each in (met, not_met))


def test_one_of_several_options_is_picked(desk: Desk) -> None:
    desk.go("7.6")
    desk.shown(QRadioButton)[1].click()
    assert desk.stored("7.6").answer.inputs == {"choice": "kept"}
    assert desk.stored("7.6").outcome.points == Decimal("0.75")


def test_ticking_one_item_says_that_the_others_are_not_met(desk: Desk) -> None:
    desk.go("3.11")
    first, second, _ = desk.shown(QCheckBox)
    assert desk.focused() is first
    desk.press(Qt.Key.Key_Tab)
    assert desk.focused() is second
    desk.press(Qt.Key.Key_Space)
    assert desk.stored("3.11").answer.inputs == {"staff": "no", "equipment": "yes", "notice": "no"}
    assert desk.stored("3.11").outcome.points == Decimal("0.50")


def test_that_no_item_is_met_can_be_said_too(desk: Desk) -> None:
    desk.go("3.11")
    desk.button(tr("None of these is met")).click()
    assert desk.stored("3.11").outcome.points == Decimal("0.00")


def test_a_day_or_what_stands_instead_of_it(desk: Desk) -> None:
    desk.go("1.1")
    event, own = desk.shown(DateEdit)
    desk.write("5.1.2026")
    desk.press(Qt.Key.Key_Tab)
    assert desk.stored("1.1").answer.inputs == {"event": "2026-01-05"}
    own.field.setFocus()
    desk.write("15012026")
    desk.press(Qt.Key.Key_Return)
    assert desk.stored("1.1").answer.inputs == {"event": "2026-01-05", "date": "2026-01-15"}
    (box,) = desk.shown(QCheckBox)
    box.click()
    assert desk.stored("1.1").answer.inputs["date"] == "not_done"
    assert not own.isEnabled()
    assert own.field.text() == ""
    box.click()
    assert "date" not in desk.stored("1.1").answer.inputs
    assert event.field.text() == "05/01/2026"


def test_not_applicable_needs_its_ground(desk: Desk) -> None:
    desk.go("4.5")
    applies, nothing, out = desk.shown(QRadioButton)
    assert applies.isChecked()
    out.click()
    assert desk.stored("4.5").outcome.state is OutcomeState.FAULTY
    assert desk.shown(NumberEdit) == []
    desk.write("Không được phân cấp trong năm")
    desk.press(Qt.Key.Key_Tab)
    assert desk.stored("4.5").outcome.state is OutcomeState.NOT_APPLICABLE
    assert desk.stored("4.5").answer.ground == "Không được phân cấp trong năm"
    nothing.click()
    assert desk.stored("4.5").answer.applicability is Applicability.NOTHING_AROSE
    applies.click()
    assert len(desk.shown(NumberEdit)) == 2
    assert desk.stored("4.5").outcome.state is OutcomeState.UNSCORED


def test_figures_come_back_when_the_criterion_applies_again(desk: Desk) -> None:
    desk.go("4.5")
    desk.write("3")
    desk.shown(QRadioButton)[1].click()
    desk.shown(QRadioButton)[0].click()
    assert desk.stored("4.5").answer.inputs == {"numerator": "3"}
    assert desk.figures()[0].text() == "3"


@pytest.mark.parametrize(
    ("code", "choices"), [("1.3", 0), ("4.4", 2 + 2), ("1.2", 2), ("4.5", 3), ("2.1", 2), ("3.4", 0)]
)
def test_only_what_the_set_allows_may_be_said(desk: Desk, code: str, choices: int) -> None:
    desk.go(code)
    assert len(desk.shown(QRadioButton)) == choices


@pytest.mark.parametrize("code", ["1.10", "8.1", "4.3"])
def test_what_is_not_self_scored_says_why_and_asks_for_nothing(desk: Desk, code: str) -> None:
    desk.go(code)
    assert desk.points() == tr(desk.stored(code).outcome.reason)
    assert desk.view.evidence is None
    assert desk.focused() is desk.page.form.list.tree


def test_tab_goes_through_a_sheet_in_reading_order(desk: Desk) -> None:
    desk.go("1.2")
    desk.page.form.list.tree.setFocus()
    seen = []
    for _ in range(8):
        QTest.keyClick(desk.focused(), Qt.Key.Key_Tab)
        seen.append(desk.focused().accessibleName() or desk.focused().property("text"))
    rule = desk.stored("1.2").criterion.inputs
    assert seen == [
        tr("Applicable"),
        rule[0].title,
        rule[1].title,
        tr("Choose files…"),
        tr("Document without a file…"),
        tr("Use a document that is here already…"),
        tr("Add an explanation"),
        tr("Add a reason"),
    ]
