"""Questions answered by the keyboard; files by dialog or by the mouse; passphrases; the window for bugs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPushButton, QWidget

from ui.language import tr
from ui.widgets import dialogs
from ui.widgets.dropzone import DropZone
from ui.widgets.error_report import ErrorReport, report_text
from ui.widgets.fields import CheckBox
from ui.widgets.passphrase import PassphraseDialog, ask_passphrase

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def when_asked(*keys: Qt.Key) -> None:
    """Press `keys` in the dialog that is about to open."""

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog)
        for key in keys:
            QTest.keyClick(dialog.focusWidget() or dialog, key)

    QTimer.singleShot(0, answer)


@pytest.mark.parametrize(
    ("dangerous", "keys", "agreed"),
    [
        (False, [Qt.Key.Key_Return], True),
        (False, [Qt.Key.Key_Escape], False),
        (False, [Qt.Key.Key_Backtab, Qt.Key.Key_Return], False),
        (True, [Qt.Key.Key_Return], False),
        (True, [Qt.Key.Key_Tab, Qt.Key.Key_Return], True),
    ],
)
def test_a_question_by_the_keyboard(
    dangerous: bool, keys: list[Qt.Key], agreed: bool, dressed: object
) -> None:
    when_asked(*keys)
    got = dialogs.ask(
        None, "Chốt điểm?", "Số liệu bị khóa.", yes="Chốt điểm", no="Để sau", dangerous=dangerous
    )
    assert got is agreed


def test_a_dialog_that_a_small_screen_makes_narrow_cuts_nothing(qtbot: QtBot, dressed: object) -> None:
    dialog = dialogs.Dialog(
        None, "Bộ tiêu chí", "Các tiêu chí giữ nguyên mã định danh nên so sánh được. " * 12
    )
    qtbot.addWidget(dialog)
    dialog.setMaximumWidth(dialog.minimumWidth())
    dialog.show()
    qtbot.waitExposed(dialog)
    layout = dialog.layout()
    assert layout is not None
    assert dialog.height() >= layout.minimumHeightForWidth(dialog.width())


def test_something_told_is_closed_by_enter(dressed: object) -> None:
    when_asked(Qt.Key.Key_Return)
    dialogs.tell(None, "Đã nộp", "Có thể rút USB.")


@pytest.fixture
def zone(qtbot: QtBot) -> DropZone:
    made = DropZone("Tài liệu kiểm chứng", folders=True)
    qtbot.addWidget(made)
    made.resize(400, 60)
    made.show()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def carried(*urls: QUrl) -> QMimeData:
    data = QMimeData()
    data.setUrls(list(urls))
    return data


def drag_in(zone: DropZone, data: QMimeData) -> QDragEnterEvent:
    event = QDragEnterEvent(
        QPoint(9, 9),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    event.ignore()
    QApplication.sendEvent(zone, event)
    return event


def let_go(zone: DropZone, data: QMimeData) -> None:
    QApplication.sendEvent(
        zone,
        QDropEvent(
            QPointF(9, 9),
            Qt.DropAction.MoveAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        ),
    )


def test_files_and_folders_are_let_go_here(zone: DropZone, qtbot: QtBot, tmp_path: Path) -> None:
    paths = [tmp_path / "Báo cáo số 3.pdf", tmp_path]
    data = carried(*(QUrl.fromLocalFile(str(path)) for path in paths))
    assert drag_in(zone, data).isAccepted()
    assert zone.property("over") == "true"
    with qtbot.waitSignal(zone.chosen) as told:
        let_go(zone, data)
    assert told.args == [paths]
    assert not zone.property("over")


def test_what_is_no_file_is_not_taken(zone: DropZone) -> None:
    assert not drag_in(zone, carried(QUrl("mailto:xa@laocai"))).isAccepted()


def test_files_are_chosen_by_ctrl_o(zone: DropZone, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dialogs, "choose_files", lambda *_: [Path("a.pdf"), Path("b.pdf")])
    with qtbot.waitSignal(zone.chosen) as told:
        QTest.keyClick(zone, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    assert told.args == [[Path("a.pdf"), Path("b.pdf")]]


def test_a_cancelled_choice_tells_nothing(
    zone: DropZone, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialogs, "choose_files", lambda *_: [])
    monkeypatch.setattr(dialogs, "choose_folder", lambda *_: None)
    with qtbot.assertNotEmitted(zone.chosen):
        zone.choose()
        zone.choose_folder()


def test_a_folder_is_chosen_as_one(zone: DropZone, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dialogs, "choose_folder", lambda *_: Path("USB"))
    with qtbot.waitSignal(zone.chosen) as told:
        zone.choose_folder()
    assert told.args == [[Path("USB")]]


def judge(passphrase: str) -> str:
    return "" if len(passphrase) >= 8 else "Mật khẩu quá ngắn."


@pytest.fixture
def new_passphrase(qtbot: QtBot) -> PassphraseDialog:
    dialog = PassphraseDialog(None, "Tạo khóa", "Đặt mật khẩu cho khóa.", judge, new=True)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


@pytest.mark.parametrize(
    ("first", "second", "fault"),
    [
        ("", "", "Type the new passphrase."),
        ("mat khau 1", "", "Type the new passphrase once more."),
        ("mat khau 1", "mat khau 2", "The two passphrases differ. Type the same one in both fields."),
        ("ngan", "ngan", "Mật khẩu quá ngắn."),
    ],
)
def test_a_passphrase_that_cannot_be_taken(
    new_passphrase: PassphraseDialog, first: str, second: str, fault: str
) -> None:
    assert new_passphrase.second is not None
    new_passphrase.first.setText(first)
    new_passphrase.second.setText(second)
    new_passphrase.accept()
    assert new_passphrase.isVisible()
    assert new_passphrase.fault.text() == tr(fault)


def test_a_passphrase_is_taken_as_it_was_typed(new_passphrase: PassphraseDialog) -> None:
    assert new_passphrase.second is not None
    for field in (new_passphrase.first, new_passphrase.second):
        QTest.keyClicks(field, " mat khau ")
    QTest.keyClick(new_passphrase.second, Qt.Key.Key_Return)
    assert new_passphrase.result() == QDialog.DialogCode.Accepted
    assert new_passphrase.first.text() == " mat khau "


def test_a_passphrase_is_hidden_until_asked_for(new_passphrase: PassphraseDialog) -> None:
    (box,) = new_passphrase.findChildren(CheckBox)
    assert new_passphrase.first.echoMode() is QLineEdit.EchoMode.Password
    box.setChecked(True)
    assert new_passphrase.first.echoMode() is QLineEdit.EchoMode.Normal


def test_asking_for_a_passphrase_may_be_cancelled(dressed: object) -> None:
    when_asked(Qt.Key.Key_Escape)
    assert ask_passphrase(None, "Ký", "Nhập mật khẩu.", judge) is None


def test_the_report_of_a_bug_can_be_copied_whole(qtbot: QtBot) -> None:
    with pytest.raises(ZeroDivisionError) as caught:
        _ = 1 // 0
    report = report_text(caught.value)
    window = ErrorReport(report)
    qtbot.addWidget(window)
    window.copy()
    copied = QGuiApplication.clipboard().text()
    assert "ZeroDivisionError: " in copied
    assert "PAR Index Desktop" in copied
    assert __name__.split(".", maxsplit=1)[0] in copied


def test_every_button_of_a_dialog_says_what_it_does(new_passphrase: PassphraseDialog) -> None:
    assert all(button.text() for button in new_passphrase.findChildren(QPushButton))
    assert all(field.accessibleName() for field in new_passphrase.findChildren(QLineEdit))
    assert isinstance(new_passphrase, QWidget)


def test_a_dialog_with_a_list_opens_no_higher_than_the_screen(qtbot: QtBot, dressed: object) -> None:
    dialog = dialogs.Dialog(None, "Danh mục")
    qtbot.addWidget(dialog)
    room = dialog.screen().availableGeometry().height()
    dialog.open_at(700, 300)
    assert (dialog.width(), dialog.height()) == (700, 300)
    dialog.open_at(700, 10 * room)
    assert dialog.height() < room
