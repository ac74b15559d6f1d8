"""The kit is merged once and read again as soon as anything that it is made of has changed."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from db import revisions as kept
from parindex_desktop.domain import merge
from parindex_desktop.domain.merge import Edit
from parindex_desktop.domain.revisions import Kind
from parindex_desktop.domain.units import Level
from parindex_desktop.services import kits, receiving, register
from parindex_desktop.services.register import NewUnit
from tests.offices import PASSPHRASE, UNITS, YEAR, quiet, shipped_set, take_kit

if TYPE_CHECKING:
    from pathlib import Path

    from parindex_desktop.services.homes import Office
    from tests.offices import Scene


def codes(office: Office) -> list[str]:
    return [unit.code for unit in register.units(office)]


def test_nothing_is_merged_again_while_nothing_has_changed(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("province", "ban-ho"):
        office = scene.office(name)
        first = register.current_kit(office)
        with monkeypatch.context() as patched:
            patched.setattr(merge, "merged", None)
            assert register.current_kit(office) is first


def test_an_edit_is_seen_at_once_though_the_clock_stands_still(scene: Scene) -> None:
    province = scene.office("province")
    province.clock = lambda: dt.datetime(2026, 11, 20, tzinfo=dt.UTC)
    assert codes(province) == list(UNITS)
    register.add_units(province, [NewUnit("03050", "Xã mới", Level.COMMUNE)])
    assert codes(province) == [*UNITS, "03050"]
    register.add_units(province, [NewUnit("03050", "Xã khác", Level.COMMUNE)])
    assert register.current_kit(province).unit_of_code("03050").name == "Xã khác"
    register.open_period(province, YEAR, [register.import_set(province, shipped_set())], dt.date(2026, 12, 1))
    assert register.current_kit(province).periods[YEAR].self_assessment_to == dt.date(2026, 12, 1)


def test_an_edit_that_is_taken_back_is_seen_at_once(scene: Scene) -> None:
    province = scene.office("province")
    before = register.current_kit(province)
    unit = before.unit_of_code("03001")
    register.add_units(province, [NewUnit("03001", "Xã khác", Level.COMMUNE)])
    assert register.current_kit(province) != before
    register.add_units(province, [NewUnit("03001", unit.name, Level.COMMUNE)])
    assert register.current_kit(province) == before


def test_an_edit_that_failed_is_not_seen(scene: Scene) -> None:
    province = scene.office("province")
    before = register.current_kit(province)

    def fails() -> None:
        with province.begin() as session:
            opened = register.provincial_series(session, province)
            kept.put_edit(session, opened.series, "period/2026", Edit(None, frozenset()), province.clock())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    assert register.current_kit(province) == before


def test_a_new_kit_is_seen_at_once_where_it_is_made_and_where_it_is_taken_in(
    scene: Scene, tmp_path: Path
) -> None:
    province, commune = scene.office("province"), scene.office("ban-ho")
    assert codes(commune) == list(UNITS)
    register.add_units(province, [NewUnit("03050", "Xã mới", Level.COMMUNE)])
    kits.export_kit(province, PASSPHRASE, tmp_path / "kit.cchc", quiet)
    assert codes(province) == [*UNITS, "03050"]
    receiving.take_in(commune, [tmp_path / "kit.cchc"])
    assert codes(commune) == [*UNITS, "03050"]


def test_the_very_first_kit_is_seen_at_once(scene: Scene) -> None:
    office = scene.office("stranger")
    with pytest.raises(register.NoKitYet):
        register.current_kit(office)
    take_kit(office, scene.file("kit.cchc"), scene.office("province"))
    assert codes(office) == list(UNITS)
    with office.read() as session:
        assert len(kept.series_of_kind(session, Kind.KIT)) == 1
