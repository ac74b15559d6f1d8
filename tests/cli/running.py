"""Running the command line, as a script would, and looking at what it says."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from parindex_desktop.cli.main import main
from tests.offices import PASSPHRASE

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Ran:
    """What came of one command."""

    status: int
    out: str
    err: str

    @property
    def data(self) -> dict[str, Any]:
        """Standard output as the one JSON object that it must be."""
        parsed = json.loads(self.out)
        assert isinstance(parsed, dict)
        assert self.out.count("\n") == 1
        return parsed

    @property
    def code(self) -> str | None:
        """The stable code of the error, as people see it."""
        last = self.err.strip().rpartition("[")[2]
        return last[:-1] if self.err.strip().endswith("]") else None


@dataclass
class Terminal:
    """Runs commands in one home; `options` stand before every command."""

    capture: pytest.CaptureFixture[str]
    options: list[str] = field(default_factory=list)

    def __call__(self, *arguments: object, home: Path | None = None) -> Ran:
        where = ["--home", str(home)] if home else []
        self.capture.readouterr()
        try:
            status = main([*where, *self.options, *map(str, arguments)])
        except SystemExit as end:  # argparse's own way to end after --help and --version
            status = int(end.code or 0)
        shown = self.capture.readouterr()
        assert "Traceback" not in shown.err, shown.err
        return Ran(status, shown.out, shown.err)

    def json(self, *arguments: object, home: Path | None = None) -> dict[str, Any]:
        """Run a command that must succeed, and read what it says to scripts."""
        ran = self("--json", *arguments, home=home)
        assert ran.status == 0, ran
        assert ran.data["status"] == 0
        return ran.data


@pytest.fixture
def parindex(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    monkeypatch.setenv("PARINDEX_PASSPHRASE", PASSPHRASE)
    return Terminal(capsys)
