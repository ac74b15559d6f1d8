"""Colours: readable in every look, and written in one place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import resources
import ui
from ui import theme
from ui.theme.tokens import TOKENS, Theme, Tokens, Tone

GROUNDS = ("panel", "ground", "band", "hover", "accent_soft")
HEX = re.compile(r"#[0-9A-Fa-f]{6}\b")
SOURCES = sorted(Path(ui.__file__).parent.rglob("*.py"))


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio as WCAG 2 defines it."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("look", list(Theme))
@pytest.mark.parametrize("ink", ["text", "second"])
@pytest.mark.parametrize("ground", GROUNDS)
def test_text_is_readable_on_every_ground(look: Theme, ink: str, ground: str) -> None:
    tokens = TOKENS[look]
    assert contrast(getattr(tokens, ink), getattr(tokens, ground)) >= 4.5


@pytest.mark.parametrize("look", list(Theme))
@pytest.mark.parametrize("tone", list(Tone))
def test_every_tone_is_readable_on_its_ground_and_on_panels(look: Theme, tone: Tone) -> None:
    tokens = TOKENS[look]
    for ground in (tokens.soft(tone), tokens.panel, tokens.ground):
        assert contrast(tokens.ink(tone), ground) >= 4.5


@pytest.mark.parametrize("look", list(Theme))
def test_filled_buttons_and_tips_are_readable(look: Theme) -> None:
    tokens = TOKENS[look]
    assert contrast(tokens.on_accent, tokens.accent) >= 4.5
    assert contrast(tokens.on_accent, tokens.accent_hover) >= 4.5
    assert contrast(tokens.panel, tokens.text) >= 4.5


@pytest.mark.parametrize("look", list(Theme))
def test_the_ring_around_what_has_the_keyboard_is_seen(look: Theme) -> None:
    tokens = TOKENS[look]
    for ground in (tokens.panel, tokens.ground):
        assert contrast(tokens.accent, ground) >= 3


@pytest.mark.parametrize("look", list(Theme))
def test_the_style_sheet_takes_every_colour_from_the_tokens(look: Theme) -> None:
    sheet = theme.style_sheet(TOKENS[look])
    shades = {getattr(TOKENS[look], name) for name in Tokens.__slots__}
    assert "$" not in sheet
    assert set(HEX.findall(sheet)) <= shades


def test_no_other_file_names_a_colour_or_a_size_of_text() -> None:
    assert not HEX.search(resources.text("style/window.qss"))
    for source in SOURCES:
        code = source.read_text("utf-8")
        assert source.name == "tokens.py" or not HEX.search(code), source
        assert source.parent.name == "theme" or not re.search(r"setPixelSize|setPointSize|font-size", code), (
            source
        )


@pytest.mark.parametrize("look", list(Theme))
def test_an_office_may_change_the_look_while_it_works(look: Theme, dressed: theme.QApplication) -> None:
    try:
        theme.apply(dressed, look)
        assert theme.current() is look
        assert dressed.palette().base().color().name().upper() == TOKENS[look].panel
    finally:
        theme.apply(dressed, Theme.LIGHT)
