"""The list of units: narrowed by words, kind and block; entered and removed by hand."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from parindex_desktop.domain.unit_changes import NewUnit
from parindex_desktop.domain.units import Level
from parindex_desktop.services import enrolling, register
from parindex_desktop.services.removing_units import UnitWentOut
from parindex_desktop.services.unit_samples import Shape, write_sample
from tests.offices import UNITS, holdings, shipped_set, take_units
from tests.ui.hands import answer, offered, press, write
from tests.ui.units.listing import listed, shown
from ui.language import tr
from ui.units import (
    unit_dialog,
)
from ui.widgets.labels import WrapLabel

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from parindex_desktop.services.homes import Office
    from tests.offices import Scene
    from ui.units.page import UnitsPage


def test_units_stand_in_order_with_the_state_of_their_keys(
    page: UnitsPage, qtmodeltester: ModelTester
) -> None:
    assert listed(page) == {"03001": tr("Enrolled"), "03002": tr("Enrolled"), "03003": tr("No key yet")}
    assert page.facts.text() == tr("{units} units · {enrolled} with a key", units=3, enrolled=2)
    assert page.table.rows.cell(0, 5).note == tr("{count} machines", count=2)
    qtmodeltester.check(page.table.rows)


def test_the_selected_unit_shows_its_key_codes(page: UnitsPage, scene: Scene) -> None:
    codes = [enrolling.spoken_key(scene.office(name)) for name in ("ban-ho", "ban-ho-2")]
    shown_codes = [value for _, value in page.card.keys.lines()]
    assert set(codes) <= set(shown_codes)


def test_search_finds_without_accents_and_says_when_nothing_fits(page: UnitsPage) -> None:
    page.search("muong bo")
    assert list(listed(page)) == ["03003"]
    page.search("zz")
    assert listed(page) == {}
    assert page.card.title.text() == ""
    assert not offered(page.card, "Change…")
    assert not page.table.isVisible()
    page.search("")
    assert len(listed(page)) == 3


def test_a_search_makes_nothing_anew(qtbot: QtBot, page: UnitsPage) -> None:
    with qtbot.assertNotEmitted(page.table.rows.modelReset):
        for words in ("x", "xa", "xa muong", "zz", ""):
            page.search(words)
    assert page.card.title.text() == UNITS["03001"]


@pytest.fixture
def two_tiers(scene: Scene, tmp_path: Path) -> Office:
    """A province after its districts have ended."""
    office = scene.new("new", Level.PROVINCE, "Sở Nội vụ tỉnh Lào Cai")
    for shape in Shape:
        write_sample(shape, tmp_path / "mau.xlsx")
        take_units(office, tmp_path / "mau.xlsx")
    return office


def test_units_that_ended_are_listed_only_when_they_are_asked_for(
    open_page: Callable[[Office], UnitsPage], two_tiers: Office
) -> None:
    page = open_page(two_tiers)
    assert "088" not in listed(page)
    page.units.ended.setFocus()
    QTest.keyClick(page.units.ended, Qt.Key.Key_Space)
    assert listed(page)["088"] == tr("Ended")
    page.units.choose(register.current_kit(two_tiers).unit_of_code("088").id)
    assert not offered(page.card, "End, merge, divide…")


def test_units_are_narrowed_by_kind_and_block(
    open_page: Callable[[Office], UnitsPage], two_tiers: Office
) -> None:
    page = open_page(two_tiers)
    page.units.level.setFocus()
    QTest.keyClick(page.units.level, Qt.Key.Key_Down)
    assert set(listed(page)) == {"S01", "S02", "S03", "S05", "S06", "S09"}
    page.units.level.setCurrentIndex(0)
    page.units.block.setCurrentIndex(page.units.block.findData("Khối phường"))
    page.units.block.activated.emit(page.units.block.currentIndex())
    assert list(listed(page)) == ["03006"]
    page.search("khoi xa")
    assert listed(page) == {}
    hidden = register.current_kit(two_tiers).unit_of_code("088")
    page.search("")
    page.units.choose(hidden.id)
    assert page.card.title.text() == hidden.name


def test_the_card_says_what_a_unit_was_formed_from_and_that_years_cannot_be_compared(
    open_page: Callable[[Office], UnitsPage], two_tiers: Office
) -> None:
    criteria = register.import_set(
        two_tiers,
        json.dumps(
            json.loads(shipped_set()) | {"year": 2025, "name": "Bộ 2025"}, ensure_ascii=False
        ).encode(),
    )
    register.open_period(two_tiers, "2025", [criteria])
    page = open_page(two_tiers)
    page.units.choose(register.current_kit(two_tiers).unit_of_code("03006").id)
    said = page.card.facts.text().splitlines()
    assert any(line.startswith("Hình thành từ: 03001") for line in said)
    assert any(line.startswith("So 2025 với 2024: không so sánh được") for line in said)
    page.units.choose(register.current_kit(two_tiers).unit_of_code("03004").id)
    assert "không so sánh được" not in page.card.facts.text()


def test_without_units_the_page_teaches(open_page: Callable[[Office], UnitsPage], scene: Scene) -> None:
    page = open_page(scene.new("new", Level.PROVINCE, "Sở Nội vụ tỉnh Lai Châu"))
    assert not page.export.isEnabled()
    assert offered(page, "Take over from Excel…")
    step = page.top_line().step
    assert step is not None
    assert not step.enabled


def test_a_unit_is_added_and_selected(
    page: UnitsPage, province: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = register.NewUnit("03004", "Xã Y Tý", Level.COMMUNE)
    monkeypatch.setattr(unit_dialog, "ask_unit", lambda *_: register.add_unit(province, new))
    press(page, "Add a unit…")
    assert listed(page)["03004"] == tr("No key yet")
    assert page.card.title.text() == "Xã Y Tý"
    assert QApplication.focusWidget() is page.table


def test_a_unit_is_typed_by_keyboard(qtbot: QtBot, page: UnitsPage, province: Office) -> None:
    dialog = unit_dialog.UnitDialog(page, province)
    shown(qtbot, dialog)
    assert QApplication.focusWidget() is dialog.code
    write(dialog.code, " 03004 ")
    assert QApplication.focusWidget() is dialog.level
    write(dialog.name, "Xã Y Tý")
    press(dialog, "Add")
    unit = register.current_kit(province).unit_of_code("03004")
    assert (unit.name, unit.level, unit.parent) == ("Xã Y Tý", Level.COMMUNE, province.record.unit)


@pytest.mark.parametrize(("code", "name"), [("", "Xã Y Tý"), ("03004", ""), ("03001", "Xã Khác")])
def test_what_cannot_be_added_is_said_in_the_dialog(
    qtbot: QtBot, page: UnitsPage, province: Office, code: str, name: str
) -> None:
    before = register.units(province)
    dialog = unit_dialog.UnitDialog(page, province)
    shown(qtbot, dialog)
    write(dialog.code, code)
    write(dialog.name, name)
    press(dialog, "Add")
    assert dialog.fault()
    assert dialog.isVisible()
    assert register.units(province) == before
    dialog.name.setText("Xã Y Tý khác")
    assert not dialog.fault()


def test_changing_keeps_code_kind_and_id(qtbot: QtBot, page: UnitsPage, province: Office) -> None:
    before = register.units(province)[1]
    dialog = unit_dialog.UnitDialog(page, province, before)
    shown(qtbot, dialog)
    assert dialog.code.isReadOnly()
    write(dialog.name, "Phường Tả Van")
    press(dialog, "Save")
    after = register.units(province)[1]
    assert (after.id, after.code, after.name) == (before.id, before.code, "Phường Tả Van")


@pytest.fixture
def mistake(page: UnitsPage, province: Office) -> str:
    """The name of a unit that no kit has gone out with, selected."""
    unit = register.add_unit(province, register.NewUnit("03002x", "Xã Nhầm", Level.COMMUNE))
    page.activated()
    page.table.choose(unit.id)
    return unit.name


def test_a_unit_entered_by_mistake_is_removed_after_a_question(
    page: UnitsPage, mistake: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = answer(monkeypatch, yes=False)
    press(page.card, "Remove…")
    assert asked == [tr("Remove “{name}” from the list?", name=mistake)]
    assert "03002x" in listed(page)
    answer(monkeypatch)
    press(page.card, "Remove…")
    assert "03002x" not in listed(page)
    assert page.banner.text() == tr("“{name}” was removed.", name=mistake)
    assert page.card.title.text() == UNITS["03003"]  # the one that stood below it
    assert QApplication.focusWidget() is page.table


def test_when_the_last_of_the_list_is_removed_the_one_above_is_selected(
    page: UnitsPage, mistake: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch)
    page.search("03002")
    press(page.card, "Remove…")
    assert page.card.title.text() == UNITS["03002"]


def test_a_unit_that_went_out_is_not_removed_and_not_asked_about(
    page: UnitsPage, province: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = answer(monkeypatch)
    assert not offered(page.card, "Remove…"), "this one has a key"
    page.table.choose(register.current_kit(province).unit_of_code("03003").id)
    press(page.card, "Remove…")
    assert not asked
    assert page.banner.text() == tr(UnitWentOut(name=UNITS["03003"]))
    assert len(listed(page)) == 3


def test_that_a_code_becomes_final_is_said_where_it_is_typed(
    qtbot: QtBot, page: UnitsPage, province: Office
) -> None:
    said = tr(
        "Code and name as in the administrative list: the code is text, zeros at the front count. Once a kit "
        "with the unit has gone out, its code is final and never given to another; until then a unit that was "
        "entered by mistake can be removed."
    )
    dialog = unit_dialog.UnitDialog(page, province)
    shown(qtbot, dialog)
    assert any(label.text() == said for label in dialog.findChildren(WrapLabel))


def test_everything_about_a_unit_is_entered_by_hand(qtbot: QtBot, page: UnitsPage, province: Office) -> None:
    before = register.units(province)[0]
    dialog = unit_dialog.UnitDialog(page, province, before)
    shown(qtbot, dialog)
    write(dialog.block, "Khối xã")
    write(dialog.successors.line, "03002, 03003")
    for name, typed in (("valid_to", "30/6/2026"), ("counted_from", "01/01/2026")):
        write(dialog.days[name].field, typed)
    press(dialog, "Save")
    after = register.units(province)[0]
    assert (after.block, after.valid_to, after.counted_from) == (
        "Khối xã",
        dt.date(2026, 6, 30),
        dt.date(2026, 1, 1),
    )
    assert len(after.successors) == 2


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("valid_to", "31/2/2026", "31/2/2026"),
        ("valid_to", "30/06/2025", "01/07/2025"),
        ("successors", "99999", "99999"),
        ("successors", "03002", "ngày cuối cùng"),
    ],
)
def test_a_fault_is_told_at_its_field_and_nothing_is_changed(
    qtbot: QtBot, page: UnitsPage, province: Office, name: str, typed: str, said: str
) -> None:
    before = holdings(province.home)
    dialog = unit_dialog.UnitDialog(page, province, register.units(province)[0])
    shown(qtbot, dialog)
    write(dialog.days["valid_from"].field, "01/07/2025")
    write(dialog.successors.line if name == "successors" else dialog.days[name].field, typed)
    press(dialog, "Save")
    assert dialog.isVisible()
    told = [dialog.fault(), *(day.fault.text() for day in dialog.days.values())]
    assert any(said in each for each in told)
    assert holdings(province.home) == before


def test_a_block_that_nobody_has_yet_is_pointed_at_while_it_can_be_mended(
    qtbot: QtBot, page: UnitsPage, province: Office
) -> None:
    register.add_units(province, [NewUnit("03003", UNITS["03003"], Level.COMMUNE, block="Khối xã")])
    dialog = unit_dialog.UnitDialog(page, province)
    shown(qtbot, dialog)
    write(dialog.block, "Khối xa")
    assert "gần giống “Khối xã”" in dialog.fault()
    write(dialog.block, "Khối xã")
    assert dialog.fault() == ""
