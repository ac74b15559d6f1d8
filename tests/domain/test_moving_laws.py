"""Laws of moving answers: nothing is lost unsaid, twice is once, and machines that move come together."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from parindex_desktop.domain import merge
from parindex_desktop.domain.assessments import FIGURES, SET, answer_key, criterion_of
from parindex_desktop.domain.confirming import mark_of, unconfirmed, without_marks
from parindex_desktop.domain.figures import figures_entry
from parindex_desktop.domain.given import is_proposed
from parindex_desktop.domain.moving_answers import Fate, copied_forward, moved
from parindex_desktop.domain.revisions import State
from parindex_desktop.domain.scoring.answers import Answer, Applicability
from parindex_desktop.domain.scoring.deadline import EVENT
from parindex_desktop.services import register
from resources import Language, say
from tests.domain.test_merge_laws import Machine
from tests.versions import second_version, shipped

if TYPE_CHECKING:
    from parindex_desktop.domain.criteria import CriteriaSet
    from parindex_desktop.domain.revisions import Value

FIRST = register.check_set(json.dumps(shipped()).encode())
SECOND = register.check_set(json.dumps(second_version()).encode())
LAST_YEAR = register.check_set(json.dumps(shipped() | {"year": 2025}).encode())
LEAVES = [leaf.id for leaf in FIRST.leaves() if leaf.inputs]
DOCUMENTS = ("d1", "d2")

sets = st.sampled_from([FIRST, SECOND])
texts = st.sampled_from(["Vì sao", "Khác", None])


def some_figures(draw: st.DrawFn, id_: str) -> Value:
    criterion = FIRST.find(id_)
    assert criterion is not None
    inputs = {
        spec.name: draw(st.sampled_from(["1", "3", "yes", "no", "2026-03-05"])) for spec in criterion.inputs
    }
    claim = draw(st.sampled_from(["applicable", "applicable", "not_applicable", "nothing_arose"]))
    ground = "Căn cứ" if claim == "not_applicable" else ""
    return {"applicability": claim, "ground": ground, "inputs": dict(inputs)}


@st.composite
def forms(draw: st.DrawFn) -> dict[str, Value]:
    """Entries of a form under the first version, some of them cleared, some copied from last year."""
    entries: dict[str, Value] = {SET: FIRST.digest, "report/place": "Sa Pa", "lock": {"digest": "x"}}
    for leaf in draw(st.lists(st.sampled_from(LEAVES), max_size=12, unique=True)):
        entries[f"answer/{leaf}/figures"] = draw(st.one_of(st.none(), st.just(some_figures(draw, leaf))))
        entries[f"answer/{leaf}/explanation"] = draw(texts)
        for document in draw(st.sets(st.sampled_from(DOCUMENTS))):
            entries[f"link/{leaf}/{document}"] = {"page": "1"}
            entries[f"document/{document}"] = {"number": document}
    marked = draw(st.sets(st.sampled_from([key for key in entries if mark_of(key)] or [SET])))
    marks: dict[str, Value] = {mark: LAST_YEAR.digest for key in marked if (mark := mark_of(key))}
    return {**entries, **marks}


def told(entries: dict[str, Value]) -> dict[str, Value]:
    return {key: value for key, value in entries.items() if value is not None}


@given(forms(), sets, sets)
def test_nothing_is_lost_unsaid(entries: dict[str, Value], old: CriteriaSet, new: CriteriaSet) -> None:
    move = moved(entries, old, new)
    lines = {line.id: line for line in move.report}
    assert set(told(entries)) == (set(move.entries) & set(told(entries))) | set(move.left)
    assert not set(move.left) & set(move.entries)
    for key, value in told(entries).items():
        criterion = criterion_of(key)
        if criterion is None or mark_of(key) is None or move.entries.get(key) == value:
            continue
        assert lines[criterion].voided, key
        assert lines[criterion].fate in {Fate.VOID, Fate.PARTLY}


@given(forms(), sets)
def test_moving_twice_is_moving_once(entries: dict[str, Value], new: CriteriaSet) -> None:
    once = moved(entries, FIRST, new).entries
    again = moved(once, new, new)
    assert again.entries == once
    assert again.left == ()
    assert {line.fate for line in again.report} <= {Fate.MOVED}


@given(forms())
def test_every_part_that_is_copied_waits_until_it_is_confirmed_or_entered_anew(
    entries: dict[str, Value],
) -> None:
    copied = dict(copied_forward(entries, LAST_YEAR, FIRST).entries)
    parts = {key for key in copied if mark_of(key)}
    waiting = unconfirmed(copied)
    assert sum(map(len, waiting.values())) == len(parts)
    for key in sorted(parts):
        copied |= without_marks({key: copied[key]}, copied)
    assert unconfirmed(copied) == {}


@given(forms(), st.lists(st.tuples(st.integers(0, 1), st.sampled_from(LEAVES), texts), max_size=6))
def test_two_machines_that_both_move_come_together(
    entries: dict[str, Value], typed: list[tuple[int, str, Any]]
) -> None:
    office = [Machine("k0"), Machine("k1")]
    for key, value in entries.items():
        office[0].type(key, value)
    office[0].hand_over(State.FINAL)
    office[1].held = dict(office[0].held)
    keys = set()
    for who, leaf, text in typed:
        keys.add(f"answer/{leaf}/explanation")
        office[who].type(f"answer/{leaf}/explanation", text)
    for machine in office:
        now = merge.settled(machine.state())
        move = moved(now, FIRST, SECOND)
        for key, value in {**dict.fromkeys(move.left), **move.entries}.items():
            machine.type(key, value)
        machine.hand_over(State.DRAFT)
    everything = office[0].held | office[1].held
    for machine in office:
        machine.held = dict(everything)
    state = office[0].state()
    assert state == office[1].state()
    assert set(merge.conflicts(state)) <= keys
    assert state[SET][0].value == SECOND.digest


def test_a_day_that_the_province_gives_is_not_asked_of_the_unit() -> None:
    after = [leaf for leaf in FIRST.leaves() if any(spec.name == EVENT for spec in leaf.inputs)]
    assert {is_proposed(leaf, leaf.inputs[0]) for leaf in after} >= {True}
    for leaf in after:
        inputs = {"event": "2025-01-05", "date": "2025-01-10"}
        entries: dict[str, Value] = {
            answer_key(leaf.id, FIGURES): figures_entry(Answer(Applicability.APPLICABLE, "", inputs))
        }
        for by_kit in ({}, {leaf.id: {EVENT}}):
            (line,) = [
                each
                for each in copied_forward(entries, LAST_YEAR, FIRST, by_kit).report
                if each.id == leaf.id
            ]
            event, own = (say(each, Language.EN) for each in line.voided)
            provincial = bool(by_kit) or is_proposed(leaf, leaf.inputs[0])
            assert ("given by the province" in event, "enter this year's" in event) == (
                provincial,
                not provincial,
            )
            assert "enter this year's" in own
