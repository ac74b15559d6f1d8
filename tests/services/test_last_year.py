"""Last year's values: taken from what was locked and handed over, under the same criterion; never guessed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from parindex_desktop.domain.unit_changes import described
from parindex_desktop.domain.unit_entries import unit_entry
from parindex_desktop.services import filling, giving, handing_over, last_year, locking, receiving, register
from parindex_desktop.services.ending_units import Ending, end_units
from resources import Language, say
from tests.comparing import (
    CODE,
    LAST,
    YEAR,
    compared_set,
    comparing_province,
    export_kit,
    fill_compared,
    hand_over_compared,
    office_with_kit,
)
from tests.offices import PASSPHRASE, UNITS, close_and_sign, leaf, shipped_set

if TYPE_CHECKING:
    from pathlib import Path

    from parindex_desktop.services.giving import Proposal
    from parindex_desktop.services.homes import Office
    from tests.offices import Scene


@pytest.fixture
def province(scene: Scene) -> Office:
    return comparing_province(scene)


@pytest.fixture
def kit(province: Office, tmp_path: Path) -> Path:
    return export_kit(province, tmp_path / "kit.cchc")


def taken(proposal: Proposal) -> list[tuple[str, str | None]]:
    return [(each.unit.code if each.unit else "", each.after) for each in proposal.changes]


def left_out(proposal: Proposal) -> dict[str, str]:
    return {each.unit.code: each.why.code for each in proposal.left_out}


def give_to(province: Office, code: str, text: str) -> None:
    (board,) = giving.boards(province, YEAR)
    unit = register.current_kit(province).unit_of_code(code).id
    giving.give(province, YEAR, {(unit, *board.figure(CODE, "previous").key): text})


def test_the_units_own_figure_is_proposed_and_nothing_is_written(
    scene: Scene, province: Office, kit: Path, tmp_path: Path
) -> None:
    office = office_with_kit(scene, "ban-ho", kit)
    receiving.take_in(
        province, [hand_over_compared(office, tmp_path / "2025.cchc", LAST, value="105", previous="90")]
    )
    proposal = last_year.propose(province, YEAR)
    assert taken(proposal) == [("03001", "105")]
    assert left_out(proposal) == dict.fromkeys(list(UNITS)[1:], "last_year.nothing")
    assert register.current_kit(province).given == {}
    assert len(giving.take(province, proposal)) == 1
    (board,) = giving.boards(province, YEAR)
    unit = register.current_kit(province).unit_of_code("03001")
    assert board.text(unit, board.figure(CODE, "previous")) == "105"
    again = last_year.propose(province, YEAR)
    assert (again.changes, again.same) == ((), 1)


def test_a_figure_that_is_given_otherwise_stays(
    scene: Scene, province: Office, kit: Path, tmp_path: Path
) -> None:
    office = office_with_kit(scene, "ban-ho", kit)
    receiving.take_in(
        province, [hand_over_compared(office, tmp_path / "2025.cchc", LAST, value="105", previous="90")]
    )
    give_to(province, "03001", "1100")
    proposal = last_year.propose(province, YEAR)
    assert proposal.changes == ()
    (kept,) = (each for each in proposal.left_out if each.unit.code == "03001")
    assert say(kept.why, Language.EN).startswith("1,100 is given already")


@pytest.mark.parametrize("typed", [{}, {"previous": "90"}])
def test_a_criterion_without_a_figure_is_named(
    scene: Scene, province: Office, kit: Path, tmp_path: Path, typed: dict[str, str]
) -> None:
    office = office_with_kit(scene, "ban-ho", kit)
    receiving.take_in(province, [hand_over_compared(office, tmp_path / "2025.cchc", LAST, **typed)])
    assert left_out(last_year.propose(province, YEAR))["03001"] == "last_year.not_entered"


def test_a_new_unit_is_named(province: Office) -> None:
    with province.begin() as session:
        opened = register.provincial_series(session, province)
        unit = register.current_kit(province).unit_of_code("03002")
        young = replace(unit, valid_from=dt.date(2026, 3, 1))
        opened.put(province, session, {f"unit/{unit.id}": unit_entry(young)})
    proposal = last_year.propose(province, YEAR)
    (why,) = (each.why for each in proposal.left_out if each.unit.code == "03002")
    assert say(why, Language.EN) == "The figure of 2025 cannot be compared: it did not exist in 2025."


def test_over_a_merger_no_figure_is_proposed(
    scene: Scene, province: Office, kit: Path, tmp_path: Path
) -> None:
    office = office_with_kit(scene, "ban-ho", kit)
    receiving.take_in(
        province, [hand_over_compared(office, tmp_path / "2025.cchc", LAST, value="105", previous="90")]
    )
    end_units(province, Ending(("03002",), dt.date(2026, 6, 30), ("03001",)))
    proposal = last_year.propose(province, YEAR)
    assert proposal.changes == ()
    assert left_out(proposal)["03001"] == "last_year.not_comparable"


def test_a_unit_of_another_code_goes_on_from_the_figure_of_the_old_one(
    scene: Scene, province: Office, kit: Path, tmp_path: Path
) -> None:
    office = office_with_kit(scene, "ban-ho", kit)
    receiving.take_in(
        province, [hand_over_compared(office, tmp_path / "2025.cchc", LAST, value="105", previous="90")]
    )
    end_units(province, Ending(("03001",), dt.date(2025, 12, 31), ("03099",), "Xã Bản Hồ Mới"))
    assert taken(last_year.propose(province, YEAR)) == [("03099", "105")]


def test_a_figure_of_half_a_year_is_not_proposed(
    scene: Scene, province: Office, kit: Path, tmp_path: Path
) -> None:
    office = office_with_kit(scene, "ban-ho", kit)
    receiving.take_in(
        province, [hand_over_compared(office, tmp_path / "2025.cchc", LAST, value="105", previous="90")]
    )
    units = register.current_kit(province)
    half = replace(described(units.units, units.unit_of_code("03001")), counted_from=dt.date(2025, 7, 1))
    register.add_units(province, [half])
    proposal = last_year.propose(province, YEAR)
    (why,) = (each.why for each in proposal.left_out if each.unit.code == "03001")
    assert "2025 from 01/07/2025 to 31/12/2025" in say(why, Language.EN)


@pytest.mark.parametrize(
    "rule",
    [
        {"value": "Số sáng kiến trong năm (nghìn)"},
        {"figures": "amount"},
        {},
    ],
    ids=["another unit of measurement", "another kind of figure", "another rule"],
)
def test_another_figure_under_the_same_criterion_is_named(
    scene: Scene, province: Office, tmp_path: Path, rule: dict[str, Any]
) -> None:
    counted = shipped_set().replace(b'"year": 2026', b'"year": 2025')
    document = compared_set(LAST, 3, **rule) if rule else counted
    register.open_period(province, LAST, [register.import_set(province, document)])
    office = office_with_kit(scene, "ban-ho", export_kit(province, tmp_path / "kit.cchc"))
    form = filling.open_form(office, LAST)
    entered = {spec.name: "105" for spec in leaf(form, CODE).inputs}
    receiving.take_in(province, [hand_over_compared(office, tmp_path / "2025.cchc", LAST, **entered)])
    assert left_out(last_year.propose(province, YEAR))["03001"] == "last_year.other_figure"


def test_versions_side_by_side_are_named(scene: Scene, province: Office, kit: Path, tmp_path: Path) -> None:
    offices = [office_with_kit(scene, name, kit) for name in ("ban-ho", "ban-ho-2")]
    files = [
        hand_over_compared(office, tmp_path / f"{value}.cchc", LAST, value=value, previous="90")
        for office, value in zip(offices, ("105", "106"), strict=True)
    ]
    receiving.take_in(province, files)
    assert left_out(last_year.propose(province, YEAR))["03001"] == "last_year.not_settled"


def test_the_newest_hand_over_counts(scene: Scene, province: Office, kit: Path, tmp_path: Path) -> None:
    office = office_with_kit(scene, "ban-ho", kit)
    first = hand_over_compared(office, tmp_path / "1.cchc", LAST, value="105", previous="90")
    form = locking.unlock(office, filling.open_form(office, LAST), "Sửa số liệu")
    form = close_and_sign(office, fill_compared(office, LAST, value="111"))
    handing_over.hand_over(office, form, PASSPHRASE, tmp_path / "2.cchc")
    receiving.take_in(province, [first, tmp_path / "2.cchc"])
    assert taken(last_year.propose(province, YEAR)) == [("03001", "111")]


def why(proposal: Proposal) -> str | None:
    return proposal.unchanged.code if proposal.unchanged else None


def test_where_nothing_compares_nothing_is_proposed_and_why_is_said(scene: Scene) -> None:
    proposal = last_year.propose(scene.office("province"), YEAR)
    assert (proposal.changes, proposal.left_out, proposal.same) == ((), (), 0)
    assert why(proposal) == "last_year.no_figure"
    assert proposal.unchanged is not None
    assert "2025" in say(proposal.unchanged, Language.EN)


def test_where_nobody_handed_over_last_year_that_is_said(province: Office) -> None:
    assert why(last_year.propose(province, YEAR)) == "last_year.nobody"


def test_where_the_rest_cannot_be_taken_over_that_is_said(
    scene: Scene, province: Office, kit: Path, tmp_path: Path
) -> None:
    office = office_with_kit(scene, "ban-ho", kit)
    receiving.take_in(
        province, [hand_over_compared(office, tmp_path / "2025.cchc", LAST, value="105", previous="90")]
    )
    proposal = last_year.propose(province, YEAR)
    assert why(proposal) is None
    giving.take(province, proposal)
    assert why(last_year.propose(province, YEAR)) == "last_year.none"
    give_to(province, "03001", "7")
    assert why(last_year.propose(province, YEAR)) == "last_year.none"
    (board,) = giving.boards(province, YEAR)
    same = giving.proposed(board, None, [(board.figure(CODE, "previous"), "")])
    assert why(same) == "given.same"
