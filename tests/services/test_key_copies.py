"""A copy of the keys: byte for byte, apart from the office's folder, and it is remembered when it was made."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from exports.bundles.errors import TargetNotWritable
from parindex_desktop.services import key_copies

if TYPE_CHECKING:
    from pathlib import Path

    from tests.offices import Scene


def test_both_keys_of_the_province_are_copied(scene: Scene, tmp_path: Path) -> None:
    province = scene.office("province")
    assert key_copies.last_copy(province) is None
    stick = tmp_path / "usb"
    stick.mkdir()
    made = key_copies.copy_keys(province, stick)
    assert made.parent == stick
    assert made.name.startswith("Khoa-So-Noi-Vu")
    assert made.name.endswith("-20261120")
    for name in ("signing.p12", "root.p12"):
        assert (made / name).read_bytes() == (province.home / "keys" / name).read_bytes()
    last = key_copies.last_copy(scene.office("province"))
    assert last is not None
    assert last.folder == str(made)


def test_a_second_copy_takes_the_place_of_that_of_the_same_day(scene: Scene, tmp_path: Path) -> None:
    province, stick = scene.office("province"), tmp_path / "usb"
    stick.mkdir()
    first = key_copies.last_copy(province)
    assert key_copies.copy_keys(province, stick) == key_copies.copy_keys(province, stick)
    assert first != key_copies.last_copy(province)
    assert len(list(stick.iterdir())) == 1


@pytest.mark.parametrize("place", ["", "keys", "backups"])
def test_a_copy_in_the_offices_own_folder_is_none(scene: Scene, place: str) -> None:
    province = scene.office("province")
    with pytest.raises(key_copies.CopyBesideKeys):
        key_copies.copy_keys(province, province.home / place)
    assert key_copies.last_copy(province) is None


def test_a_stick_that_is_gone_is_told_and_nothing_is_remembered(scene: Scene, tmp_path: Path) -> None:
    province = scene.office("province")
    with pytest.raises(TargetNotWritable):
        key_copies.copy_keys(province, tmp_path / "gone")
    assert key_copies.last_copy(province) is None
