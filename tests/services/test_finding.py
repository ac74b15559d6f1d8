"""Looking through a stick: every bundle is found, and nothing that somebody meant to send is passed over silently."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from parindex_desktop.services.finding import look_through

if TYPE_CHECKING:
    import pytest


def put(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"x")


def test_bundles_are_found_in_all_folders_in_the_order_of_their_names(tmp_path: Path) -> None:
    put(tmp_path, "b.cchc", "a/c.CCHC", "a/a.cchc")
    found = look_through([tmp_path])
    assert [str(path.relative_to(tmp_path)) for path in found.bundles] == ["a/a.cchc", "a/c.CCHC", "b.cchc"]
    assert (found.passed_over, found.unread) == ({}, ())


def test_a_file_that_is_named_is_looked_at_whatever_its_ending_and_once(tmp_path: Path) -> None:
    put(tmp_path, "a.cchc", "bao cao.pdf")
    bundle, other = tmp_path / "a.cchc", tmp_path / "bao cao.pdf"
    assert look_through([other, bundle, tmp_path]).bundles == (other, bundle)


def test_other_files_in_folders_are_counted_by_their_ending(tmp_path: Path) -> None:
    put(tmp_path, "a.cchc", "1.pdf", "2.PDF", "sub/3.zip", "sub/GHI CHU", "sub/b.cchc.zip")
    assert look_through([tmp_path]).passed_over == {"pdf": 2, "zip": 2, "": 1}


def test_what_systems_leave_on_a_stick_is_not_told(tmp_path: Path) -> None:
    put(
        tmp_path,
        "System Volume Information/WPSettings.dat",
        "$RECYCLE.BIN/desktop.ini",
        "Thumbs.db",
        ".Trash-1000/files/a.cchc",
        "._a.cchc",
    )
    assert look_through([tmp_path]) == look_through([])


def test_a_folder_that_cannot_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "a.cchc", "khoa/b.cchc")
    real = os.scandir

    def guarded(place: Any) -> Any:
        if Path(place).name == "khoa":
            raise PermissionError(13, "Permission denied", str(place))
        return real(place)

    monkeypatch.setattr(os, "scandir", guarded)
    found = look_through([tmp_path])
    assert found.bundles == (tmp_path / "a.cchc",)
    assert found.unread == ("khoa",)
