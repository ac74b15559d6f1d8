"""Looking through a stick: every bundle is found, and nothing that somebody meant to send is passed over silently."""

from __future__ import annotations

import os
import shutil
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from parindex_desktop.services import finding
from parindex_desktop.services.finding import look_through

if TYPE_CHECKING:
    from tests.offices import Scene


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


@pytest.mark.parametrize("name", ["ho-so.zip", "ho-so.cchc.zip", "ho-so.cchc (1)", "ho-so"])
def test_a_renamed_bundle_is_known_by_its_content(scene: Scene, tmp_path: Path, name: str) -> None:
    shutil.copy(scene.file("ta-van-1.cchc"), tmp_path / name)
    put(tmp_path, "anh.zip")
    found = look_through([tmp_path])
    assert found.bundles == (tmp_path / name,)
    assert found.passed_over == {"zip": 1}


def test_what_only_resembles_a_bundle_is_passed_over(scene: Scene, tmp_path: Path) -> None:
    whole = scene.file("ta-van-1.cchc").read_bytes()
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as other:  # a bag, but not one of this program
        other.writestr("bag/bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
    for name, content in {
        "a": b"",
        "b": whole[:4],
        "c": whole[:60],
        "d": whole[1:],
        "e": b" " + whole,
    }.items():
        (tmp_path / f"{name}.zip").write_bytes(content)
    assert look_through([tmp_path]).passed_over == {"zip": 6}


def test_only_so_many_files_are_looked_into(
    scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "_MOST_LOOKED_INTO", 1)
    put(tmp_path, "1.jpg")
    shutil.copy(scene.file("ta-van-1.cchc"), tmp_path / "2.zip")
    shutil.copy(scene.file("ta-van-1.cchc"), tmp_path / "3.cchc")
    found = look_through([tmp_path])
    assert found.bundles == (tmp_path / "3.cchc",)
    assert found.passed_over == {"jpg": 1, "zip": 1}


def test_a_file_that_cannot_be_opened_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "a.zip")

    def locked(*_: object, **__: object) -> Any:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", locked)
    assert look_through([tmp_path]).passed_over == {"zip": 1}


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
