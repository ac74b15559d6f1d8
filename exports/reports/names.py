"""Where the name of an office may be broken into lines, so that the head of a paper reads as people say it.

A name breaks best after what the office is (Ủy ban nhân dân) and before the kind of its place (xã, phường, tỉnh), and
badly inside the name of a place. Among such breaks the lines are made as even as they can be.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from reportlab.pdfbase import pdfmetrics

from parindex_desktop.domain.text import folded

if TYPE_CHECKING:
    from reportlab.lib.styles import ParagraphStyle

_BODIES: Final = (" uy ban nhan dan", " hoi dong nhan dan", " ubnd", " hdnd")
"""What an office is; the place that it is of follows."""

_PLACES: Final = frozenset(
    {"tinh", "thanh pho", "quan", "huyen", "thi xa", "thi tran", "xa", "phuong", "dac khu"}
)
"""Kinds of places; their name follows, and stays with them."""

_JOINING: Final = frozenset({"va", "thuoc", "cua"})

_LINE, _EMPTY, _AWKWARD, _WRONG = 0.2, 0.3, 0.25, 1.0
"""What a further line costs, an empty one, and a break inside a phrase or inside a name."""


def lines_of(name: str, style: ParagraphStyle, width: float, *, capitals: bool = False) -> str:
    """`name` in lines that fit into `width` points where they can, as evenly as its words allow.

    With `capitals` it is printed in them; where it may be broken still shows in how it is written.
    """
    words = [word for word in name.split(" ") if word]  # a blank to be filled in by hand is part of a word
    said = [folded(word) for word in words]

    @cache
    def length(first: int, end: int) -> float:
        line = " ".join(words[first:end])
        shown = line.upper() if capitals else line
        return float(pdfmetrics.stringWidth(shown, style.fontName, style.fontSize))

    # From the end: the cost of the words from `first` on, and where their first line ends.
    best = [(0.0, len(words))] * (len(words) + 1)
    for first in reversed(range(len(words))):
        ends = [end for end in range(first + 1, len(words) + 1) if length(first, end) <= width]
        best[first] = min(
            (
                _LINE
                + _EMPTY * max(0.0, 1 - length(first, end) / width) ** 2
                + (_cost(words, said, end) if end < len(words) else 0.0)
                + best[end][0],
                end,
            )
            for end in ends or [first + 1]
        )
    lines, first = [], 0
    while first < len(words):
        end = best[first][1]
        lines.append(" ".join(words[first:end]))
        first = end
    shown = "\n".join(lines)
    return shown.upper() if capitals else shown


def _cost(words: list[str], said: list[str], gap: int) -> float:
    """What a break before the word number `gap` costs."""
    before, after = words[gap - 1], words[gap]
    if "-" in {before, after} or _kind_ends(said, gap):
        return _WRONG
    if f" {' '.join(said[:gap])}".endswith(_BODIES) or _kind_begins(said, gap) or said[gap] in _JOINING:
        return 0.0
    names = before[:1].isupper() and after[:1].isupper() and not " ".join(words).isupper()
    return _WRONG if names else _AWKWARD


def _kind_begins(said: list[str], gap: int) -> bool:
    return said[gap] in _PLACES or " ".join(said[gap : gap + 2]) in _PLACES


def _kind_ends(said: list[str], gap: int) -> bool:
    """Whether the name of a place would be taken from its kind, or a kind of two words be divided."""
    return (
        said[gap - 1] in _PLACES
        or " ".join(said[max(0, gap - 2) : gap]) in _PLACES
        or " ".join(said[gap - 1 : gap + 1]) in _PLACES
    )
