"""The office's own page: its key, its kit, this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollBar,
    QWidget,
)

from exports.signing import keys
from parindex_desktop.domain.units import Level, Unit
from parindex_desktop.services import enrolling, filling, kits, paper_texts, receiving, register
from parindex_desktop.services.passphrases import OLD_COPIES
from parindex_desktop.services.standing import Enrolment, standing
from resources import Language
from tests.offices import fill, light_keys
from tests.rival_kits import forked, new_unit
from tests.ui.hands import answer, in_window, offered, press, write
from tests.ui.offices import PASSPHRASE, code_of, take_kit
from tests.versions import kit_of, newer_kit, second_version
from ui.language import tr
from ui.office import copies_card, passphrase_dialog, trust, units
from ui.office.machine_card import BackupsModel
from ui.office.page import OfficePage
from ui.office.units import UnitDialog, UnitPicker, UnitsModel
from ui.session import Session
from ui.settings import Settings
from ui.theme.tokens import Theme
from ui.widgets import dialogs

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from parindex_desktop.services.homes import Office
    from tests.offices import Scene

UNITS = [
    Unit("1", "03001", "Xã Bản Hồ", Level.COMMUNE, None),
    Unit("2", "03003", "Phường Sa Pa", Level.COMMUNE, None),
    Unit("3", "", "Sở Tư pháp", Level.DEPARTMENT, None),
]


def opened(qtbot: QtBot, office: Office, settings: Settings | None = None) -> OfficePage:
    session = Session(office)
    window = in_window(qtbot, lambda: OfficePage(session, settings or Settings({}), lambda _key: None))
    page = window.current_page()
    assert isinstance(page, OfficePage)
    return page


def work_done(qtbot: QtBot, page: OfficePage) -> None:
    qtbot.waitUntil(lambda: not page.work.busy)


def test_the_passphrase_is_changed_by_keyboard(
    qtbot: QtBot, commune: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(qtbot, commune)
    new = "mật khẩu mới"
    dialog = passphrase_dialog.PassphraseChangeDialog(page, commune)
    qtbot.addWidget(dialog)
    dialog.show()
    fields = dialog.fields
    press(dialog, "Change the passphrase")
    assert dialog.fault() == tr("Type the present passphrase.")
    for old, first, second in (("sai", new, new), (PASSPHRASE, "abc", "abc"), (PASSPHRASE, new, "khác")):
        for field, typed in ((fields.old, old), (fields.first, first), (fields.second, second)):
            write(field, typed)
        assert not dialog.fault()
        press(dialog, "Change the passphrase")
        assert dialog.fault()
        assert dialog.isVisible()
    write(fields.second, new)
    press(dialog, "Change the passphrase")
    assert not dialog.isVisible()
    monkeypatch.setattr(passphrase_dialog, "ask_change", lambda *_: fields.value())
    with light_keys():
        press(page, "Change the passphrase…")
        work_done(qtbot, page)
    keys.load_key(commune.signing_key, new)
    assert tr(OLD_COPIES) in page.key.result.text()
    press(page, "Change the passphrase…")  # the present one is another now
    work_done(qtbot, page)
    assert page.key.fault.text()
    monkeypatch.setattr(passphrase_dialog, "ask_change", lambda *_: None)
    press(page, "Change the passphrase…")
    assert not page.work.busy


@pytest.mark.parametrize(
    ("name", "enrolment"),
    [
        ("newcomer", Enrolment.NO_KIT),
        ("commune", Enrolment.ENROLLED),
        ("province", Enrolment.PROVINCE),
    ],
)
def test_the_key_says_where_it_stands(
    qtbot: QtBot, request: pytest.FixtureRequest, name: str, enrolment: Enrolment
) -> None:
    office: Office = request.getfixturevalue(name)
    assert standing(office).enrolment is enrolment
    page = opened(qtbot, office)
    assert offered(page, "Save the signing request…") is (enrolment is not Enrolment.PROVINCE)
    assert page.kit.isVisible() is (enrolment is not Enrolment.PROVINCE)


def test_the_code_is_copied_as_it_is_read_out(qtbot: QtBot, commune: Office) -> None:
    page = opened(qtbot, commune)
    press(page, "Copy the code")
    assert QGuiApplication.clipboard().text() == standing(commune).code


def test_the_signing_request_is_saved_and_can_be_approved(
    qtbot: QtBot, newcomer: Office, province: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(qtbot, newcomer)
    answer(monkeypatch, target=tmp_path / "yêu cầu")
    press(page, "Save the signing request…")
    work_done(qtbot, page)
    request = tmp_path / "yêu cầu.csr"
    assert "yêu cầu.csr" in page.key.result.text()
    approved = enrolling.approve(province, request.read_bytes(), "03003", code_of(newcomer), PASSPHRASE)
    assert approved.fingerprint == newcomer.record.key


def test_a_request_that_cannot_be_written_is_told(
    qtbot: QtBot, newcomer: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(qtbot, newcomer)
    answer(monkeypatch, target=tmp_path / "gone" / "a.csr")
    press(page, "Save the signing request…")
    work_done(qtbot, page)
    assert "a.csr" in page.key.fault.text()


def test_the_first_kit_is_taken_in_with_the_code_that_was_heard(
    qtbot: QtBot, newcomer: Office, province: Office, kit: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(qtbot, newcomer)
    asked: list[str] = []
    monkeypatch.setattr(trust, "ask_trust", lambda _parent, preview: asked.append(preview.province))
    page.kit.zone.chosen.emit([kit])
    work_done(qtbot, page)
    assert asked == ["Sở Nội vụ tỉnh Lào Cai"]
    assert standing(newcomer).kit is None
    monkeypatch.setattr(trust, "ask_trust", lambda _parent, _preview: code_of(province))
    page.kit.zone.chosen.emit([kit])
    qtbot.waitUntil(lambda: standing(newcomer).kit is not None)
    work_done(qtbot, page)
    assert page.kit.fault.text() == ""
    assert standing(newcomer).enrolment is Enrolment.UNKNOWN


def test_an_office_that_the_kit_does_not_name_chooses_its_unit(
    qtbot: QtBot, newcomer: Office, province: Office, kit: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_kit(newcomer, kit, code_of(province))
    page = opened(qtbot, newcomer)
    monkeypatch.setattr(units, "ask_unit", lambda _parent, offered: offered[2])
    press(page, "Choose this office's unit…")
    assert newcomer.record.name == "Ủy ban nhân dân phường Sa Pa"
    assert not offered(page, "Choose this office's unit…")


def test_the_same_kit_again_changes_nothing(qtbot: QtBot, commune: Office, kit: Path) -> None:
    page = opened(qtbot, commune)
    page.kit.zone.chosen.emit([kit])
    work_done(qtbot, page)
    assert page.kit.result.text() == tr("This kit was taken in before. Nothing had to be changed.")


def test_a_newer_kit_needs_no_code_any_more(
    qtbot: QtBot, commune: Office, province: Office, tmp_path: Path
) -> None:
    register.add_units(province, [register.NewUnit("03009", "Xã Mường Bo", Level.COMMUNE)])
    kits.export_kit(province, PASSPHRASE, tmp_path / "mới.cchc", lambda _done, _total: None)
    page = opened(qtbot, commune)
    page.kit.zone.chosen.emit([tmp_path / "mới.cchc"])
    work_done(qtbot, page)
    assert "03009" in {unit.code for unit in register.units(commune)}


def test_of_a_kit_beside_the_one_held_the_province_is_to_be_told(qtbot: QtBot, scene: Scene) -> None:
    fork = forked(scene, new_unit("03050", "Xã một"), new_unit("03060", "Xã hai"))
    page = opened(qtbot, scene.office("ban-ho"))
    for kit in (fork.own, fork.other):
        page.kit.take(kit)
        work_done(qtbot, page)
    assert page.kit.result.text() == tr(
        "The kit is taken in beside the one held here: neither continues the other, and nothing in them contradicts. "
        "The province must send a newer kit that continues both; tell it so."
    )


@pytest.mark.parametrize("name", ["commune", "newcomer"])
def test_a_file_that_is_no_kit_is_refused_in_its_place(
    qtbot: QtBot, request: pytest.FixtureRequest, tmp_path: Path, name: str
) -> None:
    page = opened(qtbot, request.getfixturevalue(name))
    (tmp_path / "x.cchc").write_bytes(b"something else")
    page.kit.zone.chosen.emit([tmp_path / "x.cchc"])
    work_done(qtbot, page)
    assert page.kit.fault.isVisible()


@pytest.mark.parametrize("name", ["province", "commune"])
def test_on_a_low_screen_the_page_scrolls_as_one_and_nothing_is_cut(
    qtbot: QtBot, copied: Callable[[str], Office], name: str
) -> None:
    page = opened(qtbot, copied(name))
    page.window().resize(911, 512)
    qtbot.waitUntil(lambda: page.window().width() == 911)
    bars = [bar for bar in page.findChildren(QScrollBar) if bar.isVisible() and not in_a_list(bar)]
    assert len(bars) == 1
    for button in page.findChildren(QPushButton):
        if button.isVisible():
            assert button.width() >= button.sizeHint().width(), button.text()
            assert button.mapTo(page, button.rect().topRight()).x() < page.width()


def in_a_list(bar: QScrollBar) -> bool:
    """Whether it scrolls the rows of a list."""
    above = bar.parentWidget()
    while above is not None and not isinstance(above, QAbstractItemView):
        above = above.parentWidget()
    return above is not None


def test_the_request_is_offered_under_the_name_that_it_has_everywhere(
    qtbot: QtBot, commune: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered_as: list[tuple[str, str, str]] = []

    def cancelled(_parent: object, title: str, proposed: Path, kinds: str, _purpose: object) -> None:
        offered_as.append((title, proposed.name, kinds))

    monkeypatch.setattr(dialogs, "choose_target", cancelled)
    opened(qtbot, commune).key.save_request()
    assert offered_as == [
        (
            "Lưu tệp yêu cầu cấp khóa",
            "Yeu-cau-cap-khoa-Uy-Ban-Nhan-Dan-Xa-Ban-Ho.csr",
            "Tệp yêu cầu cấp khóa (*.csr)",
        )
    ]


def said_in(place: QWidget) -> str:
    """All words that stand in `place`, without blanks."""
    fields = [*place.findChildren(QLabel), *place.findChildren(QLineEdit)]
    return "".join("".join(field.text().split()) for field in fields).lower()


def test_a_code_that_differs_does_not_let_the_kit_in(qtbot: QtBot, kit: Path) -> None:
    preview = kits.peek_kit(kit)
    dialog = trust.TrustDialog(None, preview)
    qtbot.addWidget(dialog)
    dialog.show()
    for typed, sign in (("1234", None), ("0" * 32, trust.ANOTHER)):
        write(dialog.code.field, typed)
        QTest.keyClick(dialog.code.field, Qt.Key.Key_Return)
        assert dialog.isVisible()
        assert not dialog.go.isEnabled()
        assert dialog.code.chip.sign() == sign
    assert dialog.code.field.property("wrong")
    write(dialog.code.field, "-".join(keys.spoken(preview.key).lower().split()))
    assert dialog.code.chip.sign() == trust.SAME
    assert not dialog.code.field.property("wrong")
    QTest.keyClick(dialog.code.field, Qt.Key.Key_Return)
    assert not dialog.isVisible()


def test_the_code_that_is_to_be_heard_stands_nowhere_to_be_copied(
    qtbot: QtBot, kit: Path, newcomer: Office
) -> None:
    preview = kits.peek_kit(kit)
    dialog = trust.TrustDialog(None, preview)
    qtbot.addWidget(dialog)
    dialog.show()
    for typed in ("", "0" * 32):
        write(dialog.code.field, typed)
        assert preview.key[:8].lower() not in said_in(dialog)
    refusals = [receiving.take_in(newcomer, [kit], trust=heard)[0] for heard in (None, "0" * 32)]
    for taken in refusals:
        assert taken.problem is not None
        assert preview.key[:4].lower() not in tr(taken.problem).lower()


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("", ["03001", "03003", ""]),
        ("phuong", ["03003"]),
        ("ban ho", ["03001"]),
        ("0300", ["03001", "03003"]),
    ],
)
def test_units_are_found_without_accents_and_by_code(typed: str, codes: list[str]) -> None:
    model = UnitsModel()
    model.show_units(UNITS)
    model.search(typed)
    assert [model.unit(row).code for row in range(model.rowCount())] == codes


def test_the_only_unit_found_is_selected_and_enter_chooses_it(qtbot: QtBot) -> None:
    dialog = UnitDialog(None, UNITS)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(dialog.isActiveWindow)
    write(dialog.picker.search, "so tu phap")
    assert dialog.picker.unit() == UNITS[2]
    press(dialog, "Choose this unit")
    assert not dialog.isVisible()


def test_down_leads_from_the_search_to_the_list(qtbot: QtBot) -> None:
    picker = UnitPicker()
    qtbot.addWidget(picker)
    picker.show_units(UNITS)
    picker.show()
    qtbot.waitUntil(picker.isActiveWindow)
    picker.search.setFocus()
    QTest.keyClick(picker.search, Qt.Key.Key_Down)
    assert picker.table.hasFocus()
    assert picker.unit() == UNITS[0]


@pytest.mark.parametrize("name", ["commune", "province"])
def test_papers_and_copies_of_keys_are_the_provinces_matter(
    qtbot: QtBot, request: pytest.FixtureRequest, name: str
) -> None:
    page = opened(qtbot, request.getfixturevalue(name))
    assert page.papers.isVisible() is (name == "province")
    assert page.copies.isVisible() is (name == "province")


def test_what_stands_on_the_papers_is_entered_by_keyboard_and_kept(qtbot: QtBot, province: Office) -> None:
    page = opened(qtbot, province)
    assert page.papers.field("office").placeholderText() == province.record.name
    with qtbot.waitSignal(page.papers.saved):
        write(page.papers.field("superior"), "Ủy ban nhân dân tỉnh Lào Cai")
    write(page.papers.field("place"), "Lào Cai")
    assert QApplication.focusWidget() is page.papers.field("symbol")
    write(page.papers.field("signer"), "Trần Văn Bình")
    texts = paper_texts.paper_texts(province)
    assert (texts["superior"], texts["place"], texts["signer"]) == (
        "Ủy ban nhân dân tỉnh Lào Cai",
        "Lào Cai",
        "Trần Văn Bình",
    )


def test_a_copy_of_the_keys_is_urged_until_there_is_one(
    qtbot: QtBot, province: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(qtbot, province)
    assert page.copies.chip.sign() == copies_card.NO_COPY
    stick = tmp_path / "usb"
    stick.mkdir()
    answer(monkeypatch, target=stick)
    press(page, "Copy the keys…")
    work_done(qtbot, page)
    assert page.copies.chip.sign() == copies_card.COPIED
    (made,) = stick.iterdir()
    assert made.name in page.copies.result.text()
    assert (made / "root.p12").is_file()
    # In a test the stick is a folder beside the home, and that is no stick.
    assert "cùng ổ đĩa" in page.copies.result.text()


def test_a_copy_beside_the_keys_is_refused_in_its_place(
    qtbot: QtBot, province: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(qtbot, province)
    answer(monkeypatch, target=province.home)
    press(page, "Copy the keys…")
    work_done(qtbot, page)
    assert page.copies.fault.isVisible()
    assert page.copies.chip.sign() == copies_card.NO_COPY


def test_a_folder_of_bundles_is_no_kit(qtbot: QtBot, commune: Office, tmp_path: Path) -> None:
    page = opened(qtbot, commune)
    page.kit.zone._tell([tmp_path])
    assert page.kit.zone.fault.isVisible()
    assert not page.work.busy


def test_a_backup_by_hand_is_listed(qtbot: QtBot, newcomer: Office) -> None:
    page = opened(qtbot, newcomer)
    assert page.machine.model.rowCount() == 0
    press(page, "Back up now")
    work_done(qtbot, page)
    assert page.machine.model.index(0, 1).data() == tr("by hand")


def test_a_whole_check_says_what_it_found(qtbot: QtBot, commune: Office) -> None:
    page = opened(qtbot, commune)
    press(page, "Check everything")
    work_done(qtbot, page)
    assert page.machine.result.property("tone") == "good"


def test_language_and_colours_are_chosen_here(qtbot: QtBot, commune: Office) -> None:
    settings = Settings({})
    page = opened(qtbot, commune, settings)
    with qtbot.waitSignal(settings.changed):
        page.machine.language.setFocus()
        QTest.keyClick(page.machine.language, Qt.Key.Key_Down)
        page.machine.language.activated.emit(page.machine.language.currentIndex())
    assert settings.language is Language.EN
    with qtbot.waitSignal(settings.changed):
        page.machine.theme.setCurrentIndex(1)
        page.machine.theme.activated.emit(1)
    assert settings.theme is Theme.DARK


def test_the_lists_keep_the_rules_of_qt(qtmodeltester: ModelTester, commune: Office) -> None:
    offered_units = UnitsModel()
    offered_units.show_units(UNITS)
    qtmodeltester.check(offered_units)
    backups = BackupsModel()
    qtmodeltester.check(backups)


def test_a_kit_says_what_it_brings_and_leads_to_the_form(qtbot: QtBot, scene: Scene, tmp_path: Path) -> None:
    office, province = scene.office("ban-ho"), scene.office("province")
    fill(office, filling.open_form(office))
    newer_kit(province, tmp_path)
    kit = kit_of(province, tmp_path / "kit-2027.cchc", second_version() | {"year": 2027, "version": 1})
    page = opened(qtbot, office)
    asked: list[str] = []
    page._open_page = asked.append
    page.kit.zone.chosen.emit([kit])
    work_done(qtbot, page)
    said = page.kit.result.text()
    assert "2027" in said
    assert "phiên bản 2" in said
    page.kit.to_form.click()
    assert asked == ["form"]
    page.kit.take(kit)
    work_done(qtbot, page)
    assert page.kit.to_form.isHidden(), "the same kit brings nothing"
