"""Years, criteria sets and the kit: what is held, what is opened, what is sent out."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from parindex_desktop.domain.revisions import canonical
from parindex_desktop.domain.units import Level
from parindex_desktop.services import kits, receiving, register, set_books, settling_kits
from tests.offices import PASSPHRASE, key_code, shipped_set
from tests.rival_kits import forked, until
from tests.ui.hands import answer, in_window, offered, press, write
from ui.language import tr
from ui.periods import kit_card, rows, year_dialog
from ui.periods.page import PeriodsPage
from ui.session import Session
from ui.widgets import faults
from ui.widgets.labels import WrapLabel
from ui.widgets.progress import size_text
from ui.widgets.versions import version_words

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QDialog, QWidget
    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from parindex_desktop.domain.messages import Message
    from parindex_desktop.services.homes import Office
    from tests.offices import Scene


@pytest.fixture
def province(scene: Scene) -> Office:
    return scene.office("province")


@pytest.fixture
def bare(scene: Scene) -> Office:
    """A province at its very beginning."""
    return scene.new("new", Level.PROVINCE, "Sở Nội vụ tỉnh Lai Châu")


@pytest.fixture
def asked() -> list[str]:
    """The other pages that the page asked for."""
    return []


@pytest.fixture
def open_page(qtbot: QtBot, asked: list[str]) -> Callable[[Office], PeriodsPage]:
    def opened(office: Office) -> PeriodsPage:
        page = in_window(qtbot, lambda: PeriodsPage(Session(office), asked.append, {})).current_page()
        assert isinstance(page, PeriodsPage)
        return page

    return opened


@pytest.fixture
def page(open_page: Callable[[Office], PeriodsPage], province: Office) -> PeriodsPage:
    return open_page(province)


def shown(qtbot: QtBot, dialog: QDialog) -> None:
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(dialog.isActiveWindow)


def next_year(folder: Path, **changes: object) -> Path:
    """A set for 2027, as a file."""
    tree = json.loads(shipped_set()) | {"year": 2027} | changes
    (folder / "bo-2027.json").write_text(json.dumps(tree, ensure_ascii=False), "utf-8")
    return folder / "bo-2027.json"


def test_years_and_sets_are_listed(page: PeriodsPage, qtmodeltester: ModelTester) -> None:
    assert [row.period.year for row in page.years.rows.rows()] == ["2026"]
    assert page.years.rows.cell(0, 2).text == "15/12/2026"
    assert page.sets.rows.cell(0, 6).text == tr("Used in {years}", years="2026")
    assert page.sets.rows.cell(0, 0).note  # the notice that it is illustrative
    qtmodeltester.check(page.years.rows)
    qtmodeltester.check(page.sets.rows)


def test_at_the_beginning_the_page_leads_from_the_set_to_the_year_to_the_kit(
    open_page: Callable[[Office], PeriodsPage], bare: Office
) -> None:
    page = open_page(bare)
    assert offered(page, "Import a criteria set…")
    assert not offered(page, "Open a year…")
    assert not offered(page.kit, "Export the kit…")
    own = {action.text(): action for action in page.shipped.menu().actions()}
    own["Bộ tiêu chí Chỉ số CCHC cấp xã năm 2026 (minh họa)"].trigger()
    assert page.sets.rows.rowCount() == 1
    assert offered(page, "Open a year…")
    register.open_period(bare, "2026", register.sets(bare))
    page.activated()
    assert offered(page.kit, "Export the kit…")
    assert page.kit.chip.sign() == kit_card.NEVER


def test_the_programs_own_sets_are_offered_until_they_are_held(
    open_page: Callable[[Office], PeriodsPage], bare: Office
) -> None:
    page = open_page(bare)
    offered_years = [action.text().split("năm ")[1][:4] for action in page.shipped.menu().actions()]
    assert offered_years == ["2026", "2026", "2026", "2024", "2024"]
    for left in (4, 3, 2, 1, 0):
        page.shipped.menu().actions()[0].trigger()
        assert len(page.shipped.menu().actions()) == left
        assert page.shipped.isVisible() == bool(left)
    assert {row.criteria.level for row in page.sets.rows.rows()} == set(Level) - {Level.PROVINCE}


def as_workbook(document: Path) -> Path:
    """The same set as a workbook."""
    set_books.write_book(document.read_bytes(), document.with_suffix(".xlsx"))
    return document.with_suffix(".xlsx")


def take(qtbot: QtBot, page: PeriodsPage) -> None:
    """Import the file that is answered, and wait for its end."""
    press(page, "Import a criteria set…")
    qtbot.waitUntil(lambda: not page.books.busy)


@pytest.mark.parametrize("turned", [lambda path: path, as_workbook], ids=["json", "xlsx"])
def test_a_set_comes_in_from_a_file(
    qtbot: QtBot,
    page: PeriodsPage,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    turned: Callable[[Path], Path],
) -> None:
    answer(monkeypatch, files=(turned(next_year(tmp_path)),))
    take(qtbot, page)
    assert [row.criteria.year for row in page.sets.rows.rows()] == [2027, 2026]
    current = page.sets.current()
    assert current is not None
    assert current.criteria.year == 2027
    assert current.criteria == register.check_set((tmp_path / "bo-2027.json").read_bytes())


def test_a_faulty_set_is_refused_with_every_fault(
    qtbot: QtBot, page: PeriodsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[Message, ...]] = []
    monkeypatch.setattr(faults, "show_faults", lambda *said, **_named: told.append(said[3]))
    answer(monkeypatch, files=(next_year(tmp_path, level="planet", name=""),))
    take(qtbot, page)
    assert len(told[0]) == 2
    assert page.sets.rows.rowCount() == 1


@pytest.mark.parametrize("yes", [True, False])
def test_guidance_that_tells_an_older_figure_is_asked_about_before_the_set_is_frozen(
    qtbot: QtBot, page: PeriodsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, yes: bool
) -> None:
    asked = answer(monkeypatch, yes=yes, files=(with_older_guidance(tmp_path),))
    take(qtbot, page)
    assert asked == [tr("Criteria set"), tr("Criteria set")], "for the file, then for the hint"
    assert page.sets.rows.rowCount() == 1 + yes


def with_older_guidance(folder: Path) -> Path:
    """The next version of the set, with a floor that its guidance does not tell."""
    tree = json.loads(shipped_set()) | {"version": 2}
    tree["criteria"][0]["children"][1]["rule"]["floor"] = "85"
    (folder / "bo-v2.json").write_text(json.dumps(tree, ensure_ascii=False), "utf-8")
    return folder / "bo-v2.json"


def test_a_file_that_is_gone_is_named(
    qtbot: QtBot, page: PeriodsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, files=(tmp_path / "mat.json",))
    take(qtbot, page)
    assert "mat.json" in page.banner.text()


def test_a_year_is_opened_by_keyboard(
    qtbot: QtBot, page: PeriodsPage, province: Office, tmp_path: Path
) -> None:
    register.import_set(province, next_year(tmp_path).read_bytes())
    dialog = year_dialog.YearDialog(page, province)
    shown(qtbot, dialog)
    assert dialog.year.value() == "2027"
    assert QApplication.focusWidget() is dialog.year
    combo = dialog.combos[Level.COMMUNE]
    assert combo.currentData() is not None
    write(dialog.last.field, "15-12-27")
    press(dialog, "Open the year")
    period = register.current_kit(province).periods["2027"]
    assert period.self_assessment_to == dt.date(2027, 12, 15)
    assert period.sets == {Level.COMMUNE: combo.currentData().digest}


def test_a_year_without_a_set_cannot_be_opened(qtbot: QtBot, page: PeriodsPage, province: Office) -> None:
    dialog = year_dialog.YearDialog(page, province)
    shown(qtbot, dialog)
    write(dialog.year, "2031")
    assert dialog.combos == {}
    assert not dialog.go.isEnabled()


def test_every_kind_that_has_units_is_in_the_dialog(
    qtbot: QtBot, page: PeriodsPage, province: Office, tmp_path: Path
) -> None:
    register.add_unit(province, register.NewUnit("T01", "Công an tỉnh", Level.CENTRAL))
    register.import_set(province, next_year(tmp_path).read_bytes())
    dialog = year_dialog.YearDialog(page, province)
    shown(qtbot, dialog)

    def said() -> str:
        return "\n".join(label.text() for label in dialog.findChildren(WrapLabel) if label.isVisible())

    assert list(dialog.combos) == [Level.COMMUNE]
    assert "(T01 Công an tỉnh)" in said()
    without = tr("Without this day no unit is ever shown as late, and the offices see no deadline.")
    assert without in said()
    write(dialog.last.field, "15-12-27")
    assert without not in said()
    press(dialog, "Open the year")
    page.activated()
    lacks = tr("{level}: no criteria set yet", level=tr(Level.CENTRAL.words))
    assert lacks in page.years.rows.cell(0, 1).text
    assert "T01 Công an tỉnh" in page.kit.left_out.text()
    assert "2027" in page.kit.left_out.text()


def test_versions_of_one_set_are_told_apart_at_the_beginning(
    qtbot: QtBot, page: PeriodsPage, province: Office
) -> None:
    tree = json.loads(shipped_set()) | {"version": 2}
    register.import_set(province, json.dumps(tree, ensure_ascii=False).encode())
    dialog = year_dialog.YearDialog(page, province, register.current_kit(province).periods["2026"])
    shown(qtbot, dialog)
    combo = dialog.combos[Level.COMMUNE]
    offered = [(combo.itemText(row), combo.itemData(row)) for row in range(combo.count())]
    assert [text for text, _ in offered] == [version_words(each.version, each.name) for _, each in offered]
    assert [text[:11] for text, _ in offered] == ["phiên bản 2", "phiên bản 1"]
    combo.setCurrentIndex(0)
    press(dialog, "Change")
    assert dialog.opened is not None
    assert dialog.opened.sets[Level.COMMUNE] == combo.itemData(0).digest


def test_an_impossible_date_keeps_the_dialog_open(qtbot: QtBot, page: PeriodsPage, province: Office) -> None:
    before = register.current_kit(province).periods["2026"]
    dialog = year_dialog.YearDialog(page, province, before)
    shown(qtbot, dialog)
    write(dialog.last.field, "31/02/2026")
    press(dialog, "Change")
    assert dialog.isVisible()
    assert register.current_kit(province).periods["2026"] == before


def test_the_page_opens_and_changes_years(
    page: PeriodsPage, province: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def later(_parent: object, office: Office, period: object) -> object:
        assert period == register.current_kit(office).periods["2026"]
        return register.open_period(office, "2026", [], dt.date(2026, 12, 31))

    monkeypatch.setattr(year_dialog, "ask_year", later)
    press(page, "Change the sets or the date…")
    assert page.years.rows.cell(0, 2).text == "31/12/2026"
    assert page.kit.changes.text() == tr("To be sent out: {changes}", changes=tr("years: {count}", count=1))


def test_changing_a_year_that_stays_the_same_says_so(
    page: PeriodsPage, province: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def same(_parent: object, office: Office, _period: object) -> object:
        return register.open_period(office, "2026", register.sets(office), dt.date(2026, 12, 15))

    monkeypatch.setattr(year_dialog, "ask_year", same)
    for button in ("Change the sets or the date…", "Open a year…"):
        press(page, button)
        said = tr("The year {year} is open already, and just like this. Nothing was changed.", year="2026")
        assert page.banner.text().startswith(said)
    assert page.kit.chip.sign() == kit_card.NEWEST


def test_what_was_opened_and_what_was_changed_are_told_apart(
    page: PeriodsPage, province: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    criteria = register.import_set(province, next_year(tmp_path).read_bytes())
    monkeypatch.setattr(
        year_dialog,
        "ask_year",
        lambda _parent, office, _period: register.open_period(office, "2027", [criteria]),
    )
    press(page, "Open a year…")
    lines = page.banner.text().split("\n")
    assert lines[0] == tr("The year {year} is open now.", year="2027")
    assert any("2026" in line and "2027" in line for line in lines)  # the running year stays in hand
    assert province.record.period == "2026"
    monkeypatch.setattr(
        year_dialog,
        "ask_year",
        lambda _parent, office, _period: register.open_period(office, "2027", [], dt.date(2027, 12, 1)),
    )
    press(page, "Change the sets or the date…")
    lines = page.banner.text().split("\n")
    assert lines[0] == tr("The year {year} was open already. What is different now:", year="2027")
    assert "01/12/2027" in lines[1]


def test_the_last_day_can_be_cleared(qtbot: QtBot, page: PeriodsPage, province: Office) -> None:
    dialog = year_dialog.YearDialog(page, province, register.current_kit(province).periods["2026"])
    shown(qtbot, dialog)
    dialog.last.field.clear()
    press(dialog, "Change")
    assert register.current_kit(province).periods["2026"].self_assessment_to is None


def test_what_was_said_against_a_year_goes_when_something_is_changed(
    qtbot: QtBot, page: PeriodsPage, province: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = year_dialog.YearDialog(page, province)
    shown(qtbot, dialog)

    def refused(*_: object, **_more: object) -> object:
        raise register.YearWrong(text="2026")

    monkeypatch.setattr(register, "open_period", refused)
    for mend in (lambda: write(dialog.last.field, "1/12/2026"), lambda: write(dialog.year, "2026")):
        write(dialog.year, "2026")
        dialog.accept()
        assert dialog.fault()
        dialog.year.clear()
        mend()
        assert not dialog.fault()


def test_the_kit_tells_what_the_offices_do_not_know_yet(page: PeriodsPage, province: Office) -> None:
    assert page.kit.chip.sign() == kit_card.NEWEST
    step = page.top_line().step
    assert step is not None
    assert not step.filled
    register.add_unit(province, register.NewUnit("03004", "Xã Y Tý", Level.COMMUNE))
    page.activated()
    assert page.kit.chip.sign() == kit_card.CHANGED
    assert tr("units: {count}", count=1) in page.kit.changes.text()
    step = page.top_line().step
    assert step is not None
    assert step.filled


def test_the_kit_is_exported_and_an_office_takes_it_in(
    qtbot: QtBot,
    page: PeriodsPage,
    province: Office,
    scene: Scene,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    register.add_unit(province, register.NewUnit("03004", "Xã Y Tý", Level.COMMUNE))
    page.activated()
    answer(monkeypatch, target=tmp_path, secret=PASSPHRASE)
    page.banner.tell(tr("Export a new kit and send it: the offices learn of it only then."))
    press(page.kit, "Export the kit…")
    qtbot.waitUntil(lambda: not page.work.busy)
    (kit,) = tmp_path.glob("*.cchc")
    assert kit.name in page.kit.result.text()
    assert page.banner.isHidden()  # what it asked for is done
    assert page.kit.chip.sign() == kit_card.NEWEST
    assert kits.kit_status(province).number == 2
    (taken,) = receiving.take_in(scene.office("ta-van"), [kit])
    assert taken.outcome.is_new


@pytest.mark.parametrize("same", [True, False])
def test_only_a_stick_is_said_to_be_removable(
    qtbot: QtBot, page: PeriodsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, same: bool
) -> None:
    answer(monkeypatch, target=tmp_path)
    if not same:  # the suite has one disk to write to
        monkeypatch.setattr(kit_card, "on_one_disk", lambda *_: False)
    page.kit.export()
    qtbot.waitUntil(lambda: not page.work.busy)
    (kit,) = tmp_path.glob("*.cchc")
    values = {"name": kit.name, "size": size_text(kit.stat().st_size), "folder": str(tmp_path)}
    assert page.kit.result.text() == (
        tr("“{name}” ({size}) was written to {folder}, read back and compared.", **values)
        if same
        else tr(
            "“{name}” ({size}) was written to {folder}, read back and compared. The stick may be removed now.",
            **values,
        )
    )


def test_a_place_that_cannot_be_written_is_told_and_the_kit_can_be_exported_again(
    qtbot: QtBot, page: PeriodsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, target=tmp_path / "none" / "kit.cchc", secret=PASSPHRASE)
    press(page.kit, "Export the kit…")
    qtbot.waitUntil(lambda: not page.work.busy)
    assert page.kit.fault.text()
    assert offered(page.kit, "Export the kit…")


def test_without_the_passphrase_nothing_is_exported(
    page: PeriodsPage, province: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    register.add_unit(province, register.NewUnit("03004", "Xã Y Tý", Level.COMMUNE))
    answer(monkeypatch, target=tmp_path, secret=None)
    press(page.kit, "Export the kit…")
    assert not page.work.busy
    assert list(tmp_path.glob("*.cchc")) == []


def test_the_same_kit_again_needs_no_passphrase(
    qtbot: QtBot, page: PeriodsPage, scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = answer(monkeypatch, target=tmp_path)
    press(page.kit, "Export the kit…")
    qtbot.waitUntil(lambda: not page.work.busy)
    assert asked == [tr("Export the kit: choose the stick or a folder")]
    (kit,) = tmp_path.glob("*.cchc")
    assert kit.read_bytes() == scene.file("kit.cchc").read_bytes()


def test_kits_that_differ_are_settled_before_one_is_exported(
    open_page: Callable[[Office], PeriodsPage],
    scene: Scene,
    asked: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fork = forked(scene, until(20), until(25))
    page = open_page(fork.province)
    assert not page.kit.unsettled.isVisible()
    fork.take_other()
    questions = answer(monkeypatch)
    page.kit.export()  # before the page has looked again
    assert questions == []
    page.activated()
    assert page.kit.unsettled.text() == tr(kits.KitsUnsettled(count=1))
    assert "parindex" in page.kit.unsettled.text()
    assert not offered(page.kit, "Export the kit…")
    step = page.top_line().step
    assert step is not None
    assert (step.enabled, step.hint) == (False, tr("Settle what the two kits differ in first."))
    press(page.kit, "Figures to be settled")
    assert asked == ["differences"]
    settling_kits.settle_as(fork.province, 1)
    page.activated()
    assert not page.kit.unsettled.isVisible()
    assert offered(page.kit, "Export the kit…")


def test_the_key_code_of_the_province_can_be_read_out(page: PeriodsPage, province: Office) -> None:
    said = "".join(label.text() for label in page.kit.findChildren(kit_card.CopyLabel))
    assert "".join(said.split()) == "".join(key_code(province).split())


def walked(first: QWidget, last: QWidget) -> list[QWidget]:
    """Where Tab goes from `first` on, until it comes to `last`."""
    found = [first]
    at = first
    while at is not last:
        at = at.nextInFocusChain()
        found += [at] if at.isVisible() and at.focusPolicy() & Qt.FocusPolicy.TabFocus else []
        assert len(found) < 20
    return found


def test_the_keyboard_walks_through_the_page_in_reading_order(page: PeriodsPage) -> None:
    assert walked(page.import_button, page.kit.export_button) == [
        page.import_button,
        page.open_button,
        page.give,
        page.change,
        page.years,
        page.write,
        page.sets,
        page.kit.export_button,
    ]


def test_the_keyboard_walks_through_the_year_in_reading_order(
    qtbot: QtBot, page: PeriodsPage, province: Office
) -> None:
    period = register.current_kit(province).periods["2026"]
    dialog = year_dialog.YearDialog(page, province, period)
    shown(qtbot, dialog)
    assert walked(dialog.year, dialog.last.field) == [
        dialog.year,
        *dialog.combos.values(),
        dialog.last.field,
    ]


def test_other_content_under_a_published_version_is_refused_before_anything_is_asked(
    qtbot: QtBot, page: PeriodsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree = json.loads(shipped_set())
    tree["criteria"][0]["children"][1]["rule"]["floor"] = "85"
    (tmp_path / "bo.json").write_text(json.dumps(tree, ensure_ascii=False), "utf-8")
    asked = answer(monkeypatch, yes=True, files=(tmp_path / "bo.json",))
    take(qtbot, page)
    assert asked == [tr("Criteria set")], "only for the file"
    assert page.sets.rows.rowCount() == 1
    assert page.banner.text() == tr(register.VersionTaken(name=tree["name"], version="1"))


def test_sets_of_one_name_and_version_are_told_apart(
    page: PeriodsPage, province: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A register from before may hold them."""
    monkeypatch.setattr(register, "is_taken", lambda *_known: False)
    held = register.sets(province)[0]
    twin = register.import_set(province, canonical(json.loads(shipped_set()) | {"notice": "khác"}))
    page.activated()
    notes = {row.criteria.digest: rows.set_cells(row)[0].note for row in page.sets.rows.rows()}
    assert notes == {each.digest: tr("digest {digest}", digest=each.digest[:8]) for each in (held, twin)}
    dialog = year_dialog.YearDialog(page, province, register.current_kit(province).periods["2026"])
    box = dialog.combos[Level.COMMUNE]
    words = {box.itemText(row) for row in range(box.count())}
    assert words == {version_words(1, each.name, each.digest) for each in (held, twin)}
    dialog.deleteLater()
