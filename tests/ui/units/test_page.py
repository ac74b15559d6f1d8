"""The list of units: entered by hand or from a spreadsheet, their keys enrolled and revoked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from parindex_desktop.domain.units import Level
from parindex_desktop.services import enrolling, receiving, register
from parindex_desktop.services.receiving import Outcome
from parindex_desktop.services.removing_units import UnitWentOut
from tests.offices import PASSPHRASE, UNITS
from tests.ui.hands import answer, in_window, offered, press, write
from ui.language import tr
from ui.office import trust
from ui.session import Session
from ui.units import enrol_dialog, import_dialog, rows, unit_dialog
from ui.units.page import UnitsPage
from ui.widgets.labels import WrapLabel

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QDialog
    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from parindex_desktop.services.homes import Office
    from tests.offices import Scene


@pytest.fixture
def province(scene: Scene) -> Office:
    return scene.office("province")


@pytest.fixture
def open_page(qtbot: QtBot) -> Callable[[Office], UnitsPage]:
    def opened(office: Office) -> UnitsPage:
        page = in_window(qtbot, lambda: UnitsPage(Session(office), {})).current_page()
        assert isinstance(page, UnitsPage)
        return page

    return opened


@pytest.fixture
def page(open_page: Callable[[Office], UnitsPage], province: Office) -> UnitsPage:
    return open_page(province)


@pytest.fixture
def stranger_request(scene: Scene, tmp_path: Path) -> tuple[Path, str]:
    """The signing request of an office that is not enrolled, and its key code."""
    office = scene.office("stranger")
    enrolling.write_request(office, tmp_path / "la.csr", PASSPHRASE)
    return tmp_path / "la.csr", enrolling.spoken_key(office)


def listed(page: UnitsPage) -> dict[str, str]:
    """State of the key by code."""
    table = page.table.rows
    return {table.cell(n, 0).text: table.cell(n, 3).text for n in range(table.rowCount())}


def shown(qtbot: QtBot, dialog: QDialog) -> None:
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(dialog.isActiveWindow)


def workbook(folder: Path, *lines: tuple[Any, ...]) -> Path:
    book = Workbook()
    for line in (("Mã", "Tên", "Cấp"), *lines):
        book.active.append(list(line))
    book.save(folder / "danh-muc.xlsx")
    return folder / "danh-muc.xlsx"


# The list.


def test_units_stand_in_order_with_the_state_of_their_keys(
    page: UnitsPage, qtmodeltester: ModelTester
) -> None:
    assert listed(page) == {"03001": tr("Enrolled"), "03002": tr("Enrolled"), "03003": tr("No key yet")}
    assert page.facts.text() == tr("{units} units · {enrolled} with a key", units=3, enrolled=2)
    assert page.table.rows.cell(0, 3).note == tr("{count} machines", count=2)
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
    assert not offered(page.card, "Rename…")
    page.search("")
    assert len(listed(page)) == 3


def test_without_units_the_page_teaches(open_page: Callable[[Office], UnitsPage], scene: Scene) -> None:
    page = open_page(scene.new("new", Level.PROVINCE, "Sở Nội vụ tỉnh Lai Châu"))
    assert offered(page, "Save a sample spreadsheet…")
    step = page.top_line().step
    assert step is not None
    assert not step.enabled


# By hand.


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
    assert QApplication.focusWidget() is dialog.name
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


def test_renaming_keeps_code_kind_and_id(qtbot: QtBot, page: UnitsPage, province: Office) -> None:
    before = register.units(province)[1]
    dialog = unit_dialog.UnitDialog(page, province, before)
    shown(qtbot, dialog)
    assert dialog.code.isReadOnly()
    write(dialog.name, "Phường Tả Van")
    press(dialog, "Rename")
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
    page: UnitsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = answer(monkeypatch)
    press(page.card, "Remove…")
    assert not asked
    assert page.banner.text() == tr(UnitWentOut(name=UNITS["03001"]))
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


# From a spreadsheet.


def test_a_list_is_shown_before_it_is_taken_over(
    qtbot: QtBot, page: UnitsPage, province: Office, tmp_path: Path, qtmodeltester: ModelTester
) -> None:
    source = workbook(tmp_path, ("03001", "Xã Bản Hồ Mới", "Xã"), ("03004", "Xã Y Tý", "Xã"))
    preview = import_dialog.unit_lists.look_at_list(province, source)
    dialog = import_dialog.ImportDialog(page, province, source, preview)
    shown(qtbot, dialog)
    assert [dialog.table.rows.cell(n, 4).text for n in (0, 1)] == [tr("Renamed"), tr("New")]
    assert UNITS["03001"] in dialog.table.rows.cell(0, 1).note
    qtmodeltester.check(dialog.table.rows)
    press(dialog, tr("Take over {count} unit(s)", count=2))
    assert dialog.taken == 2
    assert register.current_kit(province).unit_of_code("03004").name == "Xã Y Tý"


def test_every_fault_of_a_list_is_told_and_nothing_is_taken(
    qtbot: QtBot, page: UnitsPage, province: Office, tmp_path: Path
) -> None:
    source = workbook(tmp_path, ("", "Xã Không Mã", "Xã"), ("03004", "", "Xã"), ("03005", "Xã Lạ", "?"))
    preview = import_dialog.unit_lists.look_at_list(province, source)
    dialog = import_dialog.ImportDialog(page, province, source, preview)
    shown(qtbot, dialog)
    assert dialog.faults.table.rows.rowCount() == 3
    assert not offered(dialog, tr("Take over {count} unit(s)", count=3))
    assert len(register.units(province)) == 3


def test_the_page_takes_the_list_over(
    page: UnitsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, files=(workbook(tmp_path, ("03004", "Xã Y Tý", "Xã")),))
    monkeypatch.setattr(
        import_dialog,
        "ask_import",
        lambda _parent, office, _source, preview: len(import_dialog.unit_lists.take_list(office, preview)),
    )
    press(page, "Take over from Excel…")
    assert "03004" in listed(page)
    assert page.banner.text() == tr("{count} unit(s) of the list were taken over.", count=1)


def test_a_file_that_is_no_workbook_is_named_on_the_page(
    page: UnitsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "danh-muc.xlsx").write_bytes(b"Ma;Ten;Cap")
    answer(monkeypatch, files=(tmp_path / "danh-muc.xlsx",))
    press(page, "Take over from Excel…")
    assert "danh-muc.xlsx" in page.banner.text()


def test_the_list_is_saved_under_the_right_ending(
    page: UnitsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, target=tmp_path / "danh-muc")
    press(page, "Save as a spreadsheet…")
    assert (tmp_path / "danh-muc.xlsx").is_file()


# Keys.


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
    monkeypatch.setattr(unit_dialog, "ask_reason", lambda *_: "Mất máy")
    press(page.card, "Revoke the keys…")
    assert listed(page)["03002"] == tr("Revoked")
    assert any("Mất máy" in value for _, value in page.card.keys.lines())
    assert not offered(page.card, "Revoke the keys…")
    (taken,) = receiving.take_in(province, [scene.file("ta-van-1.cchc")])
    assert taken.outcome is Outcome.REFUSED


def test_revoking_needs_a_reason(qtbot: QtBot, page: UnitsPage, province: Office) -> None:
    dialog = unit_dialog.ReasonDialog(page, register.units(province)[0])
    shown(qtbot, dialog)
    press(dialog, "Revoke")
    assert dialog.isVisible()
    assert dialog._labelled.fault.isVisible()
    dialog.reason.setText("L")
    assert not dialog._labelled.fault.isVisible()
    write(dialog.reason, "Lộ khóa")
    press(dialog, "Revoke")
    assert not dialog.isVisible()
