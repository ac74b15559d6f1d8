"""Texts: plain, wrapped, never cut; chips and errors take their place without flashing up as windows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from parindex_desktop.domain.errors import Cancelled
from parindex_desktop.domain.text import TextTooLong
from ui import theme
from ui.language import tr
from ui.theme import tokens
from ui.theme.tokens import Tone
from ui.widgets import signs
from ui.widgets.chips import Chip, chip_width
from ui.widgets.labels import CopyLabel, FieldError, OneLine, Role, WrapLabel
from ui.widgets.notices import Banner
from ui.widgets.progress import ProgressStrip
from ui.widgets.signs import Sign
from ui.widgets.work import say_end

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

TITLE = "3.9 Tỷ lệ hồ sơ luân chuyển nội bộ giữa bộ phận một cửa và các phòng chuyên môn bằng điện tử"


@pytest.mark.parametrize("kind", [WrapLabel, OneLine, CopyLabel])
def test_what_an_office_wrote_is_never_markup(kind: type[WrapLabel], qtbot: QtBot) -> None:
    label = kind("<b>Xã</b> <img src=x>")
    qtbot.addWidget(label)
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert label.text() == "<b>Xã</b> <img src=x>"


@pytest.mark.parametrize("role", [Role.BODY, Role.SMALL, Role.TITLE])
def test_a_text_grows_downwards_where_it_is_narrow(role: Role, qtbot: QtBot) -> None:
    label = WrapLabel(TITLE, role)
    qtbot.addWidget(label)
    label.ensurePolished()
    leading = tokens.leading(label.font().pixelSize())
    heights = [label.heightForWidth(width) for width in (2000, 300, 150)]
    assert heights[0] == leading
    assert heights[0] < heights[1] < heights[2]
    assert all(height % leading == 0 for height in heights)


def test_a_page_gives_a_text_the_height_of_all_its_lines(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    label = WrapLabel(TITLE)
    column.addWidget(label)
    column.addStretch(1)
    page.resize(220, 600)
    page.show()
    qtbot.waitExposed(page)
    assert label.height() == label.heightForWidth(label.width())
    assert label.height() >= 3 * tokens.leading(tokens.BODY)


def test_a_short_text_asks_for_one_line(qtbot: QtBot) -> None:
    label = WrapLabel("Xã Bản Hồ")
    qtbot.addWidget(label)
    assert label.sizeHint().height() == tokens.leading(tokens.BODY)


def test_a_key_can_be_copied(qtbot: QtBot) -> None:
    label = CopyLabel("5B:2E:91")
    qtbot.addWidget(label)
    assert label.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByKeyboard


def test_a_chip_is_as_wide_as_its_words_and_says_them(qtbot: QtBot) -> None:
    chip = Chip(signs.MISSING_EVIDENCE)
    qtbot.addWidget(chip)
    assert chip.sizeHint().width() == chip_width(signs.MISSING_EVIDENCE)
    assert chip.accessibleName()
    chip.show_sign(None)
    assert chip.isHidden()
    assert chip.accessibleName() == ""


def test_a_sign_makes_a_chip_wider_than_the_words_alone(dressed: object) -> None:
    assert chip_width(signs.COMPLETE) > chip_width(Sign(signs.COMPLETE.template, Tone.GOOD))


def test_an_error_shows_while_there_is_one(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    error = FieldError(page)
    page.show()
    error.show_fault("Không phải là số.")
    assert error.isVisible()
    error.show_fault("")
    assert error.isHidden()


def test_what_the_officer_has_cancelled_is_not_said_like_an_error(qtbot: QtBot, dressed: object) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    error = FieldError(page)
    page.show()
    say_end(error, Cancelled())
    calm = error.palette().color(error.foregroundRole())
    say_end(error, TextTooLong(length=2, limit=1))
    assert error.text() == tr(TextTooLong(length=2, limit=1))
    assert error.palette().color(error.foregroundRole()) == QColor(theme.colours().wrong) != calm
    say_end(error, Cancelled())
    assert error.text() == tr(Cancelled())
    error.show_fault("Không phải là số.")
    assert error.palette().color(error.foregroundRole()) != calm


def test_parts_that_have_no_place_yet_never_become_windows(qtbot: QtBot) -> None:
    chip = Chip(signs.COMPLETE)
    error = FieldError()
    error.show_fault("Không phải là số.")
    banner = Banner()
    banner.tell("Đã có bản mới.")
    strip = ProgressStrip()
    strip.start("Kiểm tra")
    parts = (chip, error, banner, strip)
    assert not set(QApplication.topLevelWidgets()) & {part for part in parts if part.isVisible()}
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    for part in parts:
        column.addWidget(part)
    page.show()
    assert all(part.isVisible() for part in parts)
