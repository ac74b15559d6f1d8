"""The samples that ship: two shapes of a province, taken over as they are, and one after the other."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from parindex_desktop.domain.succession import compared
from parindex_desktop.domain.units import Level, faulty, in_order
from parindex_desktop.services import bodies, kits, register
from parindex_desktop.services.unit_samples import Shape, write_sample
from resources import Language, say
from tests.offices import PASSPHRASE, quiet, take_units

if TYPE_CHECKING:
    from pathlib import Path

    from parindex_desktop.services.homes import Office
    from tests.offices import Scene

LAST_DAY = dt.date(2025, 6, 30)


@pytest.fixture
def bare(scene: Scene) -> Office:
    return scene.new("bare", Level.PROVINCE, "Sở Nội vụ tỉnh Lào Cai")


def take(office: Office, shape: Shape, folder: Path) -> None:
    write_sample(shape, folder / "mau.xlsx")
    take_units(office, folder / "mau.xlsx")


@pytest.mark.parametrize(("shape", "districts"), [(Shape.THREE_TIERS, 3), (Shape.TWO_TIERS, 0)])
def test_a_sample_is_taken_over_whole_and_goes_out(
    bare: Office, tmp_path: Path, shape: Shape, districts: int
) -> None:
    take(bare, shape, tmp_path)
    kit = register.current_kit(bare)
    assert bare.record.unit is not None
    assert list(faulty(kit.units, bare.record.unit)) == []
    living = [unit for unit in register.units(bare) if not unit.ended(dt.date(2026, 1, 1))]
    assert sum(unit.level is Level.DISTRICT for unit in living) == districts
    assert all(unit.block for unit in living)
    above = {kit.units[unit.parent or ""].level for unit in living if unit.level is Level.COMMUNE}
    assert above == {Level.DISTRICT if districts else Level.PROVINCE}
    assert len(bodies.bodies(bare)) == 5
    kits.export_kit(bare, PASSPHRASE, tmp_path / "kit.cchc", quiet)


def test_from_three_tiers_to_two_every_unit_keeps_its_id(bare: Office, tmp_path: Path) -> None:
    take(bare, Shape.THREE_TIERS, tmp_path)
    before = {unit.code: unit.id for unit in register.units(bare)}
    take(bare, Shape.TWO_TIERS, tmp_path)
    units = register.current_kit(bare).units
    after = {unit.code: unit for unit in register.units(bare)}
    assert {code: after[code].id for code in before} == before
    assert after["03006"].name == "Ủy ban nhân dân phường Sa Pa"
    assert [unit.code for unit in in_order(units[each] for each in after["03001"].successors)] == ["03006"]
    assert (after["088"].valid_to, after["03001"].valid_to) == (LAST_DAY, LAST_DAY)
    kept = compared(units, after["03004"], 2024, 2025)
    assert kept.before == after["03004"]
    merged = compared(units, after["03006"], 2024, 2025)
    assert merged.reason is not None
    assert say(merged.reason, Language.VI).startswith("không so sánh được")
    assert compared(units, after["03006"], 2025, 2026).before == after["03006"]
