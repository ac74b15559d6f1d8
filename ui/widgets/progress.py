"""A thin bar for long work: how far, how fast, how long still, and the way to stop it."""

from __future__ import annotations

import time
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from ui.language import tr
from ui.theme import tokens
from ui.widgets.buttons import plain_button
from ui.widgets.labels import Role, WrapLabel
from ui.widgets.places import set_shown

if TYPE_CHECKING:
    from collections.abc import Callable

_STEPS: Final = 1000
_SETTLED: Final = 2.0
"""Seconds after which a rate means something."""


class Unit(StrEnum):
    """What is counted."""

    ITEMS = "items"
    BYTES = "bytes"


class ProgressStrip(QWidget):
    """Hidden until `start`; `advance` is called with what is done, `finish` hides it again."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None, *, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(parent)
        self._clock = clock
        self._unit = Unit.ITEMS
        self._began = 0.0
        self._what = ""
        self._bar = QProgressBar(textVisible=False)
        self._bar.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._text = WrapLabel("", Role.SMALL)
        self._cancel = plain_button(tr("Cancel"), self._stop)
        column = QVBoxLayout()
        column.setSpacing(tokens.TIGHT)
        column.addWidget(self._bar)
        column.addWidget(self._text)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.BETWEEN)
        row.addLayout(column, 1)
        row.addWidget(self._cancel)
        self.hide()

    def start(self, what: str, unit: Unit = Unit.ITEMS, *, cancellable: bool = True) -> None:
        """Begin; `what` says what is being done, in the reader's language."""
        self._what = what
        self._unit = unit
        self._began = self._clock()
        self._bar.setRange(0, 0)
        self._bar.setAccessibleName(what)
        self._text.setText(what)
        self._cancel.setVisible(cancellable)
        self._cancel.setEnabled(True)
        set_shown(self, shown=True)

    def advance(self, done: int, total: int) -> None:
        """`done` of `total` are done; a total of 0 means that nobody knows yet."""
        self._bar.setRange(0, _STEPS if total else 0)
        self._bar.setValue(done * _STEPS // total if total else 0)
        self._text.setText(" · ".join([self._what, *self._figures(done, total)]))

    def finish(self) -> None:
        """The work has ended, however."""
        self.hide()

    def text(self) -> str:
        """What the strip says."""
        return self._text.text()

    def _figures(self, done: int, total: int) -> list[str]:
        figures = (
            [tr("{done} / {total}", done=self._amount(done), total=self._amount(total))] if total else []
        )
        passed = self._clock() - self._began
        if passed >= _SETTLED and done:
            rate = done / passed
            figures.append(tr("{amount} a second", amount=self._amount(round(rate))))
            if total > done:
                figures.append(_rest(round((total - done) / rate)))
        return figures

    def _amount(self, count: int) -> object:
        return size_text(count) if self._unit is Unit.BYTES else count

    def _stop(self) -> None:
        self._text.setText(tr("Stopping…"))
        self.cancelled.emit()
        self._cancel.setEnabled(False)


def size_text(size: int) -> str:
    """A size in bytes as offices write it: 340 KB, 1,2 MB, 1,9 GB."""
    if size < 1024:
        return tr("{size} bytes", size=size)
    amount = Decimal(size) / 1024
    for unit in ("KB", "MB", "GB"):
        if amount < 1000 or unit == "GB":
            break
        amount /= 1024
    places = Decimal(1) if unit == "KB" else Decimal("0.1")
    return tr("{amount} {unit}", amount=amount.quantize(places), unit=unit)


def _rest(seconds: int) -> str:
    if seconds < 60:
        return tr("{seconds} s left", seconds=max(seconds, 1))
    return tr("{minutes} min left", minutes=-(-seconds // 60))
