"""Every kind of rule has its form, its lists, and a box where it is tried at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from parindex_desktop.domain.criteria_fields import Form
from parindex_desktop.domain.drafting import places
from parindex_desktop.domain.rule_ways import WAYS, way_named
from parindex_desktop.domain.units import Level
from tests.ui.authoring.desk import Desk, begun
from tests.ui.hands import press, write
from ui.authoring import grades
from ui.authoring.grades import GradesDialog
from ui.authoring.table_editor import TableEditor
from ui.form.points_box import PointsBox
from ui.language import tr
from ui.widgets.combo import ComboBox
from ui.widgets.fields import LineField, NumberEdit

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from parindex_desktop.domain.rule_ways import Way
    from ui.authoring.try_out import TryOut


def table(desk: Desk) -> TableEditor:
    return next(each for each in desk.editor.pane.findChildren(TableEditor) if each.isVisible())


def cells(desk: Desk, row: int) -> list[Any]:
    """The editors of a row, from left to right."""
    return [each.findChild(LineField) or each for each in table(desk)._rows[row].editors]


def trial(desk: Desk) -> TryOut:
    assert desk.editor.pane.rule is not None
    return desk.editor.pane.rule.try_out


def points(desk: Desk) -> str:
    (box,) = trial(desk).findChildren(PointsBox)
    assert box.isVisible()
    return box.text()


def figures(desk: Desk) -> list[NumberEdit]:
    return [each for each in trial(desk).findChildren(NumberEdit) if each.isVisible()]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)
def test_a_way_of_scoring_is_chosen_and_asks_for_its_fields(desk: Desk, way: Way) -> None:
    desk.go("1.2")
    desk.choose("Way of scoring", "manual" if way.name != "manual" else "count")
    desk.choose("Way of scoring", way.name)
    assert way.fixed.items() <= desk.node("1.2")["rule"].items()
    form = desk.editor.pane.rule._form  # type: ignore[union-attr]  # it is a criterion
    assert (list(form._parts) if form else []) == [each.key for each in way.fields]
    lacking = [each for each in way.fields if each.needed and each.default is None]
    assert len([each for each in desk.editor.work.faults if each.field[:1] == ("rule",)]) == len(lacking)
    desk.top("Undo")
    desk.top("Undo")
    assert desk.editor.work.faults == []


def test_choosing_another_way_keeps_what_both_have(desk: Desk) -> None:
    desk.go("1.2")
    rule = desk.node("1.2")["rule"]
    desk.choose("Way of scoring", "threshold")
    assert desk.shown(LineField, "Numerator").text() == rule["numerator"]
    desk.figure("Target (%)", "97,50")
    assert desk.node("1.2")["rule"]["target"] == "97.5"


def test_steps_are_written_row_by_row(desk: Desk) -> None:
    desk.go("1.2")
    desk.choose("Way of scoring", "steps_by_percentage")
    press(desk.editor.pane, "Add a row")
    assert QApplication.focusWidget() is cells(desk, 0)[0]
    for field, text in zip(cells(desk, 0), ("", "90", "2,00"), strict=True):
        write(field, text)
    press(desk.editor.pane, "Add a row")
    for field, text in zip(cells(desk, 1), ("50", "", "1"), strict=True):
        write(field, text)
    steps = [{"above": "90", "points": "2.00"}, {"at_least": "50", "points": "1.00"}]
    assert desk.node("1.2")["rule"]["steps"] == steps
    assert desk.editor.work.faults == []
    write(cells(desk, 0)[0], "90")
    assert desk.node("1.2")["rule"]["steps"][0] == {"at_least": "90", "points": "2.00"}
    assert cells(desk, 0)[1].text() == "", "a step is from a limit on, or above it"


def test_rows_move_and_go_and_the_keyboard_stays(desk: Desk) -> None:
    desk.page.edit(begun(desk.office, Level.COMMUNE))
    desk.go("1.6")
    before = desk.node("1.6")["rule"]["steps"]
    up, remove = table(desk)._rows[1].buttons
    up.setFocus()
    QTest.keyClick(up, Qt.Key.Key_Space)
    assert desk.node("1.6")["rule"]["steps"][:2] == [before[1], before[0]]
    assert any(
        tr("This step does not follow from the one before: steps go from the best to the worst.") in each
        for each in desk.faults()
    )
    assert QApplication.focusWidget() is table(desk)._rows[0].buttons[1], "it cannot go further up"
    remove = table(desk)._rows[-1].buttons[1]
    remove.setFocus()
    QTest.keyClick(remove, Qt.Key.Key_Space)
    assert len(desk.node("1.6")["rule"]["steps"]) == len(before) - 1
    assert QApplication.focusWidget() is table(desk)._rows[-1].buttons[1]


def test_the_last_row_that_goes_takes_the_list_with_it(desk: Desk) -> None:
    desk.go("1.1")
    assert desk.node("1.1")["rule"]["late"]
    while table(desk)._rows:
        press(table(desk), tr("Remove row {number}", number=len(table(desk)._rows)))
    assert "late" not in desk.node("1.1")["rule"]
    assert QApplication.focusWidget() is table(desk).add
    assert desk.editor.work.faults == []


def test_a_fault_of_a_row_is_told_below_it_with_its_column(desk: Desk) -> None:
    desk.go("1.1")
    write(cells(desk, 0)[1], "nhiều")
    title = tr("Share of the maximum (%)")
    assert any(each.startswith(f"{title}: ") and "nhiều" in each for each in desk.faults())
    desk.editor.jump(desk.editor.work.faults[0])
    assert QApplication.focusWidget() is cells(desk, 0)[1]


def test_items_get_names_that_nobody_sees(desk: Desk) -> None:
    desk.go("1.2")
    desk.choose("Way of scoring", "checklist")
    for title, worth in (("Có kế hoạch", "1"), ("Có báo cáo", "1")):
        press(desk.editor.pane, "Add a row")
        write(cells(desk, -1)[0], title)
        write(cells(desk, -1)[1], worth)
    assert desk.node("1.2")["rule"]["items"] == [
        {"id": "item1", "title": "Có kế hoạch", "points": "1.00"},
        {"id": "item2", "title": "Có báo cáo", "points": "1.00"},
    ]


def test_a_formula_is_written_with_its_figures_and_tried(desk: Desk) -> None:
    desk.go("1.2")
    desk.choose("Way of scoring", "formula")
    for name, title in (("tre", "Hồ sơ trễ hạn"), ("thu", "Có thư xin lỗi")):
        press(table(desk), "Add a row")
        write(cells(desk, -1)[0], name)
        write(cells(desk, -1)[1], title)
    desk.area("Formula of the points in all other cases", "thu / tree × maximum")
    assert any("tree" in each for each in desk.faults())
    desk.area("Formula of the points in all other cases", "thu / tre × maximum")
    assert desk.editor.work.faults == []
    for field, text in zip(figures(desk), ("4", "1"), strict=True):
        write(field, text)
    assert "0,50" in points(desk)


def test_the_options_of_a_figure_stand_only_where_it_is_a_choice(desk: Desk) -> None:
    desk.go("1.2")
    desk.choose("Way of scoring", "formula")
    press(table(desk), "Add a row")
    row = table(desk)._rows[0]
    assert row.editors[3].isHidden()
    box = row.editors[2].findChild(ComboBox)
    box.setCurrentIndex(box.findData("choice"))
    box.activated.emit(box.currentIndex())
    assert row.editors[3].isVisible()
    write(cells(desk, 0)[3], "lon = Lớn; Nhỏ")
    entry = desk.node("1.2")["rule"]["inputs"][0]
    assert entry["options"] == [{"id": "lon", "title": "Lớn"}, {"id": "nho", "title": "Nhỏ"}]
    box.setCurrentIndex(box.findData("count"))
    box.activated.emit(box.currentIndex())
    assert "options" not in desk.node("1.2")["rule"]["inputs"][0]


def test_a_deadline_is_a_day_and_a_month(desk: Desk) -> None:
    desk.go("1.1")
    desk.choose("Way of scoring", "deadline")
    desk.line("Last day (day/month)", "31/12")
    desk.choose("Of which year", -1)
    assert desk.node("1.1")["rule"]["due"] == {"day": "12-31", "year_offset": -1}
    desk.line("Last day (day/month)", "cuối năm")
    assert any("31/12" in each for each in desk.faults())


# Trying.


def test_the_rule_is_tried_with_the_inputs_of_the_form(desk: Desk) -> None:
    desk.go("1.2")
    desk.choose("Way of scoring", "threshold")
    assert trial(desk).outcome() is None
    desk.figure("Target (%)", "80")
    for field, text in zip(figures(desk), ("45", "50"), strict=True):
        write(field, text)
    assert "90,00%" in points(desk)
    assert "2,00" in points(desk)
    desk.figure("Target (%)", "95")
    assert "0,00" in points(desk), "it follows the rule while that is written"


def test_what_is_typed_wrongly_is_told_at_its_input(desk: Desk) -> None:
    desk.go("1.2")
    write(figures(desk)[0], "nhiều")
    assert any("nhiều" in each for each in desk.faults())
    before = desk.tree
    write(figures(desk)[0], "3")
    assert desk.tree == before, "nothing of a try is kept"


def test_nothing_of_one_try_is_left_for_the_next_criterion(desk: Desk) -> None:
    desk.go("1.2")
    write(figures(desk)[0], "45")
    desk.go("1.5")
    assert all(field.text() == "" for field in figures(desk))


def test_a_figure_that_differs_is_entered_and_tried_by_level(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.go("1.2")
    desk.choose("Way of scoring", "threshold")
    by_level = {"by_level": {"commune": "40", "district": "50"}}
    monkeypatch.setattr(grades, "ask_grades", lambda *_: (True, by_level))
    press(
        desk.editor.pane,
        tr("{field}: differs by kind of office or year…", field=tr("Target (%)")),
    )
    assert desk.node("1.2")["rule"]["target"] == by_level
    assert desk.editor.work.faults == []
    for field, text in zip(figures(desk), ("45", "100"), strict=True):
        write(field, text)
    assert "2,00" in points(desk)
    level = trial(desk).level
    assert level.isVisible()
    level.setCurrentIndex(level.findData("district"))
    level.activated.emit(level.currentIndex())
    assert "0,00" in points(desk)
    level.setCurrentIndex(level.findData("central"))
    level.activated.emit(level.currentIndex())
    assert points(desk) == tr("A figure of the rule has no value for this kind of office or this year.")


def test_a_roadmap_is_tried_by_year(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.go("1.2")
    desk.choose("Way of scoring", "threshold")
    roadmap = {"roadmap": {"2024": "40", "2028": "80"}}
    monkeypatch.setattr(grades, "ask_grades", lambda *_: (True, roadmap))
    press(desk.editor.pane, tr("{field}: differs by kind of office or year…", field=tr("Target (%)")))
    for field, text in zip(figures(desk), ("60", "100"), strict=True):
        write(field, text)
    assert "60,00%" in points(desk)
    assert "2,00" in points(desk), "2026 is half way"
    year = trial(desk).year
    year.setCurrentIndex(year.findData(2027))
    year.activated.emit(year.currentIndex())
    assert "0,00" in points(desk)


@pytest.mark.parametrize(("kind", "typed"), [("survey", "75"), ("sipas", "91")])
def test_the_survey_and_sipas_are_tried_by_their_percentage(desk: Desk, kind: str, typed: str) -> None:
    of_kind = (each.node for each in places(desk.tree) if each.node.get("rule", {}).get("kind") == kind)
    desk.go(next(of_kind)["code"])
    assert tr("Result in percent") in points(desk)
    write(figures(desk)[0], typed)
    assert trial(desk).outcome().points is not None  # type: ignore[union-attr]  # it can be tried


# Figures that differ.


def opened(qtbot: QtBot, value: Any) -> GradesDialog:
    field = next(each for each in way_named("threshold").fields if each.form is Form.PERCENT)
    dialog = GradesDialog(None, field, value)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


@pytest.mark.parametrize(
    "value",
    [
        None,
        "97.5",
        {"by_level": {"district": "50", "commune": "40"}},
        {"by_year": {"2025": "35", "2026": "40"}},
        {"roadmap": {str(year): str(year - 2000) for year in range(2020, 2030)}},
    ],
)
def test_the_figures_are_shown_as_they_are(qtbot: QtBot, value: Any, dressed: object) -> None:
    assert opened(qtbot, value).value() == value


def test_a_figure_for_each_kind_of_office(qtbot: QtBot, dressed: object) -> None:
    dialog = opened(qtbot, "50")
    dialog.way.setCurrentIndex(dialog.way.findData("by_level"))
    write(dialog.levels["district"], "50")
    write(dialog.levels["commune"], "37,5")
    dialog.accept()
    assert dialog.value() == {"by_level": {"district": "50", "commune": "37.5"}}


def test_each_figure_needs_its_year(qtbot: QtBot, dressed: object) -> None:
    dialog = opened(qtbot, None)
    dialog.way.setCurrentIndex(dialog.way.findData("roadmap"))
    year, figure = dialog.years[0]
    write(figure, "35")
    dialog.accept()
    assert dialog.isVisible()
    assert dialog._fault.isVisible()
    write(year, "25")
    dialog.accept()
    assert dialog.isVisible()
    write(year, "2025")
    dialog.accept()
    assert not dialog.isVisible()
    assert dialog.value() == {"roadmap": {"2025": "35"}}


def test_on_a_low_screen_what_the_figures_come_to_is_brought_into_view(qtbot: QtBot, desk: Desk) -> None:
    desk.go("1.2")
    desk.editor.pane.setFixedHeight(200)
    QApplication.processEvents()
    first, second = figures(desk)
    (box,) = trial(desk).findChildren(PointsBox)
    area = desk.editor.pane._area
    area.verticalScrollBar().setValue(0)
    area.ensureWidgetVisible(first, 0, 0)
    assert box.visibleRegion().isEmpty()
    for field, text in ((first, "10"), (second, "12")):
        write(field, text)
    qtbot.waitUntil(lambda: box.visibleRegion().boundingRect() == box.rect())
