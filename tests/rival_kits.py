"""A province that went on from a restored backup: two kits of its own, of which neither continues the other."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parindex_desktop.domain.units import Level
from parindex_desktop.services import kits, receiving, register, settling_kits
from parindex_desktop.services.homes import open_home
from parindex_desktop.services.register import NewUnit
from tests.offices import PASSPHRASE, YEAR, quiet

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from parindex_desktop.services.homes import Office
    from parindex_desktop.services.outcomes import Taken
    from tests.offices import Scene


def new_unit(code: str, name: str) -> Callable[[Office], object]:
    return lambda office: register.add_units(office, [NewUnit(code, name, Level.COMMUNE)])


def until(day: int) -> Callable[[Office], object]:
    """Another last day of self-assessment."""
    return lambda office: register.open_period(office, YEAR, [], dt.date(2026, 12, day))


def renamed(name: str) -> Callable[[Office], object]:
    return lambda office: register.add_units(office, [NewUnit("03001", name, Level.COMMUNE)])


@dataclass
class Fork:
    """A province with what it exported, and the kit that its lost state had sent out before."""

    scene: Scene
    province: Office
    own: Path
    other: Path

    def take_other(self) -> Taken:
        (taken,) = receiving.take_in(self.province, [self.other])
        return taken

    def export(self) -> Path:
        target = self.scene.folder / "chung.cchc"
        kits.export_kit(self.province, PASSPHRASE, target, quiet)
        return target

    def keys(self) -> list[str]:
        return [each.key for each in settling_kits.kit_differences(self.province)]


def forked(scene: Scene, mine: Callable[[Office], object], lost: Callable[[Office], object]) -> Fork:
    """The province did `lost`, exported, lost its disk, went on from a backup and did `mine`."""
    shutil.copytree(scene.made / "province", scene.folder / "lost")
    with open_home(scene.folder / "lost", scene.clock) as before:
        lost(before)
        kits.export_kit(before, PASSPHRASE, scene.folder / "da-gui.cchc", quiet)
    province = scene.office("province")
    mine(province)
    kits.export_kit(province, PASSPHRASE, scene.folder / "hien-co.cchc", quiet)
    return Fork(scene, province, scene.folder / "hien-co.cchc", scene.folder / "da-gui.cchc")
