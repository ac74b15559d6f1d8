"""The form goes out as a spreadsheet from its page, and what was typed there is looked at before it comes in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu

from exports.spreadsheets.form_cells import COLUMNS, column_of, row_name
from parindex_desktop.services import filling, form_sheets, locking
from tests.ui.hands import answer, offered, press
from tests.ui.offices import fill
from ui.form import spreadsheet_dialog
from ui.form.spreadsheet_changes import OF_FILE, OF_FORM, SIGNS, TO_CHOOSE, View
from ui.form.spreadsheet_dialog import Answered, FaultsDialog, ImportDialog
from ui.language import tr
from ui.widgets import dialogs, faults

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QDialog
    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from parindex_desktop.services.form_sheets import Preview
    from tests.ui.form.desk import Desk

NUMERATOR, DENOMINATOR = "input/numerator", "input/denominator"
WRITE, TAKE = "Write to a spreadsheet…", "Take over from a spreadsheet…"


def choose(desk: Desk, words: str) -> None:
    """Choose from the menu of the button."""
    menu = desk.page.spreadsheet.button.menu()
    assert isinstance(menu, QMenu)
    (action,) = [each for each in menu.actions() if each.text() == tr(words)]
    assert action.isEnabled()
    action.trigger()
    desk.qtbot.waitUntil(lambda: not desk.page.spreadsheet.strip.busy)


def typed(desk: Desk, folder: Path, cells: dict[tuple[str, str], Any]) -> Path:
    """A spreadsheet of the form into which this was typed."""
    target = folder / "phieu.xlsx"
    form_sheets.write_sheet(desk.session.office, desk.session.form, target)
    book = load_workbook(target)
    sheet = book.active
    rows = {sheet.cell(row, COLUMNS["row"]).value: row for row in range(1, sheet.max_row + 1)}
    for (code, part), value in cells.items():
        sheet.cell(rows[row_name(desk.id(code), part)], COLUMNS[column_of(part)]).value = value
    book.save(target)
    return target


def said(desk: Desk) -> str:
    banner = desk.page.spreadsheet.banner
    return banner.text() if banner.isVisible() else ""


def shown(desk: Desk, dialog: QDialog) -> None:
    desk.qtbot.addWidget(dialog)
    dialog.show()
    desk.qtbot.waitUntil(dialog.isActiveWindow)


@pytest.fixture
def filled(desk: Desk) -> Desk:
    desk.session.edit(fill)
    return desk


@pytest.fixture
def conflict(filled: Desk, tmp_path: Path) -> ImportDialog:
    """A preview in view: 1.2 and 3.7 were changed on both sides, a note of 1.3 is new."""
    cells = {("1.2", NUMERATOR): 4, ("3.7", DENOMINATOR): 50, ("1.3", "note"): "Số liệu đến 31/10"}
    book = typed(filled, tmp_path, cells)
    for code in ("1.2", "3.7"):
        criterion = filled.session.form.sheet(code).criterion
        filled.session.edit(
            lambda office, form, c=criterion: filling.type_input(office, form, c, "numerator", "5")  # type: ignore[misc]
        )
    preview = form_sheets.look_at_sheet(filled.session.form, book)
    dialog = ImportDialog(filled.window, filled.session, preview)
    shown(filled, dialog)
    return dialog


def signs(dialog: ImportDialog) -> list[Any]:
    rows = dialog.changes.table.rows
    return [rows.cell(row, 3).sign for row in range(rows.rowCount())]


# Out.


def test_the_form_is_written_with_what_was_just_typed(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, target=tmp_path / "phieu")
    desk.go("1.2")
    desk.write("18")
    choose(desk, WRITE)
    assert str(tmp_path / "phieu.xlsx") in said(desk)
    sheet = load_workbook(tmp_path / "phieu.xlsx").active
    (row,) = [row for row in sheet.iter_rows() if row[-1].value == row_name(desk.id("1.2"), NUMERATOR)]
    assert row[COLUMNS["value"] - 1].value == 18
    press(desk.page.spreadsheet, "Close")
    assert not desk.page.spreadsheet.isVisible()


def test_a_place_that_cannot_be_written_is_named(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, target=tmp_path / "khong-co" / "phieu.xlsx")
    choose(desk, WRITE)
    assert "phieu.xlsx" in said(desk)


def test_whoever_cancels_is_asked_for_nothing_more(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = answer(monkeypatch)
    choose(desk, WRITE)
    choose(desk, TAKE)
    assert asked == [tr("Form as a spreadsheet")] * 2
    assert not desk.page.spreadsheet.isVisible()


def test_locked_figures_go_out_and_do_not_come_in(
    filled: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, target=tmp_path / "phieu.xlsx")
    filled.session.move(lambda office, form: locking.lock(office, form, "Chưa đủ"))
    menu = filled.page.spreadsheet.button.menu()
    assert isinstance(menu, QMenu)
    assert [each.isEnabled() for each in menu.actions()] == [True, False]
    choose(filled, WRITE)
    assert said(filled) == tr("The form was written to {file}.", file=str(tmp_path / "phieu.xlsx"))


# In.


def test_what_was_typed_comes_in_after_a_look_and_can_be_taken_back(
    filled: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = filled.stored("1.2").answer
    book = typed(filled, tmp_path, {("1.2", NUMERATOR): 4, ("1.3", "note"): "Số liệu đến 31/10"})
    answer(monkeypatch, files=(book,))

    def take(parent: Any, session: Any, preview: Preview) -> Answered:
        dialog = ImportDialog(parent, session, preview)
        shown(filled, dialog)
        assert QApplication.focusWidget() is dialog.changes.table
        count = dialog.taken
        press(dialog, tr("Take over {count} entries", count=2))
        assert not dialog.isVisible()
        return Answered(count)

    monkeypatch.setattr(spreadsheet_dialog, "ask", take)
    choose(filled, TAKE)
    assert said(filled) == tr("{count} entries were taken over from “{name}”.", count=2, name="phieu.xlsx")
    assert filled.stored("1.2").answer.inputs["numerator"] == "4"
    assert filled.stored("1.3").note == "Số liệu đến 31/10"
    filled.session.undo()
    assert (filled.stored("1.2").answer, filled.stored("1.3").note) == (before, "")


def test_a_file_that_is_none_is_named_on_the_page(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "phieu.xlsx").write_bytes(b"Ma;Ten")
    answer(monkeypatch, files=(tmp_path / "phieu.xlsx",))
    choose(desk, TAKE)
    assert "phieu.xlsx" in said(desk)


def test_a_sheet_that_says_nothing_new_is_told_so(
    filled: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = []
    monkeypatch.setattr(dialogs, "tell", lambda _parent, _title, sentence: told.append(sentence))
    answer(monkeypatch, files=(typed(filled, tmp_path, {}),))
    choose(filled, TAKE)
    assert told == [tr("The spreadsheet says what the form says already.")]
    assert said(filled) == ""


@pytest.mark.parametrize("cells", [{}, {("1.2", NUMERATOR): 4}])
def test_what_the_sheet_leaves_unconfirmed_is_said_beside(
    cells: dict[tuple[str, str], Any], filled: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    preview = form_sheets.look_at_sheet(filled.session.form, typed(filled, tmp_path, cells))
    preview = replace(preview, unconfirmed=46)
    told: list[str] = []
    monkeypatch.setattr(dialogs, "tell", lambda *given: told.append(given[2]))
    if cells:
        dialog = ImportDialog(filled.window, filled.session, preview)
        shown(filled, dialog)
        told += [label.text() for label in dialog.findChildren(QLabel)]
    else:
        spreadsheet_dialog.ask(filled.window, filled.session, preview)
    assert preview.remark is not None
    assert any(text.endswith(f"\n{tr(preview.remark)}") for text in told)


def test_what_is_passed_over_is_told_although_nothing_changes(
    filled: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = typed(filled, tmp_path, {})
    opened = load_workbook(book)
    name = row_name(filled.id("1.2"), NUMERATOR)
    (row,) = [row[-1].row for row in opened.active.iter_rows() if row[-1].value == name]
    opened.active.delete_rows(row)
    opened.save(book)
    told: list[Any] = []
    monkeypatch.setattr(faults, "show_faults", lambda *given: told.append(given[3]))
    answer(monkeypatch, files=(book,))
    choose(filled, TAKE)
    ((message,),) = told
    assert message.code == "form_sheet.row_missing"


# The look.


def test_the_differences_stand_side_by_side(conflict: ImportDialog, qtmodeltester: ModelTester) -> None:
    rows = conflict.changes.table.rows
    qtmodeltester.check(rows)
    assert [rows.cell(row, 0).text.split()[0] for row in range(rows.rowCount())] == ["1.2", "3.7", "1.3"]
    assert signs(conflict) == [TO_CHOOSE, TO_CHOOSE, SIGNS[form_sheets.Happens.NEW]]
    assert rows.cell(0, 1).text.endswith(": 5")
    assert rows.cell(0, 2).text.endswith(": 4")
    assert rows.cell(2, 2).text == "Số liệu đến 31/10"


def test_nothing_is_taken_over_before_every_conflict_is_decided(filled: Desk, conflict: ImportDialog) -> None:
    changes = conflict.changes
    assert not offered(conflict, tr("To be chosen: {count}", count=2))
    assert not any(side.button.isChecked() for side in changes._sides.values())
    _press(changes._sides[True].button)
    assert signs(conflict)[:2] == [OF_FILE, TO_CHOOSE]
    QTest.keyClick(changes.table, Qt.Key.Key_Down)
    assert not any(side.button.isChecked() for side in changes._sides.values())
    _press(changes._sides[False].button)
    assert signs(conflict)[:2] == [OF_FILE, OF_FORM]
    press(conflict, tr("Take over {count} entries", count=2))
    assert filled.stored("1.2").answer.inputs["numerator"] == "4"
    assert filled.stored("3.7").answer.inputs["numerator"] == "5"


def _press(button: Any) -> None:
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)


def test_what_becomes_faulty_is_told_as_it_is_chosen(filled: Desk, tmp_path: Path) -> None:
    book = typed(filled, tmp_path, {("1.2", NUMERATOR): 100000, ("1.3", "note"): "Số liệu đến 31/10"})
    criterion = filled.session.form.sheet("1.2").criterion
    filled.session.edit(lambda office, form: filling.type_input(office, form, criterion, "numerator", "5"))
    dialog = ImportDialog(filled.window, filled.session, form_sheets.look_at_sheet(filled.session.form, book))
    shown(filled, dialog)
    assert dialog.worse.isHidden()
    for side, told in ((True, True), (False, False)):
        dialog.changes._sides[side].button.click()
        assert dialog.worse.isVisible() is told
        assert dialog.worse.text().startswith("1.2 Chưa hợp lệ: ") is told


def test_one_side_may_stand_everywhere(filled: Desk, conflict: ImportDialog) -> None:
    press(conflict, "The spreadsheet everywhere")
    assert signs(conflict)[:2] == [OF_FILE, OF_FILE]
    press(conflict, "The form everywhere")
    assert signs(conflict)[:2] == [OF_FORM, OF_FORM]
    assert conflict.taken == 1


def test_the_choice_is_there_only_where_there_is_one(conflict: ImportDialog) -> None:
    assert conflict.changes._choice.isVisible()
    QTest.keyClick(conflict.changes.table, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert not conflict.changes._choice.isVisible()


def test_the_list_can_be_narrowed(conflict: ImportDialog) -> None:
    view = conflict.changes.view
    assert [view.itemData(row) for row in range(view.count())] == [View.ALL, View.CONFLICTS, View.NEW]
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert signs(conflict) == [TO_CHOOSE, TO_CHOOSE]
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert signs(conflict) == [SIGNS[form_sheets.Happens.NEW]]


def test_a_form_that_moved_on_is_told_in_the_dialog(filled: Desk, conflict: ImportDialog) -> None:
    criterion = filled.session.form.sheet("1.3").criterion
    filled.session.edit(lambda office, form: filling.set_text(office, form, criterion, "note", "Khác"))
    press(conflict, "The form everywhere")
    press(conflict, tr("Take over {count} entries", count=1))
    assert conflict.isVisible()
    assert conflict._fault.text() == tr(form_sheets.FormMovedOn().message)
    assert filled.stored("1.3").note == "Khác"


def test_every_fault_is_named_and_can_be_copied(filled: Desk, tmp_path: Path) -> None:
    book = typed(filled, tmp_path, {("1.2", NUMERATOR): "nhiều", ("3.7", NUMERATOR): "=A1"})
    dialog = FaultsDialog(filled.window, form_sheets.look_at_sheet(filled.session.form, book))
    shown(filled, dialog)
    assert dialog.faults.table.rows.rowCount() == 2
    assert not offered(dialog, "Convert old fonts")
    press(dialog, "Copy the list")
    assert "nhiều" in QGuiApplication.clipboard().text()
    press(dialog, "Close")
    assert dialog.again is None


def test_old_fonts_are_converted_and_looked_at_again(
    filled: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, files=(typed(filled, tmp_path, {("1.3", "note"): "B¶o Th¾ng"}),))
    seen: list[Preview] = []

    def ask(parent: Any, session: Any, preview: Preview) -> Answered:
        seen.append(preview)
        if not preview.faults:
            return Answered()
        dialog = FaultsDialog(parent, preview)
        shown(filled, dialog)
        press(dialog, "Convert old fonts")
        return Answered(again=dialog.again)

    monkeypatch.setattr(spreadsheet_dialog, "ask", ask)
    choose(filled, TAKE)
    filled.qtbot.waitUntil(lambda: len(seen) == 2)
    (change,) = seen[1].changes
    assert change.value == "Bảo Thắng"


@pytest.mark.parametrize(
    ("cells", "dialog"),
    [({("1.2", NUMERATOR): "nhiều"}, FaultsDialog), ({("1.2", NUMERATOR): 4}, ImportDialog)],
)
def test_the_dialog_that_fits_is_opened(
    filled: Desk,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    cells: dict[tuple[str, str], Any],
    dialog: type[QDialog],
) -> None:
    opened = []

    def cancelled(self: QDialog) -> int:
        opened.append(type(self))
        qtbot.addWidget(self)
        return 0

    monkeypatch.setattr(dialog, "exec", cancelled)
    preview = form_sheets.look_at_sheet(filled.session.form, typed(filled, tmp_path, cells))
    assert spreadsheet_dialog.ask(filled.window, filled.session, preview) == Answered()
    assert opened == [dialog]
