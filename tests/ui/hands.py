"""The officer's hands on a page: keys alone, and answers to the questions that it asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QPushButton

from ui.frame.page import Page, PageEntry
from ui.frame.window import MainWindow
from ui.language import tr
from ui.theme.icons import Icon
from ui.widgets import dialogs, passphrase

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot


def in_window(qtbot: QtBot, make: Callable[[], Page]) -> MainWindow:
    """A window with one page, shown; `window.current_page()` is it."""
    window = MainWindow("UBND xã Bản Hồ", [PageEntry("page", "Trang", Icon.FORM, make)], {})
    qtbot.addWidget(window)
    window.show()
    window.open_page("page")
    qtbot.waitUntil(window.isActiveWindow)
    return window


def press(inside: QWidget, words: str) -> None:
    """Press the button in view that says `words` (English, as the source has it), by the keyboard."""
    said = tr(words)
    found = [
        button
        for button in inside.findChildren(QPushButton)
        if button.isVisible() and said in {button.text(), button.accessibleName()}
    ]
    assert found, f"no button “{said}” in view"
    assert found[0].isEnabled(), f"“{said}” cannot be pressed"
    found[0].setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(found[0], Qt.Key.Key_Space)


def offered(inside: QWidget, words: str) -> bool:
    """Whether a button in view says `words` and can be pressed."""
    said = tr(words)
    return any(
        button.isVisible() and button.isEnabled() and button.text() == said
        for button in inside.findChildren(QPushButton)
    )


def write(field: QLineEdit | QPlainTextEdit, text: str) -> None:
    """Type `text` into the field as an input method does, and leave it by Tab."""
    field.setFocus(Qt.FocusReason.TabFocusReason)
    field.selectAll()
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QApplication.sendEvent(field, event)
    QTest.keyClick(field, Qt.Key.Key_Tab)


def answer(
    monkeypatch: pytest.MonkeyPatch,
    *,
    yes: bool = True,
    target: Path | None = None,
    files: tuple[Path, ...] = (),
    secret: str | None = "demo",
) -> list[str]:
    """Answer every question of the page so; returns the titles of what was asked."""
    asked: list[str] = []

    def reply(value: object) -> Callable[..., Any]:
        def given(_parent: QWidget | None, title: str, *_more: object, **_named: object) -> object:
            asked.append(title)
            return value

        return given

    monkeypatch.setattr(dialogs, "ask", reply(yes))
    monkeypatch.setattr(dialogs, "choose_folder", reply(target))
    monkeypatch.setattr(dialogs, "choose_target", reply(target))
    monkeypatch.setattr(dialogs, "choose_files", reply(list(files)))
    monkeypatch.setattr(passphrase, "ask_passphrase", reply(secret))
    return asked
