"""Signs are drawn, tinted by a token and sharp on every screen."""

from __future__ import annotations

import re

import pytest
from PySide6.QtSvg import QSvgRenderer

import resources
from ui.theme import icons
from ui.theme.icons import Icon

FOLDER = resources.file("icons/complete.svg").parent


def test_every_sign_has_its_drawing_and_every_drawing_its_sign() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == {icon.value for icon in Icon}


@pytest.mark.parametrize("icon", list(Icon))
def test_a_drawing_leaves_its_colour_to_the_tokens(icon: Icon) -> None:
    path = resources.file(f"icons/{icon}.svg")
    drawing = path.read_text("utf-8")
    assert QSvgRenderer(str(path)).isValid()
    assert set(re.findall(r'(?:stroke|fill)="([^"]*)"', drawing)) <= {"currentColor", "none"}


@pytest.mark.parametrize("icon", list(Icon))
def test_a_sign_is_seen_in_its_colour(icon: Icon, dressed: object) -> None:
    image = icons.pixmap(icon, "#0B5CAB", 16, 2.0).toImage()
    solid = {
        image.pixelColor(x, y).name()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }
    assert solid == {"#0b5cab"}


@pytest.mark.parametrize(("ratio", "pixels"), [(1.0, 16), (1.5, 24), (2.0, 32)])
def test_a_sign_has_a_pixel_for_each_pixel_of_the_screen(ratio: float, pixels: int, dressed: object) -> None:
    drawn = icons.pixmap(Icon.LOCKED, "#17202B", 16, ratio)
    assert drawn.width() == pixels
    assert drawn.deviceIndependentSize().width() == 16
