"""What the province gives: it stands while the form is filled, and is part of what is locked."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parindex_desktop.domain import attention
from parindex_desktop.domain.assessments import (
    Assessment,
    AssessmentMalformed,
    content_digest,
    read_assessment,
)
from parindex_desktop.domain.closing import MOST_POINTS, Lock
from parindex_desktop.domain.criteria import CriteriaSet
from parindex_desktop.domain.figures import read_figures
from parindex_desktop.domain.given import given_key, inputs_given, own_inputs, strangers, with_given
from parindex_desktop.domain.kits import KitMalformed, read_kit
from parindex_desktop.domain.merge import Standing
from parindex_desktop.domain.recalculation import claims, recalculated
from parindex_desktop.domain.scoring.answers import Answer
from parindex_desktop.domain.scoring.outcome import ENGINE
from parindex_desktop.domain.unit_entries import unit_entry
from parindex_desktop.domain.units import Level, Unit
from resources import Language, say
from tests.domain.test_bonus_and_penalty import TREE
from tests.domain.test_scoring_totals import a_group, a_leaf
from tests.offices import NOW

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parindex_desktop.domain.given import Inputs
    from parindex_desktop.domain.revisions import Value

MORE = {
    "kind": "compare_previous",
    "figures": "count",
    "value": "Năm nay",
    "previous": "Năm trước",
    "better": "higher",
}
CRITERIA = CriteriaSet.from_tree({**TREE, "criteria": [a_group("1", "2.00", a_leaf("1.1", "2.00", MORE))]})
LEAF = CRITERIA.by_code("1.1")
UNIT, OTHER, ROOM = "a" * 8, "b" * 8, "c" * 8


def figures(**inputs: str) -> dict[str, Value]:
    return {f"answer/{LEAF.id}/figures": {"applicability": "applicable", "ground": "", "inputs": inputs}}


def read(entries: Mapping[str, Value], gives: Mapping[str, Inputs]) -> Assessment:
    state = {key: (Standing(value, frozenset({"w"})),) for key, value in entries.items()}
    return read_assessment(CRITERIA, state, gives)


def locked(entries: dict[str, Value], points: Mapping[str, Decimal] | None = None) -> dict[str, Value]:
    claimed = claims(read(entries, {}).totals) if points is None else points
    lock = Lock(content_digest(entries), NOW, "Lan", "0" * 64, "", ENGINE, claimed)
    return {**entries, "lock": lock.entry()}


def test_it_stands_for_what_the_unit_entered() -> None:
    sheet = read(figures(value="105", previous="200"), {LEAF.id: {"previous": "100"}}).sheets[LEAF.id]
    assert sheet.outcome.points == Decimal("2.00")
    assert sheet.answer.inputs == {"value": "105", "previous": "100"}
    assert sheet.given == {"previous": "100"}


def test_alone_it_is_no_answer() -> None:
    sheet = read({}, {LEAF.id: {"previous": "100"}}).sheets[LEAF.id]
    assert [spec.name for spec in sheet.outcome.missing] == ["value"]


def test_what_the_set_does_not_ask_for_any_more_is_left_out() -> None:
    sheet = read(figures(value="1", previous="2"), {LEAF.id: {"gone": "1"}}).sheets[LEAF.id]
    assert (sheet.given, sheet.outcome.points) == ({}, Decimal("0.00"))


def test_what_is_locked_stands_whatever_is_given_later() -> None:
    entries = locked(figures(value="105", previous="100"))
    assessment = read(entries, {LEAF.id: {"previous": "200"}})
    assert assessment.lock is not None
    assert assessment.sheets[LEAF.id].outcome.points == Decimal("2.00")
    assert [sheet.criterion for sheet in assessment.outdated()] == [LEAF]
    assert read(entries, {LEAF.id: {"previous": "100"}}).outdated() == []


def test_the_points_that_a_lock_claims_are_computed_again() -> None:
    entries = figures(value="105", previous="100")
    assert recalculated(read(locked(entries), {})) == []
    (differs,) = recalculated(read(locked(entries, {LEAF.id: Decimal("1.99")}), {}))
    assert (differs.criterion, differs.claimed, differs.computed) == (LEAF, Decimal("1.99"), Decimal("2.00"))
    (left_out,) = recalculated(read(locked(entries, {}), {}))
    assert left_out.claimed is None
    (invented,) = recalculated(read(locked({}, {LEAF.id: Decimal("2.00")}), {}))
    assert invented.computed is None


def test_what_is_not_locked_claims_nothing() -> None:
    assert recalculated(read(figures(value="105", previous="100"), {})) == []


def a_unit(name: str, level: Level = Level.COMMUNE) -> Value:
    return unit_entry(Unit(name, name[:3], f"Đơn vị {name}", level, None))


def test_what_is_given_to_a_unit_goes_before_what_is_given_to_all_of_its_level() -> None:
    kit = read_kit(
        {
            f"unit/{UNIT}": a_unit(UNIT),
            f"unit/{OTHER}": a_unit(OTHER),
            f"unit/{ROOM}": a_unit(ROOM, Level.DEPARTMENT),
            given_key("2026", "x", "commune"): {"previous": "1", "event": "2026-01-05"},
            given_key("2026", "x", "department"): {"event": "2026-02-01"},
            given_key("2026", "x", UNIT): {"previous": "2"},
            given_key("2026", "y", UNIT): {"previous": "3"},
            given_key("2025", "x", UNIT): {"previous": "4"},
        }
    )
    assert kit.given_to("2026", UNIT) == {
        "x": {"previous": "2", "event": "2026-01-05"},
        "y": {"previous": "3"},
    }
    assert kit.given_to("2026", OTHER) == {"x": {"previous": "1", "event": "2026-01-05"}}
    assert kit.given_to("2026", ROOM) == {"x": {"event": "2026-02-01"}}
    assert kit.given_to("2024", UNIT) == {}
    assert kit.given_to("2026", "nobody") == {}
    assert strangers(kit.given, kit.units) == set()
    assert strangers(kit.given, [OTHER]) == {UNIT}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("given/2026/x", {"previous": "1"}),
        ("given/2026/x/y/z", {"previous": "1"}),
        ("given/2026/x/commune", {"previous": 1}),
        ("given/2026/x/commune", ["1"]),
        ("given/2026/x/commune", {"previous": "1" * 101}),
    ],
)
def test_a_kit_that_gives_something_else_is_refused(key: str, value: Value) -> None:
    with pytest.raises(KitMalformed):
        read_kit({key: value})


@pytest.mark.parametrize("claim", ["points", "engine"])
def test_a_lock_says_what_points_were_locked(claim: str) -> None:
    entries = locked(figures(value="105", previous="100"))
    lock = entries["lock"]
    assert isinstance(lock, dict)
    del lock[claim]
    with pytest.raises(AssessmentMalformed):
        read(entries, {})


def test_a_figure_in_another_form_is_not_given() -> None:
    sheet = read(figures(value="105", previous="90"), {LEAF.id: {"previous": "12.5"}}).sheets[LEAF.id]
    assert (sheet.given, sheet.answer.inputs) == ({}, {"value": "105", "previous": "90"})


@pytest.mark.parametrize(
    ("entries", "gives", "outdated"),
    [
        ({}, {"previous": "100"}, False),
        (figures(value="105"), {"previous": "100"}, True),
        (figures(previous="90"), {"previous": "100"}, False),
        (figures(value="105", previous="100"), {"value": "105", "previous": "100"}, False),
    ],
    ids=["never entered", "scored with it", "not scored even with it", "just so"],
)
def test_what_is_given_later_matters_where_it_would_be_scored(
    entries: dict[str, Value], gives: Inputs, outdated: bool
) -> None:
    assessment = read(locked(entries), {LEAF.id: gives})
    assert assessment.lock is not None
    assert bool(assessment.outdated()) is outdated


def test_what_counts_for_nothing_is_never_outdated() -> None:
    entries = figures(value="105", previous="100")
    value = entries[f"answer/{LEAF.id}/figures"]
    assert isinstance(value, dict)
    value |= {"applicability": "not_applicable", "ground": "Không có nhiệm vụ"}
    assert read(locked(entries), {LEAF.id: {"previous": "200"}}).outdated() == []


@given(
    st.dictionaries(st.sampled_from(["value", "previous", "other"]), st.sampled_from(["0", "5", "12.5"])),
    st.dictionaries(st.sampled_from(["value", "previous", "other"]), st.sampled_from(["0", "5", "12.5"])),
)
def test_own_inputs_and_given_ones_make_up_what_counts(own: dict[str, str], gives: dict[str, str]) -> None:
    usable = inputs_given(LEAF, {LEAF.id: gives})
    answer = with_given(LEAF, Answer(inputs=own), {LEAF.id: gives})
    assert answer.inputs == {**own, **usable}
    assert own_inputs(answer.inputs, usable) == {n: t for n, t in own.items() if n not in usable}
    assert with_given(LEAF, answer, {LEAF.id: gives}) == answer


def test_a_lock_that_names_points_without_end_is_refused() -> None:
    entries = locked(figures(value="105", previous="100"))
    lock = entries["lock"]
    assert isinstance(lock, dict)
    lock["points"] = {f"c{number}": "1.00" for number in range(MOST_POINTS + 1)}
    with pytest.raises(AssessmentMalformed):
        read(entries, {})


def test_what_differs_is_said_in_a_few_words() -> None:
    entries = figures(value="105", previous="100")
    honest = read(locked(entries), {LEAF.id: {"previous": "100"}})
    assert attention.messages(honest, own=True) == []
    lying = read(locked(entries, {LEAF.id: Decimal("1.99")}), {LEAF.id: {"previous": "1100"}})
    points, given_now = (say(each, Language.EN) for each in attention.messages(lying, own=False))
    assert "1.1: locked 1.99, computed 2.00" in points
    assert "1.1 “Năm trước”: 1,100 (locked: 100)" in given_now
    assert len(attention.sheet_messages(lying, LEAF)) == 2
    (mine,) = (each for each in attention.messages(lying, own=True) if each.code == "attention.figures")
    assert "Unlock" in say(mine, Language.EN)


@pytest.mark.parametrize(("engine", "words"), [(ENGINE - 1, "older version"), (ENGINE + 1, "newer version")])
def test_points_of_another_version_are_told_apart(engine: int, words: str) -> None:
    entries = figures(value="105", previous="100")
    other = Lock(content_digest(entries), NOW, "Lan", "0" * 64, "", engine, {})
    said = attention.points_message(
        replace(read({**entries, "lock": locked(entries)["lock"]}, {}), lock=other)
    )
    assert said is not None
    assert words in say(said, Language.EN)
    assert "locked none, computed 2.00" in say(said, Language.EN)


def test_many_differences_are_not_listed_without_end() -> None:
    leaves = [a_leaf(f"1.{number}", "2.00", MORE) for number in range(1, 9)]
    criteria = CriteriaSet.from_tree({**TREE, "criteria": [a_group("1", "16.00", *leaves)]})
    entries: dict[str, Value] = {}
    lock = Lock(
        content_digest(entries),
        NOW,
        "Lan",
        "0" * 64,
        "",
        ENGINE,
        {leaf.id: Decimal("1.00") for leaf in criteria.leaves()},
    )
    state = {"lock": (Standing(lock.entry(), frozenset({"w"})),)}
    said = attention.points_message(read_assessment(criteria, state))
    assert said is not None
    assert say(said, Language.EN).count("locked 1.00") == 5
    assert "3 more" in say(said, Language.EN)


@pytest.mark.parametrize("given", [["previous"] * 201, [f"x{number}" for number in range(201)]])
def test_no_criterion_asks_for_hundreds_of_inputs(given: list[str]) -> None:
    inputs = dict.fromkeys(given, "1")
    with pytest.raises(ValueError, match="more inputs"):
        read_figures({"applicability": "applicable", "ground": "", "inputs": inputs, "given": given})
