"""Long work runs beside the window; what comes of it arrives in the window's own thread."""

from __future__ import annotations

import logging
import sys
import threading
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QObject, QThread
from PySide6.QtWidgets import QApplication

from parindex_desktop.domain.errors import Cancelled, MachineError, ParIndexError
from ui import background
from ui.widgets import error_report
from ui.widgets.error_report import ErrorReport

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from ui.background import Task


class StickGone(MachineError):
    code = "test.stick_gone"
    template = "The stick was removed."


@pytest.fixture
def parent(dressed: object) -> QObject:
    return QObject()


@pytest.fixture
def account() -> list[Any]:
    return []


@pytest.fixture(autouse=True)
def _no_report_stays(dressed: object) -> Iterator[None]:
    yield
    for window in QApplication.topLevelWidgets():
        if isinstance(window, ErrorReport):
            window.close()


def reports() -> list[ErrorReport]:
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, ErrorReport) and w.isVisible()]


def in_window_thread() -> bool:
    app = QApplication.instance()
    return app is not None and QThread.currentThread() is app.thread()


def test_the_result_arrives_in_the_windows_thread(parent: QObject, account: list[Any], qtbot: QtBot) -> None:
    def work(_task: Task) -> bool:
        return in_window_thread()

    job = background.run(parent, work, lambda r: account.append((r, in_window_thread())), account.append)
    qtbot.waitSignal(job.ended).wait()
    assert account == [(False, True)]


def test_a_refusal_goes_to_the_page(parent: QObject, account: list[Any], qtbot: QtBot) -> None:
    def work(_task: Task) -> None:
        raise StickGone

    job = background.run(parent, work, account.append, account.append)
    qtbot.waitSignal(job.ended).wait()
    (error,) = account
    assert isinstance(error, StickGone)
    assert reports() == []


def test_a_bug_goes_to_its_window_and_not_to_the_page(
    parent: QObject, account: list[Any], qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    def work(_task: Task) -> None:
        raise ZeroDivisionError("phép chia")

    with caplog.at_level(logging.CRITICAL):
        job = background.run(parent, work, account.append, account.append)
        qtbot.waitSignal(job.ended).wait()
    assert account == []
    assert len(reports()) == 1
    assert "phép chia" in caplog.text


def test_the_last_progress_always_arrives_and_not_every_step_does(
    parent: QObject, account: list[Any], qtbot: QtBot
) -> None:
    steps = 20_000

    def work(task: Task) -> None:
        for n in range(steps + 1):
            task.progress(n * 1024**2, steps * 1024**2)

    job = background.run(
        parent, work, lambda _: None, account.append, lambda d, t: account.append((d, t, in_window_thread()))
    )
    qtbot.waitSignal(job.ended).wait()
    assert account[-1] == (steps * 1024**2, steps * 1024**2, True)
    assert len(account) < steps / 10


def test_work_is_cancelled_at_its_next_check(
    parent: QObject, account: list[ParIndexError], qtbot: QtBot
) -> None:
    cancelled = threading.Event()

    def work(task: Task) -> None:
        assert cancelled.wait(5)
        task.check()

    job = background.run(parent, work, lambda _: pytest.fail("it went on"), account.append)
    job.cancel()
    cancelled.set()
    qtbot.waitSignal(job.ended).wait()
    (error,) = account
    assert isinstance(error, Cancelled)


def test_a_page_that_is_gone_is_not_called_and_its_work_stops(account: list[Any], qtbot: QtBot) -> None:
    page = QObject()
    gone = threading.Event()
    seen: list[bool] = []
    finished = threading.Event()

    def work(task: Task) -> None:
        assert gone.wait(5)
        seen.append(task.cancelled())
        finished.set()

    background.run(page, work, account.append, account.append)
    page.deleteLater()
    qtbot.waitSignal(page.destroyed).wait()
    gone.set()
    assert finished.wait(5)
    QApplication.processEvents()
    assert seen == [True]
    assert account == []


def test_a_bug_in_what_follows_still_ends_the_job(
    parent: QObject, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    with qtbot.captureExceptions() as caught:
        job = background.run(parent, lambda _: 1, lambda _: 1 // 0, lambda _: None)
        qtbot.waitSignal(job.ended).wait()
    assert [kind for kind, *_ in caught] == [ZeroDivisionError]


def test_whatever_nobody_catches_is_shown_and_logged(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, qtbot: QtBot
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    error_report.catch_bugs()
    with caplog.at_level(logging.CRITICAL):
        sys.excepthook(ValueError, ValueError("một"), None)
        thread = threading.Thread(target=lambda: int("hai"))
        thread.start()
        thread.join()
    qtbot.waitUntil(lambda: "hai" in caplog.text)
    assert len(reports()) == 1
