"""Looking at papers with tools that are none of ours: poppler."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_PAGE = re.compile(r'<page width="([0-9.]+)" height="([0-9.]+)">(.*?)</page>', re.DOTALL)
_WORD = re.compile(
    r'<word xMin="([-0-9.]+)" yMin="([-0-9.]+)" xMax="([-0-9.]+)" yMax="([-0-9.]+)">(.*?)</word>'
)


def pages(paper: Path) -> list[str]:
    """The text of each page."""
    return _run("pdftotext", "-raw", "-enc", "UTF-8", str(paper), "-").split("\f")[:-1]


def flat(text: str) -> str:
    """Text without its line breaks and runs of blanks."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def words_outside(paper: Path, margin: float = 20) -> list[str]:
    """The words that stand less than `margin` points (7 mm) from an edge of their page, or beyond it."""
    found = []
    for width, height, content in _PAGE.findall(_run("pdftotext", "-bbox", str(paper), "-")):
        for left, top, right, bottom, word in _WORD.findall(content):
            inside = margin <= float(left) and float(right) <= float(width) - margin
            if not (inside and margin <= float(top) and float(bottom) <= float(height) - margin):
                found.append(word)
    return found


def _run(*command: str) -> str:
    return subprocess.run(command, capture_output=True, check=True).stdout.decode()
