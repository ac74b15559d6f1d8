"""The demonstration, played once for all tests of this folder by the real command."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from tests.offices import made_once

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Played:
    """What the demonstration left behind, and what it said."""

    folder: Path
    said: str

    @property
    def bundles(self) -> list[Path]:
        return sorted((self.folder / "bundles").glob("*.cchc"))

    @property
    def tampered(self) -> Path:
        (tampered,) = (path for path in self.bundles if "bi-sua" in path.name)
        return tampered

    @property
    def sound(self) -> list[Path]:
        return [path for path in self.bundles if path != self.tampered]


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    folder = made_once(tmp_path_factory, "demo", _play)
    return Played(folder / "demo", (folder / "said").read_text("utf-8"))


def _play(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "parindex_desktop", "demo", str(folder / "demo")],
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b""), done.stderr.decode()
    (folder / "said").write_bytes(done.stdout)
