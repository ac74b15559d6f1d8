"""Lists: titles wrap, rows fit, columns share the room, the keyboard walks and leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ui import theme
from ui.language import tr
from ui.theme import tokens
from ui.widgets import signs
from ui.widgets.cells import LINE, PAD_Y, CellRole, Column
from ui.widgets.views import TableView, TreeView, widths

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

TITLE = (
    "Tỷ lệ hồ sơ luân chuyển nội bộ giữa bộ phận một cửa và các phòng chuyên môn được thực hiện bằng điện tử"
)
COLUMNS = (Column(120, 2, least=80), Column(150, 1), Column(70, numeric=True))


class Bundles(QAbstractTableModel):
    """As many bundles as the largest province has communes."""

    def __init__(self, rows: int = 168) -> None:
        super().__init__()
        self.names = [f"Xã {n}" for n in range(rows)]

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008, N802 (Qt's names)
        return 0 if parent.isValid() else len(self.names)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008, N802 (Qt's names)
        return 0 if parent.isValid() else 3

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = 0) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return (self.names[index.row()], tr(signs.REFUSED), "71,35")[index.column()]
        if role == CellRole.SIGN and index.column() == 1:
            return signs.REFUSED
        if role == CellRole.NOTE and index.column() == 1 and index.row() == 5:
            return "chữ ký không khớp nội dung"
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:  # noqa: N802 (Qt's name)
        titles = ("Đơn vị", "Tình trạng gói", "Điểm tự chấm")
        return titles[section] if role == 0 and orientation is Qt.Orientation.Horizontal else None

    def rename(self, row: int, name: str) -> None:
        self.names[row] = name
        self.dataChanged.emit(self.index(row, 0), self.index(row, 0))


@pytest.fixture
def bundles() -> Bundles:
    return Bundles()


@pytest.fixture
def table(qtbot: QtBot, bundles: Bundles) -> Iterator[TableView]:
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    view = TableView("Gói hồ sơ", COLUMNS)
    view.setModel(bundles)
    column.addWidget(view)
    column.addWidget(QLineEdit())
    page.resize(460, 400)
    page.show()
    qtbot.waitUntil(page.isActiveWindow)
    qtbot.waitUntil(lambda: view.columnWidth(0) > 120)
    yield view
    page.close()


@pytest.fixture
def tree(qtbot: QtBot) -> Iterator[TreeView]:
    view = TreeView("Bộ tiêu chí", (Column(160, 1), Column(80, numeric=True)))
    qtbot.addWidget(view)
    model = QStandardItemModel()
    model.setHorizontalHeaderLabels(["Lĩnh vực / Tiêu chí", "Điểm tối đa"])
    for n in range(8):
        group = QStandardItem(f"{n} Lĩnh vực")
        group.setData(True, CellRole.GROUP)
        group.appendRow([QStandardItem(f"{n}.1 {TITLE}"), QStandardItem("1,00")])
        model.appendRow([group, QStandardItem("13,00")])
    view.setModel(model)
    view.resize(300, 400)
    view.show()
    qtbot.waitUntil(view.isActiveWindow)
    yield view
    model.clear()


columns = st.builds(
    lambda width, stretch, give: Column(width, stretch, least=width - min(give, width - 10)),
    st.integers(20, 300),
    st.integers(0, 3),
    st.integers(0, 200),
)


@given(st.lists(columns, min_size=1, max_size=8), st.integers(50, 2000))
def test_columns_keep_their_bounds_and_use_the_room(shown: list[Column], room: int) -> None:
    got = widths(shown, room)
    assert all(width >= (column.least or 0) for width, column in zip(got, shown, strict=True))
    if sum(column.least or 0 for column in shown) + len(shown) <= room:
        assert sum(got) <= room
    if any(column.stretch for column in shown) and sum(column.width for column in shown) <= room:
        assert room - sum(got) < len(shown)


def test_a_table_of_the_largest_province_fits_its_rows(table: TableView) -> None:
    assert {table.rowHeight(n) for n in range(168) if n != 5} == {tokens.ROW + 1}
    assert table.rowHeight(5) == 2 * LINE + 2 * PAD_Y + 1


def test_a_row_grows_when_its_title_does(table: TableView, bundles: Bundles, qtbot: QtBot) -> None:
    bundles.rename(2, TITLE)
    qtbot.waitUntil(lambda: table.rowHeight(2) > 3 * LINE)
    bundles.rename(2, "Xã Tả Van")
    qtbot.waitUntil(lambda: table.rowHeight(2) == tokens.ROW + 1)


def test_rows_shrink_when_the_window_widens(table: TableView, bundles: Bundles, qtbot: QtBot) -> None:
    bundles.rename(2, TITLE)
    qtbot.waitUntil(lambda: table.rowHeight(2) > 3 * LINE)
    narrow = table.rowHeight(2)
    table.window().resize(1300, 400)
    qtbot.waitUntil(lambda: table.rowHeight(2) < narrow)


def test_columns_fill_the_width_of_the_list(table: TableView) -> None:
    shown = sum(table.columnWidth(n) for n in range(3))
    assert 0 <= table.viewport().width() - shown < 3


def test_the_header_is_as_high_as_its_longest_title(table: TableView) -> None:
    assert table.horizontalHeader().height() >= 2 * tokens.leading(tokens.SMALL)


def test_tab_leaves_a_list_and_arrows_walk_in_it(table: TableView) -> None:
    table.setFocus()
    assert table.currentIndex().row() == 0
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert table.currentIndex().row() == 1
    QTest.keyClick(table, Qt.Key.Key_Tab)
    assert not table.hasFocus()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_opens_a_row_once(table: TableView, key: Qt.Key) -> None:
    table.setFocus()
    opened: list[int] = []
    table.activated.connect(lambda index: opened.append(index.row()))
    QTest.keyClick(table, key)
    assert opened == [0]


def test_the_selected_row_is_marked_by_more_than_a_colour(table: TableView) -> None:
    table.selectRow(1)
    image = table.viewport().grab().toImage()
    y = table.rowViewportPosition(1) + 4
    assert image.pixelColor(0, y) == theme.colour("accent")
    assert image.pixelColor(10, y) == theme.colour("accent_soft")
    assert image.pixelColor(10, table.rowViewportPosition(0) + 4) == theme.colour("panel")


def test_a_state_is_drawn_as_a_chip(table: TableView) -> None:
    image = table.viewport().grab().toImage()
    x = table.columnViewportPosition(1) + 20
    y = table.rowViewportPosition(3) + tokens.ROW // 2
    colours = {image.pixelColor(x + n, y - 8).name().upper() for n in range(20)}
    assert theme.colours().wrong_soft in colours


def test_figures_stand_at_the_right(table: TableView) -> None:
    image = table.viewport().grab().toImage()
    left = table.columnViewportPosition(2)
    row = range(table.rowViewportPosition(1) + 8, table.rowViewportPosition(1) + 24)

    def empty(first: int, last: int) -> bool:
        return {image.pixelColor(x, y).name() for x in range(first, last) for y in row} == {"#ffffff"}

    assert empty(left, left + 20)
    assert not empty(left + 24, left + table.columnWidth(2) - 9)
    assert empty(left + table.columnWidth(2) - 8, left + table.columnWidth(2))


def test_a_tree_gives_titles_their_lines(tree: TreeView, qtbot: QtBot) -> None:
    tree.expandAll()
    group = tree.model().index(0, 0)
    child = tree.model().index(0, 0, group)
    assert tree.visualRect(group).height() == tokens.ROW + 1
    assert tree.visualRect(child).height() > 4 * LINE
    narrow = tree.visualRect(child).height()
    tree.resize(700, 400)
    qtbot.waitUntil(lambda: tree.visualRect(child).height() < narrow)


def test_a_tree_opens_and_closes_by_the_keyboard(tree: TreeView) -> None:
    tree.setFocus()
    group = tree.model().index(0, 0)
    assert tree.currentIndex() == group
    QTest.keyClick(tree, Qt.Key.Key_Right)
    assert tree.isExpanded(group)
    QTest.keyClick(tree, Qt.Key.Key_Left)
    assert not tree.isExpanded(group)


def test_the_row_in_hand_stays_in_view_when_the_window_changes(tree: TreeView, qtbot: QtBot) -> None:
    tree.expandAll()
    last = tree.model().index(7, 0)
    tree.setCurrentIndex(last)
    tree.resize(260, 300)
    qtbot.waitUntil(lambda: tree.viewport().rect().contains(tree.visualRect(last).center()))


def test_the_ground_of_a_row_reaches_its_edge(tree: TreeView) -> None:
    tree.setCurrentIndex(tree.model().index(1, 0))
    image = tree.viewport().grab().toImage()
    selected = tree.visualRect(tree.model().index(1, 0)).top() + 4
    group = tree.visualRect(tree.model().index(0, 0)).top() + 4
    assert image.pixelColor(0, selected) == theme.colour("accent")
    assert image.pixelColor(6, selected) == theme.colour("accent_soft")
    assert image.pixelColor(6, group) == theme.colour("band")


def test_a_list_says_its_name_and_may_stand_there_before_its_model(qtbot: QtBot) -> None:
    view = TreeView("Bộ tiêu chí", COLUMNS)
    qtbot.addWidget(view)
    view.show()
    view.setFocus()
    assert view.accessibleName() == "Bộ tiêu chí"


def test_the_model_of_this_test_is_a_sound_one(bundles: Bundles, qtmodeltester: Any) -> None:
    qtmodeltester.check(bundles)


def test_no_word_of_a_title_breaks_however_little_room_there_is(qtbot: QtBot) -> None:
    view = TableView("Bộ tiêu chí", (Column(200, 3, least=120), Column(50, numeric=True, least=20)))
    qtbot.addWidget(view)
    model = QStandardItemModel()
    model.setHorizontalHeaderLabels(["Field / criterion", "Maximum points"])
    view.setModel(model)
    view.resize(90, 200)
    view.show()
    qtbot.waitUntil(view.isVisible)
    assert view.columns_header()._lines(1, view.columnWidth(1)) == ("Maximum", "points")


def test_rows_have_the_room_of_a_scroll_bar_that_went(qtbot: QtBot) -> None:
    """The columns fit only once the list knows its width, which is when it is shown."""
    view = TreeView("Bộ tiêu chí", (Column(200, 3, least=120), Column(84, numeric=True)))
    qtbot.addWidget(view)
    model = QStandardItemModel()
    model.setHorizontalHeaderLabels(["Tiêu chí", "Điểm"])
    model.appendRow([QStandardItem("1"), QStandardItem("2")])
    view.setModel(model)
    view.resize(250, 300)
    view.show()
    qtbot.waitUntil(view.isActiveWindow)
    qtbot.waitUntil(lambda: view.viewport().mask().boundingRect() == view.viewport().rect())


def test_rows_keep_out_of_the_round_corners_of_the_list(table: TableView) -> None:
    room = table.viewport().rect()
    mask = table.viewport().mask()
    assert not mask.contains(room.bottomLeft())
    assert not mask.contains(room.bottomRight())
    assert mask.contains(room.topLeft())
    assert mask.contains(room.center())
