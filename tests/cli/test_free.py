"""free: room on the disk, told by “check” and made by a command of its own."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from parindex_desktop.services import attaching, filling
from tests.offices import PDF, leaf

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.running import Terminal
    from tests.offices import Scene


def home_with_a_file_too_many(scene: Scene) -> Path:
    office = scene.office("ban-ho")
    form = filling.open_form(office)
    form, document = attaching.attach_file(office, form, leaf(form, "1.2"), scene.evidence("nham.pdf"))
    attaching.unlink(office, form, leaf(form, "1.2"), document.id)
    for path in (office.home / "evidence").glob("??/*"):
        os.utime(path, (0, 0))
    scene.close()
    return office.home


def test_what_could_be_freed_is_told_and_then_freed(parindex: Terminal, scene: Scene) -> None:
    home = home_with_a_file_too_many(scene)
    room = {"files": 1, "bytes": len(PDF)}
    assert parindex.json("check", home=home)["to_free"] == room
    assert f"1 ({len(PDF)} bytes)" in parindex("--lang", "en", "check", home=home).out
    freed = parindex.json("free", home=home)
    assert {name: freed[name] for name in room} == room
    assert parindex.json("check", home=home)["to_free"] == {"files": 0, "bytes": 0}
    assert "parindex free" not in parindex("--lang", "en", "check", home=home).out
    assert parindex("--lang", "en", "free", home=home).out == "0 file(s) removed, 0 bytes freed.\n"


def test_a_damaged_backup_is_named_and_keeps_everything(parindex: Terminal, scene: Scene) -> None:
    home = home_with_a_file_too_many(scene)
    backup = next((home / "backups").iterdir())
    backup.chmod(0o600)
    backup.write_bytes(b"")
    told = parindex.json("check", home=home)
    assert (told["sound"], told["to_free"]) == (True, None)
    assert backup.name in parindex("check", home=home).out
    ran = parindex("free", home=home)
    assert (ran.status, ran.code) == (3, "storage.backup_damaged")
