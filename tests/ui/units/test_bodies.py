"""Organisations that are not assessed have a tab of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from parindex_desktop.domain.body_changes import NewBody
from parindex_desktop.domain.units import BodyKind, Level
from parindex_desktop.services import bodies
from tests.ui.hands import answer, offered, press, write
from tests.ui.units.listing import shown
from ui.language import tr
from ui.units import (
    body_dialog,
)

if TYPE_CHECKING:
    import pytest
    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from parindex_desktop.services.homes import Office
    from ui.units.page import UnitsPage


def test_organisations_have_a_tab_of_their_own(
    page: UnitsPage, province: Office, monkeypatch: pytest.MonkeyPatch, qtmodeltester: ModelTester
) -> None:
    page.tabs.setFocus()
    QTest.keyClick(page.tabs, Qt.Key.Key_Right)
    assert offered(page, "Add an organisation…")
    new = NewBody("Phòng CCHC", BodyKind.ROOM)
    monkeypatch.setattr(body_dialog, "ask_body", lambda *_: bodies.add_body(province, new))
    press(page, "Add an organisation…")
    table = page.bodies.table
    assert [body.name for body in table.listed()] == ["Phòng CCHC"]
    assert table.rows.cell(0, 2).text == tr("Room of: {name}", name="Sở Nội vụ tỉnh Lào Cai")
    qtmodeltester.check(table.rows)
    page.search("bao")
    assert table.listed() == []
    page.search("phong")
    answer(monkeypatch)
    press(page.bodies, "Remove…")
    assert bodies.bodies(province) == []
    assert offered(page, "Add an organisation…")


def test_an_organisation_is_typed_by_keyboard(qtbot: QtBot, page: UnitsPage, province: Office) -> None:
    dialog = body_dialog.BodyDialog(page, province)
    shown(qtbot, dialog)
    press(dialog, "Add")
    assert dialog.fault()
    write(dialog.name, "Các xã vùng cao")
    dialog.kind.setFocus()
    QTest.keyClick(dialog.kind, Qt.Key.Key_End)
    press(dialog, "Add")
    assert dialog.fault() == "Nhóm cần có thành viên: tất cả đơn vị của một cấp, hoặc từng đơn vị theo mã."
    dialog.levels[Level.COMMUNE].setFocus()
    QTest.keyClick(dialog.levels[Level.COMMUNE], Qt.Key.Key_Space)
    assert not dialog.fault()
    press(dialog, "Add")
    (body,) = bodies.bodies(province)
    assert (body.kind, body.levels) == (BodyKind.GROUP, (Level.COMMUNE,))
    again = body_dialog.BodyDialog(page, province)
    shown(qtbot, again)
    again.kind.setCurrentIndex(1)
    write(again.name, "các xã VÙNG cao")
    press(again, "Add")
    assert again.fault()
    change = body_dialog.BodyDialog(page, province, body)
    shown(qtbot, change)
    write(change.units.line, "03001")
    press(change, "Save")
    assert len(bodies.bodies(province)[0].units) == 1
