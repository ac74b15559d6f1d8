"""A flowing row: one line where there is room, more where there is not, never anything cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QLabel, QWidget

from ui.widgets.flow import FlowLayout
from ui.widgets.labels import Role, WrapLabel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

WIDTHS = (80, 120, 60, 200)


@pytest.fixture
def row(qtbot: QtBot) -> Iterator[FlowLayout]:
    holder = QWidget()
    qtbot.addWidget(holder)
    layout = FlowLayout(holder, across=10, down=5)
    for width in WIDTHS:
        label = QLabel()
        label.setFixedSize(width, 20)
        layout.addWidget(label)
    yield layout
    holder.close()


def places(row: FlowLayout, width: int) -> list[QRect]:
    row.setGeometry(QRect(0, 0, width, 500))
    return [row.itemAt(n).geometry() for n in range(row.count())]


@pytest.mark.parametrize(
    ("width", "lines"), [(490, 1), (489, 2), (270, 2), (269, 3), (209, 3), (200, 3), (120, 4)]
)
def test_lines_by_width(row: FlowLayout, width: int, lines: int) -> None:
    assert len({place.top() for place in places(row, width)}) == lines
    assert row.heightForWidth(width) == lines * 20 + (lines - 1) * 5


@pytest.mark.parametrize("width", range(200, 500, 37))
def test_nothing_stands_outside_or_on_something_else(row: FlowLayout, width: int) -> None:
    shown = places(row, width)
    assert all(place.left() >= 0 and place.right() < width for place in shown)
    assert not any(a.intersects(b) for n, a in enumerate(shown) for b in shown[:n])


def test_what_is_hidden_takes_no_room(row: FlowLayout) -> None:
    row.itemAt(3).widget().hide()
    assert row.heightForWidth(280) == 20
    assert row.sizeHint().width() == 80 + 10 + 120 + 10 + 60


def test_lines_can_be_centred(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    layout = FlowLayout(holder, centred=True)
    label = QLabel()
    label.setFixedSize(100, 20)
    layout.addWidget(label)
    assert places(layout, 300)[0].left() == 100


def test_it_lets_go_of_what_is_taken(row: FlowLayout) -> None:
    assert row.takeAt(0) is not None
    assert row.count() == len(WIDTHS) - 1
    assert row.takeAt(9) is None
    assert row.itemAt(9) is None


def test_a_title_takes_the_room_there_is_before_it_wraps(qtbot: QtBot, dressed: object) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    layout = FlowLayout(holder)
    title = WrapLabel("Bộ tiêu chí Chỉ số CCHC của xã, phường tỉnh Lai Châu năm 2027", Role.TITLE, most=900)
    layout.addWidget(title)
    (whole,) = places(layout, 900)
    assert whole.height() == title.heightForWidth(900)
    (narrow,) = places(layout, 260)
    assert (narrow.width(), narrow.height()) == (260, title.heightForWidth(260))
    assert narrow.height() > whole.height()
