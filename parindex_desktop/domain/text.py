"""Vietnamese text: one form inside (NFC), search without accents, the order of the Vietnamese alphabet."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from parindex_desktop.domain.errors import UsageError
from parindex_desktop.domain.messages import msgid

LONGEST_TEXT = 20_000
"""Characters allowed in one text of a form: about six printed pages."""

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER = {letter: number for number, letter in enumerate(_ALPHABET, start=1)}
# The dictionary order of tones: ngang, huyền, hỏi, ngã, sắc, nặng.
_TONE = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
# Signs that change the direction or the width of text without being seen; a name could lie with them.
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


class TextTooLong(UsageError):
    """A text is longer than a form field holds."""

    code = "text.too_long"
    template = msgid(
        "The text has {length} characters, the limit is {limit}. Shorten it or attach it as a file."
    )


def clean(text: str, limit: int = LONGEST_TEXT) -> str:
    r"""Bring `text` from outside into the one form used inside.

    NFC, line ends as ``\n``, no control or invisible direction signs, no blanks at the ends.
    Raises `TextTooLong` above `limit` characters.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    # Lone surrogates (undecodable file names) have no place in NFC text, JSON or paper.
    text = text.encode("utf-8", "replace").decode("utf-8")
    # Normalised last: what is left out may have kept a letter and its accent apart.
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", _CONTROL.sub("", text))).strip()
    if len(text) > limit:
        raise TextTooLong(length=len(text), limit=limit)
    return text


def one_line(text: str, limit: int = 500) -> str:
    """`clean` a text that has no line breaks, such as a name or a number of a document."""
    return " ".join(clean(text, limit).split())


def shortened(text: str, limit: int) -> str:
    """`text` as it is quoted where there is room for `limit` characters: cut after a word, with an ellipsis."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    whole, blank, _ = cut.rpartition(" ")
    # A number or a code without blanks may be cut anywhere.
    kept = whole if blank and not text[limit - 1].isspace() and len(whole) > limit // 2 else cut
    return f"{kept.rstrip(' ,;:.-–')}…"


@lru_cache(maxsize=16_384)
def folded(text: str) -> str:
    """The form of `text` that search compares: no case, no accents, no tones, đ as d."""
    return unicodedata.normalize("NFD", text.casefold().replace("đ", "d")).translate(_BARE)


class _Bare(dict[int, int | None]):
    """What `str.translate` makes of a sign: nothing of one that stands above or below another."""

    def __missing__(self, sign: int) -> int | None:
        self[sign] = None if unicodedata.combining(chr(sign)) else sign
        return self[sign]


_BARE = _Bare()


@lru_cache(maxsize=16_384)
def sort_key(text: str) -> tuple[tuple[int, ...], tuple[int, ...], str]:
    """Key that sorts by the Vietnamese alphabet, tones second, runs of digits by their number."""
    letters: list[int] = []
    tones: list[int] = []
    for run in re.findall(r"\d+|\D", unicodedata.normalize("NFC", text.casefold())):
        if run[0].isdecimal():
            letters += [100, int(run)]
            tones.append(0)
            continue
        tone = 0
        bare = ""
        for part in unicodedata.normalize("NFD", run):
            tone = _TONE.get(part, tone)
            bare += "" if part in _TONE else part
        bare = unicodedata.normalize("NFC", bare)
        # Blanks and signs stand before digits, digits before letters; unknown letters after z.
        if bare in _LETTER:
            letters.append(200 + _LETTER[bare])
        else:
            letters.append(
                300 + ord(bare[0]) if bare and bare[0].isalpha() else min(ord(bare[0]), 99) if bare else 0
            )
        tones.append(tone)
    return tuple(letters), tuple(tones), text
