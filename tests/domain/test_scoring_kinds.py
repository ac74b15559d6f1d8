"""Rules by formula, against the year before, by others than the unit; figures by level and year; working days."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from parindex_desktop.domain.calendars import Calendar, HolidaysUnknown
from parindex_desktop.domain.criteria import Block, Criterion, Part
from parindex_desktop.domain.scoring.answers import Answer
from parindex_desktop.domain.scoring.grades import grade_faults, resolved
from parindex_desktop.domain.scoring.head import Head
from parindex_desktop.domain.scoring.kinds import read_rule
from parindex_desktop.domain.scoring.outcome import Outcome, OutcomeState, score
from parindex_desktop.domain.units import Level
from resources import Language, say

# 2/9/2026 and the day beside it off; a Saturday worked instead of Friday 31/8.
CALENDAR = Calendar.read(
    {
        "2026": {"holidays": ["2026-08-31", "2026-09-01", "2026-09-02"], "worked": ["2026-08-22"]},
        "2025": {"holidays": ["2025-09-02"]},
    }
)
HEAD = Head(2026, Level.COMMUNE, CALENDAR)

LATE_FILES = {
    "kind": "formula",
    "inputs": [
        {"id": "late", "title": "Hồ sơ trễ hạn", "figures": "count"},
        {"id": "sorry", "title": "Hồ sơ trễ hạn có thư xin lỗi", "figures": "count"},
        {"id": "known", "title": "Đã công khai", "figures": "yes_no"},
        {
            "id": "kind",
            "title": "Loại",
            "figures": "choice",
            "options": [{"id": "small", "title": "Nhỏ"}, {"id": "large", "title": "Lớn"}],
        },
    ],
    "branches": [
        {"when": "late = 0", "points": "maximum"},
        {"when": 'không known và kind = "large"', "points": "0"},
    ],
    "points": "sorry / late × maximum",
}
INVESTMENT = {
    "kind": "compare_previous",
    "figures": "amount",
    "value": "Vốn năm nay",
    "previous": "Vốn năm trước",
    "better": "higher",
    "by": "5",
    "kept": "50",
}
COMPLAINTS = {**INVESTMENT, "better": "lower", "by": "0", "kept": "0"}
ANSWERED = {
    "kind": "survey",
    "options": [
        {"id": "a", "title": "Rất tốt", "share": "100"},
        {"id": "b", "title": "Tốt", "share": "60"},
        {"id": "c", "title": "Kém", "share": "0"},
    ],
}
SATISFIED = {
    "kind": "sipas",
    "steps": [{"at_least": "90", "points": "2.00"}, {"above": "80", "points": "1.00"}],
}


def a_criterion(rule: dict[str, Any], maximum: str = "2.00", **changes: Any) -> Criterion:
    points = Decimal(maximum)
    read = read_rule(rule, points, HEAD)
    return Criterion("c", "1.1", "Tiêu chí", points, part=Part.DOCUMENTS, rule=read, **changes)


def scored(rule: dict[str, Any], maximum: str = "2.00", **inputs: str) -> Outcome:
    return score(a_criterion(rule, maximum), Answer(inputs=inputs))


def by_others(rule: dict[str, Any], **inputs: str) -> Decimal:
    found = read_rule(rule, Decimal("2.00"), HEAD).points(inputs)
    assert not isinstance(found, str)
    return found.points


def sentence(outcome: Outcome) -> str:
    return say(outcome.reason, Language.EN)


@pytest.mark.parametrize(
    ("late", "sorry", "known", "kind", "points"),
    [
        ("0", "0", "no", "large", "2.00"),
        ("10", "9", "no", "large", "0.00"),
        ("10", "9", "no", "small", "1.80"),
        ("3", "2", "yes", "large", "1.33"),
        ("3", "9", "yes", "small", "2.00"),
    ],
)
def test_the_first_branch_that_holds_gives_the_points(
    late: str, sorry: str, known: str, kind: str, points: str
) -> None:
    assert scored(LATE_FILES, late=late, sorry=sorry, known=known, kind=kind).points == Decimal(points)


def test_a_formula_says_how_its_points_came_about() -> None:
    figures = {"late": "10", "sorry": "9", "known": "yes", "kind": "small"}
    values = "late = 10; sorry = 9; known = Met; kind = Nhỏ"
    assert sentence(scored(LATE_FILES, **figures)) == f"sorry / late × maximum = 1.80 points ({values})"
    assert sentence(scored(LATE_FILES, **{**figures, "late": "0"})).startswith(
        "late = 0: maximum = 2.00 points ("
    )
    assert "= 40.00, at most 2.00 points" in sentence(scored(LATE_FILES, **{**figures, "sorry": "200"}))


def test_a_formula_below_zero_gives_zero() -> None:
    rule = {"kind": "formula", "inputs": LATE_FILES["inputs"][:1], "points": "1 - late"}
    outcome = scored(rule, late="3")
    assert outcome.points == Decimal("0.00")
    assert sentence(outcome) == "1 - late = -2.00, not below 0 → 0.00 points (late = 3)"


def test_a_division_by_zero_is_a_fault_of_the_figures() -> None:
    rule = {"kind": "formula", "inputs": LATE_FILES["inputs"][:2], "points": "sorry / late"}
    outcome = scored(rule, late="0", sorry="1")
    assert (outcome.state, outcome.reason.code) == (OutcomeState.FAULTY, "formula.divided_by_zero")


@pytest.mark.parametrize(
    ("rule", "previous", "value", "points"),
    [
        (INVESTMENT, "100", "105", "2.00"),
        (INVESTMENT, "100", "104.99", "1.00"),
        (INVESTMENT, "100", "100", "1.00"),
        (INVESTMENT, "100", "99.99", "0.00"),
        (INVESTMENT, "0", "0.01", "2.00"),
        (INVESTMENT, "0", "0", "1.00"),
        (COMPLAINTS, "10", "9", "2.00"),
        (COMPLAINTS, "10", "10", "0.00"),
        (COMPLAINTS, "10", "11", "0.00"),
        (COMPLAINTS, "0", "0", "0.00"),
    ],
)
def test_compared_with_the_year_before(rule: dict[str, Any], previous: str, value: str, points: str) -> None:
    assert scored(rule, previous=previous, value=value).points == Decimal(points)


@pytest.mark.parametrize(
    ("rule", "value", "reason"),
    [
        (INVESTMENT, "105", "105 is at least 5% more than 100 the year before → the full 2.00 points"),
        (INVESTMENT, "101", "101 is better than 100 the year before, but by less than 5% → 1.00 points"),
        (INVESTMENT, "100", "100 is the same as the year before → 1.00 points"),
        (INVESTMENT, "99", "99 is less than 100 the year before → 0.00 points"),
        (COMPLAINTS, "99", "99 is less than 100 the year before → the full 2.00 points"),
    ],
)
def test_a_comparison_says_its_reason(rule: dict[str, Any], value: str, reason: str) -> None:
    assert sentence(scored(rule, previous="100", value=value)) == reason


def test_a_comparison_without_last_years_value_is_not_scored() -> None:
    assert score(a_criterion(INVESTMENT), Answer(inputs={"value": "105"})).state is OutcomeState.UNSCORED


@pytest.mark.parametrize(
    ("answers", "points"), [(("3", "1", "0"), "1.80"), (("0", "0", "7"), "0.00"), (("1", "1", "1"), "1.07")]
)
def test_a_survey_is_the_mean_of_its_answers(answers: tuple[str, str, str], points: str) -> None:
    assert by_others(ANSWERED, **dict(zip("abc", answers, strict=True))) == Decimal(points)


def test_a_survey_without_an_answer_gives_nothing_away() -> None:
    with pytest.raises(Exception, match="Nobody") as fault:
        by_others(ANSWERED, a="0", b="0", c="0")
    assert getattr(fault.value, "code", "") == "score.nobody_answered"


@pytest.mark.parametrize(
    ("rule", "percent", "points"),
    [
        ({"kind": "survey"}, "86.55", "1.73"),
        ({"kind": "sipas"}, "100", "2.00"),
        (SATISFIED, "90", "2.00"),
        (SATISFIED, "80", "0.00"),
        (SATISFIED, "80.01", "1.00"),
    ],
)
def test_a_result_in_percent(rule: dict[str, Any], percent: str, points: str) -> None:
    assert by_others(rule, percent=percent) == Decimal(points)


@pytest.mark.parametrize("rule", [{"kind": "survey"}, SATISFIED])
def test_a_result_beyond_the_whole_is_refused(rule: dict[str, Any]) -> None:
    with pytest.raises(Exception, match="100%") as fault:
        by_others(rule, percent="100.01")
    assert getattr(fault.value, "code", "") == "score.above_hundred"


def test_the_council_gives_what_it_gives() -> None:
    assert by_others({"kind": "manual"}, points="1.5") == Decimal("1.50")
    with pytest.raises(Exception, match="maximum") as fault:
        by_others({"kind": "manual"}, points="2.01")
    assert getattr(fault.value, "code", "") == "score.above_maximum"


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        ({"kind": "survey"}, "Not self-scored: the points come from the survey."),
        ({"kind": "sipas"}, "Not self-scored: the points come from the survey."),
        ({"kind": "manual"}, "Not self-scored: the council gives the points."),
    ],
)
def test_what_others_score_is_not_in_the_units_denominator(rule: dict[str, Any], reason: str) -> None:
    criterion = a_criterion(rule)
    outcome = score(criterion)
    assert criterion.inputs == ()
    assert (outcome.state, outcome.counts_in_maximum) == (OutcomeState.NOT_SELF_SCORED, 0)
    assert sentence(outcome) == reason


@pytest.mark.parametrize("block", [Block.BONUS, Block.PENALTY])
def test_bonus_and_penalty_stand_outside_the_denominator(block: Block) -> None:
    rule = {"kind": "count", "count": "Sáng kiến", "each": "0.50", "most": 4}
    criterion = a_criterion(rule, block=block)
    for inputs in ({}, {"count": "3"}, {"count": "x"}):
        assert score(criterion, Answer(inputs=inputs)).counts_in_maximum == 0
    assert score(criterion, Answer(inputs={"count": "3"})).points == Decimal("1.50")


def at(year: int, level: Level = Level.COMMUNE) -> Head:
    return Head(year, level)


ROADMAP = {"roadmap": {"2022": "35", "2025": "40", "2030": "60"}}


@pytest.mark.parametrize(
    ("figure", "head", "value"),
    [
        ({"by_level": {"province": "60", "district": "50", "commune": "40"}}, at(2026), "40"),
        ({"by_level": {"province": "60", "district": "50"}}, at(2026, Level.DISTRICT), "50"),
        ({"by_year": {"2025": "35", "2026": "40"}}, at(2026), "40"),
        (ROADMAP, at(2022), "35"),
        (ROADMAP, at(2023), "36.67"),
        (ROADMAP, at(2024), "38.33"),
        (ROADMAP, at(2025), "40"),
        (ROADMAP, at(2027), "48"),
        (ROADMAP, at(2040), "60"),
        ("97.5", at(2026), "97.5"),
    ],
)
def test_a_figure_by_level_by_year_and_along_a_roadmap(figure: Any, head: Head, value: str) -> None:
    rule = {"kind": "threshold", "target": figure, "steps": [{"points": figure}]}
    assert resolved(rule, head) == {"kind": "threshold", "target": value, "steps": [{"points": value}]}
    assert list(grade_faults(rule, head)) == []


@pytest.mark.parametrize(
    ("figure", "head"),
    [
        ({"by_level": {"province": "60"}}, at(2026)),
        ({"by_year": {"2025": "35"}}, at(2026)),
        (ROADMAP, at(2021)),
    ],
)
def test_a_figure_without_a_value_is_named_at_its_place(figure: Any, head: Head) -> None:
    ((place, message),) = grade_faults({"steps": [{"points": "1.00"}, {"points": figure}]}, head)
    assert place == ("steps", 1, "points")
    assert message.code == "criteria.no_value"


WITHIN = {
    "kind": "deadline",
    "date": "Ngày công khai",
    "not_done": "Chưa công khai",
    "after": {"event": "Ngày công bố", "days": 5, "days_are": "working"},
    "late": [{"days": 2, "share": "50"}],
}


@pytest.mark.parametrize(
    ("event", "done", "points"),
    [
        ("2026-08-26", "2026-09-07", "2.00"),  # Thu 27, Fri 28, Thu 3, Fri 4, Mon 7
        ("2026-08-26", "2026-09-09", "1.00"),
        ("2026-08-26", "2026-09-10", "0.00"),
        ("2026-08-20", "2026-08-26", "2.00"),  # Fri 21, the worked Sat 22, Mon 24 to Wed 26
        ("2026-08-20", "2026-08-27", "1.00"),
    ],
)
def test_working_days_after_an_event(event: str, done: str, points: str) -> None:
    assert scored(WITHIN, event=event, date=done).points == Decimal(points)


def test_a_year_whose_holidays_nobody_gave_is_not_guessed() -> None:
    outcome = scored(WITHIN, event="2026-12-29", date="2027-01-05")
    assert (outcome.state, outcome.reason.code) == (OutcomeState.FAULTY, "calendar.holidays_unknown")
    with pytest.raises(HolidaysUnknown):
        CALENDAR.is_worked(date(2024, 1, 2))


@pytest.mark.parametrize(
    ("days", "end"), [(0, "2026-08-21"), (1, "2026-08-22"), (2, "2026-08-24"), (10, "2026-09-08")]
)
def test_counting_and_measuring_working_days_agree(days: int, end: str) -> None:
    start = date(2026, 8, 21)
    assert CALENDAR.after(start, days) == date.fromisoformat(end)
    assert CALENDAR.between(start, date.fromisoformat(end)) == days
