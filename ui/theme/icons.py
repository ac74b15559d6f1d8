"""Drawn signs: one small SVG each, tinted by a token, rendered once for each size and screen."""

from __future__ import annotations

from enum import StrEnum
from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

import resources
from ui.theme import tokens


class Icon(StrEnum):
    """A drawn sign; its value is the name of the file."""

    # States of a criterion.
    COMPLETE = "complete"
    MISSING_EVIDENCE = "missing-evidence"
    MISSING_REASON = "missing-reason"
    UNSCORED = "unscored"
    NOT_SELF_SCORED = "not-self-scored"
    NOT_APPLICABLE = "not-applicable"
    LOCKED = "locked"
    # Verdicts on a bundle.
    NEW = "new"
    LATER = "later"
    HELD = "held"
    FORKED = "forked"
    REFUSED = "refused"
    # Pages.
    OVERVIEW = "overview"
    FORM = "form"
    EVIDENCE = "evidence"
    HAND_OVER = "hand-over"
    DIFFERENCES = "differences"
    RECEIVE = "receive"
    UNITS = "units"
    PEOPLE = "people"
    CRITERIA_SET = "criteria-set"
    WRITE_SET = "write-set"
    PAPERS = "papers"
    SETTINGS = "settings"
    # Actions and notices.
    SEARCH = "search"
    UNDO = "undo"
    REDO = "redo"
    ADD_FILE = "add-file"
    STICK = "stick"
    CALENDAR = "calendar"
    INFO = "info"
    WARNING = "warning"
    CHEVRON_RIGHT = "chevron-right"
    CHEVRON_LEFT = "chevron-left"
    CHEVRON_DOWN = "chevron-down"
    CHEVRON_UP = "chevron-up"
    ADD = "add"
    NARROW = "narrow"
    WIDEN = "widen"


def pixmap(icon: Icon, colour: str, size: int = tokens.ICON, ratio: float = 1.0) -> QPixmap:
    """`icon` in `colour` (``#RRGGBB``), `size` wide in the window's pixels, sharp on a screen of `ratio`."""
    key = f"{icon}/{colour}/{size}/{ratio}"
    found = QPixmap()
    if QPixmapCache.find(key, found):
        return found
    side = round(size * ratio)
    drawn = QPixmap(side, side)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    svg = _drawing(icon).replace("currentColor", colour)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, side, side))
    painter.end()
    drawn.setDevicePixelRatio(ratio)
    QPixmapCache.insert(key, drawn)
    return drawn


@cache
def _drawing(icon: Icon) -> str:
    return resources.text(f"icons/{icon}.svg")
