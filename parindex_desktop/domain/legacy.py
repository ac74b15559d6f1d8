"""Text typed with the old Vietnamese fonts: TCVN3 (.VnTime) and VNI (VNI-Times), found and shown in Unicode.

Such a font draws Vietnamese letters for the codes of Western ones, so “Bảo Thắng” is stored as “B¶o Th¾ng”. Nothing
here converts by itself: `detect` says which font it looks like, `converted` what it would then read, and a person
decides. No library on the package index is kept up and free of copyleft, and the tables are short.
Sources: TCVN 5712:1993 (VN3), the VNI Windows table.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache
from typing import Final

_ENOUGH: Final = 70
"""Percentage of the words with foreign letters that must read as Vietnamese once converted."""
_TOO_MUCH: Final = 50
"""Percentage of them that may read as Vietnamese before: text in Unicode stays above it."""


class Legacy(StrEnum):
    """The two old ways of writing that are met."""

    TCVN3 = "tcvn3"
    VNI = "vni"


class OldFonts(StrEnum):
    """What to do with such texts: name each as a fault, convert them, or keep them as they are."""

    ASK = "ask"
    CONVERT = "convert"
    KEEP = "keep"


def detect(text: str) -> Legacy | None:
    """Which old font `text` was typed for; None for Unicode, other languages and text without foreign letters."""
    if text.isascii():
        return None
    rates = {legacy: _rate(text, legacy) for legacy in Legacy}
    best = max(rates, key=lambda legacy: rates[legacy])
    return best if rates[best] >= _ENOUGH else None


def reads_as(text: str, legacy: Legacy) -> bool:
    """Whether `text` may have been typed for `legacy`: for short texts between others that surely were."""
    return _rates(text, legacy)[1] >= _ENOUGH


def converted(text: str, legacy: Legacy) -> str:
    """`text` as the font shows it, composed (NFC).

    The capital fonts of TCVN3 (.VnTimeH) store small letters, so what they show comes out in small letters.
    """
    if legacy is Legacy.TCVN3:
        return text.translate(_TCVN3)
    return unicodedata.normalize("NFC", _VNI_PAIR.sub(_composed, text))


def _rate(text: str, legacy: Legacy) -> int:
    """How much of `text` is Vietnamese once converted; 0 where it is so already, or does not change."""
    before, after = _rates(text, legacy)
    return after if before <= _TOO_MUCH else 0


def _rates(text: str, legacy: Legacy) -> tuple[int, int]:
    """The percentage of Vietnamese syllables before and after, of the words that the conversion changes."""
    words = [word for word in _WORD.findall(text) if not word.isascii() and _LETTER.search(word)]
    changed = [(word, new) for word in words if (new := converted(word, legacy)) != word]
    if not changed:
        return 0, 0
    return (
        100 * sum(_is_syllable(word) for word, _ in changed) // len(changed),
        100 * sum(_is_syllable(new) for _, new in changed) // len(changed),
    )


@lru_cache(maxsize=16_384)
def _is_syllable(word: str) -> bool:
    """Whether `word` can be a Vietnamese syllable: its letters in their order, with one tone at most."""
    parts = unicodedata.normalize("NFD", word.casefold())
    bare = unicodedata.normalize("NFC", _TONE.sub("", parts))
    tones = len(_TONE.findall(parts))
    return tones <= 1 and not _MISPLACED.search(parts) and _SYLLABLE.fullmatch(bare) is not None


_TONE: Final = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_MISPLACED: Final = re.compile(f"[b-df-hj-np-tv-xz]{_TONE.pattern}")
_LETTER: Final = re.compile("[A-Za-z]")
_WORD: Final = re.compile(r"[^\s\d\x21-\x40\x5b-\x60\x7b-\x7f“”‘’…–—]+")
"""Runs without blanks, digits and signs; the old fonts have letters where Western fonts have signs."""
_SYLLABLE: Final = re.compile(
    "(?:b|ch|c|d|đ|gh|gi|g|h|kh|k|l|m|ngh|ng|nh|n|ph|p|qu|r|s|th|tr|t|v|x)?"
    "(?:"
    # glides end the syllable,
    "oai|oay|oao|oeo|uai|uay|uây|uao|iêu|yêu|uôi|ươi|ươu|uya|uyu|uêu|ia|ya|ua|ưa|ai|ao|au|ay|âu|ây|eo|êu|iu|oi|ôi|ơi|"
    "ui|ưi|ưu|"
    # these may end it,
    "(?:oa|oe|uê|uy|uơ|a|e|ê|i|o|ô|ơ|u|ư|y)(?:ch|c|m|ng|nh|n|p|t)?|"
    # these may not.
    "(?:iê|yê|uô|ươ|uâ|oă|oo|uyê|ă|â)(?:ch|c|m|ng|nh|n|p|t)"
    ")"
)

# By code point from A1: Ă Â Ê Ô Ơ Ư Đ, their small letters, then each vowel with its tones. 00 is unused.
_TCVN3: Final = {
    ord(sign): letter
    for signs, letters in (
        ("¡¢£¤¥¦§", "ĂÂÊÔƠƯĐ"),
        ("¨©ª«¬\u00ad®", "ăâêôơưđ"),
        ("µ¶·¸¹", "àảãáạ"),
        ("»¼½¾Æ", "ằẳẵắặ"),
        ("ÇÈÉÊË", "ầẩẫấậ"),
        ("ÌÎÏÐÑ", "èẻẽéẹ"),
        ("ÒÓÔÕÖ", "ềểễếệ"),
        ("×ØÜÝÞ", "ìỉĩíị"),
        ("ßáâãä", "òỏõóọ"),
        ("åæçèé", "ồổỗốộ"),
        ("êëìíî", "ờởỡớợ"),
        ("ïñòóô", "ùủũúụ"),
        ("õö÷øù", "ừửữứự"),
        ("úûüýþ", "ỳỷỹýỵ"),
    )
    for sign, letter in zip(signs, letters, strict=True)
}

_TONES: Final = dict(zip("ùøûõï", "\u0301\u0300\u0309\u0303\u0323", strict=True))
_CIRCUMFLEX: Final = {
    "â": "\u0302",
    **{sign: "\u0302" + tone for sign, tone in zip("áàåãä", "\u0301\u0300\u0309\u0303\u0323", strict=True)},
}
_BREVE: Final = {
    "ê": "\u0306",
    **{sign: "\u0306" + tone for sign, tone in zip("éèúüë", "\u0301\u0300\u0309\u0303\u0323", strict=True)},
}
_ALONE: Final = {"ñ": "đ", "ô": "ơ", "ö": "ư", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
"""Letters of their own; í and ì stand for themselves."""
_MARKS: Final = {
    "a": {**_TONES, **_CIRCUMFLEX, **_BREVE},
    "e": {**_TONES, **_CIRCUMFLEX},
    "o": {**_TONES, **_CIRCUMFLEX},
    "u": _TONES,
    "y": _TONES,
    "ô": _TONES,
    "ö": _TONES,
}
_VNI_PAIR: Final = re.compile(
    "|".join(
        [
            *(f"{base}[{''.join(marks)}]" for base, marks in _MARKS.items()),
            f"[{''.join(_ALONE)}]",
        ]
    ),
    re.IGNORECASE,
)


def _composed(match: re.Match[str]) -> str:
    pair = match.group()
    base, mark = pair[0], pair[1:]
    letter = _ALONE.get(base.lower(), base.lower())
    letter = letter.upper() if base.isupper() else letter
    return letter + _MARKS[base.lower()][mark.lower()] if mark else letter
