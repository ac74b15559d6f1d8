"""What the program needs of PySide itself."""

from __future__ import annotations

import sys

from PySide6.QtCore import QModelIndex, QObject, Signal
from PySide6.QtWidgets import QWidget


class Speaker(QObject):
    said = Signal()


def test_the_binding_gives_back_every_singleton_it_borrows(dressed: object) -> None:
    # PySide 6.12.0 does not on Python 3.11: it drops a reference to None at each call that returns nothing and to
    # True at each signal, until the interpreter aborts. An upgrade must pass this first.
    widget = QWidget()
    speaker = Speaker()
    before = [sys.getrefcount(None), sys.getrefcount(True)]
    for _ in range(1000):
        widget.update()
        speaker.said.emit()
        QModelIndex().data()
    after = [sys.getrefcount(None), sys.getrefcount(True)]
    assert all(late > early - 500 for early, late in zip(before, after, strict=True))
