"""Ids of a plan: for life, renamed together or not at all; and plans of others, sound or not."""

from __future__ import annotations

import itertools
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parindex_desktop.domain.planning.plan_ids import first_shared, ids_of, with_new_ids
from parindex_desktop.domain.planning.plan_meaning import without_strangers
from parindex_desktop.domain.planning.plan_reading import is_sound, plan_faults
from tests.domain.planning.test_plans import SCHEMA, a_plan, changed, uid


def test_a_plan_under_new_ids_says_the_same() -> None:
    numbers = itertools.count(100)
    renamed = with_new_ids(a_plan(), lambda: uid(next(numbers)))
    assert plan_faults(renamed, SCHEMA) == []
    assert set(ids_of(renamed)).isdisjoint(ids_of(a_plan()))
    assert renamed["tasks"][0]["leads"] == a_plan()["tasks"][0]["leads"], "whom it names stays"
    back = dict(zip(ids_of(renamed), ids_of(a_plan()), strict=True))
    assert with_new_ids(renamed, iter(back.values()).__next__) == a_plan()


def test_an_id_in_two_plans_is_found() -> None:
    other = with_new_ids(a_plan(), map(uid, itertools.count(100)).__next__)
    assert first_shared([a_plan(), other]) is None
    assert first_shared([]) is None
    other["targets"][0]["id"] = uid(6)
    assert first_shared([other, a_plan()]) == uid(6)


def test_ids_that_nobody_knows_are_dropped_and_others_stay() -> None:
    assert without_strangers(a_plan(), {uid(9)}) == a_plan()
    (lead,) = without_strangers(a_plan(), set())["tasks"][0]["leads"]
    assert lead == {"name": "Sở Nội vụ"}


@given(
    path=st.sampled_from(
        [("head", "last"), ("tasks", 0, "deadline", "day"), ("targets", 0, "limits"), ("fields",)]
    ),
    value=st.none() | st.integers(1990, 2110) | st.text(max_size=6) | st.just([]) | st.just("12-20"),
)
def test_what_is_sound_has_no_fault(path: tuple[Any, ...], value: Any) -> None:
    tree = changed(*path, to=value)
    document = json.dumps(tree, ensure_ascii=False).encode()
    faultless = plan_faults(tree, SCHEMA) == []
    assert is_sound(document, SCHEMA) == faultless


@pytest.mark.parametrize("document", [b"", b"[]", b"{", b"[" * 100_000, b'{"format": 1}'])
def test_what_is_no_plan_is_not_sound(document: bytes) -> None:
    assert not is_sound(document, SCHEMA)
