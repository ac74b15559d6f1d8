"""A table of plain values: worded cells, a selection that stays, columns that give way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ui.widgets import signs
from ui.widgets.cells import CellRole, Column
from ui.widgets.rows import Cell, FittedTable, RowsTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

COLUMNS = [("Name", Column(120, 1, least=80)), ("State", Column(120)), ("Note", Column(100, least=60))]


def cells(row: str) -> Sequence[Cell]:
    return Cell(row, strong=True), Cell(sign=signs.COMPLETE, note="beside"), Cell("–", second=True)


@pytest.fixture
def table(qtbot: QtBot) -> RowsTable[str]:
    made: RowsTable[str] = RowsTable("Table", COLUMNS, cells, lambda row: row[0], spare=(2,))
    qtbot.addWidget(made)
    made.resize(400, 200)
    made.show()
    return made


def test_the_model_is_a_sound_one(table: RowsTable[str], qtmodeltester: ModelTester) -> None:
    table.show_rows(["a", "b"])
    qtmodeltester.check(table.rows)


def test_cells_say_what_they_show(table: RowsTable[str]) -> None:
    table.show_rows(["a"])
    name, state, note = (table.rows.index(0, column) for column in range(3))
    assert (name.data(), name.data(CellRole.STRONG)) == ("a", True)
    assert (state.data(CellRole.SIGN), state.data(CellRole.NOTE)) == (signs.COMPLETE, "beside")
    assert state.data()
    assert note.data(CellRole.SECOND)
    assert table.rows.headerData(1, Qt.Orientation.Horizontal) == "State"


def test_the_first_row_is_selected_and_told(table: RowsTable[str], qtbot: QtBot) -> None:
    with qtbot.waitSignal(table.chosen):
        table.show_rows(["a", "b"])
    assert table.current() == "a"


def test_the_selected_row_stays_where_its_key_is(table: RowsTable[str]) -> None:
    table.show_rows(["a", "b", "c"])
    table.choose("b")
    table.show_rows(["x", "c", "b2"])
    assert table.current() == "b2"
    table.show_rows(["y"])
    assert table.current() == "y"
    table.show_rows([])
    assert table.current() is None


def test_arrows_choose_rows(table: RowsTable[str], qtbot: QtBot) -> None:
    table.show_rows(["a", "b"])
    table.setFocus()
    with qtbot.waitSignal(table.chosen):
        QTest.keyClick(table, Qt.Key.Key_Down)
    assert table.current() == "b"


def test_a_spare_column_goes_where_the_room_is_short_and_comes_back(table: RowsTable[str]) -> None:
    table.show_rows(["a"])
    assert not table.isColumnHidden(2)
    table.resize(240, 200)
    assert table.isColumnHidden(2)
    table.resize(400, 200)
    assert not table.isColumnHidden(2)


def test_a_fitted_table_is_as_high_as_its_rows(qtbot: QtBot) -> None:
    made: FittedTable[str] = FittedTable("Table", COLUMNS, cells, lambda row: row)
    qtbot.addWidget(made)
    made.resize(400, 50)
    made.show()
    made.show_rows(["a"])
    qtbot.waitUntil(lambda: made.height() == made.columns_header().height() + made.rowHeight(0) + 2)
    one = made.height()
    made.show_rows(["a", "b", "c"])
    qtbot.waitUntil(lambda: made.height() > one)


def test_a_fitted_table_is_read_so_nothing_is_selected_in_it_at_first(qtbot: QtBot) -> None:
    made: FittedTable[str] = FittedTable("Table", COLUMNS, cells, lambda row: row)
    qtbot.addWidget(made)
    made.show_rows(["a"])
    assert made.current() is None


def test_a_table_is_narrowed_without_being_made_anew(table: RowsTable[str], qtbot: QtBot) -> None:
    table.show_rows(["a", "b", "c", "d"])
    table.choose("b")
    with qtbot.assertNotEmitted(table.rows.modelReset), qtbot.assertNotEmitted(table.chosen):
        table.narrow([True, True, False, True])
    assert (table.listed(), table.current()) == (["a", "b", "d"], "b")
    with qtbot.waitSignal(table.chosen):
        table.narrow([False, False, True, True])
    assert table.current() == "c"
    with qtbot.waitSignal(table.chosen):
        table.narrow([False] * 4)
    assert (table.listed(), table.current()) == ([], None)
    table.narrow([True, False, False, True])
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert table.current() == "d"
    table.show_rows(["a", "b", "c", "d"])
    assert table.listed() == ["a", "b", "c", "d"]


def test_rows_are_worded_when_they_are_looked_at_and_again_when_told(qtbot: QtBot) -> None:
    worded = []

    def word(row: str) -> Sequence[Cell]:
        worded.append(row)
        return (Cell(f"{row}{len(worded)}"),)

    made: RowsTable[str] = RowsTable("Table", COLUMNS[:1], word, lambda row: row)
    qtbot.addWidget(made)
    made.show_rows(["a", "b"])
    assert worded == []
    assert made.rows.cell(1, 0).text == made.rows.cell(1, 0).text == "b1"
    with qtbot.waitSignal(made.rows.dataChanged):
        made.rows.reword(1)
    assert made.rows.cell(1, 0).text == "b2"


def test_columns_that_say_nothing_are_left_out(table: RowsTable[str]) -> None:
    table.show_rows(["a"])
    table.resize(600, 200)
    assert not table.isColumnHidden(2)
    table.leave_out([2])
    assert table.isColumnHidden(2)
    table.resize(700, 200)
    assert table.isColumnHidden(2)
    table.leave_out([])
    assert not table.isColumnHidden(2)


def test_rows_of_a_long_list_get_their_height_as_they_come_into_view(qtbot: QtBot) -> None:
    made: RowsTable[int] = RowsTable(
        "Table", [("Name", Column(120))], lambda _row: (Cell("Một\nHai\nBa"),), lambda row: row
    )
    qtbot.addWidget(made)
    made.resize(200, 200)
    made.show_rows(range(500))
    made.show()
    qtbot.waitUntil(lambda: made.rowHeight(0) > 2 * made.rowHeight(400))
    made.scrollToBottom()
    qtbot.waitUntil(lambda: made.rowHeight(499) == made.rowHeight(0))
    made.choose(300)
    qtbot.waitUntil(lambda: made.rowHeight(300) == made.rowHeight(0))
    assert made.viewport().rect().contains(made.visualRect(made.currentIndex()).center())
