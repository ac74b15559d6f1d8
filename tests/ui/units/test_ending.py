"""Units that end: closed, merged, divided or joined, and chosen for it from a list."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from parindex_desktop.services import register
from parindex_desktop.services.ending_units import Ending, end_units
from tests.offices import UNITS, holdings
from tests.ui.hands import answer, offered, press, write
from tests.ui.units.listing import listed, shown
from ui.language import tr
from ui.units import (
    choose_dialog,
    end_dialog,
    rows,
    unit_dialog,
)

if TYPE_CHECKING:
    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from parindex_desktop.services.homes import Office
    from ui.units.page import UnitsPage


def test_a_unit_is_ended_from_its_card(
    page: UnitsPage, province: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    ending = Ending(("03001",), dt.date(2026, 6, 30), ("03002",))
    monkeypatch.setattr(end_dialog, "ask_ending", lambda *_: end_units(province, ending))
    press(page.card, "End, merge, divide…")
    assert page.banner.text() == tr(
        "{count} unit(s) end. Export a new kit, so that all offices learn of it.", count=1
    )
    assert listed(page)["03001"] == tr("Ended")


def test_a_merger_is_typed_by_keyboard(qtbot: QtBot, page: UnitsPage, province: Office) -> None:
    units = {unit.code: unit for unit in register.units(province)}
    dialog = end_dialog.EndDialog(page, province, units["03001"])
    shown(qtbot, dialog)
    assert QApplication.focusWidget() is dialog.day.field
    press(dialog, "End the units")
    assert dialog.fault()
    write(dialog.day.field, "30/06/2026")
    press(dialog, "End the units")
    assert dialog.fault() == tr("Write what the units become, or that they are closed.")
    write(dialog.ending.line, "03001; 03002")
    write(dialog.into.line, "03003")
    assert dialog.said().splitlines() == [
        tr("{count} unit(s) end on {date}.", count=2, date=dt.date(2026, 6, 30)),
        (
            f"“{UNITS['03003']}”: So 2026 với 2025: không so sánh được: "
            f"đã nhận sáp nhập {UNITS['03001']}; {UNITS['03002']}."
        ),
    ]
    press(dialog, "End the units")
    after = {unit.code: unit for unit in register.units(province)}
    assert after["03001"].successors == after["03002"].successors == (units["03003"].id,)


def test_units_are_joined_into_a_new_one(qtbot: QtBot, page: UnitsPage, province: Office) -> None:
    dialog = end_dialog.EndDialog(page, province, register.units(province)[0])
    shown(qtbot, dialog)
    write(dialog.day.field, "30/06/2026")
    dialog.fresh.button.setFocus()
    QTest.keyClick(dialog.fresh.button, Qt.Key.Key_Space)
    press(dialog, "End the units")
    assert (dialog.fault(), QApplication.focusWidget()) == (
        tr("Write the code and the name of the new unit."),
        dialog.code,
    )
    write(dialog.code, "03099")
    press(dialog, "End the units")
    assert dialog.fault()
    assert QApplication.focusWidget() is dialog.name
    write(dialog.name, "Xã Mới")
    press(dialog, "End the units")
    assert register.current_kit(province).unit_of_code("03099").valid_from == dt.date(2026, 7, 1)


@pytest.mark.parametrize(("into", "said"), [("99999", "99999"), ("03001", "03001")])
def test_what_cannot_end_like_this_is_told(
    qtbot: QtBot, page: UnitsPage, province: Office, into: str, said: str
) -> None:
    before = holdings(province.home)
    dialog = end_dialog.EndDialog(page, province, register.units(province)[0])
    shown(qtbot, dialog)
    write(dialog.day.field, "30/06/2026")
    write(dialog.into.line, into)
    press(dialog, "End the units")
    assert dialog.isVisible()
    assert dialog.fault()
    assert holdings(province.home) == before


def test_units_are_chosen_from_a_searched_list(
    qtbot: QtBot, page: UnitsPage, province: Office, qtmodeltester: ModelTester
) -> None:
    units = register.units(province)
    dialog = choose_dialog.ChooseDialog(page, "Đơn vị", units, ["03001"])
    shown(qtbot, dialog)
    qtmodeltester.check(dialog.table.rows)
    assert QApplication.focusWidget() is dialog.search
    write(dialog.search, "muong bo")
    dialog.search.setFocus()
    QTest.keyClick(dialog.search, Qt.Key.Key_Return)
    assert dialog.chosen == {"03001", "03003"}
    dialog.search.clear()
    dialog.search.setFocus()
    QTest.keyClick(dialog.search, Qt.Key.Key_Down)
    assert QApplication.focusWidget() is dialog.table
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Space):
        QTest.keyClick(dialog.table, key)
    assert dialog.chosen == {"03003"}
    only = choose_dialog.ChooseDialog(page, "Đơn vị", units, [], one=True)
    shown(qtbot, only)
    for _ in range(2):
        only.toggle()
        QTest.keyClick(only.table, Qt.Key.Key_Down)
    only.toggle()
    assert len(only.chosen) == 1


def test_a_choice_stands_in_the_field_with_its_names(
    qtbot: QtBot, page: UnitsPage, province: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = unit_dialog.UnitDialog(page, province)
    shown(qtbot, dialog)
    monkeypatch.setattr(choose_dialog, "ask_units", lambda *_, **__: ["03001", "03002"])
    dialog.successors.show_codes(["7"])
    press(dialog.successors, "Choose…")
    assert dialog.successors.codes() == ("03001", "03002", "7")
    assert UNITS["03001"] in dialog.successors._names.text()
    monkeypatch.setattr(choose_dialog, "ask_units", lambda *_, **__: None)
    press(dialog.successors, "Choose…")
    assert dialog.successors.codes() == ("03001", "03002", "7")


def test_an_end_is_taken_back_from_the_card(
    page: UnitsPage, province: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    end_units(province, Ending(("03001",), dt.date(2026, 6, 30), ("03099",), "Xã Mới"))
    page.activated()
    assert not offered(page.card, "Take the end back…")
    page.units.choose(register.current_kit(province).unit_of_code("03001").id)
    answer(monkeypatch, yes=False)
    press(page.card, "Take the end back…")
    assert listed(page)["03001"] == tr("Ended")
    answer(monkeypatch, yes=True)
    press(page.card, "Take the end back…")
    removed = tr("“{name}”, which was formed of them, is removed.", name="Xã Mới")
    assert page.banner.text() == f"{tr('{count} unit(s) go on as before.', count=1)} {removed}"
    assert listed(page)["03001"] != tr("Ended")
    assert "03099" not in listed(page)
    assert offered(page.card, "End, merge, divide…")


def test_a_choice_that_asks_for_less_leaves_no_gap(qtbot: QtBot, page: UnitsPage, province: Office) -> None:
    dialog = end_dialog.EndDialog(page, province, register.units(province)[0])
    shown(qtbot, dialog)
    before = dialog.height()
    write(dialog.into.line, "03002; 03003")
    dialog.nothing.button.setFocus()
    QTest.keyClick(dialog.nothing.button, Qt.Key.Key_Space)
    assert dialog.height() < before


def test_an_end_that_is_still_to_come_stands_in_the_list(page: UnitsPage, province: Office) -> None:
    end_units(province, Ending(("03002",), dt.date(2027, 6, 30), ("03001",)))
    page.activated()
    notes = {row.unit.code: rows.cells(row)[1].note for row in page.table.listed()}
    assert notes["03002"] == tr("Until {date}", date=dt.date(2027, 6, 30))
    assert not notes["03001"]
