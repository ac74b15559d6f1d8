"""differences: a province that finds its own other kit, on the command line."""

from __future__ import annotations

import datetime as dt
import shutil
from typing import TYPE_CHECKING

import pytest

from parindex_desktop.domain.units import Level
from parindex_desktop.services import kits, register
from parindex_desktop.services.homes import open_home
from parindex_desktop.services.register import NewUnit
from tests.offices import PASSPHRASE, YEAR, quiet

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.running import Terminal
    from tests.offices import Scene


def exported(scene: Scene, home: Path, day: int, name: str) -> Path:
    """A kit with another deadline, another name of the first unit, and the new unit 03050."""
    target = scene.folder / f"kit-{day}.cchc"
    with open_home(home, scene.clock) as office:
        register.open_period(office, YEAR, [], dt.date(2026, 12, day))
        units = [("03001", name), ("03050", name)]
        register.add_units(office, [NewUnit(code, each, Level.COMMUNE) for code, each in units])
        kits.export_kit(office, PASSPHRASE, target, quiet)
    return target


@pytest.fixture
def forked(scene: Scene) -> tuple[Path, Path, Path]:
    """The home of a province that went on from a backup, its kit, and the one that it had sent before."""
    lost = scene.folder / "lost"
    shutil.copytree(scene.made / "province", lost)
    sent = exported(scene, lost, 25, "Xã B")
    home = scene.home("province")
    return home, exported(scene, home, 20, "Xã A"), sent


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_province_takes_its_other_kit_in_settles_and_sends_one_that_continues_both(
    parindex: Terminal, scene: Scene, forked: tuple[Path, Path, Path], lang: str
) -> None:
    home, own, sent = forked
    parindex.options = ["--lang", lang]
    taken = parindex("kit", "import", sent, home=home)
    assert taken.status == 0
    assert "parindex differences list" in taken.out

    listed = parindex("differences", "list", home=home)
    assert listed.status == 4
    assert {"Xã A", "Xã B"} <= {word for word in ("Xã A", "Xã B") if word in listed.out}
    assert ("25/12/2026" in listed.out, "20/12/2026" in listed.out) == (True, True)
    data = parindex("--json", "differences", "list", home=home).data
    assert [each["sequence"] for each in data["kits"]] == [2, 2]
    keys = [each["entry"] for each in data["differences"]]
    assert keys[0] == f"period/{YEAR}"
    assert keys[-1] == "code/03050"
    assert len(keys) == 3

    blocked = parindex("kit", "export", "-o", scene.folder / "x.cchc", home=home)
    assert (blocked.status, blocked.code) == (3, "kit.unsettled")
    assert parindex.json("differences", "settle", keys[0], "1", home=home)["left"] == 2
    assert parindex("differences", "settle", keys[0], "1", home=home).code == "difference.unknown"
    assert parindex.json("differences", "settle", "kit", "1", home=home)["left"] == 0
    # Nothing is open any more, but the two kits still stand side by side.
    assert parindex("differences", "list", home=home).status == 4
    parindex.json("kit", "export", "-o", scene.folder / "chung.cchc", home=home)
    assert parindex("differences", "list", home=home).status == 0

    commune = scene.home("ban-ho")
    assert parindex.json("kit", "import", own, home=commune)["outcome"] == "later"
    assert parindex("kit", "import", sent, home=commune).status == 3
    assert parindex.json("kit", "import", scene.folder / "chung.cchc", home=commune)["outcome"] == "later"
    assert parindex.json("kit", "import", sent, home=commune)["outcome"] == "older"


def test_what_goes_together_is_taken_in_and_the_province_is_to_be_told(
    parindex: Terminal, scene: Scene
) -> None:
    lost = scene.folder / "lost"
    shutil.copytree(scene.made / "province", lost)
    files = []
    for home, code in ((lost, "03050"), (scene.home("province"), "03060")):
        with open_home(home, scene.clock) as office:
            register.add_units(office, [NewUnit(code, "Xã mới", Level.COMMUNE)])
            files.append(scene.folder / f"{code}.cchc")
            kits.export_kit(office, PASSPHRASE, files[-1], quiet)
    parindex.options = ["--lang", "en"]
    commune = scene.home("ban-ho")
    parindex.json("kit", "import", files[0], home=commune)
    assert "tell it so" in parindex("kit", "import", files[1], home=commune).out
    assert (
        "Export a kit that continues both"
        in parindex("kit", "import", files[0], home=scene.home("province")).out
    )


def test_a_value_of_a_unit_is_still_not_the_provinces_to_settle(parindex: Terminal, scene: Scene) -> None:
    ran = parindex("differences", "settle", "answer/x/figures", "1", home=scene.home("province"))
    assert ran.code == "difference.unknown"
