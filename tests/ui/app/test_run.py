"""How the window is run."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from ui import app, theme

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication


@pytest.fixture
def usual_turn() -> Iterator[float]:
    """Python's own time after which a thread gives way."""
    usual = sys.getswitchinterval()
    yield usual
    sys.setswitchinterval(usual)


def test_work_beside_the_window_gives_way_to_it_at_once(
    qapp: QApplication, usual_turn: float, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(theme, "application", lambda _name: qapp)
    monkeypatch.setattr(qapp, "exec", lambda: 0)
    assert app.run(tmp_path, None, []) == 0
    assert sys.getswitchinterval() == pytest.approx(app.TURN)
    assert sys.getswitchinterval() < usual_turn
