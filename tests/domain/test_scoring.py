"""One criterion and an answer give points, a state and a sentence. Vectors of the domain's worked examples."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from parindex_desktop.domain.criteria import Applies, Criterion, Part
from parindex_desktop.domain.scoring.answers import Answer, Applicability
from parindex_desktop.domain.scoring.head import Head
from parindex_desktop.domain.scoring.kinds import read_rule
from parindex_desktop.domain.scoring.outcome import Outcome, OutcomeState, score
from parindex_desktop.domain.units import Level
from resources import Language, say

HEAD = Head(2026, Level.COMMUNE)
FIGURES = {"figures": "count", "numerator": "Số đạt", "denominator": "Tổng số"}
PLAN = {"kind": "ratio", **FIGURES, "floor": "80"}
INSPECTED = {"kind": "threshold", **FIGURES, "target": "30"}
IN_TIME = {"kind": "threshold_ratio", **FIGURES, "target": "99", "floor": "80"}
DIGITISED = {"kind": "threshold_ratio", **FIGURES, "target": "40"}
REPORTS = {"kind": "count", "count": "Số báo cáo", "each": "0.50", "most": 4}
DISCIPLINED = {"kind": "deduct", "count": "Số người", "each": "0.50", "floor": "0.00"}
INITIATIVES = {
    "kind": "steps",
    "by": "count",
    "count": "Số sáng kiến",
    "steps": [
        {"at_least": 3, "points": "2.00"},
        {"at_least": 2, "points": "1.25"},
        {"at_least": 1, "points": "0.50"},
    ],
}
REVENUE = {
    "kind": "steps",
    "by": "percentage",
    **FIGURES,
    "figures": "amount",
    "steps": [{"at_least": "105", "points": "1.00"}, {"above": "100", "points": "0.50"}],
}
DESK = {
    "kind": "checklist",
    "items": [
        {"id": "staff", "title": "Nhân sự", "points": "0.50"},
        {"id": "equipment", "title": "Trang thiết bị", "points": "0.50"},
        {"id": "notice", "title": "Niêm yết", "points": "0.50"},
    ],
}
QUALITY = {
    "kind": "choice",
    "question": "Mức độ",
    "options": [
        {"id": "best", "title": "Xuất sắc", "share": "100"},
        {"id": "good", "title": "Tốt", "share": "75"},
        {"id": "none", "title": "Không", "share": "0"},
    ],
}
FIXED = {
    "kind": "deadline",
    "date": "Ngày ban hành",
    "not_done": "Chưa ban hành",
    "due": {"day": "12-31", "year_offset": -1},
    "late": [{"days": 15, "share": "50"}, {"days": 30, "share": "25"}],
}
AFTER = {
    "kind": "deadline",
    "date": "Ngày ban hành",
    "not_done": "Chưa ban hành",
    "after": {"event": "Ngày tỉnh ban hành", "days": 30},
}
YES_NO = {"kind": "yes_no", "question": "Đã ban hành"}


def a_criterion(rule: dict[str, Any] | None, maximum: str = "2.00", **changes: Any) -> Criterion:
    points = Decimal(maximum)
    return Criterion(
        id="c",
        code="1.1",
        title="Tiêu chí",
        maximum=points,
        part=Part.DOCUMENTS,
        rule=read_rule(rule, points, HEAD) if rule else None,
        **changes,
    )


def scored(rule: dict[str, Any], maximum: str, **inputs: str) -> Outcome:
    return score(a_criterion(rule, maximum), Answer(inputs=inputs))


def sentence(outcome: Outcome) -> str:
    return say(outcome.reason, Language.EN)


def share(part: str, whole: str) -> dict[str, str]:
    return {"numerator": part, "denominator": whole}


@pytest.mark.parametrize(
    ("rule", "maximum", "inputs", "points"),
    [
        (PLAN, "2.00", share("45", "50"), "1.80"),
        (PLAN, "2.00", share("39", "50"), "0.00"),
        (PLAN, "2.00", share("40", "50"), "1.60"),
        (PLAN, "2.00", share("0", "50"), "0.00"),
        ({**PLAN, "floor": "100"}, "1.50", share("49", "50"), "0.00"),
        ({**PLAN, "floor": "100"}, "1.50", share("50", "50"), "1.50"),
        ({"kind": "ratio", **FIGURES}, "1.00", share("1", "3"), "0.33"),
        (INSPECTED, "1.00", share("12", "40"), "1.00"),
        (INSPECTED, "1.00", share("11", "40"), "0.00"),
        (IN_TIME, "3.00", share("9850", "10000"), "2.98"),
        (IN_TIME, "3.00", share("9900", "10000"), "3.00"),
        (IN_TIME, "3.00", share("7999", "10000"), "0.00"),
        (IN_TIME, "3.00", share("8000", "10000"), "2.42"),
        (DIGITISED, "1.50", share("38", "100"), "1.43"),  # 1,425: banker's rounding would say 1,42
        (DIGITISED, "1.50", share("456", "1200"), "1.43"),
        (DIGITISED, "1.50", share("17", "150"), "0.43"),  # a tie behind a percentage that never ends
        (REPORTS, "2.00", {"count": "3"}, "1.50"),
        (REPORTS, "2.00", {"count": "0"}, "0.00"),
        (REPORTS, "2.00", {"count": "5"}, "2.00"),
        ({**REPORTS, "each": "0.70", "most": 3}, "2.00", {"count": "3"}, "2.00"),
        (DISCIPLINED, "2.00", {"count": "5"}, "0.00"),
        (DISCIPLINED, "2.00", {"count": "1"}, "1.50"),
        (DISCIPLINED, "2.00", {"count": "999999999999999"}, "0.00"),
        ({**DISCIPLINED, "floor": "0.75"}, "2.00", {"count": "5"}, "0.75"),
        (INITIATIVES, "2.00", {"count": "4"}, "2.00"),
        (INITIATIVES, "2.00", {"count": "2"}, "1.25"),
        (INITIATIVES, "2.00", {"count": "1"}, "0.50"),
        (INITIATIVES, "2.00", {"count": "0"}, "0.00"),
        (REVENUE, "1.00", share("105", "100"), "1.00"),
        (REVENUE, "1.00", share("100.01", "100"), "0.50"),
        (REVENUE, "1.00", share("100", "100"), "0.00"),  # “above” is not “at least”
        (DESK, "1.50", {"staff": "yes", "equipment": "no", "notice": "yes"}, "1.00"),
        (DESK, "1.25", {"staff": "yes", "equipment": "yes", "notice": "yes"}, "1.25"),
        (QUALITY, "1.50", {"choice": "good"}, "1.13"),
        (QUALITY, "1.50", {"choice": "none"}, "0.00"),
        (FIXED, "1.00", {"date": "2025-12-31"}, "1.00"),
        (FIXED, "1.00", {"date": "2026-01-15"}, "0.50"),
        (FIXED, "1.00", {"date": "2026-01-16"}, "0.25"),
        (FIXED, "1.00", {"date": "2026-01-31"}, "0.00"),
        (FIXED, "1.00", {"date": "not_done"}, "0.00"),
        (AFTER, "1.00", {"event": "2026-01-15", "date": "2026-02-14"}, "1.00"),
        (AFTER, "1.00", {"event": "2026-01-15", "date": "2026-02-15"}, "0.00"),
        (AFTER, "1.00", {"event": "2026-01-15", "date": "2025-12-20"}, "1.00"),
        (AFTER, "1.00", {"date": "not_done"}, "0.00"),
        (YES_NO, "1.50", {"answer": "yes"}, "1.50"),
        (YES_NO, "1.50", {"answer": "no"}, "0.00"),
    ],
)
def test_points_follow_the_rule(
    rule: dict[str, Any], maximum: str, inputs: dict[str, str], points: str
) -> None:
    outcome = score(a_criterion(rule, maximum), Answer(inputs=inputs))
    assert (outcome.state, str(outcome.points)) == (OutcomeState.SCORED, points)
    assert outcome.counts_in_maximum == Decimal(maximum)
    assert outcome.missing == ()


@pytest.mark.parametrize(
    ("rule", "maximum", "inputs", "expected"),
    [
        (PLAN, "2.00", share("45", "50"), "45 / 50 = 90.00% → 45 / 50 × 2.00 = 1.80 points"),
        (PLAN, "2.00", share("39", "50"), "78.00% is below 80%, from where points are given → 0.00 points"),
        (INSPECTED, "1.00", share("12", "40"), "30.00% reaches the target of 30% → the full 1.00 points"),
        (INSPECTED, "1.00", share("11", "40"), "27.50% is below the target of 30% → 0.00 points"),
        (
            DIGITISED,
            "1.50",
            share("456", "1200"),
            "38.00% against the target of 40% → 38 / 40 × 1.50 = 1.43 points",
        ),
        (
            DIGITISED,
            "1.50",
            share("17", "150"),
            "17 / 150 = 11.33% against the target of 40% → 17 / 150 / 40% × 1.50 = 0.43 points",
        ),
        (REPORTS, "2.00", {"count": "3"}, "3 × 0.50 = 1.50 points"),
        (REPORTS, "2.00", {"count": "5"}, "5 × 0.50, at most 2.00 → 2.00 points"),
        (DISCIPLINED, "2.00", {"count": "1"}, "2.00 − 1 × 0.50 = 1.50 points"),
        (DISCIPLINED, "2.00", {"count": "5"}, "2.00 − 5 × 0.50, but not below 0.00 → 0.00 points"),
        (INITIATIVES, "2.00", {"count": "2"}, "2 is at least 2 → 1.25 points"),
        (INITIATIVES, "2.00", {"count": "0"}, "0 does not reach the lowest step (1) → 0.00 points"),
        (REVENUE, "1.00", share("1260", "1200"), "105.00% is at least 105% → 1.00 points"),
        (REVENUE, "1.00", share("101", "100"), "101.00% is above 100% → 0.50 points"),
        (REVENUE, "1.00", share("1", "2"), "50.00% does not reach the lowest step (100%) → 0.00 points"),
        (
            DESK,
            "1.50",
            dict.fromkeys(("staff", "equipment", "notice"), "yes"),
            "3 of 3 items met → 1.50 points",
        ),
        (QUALITY, "1.50", {"choice": "good"}, "“Tốt” → 75% × 1.50 = 1.13 points"),
        (
            FIXED,
            "1.00",
            {"date": "2025-12-30"},
            "30/12/2025 is not after the due day 31/12/2025 → the full 1.00 points",
        ),
        (
            FIXED,
            "1.00",
            {"date": "2026-01-10"},
            "10/01/2026 is 10 day(s) after the due day 31/12/2025 → 50% × 1.00 = 0.50 points",
        ),
        (
            AFTER,
            "1.00",
            {"event": "2026-01-15", "date": "2026-03-01"},
            "01/03/2026 is 15 day(s) after the due day 14/02/2026 → 0.00 points",
        ),
        (FIXED, "1.00", {"date": "not_done"}, "“Chưa ban hành” → 0.00 points"),
        (YES_NO, "1.50", {"answer": "yes"}, "Met → the full 1.50 points"),
        (YES_NO, "1.50", {"answer": "no"}, "Not met → 0.00 points"),
    ],
)
def test_each_point_says_how_it_came_about(
    rule: dict[str, Any], maximum: str, inputs: dict[str, str], expected: str
) -> None:
    assert sentence(scored(rule, maximum, **inputs)) == expected


@pytest.mark.parametrize(
    ("rule", "maximum", "part", "expected"),
    [
        (INSPECTED, "1.00", "299999", "29.9999% is below the target of 30% → 0.00 points"),
        (IN_TIME, "3.00", "799999", "79.9999% is below 80%, from where points are given → 0.00 points"),
        (REVENUE, "1.00", "1000001", "100.0001% is above 100% → 0.50 points"),
    ],
)
def test_a_percentage_is_never_shown_on_the_wrong_side_of_its_limit(
    rule: dict[str, Any], maximum: str, part: str, expected: str
) -> None:
    assert sentence(scored(rule, maximum, **share(part, "1000000"))) == expected


@pytest.mark.parametrize(
    ("rule", "inputs", "missing"),
    [
        (PLAN, {}, ["numerator", "denominator"]),
        (PLAN, {"denominator": "5"}, ["numerator"]),
        (DESK, {"staff": "yes"}, ["equipment", "notice"]),
        (AFTER, {"date": "2026-01-01"}, ["event"]),
        (YES_NO, {}, ["answer"]),
    ],
)
def test_incomplete_inputs_are_unscored_and_named(
    rule: dict[str, Any], inputs: dict[str, str], missing: list[str]
) -> None:
    outcome = score(a_criterion(rule, "1.50"), Answer(inputs=inputs))
    assert (outcome.state, outcome.points) == (OutcomeState.UNSCORED, None)
    assert outcome.counts_in_maximum == Decimal("1.50")
    assert [spec.name for spec in outcome.missing] == missing


def test_an_unscored_criterion_says_what_it_needs_by_title() -> None:
    outcome = score(a_criterion(PLAN))
    assert sentence(outcome) == "Not scored yet, still needed: Số đạt; Tổng số"


@pytest.mark.parametrize(
    ("rule", "inputs", "code"),
    [
        (PLAN, share("51", "50"), "score.numerator_above"),
        (INSPECTED, share("51", "50"), "score.numerator_above"),
        (IN_TIME, share("51", "50"), "score.numerator_above"),
        (PLAN, share("0", "0"), "score.denominator_zero"),
        (REVENUE, share("5", "0"), "score.denominator_zero"),
        ({**PLAN, "nothing_arose": "full"}, share("1", "0"), "score.denominator_zero"),
        (PLAN, share("1.5", "2"), "input.malformed"),
        (PLAN, {"numerator": "nhiều"}, "input.malformed"),
        (REVENUE, share("1.50", "2"), "input.malformed"),
        (YES_NO, {"answer": "có"}, "input.malformed"),
        (QUALITY, {"choice": "middling"}, "input.malformed"),
        (FIXED, {"date": "31/12/2025"}, "input.malformed"),
        (YES_NO, {"answer": "yes", "points": "100"}, "score.input_unknown"),
    ],
)
def test_inputs_that_cannot_be_are_faulty_and_stay_in_the_denominator(
    rule: dict[str, Any], inputs: dict[str, str], code: str
) -> None:
    outcome = score(a_criterion(rule), Answer(inputs=inputs))
    assert (outcome.state, outcome.points, outcome.reason.code) == (OutcomeState.FAULTY, None, code)
    assert outcome.counts_in_maximum == Decimal("2.00")


def test_swapped_figures_are_hinted_at_with_their_titles() -> None:
    assert sentence(scored(PLAN, "2.00", **share("1200", "456"))) == (
        "“Số đạt” (1,200) is larger than “Tổng số” (456). The two figures may be swapped; "
        "nothing is scored until they are right."
    )


def test_more_than_planned_is_no_fault_in_steps() -> None:
    assert scored(REVENUE, "1.00", **share("3000.5", "1200")).points == Decimal("1.00")


@pytest.mark.parametrize("answer", [Answer(inputs=share("0", "0")), Answer(Applicability.NOTHING_AROSE)])
@pytest.mark.parametrize(
    ("choice", "state", "points", "denominator"),
    [
        ("full", OutcomeState.SCORED, Decimal("2.00"), "2.00"),
        ("zero", OutcomeState.SCORED, Decimal("0.00"), "2.00"),
        ("not_applicable", OutcomeState.NOT_APPLICABLE, None, "0.00"),
    ],
)
def test_nothing_arose_follows_the_choice_of_the_rule(
    answer: Answer, choice: str, state: OutcomeState, points: Decimal | None, denominator: str
) -> None:
    outcome = score(a_criterion({**PLAN, "nothing_arose": choice}), answer)
    assert (outcome.state, outcome.points, outcome.counts_in_maximum) == (state, points, Decimal(denominator))
    assert sentence(outcome).startswith("Nothing arose in the year → ")


def test_nothing_arose_cannot_be_claimed_without_a_choice() -> None:
    outcome = score(a_criterion(PLAN), Answer(Applicability.NOTHING_AROSE))
    assert (outcome.state, outcome.reason.code) == (OutcomeState.FAULTY, "score.nothing_arose_refused")


def test_not_applicable_with_its_ground_leaves_numerator_and_denominator() -> None:
    criterion = a_criterion(PLAN, applies=Applies.IF_ANY)
    outcome = score(criterion, Answer(Applicability.NOT_APPLICABLE, "Không có đơn vị sự nghiệp"))
    assert (outcome.state, outcome.points) == (OutcomeState.NOT_APPLICABLE, None)
    assert outcome.counts_in_maximum == 0
    assert sentence(outcome) == "Not applicable: Không có đơn vị sự nghiệp"


@pytest.mark.parametrize(
    ("applies", "ground", "code"),
    [
        (Applies.ALWAYS, "Không có", "score.not_applicable_refused"),
        (Applies.IF_ANY, "", "score.ground_missing"),
        (Applies.IF_ANY, " \n", "score.ground_missing"),
    ],
)
def test_not_applicable_needs_leave_and_a_ground(applies: Applies, ground: str, code: str) -> None:
    outcome = score(a_criterion(PLAN, applies=applies), Answer(Applicability.NOT_APPLICABLE, ground))
    assert (outcome.state, outcome.reason.code) == (OutcomeState.FAULTY, code)
    assert outcome.counts_in_maximum == Decimal("2.00")


def test_a_criterion_that_the_set_takes_out_counts_for_nobody() -> None:
    criterion = a_criterion(None, applies=Applies.NEVER, ground="Do cấp tỉnh thực hiện")
    outcome = score(criterion, Answer(inputs={"answer": "yes"}))
    assert (outcome.state, outcome.points) == (OutcomeState.NOT_APPLICABLE, None)
    assert outcome.counts_in_maximum == 0
    assert sentence(outcome) == "Not applicable: Do cấp tỉnh thực hiện"


def test_a_criterion_that_the_set_takes_out_asks_for_nothing_even_with_a_rule() -> None:
    criterion = a_criterion(YES_NO, applies=Applies.NEVER, ground="Do cấp tỉnh thực hiện")
    assert criterion.inputs == ()
    assert score(criterion, Answer(inputs={"answer": "yes"})).counts_in_maximum == 0


@pytest.mark.parametrize("kind", ["survey", "sipas"])
def test_surveyed_criteria_are_not_self_scored_whatever_is_claimed(kind: str) -> None:
    criterion = a_criterion({"kind": kind})
    outcome = score(criterion, Answer(Applicability.NOTHING_AROSE, inputs={"answer": "yes"}))
    assert (outcome.state, outcome.points) == (OutcomeState.NOT_SELF_SCORED, None)
    assert outcome.counts_in_maximum == 0
    assert criterion.inputs == ()


def test_inputs_that_stay_beside_a_claim_count_for_nothing() -> None:
    criterion = a_criterion({**PLAN, "nothing_arose": "full"})
    outcome = score(criterion, Answer(Applicability.NOTHING_AROSE, inputs=share("1", "50")))
    assert outcome.points == Decimal("2.00")
