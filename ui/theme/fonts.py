"""The face of the window: the system's own where it is known to have every Vietnamese letter, else Arimo.

Never a face that neither the system guarantees nor the program ships: a missing letter is drawn from another
face and looks like a slip of the pen.
"""

from __future__ import annotations

import sys
from functools import cache
from typing import Final

from PySide6.QtGui import QFont, QFontDatabase, QFontMetrics

import resources
from ui.theme import tokens

SHIPPED: Final = "Arimo"
_FILES: Final = ("fonts/Arimo-Regular.ttf", "fonts/Arimo-Bold.ttf")
_SYSTEM: Final = {"win32": "Segoe UI"}

VIETNAMESE: Final = (
    "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
    "AÀẢÃÁẠĂẰẲẴẮẶÂẦẨẪẤẬBCDĐEÈẺẼÉẸÊỀỂỄẾỆGHIÌỈĨÍỊKLMNOÒỎÕÓỌÔỒỔỖỐỘƠỜỞỠỚỢPQRSTUÙỦŨÚỤƯỪỬỮỨỰVXYỲỶỸÝỴ"
)


def body_font() -> QFont:
    """The font of the whole window; figures are all of one width."""
    font = QFont(_face())
    font.setPixelSize(tokens.BODY)
    # Columns of figures line up; faces without the feature (Arimo, Segoe UI) have such figures anyway.
    font.setFeature(QFont.Tag.fromString("tnum"), 1)
    return font


def _face() -> str:
    system = _SYSTEM.get(sys.platform)
    if system and QFontDatabase.hasFamily(system) and complete(system):
        return system
    _load_shipped()
    return SHIPPED


@cache
def _load_shipped() -> None:
    # Asking the database whether it has the face would make it read all of the system's.
    for name in _FILES:
        QFontDatabase.addApplicationFont(str(resources.file(name)))


def complete(face: str) -> bool:
    """Whether `face` has every Vietnamese letter."""
    metrics = QFontMetrics(QFont(face))
    return all(metrics.inFontUcs4(ord(letter)) for letter in VIETNAMESE)
