"""Whoever receives figures computes their points again: what a lock claims otherwise is shown, and never counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from parindex_desktop.domain.closing import MOST_POINTS
from parindex_desktop.domain.recalculation import recalculated
from parindex_desktop.domain.scoring.outcome import ENGINE
from parindex_desktop.services import filling, giving, received, receiving, register, reporting
from parindex_desktop.services.reporting import Kind
from tests.comparing import (
    CODE,
    YEAR,
    comparing_province,
    export_kit,
    hand_over_compared,
    office_with_kit,
)
from tests.offices import changed, forged, holdings, revision_in

if TYPE_CHECKING:
    from decimal import Decimal
    from pathlib import Path

    from parindex_desktop.domain.assessments import Assessment
    from parindex_desktop.services.homes import Office
    from parindex_desktop.services.received import UnitRow
    from tests.offices import Scene


@pytest.fixture
def province(scene: Scene) -> Office:
    return scene.office("province")


def id_of(scene: Scene, code: str) -> str:
    return filling.open_form(scene.office("ta-van")).sheet(code).criterion.id


def lie(scene: Scene, folder: Path, points: dict[str, Any], engine: int = ENGINE) -> Path:
    """What Tả Van handed over, with a lock that claims these points beside the right ones; well signed."""
    revision = revision_in(scene.file("ta-van-1.cchc"))
    lock: Any = revision.entries["lock"].value
    lock = {**lock, "engine": engine, "points": {**lock["points"], **points}}
    return forged(scene.office("ta-van"), changed(revision, {"lock": lock}), folder / "lie.cchc")


def row_of(province: Office, code: str = "03002") -> UnitRow:
    return next(row for row in received.overview(province, YEAR) if row.unit.code == code)


def test_an_honest_hand_over_names_the_points_that_its_figures_come_to(
    scene: Scene, province: Office
) -> None:
    (taken,) = receiving.take_in(province, [scene.file("ta-van-1.cchc")])
    assert taken.brought is not None
    assert taken.brought.assessment is not None
    assert taken.brought.assessment.lock is not None
    assert taken.brought.assessment.lock.points
    assert recalculated(taken.brought.assessment) == []
    assert (row_of(province).recalculated, row_of(province).outdated) == ((), ())


def differing(assessment: Assessment | None) -> list[tuple[str, str | None, str | None]]:
    assert assessment is not None
    return [
        (each.criterion.code, each.claimed and str(each.claimed), each.computed and str(each.computed))
        for each in recalculated(assessment)
    ]


@pytest.mark.parametrize("dry_run", [True, False])
def test_claimed_points_are_shown_and_those_computed_count(
    scene: Scene, province: Office, tmp_path: Path, dry_run: bool
) -> None:
    honest = received_total(scene, province)
    bundle = lie(scene, tmp_path, {id_of(scene, "1.2"): "99999.99", id_of(scene, "1.9"): "0.01"})
    other = scene.office("province")
    (taken,) = receiving.take_in(other, [bundle], dry_run=dry_run)
    assert (taken.outcome.is_new, taken.problem) == (True, None)
    assert taken.brought is not None
    found = differing(taken.brought.assessment)
    assert [(code, claimed) for code, claimed, _ in found] == [("1.2", "99999.99"), ("1.9", "0.01")]
    assert all(computed not in {None, "99999.99", "0.01"} for _, _, computed in found)
    if not dry_run:
        row = row_of(other)
        assert row.recalculated == ("1.2", "1.9")
        assert row.tally is not None
        assert row.tally.overall.points == honest


def received_total(scene: Scene, province: Office) -> Decimal:
    """The points of the honest hand-over; nothing is kept."""
    (taken,) = receiving.take_in(province, [scene.file("ta-van-1.cchc")], dry_run=True)
    assert taken.brought is not None
    assert taken.brought.assessment is not None
    return taken.brought.assessment.totals.overall.points


def test_points_for_a_criterion_that_has_none_are_shown(
    scene: Scene, province: Office, tmp_path: Path
) -> None:
    """A survey criterion is not self-scored, and the claim may leave others out."""
    receiving.take_in(province, [lie(scene, tmp_path, {id_of(scene, "1.10"): "1.00"})])
    assert differing(received.received_form(province, row_of(province).unit, YEAR)) == [
        ("1.10", "1.00", None)
    ]


@pytest.mark.parametrize(
    "points",
    [
        {"00000000-0000-4000-8000-000000000000": "1.00"},
        {"toString": "1.00"},
        {"x": "-1.00"},
        {"x": "1e9"},
        {"x": "100000.00"},
        {"x": 1},
        {"x": None},
        {f"c{number}": "1.00" for number in range(MOST_POINTS + 1)},
    ],
    ids=[
        "unknown criterion",
        "a word",
        "negative",
        "exponent",
        "too large",
        "a number",
        "null",
        "without end",
    ],
)
def test_a_claim_that_no_program_of_ours_makes_is_refused(
    scene: Scene, province: Office, tmp_path: Path, points: dict[str, Any]
) -> None:
    bundle = lie(scene, tmp_path, points)
    before = holdings(province.home)
    (taken,) = receiving.take_in(province, [bundle])
    assert taken.problem is not None
    assert taken.problem.code == "assessment.malformed"
    assert taken.problem.values["place"] == "lock"
    assert holdings(province.home) == before


@pytest.mark.parametrize("engine", [0, -1, "1", None])
def test_an_engine_that_is_no_version_is_refused(
    scene: Scene, province: Office, tmp_path: Path, engine: Any
) -> None:
    (taken,) = receiving.take_in(province, [lie(scene, tmp_path, {}, engine)])
    assert taken.problem is not None
    assert taken.problem.code == "assessment.malformed"


def test_the_summary_says_what_differs(scene: Scene, tmp_path: Path) -> None:
    province = comparing_province(scene)
    (board,) = giving.boards(province, YEAR)
    unit = register.current_kit(province).unit_of_code("03001").id
    figure = board.figure(CODE, "previous")
    giving.give(province, YEAR, {(unit, *figure.key): "100"})
    office = office_with_kit(scene, "ban-ho", export_kit(province, tmp_path / "kit.cchc"))
    honest = hand_over_compared(office, tmp_path / "honest.cchc", value="105")
    revision = revision_in(honest)
    lock: Any = revision.entries["lock"].value
    lock = {**lock, "points": {**lock["points"], figure.criterion.id: "0.25"}}
    receiving.take_in(province, [forged(office, changed(revision, {"lock": lock}), tmp_path / "lie.cchc")])
    giving.give(province, YEAR, {(unit, *figure.key): "110"})
    row = row_of(province, "03001")
    assert (len(row.recalculated), len(row.outdated)) == (1, 1)
    (summary,) = (each for each in reporting.summarise(province, YEAR)[1] if each.rows)
    remark = next(each.remark for each in summary.rows if each.code == "03001")
    assert remark.startswith(f"Điểm tính lại từ số liệu khác điểm đã chốt (tiêu chí {CODE})")
    assert f"số liệu tỉnh cung cấp đã thay đổi sau khi chốt (tiêu chí {CODE})" in remark
    reporting.write_report(province, Kind.SELF_SUMMARY, tmp_path / "a.xlsx")
    cells = [cell.value for row in load_workbook(tmp_path / "a.xlsx").active.iter_rows() for cell in row]
    assert remark in cells
    reporting.write_report(province, Kind.SELF_SUMMARY, tmp_path / "a.pdf")
