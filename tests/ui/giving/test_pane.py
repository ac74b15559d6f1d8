"""The table of figures that the province gives: typed, pasted, proposed, exchanged with a spreadsheet."""

from __future__ import annotations

import json
import uuid
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit

from parindex_desktop.services import giving, kits, last_year, receiving, register
from tests.comparing import (
    CODE,
    LAST,
    YEAR,
    compared_set,
    comparing_province,
    export_kit,
    hand_over_compared,
    office_with_kit,
)
from tests.offices import PASSPHRASE, UNITS, quiet
from tests.ui.hands import answer, in_window, offered, press
from ui.giving import choosing, preview
from ui.giving.model import FIRST, UNREAD
from ui.language import tr
from ui.periods import year_dialog
from ui.periods.page import PeriodsPage
from ui.session import Session
from ui.widgets import faults
from ui.widgets.cells import CellRole
from ui.widgets.combo import ComboBox
from ui.widgets.labels import WrapLabel

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from parindex_desktop.domain.messages import Message
    from parindex_desktop.services.homes import Office
    from tests.offices import Scene
    from ui.giving.model import GivenModel
    from ui.giving.pane import GivenPane
    from ui.giving.table import GivenTable

EVENT, PREVIOUS = FIRST, FIRST + 1
"""The columns 1.1/event and 1.3/previous."""
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def province(scene: Scene, tmp_path: Path) -> Office:
    province = comparing_province(scene)
    kits.export_kit(province, PASSPHRASE, tmp_path / "kit-1.cchc", quiet)
    return province


@pytest.fixture
def page(qtbot: QtBot, province: Office) -> PeriodsPage:
    page = in_window(qtbot, lambda: PeriodsPage(Session(province), lambda _key: None, {})).current_page()
    assert isinstance(page, PeriodsPage)
    page.years.choose(YEAR)
    press(page, "Figures that the province gives…")
    return page


@pytest.fixture
def pane(page: PeriodsPage) -> GivenPane:
    return page.given


def table_of(pane: GivenPane) -> GivenTable:
    assert pane.table is not None
    return pane.table


def model_of(pane: GivenPane) -> GivenModel:
    assert pane.model is not None
    return pane.model


def given(province: Office, code: str, unit: str | None = None) -> str | None:
    (board,) = giving.boards(province, YEAR)
    to = register.current_kit(province).unit_of_code(unit) if unit else None
    return board.text(to, board.figure(*code.rsplit("/", 1)))


def shown(pane: GivenPane, row: int, column: int) -> str:
    return str(model_of(pane).index(row, column).data() or "")


def write(pane: GivenPane, row: int, column: int, text: str) -> None:
    """Type into a cell and press Enter."""
    table = table_of(pane)
    table.setFocus()
    table.choose(row, column)
    QTest.keyClick(table, Qt.Key.Key_F2)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    editor.selectAll()
    editor.insert(text)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()


def test_the_page_leads_to_the_table_and_back(page: PeriodsPage, qtmodeltester: ModelTester) -> None:
    table = table_of(page.given)
    assert table.hasFocus()
    model = model_of(page.given)
    assert [
        model.headerData(n, Qt.Orientation.Horizontal)[:3] for n in range(FIRST, model.columnCount())
    ] == [
        "1.1",
        "1.3",
        "7.5",
    ]
    assert [shown(page.given, row, 0) for row in range(model.rowCount())] == ["", *UNITS]
    qtmodeltester.check(model)
    press(page, "Back to the years")
    assert page.years.isVisible()
    assert not table.isVisible()


def test_a_figure_is_given_as_soon_as_it_is_typed_and_the_next_one_is_below(
    page: PeriodsPage, province: Office
) -> None:
    pane = page.given
    step = page.top_line().step
    assert step is not None
    assert not step.filled
    assert not pane.next_kit.isVisible()
    write(pane, 1, PREVIOUS, "1.200")
    assert given(province, "1.3/previous", "03001") == "1200"
    assert shown(pane, 1, PREVIOUS) == "1.200"
    assert (table_of(pane).currentIndex().row(), table_of(pane).currentIndex().column()) == (2, PREVIOUS)
    assert table_of(pane).hasFocus()
    assert pane.next_kit.isVisible()
    step = page.top_line().step
    assert step is not None
    assert step.filled


def test_typing_begins_to_edit_and_escape_gives_up(pane: GivenPane, province: Office) -> None:
    table = table_of(pane)
    table.choose(1, PREVIOUS)
    QTest.keyClick(table, Qt.Key.Key_7)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    assert editor.text() == "7"
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    QApplication.processEvents()
    assert given(province, "1.3/previous", "03001") is None
    assert table.hasFocus()


def test_what_is_given_to_all_is_seen_at_every_unit(pane: GivenPane, province: Office) -> None:
    write(pane, 0, EVENT, "5/1/2026")
    write(pane, 2, EVENT, "15/1/2026")
    assert [shown(pane, row, EVENT) for row in range(4)] == [
        "05/01/2026",
        "05/01/2026",
        "15/01/2026",
        "05/01/2026",
    ]
    assert [model_of(pane).index(row, EVENT).data(CellRole.SECOND) for row in range(4)] == [
        False,
        True,
        False,
        True,
    ]
    assert given(province, "1.1/event", "03001") is None
    table_of(pane).choose(1, EVENT)
    assert pane._line.text() == model_of(pane).described(model_of(pane).index(1, EVENT))
    assert UNITS["03001"] in pane._line.text()


def test_what_cannot_be_read_stays_in_its_cell_until_it_is_mended(pane: GivenPane, province: Office) -> None:
    write(pane, 1, PREVIOUS, "mười")
    assert model_of(pane).index(1, PREVIOUS).data(CellRole.SIGN) == UNREAD
    assert given(province, "1.3/previous", "03001") is None
    table_of(pane).choose(1, PREVIOUS)
    assert "mười" in pane._fault.text()
    write(pane, 1, PREVIOUS, "10")
    assert model_of(pane).index(1, PREVIOUS).data(CellRole.SIGN) is None
    table_of(pane).choose(1, PREVIOUS)
    assert not pane._fault.isVisible()
    assert given(province, "1.3/previous", "03001") == "10"


def test_leaving_the_page_gives_what_is_being_typed(page: PeriodsPage, province: Office) -> None:
    table = table_of(page.given)
    table.choose(1, PREVIOUS)
    QTest.keyClick(table, Qt.Key.Key_7)
    assert page.leave()
    assert given(province, "1.3/previous", "03001") == "7"


def paste(pane: GivenPane, row: int, column: int, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    table = table_of(pane)
    table.setFocus()
    table.choose(row, column)
    QTest.keyClick(table, Qt.Key.Key_V, CONTROL)


def test_a_block_is_pasted_from_a_spreadsheet_and_copied_back(pane: GivenPane, province: Office) -> None:
    paste(pane, 1, EVENT, "5/1/2026\t12\r\n\t1.300\r\n")
    assert given(province, "1.1/event", "03001") == "2026-01-05"
    assert [given(province, "1.3/previous", code) for code in UNITS] == ["12", "1300", None]
    table = table_of(pane)
    table.choose(1, EVENT)
    QTest.keyClick(table, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(table, Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == "05/01/2026\t12\n\t1.300"
    QTest.keyClick(table, Qt.Key.Key_Delete)
    assert [given(province, "1.3/previous", code) for code in UNITS] == [None, None, None]


def test_one_value_fills_all_selected_cells(pane: GivenPane, province: Office) -> None:
    table = table_of(pane)
    QGuiApplication.clipboard().setText("8")
    table.choose(1, PREVIOUS)
    for _ in range(2):
        QTest.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(table, Qt.Key.Key_V, CONTROL)
    assert [given(province, "1.3/previous", code) for code in UNITS] == ["8", "8", "8"]


def test_a_block_with_faults_is_not_pasted_at_all(
    pane: GivenPane, province: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[Message, ...]] = []
    monkeypatch.setattr(faults, "show_faults", lambda *said: told.append(said[3]))
    paste(pane, 1, PREVIOUS, "12\nmười\n13")
    assert [len(each) for each in told] == [1]
    assert [given(province, "1.3/previous", code) for code in UNITS] == [None, None, None]


@pytest.mark.parametrize(("row", "column"), [(2, PREVIOUS), (1, 1)])
def test_a_block_that_does_not_fit_is_not_pasted(
    pane: GivenPane, province: Office, row: int, column: int
) -> None:
    paste(pane, row, column, "1\n2\n3")
    assert pane.banner.isVisible()
    assert [given(province, "1.3/previous", code) for code in UNITS] == [None, None, None]


def test_units_are_found_without_accents(qtbot: QtBot, pane: GivenPane, province: Office) -> None:
    QTest.keyClick(table_of(pane), Qt.Key.Key_F, CONTROL)
    qtbot.waitUntil(pane.search.hasFocus)
    QTest.keyClicks(pane.search, "muong bo")
    assert [shown(pane, row, 0) for row in range(model_of(pane).rowCount())] == ["", "03003"]
    write(pane, 1, PREVIOUS, "5")
    assert given(province, "1.3/previous", "03003") == "5"


def test_another_figure_gets_a_column_and_picks_have_a_list(
    qtbot: QtBot, pane: GivenPane, province: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    (board,) = giving.boards(province, YEAR)
    picked = next(figure for figure in board.figures if figure.spec.kind.value == "yes_no")
    monkeypatch.setattr(choosing, "ask_figure", lambda _parent, _figures: picked)
    press(pane, "Give another figure…")
    table = table_of(pane)
    column = FIRST + [each.key for each in model_of(pane).figures].index(picked.key)
    assert (table.currentIndex().row(), table.currentIndex().column()) == (0, column)
    table.choose(1, column)
    QTest.keyClick(table, Qt.Key.Key_F2)
    box = QApplication.focusWidget()
    assert isinstance(box, ComboBox)
    QTest.keyClick(box, Qt.Key.Key_Down)
    QTest.keyClick(box, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert given(province, picked.code, "03001") == "yes"
    assert model_of(pane).index(1, column).data(Qt.ItemDataRole.EditRole) == tr("yes")


def test_the_figures_to_choose_from_are_found_without_accents(qtbot: QtBot, province: Office) -> None:
    (board,) = giving.boards(province, YEAR)
    dialog = choosing.FigureDialog(None, board.figures)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(dialog.isActiveWindow)
    QTest.keyClicks(dialog.words, "sang kien nam truoc")
    QTest.keyClick(dialog.words, Qt.Key.Key_Down)
    assert dialog.table.hasFocus()
    QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert dialog.chosen is not None
    assert dialog.chosen.code == "1.3/previous"


def test_last_years_values_are_looked_at_before_they_are_given(
    qtbot: QtBot,
    pane: GivenPane,
    page: PeriodsPage,
    province: Office,
    scene: Scene,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    office = office_with_kit(scene, "ban-ho", tmp_path / "kit-1.cchc")
    receiving.take_in(
        province, [hand_over_compared(office, tmp_path / "a.cchc", LAST, value="105", previous="90")]
    )
    seen: list[preview.ProposalDialog] = []

    def run(dialog: preview.ProposalDialog) -> QDialog.DialogCode:
        seen.append(dialog)
        assert len(dialog.table.rows.rows()) == len(UNITS)
        dialog.accept()
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(preview.ProposalDialog, "exec", run)
    press(pane, "From last year…")
    qtbot.waitUntil(lambda: not page.work.busy)
    assert len(seen) == 1
    assert given(province, "1.3/previous", "03001") == "105"
    assert shown(pane, 1, PREVIOUS) == "105"
    assert pane.banner.isVisible()
    undo(page)
    assert given(province, "1.3/previous", "03001") is None
    assert shown(pane, 1, PREVIOUS) == ""


def test_a_spreadsheet_goes_out_and_comes_back(
    qtbot: QtBot,
    pane: GivenPane,
    page: PeriodsPage,
    province: Office,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write(pane, 1, PREVIOUS, "12")
    file = tmp_path / "so-lieu.xlsx"
    answer(monkeypatch, target=tmp_path / "so-lieu", files=(file,))
    press(pane, "To Excel…")
    qtbot.waitUntil(lambda: not page.work.busy)
    assert file.exists()
    write(pane, 1, PREVIOUS, "")
    assert given(province, "1.3/previous", "03001") is None
    monkeypatch.setattr(preview.ProposalDialog, "exec", _accepted)
    press(pane, "From Excel…")
    qtbot.waitUntil(lambda: not page.work.busy)
    assert given(province, "1.3/previous", "03001") == "12"


def _accepted(dialog: preview.ProposalDialog) -> QDialog.DialogCode:
    dialog.accept()
    return QDialog.DialogCode.Accepted


def test_what_is_no_spreadsheet_is_told(
    qtbot: QtBot, pane: GivenPane, page: PeriodsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"nothing of the kind")
    answer(monkeypatch, files=(tmp_path / "a.xlsx",))
    press(pane, "From Excel…")
    qtbot.waitUntil(lambda: not page.work.busy)
    assert "a.xlsx" in pane.banner.text()


def test_a_list_with_faults_offers_nothing_to_take_over(qtbot: QtBot, province: Office) -> None:
    (board,) = giving.boards(province, YEAR)
    proposal = giving.proposed(board, None, [(board.figure(CODE, "previous"), "mười")])
    dialog = preview.ProposalDialog(None, province, "Số liệu", proposal)
    qtbot.addWidget(dialog)
    assert dialog.faults.table.rows.rowCount() == 1
    assert not offered(dialog, "Nothing to take over")


def test_every_kind_of_unit_has_its_table(page: PeriodsPage, pane: GivenPane, province: Office) -> None:
    assert not pane.level.isVisible()
    departments = register.import_set(province, register.shipped_sets()["department-2026.json"])
    register.open_period(province, YEAR, [departments])
    pane.show_year(YEAR)
    assert pane.level.isVisible()
    assert pane.level.count() == 2
    assert model_of(pane).rowCount() == 1 + len(UNITS)
    pane.level.setCurrentIndex(0)
    pane.level.activated.emit(0)
    assert pane.table is None  # nothing of that set is the province's to know
    pane.level.setCurrentIndex(1)
    pane.level.activated.emit(1)
    assert [figure.code for figure in model_of(pane).figures] == ["1.1/event", "1.3/previous", "7.5/event"]


def undo(page: PeriodsPage) -> None:
    QTest.keyClick(page.window(), Qt.Key.Key_Z, CONTROL)


def redo(page: PeriodsPage) -> None:
    QTest.keyClick(page.window(), Qt.Key.Key_Y, CONTROL)


def can_undo(page: PeriodsPage) -> bool:
    line = page.top_line()
    return line.undo is not None and line.undo.enabled


def test_what_was_typed_is_taken_back_and_made_again(page: PeriodsPage, province: Office) -> None:
    pane = page.given
    assert not can_undo(page)
    write(pane, 1, PREVIOUS, "12")
    write(pane, 1, PREVIOUS, "13")
    write(pane, 0, EVENT, "5/1/2026")
    undo(page)
    assert given(province, "1.1/event") is None
    assert shown(pane, 0, EVENT) == ""
    assert (table_of(pane).currentIndex().row(), table_of(pane).currentIndex().column()) == (0, EVENT)
    assert table_of(pane).hasFocus()
    undo(page)
    assert (given(province, "1.3/previous", "03001"), shown(pane, 1, PREVIOUS)) == ("12", "12")
    redo(page)
    assert given(province, "1.3/previous", "03001") == "13"
    undo(page)
    undo(page)
    assert not can_undo(page)
    undo(page)
    assert register.current_kit(province).given == {}
    redo(page)
    write(pane, 2, PREVIOUS, "7")
    redo(page)  # something else was done since
    assert [given(province, "1.3/previous", code) for code in UNITS] == ["12", "7", None]


def test_a_block_is_taken_back_as_one_and_brought_into_view(page: PeriodsPage, province: Office) -> None:
    pane = page.given
    write(pane, 2, PREVIOUS, "5")
    paste(pane, 1, PREVIOUS, "12\n13\n14")
    pane.search.setText("muong bo")
    undo(page)
    assert [given(province, "1.3/previous", code) for code in UNITS] == [None, "5", None]
    assert (table_of(pane).currentIndex().row(), model_of(pane).rowCount()) == (1, 2)
    undo(page)  # this one is out of sight
    assert given(province, "1.3/previous", "03002") is None
    assert pane.search.text() == ""
    assert table_of(pane).currentIndex().row() == 2


def test_what_cannot_be_read_gives_way_when_an_edit_is_taken_back(
    page: PeriodsPage, province: Office
) -> None:
    pane = page.given
    write(pane, 1, PREVIOUS, "12")
    write(pane, 1, PREVIOUS, "mười")
    undo(page)
    assert shown(pane, 1, PREVIOUS) == ""
    assert given(province, "1.3/previous", "03001") is None


def test_an_edit_of_another_kind_of_unit_is_brought_into_view(page: PeriodsPage, province: Office) -> None:
    pane = page.given
    departments = register.import_set(province, register.shipped_sets()["department-2026.json"])
    register.open_period(province, YEAR, [departments])
    pane.show_year(YEAR)
    write(pane, 1, PREVIOUS, "12")
    pane.level.setCurrentIndex(0)
    pane.level.activated.emit(0)
    assert pane.table is None
    undo(page)
    assert pane.level.currentIndex() == 1
    assert (table_of(pane).currentIndex().row(), shown(pane, 1, PREVIOUS)) == (1, "")


def test_what_was_typed_is_still_there_when_a_column_is_added(
    pane: GivenPane, province: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(pane, 1, PREVIOUS, "12")
    (board,) = giving.boards(province, YEAR)
    monkeypatch.setattr(choosing, "ask_figure", lambda _parent, _figures: board.figure("1.2", "denominator"))
    press(pane, "Give another figure…")
    column = FIRST + [each.code for each in model_of(pane).figures].index("1.3/previous")
    assert shown(pane, 1, column) == "12"


def test_what_was_given_otherwise_since_is_not_taken_back(page: PeriodsPage, province: Office) -> None:
    pane = page.given
    write(pane, 1, PREVIOUS, "12")
    (board,) = giving.boards(province, YEAR)
    unit = next(each for each in board.units if each.code == "03001")
    giving.give(province, YEAR, {board.figure("1.3", "previous").place(unit): "77"})
    undo(page)
    assert given(province, "1.3/previous", "03001") == "77"
    assert pane.banner.isVisible()


def test_under_other_sets_nothing_is_taken_back(page: PeriodsPage, province: Office) -> None:
    pane = page.given
    write(pane, 1, PREVIOUS, "12")
    press(page, "Back to the years")
    assert page.top_line().undo is None
    press(page, "Figures that the province gives…")
    assert can_undo(page)
    press(page, "Back to the years")
    departments = register.import_set(province, register.shipped_sets()["department-2026.json"])
    register.open_period(province, YEAR, [departments])
    press(page, "Figures that the province gives…")
    assert not can_undo(page)


def test_the_page_tells_how_many_figures_another_set_does_not_ask_for(
    page: PeriodsPage, province: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(page.given, 1, PREVIOUS, "12")
    tree = json.loads(compared_set(YEAR)) | {"version": 3}
    node = next(each for each in tree["criteria"][0]["children"] if each["code"] == CODE)
    node["id"] = str(uuid.uuid4())
    criteria = register.import_set(province, json.dumps(tree).encode())
    monkeypatch.setattr(year_dialog, "ask_year", lambda *_: register.open_period(province, YEAR, [criteria]))
    press(page, "Back to the years")
    page.years.choose(YEAR)
    press(page, "Change the sets or the date…")
    said = tr(
        "{count} figure(s) were given for criteria that the new set does not have. They stay in the register and count "
        "again if a set that asks for them is chosen.",
        count=1,
    )
    assert said in page.banner.text()


def test_where_there_is_nothing_to_take_over_it_is_said_why(qtbot: QtBot, scene: Scene) -> None:
    province = scene.office("province")
    dialog = preview.ProposalDialog(None, province, "Số liệu 2025", last_year.propose(province, YEAR))
    qtbot.addWidget(dialog)
    dialog.show()
    assert offered(dialog, "Close")
    assert not hasattr(dialog, "table")
    assert tr(
        "No criteria set of {year} has a criterion that compares with the year before, so no figure of {last} is "
        "asked for.",
        year="2026",
        last="2025",
    ) in [label.text() for label in dialog.findChildren(WrapLabel)]


def test_the_reasons_stand_at_each_unit_where_no_figure_can_be_taken_over(
    qtbot: QtBot, province: Office
) -> None:
    dialog = preview.ProposalDialog(None, province, "Số liệu 2025", last_year.propose(province, YEAR))
    qtbot.addWidget(dialog)
    dialog.show()
    assert len(dialog.table.rows.rows()) == len(UNITS)
    assert offered(dialog, "Close")


def test_exporting_leads_back_to_the_kit(
    qtbot: QtBot, page: PeriodsPage, pane: GivenPane, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(pane, 1, PREVIOUS, "12")
    (tmp_path / "stick").mkdir()
    answer(monkeypatch, target=tmp_path / "stick", secret=PASSPHRASE)
    step = page.top_line().step
    assert step is not None
    step.run()
    qtbot.waitUntil(lambda: not page.work.busy)
    assert page.kit.result.isVisible()
    assert list((tmp_path / "stick").glob("*.cchc"))


def test_a_change_is_counted_among_what_the_next_kit_brings(page: PeriodsPage, province: Office) -> None:
    write(page.given, 1, PREVIOUS, "12")
    press(page, "Back to the years")
    assert tr("figures given: {count}", count=1) in page.kit.changes.text()


def test_a_set_without_any_proposal_says_what_can_be_done(
    qtbot: QtBot, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    province = scene.office("province")
    central = register.import_set(province, register.shipped_sets()["central-2026.json"])
    register.open_period(province, YEAR, [central])
    page = in_window(qtbot, lambda: PeriodsPage(Session(province), lambda _key: None, {})).current_page()
    assert isinstance(page, PeriodsPage)
    page.give_figures()
    pane = page.given
    pane.level.setCurrentIndex(1)
    pane.level.activated.emit(1)
    assert pane.table is None
    board = next(each for each in giving.boards(province, YEAR) if each.level == "central")
    monkeypatch.setattr(choosing, "ask_figure", lambda _parent, figures: figures[0])
    press(pane, "Give another figure…")
    assert [each.key for each in model_of(pane).figures] == [board.figures[0].key]


def test_the_kit_reaches_the_unit(page: PeriodsPage, province: Office, scene: Scene, tmp_path: Path) -> None:
    write(page.given, 1, PREVIOUS, "12")
    from parindex_desktop.services import filling

    office = office_with_kit(scene, "ban-ho", export_kit(province, tmp_path / "kit-2.cchc"))
    assert filling.open_form(office).sheet(CODE).given == {"previous": "12"}
