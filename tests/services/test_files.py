"""Where files lie."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from parindex_desktop.services.files import on_one_disk


def test_folders_beside_each_other_lie_on_one_disk(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    assert on_one_disk(tmp_path, tmp_path / "a")


@pytest.mark.skipif(sys.platform != "linux", reason="another file system that is always there")
def test_another_file_system_is_another_disk(tmp_path: Path) -> None:
    assert not on_one_disk(tmp_path, Path("/proc/self"))


def test_what_is_not_there_lies_nowhere(tmp_path: Path) -> None:
    assert not on_one_disk(tmp_path, tmp_path / "gone")
