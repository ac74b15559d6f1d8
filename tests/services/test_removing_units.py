"""Removing a unit that was entered by mistake: only while nobody but the province's machine knows of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from parindex_desktop.domain.kits import UnknownUnit
from parindex_desktop.domain.units import Level
from parindex_desktop.services import enrolling, giving, kits, received, register, upkeep
from parindex_desktop.services.register import NewUnit
from parindex_desktop.services.removing_units import (
    UnitHasKey,
    UnitHasOthersBelow,
    UnitWentOut,
    check_removable,
    remove_unit,
)
from tests.offices import PASSPHRASE, UNITS, YEAR, holdings

if TYPE_CHECKING:
    from pathlib import Path

    from parindex_desktop.services.homes import Office
    from tests.offices import Scene


@pytest.fixture
def province(scene: Scene) -> Office:
    return scene.office("province")


@pytest.fixture
def mistake(province: Office) -> str:
    """The code of a unit that was entered after the last kit."""
    return register.add_unit(province, NewUnit("03004", "Xã Nhầm", Level.COMMUNE)).code


def refused(office: Office, code: str, refusal: type[Exception]) -> None:
    """Neither looking nor doing changes anything."""
    before = holdings(office.home)
    for act in (check_removable, remove_unit):
        with pytest.raises(refusal):
            act(office, code)
    assert holdings(office.home) == before


def test_a_removed_unit_leaves_nothing_to_be_sent_out(province: Office, mistake: str) -> None:
    assert len(received.overview(province, YEAR)) == 4
    assert kits.kit_status(province).changes == {"unit": 1}
    assert check_removable(province, mistake).name == "Xã Nhầm"
    assert remove_unit(province, mistake).name == "Xã Nhầm"
    assert [unit.code for unit in register.units(province)] == list(UNITS)
    assert len(received.overview(province, YEAR)) == 3
    assert not kits.kit_status(province).changes
    assert not kits.must_sign(province)
    assert upkeep.read_journal(province)[-1].action == "unit.removed"


def test_what_is_given_to_a_unit_goes_with_it(province: Office, mistake: str) -> None:
    unit = register.current_kit(province).unit_of_code(mistake)
    (board,) = giving.boards(province, YEAR)
    figure = board.figure("1.2", "denominator")
    giving.give(province, YEAR, {figure.place(unit): "40", figure.place(None): "41"})
    remove_unit(province, mistake)
    assert register.current_kit(province).given == {
        YEAR: {"commune": {figure.criterion.id: {"denominator": "41"}}}
    }


def test_the_code_of_a_removed_unit_is_free_again(province: Office, mistake: str) -> None:
    removed = remove_unit(province, mistake)
    again = register.add_unit(province, NewUnit(mistake, "Sở Tư pháp", Level.DEPARTMENT))
    assert again.id != removed.id


def test_a_unit_that_went_out_in_a_kit_stays(province: Office, mistake: str, tmp_path: Path) -> None:
    refused(province, "03003", UnitWentOut)
    kits.export_kit(province, PASSPHRASE, tmp_path / "kit.cchc", lambda _done, _total: None)
    refused(province, mistake, UnitWentOut)


def test_a_unit_with_a_key_stays_until_the_key_is_given_to_another(
    province: Office, mistake: str, scene: Scene, tmp_path: Path
) -> None:
    stranger = scene.office("stranger")
    code = enrolling.write_request(stranger, tmp_path / "la.csr", PASSPHRASE)
    request = (tmp_path / "la.csr").read_bytes()
    enrolling.approve(province, request, mistake, code, PASSPHRASE)
    refused(province, mistake, UnitHasKey)
    enrolling.approve(province, request, "03003", code, PASSPHRASE)
    remove_unit(province, mistake)


def test_a_unit_that_others_hand_over_to_stays(province: Office) -> None:
    register.add_units(
        province,
        [NewUnit("080", "Huyện Sa Pa", Level.DISTRICT), NewUnit("03010", "Xã A", Level.COMMUNE, "080")],
    )
    refused(province, "080", UnitHasOthersBelow)
    remove_unit(province, "03010")
    remove_unit(province, "080")


@pytest.mark.parametrize("code", ["", "99999"])
def test_a_code_of_nobody_is_named(province: Office, code: str) -> None:
    refused(province, code, UnknownUnit)


def test_only_the_province_removes_units(scene: Scene) -> None:
    refused(scene.office("ban-ho"), "03003", register.NotTheProvince)
