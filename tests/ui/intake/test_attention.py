"""What comes out otherwise than locked is seen before it is taken in, in the list, at the unit, in its form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from parindex_desktop.domain.units import Level
from parindex_desktop.services import filling, giving, receiving, register
from tests.offices import YEAR, changed, forged, revision_in
from tests.ui.hands import press
from ui.intake.board import View
from ui.language import tr
from ui.widgets.notices import Banner

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from tests.offices import Scene
    from tests.ui.intake.counter import Counter


@pytest.fixture
def lie(scene: Scene, tmp_path: Path) -> Path:
    """What Tả Van handed over, with other points in its lock."""
    office = scene.office("ta-van")
    revision = revision_in(scene.file("ta-van-1.cchc"))
    lock: Any = revision.entries["lock"].value
    criterion = filling.open_form(office).sheet("1.2").criterion.id
    lock = {**lock, "points": {**lock["points"], criterion: "77.77"}}
    return forged(office, changed(revision, {"lock": lock}), tmp_path / "lie.cchc")


def banners(part: QWidget) -> str:
    return "\n".join(each.text() for each in part.findChildren(Banner) if each.isVisible())


def test_other_points_are_seen_wherever_the_unit_is(counter: Counter, lie: Path) -> None:
    page = counter.page
    counter.check(lie)
    assert "77,77" in banners(page.desk.pane)
    assert page.desk.table.rows.cell(0, 2).note == tr("points computed otherwise: {count}", count=1)
    page.desk.taken_in.emit()
    counter.settle()
    page.desk.dismissed.emit()
    counter.settle()
    page.overview.show_view(View.ATTENTION)
    assert [code for code, _ in counter.units()] == ["03002"]
    counter.choose("03002")
    assert page.overview.pane.notice.shown() == "Điểm tính lại khác: 1"
    press(page.overview.pane.notice, "Details")
    assert "77,77" in page.overview.pane.notice.shown()
    counter.window.resize(911, 512)
    page.overview.pane.open_form()
    assert page.form.view.list.tree.isColumnHidden(1), "titles need the room"
    assert "77,77" in banners(page.form)
    page.form.view.list.choose(filling.open_form(counter.scene.office("ta-van")).sheet("1.2").criterion.id)
    assert banners(page.form).count("77,77") == 2


def test_an_honest_bundle_needs_no_attention(counter: Counter, scene: Scene) -> None:
    counter.check(scene.file("ta-van-1.cchc"))
    assert banners(counter.page.desk.pane) == ""
    assert counter.page.desk.table.rows.cell(0, 2).note == ""


def test_figures_given_anew_are_seen_before_the_bundle_is_taken_in(counter: Counter, scene: Scene) -> None:
    province = counter.session.office
    (board,) = giving.boards(province, YEAR)
    unit = register.current_kit(province).unit_of_code("03002").id
    giving.give(province, YEAR, {(unit, *board.figure("3.7", "denominator").key): "4321"})
    counter.check(scene.file("ta-van-1.cchc"))
    assert "4.321" in banners(counter.page.desk.pane)
    assert counter.page.desk.table.rows.cell(0, 2).note == tr("given figures changed: {count}", count=1)


def test_notices_of_a_unit_fold_so_that_its_points_are_in_view(counter: Counter, scene: Scene) -> None:
    province = counter.session.office
    (board,) = giving.boards(province, YEAR)
    unit = register.current_kit(province).unit_of_code("03002").id
    receiving.take_in(province, [scene.file("ta-van-1.cchc")])
    giving.give(province, YEAR, {(unit, *board.figure("3.7", "denominator").key): "4321"})
    counter.session.reload()
    counter.settle()
    pane = counter.page.overview.pane
    counter.choose("03002")
    assert tr("given figures changed: {count}", count=1).casefold() == pane.notice.shown().casefold()
    button = next(each for each in pane.notice.findChildren(QPushButton) if each.text() == tr("Details"))
    button.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert "4.321" in pane.notice.shown()
    assert QApplication.focusWidget() is button
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert "4.321" not in pane.notice.shown()
    counter.choose("03001")
    assert not button.isVisible()  # nothing came, so nothing is below


def test_units_without_a_set_are_named_below_the_list(counter: Counter) -> None:
    overview = counter.page.overview
    assert overview.facts.text().startswith("Năm 2026: ")
    assert overview.left_out.isHidden()
    register.add_unit(counter.session.office, register.NewUnit("T01", "Công an tỉnh", Level.CENTRAL))
    counter.session.reload()
    counter.settle()
    assert "T01 Công an tỉnh" in overview.left_out.text()
    assert not overview.left_out.isHidden()
