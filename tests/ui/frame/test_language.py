"""The window speaks one language, Qt's own texts included."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QPoint, Qt, QTimer, QTranslator
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialogButtonBox,
    QFileDialog,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPlainTextEdit,
    QScrollBar,
    QSpinBox,
    QWidget,
)

from resources import Language
from ui import language
from ui.language import QtTexts, tr
from ui.qt_texts import QT_TEXTS
from ui.widgets.dates import NotADate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

# Where Qt asks for no words: names of keys, the direction of writing, the format of a percentage.
NO_WORDS = {"QShortcut", "QGuiApplication", "QProgressBar"}


class Spy(QTranslator):
    """Writes down every text that Qt wants to be said."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[str] = set()

    def isEmpty(self) -> bool:  # noqa: N802 (Qt's name)
        return False

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> None:  # type: ignore[override]  # None: not mine
        if context not in NO_WORDS:
            self.asked.add(source)


@pytest.fixture
def spy(dressed: QApplication) -> Iterator[Spy]:
    made = Spy()
    QCoreApplication.installTranslator(made)
    yield made
    QCoreApplication.removeTranslator(made)


@pytest.fixture
def english(dressed: QApplication) -> Iterator[None]:
    language.use(Language.EN, dressed)
    yield
    language.use(Language.VI, dressed)


def words(spy: Spy) -> set[str]:
    return {text for text in spy.asked if text and "Alt+" not in text}


def test_every_text_of_a_file_dialog_is_ours(spy: Spy, qtbot: QtBot, tmp_path: Path) -> None:
    for mode in (QFileDialog.AcceptMode.AcceptSave, QFileDialog.AcceptMode.AcceptOpen):
        dialog = QFileDialog(None, "", str(tmp_path))
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.setAcceptMode(mode)
        qtbot.addWidget(dialog)
        dialog.show()
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.grab()
    assert "File &name:" in words(spy)
    assert words(spy) <= QT_TEXTS


def test_every_button_of_a_standard_dialog_is_ours(spy: Spy, qtbot: QtBot) -> None:
    box = QDialogButtonBox()
    qtbot.addWidget(box)
    for button in QDialogButtonBox.StandardButton:
        if button is not QDialogButtonBox.StandardButton.NoButton and button.name not in {
            "FirstButton",
            "LastButton",
        }:
            box.addButton(button)
    message = QMessageBox()
    qtbot.addWidget(message)
    message.setDetailedText("chi tiết")
    assert "Restore Defaults" in words(spy)
    assert words(spy) <= QT_TEXTS


def test_every_text_of_a_context_menu_is_ours(spy: Spy, qtbot: QtBot) -> None:
    line = QLineEdit()
    area = QPlainTextEdit()
    bars = [QScrollBar(Qt.Orientation.Horizontal), QScrollBar(Qt.Orientation.Vertical)]
    spin = QSpinBox()
    for widget in (line, area, spin, *bars):
        qtbot.addWidget(widget)
    line.createStandardContextMenu().deleteLater()
    area.createStandardContextMenu().deleteLater()
    for widget in (spin, *bars):
        widget.show()
        open_menu(widget)
    assert {"Select All", "Scroll here", "&Step up"} <= words(spy)
    assert words(spy) <= QT_TEXTS


def open_menu(widget: QWidget) -> None:
    """Open the context menu of `widget`, which runs until it is closed."""
    QTimer.singleShot(
        0, lambda: [menu.close() for menu in QApplication.topLevelWidgets() if isinstance(menu, QMenu)]
    )
    place = QPoint(2, 2)
    QApplication.sendEvent(
        widget, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, widget.mapToGlobal(place))
    )


@pytest.mark.parametrize("text", sorted(QT_TEXTS))
def test_the_bridge_says_what_the_catalogue_says(text: str, dressed: object) -> None:
    assert QtTexts().translate("QFileDialog", text) == tr(text)


def test_the_bridge_leaves_what_it_does_not_know_to_qt(dressed: object) -> None:
    assert not QtTexts().isEmpty()
    assert QCoreApplication.translate("QColorDialog", "&Basic colors") == "&Basic colors"


def test_errors_are_said_with_their_values(dressed: object) -> None:
    assert "31/02" in tr(NotADate(text="31/02"))
    assert tr("{count} waiting", count=1200) == "1.200 waiting"


@pytest.mark.usefixtures("english")
def test_english_can_be_chosen() -> None:
    assert language.current() is Language.EN
    assert tr("{count} waiting", count=1200) == "1,200 waiting"
    assert QLocale().language() is QLocale.Language.English
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Cancel"


def test_months_and_days_are_vietnamese(dressed: object) -> None:
    assert QLocale().monthName(11).casefold() == "tháng 11"
