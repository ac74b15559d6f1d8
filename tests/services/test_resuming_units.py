"""An end is taken back: the unit goes on, and what its end did to others is undone as far as nobody built on it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from parindex_desktop.domain.kits import UnknownUnit
from parindex_desktop.domain.unit_changes import NewUnit, described
from parindex_desktop.domain.units import Level
from parindex_desktop.services import kits, received, register
from parindex_desktop.services.ending_units import Ending, end_units
from parindex_desktop.services.register import NotTheProvince, UnitFaulty
from parindex_desktop.services.resuming_units import UnitNotEnded, resume_units
from tests.offices import PASSPHRASE, UNITS, YEAR, holdings, quiet

if TYPE_CHECKING:
    from pathlib import Path

    from parindex_desktop.services.homes import Office
    from tests.offices import Scene

DAY = dt.date(2026, 6, 30)
FIRST, SECOND, THIRD = UNITS


@pytest.fixture
def province(scene: Scene) -> Office:
    return scene.office("province")


@pytest.fixture
def district(province: Office) -> Office:
    """A province with a district and a commune below it."""
    register.add_units(
        province,
        [
            NewUnit("084", "Huyện Si Ma Cai", Level.DISTRICT),
            NewUnit("088", "Thị xã Sa Pa", Level.DISTRICT),
            NewUnit("03010", "Xã A", Level.COMMUNE, "088"),
        ],
    )
    return province


def parent(office: Office, code: str) -> str:
    units = register.current_kit(office)
    return described(units.units, units.unit_of_code(code)).parent_code


def codes(office: Office) -> list[str]:
    return [unit.code for unit in register.units(office)]


@pytest.mark.parametrize(
    "ending",
    [
        Ending((FIRST,), DAY),
        Ending((FIRST, SECOND), DAY, (THIRD,)),
        Ending((FIRST,), DAY, (SECOND, THIRD)),
        Ending((FIRST, SECOND), DAY, ("03099",), "Xã Mới"),
    ],
    ids=["closed", "merged", "divided", "joined into a new one"],
)
def test_what_was_ended_is_again_as_it_was(province: Office, ending: Ending) -> None:
    before = register.current_kit(province).units
    end_units(province, ending)
    resumed = resume_units(province, ending.codes)
    assert register.current_kit(province).units == before
    assert [row.unit.code for row in received.overview(province, YEAR)] == list(UNITS)
    assert not resumed.told


@pytest.mark.parametrize(("into", "formed"), [((), ""), (("084",), ""), (("089",), "Huyện mới")])
def test_units_below_hand_over_to_it_again(district: Office, into: tuple[str, ...], formed: str) -> None:
    before = register.current_kit(district).units
    end_units(district, Ending(("088",), DAY, into, formed))
    assert parent(district, "03010") != "088"
    assert [each.code for each in resume_units(district, ["088"]).back] == ["03010"]
    assert register.current_kit(district).units == before


def test_a_unit_that_was_moved_on_since_stays_where_it_is(district: Office) -> None:
    end_units(district, Ending(("088",), DAY))
    units = register.current_kit(district)
    moved = described(units.units, units.unit_of_code("03010"))
    register.add_units(district, [replace(moved, parent_code="084")])
    assert resume_units(district, ["088"]).back == ()
    assert parent(district, "03010") == "084"


def test_a_new_unit_of_several_goes_with_the_last_of_them(province: Office) -> None:
    end_units(province, Ending((FIRST, SECOND), DAY, ("03099",), "Xã Mới"))
    assert resume_units(province, [FIRST]).removed == ()
    assert "03099" in codes(province)
    assert [unit.code for unit in resume_units(province, [SECOND]).removed] == ["03099"]
    assert codes(province) == list(UNITS)


def test_what_a_kit_has_told_is_taken_back_by_the_next_one(province: Office, tmp_path: Path) -> None:
    end_units(province, Ending((FIRST,), DAY, ("03099",), "Xã Mới"))
    kits.export_kit(province, PASSPHRASE, tmp_path / "kit.cchc", quiet)
    resumed = resume_units(province, [FIRST])
    assert resumed.told
    assert ([unit.code for unit in resumed.left], resumed.removed) == (["03099"], ())
    assert register.current_kit(province).unit_of_code(FIRST).valid_to is None
    assert "03099" in codes(province), "its code went out and is final"


def test_the_end_that_a_list_or_a_change_gave_is_taken_back_too(province: Office) -> None:
    before = register.current_kit(province)
    ended = replace(described(before.units, before.unit_of_code(FIRST)), valid_to=DAY, successors=(SECOND,))
    register.add_units(province, [ended])
    resume_units(province, [FIRST])
    assert register.current_kit(province).units == before.units


def test_what_cannot_go_on_is_refused_whole(district: Office) -> None:
    end_units(district, Ending(("03010", "088"), DAY))
    before = holdings(district.home)
    for wanted, refusal in (
        (["03010"], UnitFaulty),
        (["088", FIRST], UnitNotEnded),
        (["088", "99999"], UnknownUnit),
    ):
        with pytest.raises(refusal):
            resume_units(district, wanted)
        assert holdings(district.home) == before
    resume_units(district, ["03010", "088"])
    assert parent(district, "03010") == "088"


def test_only_the_province_takes_an_end_back(scene: Scene) -> None:
    with pytest.raises(NotTheProvince):
        resume_units(scene.office("ban-ho"), [FIRST])
