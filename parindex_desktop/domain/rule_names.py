"""What the words of a published table call the figures of a rule, so that these need not be named anew."""

from __future__ import annotations

import re
from typing import Final

from parindex_desktop.domain.text import folded

_QUOTIENT: Final = re.compile(r"\b([a-z]) ?[/:] ?([a-z])\b")
_OF_ALL: Final = re.compile(
    r"\bt[yi] le (?:phan tram )?([^:;.\n/%]{3,150}?) ?(?:/|\btren\b|\bso voi\b) ?"
    r"(tong so [^:;,.\n/%(]{3,150}?) ?(?=[:;,.\n(]|\b(?:dat|tu|la|duoc|thi)\b|$)"
)
_LONGEST: Final = 300
"""Characters of a name that is looked for."""


def as_written(text: str, found: re.Match[str], group: int = 0) -> str:
    """What was found in the folded `text`, with its accents; where folding changed its length, as it was found."""
    text = text if len(text) == len(found.string) else found.string
    return text[slice(*found.span(group))].strip()


def number_of(thing: str) -> str:
    """What the unit is asked for where `thing` is counted: “01 báo cáo đúng hạn” is “Số báo cáo đúng hạn”."""
    return f"Số {re.sub(r'^[0-9]+ +', '', thing).strip(' ,:')}"


def share_names(text: str) -> dict[str, str]:
    """`numerator` and `denominator`, as far as `text` names them.

    It does by “b/a; a là …, b là …”, or by “tỷ lệ … trên tổng số …”.
    """
    words = folded(text)
    found: dict[str, tuple[re.Match[str], int]] = {}
    if (letters := _QUOTIENT.search(words)) is not None and letters[1] != letters[2]:
        for name, letter, other in (
            ("numerator", letters[1], letters[2]),
            ("denominator", letters[2], letters[1]),
        ):
            if (said := _definition(letter, other).search(words)) is not None:
                found[name] = said, 1
    elif (said := _OF_ALL.search(words)) is not None:
        found = {"numerator": (said, 1), "denominator": (said, 2)}
    names = {name: as_written(text, *where).strip(" ,:()") for name, where in found.items()}
    return {name: f"{words[0].upper()}{words[1:]}" for name, words in names.items() if words}


def _definition(letter: str, other: str) -> re.Pattern[str]:
    """What a letter of the formula stands for: up to the end of the clause, or to the other letter."""
    return re.compile(
        rf"(?:^|[\s;,.(]){letter}(?: ?[:=] ?| la )([^;.\n]{{3,{_LONGEST}}}?)"
        rf"(?=[;.\n]|,? (?:(?:va|con) )?{other}(?: ?[:=]| la )|$)"
    )
