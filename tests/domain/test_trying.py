"""A rule that is being written can be tried before anything is published."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from parindex_desktop.domain.scoring.head import Head
from parindex_desktop.domain.scoring.outcome import OutcomeState
from parindex_desktop.domain.trying import grades_in, rule_to_try, tried
from parindex_desktop.domain.units import Level

SHARE = {"figures": "count", "numerator": "Số đạt", "denominator": "Tổng số"}
TARGET = {"kind": "threshold", **SHARE, "target": {"by_level": {"district": "50", "commune": "40"}}}


def node(rule: dict[str, Any]) -> dict[str, Any]:
    return {"maximum": "2.00", "rule": rule}


@pytest.mark.parametrize(("level", "points"), [(Level.COMMUNE, "2.00"), (Level.DISTRICT, "0.00")])
def test_a_figure_that_differs_is_tried_for_the_chosen_level(level: Level, points: str) -> None:
    rule = rule_to_try(node(TARGET), Head(2026, level))
    assert rule is not None
    assert tried(rule, {"numerator": "45", "denominator": "100"}).points == Decimal(points)


def test_without_a_figure_for_the_level_nothing_is_tried() -> None:
    assert rule_to_try(node(TARGET), Head(2026, Level.CENTRAL)) is None


def test_inputs_that_lack_are_named() -> None:
    rule = rule_to_try(node(TARGET), Head(2026, Level.COMMUNE))
    assert rule is not None
    outcome = tried(rule, {"numerator": "45"})
    assert (outcome.state, [spec.name for spec in outcome.missing]) == (
        OutcomeState.UNSCORED,
        ["denominator"],
    )


@pytest.mark.parametrize(("choice", "points"), [("full", "2.00"), ("zero", "0.00"), ("not_applicable", None)])
def test_nothing_arose_can_be_tried(choice: str, points: str | None) -> None:
    rule = rule_to_try(node({"kind": "ratio", **SHARE, "nothing_arose": choice}), Head(2026, Level.COMMUNE))
    assert rule is not None
    assert tried(rule, {}, nothing_arose=True).points == (Decimal(points) if points else None)


@pytest.mark.parametrize(
    ("rule", "inputs", "points"),
    [
        ({"kind": "survey"}, {"percent": "75"}, "1.50"),
        ({"kind": "sipas", "steps": [{"at_least": "90", "points": "2.00"}]}, {"percent": "91"}, "2.00"),
        ({"kind": "manual"}, {"points": "1.25"}, "1.25"),
    ],
)
def test_what_others_enter_is_tried_too(rule: dict[str, Any], inputs: dict[str, str], points: str) -> None:
    read = rule_to_try(node(rule), Head(2026, Level.COMMUNE))
    assert read is not None
    assert tried(read, {}).state is OutcomeState.UNSCORED
    assert tried(read, inputs).points == Decimal(points)


def test_figures_that_cannot_be_are_told() -> None:
    rule = rule_to_try(node({"kind": "manual"}), Head(2026, Level.COMMUNE))
    assert rule is not None
    outcome = tried(rule, {"points": "3"})
    assert (outcome.state, outcome.reason.code) == (OutcomeState.FAULTY, "score.above_maximum")


def test_the_figures_that_differ_are_found_wherever_they_stand() -> None:
    steps = [{"at_least": {"by_year": {"2026": "80"}}, "points": {"by_level": {"commune": "1.00"}}}]
    assert sorted(way for way, _ in grades_in({"steps": steps})) == ["by_level", "by_year"]
    assert list(grades_in(TARGET)) == [("by_level", {"district": "50", "commune": "40"})]
