"""Long work says how far, how fast and how long still, and can be stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QProgressBar, QPushButton

from ui.language import tr
from ui.widgets.progress import ProgressStrip, Unit, size_text

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def strip(qtbot: QtBot, clock: Clock) -> ProgressStrip:
    made = ProgressStrip(clock=clock)
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize(
    ("size", "text"),
    [(0, "0 byte"), (1023, "1.023 byte"), (1024, "1 KB"), (348_160, "340 KB"), (1_258_291, "1,2 MB"),
     (1023 * 1024, "1,0 MB"), (2_040_109_466, "1,9 GB"), (5 * 1024**4, "5.120,0 GB")],
)  # fmt: skip
def test_sizes(size: int, text: str) -> None:
    digits = "".join(sign for sign in text if sign.isdigit() or sign in ".,")
    assert size_text(size).startswith(digits)
    assert size_text(size).split()[-1][0].lower() == text.rsplit(maxsplit=1)[-1][0].lower()


def test_how_far_how_fast_how_long(strip: ProgressStrip, clock: Clock) -> None:
    strip.start("Kiểm tra")
    strip.advance(1, 12)
    assert strip.text() == f"Kiểm tra · {tr('{done} / {total}', done=1, total=12)}"
    clock.now = 4.0
    strip.advance(8, 12)
    assert strip.text().split(" · ") == [
        "Kiểm tra",
        tr("{done} / {total}", done=8, total=12),
        tr("{amount} a second", amount=2),
        tr("{seconds} s left", seconds=2),
    ]


def test_long_waits_are_told_in_minutes(strip: ProgressStrip, clock: Clock) -> None:
    strip.start("Xuất gói", Unit.BYTES)
    clock.now = 10.0
    strip.advance(1_000_000, 10_000_000)
    assert strip.text().endswith(tr("{minutes} min left", minutes=2))


def test_more_than_two_gigabytes_are_no_problem(strip: ProgressStrip) -> None:
    strip.start("Xuất gói", Unit.BYTES)
    strip.advance(3 * 1024**3, 4 * 1024**3)
    assert strip.findChild(QProgressBar).value() == 750


def test_work_of_unknown_length_has_no_figures(strip: ProgressStrip) -> None:
    strip.start("Đang tìm")
    strip.advance(3, 0)
    assert strip.text() == "Đang tìm"
    assert strip.findChild(QProgressBar).maximum() == 0


def test_it_is_stopped_once(strip: ProgressStrip, qtbot: QtBot) -> None:
    strip.start("Xuất gói")
    cancel = strip.findChild(QPushButton)
    with qtbot.waitSignal(strip.cancelled):
        QTest.mouseClick(cancel, Qt.MouseButton.LeftButton)
    with qtbot.assertNotEmitted(strip.cancelled):
        QTest.mouseClick(cancel, Qt.MouseButton.LeftButton)


def test_it_goes_when_the_work_has_ended(strip: ProgressStrip) -> None:
    assert strip.isHidden()
    strip.start("Xuất gói")
    strip.finish()
    assert strip.isHidden()
