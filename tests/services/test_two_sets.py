"""Two machines of one unit side by side, one under the older set of the year and one under the newer."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from parindex_desktop.domain.assessments import SET
from parindex_desktop.services import (
    differences,
    filling,
    handing_over,
    kits,
    locking,
    received,
    receiving,
    register,
    reporting,
)
from parindex_desktop.services.reporting import Kind
from tests.offices import PASSPHRASE, YEAR, answer, close_and_sign, figures_of, fill, hand_over, quiet

if TYPE_CHECKING:
    from pathlib import Path

    from parindex_desktop.services.homes import Office
    from tests.offices import Scene


@pytest.fixture
def newer_kit(scene: Scene, tmp_path: Path) -> Path:
    """A kit whose set of the year lacks 1.9 and gives its point to 1.8."""
    province = scene.office("province")
    tree = json.loads(register.shipped_sets()["commune-2026.json"])
    field = tree["criteria"][0]
    field["children"] = [child for child in field["children"] if child["code"] != "1.9"]
    next(child for child in field["children"] if child["code"] == "1.8")["maximum"] = "2.00"
    tree["version"] = 2
    criteria = register.import_set(province, json.dumps(tree, ensure_ascii=False).encode())
    register.open_period(province, YEAR, [criteria])
    kits.export_kit(province, PASSPHRASE, tmp_path / "kit-2.cchc", quiet)
    return tmp_path / "kit-2.cchc"


@pytest.fixture
def two(scene: Scene, newer_kit: Path, tmp_path: Path) -> tuple[Path, Path]:
    """What the machine under the older set hands over, and what the one under the newer does; 1.2 and 1.9 differ."""
    one, other = scene.office("ban-ho-ready"), scene.office("ban-ho-2")
    handing_over.hand_over(one, filling.open_form(one), PASSPHRASE, tmp_path / "older.cchc")
    receiving.take_in(other, [newer_kit])
    form = fill(other, filling.open_form(other))
    assert form.criteria.version == 2
    form = answer(other, form, "1.2", **figures_of(form, "1.2", "3"))
    close_and_sign(other, form)
    return tmp_path / "older.cchc", hand_over(other, tmp_path / "newer.cchc")


@pytest.mark.parametrize("order", [1, -1])
def test_the_province_sees_both_each_under_its_own_set(
    scene: Scene, two: tuple[Path, Path], tmp_path: Path, order: int
) -> None:
    province = scene.office("province")
    taken = receiving.take_in(province, two[::order])
    assert [each.outcome for each in taken] == ["first", "forked"]
    unit = register.current_kit(province).unit_of_code("03001")
    fork = received.details(province, unit, YEAR).fork
    assert fork is not None
    (row,) = (row for row in received.overview(province, YEAR) if row.times)
    own = [filling.open_form(scene.office(name)).assessment for name in ("ban-ho-ready", "ban-ho-2")]
    assert [form.criteria.version for form in own] == [1, 2]
    totals = [branch.total for branch in fork.branches]
    assert totals in ([form.totals.overall for form in each] for each in (own, own[::-1]))
    codes = [each.criterion.code for each in fork.rows if each.criterion]
    assert {"1.2", "1.9"} <= set(codes)
    assert all(each.part.code != "difference.set" and each.sides for each in fork.rows)
    assert row.tally is not None
    for ending in ("pdf", "xlsx"):
        reporting.write_report(province, Kind.SELF_SUMMARY, tmp_path / f"x.{ending}")
    found = differences.differences(province, YEAR)
    assert {each.criterion.code for each in found if each.criterion} >= {"1.2"}
    assert len(found) == row.unsettled


def test_every_receiver_reads_the_versions_under_the_same_set(scene: Scene, two: tuple[Path, Path]) -> None:
    versions = set()
    for order in (1, -1):
        province = scene.office("province")
        receiving.take_in(province, two[::order])
        unit = register.current_kit(province).unit_of_code("03001")
        versions.add(received.received_form(province, unit, YEAR).criteria.version)
    assert len(versions) == 1


def test_the_unit_settles_the_figures_and_its_next_lock_settles_the_set(
    scene: Scene, newer_kit: Path, two: tuple[Path, Path], tmp_path: Path
) -> None:
    other = scene.office("ban-ho-2")
    receiving.take_in(other, [two[0]])
    form = filling.open_form(other)
    assert len(form.series.state()[SET]) == 2
    found = differences.differences(other, YEAR)
    assert found
    for each in found:
        assert all(version.lines for version in each.versions)
        form = differences.settle(other, form, each.key, 1)
    assert differences.differences(other, YEAR) == []
    form = close_and_sign(other, form)
    assert len(form.series.state()[SET]) == 1
    province = scene.office("province")
    last = hand_over(other, tmp_path / "settled.cchc")
    taken = receiving.take_in(province, [*two, last])
    assert [(each.outcome, each.problem) for each in taken[1:]] == [("forked", None), ("later", None)]


def void(office: Office, code: str) -> str:
    return f"answer/{filling.open_form(office).sheet(code).criterion.id}/figures"


def test_figures_of_a_criterion_that_the_set_lacks_are_shown_by_their_names(scene: Scene) -> None:
    office = scene.office("ban-ho-ready")
    key = void(office, "1.2")
    value = filling.open_form(office).series.state()[key][0].value
    lines, points = differences.shown_value(key, None, value)
    assert lines
    assert all(isinstance(line, str) for line in lines)
    assert points is None
    assert locking.SET == SET
