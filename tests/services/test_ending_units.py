"""Units that end: closed, merged, divided, joined into a new one; each time in one step, whole or not at all."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from parindex_desktop.domain.kits import UnknownUnit
from parindex_desktop.domain.succession import compared
from parindex_desktop.domain.unit_changes import NewUnit
from parindex_desktop.domain.units import Level
from parindex_desktop.services import kits, received, register, upkeep
from parindex_desktop.services.ending_units import (
    Ending,
    NothingToFormUnder,
    UnitEndedAlready,
    end_units,
    look_at_ending,
)
from tests.offices import PASSPHRASE, UNITS, YEAR, holdings, quiet

if TYPE_CHECKING:
    from pathlib import Path

    from parindex_desktop.domain.units import Unit
    from parindex_desktop.services.homes import Office
    from tests.offices import Scene

DAY = dt.date(2026, 6, 30)
FIRST, SECOND, THIRD = UNITS


@pytest.fixture
def province(scene: Scene) -> Office:
    return scene.office("province")


def unit(office: Office, code: str) -> Unit:
    return register.current_kit(office).unit_of_code(code)


def refused(office: Office, ending: Ending, refusal: type[Exception]) -> Exception:
    before = holdings(office.home)
    with pytest.raises(refusal) as caught:
        end_units(office, ending)
    assert holdings(office.home) == before
    return caught.value


def test_a_unit_is_closed(province: Office) -> None:
    ids = {each.id for each in register.units(province)}
    end_units(province, Ending((THIRD,), DAY))
    assert (unit(province, THIRD).valid_to, unit(province, THIRD).successors) == (DAY, ())
    assert {each.id for each in register.units(province)} == ids
    assert [row.unit.code for row in received.overview(province, YEAR)] == [FIRST, SECOND]
    assert upkeep.read_journal(province)[-1].action == "units.ended"


def test_units_are_merged_into_one_that_goes_on(province: Office, tmp_path: Path) -> None:
    changes = end_units(province, Ending((FIRST, SECOND), DAY, (THIRD,)))
    assert [each.code for each in changes.units()] == [FIRST, SECOND]
    heir = unit(province, THIRD)
    assert unit(province, FIRST).successors == unit(province, SECOND).successors == (heir.id,)
    units = register.current_kit(province).units
    assert compared(units, heir, 2025, 2026).reason is not None
    kits.export_kit(province, PASSPHRASE, tmp_path / "kit.cchc", quiet)


def test_several_units_are_joined_into_a_new_one_in_one_step(province: Office) -> None:
    changes = end_units(province, Ending((FIRST, SECOND), DAY, ("03099",), "Xã Mới"))
    assert changes.formed is not None
    formed = unit(province, "03099")
    assert (formed.name, formed.level, formed.parent, formed.valid_from) == (
        "Xã Mới",
        Level.COMMUNE,
        province.record.unit,
        DAY + dt.timedelta(days=1),
    )
    assert unit(province, FIRST).successors == (formed.id,)


def test_a_unit_is_divided(province: Office) -> None:
    end_units(province, Ending((FIRST,), DAY, (SECOND, THIRD)))
    assert set(unit(province, FIRST).successors) == {unit(province, SECOND).id, unit(province, THIRD).id}


def test_what_is_below_a_district_that_ends_hands_over_to_the_province(province: Office) -> None:
    register.add_units(
        province,
        [
            NewUnit("088", "Thị xã Sa Pa", Level.DISTRICT),
            NewUnit("03010", "Xã A", Level.COMMUNE, "088"),
            NewUnit("03013", "Xã B", Level.COMMUNE, "088", valid_to=dt.date(2025, 6, 30)),
        ],
    )
    ending = Ending(("088",), DAY)
    assert [each.code for each in look_at_ending(province, ending).moved] == ["03010"]
    end_units(province, ending)
    assert unit(province, "03010").parent == province.record.unit
    assert unit(province, "03013").parent == unit(province, "088").id


@pytest.mark.parametrize(("into", "formed"), [("084", ""), ("089", "Huyện mới")])
def test_what_is_below_a_district_that_is_merged_goes_along(province: Office, into: str, formed: str) -> None:
    register.add_units(
        province,
        [
            NewUnit("084", "Huyện Si Ma Cai", Level.DISTRICT),
            NewUnit("088", "Thị xã Sa Pa", Level.DISTRICT),
            NewUnit("03010", "Xã A", Level.COMMUNE, "088"),
        ],
    )
    end_units(province, Ending(("088",), DAY, (into,), formed))
    assert unit(province, "03010").parent == unit(province, into).id


@pytest.mark.parametrize(
    ("ending", "refusal"),
    [
        (Ending(("99999",), DAY), UnknownUnit),
        (Ending((FIRST,), DAY, ("99999",)), register.UnitFaulty),
        (Ending((FIRST,), DAY, (FIRST,)), register.UnitFaulty),
        (Ending((FIRST, SECOND), DAY, (SECOND,)), register.UnitFaulty),
        (Ending((FIRST,), DAY, (SECOND,), "Xã Mới"), register.UnitCodeTaken),
        (Ending((FIRST,), DAY, (), "Xã Mới"), NothingToFormUnder),
        (Ending((FIRST,), DAY, ("1 2",), "Xã Mới"), register.UnitFaulty),
        (Ending((FIRST,), dt.date(26, 6, 30)), register.UnitFaulty),
    ],
)
def test_what_cannot_be_leaves_everything_as_it_was(
    province: Office, ending: Ending, refusal: type[Exception]
) -> None:
    refused(province, ending, refusal)


def test_a_unit_ends_once(province: Office) -> None:
    end_units(province, Ending((FIRST,), DAY))
    refused(province, Ending((FIRST,), DAY + dt.timedelta(days=1)), UnitEndedAlready)


def test_a_successor_that_is_not_there_yet_or_no_more_is_refused(province: Office) -> None:
    register.add_units(province, [NewUnit("03050", "Xã", Level.COMMUNE, valid_from=dt.date(2026, 8, 1))])
    refused(province, Ending((FIRST,), DAY, ("03050",)), register.UnitFaulty)
    end_units(province, Ending((SECOND,), DAY))
    refused(province, Ending((FIRST,), DAY, (SECOND,)), register.UnitFaulty)


def test_only_the_province_ends_units(scene: Scene) -> None:
    refused(scene.office("ban-ho"), Ending((THIRD,), DAY), register.NotTheProvince)


def test_a_unit_that_begins_later_is_not_awaited_in_an_earlier_year(province: Office) -> None:
    register.add_units(
        province, [NewUnit("03050", "Xã sau này", Level.COMMUNE, valid_from=dt.date(2027, 1, 1))]
    )
    assert [row.unit.code for row in received.overview(province, YEAR)] == list(UNITS)
