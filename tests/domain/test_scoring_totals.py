"""Totals by field, by group and overall: sums over rounded points, out of what is self-scored and applies."""

from __future__ import annotations

from decimal import Decimal, localcontext
from typing import TYPE_CHECKING, Any

import pytest

from parindex_desktop.domain.criteria import CriteriaSet
from parindex_desktop.domain.scoring.answers import Answer, Applicability
from parindex_desktop.domain.scoring.outcome import OutcomeState
from parindex_desktop.domain.scoring.totals import Total, totals

if TYPE_CHECKING:
    from collections.abc import Mapping

FIGURES = {"figures": "count", "numerator": "Số đạt", "denominator": "Tổng số"}
SHARE = {"kind": "threshold_ratio", **FIGURES, "target": "40"}


def a_leaf(code: str, maximum: str, rule: Mapping[str, Any], applicability: str = "always") -> dict[str, Any]:
    leaf: dict[str, Any] = {
        "id": f"id-{code}",
        "code": code,
        "title": code,
        "maximum": maximum,
        "part": "survey" if rule["kind"] == "survey" else "documents",
        "applicability": applicability,
        "rule": rule,
        "documents": [],
        "reason_below_maximum": "optional",
    }
    return leaf | ({"not_applicable_ground": "Do cấp tỉnh"} if applicability == "never" else {})


def a_group(code: str, maximum: str, *children: dict[str, Any]) -> dict[str, Any]:
    return {"id": f"id-{code}", "code": code, "title": code, "maximum": maximum, "children": [*children]}


@pytest.fixture
def criteria() -> CriteriaSet:
    """Field 1: two shares of a group, one of them “nếu có”, and a survey; field 2: never applicable."""
    return CriteriaSet.from_tree(
        {
            "id": "set",
            "name": "Thử",
            "year": 2026,
            "level": "commune",
            "version": 1,
            "notice": "Minh họa",
            "legal_basis": ["Không"],
            "maximum": "8.00",
            "criteria": [
                a_group(
                    "1",
                    "6.00",
                    a_group(
                        "1.1",
                        "3.00",
                        a_leaf("1.1.1", "1.50", SHARE),
                        a_leaf("1.1.2", "1.50", SHARE, "if_any"),
                    ),
                    a_leaf("1.2", "1.00", {"kind": "yes_no", "question": "?"}),
                    a_leaf("1.3", "2.00", {"kind": "survey"}),
                ),
                a_leaf("2", "2.00", {"kind": "yes_no", "question": "?"}, "never"),
            ],
        }
    )


def share(part: str, whole: str) -> Answer:
    return Answer(inputs={"numerator": part, "denominator": whole})


def test_totals_add_rounded_points_at_every_level(criteria: CriteriaSet) -> None:
    found = totals(criteria, {"id-1.1.1": share("38", "100"), "id-1.1.2": share("38", "100")})
    assert found.outcomes["id-1.1.1"].points == Decimal("1.43")
    assert found.by_id["id-1.1"] == Total(Decimal("2.86"), Decimal("3.00"), 2, 2, 0)  # not 2 × 1,425
    assert found.by_id["id-1"] == Total(Decimal("2.86"), Decimal("4.00"), 2, 3, 0)
    assert found.overall == Total(Decimal("2.86"), Decimal("4.00"), 2, 3, 1)
    assert found.overall.percentage == Decimal("71.50")


def test_what_is_copied_and_not_confirmed_has_points_and_is_not_counted_as_scored(
    criteria: CriteriaSet,
) -> None:
    answers = {"id-1.1.1": share("1", "1"), "id-1.1.2": share("1", "1")}
    found = totals(criteria, answers, {"id-1.1.1", "id-1.2"})
    assert found.by_id["id-1.1"] == Total(Decimal("3.00"), Decimal("3.00"), 1, 2, 0, 1)
    assert (found.overall.scored, found.overall.unconfirmed, found.overall.to_score) == (1, 2, 3)


def test_the_unanswered_stay_in_the_denominator(criteria: CriteriaSet) -> None:
    found = totals(criteria, {})
    assert found.overall == Total(Decimal("0.00"), Decimal("4.00"), 0, 3, 1)
    assert found.outcomes["id-1.2"].state is OutcomeState.UNSCORED
    assert found.overall.percentage == Decimal("0.00")


def test_the_faulty_stay_in_the_denominator_and_are_not_scored(criteria: CriteriaSet) -> None:
    found = totals(criteria, {"id-1.1.1": share("2", "1")})
    assert found.by_id["id-1.1"] == Total(Decimal("0.00"), Decimal("3.00"), 0, 2, 0)


def test_what_does_not_apply_leaves_numerator_and_denominator(criteria: CriteriaSet) -> None:
    out = Answer(Applicability.NOT_APPLICABLE, "Không có", {"numerator": "1", "denominator": "1"})
    found = totals(criteria, {"id-1.1.1": share("1", "1"), "id-1.1.2": out})
    assert found.by_id["id-1.1"] == Total(Decimal("1.50"), Decimal("1.50"), 1, 1, 1)
    assert found.by_id["id-1.1"].percentage == Decimal("100.00")


def test_where_nothing_is_self_scored_there_is_no_percentage(criteria: CriteriaSet) -> None:
    found = totals(criteria, {})
    assert found.by_id["id-2"].percentage is None
    assert found.by_id["id-2"] == Total(Decimal("0.00"), Decimal("0.00"), 0, 0, 1)


def test_answers_to_criteria_of_another_set_count_for_nothing(criteria: CriteriaSet) -> None:
    assert totals(criteria, {"id-9": share("1", "1")}) == totals(criteria, {})


def test_the_surrounding_arithmetic_does_not_matter(criteria: CriteriaSet) -> None:
    answers = {"id-1.1.1": share("38", "100"), "id-1.2": Answer(inputs={"answer": "yes"})}
    with localcontext(prec=2):
        careless = totals(criteria, answers).overall
    assert careless == totals(criteria, answers).overall


@pytest.mark.parametrize(
    ("points", "maximum", "percentage"),
    [
        ("92.48", "100.00", "92.48"),  # Lào Cai 2021, eight fields
        ("61.46", "70.00", "87.80"),  # Nam Định 2020, average of its districts
        ("71.35", "82.50", "86.48"),
        ("12.72", "13.00", "97.85"),
        ("3.75", "5.00", "75.00"),
    ],
)
def test_percentages_of_published_results(points: str, maximum: str, percentage: str) -> None:
    assert Total(Decimal(points), Decimal(maximum)).percentage == Decimal(percentage)
