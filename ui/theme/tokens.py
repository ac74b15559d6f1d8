"""Colours by meaning, and the measures of the window. No other place names a colour or a size of text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

BODY: Final = 13
"""Height of ordinary text in pixels (10 pt)."""
OFFICE: Final = 14
"""Name of the office at the top."""
SMALL: Final = 12
"""Chips, headers of columns, the line at the bottom."""
TITLE: Final = 16
"""Titles of pages and of the thing selected."""

TIGHT: Final = 4
INSIDE: Final = 8
"""Space inside a control, and between a label and its field."""
BETWEEN: Final = 12
"""Space between panels."""
EDGE: Final = 16
"""Space at the edge of the page and inside a panel."""
ROW: Final = 31
"""Least height of a row in a list."""
TOP_LINE: Final = 48
"""Height of the line at the top of the window."""
RADIUS: Final = 8
ICON: Final = 16


def leading(size: int) -> int:
    """Height of a line of text of `size`: stacked Vietnamese accents need the room."""
    return size + 5


class Tone(StrEnum):
    """What a colour says; never without a sign and a word."""

    NEUTRAL = "neutral"
    ACCENT = "accent"
    GOOD = "good"
    CARE = "care"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Tokens:
    """One set of colours (``#RRGGBB``). `*_soft` is the ground on which the tone's own colour is written."""

    ground: str
    panel: str
    band: str
    """Ground of header rows and of group rows."""
    hover: str
    line: str
    row_line: str
    """Between the rows of a list: lighter, there are many."""
    field_line: str
    text: str
    second: str
    disabled: str
    """Text and signs of what cannot be done now; the only colour without enough contrast to read by."""
    neutral_soft: str
    accent: str
    accent_soft: str
    accent_hover: str
    """Ground of the filled button under the mouse or pressed."""
    on_accent: str
    """Text on a filled button."""
    good: str
    good_soft: str
    care: str
    care_soft: str
    wrong: str
    wrong_soft: str

    def ink(self, tone: Tone) -> str:
        """Colour of text and sign in `tone`."""
        return {
            Tone.NEUTRAL: self.second,
            Tone.ACCENT: self.accent,
            Tone.GOOD: self.good,
            Tone.CARE: self.care,
            Tone.WRONG: self.wrong,
        }[tone]

    def soft(self, tone: Tone) -> str:
        """Ground under text in `tone`."""
        return {
            Tone.NEUTRAL: self.neutral_soft,
            Tone.ACCENT: self.accent_soft,
            Tone.GOOD: self.good_soft,
            Tone.CARE: self.care_soft,
            Tone.WRONG: self.wrong_soft,
        }[tone]


class Theme(StrEnum):
    """The sets of colours an officer can choose from."""

    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high_contrast"


TOKENS: Final = {
    Theme.LIGHT: Tokens(
        ground="#F4F6F8",
        panel="#FFFFFF",
        band="#F9FAFC",
        hover="#F1F5F9",
        line="#D9DFE6",
        row_line="#E8ECF1",
        field_line="#B9C3CE",
        text="#17202B",
        second="#596675",
        disabled="#97A2AE",
        neutral_soft="#EBEFF3",
        accent="#0B5CAB",
        accent_soft="#E6F0FA",
        accent_hover="#094D90",
        on_accent="#FFFFFF",
        good="#1B7340",
        good_soft="#E5F4EA",
        care="#8F5200",
        care_soft="#FFF3DF",
        wrong="#A8201A",
        wrong_soft="#FCE9E8",
    ),
    Theme.DARK: Tokens(
        ground="#12171D",
        panel="#1A2027",
        band="#1F262E",
        hover="#242C35",
        line="#313B46",
        row_line="#29323B",
        field_line="#566370",
        text="#E7ECF1",
        second="#A9B5C1",
        disabled="#6F7B88",
        neutral_soft="#2A333D",
        accent="#79B8F3",
        accent_soft="#1C344C",
        accent_hover="#9CCBF7",
        on_accent="#0C1722",
        good="#77D39C",
        good_soft="#18372A",
        care="#F0BA66",
        care_soft="#3A2D15",
        wrong="#FF9D96",
        wrong_soft="#46211F",
    ),
    Theme.HIGH_CONTRAST: Tokens(
        ground="#000000",
        panel="#000000",
        band="#000000",
        hover="#1F1F1F",
        line="#FFFFFF",
        row_line="#8C8C8C",
        field_line="#FFFFFF",
        text="#FFFFFF",
        second="#FFFFFF",
        disabled="#8C8C8C",
        neutral_soft="#1F1F1F",
        accent="#FFE94A",
        accent_soft="#003A5C",
        accent_hover="#FFFFFF",
        on_accent="#000000",
        good="#8CFFAA",
        good_soft="#00260D",
        care="#FFC266",
        care_soft="#331F00",
        wrong="#FFB3AD",
        wrong_soft="#330300",
    ),
}
