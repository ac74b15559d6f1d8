"""Short lines about a thing, and lists of faults that can be handed on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from parindex_desktop.domain.messages import Message
from tests.ui.hands import press
from ui.widgets.facts import Facts
from ui.widgets.faults import FaultList
from ui.widgets.labels import CopyLabel, WrapLabel

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_lines_without_a_value_are_left_out(qtbot: QtBot) -> None:
    facts = Facts()
    qtbot.addWidget(facts)
    facts.show_lines([("Số báo cáo", "05/BC-UBND"), ("Ngày", "")])
    assert [label.accessibleName() for label in facts.findChildren(CopyLabel)] == ["Số báo cáo: 05/BC-UBND"]


def test_names_give_way_in_a_narrow_pane(qtbot: QtBot) -> None:
    facts = Facts()
    qtbot.addWidget(facts)
    facts.show_lines([("Mã đối chiếu trên bản giấy", "ABCD-EFGH")])
    facts.show()
    facts.resize(400, 100)
    (name,) = facts.findChildren(WrapLabel)
    wide = name.width()
    facts.resize(160, 100)
    assert name.width() < wide


def test_all_faults_are_listed_and_copied_at_once(qtbot: QtBot) -> None:
    faults = [Message("a", "First: {x}", {"x": 1}), Message("b", "Second")]
    listed = FaultList("Faults", faults)
    qtbot.addWidget(listed)
    listed.show()
    press(listed, "Copy the list")
    assert QGuiApplication.clipboard().text() == "First: 1\nSecond"
    assert listed.table.rows.rowCount() == 2
