"""A receiver reads the form of a unit with the same list and sheet, and changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QRadioButton

from parindex_desktop.services import attaching, filling, handing_over, receiving
from parindex_desktop.services.received import received_form
from parindex_desktop.services.register import current_kit
from tests.ui.offices import PASSPHRASE, YEAR, fill, lock_and_sign
from ui.form import file_work
from ui.form.view import FormView
from ui.language import tr
from ui.widgets.fields import TextArea

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from parindex_desktop.services.homes import Office


@pytest.fixture
def view(qtbot: QtBot, province: Office, commune: Office, tmp_path: Path, dressed: QApplication) -> FormView:
    """The province looks at what Xã Bản Hồ has handed over."""
    form = fill(commune, filling.open_form(commune))
    report = tmp_path / "Báo cáo.pdf"
    report.write_bytes(b"%PDF-1.7")
    form, _ = attaching.attach_file(commune, form, form.criteria.by_code("3.7"), report, "3")
    form = lock_and_sign(commune, form)
    handing_over.hand_over(commune, form, PASSPHRASE, tmp_path / "goi.cchc")
    receiving.take_in(province, [tmp_path / "goi.cchc"])
    kit = current_kit(province)
    made = FormView(province, {})
    qtbot.addWidget(made)
    made.resize(1100, 640)
    made.show_assessment(received_form(province, kit.unit_of_code("03001"), YEAR))
    made.show()
    qtbot.waitUntil(made.isActiveWindow)
    made.jump(form.criteria.by_code("3.7").id)
    return made


def test_nothing_can_be_changed(view: FormView) -> None:
    for code in ("3.7", "4.5", "2.1", "1.1"):
        view.list.choose(view.list._assessment.criteria.by_code(code).id)
        shown = [each for each in view.pane.findChildren(QLineEdit) if each.isVisible()]
        assert shown == []
        assert [each for each in view.pane.findChildren(QRadioButton) if each.isVisible()] == []
        assert all(each.isReadOnly() for each in view.pane.findChildren(TextArea) if each.isVisible())
    view.walk(1)
    view.walk_to_lacking()


def test_evidence_is_opened_from_what_was_received(
    view: FormView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(file_work, "open_file", lambda path: opened.append(path) or True)
    (link,) = [
        each
        for each in view.pane.findChildren(QAbstractButton)
        if each.isVisible() and each.text() == tr("Open")
    ]
    QTest.keyClick(link, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: bool(opened))
    assert opened[0].read_bytes() == b"%PDF-1.7"


def test_merged_versions_are_told_to_stand_on_no_paper(
    qtbot: QtBot, province: Office, commune: Office, second_machine: Office, tmp_path: Path
) -> None:
    bundles = []
    for office in (commune, second_machine):
        form = fill(office, filling.open_form(office))
        form = filling.set_text(office, form, form.criteria.by_code("3.7"), "note", office.record.key or "")
        folder = tmp_path / (office.record.key or "")
        folder.mkdir()
        form = lock_and_sign(office, form)
        bundles.append(handing_over.hand_over(office, form, PASSPHRASE, folder)[1].target)
    unit = current_kit(province).unit_of_code("03001")
    made = FormView(province, {})
    qtbot.addWidget(made)
    made.show()
    for number, bundle in enumerate(bundles):
        receiving.take_in(province, [bundle])
        made.show_assessment(received_form(province, unit, YEAR))
        assert made.merged.isVisible() is (number == 1)
