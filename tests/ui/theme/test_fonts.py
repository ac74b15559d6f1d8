"""The face of the window has every Vietnamese letter, and figures of one width."""

from __future__ import annotations

import unicodedata

import pytest
from PySide6.QtGui import QFontMetricsF, QRawFont

import resources
from ui import theme
from ui.theme import fonts, tokens


@pytest.mark.parametrize("name", ["fonts/Arimo-Regular.ttf", "fonts/Arimo-Bold.ttf"])
def test_the_shipped_face_has_every_letter(name: str, dressed: object) -> None:
    face = QRawFont(str(resources.file(name)), 13)
    letters = fonts.VIETNAMESE + "0123456789“”…–·×/%"
    missing = [letter for letter in letters if not face.supportsCharacter(ord(letter))]
    assert missing == []


def test_the_list_of_letters_is_the_alphabet_with_its_tones() -> None:
    letters = set(fonts.VIETNAMESE)
    assert len(letters) == len(fonts.VIETNAMESE) == 2 * 89
    assert letters == {unicodedata.normalize("NFC", letter) for letter in letters}


def test_body_text_is_13_pixels_in_a_face_that_is_known(dressed: theme.QApplication) -> None:
    assert dressed.font().pixelSize() == tokens.BODY
    assert dressed.font().family() in {fonts.SHIPPED, "Segoe UI"}


def test_the_face_of_the_window_is_complete(dressed: object) -> None:
    assert fonts.complete(fonts.SHIPPED)


@pytest.mark.parametrize("strong", [False, True])
def test_figures_stand_below_each_other(strong: bool, dressed: object) -> None:
    measure = QFontMetricsF(theme.font(strong=strong)).horizontalAdvance
    assert len({measure(figure) for figure in "0123456789"}) == 1
