"""Banners, empty pages and panels."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from ui.language import tr
from ui.theme.icons import Icon
from ui.theme.tokens import Tone
from ui.widgets.notices import Banner, EmptyState
from ui.widgets.panels import PageHeader, Panel, Splitter

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def banner(qtbot: QtBot) -> Banner:
    made = Banner()
    qtbot.addWidget(made)
    return made


def buttons(widget: QWidget) -> dict[str, QPushButton]:
    return {button.text(): button for button in widget.findChildren(QPushButton) if not button.isHidden()}


def test_a_banner_waits_until_there_is_something_to_say(banner: Banner) -> None:
    assert banner.isHidden()


@pytest.mark.parametrize("tone", list(Tone))
def test_a_banner_says_its_sentence(banner: Banner, tone: Tone) -> None:
    banner.tell("Ổ đĩa gần đầy.", tone)
    assert banner.text() == banner.accessibleName() == "Ổ đĩa gần đầy."
    assert banner.property("tone") == tone.value


def test_a_banner_offers_the_way_out(banner: Banner) -> None:
    done: list[str] = []
    banner.tell("Ổ đĩa gần đầy.", Tone.CARE, "Sao lưu ra USB…", lambda: done.append("saved"))
    QTest.mouseClick(buttons(banner)["Sao lưu ra USB…"], Qt.MouseButton.LeftButton)
    assert done == ["saved"]


def test_a_banner_without_a_way_out_has_no_dead_link(banner: Banner) -> None:
    banner.tell("Ổ đĩa gần đầy.", Tone.CARE, closable=False)
    assert buttons(banner) == {}


def test_a_banner_told_in_brief_says_all_when_asked(banner: Banner) -> None:
    banner.tell("Ổ đĩa gần đầy, hãy sao lưu.", brief="Ổ đĩa gần đầy.")
    assert (banner.shown(), banner.accessibleName()) == ("Ổ đĩa gần đầy.", "Ổ đĩa gần đầy, hãy sao lưu.")
    QTest.mouseClick(buttons(banner)[tr("Details")], Qt.MouseButton.LeftButton)
    assert banner.shown() == banner.text() == "Ổ đĩa gần đầy, hãy sao lưu."
    banner.tell("Ổ đĩa gần đầy, hãy sao lưu.", brief="Ổ đĩa gần đầy.")
    assert banner.shown() == banner.text(), "told again, it stays as the officer left it"
    QTest.mouseClick(buttons(banner)[tr("Fold away")], Qt.MouseButton.LeftButton)
    assert banner.shown() == "Ổ đĩa gần đầy."
    banner.tell("Đã có bản mới của bộ tiêu chí.", brief="Đã có bản mới.")
    assert banner.shown() == "Đã có bản mới."
    banner.tell("Đã lưu.")
    assert (banner.shown(), list(buttons(banner))) == ("Đã lưu.", [tr("Close")])


def test_a_banner_can_be_closed(banner: Banner, qtbot: QtBot) -> None:
    banner.tell("Đã có bản mới.")
    (close,) = buttons(banner).values()
    with qtbot.waitSignal(banner.closed):
        QTest.mouseClick(close, Qt.MouseButton.LeftButton)
    assert banner.isHidden()


def test_an_empty_page_teaches_and_begins(qtbot: QtBot) -> None:
    begun: list[str] = []
    page = EmptyState(
        Icon.RECEIVE, "Chưa có gói nào", "Gói hồ sơ sẽ hiện ở đây.", "Chọn gói…", lambda: begun.append("x")
    )
    qtbot.addWidget(page)
    assert [label.text() for label in page.findChildren(QLabel)] == [
        "Chưa có gói nào",
        "Gói hồ sơ sẽ hiện ở đây.",
    ]
    QTest.mouseClick(buttons(page)["Chọn gói…"], Qt.MouseButton.LeftButton)
    assert begun == ["x"]


def test_a_handle_remembers_its_place(qtbot: QtBot) -> None:
    memory: dict[str, str] = {}
    splitter = Splitter(memory, "form", QWidget(), QWidget(), 40)
    qtbot.addWidget(splitter)
    splitter.resize(800, 300)
    splitter.show()
    splitter.setSizes([200, 588])
    splitter.splitterMoved.emit(200, 1)
    again = Splitter(memory, "form", QWidget(), QWidget(), 40)
    qtbot.addWidget(again)
    again.resize(800, 300)
    again.show()
    assert again.sizes() == splitter.sizes()


@pytest.mark.parametrize("remembered", ["", "x,y", "1", "0,0", "1,2,3", "-5,10"])
def test_a_place_that_cannot_be_read_is_not_taken(remembered: str, qtbot: QtBot) -> None:
    splitter = Splitter({"form": remembered}, "form", QWidget(), QWidget(), 25)
    qtbot.addWidget(splitter)
    splitter.resize(812, 300)
    splitter.show()
    left, right = splitter.sizes()
    assert abs(3 * left - right) < 8


def test_a_low_window_scrolls_its_panel(qtbot: QtBot) -> None:
    panel = Panel(scroll=True)
    qtbot.addWidget(panel)
    for _ in range(40):
        panel.content.addWidget(QLabel("Tiêu chí"))
    panel.resize(300, 200)
    panel.show()
    assert panel.height() == 200


def test_facts_of_a_page_break_where_the_window_is_narrow(qtbot: QtBot) -> None:
    header = PageHeader("Tự chấm điểm")
    qtbot.addWidget(header)
    for _ in range(4):
        header.facts.addWidget(QLabel("71,35 / 82,50 điểm được tự chấm"))
    assert header.heightForWidth(500) > header.heightForWidth(1500)
