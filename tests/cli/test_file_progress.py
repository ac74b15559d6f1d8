"""A large file that is attached shows on the terminal how far it is, on standard error."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.running import Terminal
    from tests.offices import Scene


@pytest.mark.parametrize("command", ["answer", "signed"])
def test_progress_is_told_where_a_person_watches(
    parindex: Terminal, scene: Scene, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    file = scene.evidence("lon.pdf", b"%PDF".ljust(2 * 1024 * 1024))
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    if command == "answer":
        ran = parindex("form", "answer", "3.7", "--evidence", file, home=scene.home("ban-ho"))
    else:
        paper = ("--number", "05/BC", "--date", "20/11/2026", "--by", "An", "--file", file)
        ran = parindex("signed", *paper, home=scene.home("ban-ho-ready"))
    assert ran.status == 0, ran.err
    assert " 50 %" in ran.err
    assert "100 %" in ran.err
    assert "%" not in ran.out
