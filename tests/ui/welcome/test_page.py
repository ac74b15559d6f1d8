"""The first run: an office is founded with a kit, without one, or as the province."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from parindex_desktop.domain.units import Level
from parindex_desktop.services import enrolling
from parindex_desktop.services.standing import Enrolment, standing
from tests.ui.hands import answer, in_window, offered, press, write
from tests.ui.offices import PASSPHRASE, code_of
from ui.language import tr
from ui.settings import Settings
from ui.welcome.page import WelcomePage
from ui.widgets import passphrase

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from parindex_desktop.services.homes import Office


@pytest.fixture
def founded_here() -> Iterator[list[Office]]:
    """The offices that the page has founded; closed after the test."""
    found: list[Office] = []
    yield found
    for office in found:
        office.close()


@pytest.fixture
def page(
    qtbot: QtBot, tmp_path: Path, founded_here: list[Office], monkeypatch: pytest.MonkeyPatch
) -> WelcomePage:
    """The page over an empty home; whoever is asked for a file gives none, unless the test says which."""
    answer(monkeypatch)
    window = in_window(qtbot, lambda: WelcomePage(tmp_path / "home", Settings({})))
    page = window.current_page()
    assert isinstance(page, WelcomePage)
    page.founded.connect(founded_here.append)
    return page


def test_the_usual_way_in_has_the_keyboard(page: WelcomePage) -> None:
    assert page.choices.first.hasFocus()


def test_a_commune_sets_itself_up_from_the_kit(
    page: WelcomePage,
    kit: Path,
    province: Office,
    founded_here: list[Office],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answer(monkeypatch, files=(kit,))
    press(page, "Open the province's kit…")
    qtbot.waitUntil(lambda: not page.work.busy)
    assert page.from_kit.code.field.hasFocus()
    write(page.from_kit.code.field, code_of(province))
    write(page.from_kit.picker.search, "phuong sa pa")
    press(page, "Make the key…")
    qtbot.waitUntil(lambda: bool(founded_here))
    (office,) = founded_here
    assert office.record.name == "Ủy ban nhân dân phường Sa Pa"
    assert standing(office).enrolment is Enrolment.UNKNOWN
    with qtbot.waitSignal(page.ready):
        press(page, "Begin")


def test_a_wrong_code_makes_nothing(
    page: WelcomePage, kit: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    press(page, "Open the province's kit…")
    page.from_kit.look_into(kit)
    qtbot.waitUntil(lambda: not page.work.busy)
    asked = answer(monkeypatch)
    write(page.from_kit.code.field, "0" * 32)
    write(page.from_kit.picker.search, "03003")
    press(page, "Make the key…")
    assert page.from_kit.code.field.hasFocus()
    assert page.from_kit.code.field.property("wrong")
    assert asked == []
    assert not (tmp_path / "home").exists()


def test_without_a_unit_there_is_no_key(page: WelcomePage, kit: Path, qtbot: QtBot) -> None:
    press(page, "Open the province's kit…")
    assert not offered(page, "Make the key…")
    page.from_kit.look_into(kit)
    qtbot.waitUntil(lambda: not page.work.busy)
    assert not offered(page, "Make the key…")
    write(page.from_kit.picker.search, "no such unit")
    assert not offered(page, "Make the key…")


def test_a_file_that_is_no_kit_is_refused_and_another_can_be_chosen(
    page: WelcomePage, kit: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    press(page, "Open the province's kit…")
    (tmp_path / "x.cchc").write_bytes(kit.read_bytes()[:-100])
    page.from_kit.look_into(tmp_path / "x.cchc")
    qtbot.waitUntil(lambda: not page.work.busy)
    assert page.from_kit.fault.text()
    page.from_kit.look_into(kit)
    qtbot.waitUntil(lambda: not page.work.busy)
    assert page.from_kit.fault.text() == ""
    assert page.from_kit.picker.model.rowCount() == 3


def test_an_office_without_a_kit_gets_its_key_and_saves_its_request(
    page: WelcomePage,
    province: Office,
    founded_here: list[Office],
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    request = tmp_path / "yêu cầu.csr"
    answer(monkeypatch, target=request)
    press(page, "New office without a kit…")
    assert page.new_office.name.hasFocus()
    write(page.new_office.name, "Ủy ban nhân dân xã Tả Van")
    press(page, "Make the key…")
    qtbot.waitUntil(lambda: bool(founded_here))
    (office,) = founded_here
    assert (office.record.name, office.level) == ("Ủy ban nhân dân xã Tả Van", Level.COMMUNE)
    press(page, "Save the signing request…")
    qtbot.waitUntil(lambda: not page.work.busy)
    enrolling.approve(province, request.read_bytes(), "03002", code_of(office), PASSPHRASE)


def test_the_province_is_founded_with_its_own_key(
    page: WelcomePage, founded_here: list[Office], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch)
    press(page, "Create the province's office…")
    assert not page.new_office.level.isVisible()
    write(page.new_office.name, "Sở Nội vụ tỉnh Lào Cai")
    press(page, "Make the key…")
    qtbot.waitUntil(lambda: bool(founded_here))
    assert founded_here[0].level is Level.PROVINCE
    assert not page.question.isVisible()  # it is answered
    assert tr("Key code of the province (to be read out over the telephone)") in texts(page)
    assert tr("Key code of this office (to be read out over the telephone)") not in texts(page)
    assert not offered(page, "Save the signing request…")


@pytest.mark.parametrize(
    ("way", "words"),
    [
        ("New office without a kit…", "khóa của cơ quan và được hỏi mỗi lần nộp hồ sơ"),
        ("Create the province's office…", "ký được thay tỉnh"),
    ],
)
def test_what_the_passphrase_is_for_and_how_long_it_must_be_is_said_before_it_is_chosen(
    page: WelcomePage, monkeypatch: pytest.MonkeyPatch, way: str, words: str
) -> None:

    said: list[str] = []
    monkeypatch.setattr(
        passphrase, "ask_passphrase", lambda _parent, _title, sentence, *_, **__: said.append(sentence)
    )
    press(page, way)
    write(page.new_office.name, "Sở Nội vụ tỉnh Lào Cai")
    press(page, "Make the key…")
    (sentence,) = said
    assert words in sentence
    assert "ít nhất 4 ký tự" in sentence


def test_an_office_needs_its_name(page: WelcomePage, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = answer(monkeypatch)
    press(page, "New office without a kit…")
    QTest.keyClick(page.new_office.name, Qt.Key.Key_Return)
    assert page.new_office.name.property("wrong")
    assert asked == []
    page.new_office.name.setText("X")
    assert not page.new_office.name.property("wrong")
    assert tr("The name of the office is missing.") not in texts(page)


def texts(page: WelcomePage) -> set[str]:
    """What the labels in view say."""
    return {label.text() for label in page.findChildren(QLabel) if label.isVisible()}


def test_a_home_that_cannot_be_made_is_told_and_the_form_stays(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    answer(monkeypatch)
    page = in_window(qtbot, lambda: WelcomePage(tmp_path / "file" / "home", Settings({}))).current_page()
    assert isinstance(page, WelcomePage)
    press(page, "New office without a kit…")
    write(page.new_office.name, "Xã Tả Van")
    press(page, "Make the key…")
    qtbot.waitUntil(lambda: not page.work.busy)
    assert page.new_office.fault.text()
    assert page.new_office.name.isEnabled()


def test_back_leads_to_the_first_question(page: WelcomePage) -> None:
    for way in ("Open the province's kit…", "New office without a kit…", "Create the province's office…"):
        press(page, way)
        press(page, "Back")
        assert page.choices.first.hasFocus()
