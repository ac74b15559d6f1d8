"""A set being written: every operation gives a new tree, keeps ids apart, and leaves the old tree as it was."""

from __future__ import annotations

import copy
import json
import uuid
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from parindex_desktop.domain import drafting
from parindex_desktop.domain.criteria_fields import Field, Form
from parindex_desktop.domain.draft_faults import NOT_ENTERED, draft_faults
from parindex_desktop.domain.drafting import HEAD_ID, Direction, Tree, holder, place_of, places
from parindex_desktop.domain.rule_ways import WAYS, way_named, way_of

if TYPE_CHECKING:
    from collections.abc import Iterator

SCHEMA = resources.tree("schemas/criteria-set.schema.json")
SET: Tree = resources.tree("criteria/department-2026.json")


def id_of(tree: Tree, code: str) -> str:
    return next(str(place.node["id"]) for place in places(tree) if place.node["code"] == code)


def codes(tree: Tree) -> list[str]:
    return [place.node["code"] for place in places(tree)]


def below(tree: Tree, code: str) -> list[str]:
    return [node["code"] for node in drafting.children_of(holder(tree, id_of(tree, code)))]


def fresh() -> str:
    return str(uuid.uuid4())


# Laws.

OPERATIONS = (
    "after",
    "below",
    "remove",
    *Direction,
    "renumber",
    "title",
    "way",
)


def changed(tree: Tree, operation: str, number: int) -> Tree:
    """`tree` after an operation on the criterion of that number (the head where there is none)."""
    everything = list(places(tree))
    criterion = everything[number % len(everything)].node["id"] if everything else HEAD_ID
    match operation:
        case "after":
            return drafting.add_after(tree, fresh(), criterion)
        case "below":
            return drafting.add_below(tree, fresh(), criterion)
        case "renumber":
            return drafting.renumber(tree)
        case _ if criterion == HEAD_ID:
            return tree
        case "remove":
            return drafting.remove(tree, criterion)
        case "title":
            return drafting.set_value(tree, criterion, ("title",), f"Tiêu chí {number}")
        case "way":
            leaf = "children" not in holder(tree, criterion)
            return drafting.set_way(tree, criterion, WAYS[number % len(WAYS)]) if leaf else tree
        case _:
            return drafting.move(tree, criterion, Direction(operation))


STEPS = st.lists(st.tuples(st.sampled_from(OPERATIONS), st.integers(0, 200)), min_size=1, max_size=12)


@given(STEPS)
def test_ids_stay_unique_and_the_tree_before_stays_as_it_was(steps: list[tuple[str, int]]) -> None:
    tree = SET
    for operation, number in steps:
        before, kept = tree, copy.deepcopy(tree)
        tree = changed(tree, operation, number)
        assert before == kept, "undo goes back to the very tree"
        ids = [place.node["id"] for place in places(tree)]
        assert len(ids) == len(set(ids))
        assert all(place_of(tree, each).node["id"] == each for each in ids)


@given(STEPS)
def test_no_operation_leaves_a_tree_whose_faults_cannot_be_named(steps: list[tuple[str, int]]) -> None:
    tree = SET
    for operation, number in steps:
        tree = changed(tree, operation, number)
    known = {HEAD_ID, *(place.node["id"] for place in places(tree))}
    assert {fault.criterion for fault in draft_faults(tree, SCHEMA)} <= known
    assert max((place.depth for place in places(tree)), default=0) < drafting.DEEPEST


@given(st.integers(0, 200), st.sampled_from([Direction.UP, Direction.DOWN]))
def test_moving_there_and_back_changes_nothing(number: int, direction: Direction) -> None:
    criterion = list(places(SET))[number % len(list(places(SET)))].node["id"]
    back = Direction.DOWN if direction is Direction.UP else Direction.UP
    if drafting.can_move(SET, criterion, direction):
        assert drafting.move(drafting.move(SET, criterion, direction), criterion, back) == SET


# Adding, removing, moving.


def test_a_set_from_nothing_grows_field_by_field() -> None:
    tree = drafting.blank(fresh(), "Bộ tiêu chí", 2027, "commune")
    field, first = fresh(), fresh()
    tree = drafting.add_after(tree, field, HEAD_ID)
    tree = drafting.add_below(tree, first, field)
    tree = drafting.add_after(tree, fresh(), first)
    tree = drafting.add_after(tree, fresh(), field)
    assert codes(tree) == ["1", "1.1", "1.2", "2"]
    assert "children" in holder(tree, field)
    assert "children" not in holder(tree, first)


def test_a_new_criterion_stands_after_the_one_in_hand_with_the_next_free_code() -> None:
    tree = drafting.add_after(SET, fresh(), id_of(SET, "1.4.1"))
    assert below(tree, "1.4") == ["1.4.1", "1.4.3", "1.4.2"]
    assert below(drafting.renumber(tree), "1.4") == ["1.4.1", "1.4.2", "1.4.3"]


def test_a_criterion_that_is_divided_keeps_its_id_and_its_rule_as_the_first_part() -> None:
    old = id_of(SET, "1.1")
    group = fresh()
    tree = drafting.add_below(SET, group, old)
    assert holder(tree, group)["code"] == "1.1"
    assert holder(tree, old)["code"] == "1.1.1"
    assert holder(tree, old)["rule"] == holder(SET, old)["rule"]
    assert "rule" not in holder(tree, group)
    assert draft_faults(tree, SCHEMA) == []


def test_a_group_without_its_last_part_is_scored_itself_again_but_a_field_stays_a_group() -> None:
    tree = SET
    for code in ("1.4.1", "1.4.2"):
        tree = drafting.remove(tree, id_of(SET, code))
    assert "children" not in holder(tree, id_of(SET, "1.4"))
    faults = [fault for fault in draft_faults(tree, SCHEMA) if fault.criterion == id_of(SET, "1.4")]
    assert [(fault.field, fault.message) for fault in faults] == [(("rule",), NOT_ENTERED)]
    for code in below(SET, "9"):
        tree = drafting.remove(tree, id_of(SET, code))
    assert holder(tree, id_of(SET, "9"))["children"] == []


@pytest.mark.parametrize(
    ("code", "direction", "group", "expected"),
    [
        ("1.4.2", Direction.UP, "1.4", ["1.4.2", "1.4.1"]),
        ("1.4.1", Direction.DOWN, "1.4", ["1.4.2", "1.4.1"]),
        ("1.5", Direction.IN, "1.4", ["1.4.1", "1.4.2", "1.5"]),
        ("1.4.1", Direction.OUT, "1.4", ["1.4.2"]),
    ],
)
def test_a_criterion_moves_among_its_siblings_into_a_group_and_out_of_one(
    code: str, direction: Direction, group: str, expected: list[str]
) -> None:
    tree = drafting.move(SET, id_of(SET, code), direction)
    assert below(tree, group) == expected
    assert sorted(codes(tree)) == sorted(codes(SET))


@pytest.mark.parametrize(
    ("code", "direction"),
    [
        ("1", Direction.UP),
        ("10", Direction.DOWN),
        ("1", Direction.OUT),
        ("1", Direction.IN),
        ("1.2", Direction.IN),
    ],
)
def test_what_has_no_place_there_stays(code: str, direction: Direction) -> None:
    assert drafting.move(SET, id_of(SET, code), direction) is SET


def test_a_bonus_that_moves_into_another_field_is_one_no_more() -> None:
    assert holder(SET, id_of(SET, "10"))["block"] == "penalty"
    tree = drafting.move(SET, id_of(SET, "10"), Direction.IN)
    assert "block" not in holder(tree, id_of(SET, "10"))


def test_the_tree_does_not_grow_deeper_than_codes_go() -> None:
    tree, deepest = SET, id_of(SET, "1.1")
    for _ in range(drafting.DEEPEST + 3):
        tree = drafting.add_below(tree, fresh(), deepest)
    assert place_of(tree, deepest).depth == drafting.DEEPEST - 1
    assert draft_faults(tree, SCHEMA) == []


# Sums and faults.


def test_the_sum_of_a_group_is_known_while_all_its_parts_are() -> None:
    field = id_of(SET, "1")
    assert drafting.sum_of(holder(SET, field)) == Decimal("16.00")
    assert drafting.sum_of(SET) == Decimal("100.00"), "without bonus and penalty"
    for value in (None, "nhiều"):
        tree = drafting.set_value(SET, id_of(SET, "1.2"), ("maximum",), value)
        assert drafting.sum_of(holder(tree, field)) is None


def test_a_sum_that_does_not_fit_is_a_fault_of_its_group() -> None:
    tree = drafting.set_value(SET, id_of(SET, "1.2"), ("maximum",), "2.50")
    (fault,) = draft_faults(tree, SCHEMA)
    assert (fault.criterion, fault.field, fault.message.code) == (
        id_of(SET, "1"),
        ("maximum",),
        "criteria.sum",
    )


@pytest.mark.parametrize(
    ("code", "key", "value", "said"),
    [
        ("1.2", ("maximum",), "nhiều", "number.not_an_amount"),
        ("1.2", ("maximum",), "1000.00", "drafting.too_large"),
        ("1.2", ("title",), None, "drafting.not_entered"),
        ("1.2", ("code",), "1.1", "drafting.code_twice"),
        ("1.2", ("part",), "survey", "criteria.part"),
        ("", ("year",), "năm nay", "number.not_a_count"),
        ("", ("legal_basis",), [], "drafting.not_entered"),
    ],
)
def test_a_fault_is_named_at_its_field_in_words_of_the_office(
    code: str, key: tuple[str, ...], value: object, said: str
) -> None:
    criterion = id_of(SET, code) if code else HEAD_ID
    faults = draft_faults(drafting.set_value(SET, criterion, key, value), SCHEMA)
    assert (criterion, key, said) in [(each.criterion, each.field, each.message.code) for each in faults]


def test_a_fault_of_a_list_is_named_at_its_row() -> None:
    criterion = id_of(SET, "1.6")
    field = next(each for each in way_named("steps_by_count").fields if each.form is Form.TABLE)
    steps = [{"at_least": 1, "points": "2.00"}, {"at_least": 3, "points": "x"}, {}]
    tree = drafting.set_rule_value(SET, criterion, field, steps)
    found = {each.field: each.message.code for each in draft_faults(tree, SCHEMA)}
    assert found == {
        ("rule", "steps", 1, "points"): "number.not_an_amount",
        ("rule", "steps", 2, "points"): "drafting.not_entered",
        ("rule", "steps", 2, "at_least"): "drafting.not_entered",
    }


def test_what_does_not_apply_needs_its_ground_and_what_applies_has_none() -> None:
    criterion = id_of(SET, "1.2")
    never = drafting.set_value(SET, criterion, ("applicability",), "never")
    assert [each.field for each in draft_faults(never, SCHEMA)] == [("not_applicable_ground",)]
    told = drafting.set_value(never, criterion, ("not_applicable_ground",), "Không có thẩm quyền")
    assert draft_faults(told, SCHEMA) == []
    assert drafting.set_value(told, criterion, ("applicability",), "always") == SET


def test_emptying_a_field_takes_it_away_but_the_list_of_documents_stays() -> None:
    criterion = id_of(SET, "1.1")
    tree = drafting.set_value(SET, criterion, ("documents",), [])
    assert holder(tree, criterion)["documents"] == []
    tree = drafting.set_value(tree, criterion, ("guidance",), "")
    assert "guidance" not in holder(tree, criterion)
    assert draft_faults(tree, SCHEMA) == []


# Ways of scoring.


def properties(kind: dict[str, Any]) -> Iterator[str]:
    """The paths of the fields that a kind of rule has in the schema, lists by their name."""
    for name, part in kind["properties"].items():
        if part.get("type") == "object":
            yield from (f"{name}.{inner}" for inner in part["properties"])
        else:
            yield name


@pytest.mark.parametrize("name", SCHEMA["$defs"]["rule"]["properties"]["kind"]["enum"])
def test_every_field_that_the_schema_knows_can_be_entered(name: str) -> None:
    defs = SCHEMA["$defs"]
    parts = ("steps_by_percentage", "steps_by_count") if name == "steps" else (name,)
    known = {each for part in parts for each in properties(defs[part])}
    ways = [way for way in WAYS if way.fixed["kind"] == name]
    entered = {".".join(field.key) for way in ways for field in way.fields}
    assert known - {"kind", *(key for way in ways for key in way.fixed)} == entered


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)
def test_a_criterion_scored_in_a_way_lacks_only_what_must_be_entered(way: Any) -> None:
    criterion = id_of(SET, "1.2")
    bare = drafting.set_way(SET, criterion, None)
    tree = drafting.set_way(bare, criterion, way)
    assert way_of(holder(tree, criterion)["rule"]) is way
    faults = draft_faults(tree, SCHEMA)
    assert all(each.message is NOT_ENTERED for each in faults)
    needed = {("rule", *each.key) for each in way.fields if each.needed and each.default is None}
    assert {each.field for each in faults} == needed


def test_another_way_of_scoring_keeps_what_both_have() -> None:
    criterion = id_of(SET, "1.7.1")
    rule = holder(SET, criterion)["rule"]
    tree = drafting.set_way(SET, criterion, way_named("ratio"))
    kept = holder(tree, criterion)["rule"]
    assert kept == {"kind": "ratio"} | {
        name: rule[name] for name in ("figures", "numerator", "denominator", "floor")
    }
    tree = drafting.set_way(tree, criterion, way_named("survey"))
    assert holder(tree, criterion)["part"] == "survey"
    tree = drafting.set_way(tree, criterion, way_named("yes_no"))
    assert holder(tree, criterion)["part"] == "documents"


@pytest.mark.parametrize("name", ["commune-2026", "department-2026", "district-2024"])
def test_every_rule_that_ships_is_written_in_a_known_way(name: str) -> None:
    tree = resources.tree(f"criteria/{name}.json")
    for place in places(tree):
        rule = place.node.get("rule")
        if rule is None:
            continue
        way = way_of(rule)
        assert way is not None
        assert drafting.set_way(tree, place.node["id"], way) == tree, "nothing of it is lost"


def test_a_step_is_from_a_limit_on_or_above_it() -> None:
    at_least, above, _ = way_named("steps_by_percentage").fields[3].columns
    step = drafting.entered_in({"at_least": "80", "points": "1.00"}, above, "90")
    assert step == {"above": "90", "points": "1.00"}
    assert drafting.entered_in(step, at_least, "90") == {"at_least": "90", "points": "1.00"}


def test_entries_that_files_name_get_a_name_of_their_own() -> None:
    table = next(each for each in way_named("choice").fields if each.form is Form.TABLE)
    entries: list[Tree] = []
    for _ in range(3):
        entries.append(drafting.new_entry(entries, table))
    del entries[0]
    entries.append(drafting.new_entry(entries, table))
    assert [each["id"] for each in entries] == ["option2", "option3", "option1"]


def test_a_draft_is_kept_as_the_json_that_it_is() -> None:
    assert json.loads(json.dumps(drafting.renumber(SET))) == drafting.renumber(SET)


def test_a_field_of_a_rule_is_entered_below_what_holds_it() -> None:
    field = Field(("due", "day"), "Day", Form.MONTH_DAY)
    assert drafting.entered_in({"kind": "deadline"}, field, "12-31")["due"] == {"day": "12-31"}
    assert "due" not in drafting.entered_in({"due": {"day": "12-31"}}, field, None)
