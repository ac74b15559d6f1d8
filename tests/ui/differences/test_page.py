"""Values that differ stand side by side; the unit chooses one, the province only sees them."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from parindex_desktop.services import differences, filling, handing_over, locking, receiving
from tests.ui.hands import in_window, offered, press
from tests.ui.offices import PASSPHRASE, fill, lock_and_sign
from ui.differences.model import DifferencesModel, title_of
from ui.differences.page import DifferencesPage
from ui.language import tr
from ui.session import Session
from ui.widgets.labels import WrapLabel

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from parindex_desktop.services.homes import Office

NOTES = ("máy một", "máy hai")


@pytest.fixture
def disputed(commune: Office, second_machine: Office, tmp_path: Path) -> Office:
    """The commune after its other machine's draft came: notes of two criteria differ."""
    for office, note in zip((commune, second_machine), NOTES, strict=True):
        form = filling.open_form(office)
        for leaf in [leaf for leaf in form.criteria.leaves() if leaf.inputs][:2]:
            form = filling.set_text(office, form, leaf, "note", note)
    _, draft = handing_over.export_draft(second_machine, form, PASSPHRASE, tmp_path)
    receiving.take_in(commune, [draft.target])
    return commune


@pytest.fixture
def received(province: Office, commune: Office, second_machine: Office, tmp_path: Path) -> Office:
    """The province, with a hand-over from each of the commune's machines: one note differs."""
    bundles = []
    for number, office in enumerate((commune, second_machine)):
        form = fill(office, filling.open_form(office))
        leaf = next(leaf for leaf in form.criteria.leaves() if leaf.inputs)
        form = lock_and_sign(office, filling.set_text(office, form, leaf, "note", NOTES[number]))
        folder = tmp_path / str(number)
        folder.mkdir()
        bundles.append(handing_over.hand_over(office, form, PASSPHRASE, folder)[1].target)
    receiving.take_in(province, bundles)
    return province


def opened(qtbot: QtBot, office: Office, asked: list[str] | None = None) -> DifferencesPage:
    """The page; it puts down in `asked` which other pages it wants to be opened."""
    session, pages = Session(office), [] if asked is None else asked
    window = in_window(qtbot, lambda: DifferencesPage(session, pages.append, {}))
    page = window.current_page()
    assert isinstance(page, DifferencesPage)
    qtbot.waitUntil(lambda: not page.busy)
    return page


def words(page: DifferencesPage) -> list[str]:
    return [label.text() for label in page.versions.findChildren(WrapLabel) if label.isVisible()]


def test_without_differences_the_page_says_what_will_be_here(qtbot: QtBot, commune: Office) -> None:
    page = opened(qtbot, commune)
    assert not page.table.isVisible()


def test_an_office_without_a_kit_has_no_differences(qtbot: QtBot, newcomer: Office) -> None:
    assert not opened(qtbot, newcomer).table.isVisible()


def test_both_values_are_in_sight_with_who_wrote_them(qtbot: QtBot, disputed: Office) -> None:
    page = opened(qtbot, disputed)
    assert page.model.rowCount() == 2
    said = words(page)
    assert set(NOTES) <= set(said)
    assert tr("This machine, not handed over yet") in said


def test_the_unit_chooses_by_the_keyboard_and_goes_on_to_the_next(qtbot: QtBot, disputed: Office) -> None:
    asked: list[str] = []
    page = opened(qtbot, disputed, asked)
    assert page.top_line().step is None
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    second, title = page.model.difference(1).key, title_of(page.model.difference(1))
    qtbot.waitUntil(lambda: offered(page.versions, "Choose this value"))
    press(page.versions, "Choose this value")
    assert [page.model.difference(row).key for row in range(page.model.rowCount())] != [second]
    assert page.model.rowCount() == 1
    assert QApplication.focusWidget() is page.table
    assert page.table.currentIndex().isValid()
    assert title in page.done.text()
    qtbot.waitUntil(lambda: offered(page.versions, "Choose this value"))
    press(page.versions, "Choose this value")
    assert not page.table.isVisible()
    assert differences.differences(disputed) == []
    focused = QApplication.focusWidget()
    assert focused is not None
    assert page.done.isAncestorOf(focused)
    QTest.keyClick(focused, Qt.Key.Key_Return)
    step = page.top_line().step
    assert step is not None
    step.run()
    assert asked == ["form", "handover"]
    page.activated()
    assert not page.done.isVisible()


@pytest.mark.parametrize("number", [1, 2])
def test_the_chosen_value_stands(qtbot: QtBot, disputed: Office, number: int) -> None:
    page = opened(qtbot, disputed)
    found = page.model.difference(0)
    page.settle(number)
    assert found.criterion is not None
    sheet = filling.open_form(disputed).assessment.sheets[found.criterion.id]
    assert sheet.note == found.versions[number - 1].value


def test_what_was_settled_meanwhile_is_told(qtbot: QtBot, disputed: Office) -> None:
    page = opened(qtbot, disputed)
    found = page.model.difference(0)
    differences.settle_own(disputed, found.period, found.key, 1)
    page.settle(2)
    assert page.fault.text()


def test_the_province_reads_beside_the_window_and_what_changed_meanwhile_anew(
    qtbot: QtBot, received: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[bool] = []
    read = differences.differences

    def watched(office: Office, year: str | None) -> list[differences.Difference]:
        threads.append(threading.current_thread() is threading.main_thread())
        return read(office, year) if len(threads) == 3 else []

    monkeypatch.setattr(differences, "differences", watched)
    page = opened(qtbot, received)
    page.activated()
    assert page.busy
    page.activated()  # something was taken in while it reads
    qtbot.waitUntil(lambda: len(threads) == 3 and not page.busy)
    assert threads == [False] * 3
    assert page.model.rowCount() == 1


def test_the_province_sees_both_and_cannot_choose(qtbot: QtBot, received: Office) -> None:
    page = opened(qtbot, received)
    assert page.model.index(0, 0).data() == "Ủy ban nhân dân xã Bản Hồ"
    qtbot.waitUntil(lambda: set(NOTES) <= set(words(page)))
    assert not offered(page, "Choose this value")


@pytest.mark.parametrize("of_many", [False, True])
def test_the_list_keeps_the_rules_of_qt(qtmodeltester: ModelTester, disputed: Office, of_many: bool) -> None:
    model = DifferencesModel(of_many=of_many)
    found = differences.differences(disputed)
    model.show_differences(found)
    qtmodeltester.check(model)
    assert model.columnCount() == (3 if of_many else 2)
    assert model.row_of(found[1].unit, found[1].key) == 1
    assert model.row_of(found[1].unit, "answer/gone/note") is None


def test_the_page_counts_what_is_left_and_calls_a_draft_a_draft(qtbot: QtBot, disputed: Office) -> None:
    page = opened(qtbot, disputed)
    assert page.left.text() == tr("{count} to be settled", count=2)
    assert sum(tr("draft") in text for text in words(page)) == 1
    page.settle(1)
    assert page.left.text() == tr("{count} to be settled", count=1)


def test_a_draft_after_a_hand_over_is_not_called_by_its_number(
    qtbot: QtBot, commune: Office, second_machine: Office, tmp_path: Path
) -> None:
    form = lock_and_sign(commune, fill(commune, filling.open_form(commune)))
    form, first = handing_over.hand_over(commune, form, PASSPHRASE, tmp_path)
    receiving.take_in(second_machine, [first.target])
    leaf = next(leaf for leaf in form.criteria.leaves() if leaf.inputs)
    for office, note in zip((commune, second_machine), NOTES, strict=True):
        form = locking.unlock(office, filling.open_form(office), "Sửa")
        form = filling.set_text(office, form, leaf, "note", note)
    _, draft = handing_over.export_draft(second_machine, form, PASSPHRASE, tmp_path)
    receiving.take_in(commune, [draft.target])
    page = opened(qtbot, commune)
    assert not any(tr("version {number}", number=1) in text for text in words(page))
    assert sum(tr("draft") in text for text in words(page)) == 1
