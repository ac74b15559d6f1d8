"""Two kits of the province side by side: the province sees both, chooses, and goes on to export one."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from parindex_desktop.services import kits, register, settling_kits
from tests.offices import PASSPHRASE, YEAR, quiet
from tests.rival_kits import forked, new_unit, renamed, until
from tests.ui.hands import answer, in_window, offered, press
from ui.differences.page import DifferencesPage
from ui.language import tr
from ui.session import Session
from ui.widgets import dialogs
from ui.widgets.labels import WrapLabel

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from parindex_desktop.services.homes import Office
    from tests.offices import Scene


class Opened:
    """The page of a province, and the other pages that it asked for."""

    def __init__(self, qtbot: QtBot, office: Office) -> None:
        self.asked: list[str] = []
        self.qtbot = qtbot
        session = Session(office)
        page = in_window(qtbot, lambda: DifferencesPage(session, self.asked.append, {})).current_page()
        assert isinstance(page, DifferencesPage)
        self.page = page
        self.read()

    def read(self) -> None:
        """Wait until the page knows what differs."""
        self.qtbot.waitUntil(lambda: not self.page.busy)

    def words(self) -> list[str]:
        """What is in view of the versions, once the window has laid them out."""
        found: list[str] = []

        def shown() -> bool:
            found[:] = [
                each.text() for each in self.page.versions.findChildren(WrapLabel) if each.isVisible()
            ]
            return bool(found)

        self.qtbot.waitUntil(shown)
        return found

    def press(self, words: str) -> None:
        self.qtbot.waitUntil(lambda: offered(self.page, words))
        press(self.page, words)
        self.read()


@pytest.fixture
def province(scene: Scene) -> Office:
    """It has found its other kit: another deadline, and another name of the first unit."""

    def both(day: int, name: str) -> Callable[[Office], object]:
        return lambda office: [change(office) for change in (until(day), renamed(name))]

    fork = forked(scene, both(20, "Xã A"), both(25, "Xã B"))
    fork.take_other()
    return fork.province


def test_what_the_kits_differ_in_stands_there_with_where_each_value_comes_from(
    qtbot: QtBot, province: Office
) -> None:
    at = Opened(qtbot, province)
    model = at.page.model
    assert [[model.index(row, column).data() for column in range(3)] for row in range(2)] == [
        [province.record.name, tr("Kit of the province"), tr("Year {year}", year=YEAR)],
        [province.record.name, tr("Kit of the province"), tr("Unit {code}", code="03001")],
    ]
    said = at.words()
    for day in (20, 25):
        assert tr("Self-assessment until {date}", date=dt.date(2026, 12, day)) in said
    for kit in settling_kits.rival_kits(province):
        assert tr(settling_kits.kit_words(kit)) in said
    assert at.page.left.text() == tr("{count} to be settled", count=2)
    assert not at.page.kits.isVisible()


def test_the_province_settles_by_the_keyboard_and_is_led_to_the_export(
    qtbot: QtBot, province: Office
) -> None:
    at = Opened(qtbot, province)
    QTest.keyClick(at.page.table, Qt.Key.Key_Down)
    assert at.page.model.difference(at.page.table.currentIndex().row()).key.startswith("unit/")
    name = at.page.model.difference(1).versions[0].lines[0]
    at.press("Choose this value")
    assert register.units(province)[0].name in str(name)
    assert at.page.model.rowCount() == 1
    assert at.page.done.isVisible()
    assert QApplication.focusWidget() is at.page.table
    at.press("Choose this value")
    assert not at.page.table.isVisible()
    assert at.page.kits.isVisible()
    assert not at.page.done.isVisible()
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_Return)
    assert at.asked == ["periods"]
    assert kits.kit_status(province).unsettled == 0


@pytest.mark.parametrize("number", [1, 2])
def test_everything_stands_as_one_kit_says_after_a_question(
    qtbot: QtBot, province: Office, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    at = Opened(qtbot, province)
    found = at.page.model.difference(0)
    wanted = settling_kits.rival_kits(province)[number - 1]
    (value,) = [version.value for version in found.versions if wanted in version.origins]
    asked = answer(monkeypatch, yes=False)
    at.page.follow(number)
    assert asked == [tr("Follow one kit in everything")]
    assert at.page.model.rowCount() == 2
    told: list[str] = []
    monkeypatch.setattr(dialogs, "ask", lambda *said, **_named: told.append(said[2]) or True)
    at.press("Follow this kit…") if number == 1 else at.page.follow(number)
    at.read()
    assert tr(settling_kits.kit_words(wanted)) in told[0]
    assert at.page.model.rowCount() == 0
    assert at.page.kits.isVisible()
    period = register.current_kit(province).periods[YEAR]
    assert period.self_assessment_to is not None
    assert period.self_assessment_to.isoformat() == value["self_assessment_to"]


def test_kits_that_go_together_need_only_the_export(qtbot: QtBot, scene: Scene) -> None:
    fork = forked(scene, new_unit("03050", "Xã một"), new_unit("03060", "Xã hai"))
    assert not Opened(qtbot, fork.province).page.kits.isVisible()
    fork.take_other()
    at = Opened(qtbot, fork.province)
    assert not at.page.table.isVisible()
    assert at.page.kits.isVisible()
    kits.export_kit(fork.province, PASSPHRASE, scene.folder / "chung.cchc", quiet)
    at.page.activated()
    at.read()
    assert not at.page.kits.isVisible()


def test_what_was_settled_meanwhile_is_told(qtbot: QtBot, province: Office) -> None:
    at = Opened(qtbot, province)
    settling_kits.settle_as(province, 1)
    at.page.settle(1)
    assert at.page.fault.text()
