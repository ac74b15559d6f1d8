"""A file that is let go near the frame is taken; a text field never takes it as words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from ui.widgets import dialogs
from ui.widgets.dropzone import DropZone
from ui.widgets.fields import LineField, TextArea

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

COPY, LEFT, NONE = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def let_go(place: QWidget, file: Path) -> bool:
    """Drag `file` over `place` and let it go there; whether it was taken."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    enter = QDragEnterEvent(QPoint(1, 1), COPY, data, LEFT, NONE)
    QApplication.sendEvent(place, enter)
    if not enter.isAccepted():
        return False
    drop = QDropEvent(QPointF(1, 1), COPY, data, LEFT, NONE)
    QApplication.sendEvent(place, drop)
    return drop.isAccepted()


def test_a_file_that_misses_the_frame_is_still_meant_for_it(
    qtbot: QtBot, dressed: object, tmp_path: Path
) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    zone = DropZone("Evidence")
    QVBoxLayout(page).addWidget(zone)
    zone.take_drops_on(page)
    taken: list[list[Path]] = []
    zone.chosen.connect(taken.append)
    file = tmp_path / "báo cáo.pdf"
    assert let_go(page, file)
    assert let_go(zone, file)
    assert taken == [[file], [file]]
    zone.setEnabled(False)
    assert not let_go(page, file)


def test_a_folder_where_a_file_belongs_is_told_and_the_files_beside_it_are_taken(
    qtbot: QtBot, dressed: object, tmp_path: Path
) -> None:
    zone = DropZone("Evidence")
    qtbot.addWidget(zone)
    zone.show()
    taken: list[list[Path]] = []
    zone.chosen.connect(taken.append)
    folder, file = tmp_path / "hồ sơ", tmp_path / "báo cáo.pdf"
    folder.mkdir()
    assert let_go(zone, folder)
    assert taken == []
    assert "hồ sơ" in zone.fault.text()
    assert zone.fault.isVisible()
    assert let_go(zone, file)
    assert taken == [[file]]
    assert not zone.fault.isVisible()


def test_where_one_file_belongs_several_are_not_quietly_cut_to_the_first(
    qtbot: QtBot, dressed: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    zone = DropZone("Kit", single=True)
    qtbot.addWidget(zone)
    taken: list[list[Path]] = []
    zone.chosen.connect(taken.append)
    monkeypatch.setattr(dialogs, "choose_files", lambda *_: [tmp_path / "a.cchc", tmp_path / "b.cchc"])
    zone.choose()
    assert taken == []
    assert "2" in zone.fault.text()
    monkeypatch.setattr(dialogs, "choose_files", lambda *_: [tmp_path / "a.cchc"])
    zone.choose()
    assert taken == [[tmp_path / "a.cchc"]]
    assert zone.fault.text() == ""


@pytest.mark.parametrize("make", [LineField, TextArea])
def test_a_text_field_takes_no_files(qtbot: QtBot, dressed: object, make: type[LineField | TextArea]) -> None:
    field = make("Explanation")
    qtbot.addWidget(field)
    assert not field.acceptDrops()
