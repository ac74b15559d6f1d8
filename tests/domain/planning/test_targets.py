"""Targets as the five documents set them, and what a reported figure comes to."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parindex_desktop.domain.numbers import beside
from parindex_desktop.domain.planning.targets import Against, Operator, Reported, Target, Verdict
from parindex_desktop.domain.units import Level
from resources import Language, say

NUMBERS = st.decimals(Decimal(0), Decimal(10**9), places=2)


def target(**changes: Any) -> Target:
    return Target.read(
        {"id": "t", "no": "1", "field": "f", "title": "Đúng hạn", "measure": "number", **changes}
    )


def at_least(number: str, **changes: Any) -> Target:
    return target(unit="%", limits=[{"number": number}], **changes)


def verdict(of: Target, year: int = 2023, level: Level = Level.COMMUNE, **said: Any) -> Verdict:
    numbers = {name: Decimal(each) for name, each in said.items() if name in ("value", "base")}
    return of.judge(Reported(**{**said, **numbers}), level, year).verdict


@pytest.mark.parametrize(
    ("of", "said", "expected"),
    [
        (at_least("95"), {"value": "95"}, Verdict.MET),
        (at_least("95"), {"value": "94.99"}, Verdict.NOT_MET),
        (at_least("95"), {"value": "97.5"}, Verdict.EXCEEDED),
        (at_least("95"), {}, Verdict.UNKNOWN),
        (at_least("80", operator="above"), {"value": "80"}, Verdict.NOT_MET),
        (at_least("100", operator="exactly"), {"value": "100"}, Verdict.MET),
        (at_least("0", operator="exactly"), {"value": "1"}, Verdict.NOT_MET),
        (at_least("95", applies="if_any"), {"not_arisen": "không có vốn đầu tư công"}, Verdict.NOT_ARISEN),
        (at_least("0", operator="at_most", against="assigned"), {"value": "20", "base": "21"}, Verdict.MET),
        (
            at_least("0", operator="at_most", against="assigned"),
            {"value": "22", "base": "21"},
            Verdict.NOT_MET,
        ),
        (
            at_least("15", operator="above", against="base_year", base_year=2015),
            {"value": "85", "base": "100"},
            Verdict.NOT_MET,
        ),
        (
            at_least("15", operator="above", against="base_year", base_year=2015),
            {"value": "84", "base": "100"},
            Verdict.EXCEEDED,
        ),
        (at_least("5", against="plan"), {"value": "105", "base": "100"}, Verdict.MET),
        (at_least("5", against="plan"), {"value": "105", "base": "0"}, Verdict.FAULTY),
        (at_least("5", against="plan"), {"value": "105"}, Verdict.UNKNOWN),
        (
            at_least("0", operator="above", against="previous_year"),
            {"value": "10", "base": "10"},
            Verdict.NOT_MET,
        ),
        (target(measure="yes_no"), {"yes": True}, Verdict.MET),
        (target(measure="yes_no"), {"yes": False}, Verdict.NOT_MET),
        (target(measure="words"), {}, Verdict.UNKNOWN),
        (
            target(measure="group", groups=["trung bình thấp"], stay="out"),
            {"text": "trung bình cao"},
            Verdict.MET,
        ),
        (
            target(measure="group", groups=["trung bình thấp"], stay="out"),
            {"text": "trung bình thấp"},
            Verdict.NOT_MET,
        ),
        (target(measure="group", groups=["nhóm đầu"]), {"text": "nhóm đầu"}, Verdict.MET),
    ],
)
def test_what_a_figure_comes_to(of: Target, said: dict[str, Any], expected: Verdict) -> None:
    assert verdict(of, **said) is expected


def test_each_level_has_its_own_limit() -> None:
    digitised = target(
        unit="%",
        limits=[
            {"number": "60", "level": "department"},
            {"number": "50", "level": "district"},
            {"number": "40", "level": "commune"},
        ],
    )
    verdicts = [
        verdict(digitised, level=level, value="50")
        for level in (Level.DEPARTMENT, Level.DISTRICT, Level.COMMUNE)
    ]
    assert verdicts == [Verdict.NOT_MET, Verdict.MET, Verdict.EXCEEDED]
    assert not digitised.is_for(Level.CENTRAL, 2022)


def test_a_milestone_binds_from_its_year_on() -> None:
    trained = target(unit="%", limits=[{"number": "92", "year": 2018}, {"number": "100", "year": 2020}])
    assert not trained.is_for(Level.COMMUNE, 2017)
    assert [verdict(trained, year, value="95") for year in (2018, 2019, 2020)] == [
        Verdict.EXCEEDED,
        Verdict.EXCEEDED,
        Verdict.NOT_MET,
    ]


def test_a_roadmap_is_met_at_its_start_and_exceeded_after_its_end() -> None:
    shortened = target(unit="%", limits=[{"number": "35", "up_to": "40"}])
    assert [verdict(shortened, value=value) for value in ("34.99", "35", "40", "40.01")] == [
        Verdict.NOT_MET,
        Verdict.MET,
        Verdict.MET,
        Verdict.EXCEEDED,
    ]


def test_a_target_of_other_levels_is_not_for_an_office() -> None:
    paid_out = at_least("95", levels=["department", "district"])
    assert [paid_out.is_for(level, 2023) for level in (Level.DEPARTMENT, Level.COMMUNE)] == [True, False]


def test_a_share_that_misses_is_not_shown_as_if_it_reached() -> None:
    over_plan = at_least("5", against="plan")
    judged = over_plan.judge(Reported(Decimal(104999), Decimal(100000)), Level.PROVINCE, 2022)
    assert say(judged.reason, Language.EN) == "4.999 % does not fulfil ≥ 5 %"


@given(value=NUMBERS, limit=NUMBERS, operator=st.sampled_from(Operator))
def test_a_verdict_is_what_the_operator_says(value: Decimal, limit: Decimal, operator: Operator) -> None:
    of = at_least(str(limit), operator=operator.value)
    met = of.judge(Reported(value), Level.COMMUNE, 2026).verdict in (Verdict.MET, Verdict.EXCEEDED)
    said = {
        "≥": value >= limit,
        ">": value > limit,
        "=": value == limit,
        "≤": value <= limit,
        "<": value < limit,
    }
    assert met is said[operator.sign]


@given(value=NUMBERS, base=NUMBERS, against=st.sampled_from(Against))
def test_any_figures_have_a_verdict(value: Decimal, base: Decimal, against: Against) -> None:
    of = at_least("5", against=against.value)
    judged = of.judge(Reported(value, base), Level.COMMUNE, 2026)
    assert judged.verdict in Verdict
    assert say(judged.reason, Language.EN)


@given(
    value=st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**6), max_value=10**6),
    limit=NUMBERS,
)
def test_what_is_shown_stays_on_its_side(value: Decimal, limit: Decimal) -> None:
    shown = beside(value, limit)
    assert (shown > limit, shown < limit) == (value > limit, value < limit)
    assert abs(shown - value) <= Decimal("0.005")
