"""Taking in: bundles are looked at first, then taken in; the units show what came."""

from __future__ import annotations

import datetime as dt
import os
import threading
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from parindex_desktop.domain.errors import Cancelled
from parindex_desktop.domain.unit_changes import described
from parindex_desktop.domain.units import Level
from parindex_desktop.services import finding, received, receiving, register
from parindex_desktop.services.received import Arrived
from parindex_desktop.services.receiving import Outcome
from tests.offices import shipped_set
from tests.ui.hands import answer, offered, press
from tests.ui.intake.counter import Counter
from ui.form import file_work
from ui.intake import wording
from ui.intake.page import TAKING_IN
from ui.language import tr

if TYPE_CHECKING:
    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from tests.offices import Scene

NOT_YET = tr(wording.ARRIVED[Arrived.NOTHING])
CAME = tr(wording.ARRIVED[Arrived.WHOLE])


def tampered(folder: Path, bundle: Path) -> Path:
    data = bytearray(bundle.read_bytes())
    data[len(data) // 2] ^= 1
    bad = folder / "hong.cchc"
    bad.write_bytes(data)
    return bad


def test_every_unit_is_listed_in_its_order(counter: Counter, qtmodeltester: ModelTester) -> None:
    assert counter.units() == [("03001", NOT_YET), ("03002", NOT_YET), ("03003", NOT_YET)]
    qtmodeltester.check(counter.page.overview.table.rows)


def test_the_keyboard_is_in_the_list_and_walks_to_the_unit(counter: Counter) -> None:
    table = counter.page.overview.table
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert "Tả Van" in counter.page.overview.pane.title.text()


def test_bundles_are_looked_at_before_anything_is_recorded(
    counter: Counter, tmp_path: Path, qtmodeltester: ModelTester
) -> None:
    bad = tampered(tmp_path, counter.scene.file("ta-van-1.cchc"))
    counter.check(counter.scene.file("ban-ho-1.cchc"), bad)
    assert counter.outcomes() == [Outcome.FIRST, Outcome.REFUSED]
    assert received.overview(counter.session.office, "2026")[0].arrived is Arrived.NOTHING
    assert counter.page.desk.take.text() == tr("Take in {count} valid file(s)", count=1)
    qtmodeltester.check(counter.page.desk.table.rows)


def test_the_next_step_takes_in_and_the_units_show_it(counter: Counter) -> None:
    counter.check(counter.scene.file("ban-ho-1.cchc"), counter.scene.file("ta-van-1.cchc"))
    take = QApplication.focusWidget()
    assert take is counter.page.desk.take
    QTest.keyClick(take, Qt.Key.Key_Space)
    counter.settle()
    assert counter.outcomes() == [Outcome.FIRST, Outcome.FIRST]
    press(counter.page.desk, "See what came from each unit")
    assert counter.units() == [("03001", CAME), ("03002", CAME), ("03003", NOT_YET)]
    assert counter.page.overview.facts.text() == tr(
        "Year {year}: {arrived} / {all} units handed over", year="2026", arrived=2, all=3
    )


def test_cancelling_the_preview_takes_nothing_in(counter: Counter) -> None:
    counter.check(counter.scene.file("ban-ho-1.cchc"))
    press(counter.page.desk, "Cancel, take nothing in")
    counter.settle()
    assert counter.units()[0] == ("03001", NOT_YET)
    assert QApplication.focusWidget() is counter.page.overview.table


def test_a_whole_folder_is_dropped(counter: Counter, tmp_path: Path) -> None:
    for name in ("ban-ho-1.cchc", "ta-van-1.cchc"):
        os.link(counter.scene.file(name), tmp_path / name)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path))])
    none = Qt.MouseButton.NoButton
    event = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, none, Qt.KeyboardModifier.NoModifier)
    counter.page.overview.drop.dropEvent(event)
    counter.settle()
    assert counter.outcomes() == [Outcome.FIRST, Outcome.FIRST]


def test_files_are_chosen_by_keyboard(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, files=(counter.scene.file("ban-ho-1.cchc"),))
    press(counter.window.top, "Choose bundles…")
    counter.settle()
    assert counter.outcomes() == [Outcome.FIRST]


def test_the_head_and_signature_of_the_summary_are_one_step_away(counter: Counter) -> None:
    (action,) = [
        each
        for each in counter.page.overview.print_button.menu().actions()
        if each.text() == tr("Head and signature of the paper…")
    ]
    action.trigger()
    assert counter.opened == ["office"]


def test_a_board_that_could_not_be_read_is_told_until_it_is_read(counter: Counter) -> None:
    counter.page.reader.failed.emit(Cancelled())
    assert counter.page.banner.isVisible()
    counter.session.reload()
    counter.settle()
    assert not counter.page.banner.isVisible()


def test_a_folder_without_bundles_says_so(counter: Counter, tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    counter.check(tmp_path / "stick")
    assert counter.page.banner.text() == tr("There is no bundle (a file ending in .cchc) in what was chosen.")


def test_stopping_while_they_are_looked_at_records_nothing(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, gate = finding.look_through, threading.Event()

    def waiting(paths: list[Path]) -> finding.Found:
        assert gate.wait(10)
        return real(paths)

    monkeypatch.setattr(finding, "look_through", waiting)
    counter.page.overview.drop.chosen.emit([counter.scene.file("ban-ho-1.cchc")])
    press(counter.page.work, "Cancel")
    gate.set()
    counter.settle()
    assert counter.page.banner.text() == tr("Stopped. Nothing was recorded.")
    assert counter.page.overview.isVisible()


def test_stopping_while_taking_in_keeps_what_came_before(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = receiving.take_in

    def stopped(office: object, files: list[Path], **named: object) -> object:
        real(office, files[:1])
        raise Cancelled

    counter.check(counter.scene.file("ban-ho-1.cchc"), counter.scene.file("ta-van-1.cchc"))
    monkeypatch.setattr(receiving, "take_in", stopped)
    press(counter.page.desk, tr("Take in {count} valid file(s)", count=2))
    counter.settle()
    assert counter.units() == [("03001", CAME), ("03002", NOT_YET), ("03003", NOT_YET)]
    assert "\n" not in counter.page.banner.text()
    assert counter.page.banner.isVisible()


def test_search_finds_units_without_accents_and_by_code(counter: Counter) -> None:
    counter.page.search("ta van")
    assert [code for code, _ in counter.units()] == ["03002"]
    counter.page.search("03003")
    assert [code for code, _ in counter.units()] == ["03003"]
    counter.page.search("zz")
    assert counter.units() == []
    assert counter.page.overview.pane.title.text() == ""
    counter.page.search("")
    assert len(counter.units()) == 3


def test_the_list_can_be_narrowed_to_who_has_not_handed_over(counter: Counter) -> None:
    receiving.take_in(counter.session.office, [counter.scene.file("ban-ho-1.cchc")])
    counter.session.reload()
    counter.settle()
    view = counter.page.overview.view
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Down)
    view.activated.emit(view.currentIndex())
    assert [code for code, _ in counter.units()] == ["03002", "03003"]
    assert view.currentText() == tr("Not handed over ({count})", count=2)


def test_the_selected_unit_stays_when_the_list_is_read_anew(counter: Counter) -> None:
    counter.choose("03002")
    counter.session.reload()
    counter.settle()
    assert "Tả Van" in counter.page.overview.pane.title.text()


def test_the_pane_matches_paper_and_file(counter: Counter) -> None:
    office = counter.session.office
    receiving.take_in(office, [counter.scene.file("ban-ho-2.cchc")])
    counter.session.reload()
    counter.settle()
    counter.choose("03001")
    row = received.overview(office, "2026")[0]
    lock = received.received_form(office, row.unit, "2026").lock
    assert lock is not None
    pane = counter.page.overview.pane
    values = dict(pane.facts.lines())
    assert values[tr("Matching code on the paper")] == lock.code
    assert values[tr("Number of the report")] == "06/BC-UBND"
    assert values[tr("Reason for no signed copy")] == "Máy quét hỏng"
    assert "1" in pane.notice.text()
    details = received.details(office, row.unit, "2026")
    assert any(details.hand_overs[0].key in value for _, value in pane.came.lines())


def test_the_signed_copy_is_opened_and_saved_beside_what_was_handed_over(
    counter: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = counter.session.office
    receiving.take_in(office, [counter.scene.file("ban-ho-1.cchc")])
    counter.session.reload()
    counter.settle()
    counter.choose("03001")
    pane = counter.page.overview.pane
    merged = received.received_form(office, received.overview(office, "2026")[0].unit, "2026")
    assert merged.signed is not None
    opened: list[Path] = []
    monkeypatch.setattr(file_work, "open_file", lambda path: not opened.append(path))
    press(pane, "Open the signed copy")
    counter.qtbot.waitUntil(lambda: len(opened) == 1)
    target = tmp_path / "ban-ky.pdf"
    answer(monkeypatch, target=target)
    press(pane, "Save a copy…")
    counter.qtbot.waitUntil(target.exists)
    held = received.evidence_file(office, merged.signed.sha256).read_bytes()
    assert opened[0].read_bytes() == target.read_bytes() == held


def test_without_a_signed_copy_nothing_is_offered(counter: Counter) -> None:
    receiving.take_in(counter.session.office, [counter.scene.file("ban-ho-2.cchc")])
    counter.session.reload()
    counter.settle()
    counter.choose("03001")
    assert counter.page.overview.pane.signed_copy.isHidden()


def test_a_unit_without_a_key_is_told_before_its_bundle_is_refused(counter: Counter) -> None:
    counter.choose("03003")
    said = tr(
        "The unit has no valid key, so no new bundle of it can be taken in. Enrol its key on the page of units."
    )
    assert said in counter.page.overview.pane.notice.text()
    counter.choose("03001")
    assert said not in counter.page.overview.pane.notice.text()


def test_from_when_a_units_figures_are_counted_is_told(counter: Counter) -> None:
    office = counter.session.office
    kit = register.current_kit(office)
    whole = described(kit.units, kit.unit_of_code("03001"))
    register.add_units(office, [replace(whole, counted_to=dt.date(2026, 6, 30))])
    counter.session.reload()
    counter.settle()
    counter.choose("03001")
    said = counter.page.overview.pane.sentence.text()
    assert said.endswith("Số liệu tính từ 01/01/2026 đến 30/06/2026")


def test_the_form_of_a_unit_is_read_and_left_by_keyboard(counter: Counter) -> None:
    receiving.take_in(counter.session.office, [counter.scene.file("ban-ho-1.cchc")])
    counter.session.reload()
    counter.settle()
    table = counter.page.overview.table
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Return)
    form = counter.page.form
    assert form.isVisible()
    assert form.unit is not None
    assert form.unit.code == "03001"
    counter.page.search("sang kien")
    assert form.view.list.current() is not None
    QTest.keyClick(counter.window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert table.isVisible()
    assert QApplication.focusWidget() is table


@pytest.mark.parametrize("place", ["list", "evidence", "back"])
def test_escape_leaves_a_form_that_is_read(counter: Counter, place: str) -> None:
    receiving.take_in(counter.session.office, [counter.scene.file("ta-van-1.cchc")])
    counter.session.reload()
    counter.settle()
    counter.choose("03002")
    press(counter.page.overview.pane, "Open the self-assessment")
    form = counter.page.form
    inside = {"list": form.view.list.tree, "evidence": form.view.pane, "back": form.back}[place]
    inside.setFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    table = counter.page.overview.table
    assert QApplication.focusWidget() is table
    row = table.current()
    assert row is not None
    assert row.unit.code == "03002"


def test_escape_in_a_search_ends_the_search_alone(counter: Counter) -> None:
    receiving.take_in(counter.session.office, [counter.scene.file("ta-van-1.cchc")])
    counter.session.reload()
    counter.settle()
    counter.choose("03002")
    press(counter.page.overview.pane, "Open the self-assessment")
    QTest.keyClick(counter.window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(QApplication.focusWidget(), "1.2")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert counter.page.form.isVisible()


def test_who_has_not_handed_over_has_no_form(counter: Counter) -> None:
    table = counter.page.overview.table
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert not counter.page.form.isVisible()
    assert not offered(counter.page.overview.pane, "Open the self-assessment")


@pytest.mark.parametrize("ending", [".pdf", ".xlsx"])
def test_the_summary_is_written_and_can_be_opened(
    counter: Counter, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, ending: str
) -> None:
    answer(monkeypatch, target=tmp_path / "tong-hop")
    shown: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: shown.append(url) or True)
    (action,) = [
        each
        for each in counter.page.overview.print_button.menu().actions()
        if ending.strip(".").upper() in each.text()
    ]
    action.trigger()
    counter.settle()
    written = tmp_path / f"tong-hop{ending}"
    assert written.stat().st_size > 1000
    assert str(written) in counter.page.banner.text()
    press(counter.page.banner, "Open it")
    assert [Path(url.toLocalFile()) for url in shown] == [written]


def test_a_place_that_cannot_be_written_is_named(
    counter: Counter, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    answer(monkeypatch, target=tmp_path / "none" / "tong-hop.pdf")
    counter.page.print_summary(".pdf")
    counter.settle()
    assert "tong-hop.pdf" in counter.page.banner.text()


def test_before_a_year_is_open_the_page_says_where_to_begin(qtbot: QtBot, scene: Scene) -> None:
    office = scene.new("new", Level.PROVINCE, "Sở Nội vụ tỉnh Lai Châu")
    counter = Counter(qtbot, scene, office)
    assert counter.page.top_line().state is None
    press(counter.page, "Years and kit")
    assert counter.opened == ["periods"]
    register.open_period(office, "2026", [register.import_set(office, shipped_set())])
    counter.session.reload()
    press(counter.page, "Units")
    assert counter.opened == ["periods", "units"]
    register.add_unit(office, register.NewUnit("03001", "Xã Bản Hồ", Level.COMMUNE))
    counter.session.reload()
    counter.settle()
    assert counter.units() == [("03001", NOT_YET)]
    assert counter.page.top_line().state == TAKING_IN


def test_every_control_has_a_name(counter: Counter) -> None:
    counter.check(counter.scene.file("ban-ho-1.cchc"))
    for button in counter.page.findChildren(QPushButton):
        assert not button.isVisible() or button.accessibleName() or button.text()
