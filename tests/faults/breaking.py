"""Breaking a run off at its n-th step: each call that changes a disk, and each statement that changes the database."""

from __future__ import annotations

import errno
import os
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from tests.faults.operations import OPERATIONS, opened

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

CALLS = ("fsync", "write", "replace", "mkdir", "unlink")
KILLED = 9


@contextmanager
def broken_at(
    step: int, fails: Callable[[], object], *, statements: bool, for_good: Collection[str] = ()
) -> Iterator[list[str]]:
    """Call `fails` in place of the `step`-th step, later also of each of those `for_good`; gives the steps so far."""
    steps: list[str] = []

    def count(name: str) -> None:
        steps.append(name)
        if len(steps) == step or (len(steps) > step and name in for_good):
            fails()

    with pytest.MonkeyPatch.context() as patch, ExitStack() as listening:
        for name in CALLS:
            patch.setattr(os, name, _counted(name, getattr(os, name), count))
        if statements:
            listening.enter_context(_statements(count))
        yield steps


def _counted(name: str, real: Callable[..., Any], count: Callable[[str], None]) -> Callable[..., Any]:
    def call(*values: Any, **options: Any) -> Any:
        count(name)
        return real(*values, **options)

    return call


@contextmanager
def _statements(count: Callable[[str], None]) -> Iterator[None]:
    def statement(_connection: Any, _cursor: Any, text: str, *_: Any) -> None:
        if not text.startswith("SELECT"):  # reading changes nothing
            count(text)

    def commit(_connection: Any) -> None:
        count("COMMIT")

    event.listen(Engine, "before_cursor_execute", statement)
    event.listen(Engine, "commit", commit)
    try:
        yield
    finally:
        event.remove(Engine, "before_cursor_execute", statement)
        event.remove(Engine, "commit", commit)


def no_room() -> None:
    """The disk is full."""
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def die_at(step: int, operation: str, home: str, folder: str) -> None:
    """Do an operation in a process of its own, which dies before its `step`-th step."""
    with opened(Path(home)) as office, broken_at(step, lambda: os._exit(KILLED), statements=True):
        OPERATIONS[operation].act(office, Path(folder))
