"""The list of units as a spreadsheet: looked at first, then taken over; and samples of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook

from parindex_desktop.domain.unit_changes import NewUnit
from parindex_desktop.domain.units import Level
from parindex_desktop.services import register, unit_lists
from parindex_desktop.services.unit_samples import Shape
from tests.offices import UNITS
from tests.ui.hands import answer, offered, press
from tests.ui.units.listing import listed, shown
from ui.language import tr
from ui.units import (
    import_dialog,
    source_dialog,
)
from ui.widgets.labels import WrapLabel

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from parindex_desktop.services.homes import Office
    from ui.units.page import UnitsPage


def workbook(folder: Path, *lines: tuple[Any, ...]) -> Path:
    book = Workbook()
    for line in (("Mã", "Tên", "Cấp", "Khối")[: max(map(len, lines))], *lines):
        book.active.append(list(line))
    book.save(folder / "danh-muc.xlsx")
    return folder / "danh-muc.xlsx"


@pytest.fixture
def looked(qtbot: QtBot, page: UnitsPage, province: Office, tmp_path: Path) -> Callable[..., Any]:
    """The dialog that shows what a list would do."""

    def look(*lines: tuple[Any, ...]) -> import_dialog.ImportDialog:
        source = workbook(tmp_path, *lines)
        dialog = import_dialog.ImportDialog(page, source, unit_lists.look_at_list(province, source))
        shown(qtbot, dialog)
        return dialog

    return look


def test_a_list_is_shown_before_it_is_taken_over(
    looked: Callable[..., Any], qtmodeltester: ModelTester
) -> None:
    dialog = looked(
        ("03002", UNITS["03002"], "Xã"), ("03001", "Xã Bản Hồ Mới", "Xã"), ("03004", "Xã Y Tý", "Xã")
    )
    table = dialog.table.rows
    assert [(table.cell(n, 0).text, table.cell(n, 4).text) for n in range(3)] == [
        ("03001", tr("Changed")),
        ("03004", tr("New")),
        ("03002", tr("Known already")),
    ]
    assert table.cell(0, 3).text == tr(
        "name: {before} → {after}", before=UNITS["03001"], after="Xã Bản Hồ Mới"
    )
    qtmodeltester.check(table)
    press(dialog, tr("Take over {count} change(s)", count=2))
    assert dialog.result() == dialog.DialogCode.Accepted


def test_a_list_is_counted_and_a_new_block_is_pointed_at(
    looked: Callable[..., Any], province: Office
) -> None:
    register.add_units(province, [NewUnit("03003", UNITS["03003"], Level.COMMUNE, block="Khối xã")])
    dialog = looked(("03004", "Xã Y Tý", "Xã", "Khối xa"))
    said = [label.text() for label in dialog.findChildren(WrapLabel)]
    assert (
        "Đơn vị: 1 mới, 0 sửa đổi, 0 kết thúc, 0 không đổi.\nĐơn vị không có trong tệp được giữ nguyên."
        in said
    )
    assert dialog.warnings.isVisible()
    assert "“Khối xa” (1 đơn vị), gần giống “Khối xã”" in dialog.warnings.text()
    assert offered(dialog, tr("Take over {count} change(s)", count=1))


def test_a_list_that_changes_nothing_cannot_be_taken_over(looked: Callable[..., Any]) -> None:
    assert not offered(looked(("03001", UNITS["03001"], "Xã")), "Nothing to take over")


def test_every_fault_of_a_list_is_told_and_nothing_can_be_taken(looked: Callable[..., Any]) -> None:
    dialog = looked(("", "Xã Không Mã", "Xã"), ("03004", "", "Xã"), ("03005", "Xã Lạ", "?"))
    assert dialog.faults.table.rows.rowCount() == 3
    assert offered(dialog, "Close")
    assert offered(dialog, "Sample file…")


def take(
    qtbot: QtBot, page: UnitsPage, source: Path, monkeypatch: pytest.MonkeyPatch, *, yes: bool = True
) -> None:
    monkeypatch.setattr(source_dialog, "ask_source", lambda _parent: source)
    monkeypatch.setattr(import_dialog, "ask_import", lambda *_: yes)
    press(page, "Take over from Excel…")
    qtbot.waitUntil(lambda: not page.work.busy)


def test_the_page_takes_the_list_over(
    qtbot: QtBot, page: UnitsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = workbook(tmp_path, ("03004", "Xã Y Tý", "Xã"))
    take(qtbot, page, source, monkeypatch, yes=False)
    assert "03004" not in listed(page)
    take(qtbot, page, source, monkeypatch)
    assert "03004" in listed(page)
    said = tr("The list was taken over. Export a new kit, so that all offices learn of it.")
    assert page.banner.text() == f"{said} Đơn vị: 1 mới, 0 sửa đổi, 0 kết thúc, 0 không đổi."


def test_a_list_that_was_looked_at_too_early_is_refused_on_the_page(
    qtbot: QtBot, page: UnitsPage, province: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = workbook(tmp_path, ("03001", "Xã Bản Hồ", "Xã"))
    monkeypatch.setattr(source_dialog, "ask_source", lambda _parent: source)

    def rename_meanwhile(*_: object) -> bool:
        register.add_units(province, [NewUnit("03001", "Phường Bản Hồ", Level.COMMUNE)])
        return True

    monkeypatch.setattr(import_dialog, "ask_import", rename_meanwhile)
    press(page, "Take over from Excel…")
    qtbot.waitUntil(lambda: not page.work.busy)
    assert page.banner.text() == tr(unit_lists.ListMovedOn())
    assert register.current_kit(province).unit_of_code("03001").name == "Phường Bản Hồ"


def test_a_file_that_is_no_workbook_is_named_on_the_page(
    qtbot: QtBot, page: UnitsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "danh-muc.xlsx").write_bytes(b"Ma;Ten;Cap")
    take(qtbot, page, tmp_path / "danh-muc.xlsx", monkeypatch)
    assert "danh-muc.xlsx" in page.banner.text()


def test_the_list_is_saved_under_the_right_ending(
    qtbot: QtBot, page: UnitsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, target=tmp_path / "danh-muc")
    press(page, "Save as a spreadsheet…")
    qtbot.waitUntil(lambda: not page.work.busy)
    assert (tmp_path / "danh-muc.xlsx").is_file()


def test_a_sample_is_written_before_any_list_is_chosen(
    qtbot: QtBot, page: UnitsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = source_dialog.SourceDialog(page)
    shown(qtbot, dialog)
    answer(monkeypatch, target=tmp_path / "mau", files=(tmp_path / "danh-muc.xlsx",))
    assert [action.text() for action in dialog.sample.menu().actions()] == [tr(s.words) for s in Shape]
    dialog.sample.menu().actions()[1].trigger()
    assert dialog.said() == tr("The sample was written to {file}.", file=str(tmp_path / "mau.xlsx"))
    assert unit_lists.look_at_list(page._session.office, tmp_path / "mau.xlsx").units
    press(dialog, "Choose the workbook…")
    assert dialog.source == tmp_path / "danh-muc.xlsx"


def test_a_sample_that_cannot_be_written_is_told(
    qtbot: QtBot, page: UnitsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = source_dialog.SourceDialog(page)
    shown(qtbot, dialog)
    answer(monkeypatch, target=tmp_path / "gone" / "mau.xlsx")
    dialog.write(Shape.TWO_TIERS)
    assert "mau.xlsx" in dialog.said()
