"""A kit carries plans to every office; one with a plan that is none is refused whole."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from parindex_desktop.services import kits, plan_checks, planning, receiving, register, settling_kits
from tests.domain.planning.test_plans import a_plan, changed, uid
from tests.offices import PASSPHRASE, forged, holdings, quiet, revision_in
from tests.offices import changed as rewritten
from tests.services.test_planning import document, plan_for

if TYPE_CHECKING:
    from pathlib import Path

    from tests.offices import Scene

DAY = dt.date(2026, 1, 5)


def kit_with_a_plan(scene: Scene, target: Path) -> Path:
    province = scene.office("province")
    tree = plan_for("Sở Nội vụ tỉnh Lào Cai")
    planning.issue(province, planning.from_document(province, document(tree)), "15/KH-UBND", DAY)
    kits.export_kit(province, PASSPHRASE, target, quiet)
    return target


def test_a_unit_sees_the_plans_of_the_kit(scene: Scene, tmp_path: Path) -> None:
    commune = scene.office("ban-ho")
    (taken,) = receiving.take_in(commune, [kit_with_a_plan(scene, tmp_path / "kit.cchc")])
    assert taken.outcome.is_new
    (plan,) = planning.issued(commune)
    assert (plan.number, plan.issued, planning.is_own(commune, plan.id)) == ("15/KH-UBND", DAY, False)
    with pytest.raises(planning.PlanOfAnother):
        planning.amend(commune, plan.id)
    with pytest.raises(planning.PlanOfAnother):
        planning.withdraw(commune, plan.id, "Không thích")
    # What came from the province becomes a plan of the unit's own under other ids.
    draft = planning.from_document(commune, document(planning.tree_of(commune, plan.id)))
    assert draft.id != plan.id


@pytest.mark.parametrize(
    "plans",
    [
        {uid(1): {"title": "Kế hoạch"}},
        {uid(2): a_plan()},
        {uid(1): changed("head", "last", to=2025)},
        {uid(1): changed("head", "title", to=" rìa ")},
        {uid(1): changed("tasks", 0, "deadline", "day", to="02-30")},
        {uid(1): a_plan(), uid(90): changed("head", "id", to=uid(90))},
        {
            uid(number): changed("head", "id", to=uid(number))
            for number in range(1, plan_checks.MOST_PLANS + 2)
        },
    ],
    ids=["no plan", "other id", "meaning", "not clean", "no such day", "shared ids", "too many"],
)
def test_a_kit_with_a_plan_that_is_none_is_refused(
    scene: Scene, tmp_path: Path, plans: dict[str, Any]
) -> None:
    province, commune = scene.office("province"), scene.office("ban-ho")
    good = revision_in(scene.file("kit.cchc"))
    bad = rewritten(good, {f"plan/{id_}": tree for id_, tree in plans.items()})
    forged(province, bad, tmp_path / "kit.cchc")
    before = holdings(commune.home)
    (taken,) = receiving.take_in(commune, [tmp_path / "kit.cchc"])
    assert taken.problem is not None
    assert taken.problem.code == "kit.malformed"
    assert holdings(commune.home) == before


def test_what_two_kits_say_of_a_plan_is_shown_in_words(scene: Scene) -> None:
    kit = register.current_kit(scene.office("province"))
    lines = settling_kits._lines(kit, f"plan/{uid(1)}", a_plan())
    assert lines == ["Kế hoạch"]
    assert settling_kits._lines(kit, "due/t/2026/h1", {"day": "2026-06-10", "source": "CV 1"}) == [
        "10/06/2026",
        "CV 1",
    ]
