"""Keys of units: enrolled with the code that was heard, moved, revoked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from parindex_desktop.services import enrolling, receiving, register
from parindex_desktop.services.receiving import Outcome
from tests.offices import PASSPHRASE, UNITS
from tests.ui.hands import answer, offered, press, write
from tests.ui.units.listing import listed, shown
from ui.language import tr
from ui.office import trust
from ui.units import (
    enrol_dialog,
    reason_dialog,
    rows,
)

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from parindex_desktop.services.homes import Office
    from tests.offices import Scene
    from ui.units.page import UnitsPage


@pytest.fixture
def stranger_request(scene: Scene, tmp_path: Path) -> tuple[Path, str]:
    """The signing request of an office that is not enrolled, and its key code."""
    office = scene.office("stranger")
    enrolling.write_request(office, tmp_path / "la.csr", PASSPHRASE)
    return tmp_path / "la.csr", enrolling.spoken_key(office)


def test_a_key_is_enrolled_with_the_code_that_was_heard(
    qtbot: QtBot, page: UnitsPage, province: Office, stranger_request: tuple[Path, str]
) -> None:
    request, code = stranger_request
    unit = register.current_kit(province).unit_of_code("03003")
    dialog = enrol_dialog.EnrolDialog(page, province, request.read_bytes(), unit)
    shown(qtbot, dialog)
    assert QApplication.focusWidget() is dialog.code.field
    write(dialog.code.field, code.lower())
    assert dialog.code.chip.sign() == trust.SAME
    assert not dialog.go.isEnabled()
    write(dialog.passphrase, PASSPHRASE)
    press(dialog, "Enrol")
    assert dialog.enrolled == unit
    page.activated()
    assert listed(page)["03003"] == tr("Enrolled")


def test_another_code_is_told_at_once_and_cannot_be_enrolled(
    qtbot: QtBot, page: UnitsPage, province: Office, stranger_request: tuple[Path, str]
) -> None:
    request, _ = stranger_request
    dialog = enrol_dialog.EnrolDialog(page, province, request.read_bytes(), None)
    shown(qtbot, dialog)
    dialog.picker.table.selectRow(2)
    write(dialog.passphrase, PASSPHRASE)
    write(dialog.code.field, enrolling.spoken_key(province))
    assert dialog.code.chip.sign() == trust.ANOTHER
    assert not dialog.go.isEnabled()
    write(dialog.code.field, "1A2B")
    assert dialog.code.chip.sign() is None
    assert not dialog.go.isEnabled()


def test_a_wrong_passphrase_keeps_the_dialog_open(
    qtbot: QtBot, page: UnitsPage, province: Office, stranger_request: tuple[Path, str]
) -> None:
    request, code = stranger_request
    unit = register.current_kit(province).unit_of_code("03003")
    dialog = enrol_dialog.EnrolDialog(page, province, request.read_bytes(), unit)
    shown(qtbot, dialog)
    write(dialog.code.field, code)
    write(dialog.passphrase, "sai")
    press(dialog, "Enrol")
    assert dialog.fault()
    assert dialog.isVisible()
    assert dialog.enrolled is None
    dialog.passphrase.setText("de")
    assert not dialog.fault()


def test_a_key_that_another_unit_has_is_moved_only_after_a_warning(
    qtbot: QtBot, page: UnitsPage, province: Office, scene: Scene
) -> None:
    dialog = enrol_dialog.EnrolDialog(page, province, scene.file("ta-van.csr").read_bytes(), None)
    shown(qtbot, dialog)
    assert not dialog.warning.isVisible()  # Tả Van is proposed, which has it
    write(dialog.code.field, enrolling.spoken_key(scene.office("ta-van")))
    write(dialog.passphrase, PASSPHRASE)
    dialog.picker.table.selectRow(2)
    assert dialog.warning.isVisible()
    assert UNITS["03002"] in dialog.warning.text()
    press(dialog, "Enrol")
    assert dialog.enrolled is not None
    page.activated()
    assert listed(page) == {"03001": tr("Enrolled"), "03002": tr("No key yet"), "03003": tr("Enrolled")}


def test_a_key_that_has_spoken_for_its_unit_is_not_offered_to_another(
    qtbot: QtBot, page: UnitsPage, province: Office, scene: Scene
) -> None:
    receiving.take_in(province, [scene.file("ta-van-1.cchc")])
    dialog = enrol_dialog.EnrolDialog(page, province, scene.file("ta-van.csr").read_bytes(), None)
    shown(qtbot, dialog)
    write(dialog.code.field, enrolling.spoken_key(scene.office("ta-van")))
    write(dialog.passphrase, PASSPHRASE)
    assert dialog.go.isEnabled()
    dialog.picker.table.selectRow(2)
    assert dialog.warning.property("tone") == "wrong"
    assert not dialog.go.isEnabled()
    dialog.picker.table.selectRow(1)
    assert not dialog.warning.isVisible()
    assert dialog.go.isEnabled()


def test_the_unit_with_the_claimed_name_is_proposed(
    qtbot: QtBot, page: UnitsPage, province: Office, scene: Scene
) -> None:
    request = scene.file("ta-van.csr").read_bytes()
    dialog = enrol_dialog.EnrolDialog(page, province, request, None)
    shown(qtbot, dialog)
    chosen = dialog.picker.unit()
    assert chosen is not None
    assert chosen.code == "03002"
    assert rows.best_match(register.units(province), "Ủy ban nhân dân xã Không Có") is None


def test_what_is_no_request_is_named_on_the_page(
    page: UnitsPage, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, files=(scene.file("kit.cchc"),))
    press(page.card, "Enrol its key…")
    assert page.banner.isVisible()
    assert page.banner.text()


def test_revoked_keys_are_believed_no_more(
    page: UnitsPage, province: Office, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    monkeypatch.setattr(reason_dialog, "ask_reason", lambda *_: "Mất máy")
    press(page.card, "Revoke the keys…")
    assert listed(page)["03002"] == tr("Revoked")
    assert any("Mất máy" in value for _, value in page.card.keys.lines())
    assert not offered(page.card, "Revoke the keys…")
    (taken,) = receiving.take_in(province, [scene.file("ta-van-1.cchc")])
    assert taken.outcome is Outcome.REFUSED


def test_revoking_needs_a_reason(qtbot: QtBot, page: UnitsPage, province: Office) -> None:
    dialog = reason_dialog.ReasonDialog(page, register.units(province)[0])
    shown(qtbot, dialog)
    press(dialog, "Revoke")
    assert dialog.isVisible()
    assert dialog._labelled.fault.isVisible()
    dialog.reason.setText("L")
    assert not dialog._labelled.fault.isVisible()
    write(dialog.reason, "Lộ khóa")
    press(dialog, "Revoke")
    assert not dialog.isVisible()
