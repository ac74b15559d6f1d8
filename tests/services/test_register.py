"""The register of the province: units, criteria sets, years; each change whole or not at all."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

import pytest

from parindex_desktop.domain.criteria_reading import CriteriaSetFaulty
from parindex_desktop.domain.kits import UnknownPeriod
from parindex_desktop.domain.unit_changes import NewUnit, described
from parindex_desktop.domain.units import Level
from parindex_desktop.services import register, upkeep
from tests.offices import UNITS, YEAR, holdings, shipped_set

if TYPE_CHECKING:
    from parindex_desktop.services.homes import Office
    from tests.offices import Scene


@pytest.fixture
def province(scene: Scene) -> Office:
    return scene.office("province")


def a_set(**changes: object) -> bytes:
    return json.dumps(json.loads(shipped_set()) | changes, ensure_ascii=False).encode()


def test_units_stand_in_the_order_of_their_codes(province: Office) -> None:
    register.add_units(province, [NewUnit("01002", "Sở Tư pháp", Level.DEPARTMENT)])
    assert [unit.code for unit in register.units(province)] == ["01002", *UNITS]


def test_a_unit_keeps_its_id_when_it_is_renamed(province: Office) -> None:
    before = {unit.code: unit.id for unit in register.units(province)}
    (renamed,) = register.add_units(
        province, [NewUnit("03001", "Ủy ban nhân dân xã Bản Hồ mới", Level.COMMUNE)]
    )
    assert renamed.id == before["03001"]
    assert {unit.code: unit.id for unit in register.units(province)} == before
    assert register.units(province)[0].name == "Ủy ban nhân dân xã Bản Hồ mới"


def test_units_form_a_tree(province: Office) -> None:
    district, commune = register.add_units(
        province,
        [NewUnit("080", "Huyện Sa Pa", Level.DISTRICT), NewUnit("03010", "Xã A", Level.COMMUNE, "080")],
    )
    kit = register.current_kit(province)
    assert kit.above(commune.id) == [district.id, province.record.unit]


@pytest.mark.parametrize(
    ("unit", "field"),
    [
        (NewUnit("03010", "Xã A", Level.COMMUNE, "999"), "parent_code"),
        (NewUnit("03001", "Sở Tư pháp", Level.DEPARTMENT), "level"),
        (NewUnit("", "Sở Tư pháp", Level.DEPARTMENT), "code"),
    ],
)
def test_one_bad_unit_leaves_the_whole_list_untouched(province: Office, unit: NewUnit, field: str) -> None:
    before = holdings(province.home)
    with pytest.raises(register.UnitFaulty) as refused:
        register.add_units(province, [NewUnit("03009", "Xã B", Level.COMMUNE), unit])
    assert [(fault.number, fault.field) for fault in refused.value.faults] == [(1, field)]
    assert holdings(province.home) == before


def test_a_new_unit_takes_no_code_that_is_taken(province: Office) -> None:
    before = holdings(province.home)
    with pytest.raises(register.UnitCodeTaken):
        register.add_unit(province, NewUnit("03001", "Xã khác", Level.COMMUNE))
    assert holdings(province.home) == before


def test_entering_the_same_again_writes_nothing(province: Office) -> None:
    before, lines = holdings(province.home), len(upkeep.read_journal(province))
    units = register.current_kit(province).units
    register.add_units(province, [described(units, unit) for unit in register.units(province)])
    assert holdings(province.home) == before
    assert len(upkeep.read_journal(province)) == lines


def test_a_set_is_named_by_its_content(province: Office) -> None:
    before = register.sets(province)
    assert register.import_set(province, shipped_set()).digest == before[0].digest
    assert register.sets(province) == before
    other = register.import_set(province, a_set(version=2))
    assert other.digest != before[0].digest
    assert [each.version for each in register.sets(province)] == [2, 1]


def test_a_faulty_set_is_refused_with_every_fault_at_its_place(province: Office) -> None:
    tree = json.loads(shipped_set())
    tree["criteria"][0]["maximum"] = "17.00"
    tree["criteria"][1]["code"] = "1"
    tree["criteria"][2]["children"][0]["rule"] = {"kind": "guess"}
    before = holdings(province.home)
    with pytest.raises(CriteriaSetFaulty) as refused:
        register.import_set(province, json.dumps(tree).encode())
    codes = {fault.code for fault in refused.value.faults}
    assert {"criteria.sum", "criteria.twice", "criteria.rule_unknown"} <= codes
    assert holdings(province.home) == before


@pytest.mark.parametrize(
    "document", [b"", b"{", b"\xff\xfe", b"[]", b"null", b'{"format": 1}', b"[" * 100_000]
)
def test_what_is_no_set_is_refused(province: Office, document: bytes) -> None:
    with pytest.raises(CriteriaSetFaulty):
        register.import_set(province, document)


def test_a_year_is_opened_with_a_set_for_each_level(province: Office) -> None:
    departments = register.import_set(province, a_set(level="department", name="Bộ tiêu chí cấp sở"))
    register.open_period(province, YEAR, [departments])
    period = register.current_kit(province).periods[YEAR]
    assert set(period.sets) == {Level.COMMUNE, Level.DEPARTMENT}
    assert period.self_assessment_to == dt.date(2026, 12, 15)
    register.open_period(province, YEAR, [], dt.date(2026, 12, 31))
    assert register.current_kit(province).periods[YEAR].self_assessment_to == dt.date(2026, 12, 31)


def test_opening_a_year_again_with_the_same_writes_nothing(province: Office) -> None:
    before, lines = holdings(province.home), len(upkeep.read_journal(province))
    known = register.current_kit(province).periods[YEAR]
    for date in (None, known.self_assessment_to):
        assert register.open_period(province, YEAR, register.sets(province), date) == known
    assert holdings(province.home) == before
    assert len(upkeep.read_journal(province)) == lines


def test_the_last_day_can_be_taken_back(province: Office) -> None:
    period = register.open_period(province, YEAR, [], without_date=True)
    assert period.self_assessment_to is None
    assert register.current_kit(province).periods[YEAR] == period


@pytest.mark.parametrize("year", ["26", "2o26", "", "20266", "1999", "２０２６"])
def test_a_year_is_four_digits(province: Office, year: str) -> None:
    with pytest.raises(register.YearWrong):
        register.open_period(province, year, register.sets(province))


def test_a_set_belongs_to_its_year(province: Office) -> None:
    before = holdings(province.home)
    with pytest.raises(register.SetOfAnotherYear):
        register.open_period(province, "2027", register.sets(province))
    assert holdings(province.home) == before
    assert province.record.period == YEAR


def test_a_set_is_found_by_name_or_the_beginning_of_its_digest(province: Office) -> None:
    (held,) = register.sets(province)
    assert register.find_set(province, held.name) == held
    assert register.find_set(province, held.digest[:6]) == held
    for wanted in ("", held.digest[:5], "Bộ tiêu chí khác"):
        with pytest.raises(register.SetNotFound):
            register.find_set(province, wanted)


def test_only_the_province_writes_the_register(scene: Scene) -> None:
    commune = scene.office("ban-ho")
    before = holdings(commune.home)
    for write in (
        lambda: register.add_units(commune, [NewUnit("03009", "Xã B", Level.COMMUNE)]),
        lambda: register.import_set(commune, shipped_set()),
        lambda: register.open_period(commune, YEAR, []),
    ):
        with pytest.raises(register.NotTheProvince):
            write()
    assert holdings(commune.home) == before


def test_an_office_works_on_a_year_of_its_kit(scene: Scene) -> None:
    commune = scene.office("ban-ho")
    register.choose_period(commune, YEAR)
    with pytest.raises(UnknownPeriod):
        register.choose_period(commune, "2031")
    with pytest.raises(register.NoKitYet):
        register.choose_period(scene.office("stranger"), YEAR)
    assert scene.office("ban-ho").record.period == YEAR
