"""What plans ask of one office: whose tasks are whose, how each time stands, what targets come to."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from parindex_desktop.domain.planning.deadlines import EnteredDay
from parindex_desktop.domain.planning.feeds import Figures
from parindex_desktop.domain.planning.plans import Plan
from parindex_desktop.domain.planning.progress import OfficeProgress
from parindex_desktop.domain.planning.targets import Reported, Verdict
from parindex_desktop.domain.planning.tasks import Progress, Said, Standing
from parindex_desktop.domain.planning.work import (
    Role,
    Standpoint,
    ids_meaning,
    targets_of,
    tasks_of,
    value_of,
)
from parindex_desktop.domain.units import Body, BodyKind, Level, Unit
from tests.domain.planning.test_plans import a_plan, uid

D = dt.date
UNIT = Unit("u", "01", "Sở Nội vụ", Level.DEPARTMENT, "p")
OTHER = Unit("v", "02", "Xã Bản Hồ", Level.COMMUNE, "p", valid_to=D(2026, 6, 30))


def standpoint(**changes: Any) -> Standpoint:
    at = Standpoint(
        UNIT, frozenset({"u"}), frozenset(), 2026, D(2026, 12, 10), {"u": UNIT, "v": OTHER}, 0, {}
    )
    return replace(at, **changes)


def plan(**task: Any) -> Plan:
    tree = a_plan()
    tree["tasks"][0] |= {"leads": [{"name": "x", "id": "u"}]} | task
    tree["targets"][0] |= {"levels": ["department"]}
    return Plan.read(tree)


def test_a_task_is_of_those_who_lead_or_support_it_and_of_who_issued_the_plan() -> None:
    def role(at: Standpoint, of: Plan) -> Role | None:
        return next((each.role for each in tasks_of(at, [of], OfficeProgress())), None)

    supported = plan(leads=[{"name": "y", "id": "y"}], supports=[{"name": "x", "id": "u"}])
    assert role(standpoint(), plan()) is Role.LEADS
    assert role(standpoint(), supported) is Role.SUPPORTS
    assert role(standpoint(mine=frozenset("z")), plan()) is None
    assert role(standpoint(mine=frozenset("z"), issued=frozenset({uid(1)})), plan()) is Role.FOLLOWS


def test_groups_and_rooms_mean_their_office() -> None:
    all_departments = Body("g", "Các sở", BodyKind.GROUP, levels=(Level.DEPARTMENT,))
    named = Body("h", "Nhóm", BodyKind.GROUP, units=("v",))
    paper = Body("n", "Báo", BodyKind.ORGANISATION)
    room = Body("r", "Văn phòng", BodyKind.ROOM, "u")
    days = (D(2026, 12, 31), D(2026, 12, 10))
    assert ids_meaning(UNIT, [all_departments, named, paper], [room], days) == {"u", "g", "r"}
    assert ids_meaning(OTHER, [named], [], days) == {"v"}, "it is no more on either day"
    assert ids_meaning(OTHER, [named], [], (D(2026, 12, 31), D(2026, 6, 30))) == {"v", "h"}


def test_each_time_stands_as_was_said_of_it() -> None:
    said = OfficeProgress(
        said={(uid(6), "year"): Said(Progress.DONE, D(2026, 12, 21))}, told={(uid(6), "year"): "Xong"}
    )
    (work,) = tasks_of(standpoint(), [plan()], OfficeProgress())
    assert [each.standing for each in work.times] == [Standing.DUE_SOON]
    (work,) = tasks_of(standpoint(), [plan()], said)
    assert [(each.standing, each.told) for each in work.times] == [(Standing.DONE_LATE, "Xong")]


def test_a_day_that_was_entered_counts_and_holidays_that_nobody_gave_are_told() -> None:
    after = {
        "kind": "after_event",
        "text": "10 ngày",
        "event": "Có kết quả",
        "days": 10,
        "days_are": "working",
    }
    entered = EnteredDay(D(2026, 3, 2), "Quyết định 1")
    at = standpoint(dues={(uid(6), "2026", "year"): entered, (uid(6), "2025", "year"): entered})
    (awaited,) = tasks_of(standpoint(), [plan(deadline=after)], OfficeProgress())
    assert [each.standing for each in awaited.times] == [Standing.AWAITED]
    (unknown,) = tasks_of(at, [plan(deadline=after)], OfficeProgress())
    assert unknown.problem is not None
    assert [(each.standing, each.entered) for each in unknown.times] == [(Standing.AWAITED, entered)]
    (counted,) = tasks_of(at, [plan(deadline={**after, "days_are": "calendar"})], OfficeProgress())
    assert [each.occurrence.due.last for each in counted.times] == [D(2026, 3, 12)]


def test_a_target_takes_its_figure_from_the_register_unless_one_was_reported() -> None:
    orders = {
        str(number): {"title": "x", "by": "province", "due": "2026-02-01", "done": done}
        for number, done in enumerate(["2026-01-31"] * 19 + ["2026-02-02"])
    }
    progress = OfficeProgress(records={"orders": orders})
    (work,) = targets_of(standpoint(), [plan()], progress)
    assert (work.reported.value, work.judged.verdict, work.by_hand) == (Decimal(95), Verdict.MET, False)
    progress.targets[uid(3)] = Reported(Decimal(90))
    (work,) = targets_of(standpoint(), [plan()], progress)
    assert (work.reported.value, work.judged.verdict, work.by_hand) == (Decimal(90), Verdict.NOT_MET, True)
    assert work.figures == Figures(Decimal(19), Decimal(20))


def test_a_target_is_of_its_levels_of_who_issued_it_and_of_who_reports_it() -> None:
    def level(at: Standpoint, **target: Any) -> Level | None:
        tree = a_plan()
        tree["targets"][0] |= target
        return next((each.level for each in targets_of(at, [Plan.read(tree)], OfficeProgress())), None)

    own = standpoint(issued=frozenset({uid(1)}))
    assert level(standpoint(), levels=["department"]) is Level.DEPARTMENT
    assert level(standpoint(), levels=["commune"]) is None
    assert level(standpoint()) is None
    assert level(own) is Level.DEPARTMENT
    assert level(standpoint(), reported_by=[{"name": "x", "id": "u"}]) is Level.PROVINCE
    assert level(own, limits=[{"number": "95", "year": 2027}]) is None


def test_bodies_to_inspect_are_the_units_of_the_year_or_the_rooms() -> None:
    records = {"1": {"kind": "reform", "body": "v", "on": "2026-03-01"}}
    tree = a_plan()
    tree["targets"][0] |= {"register": "inspections.reform.inspected", "levels": ["department"]}

    def figures(among: list[str], **changes: Any) -> Figures | None:
        tree["targets"][0]["among"] = among
        progress = OfficeProgress(records={"inspections": records})
        return targets_of(standpoint(**changes), [Plan.read(tree)], progress)[0].figures

    assert figures(["department", "commune"]) == Figures(Decimal(1), Decimal(2))
    assert figures(["rooms"], rooms=4) == Figures(Decimal(1), Decimal(4))
    assert figures(["commune"], year=2027) is None, "the commune is no more"


@pytest.mark.parametrize(
    ("unit", "figures", "value"),
    [
        ("%", Figures(Decimal(1), Decimal(3)), "33.33"),
        ("%", Figures(Decimal(1), Decimal(0)), None),
        ("%", Figures(Decimal(1)), None),
        ("sáng kiến", Figures(Decimal(3)), "3"),
        ("cơ quan", Figures(Decimal(3), Decimal(9)), "3"),
    ],
)
def test_figures_are_a_percentage_where_the_target_is_in_percent(
    unit: str, figures: Figures, value: str | None
) -> None:
    target = replace(plan().targets[0], unit=unit)
    found = value_of(target, figures)
    assert (found and str(found)[:5]) == value
