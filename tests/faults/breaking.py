"""Breaking a run off at its n-th step: each call that changes a disk, and each statement to the database, is a step."""

from __future__ import annotations

import errno
import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

from tests.faults.operations import OPERATIONS, opened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CALLS = ("fsync", "write", "replace", "mkdir", "unlink")
KILLED = 9


@contextmanager
def broken_at(step: int, fails: Callable[[], object], *, statements: bool) -> Iterator[list[str]]:
    """Call `fails` in place of the `step`-th step; gives the steps so far."""
    steps: list[str] = []

    def count(name: str) -> None:
        steps.append(name)
        if len(steps) == step:
            fails()

    def counted(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*values: Any, **options: Any) -> Any:
            count(name)
            return real(*values, **options)

        return call

    def statement(_connection: Any, _cursor: Any, text: str, *_: Any) -> None:
        count(text)

    def commit(_connection: Any) -> None:
        count("COMMIT")

    real = {name: getattr(os, name) for name in CALLS}
    for name, call in real.items():
        setattr(os, name, counted(name, call))
    if statements:
        event.listen(Engine, "before_cursor_execute", statement)
        event.listen(Engine, "commit", commit)
    try:
        yield steps
    finally:
        for name, call in real.items():
            setattr(os, name, call)
        if statements:
            event.remove(Engine, "before_cursor_execute", statement)
            event.remove(Engine, "commit", commit)


def no_room() -> None:
    """The disk is full."""
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def die_at(step: int, operation: str, home: str, folder: str) -> None:
    """Do an operation in a process of its own, which dies before its `step`-th step."""
    with opened(Path(home)) as office, broken_at(step, lambda: os._exit(KILLED), statements=True):
        OPERATIONS[operation].act(office, Path(folder))
