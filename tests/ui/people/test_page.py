"""The page of the staff list: people, their PINs and duties, spreadsheets, and work that passes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from exports.signing import keys
from parindex_desktop.domain.people import Assignee
from parindex_desktop.services import duties, filling, people, people_lists
from parindex_desktop.services.passphrases import OLD_COPIES, NewPassphrase
from parindex_desktop.services.people import NewPerson
from parindex_desktop.services.work_minutes import work_of
from tests.offices import light_keys
from tests.ui.hands import answer, in_window, offered, press, write
from tests.ui.offices import PASSPHRASE, YEAR
from ui.language import tr
from ui.people import assign_dialog, hand_over_dialog, import_dialog, person_dialog, pin_dialog
from ui.people.hand_over_dialog import Asked
from ui.people.page import PeoplePage
from ui.session import Session
from ui.widgets import dialogs

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QDialog
    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from parindex_desktop.services.homes import Office


@pytest.fixture
def open_page(qtbot: QtBot) -> Callable[[Office], PeoplePage]:
    def opened(office: Office) -> PeoplePage:
        page = in_window(qtbot, lambda: PeoplePage(Session(office), {})).current_page()
        assert isinstance(page, PeoplePage)
        return page

    return opened


@pytest.fixture
def page(open_page: Callable[[Office], PeoplePage], shared: Office) -> PeoplePage:
    return open_page(shared)


def listed(page: PeoplePage) -> list[str]:
    return [row.person.name for row in page.staff.rows.rows()]


def charges(page: PeoplePage) -> dict[str, str]:
    """What stands in the list of duties, by printed code."""
    found = page.duties.table.rows
    return {row.criterion.code: found.cell(number, 1).text for number, row in enumerate(found.rows())}


def shown(qtbot: QtBot, dialog: QDialog) -> None:
    qtbot.addWidget(dialog)
    dialog.show()


def choose(page: PeoplePage, office: Office, name: str) -> None:
    page.staff.choose(people.find(office, name).id)


def test_a_page_without_anybody_teaches_and_begins(
    open_page: Callable[[Office], PeoplePage], commune: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page(commune)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.property("role") == "filled"
    monkeypatch.setattr(
        person_dialog, "ask_person", lambda _parent, office: people.add(office, NewPerson("Nguyễn Thị Lan"))
    )
    QTest.keyClick(focused, Qt.Key.Key_Return)
    assert listed(page) == ["Nguyễn Thị Lan"]
    assert page.staff.hasFocus()
    assert "Nguyễn Thị Lan" in page.banner.text()


def test_people_and_criteria_stand_side_by_side(page: PeoplePage) -> None:
    assert listed(page) == ["Trần Văn Bình", "Nguyễn Thị Lan", "Giàng A Páo"]
    assert page.staff.hasFocus()
    assert set(charges(page).values()) == {"–"}
    assert "1.10" not in charges(page)  # a survey is nobody's


def test_a_province_has_a_list_without_duties(
    open_page: Callable[[Office], PeoplePage], province: Office
) -> None:
    people.add(province, NewPerson("Nguyễn Thị Lan"))
    page = open_page(province)
    assert listed(page) == ["Nguyễn Thị Lan"]
    assert not page.duties.isVisible()
    assert page.staff.isColumnHidden(3)


def test_the_lists_keep_what_models_promise(page: PeoplePage, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(page.staff.rows)
    qtmodeltester.check(page.duties.table.rows)


def test_somebody_is_entered_by_keyboard(qtbot: QtBot, page: PeoplePage, shared: Office) -> None:
    dialog = person_dialog.PersonDialog(page, shared)
    shown(qtbot, dialog)
    press(dialog, "Add")
    assert dialog.isVisible()
    assert dialog.fault()
    write(dialog.name, "trần văn BÌNH")
    assert not dialog.fault()
    press(dialog, "Add")
    assert "BÌNH" in dialog.fault()
    write(dialog.name, "Lò Văn Minh")
    write(dialog.title, "Chủ tịch")
    write(dialog.room, "Lãnh đạo")
    press(dialog, "Add")
    assert dialog.entered is not None
    assert dialog.entered.words == "Lò Văn Minh, Chủ tịch"
    page.activated()
    assert listed(page)[-1] == "Giàng A Páo"
    assert "Lò Văn Minh" in listed(page)


def test_enter_changes_the_selected_entry(
    page: PeoplePage, shared: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def change(_parent: object, office: Office, person: people.Person) -> people.Person:
        asked.append(person.name)
        return people.change(office, person, NewPerson(person.name, "Chủ tịch"))

    monkeypatch.setattr(person_dialog, "ask_person", change)
    QTest.keyClick(page.staff, Qt.Key.Key_Return)
    assert asked == ["Trần Văn Bình"]
    assert page.staff.rows.cell(0, 0).note == "Chủ tịch"
    assert page.staff.hasFocus()


def test_an_entry_is_shown_to_be_changed(qtbot: QtBot, page: PeoplePage, shared: Office) -> None:
    dialog = person_dialog.PersonDialog(page, shared, people.find(shared, "Giàng A Páo"))
    shown(qtbot, dialog)
    assert (dialog.name.text(), dialog.title.text(), dialog.room.text()) == (
        "Giàng A Páo",
        "công chức Địa chính",
        "Phòng Kinh tế",
    )
    write(dialog.title, "Chủ tịch")
    press(dialog, "Change")
    assert people.find(shared, "Giàng A Páo").title == "Chủ tịch"


def test_who_has_left_is_asked_for_and_then_marked(
    page: PeoplePage, shared: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = answer(monkeypatch, yes=False)
    press(page, "Has left…")
    assert len(asked) == 1
    assert len(people.at_work(shared)) == 3
    answer(monkeypatch)
    press(page, "Has left…")
    assert listed(page) == ["Nguyễn Thị Lan", "Giàng A Páo", "Trần Văn Bình"]
    choose_gone = next(row.person for row in page.staff.rows.rows() if row.person.until)
    page.staff.choose(choose_gone.id)
    for words in ("Change…", "PIN…", "Has left…", "Pass work on…"):
        assert not offered(page, words)


def test_a_pin_is_set_changed_and_taken_away(qtbot: QtBot, page: PeoplePage, shared: Office) -> None:
    binh = people.find(shared, "Trần Văn Bình")
    dialog = pin_dialog.PinDialog(page, shared, binh)
    shown(qtbot, dialog)
    assert not dialog.proof.isVisible()
    press(dialog, "Set the PIN")
    assert dialog.fault()
    write(dialog.first, "1234")
    write(dialog.second, "1235")
    press(dialog, "Set the PIN")
    assert dialog.isVisible()
    write(dialog.second, "1234")
    press(dialog, "Set the PIN")
    assert people.find(shared, "Trần Văn Bình").has_pin
    dialog = pin_dialog.PinDialog(page, shared, people.find(shared, "Trần Văn Bình"))
    shown(qtbot, dialog)
    press(dialog, "Take the PIN away")
    assert dialog.fault()
    write(dialog.proof, "1234")
    press(dialog, "Take the PIN away")
    assert not people.find(shared, "Trần Văn Bình").has_pin


def test_a_criterion_or_a_whole_field_is_put_in_charge_by_keyboard(
    qtbot: QtBot, page: PeoplePage, shared: Office
) -> None:
    criteria = filling.open_form(shared).criteria
    for code, moves in (("1", 1), ("1.3", 3)):  # Lan; then the room after the three people
        dialog = assign_dialog.AssignDialog(page, shared, YEAR, criteria.by_code(code))
        shown(qtbot, dialog)
        dialog.names.choose(Assignee(people.find(shared, "Trần Văn Bình")))
        for _ in range(moves):
            QTest.keyClick(dialog.names.table, Qt.Key.Key_Down)
        QTest.keyClick(dialog.names.table, Qt.Key.Key_Return)
        assert not dialog.isVisible()
    page.activated()
    found = charges(page)
    assert (found["1.2"], found["1.3"]) == ("Nguyễn Thị Lan", "Phòng Kinh tế")
    assert found["1"] == tr("{done} of {all}", done=10, all=10)
    again = assign_dialog.AssignDialog(page, shared, YEAR, criteria.by_code("1.3"))
    shown(qtbot, again)
    entry = again.names.current()
    assert entry is not None
    assert entry.words == "Phòng Kinh tế"  # who is in charge now is selected
    again.names.choose(None)
    press(again, "Put in charge")
    assert criteria.by_code("1.3").id not in duties.duties(shared, YEAR)


def test_enter_in_the_list_of_duties_asks_who(
    page: PeoplePage, shared: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    lan = Assignee(people.find(shared, "Nguyễn Thị Lan"))

    def assign(_parent: object, office: Office, year: str, criterion: filling.Criterion) -> bool:
        duties.assign(office, year, [criterion], lan)
        return True

    monkeypatch.setattr(assign_dialog, "assign", assign)
    page.duties.table.setFocus()
    QTest.keyClick(page.duties.table, Qt.Key.Key_Down)
    QTest.keyClick(page.duties.table, Qt.Key.Key_Return)
    assert charges(page)["1.1"] == "Nguyễn Thị Lan"
    assert page.duties.table.hasFocus()
    row = next(row for row in page.staff.rows.rows() if row.person.name == "Nguyễn Thị Lan")
    assert row.duties == 1
    page.search("nguyen thi lan")
    assert list(charges(page)) == ["1", "1.1"]
    page.search("không có gì")
    assert page.duties.nothing.isVisible()
    page.search("")
    assert len(charges(page)) > 40


def test_the_list_is_written_and_taken_over(
    qtbot: QtBot,
    page: PeoplePage,
    shared: Office,
    second_machine: Office,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answer(monkeypatch, target=tmp_path / "can-bo")
    press(page, "Save as a spreadsheet…")
    book = tmp_path / "can-bo.xlsx"
    assert load_workbook(book).sheetnames == ["Cán bộ", "Phân công"]
    dialog = import_dialog.ImportDialog(
        page, second_machine, book, people_lists.look_at_list(second_machine, book)
    )
    shown(qtbot, dialog)
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert len(people.at_work(second_machine)) == 3
    again = import_dialog.ImportDialog(
        page, second_machine, book, people_lists.look_at_list(second_machine, book)
    )
    shown(qtbot, again)
    assert not offered(again, "Nothing to take over")


def test_a_list_with_faults_is_only_read(
    qtbot: QtBot, page: PeoplePage, shared: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    people_lists.write_list(shared, tmp_path / "a.xlsx")
    book = load_workbook(tmp_path / "a.xlsx")
    book["Cán bộ"]["A2"] = "=1"
    book.save(tmp_path / "a.xlsx")
    dialog = import_dialog.ImportDialog(
        page, shared, tmp_path / "a.xlsx", people_lists.look_at_list(shared, tmp_path / "a.xlsx")
    )
    shown(qtbot, dialog)
    assert offered(dialog, "Close")
    (tmp_path / "b.xlsx").write_bytes(b"khong phai")
    answer(monkeypatch, files=(tmp_path / "b.xlsx",))
    press(page, "Take over from Excel…")
    assert "b.xlsx" in page.banner.text()


def test_the_questions_of_a_hand_over_are_answered_by_keyboard(
    qtbot: QtBot, page: PeoplePage, shared: Office
) -> None:
    binh, lan, pao = people.at_work(shared)
    dialog = hand_over_dialog.HandOverDialog(page, shared, lan, [binh, pao])
    shown(qtbot, dialog)
    (work,) = work_of(shared, lan)
    assert tr(work.words) in {label.text() for label in dialog.findChildren(QLabel)}
    yes = "Pass on and save the minutes…"
    QTest.keyClick(dialog.taker, Qt.Key.Key_Down)
    secret = dialog.secret
    for field, typed in ((secret.old, "sai"), (secret.first, "mật khẩu mới"), (secret.second, "mật khẩu")):
        write(field, typed)
    press(dialog, yes)
    assert dialog.fault()
    write(secret.old, PASSPHRASE)
    assert not dialog.fault()
    press(dialog, yes)
    assert dialog.fault() == tr("The two passphrases differ. Type the same one in both fields.")
    write(secret.first, "abc")
    press(dialog, yes)
    assert dialog.fault()
    write(secret.first, "mật khẩu mới")
    write(secret.second, "mật khẩu mới")
    write(dialog.note, "Chìa khóa tủ")
    press(dialog, yes)
    assert dialog.asked == Asked(pao, NewPassphrase(PASSPHRASE, "mật khẩu mới"), "Chìa khóa tủ")


def test_an_empty_field_of_the_passphrase_is_named_marked_and_in_hand(
    qtbot: QtBot, page: PeoplePage, shared: Office
) -> None:
    binh, lan, _ = people.at_work(shared)
    dialog = hand_over_dialog.HandOverDialog(page, shared, lan, [binh])
    shown(qtbot, dialog)
    secret = dialog.secret
    for field, typed, said in (
        (secret.old, PASSPHRASE, "Type the present passphrase."),
        (secret.first, "mật khẩu mới", "Type the new passphrase."),
        (secret.second, "mật khẩu mới", "Type the new passphrase once more."),
    ):
        press(dialog, "Pass on and save the minutes…")
        assert dialog.fault() == tr(said)
        assert dialog.focusWidget() is field
        marked = [
            each for each in (secret.old, secret.first, secret.second) if each.property("wrong") == "true"
        ]
        assert marked == [field]
        write(field, typed)
        assert (dialog.fault(), field.property("wrong")) == ("", "")
    press(dialog, "Pass on and save the minutes…")
    assert dialog.asked is not None


def test_without_a_new_passphrase_none_is_asked_for(qtbot: QtBot, page: PeoplePage, shared: Office) -> None:
    binh, lan, _ = people.at_work(shared)
    dialog = hand_over_dialog.HandOverDialog(page, shared, lan, [binh])
    shown(qtbot, dialog)
    QTest.keyClick(dialog.change, Qt.Key.Key_Space)
    assert not dialog.secret.old.isEnabled()
    press(dialog, "Pass on and save the minutes…")
    assert dialog.asked == Asked(binh, None, "")


def test_work_passes_on_with_minutes(
    qtbot: QtBot, page: PeoplePage, shared: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    binh, lan, _ = people.at_work(shared)
    criteria = filling.open_form(shared).criteria
    duties.assign(shared, YEAR, [criteria.by_code("1.2")], Assignee(lan))
    told: list[str] = []
    monkeypatch.setattr(dialogs, "tell", lambda _parent, _title, sentence, _tone: told.append(sentence))
    monkeypatch.setattr(
        hand_over_dialog,
        "ask_hand_over",
        lambda *_: Asked(binh, NewPassphrase(PASSPHRASE, "mật khẩu mới"), ""),
    )
    answer(monkeypatch, target=tmp_path / "bb")
    choose(page, shared, lan.name)
    with light_keys():
        press(page, "Pass work on…")
        assert not page.leave()
        qtbot.waitUntil(lambda: not page.work.busy, timeout=20_000)
    (said,) = told
    assert "bb.pdf" in said
    assert tr(OLD_COPIES) in said
    assert (tmp_path / "bb.pdf").read_bytes().startswith(b"%PDF")
    assert listed(page) == ["Trần Văn Bình", "Giàng A Páo", "Nguyễn Thị Lan"]
    assert duties.duties(shared, YEAR)[criteria.by_code("1.2").id].name == binh.name
    keys.load_key(shared.signing_key, "mật khẩu mới")


def test_a_hand_over_that_fails_is_told_and_changes_nothing(
    qtbot: QtBot, page: PeoplePage, shared: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    binh, lan, _ = people.at_work(shared)
    monkeypatch.setattr(hand_over_dialog, "ask_hand_over", lambda *_: Asked(binh, None, ""))
    answer(monkeypatch, target=tmp_path / "không có" / "bb.pdf")
    choose(page, shared, lan.name)
    press(page, "Pass work on…")
    qtbot.waitUntil(lambda: not page.work.busy)
    assert "bb.pdf" in page.banner.text()
    assert len(people.at_work(shared)) == 3


def test_who_is_alone_passes_nothing_on(open_page: Callable[[Office], PeoplePage], commune: Office) -> None:
    people.add(commune, NewPerson("Nguyễn Thị Lan"))
    assert not offered(open_page(commune), "Pass work on…")
