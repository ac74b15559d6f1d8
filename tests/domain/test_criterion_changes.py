"""What of a criterion is not as it was, in words that an officer can hand on."""

from __future__ import annotations

import json
from itertools import permutations
from typing import Any

import pytest

from parindex_desktop.domain.criteria import head_of
from parindex_desktop.domain.criterion_changes import rule_changes
from parindex_desktop.domain.drafting import places
from parindex_desktop.domain.rule_ways import way_of
from parindex_desktop.domain.scoring.grades import resolved
from parindex_desktop.domain.set_versions import difference
from parindex_desktop.services.register import shipped_sets
from resources import Language, say
from tests.domain.test_set_versions import a_set, an_id, counted_in_working_days

STEPS = {
    "kind": "steps",
    "by": "count",
    "count": "Sáng kiến",
    "steps": [{"at_least": 3, "points": "1.00"}, {"at_least": 1, "points": "0.50"}],
}
FORMULA = {
    "kind": "formula",
    "inputs": [{"id": "late", "title": "Trễ hạn", "figures": "count"}],
    "branches": [{"when": "late > 5", "points": "0"}],
    "points": "maximum",
}


def said(change: Any, number: int = 1, before: Any = None, **head: Any) -> list[str]:
    """What is said of a leaf after `change`, of the set changed by `before` first."""

    def both(tree: dict[str, Any], leaves: list[dict[str, Any]]) -> None:
        if before is not None:
            before(tree, leaves)
        change(tree, leaves)

    pairs = difference(a_set(before), a_set(both, **head)).pairs
    (pair,) = [pair for pair in pairs if pair.id == an_id(number)]
    assert bool(pair.changes) == bool(pair.differs)
    return [say(each, Language.EN) for each in pair.changes]


def rule(number: int, **values: Any) -> Any:
    return lambda _, leaves: leaves[number - 1]["rule"].update(values)


def another_rule(tree: dict[str, Any]) -> Any:
    return lambda _, leaves: leaves[0].update(rule=tree)


def of_steps(*steps: tuple[int, str]) -> Any:
    return another_rule(
        {**STEPS, "steps": [{"at_least": limit, "points": points} for limit, points in steps]}
    )


def documents(*names: str) -> Any:
    return lambda _, leaves: leaves[0].update(documents=list(names))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (rule(1, floor="85"), ["No points below (%): 80 → 85"]),
        (lambda _, leaves: leaves[0]["rule"].pop("floor"), ["No points below (%): taken out 80"]),
        (rule(1, denominator="Tất cả"), ["Denominator: “Tổng số” → “Tất cả”"]),
        (
            rule(1, nothing_arose="zero"),
            ["Where nothing arose in the year, and for 0 of 0: The maximum → 0 points"],
        ),
        (rule(1, floor={"by_year": {"2025": "85", "2026": "90"}}), ["No points below (%): 80 → 85"]),
        (lambda _, leaves: leaves[0].update(code="1.9"), ["Code: “1.1” → “1.9”"]),
        (
            lambda _, leaves: leaves[0].update(applicability="always"),
            ["Applicability: If any (“nếu có”) → Always applies"],
        ),
        (documents("Kế hoạch"), ["Documents required (one on each line): added “Kế hoạch”"]),
        (lambda _, leaves: leaves[0].update(guidance="Xem"), ["Guidance: added “Xem”"]),
        (lambda _, leaves: leaves[0].update(guidance="Xem" * 50), ["Guidance: changed"]),
    ],
)
def test_a_field_is_told_with_what_it_said_before(change: Any, words: list[str]) -> None:
    assert said(change, before=rule(1, floor="80")) == words


@pytest.mark.parametrize(
    ("change", "number", "words"),
    [
        (
            rule(3, each="0.25", most=4),
            3,
            ["Points for each: 0.50 → 0.25", "How many give the maximum: 2 → 4"],
        ),
        (
            rule(4, due={"day": "11-30", "year_offset": 0}),
            4,
            ["Last day (day/month): 31/12 → 30/11", "Of which year: The year before → The year assessed"],
        ),
        (rule(5, by="10"), 5, ["Changed by at least (%): added 10"]),
        (
            lambda _, leaves: leaves[1]["rule"]["options"][1].update(share="60"),
            2,
            ["Options, “Khá”: Share of the maximum (%): 50 → 60"],
        ),
        (
            lambda _, leaves: leaves[1]["rule"]["options"].append(
                {"id": "bad", "title": "Kém", "share": "0"}
            ),
            2,
            ["Options: added Option “Kém”; Share of the maximum (%) 0"],
        ),
        (lambda _, leaves: leaves[1]["rule"]["options"].reverse(), 2, ["Options: changed"]),
        (lambda _, leaves: leaves[1]["rule"]["options"][0].update(id="best"), 2, ["Options: changed"]),
    ],
)
def test_each_kind_of_rule_tells_its_own_figures(change: Any, number: int, words: list[str]) -> None:
    assert said(change, number) == words


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (of_steps((3, "1.00"), (1, "0.25")), ["From (≥) 1: Points: 0.50 → 0.25"]),
        (of_steps((5, "1.00"), (1, "0.50")), ["From (≥) 3: From (≥): 3 → 5"]),
        (of_steps((3, "1.00"), (2, "0.75"), (1, "0.50")), ["added From (≥) 2; Points 0.75"]),
        (of_steps((3, "1.00")), ["taken out From (≥) 1; Points 0.50"]),
    ],
)
def test_steps_are_told_one_by_one(change: Any, words: list[str]) -> None:
    found = said(change, before=another_rule(STEPS))
    assert [each.removeprefix("Steps, from the best to the worst").lstrip(",: ") for each in found] == words


def test_a_formula_is_told_whole() -> None:
    new = {**FORMULA, "points": "maximum / 2", "branches": [{"when": "late > 9", "points": "0"}]}
    new["inputs"] = [*FORMULA["inputs"], {"id": "all", "title": "Tổng", "figures": "amount"}]
    assert said(another_rule(new), before=another_rule(FORMULA)) == [
        (
            "Figures of the formula: added Name in the formula “all”; What it is called “Tổng”; "
            "Kind of figures Decimal number"
        ),
        "Conditions, the first that holds counts, “late > 5”: When: “late > 5” → “late > 9”",
        "Formula of the points in all other cases: “maximum” → “maximum / 2”",
    ]


def test_another_way_of_scoring_is_named_with_what_it_asks() -> None:
    found = said(another_rule({"kind": "yes_no", "question": "Có?", "nothing_arose": "full"}))
    assert found[0] == "Way of scoring: Ratio → Yes / no"
    assert "Numerator: taken out “Số đạt”" in found
    assert "Question: added “Có?”" in found


def test_what_does_not_apply_any_more_has_no_way_of_scoring() -> None:
    def never(_: dict[str, Any], leaves: list[dict[str, Any]]) -> None:
        leaves[0].update(applicability="never", not_applicable_ground="Không có")
        del leaves[0]["rule"]

    assert "Way of scoring: Ratio → none" in said(never)


def test_another_calendar_is_told_by_itself() -> None:
    holidays = {"2025": {"holidays": ["2025-01-01"]}}
    before = a_set(counted_in_working_days, calendar=holidays)
    more = {"2025": {"holidays": ["2025-01-01", "2025-01-02"]}}
    (pair,) = difference(before, a_set(counted_in_working_days, calendar=more)).changed
    found = [say(each, Language.EN) for each in pair.changes]
    assert found == ["Days off, and days worked instead: changed"]


def test_another_place_is_told_by_the_headings() -> None:
    def apart(tree: dict[str, Any], leaves: list[dict[str, Any]]) -> None:
        moved = leaves.pop(0)
        tree["criteria"][0]["maximum"] = "4.00"
        field = {"id": an_id(200), "code": "2", "title": "Khác", "maximum": "1.00", "children": [moved]}
        tree["criteria"].append(field)

    assert said(apart) == ["Belongs to: “1 Lĩnh vực” → “2 Khác”"]


def shipped_rules() -> dict[str, dict[str, Any]]:
    """One rule of every way of scoring that the shipped sets have, with one value for each figure."""
    found: dict[str, dict[str, Any]] = {}
    for document in shipped_sets().values():
        tree = json.loads(document)
        for place in places(tree):
            if rule := place.node.get("rule"):
                way = way_of(rule)
                assert way is not None
                found.setdefault(way.name, resolved(rule, head_of(tree)))
    return found


def test_any_way_of_scoring_may_become_any_other() -> None:
    rules = shipped_rules()
    assert len(rules) > 12
    for old, new in permutations(rules.values(), 2):
        told = [say(each, Language.EN) for each in rule_changes(old, new)]
        assert told[0].startswith("Way of scoring: ")
