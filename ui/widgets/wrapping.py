"""Breaking text into lines for painted cells. Vietnamese breaks at blanks only and is never hyphenated."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtGui import QFontMetricsF

from ui import theme

if TYPE_CHECKING:
    from collections.abc import Callable

_OUT_OF = re.compile(r"(?<=\d) / (?=\d)")
_TOGETHER = "\N{NO-BREAK SPACE}/\N{NO-BREAK SPACE}"
_PIECES = re.compile(r"[^/\-_.]*[/\-_.]+|[^/\-_.]+")


def pieces(text: str) -> list[str]:
    """What of `text` stays together on a line wherever there is room for it."""
    return [piece for word in text.split() for piece in _PIECES.findall(word)]


def wrapped(text: str, width: float, measure: Callable[[str], float]) -> tuple[str, ...]:
    """`text` in lines of at most `width` as `measure` sees them; nothing of it is left out.

    A word wider than a whole line breaks after ``/ - _ .``, as numbers of documents and file names do, and
    between letters where there is none of these. Two figures with a stroke between them (64,98 / 82,50) are one word.
    """
    lines: list[str] = []
    for paragraph in _OUT_OF.sub(_TOGETHER, text).split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if measure(longer) <= width:
                line = longer
                continue
            if line:
                lines.append(line)
            *full, line = _broken(word, width, measure)
            lines += full
        lines.append(line)
    return tuple(lines)


def _broken(word: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """`word` in parts that each fit a line (one letter at least)."""
    if measure(word) <= width:
        return [word]
    parts = [""]
    for piece in _PIECES.findall(word):
        for run in [piece] if measure(piece) <= width else list(piece):
            if parts[-1] and measure(parts[-1] + run) > width:
                parts.append("")
            parts[-1] += run
    return parts


@lru_cache(maxsize=8192)
def lines_in(text: str, width: int, size: int, *, strong: bool) -> tuple[str, ...]:
    """The lines of `text` in a cell `width` wide, in the window's font at `size`."""
    measure = QFontMetricsF(theme.font(size=size, strong=strong)).horizontalAdvance
    return wrapped(text, max(width, 1), measure)
