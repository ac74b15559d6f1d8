"""An answer taken apart says the same when it is put together."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parindex_desktop.domain.answer_parts import answer_of, entry_name, parts_in, parts_of
from parindex_desktop.domain.assessments import read_assessment
from parindex_desktop.domain.criteria import Applies, CriteriaSet, Criterion
from parindex_desktop.domain.merge import Standing
from parindex_desktop.domain.scoring.answers import UNANSWERED, Applicability
from parindex_desktop.domain.scoring.head import Head
from parindex_desktop.domain.scoring.kinds import read_rule
from parindex_desktop.domain.scoring.outcome import claimable
from parindex_desktop.domain.text import clean
from parindex_desktop.domain.units import Level
from tests.domain.test_bonus_and_penalty import TREE

CRITERIA = CriteriaSet.from_tree(TREE)
LEAF = CRITERIA.by_code("2.1")
SHARE = {"kind": "ratio", "figures": "count", "numerator": "Đạt", "denominator": "Tổng"}

texts = st.text(max_size=5).map(clean)
figures = st.fixed_dictionaries(
    {
        "applicability": st.sampled_from([each.value for each in Applicability]),
        "ground": texts,
        "inputs": st.dictionaries(st.sampled_from(["count", "khác"]), texts.filter(bool)),
    }
)


@given(figures, texts)
def test_what_is_taken_apart_is_put_together_again(entry: dict[str, Any], note: str) -> None:
    values = {f"answer/{LEAF.id}/figures": entry, f"answer/{LEAF.id}/note": note}
    state = {key: (Standing(value, frozenset({"w"})),) for key, value in values.items()}
    sheet = read_assessment(CRITERIA, state).sheets[LEAF.id]
    parts = parts_of(sheet)
    assert answer_of(parts) == sheet.answer
    assert parts.get("note", "") == note
    assert all(parts.values())


def test_nothing_said_has_no_parts() -> None:
    assert parts_of(read_assessment(CRITERIA, {}).sheets[LEAF.id]) == {}
    assert answer_of({}) == UNANSWERED


def test_every_part_belongs_to_an_entry() -> None:
    assert [(part, entry_name(part)) for part in parts_in(LEAF)] == [
        ("applicability", "figures"),
        ("ground", "figures"),
        ("input/count", "figures"),
        ("explanation", "explanation"),
        ("reason", "reason"),
        ("note", "note"),
    ]


def test_a_heading_has_no_parts_of_its_own() -> None:
    assert parts_in(CRITERIA.by_code("2")) == ()


@pytest.mark.parametrize(
    ("nothing", "applies", "allowed"),
    [
        (None, Applies.ALWAYS, ["applicable"]),
        ("full", Applies.ALWAYS, ["applicable", "nothing_arose"]),
        (None, Applies.IF_ANY, ["applicable", "not_applicable"]),
        ("zero", Applies.IF_ANY, ["applicable", "nothing_arose", "not_applicable"]),
    ],
)
def test_what_a_unit_may_claim_is_what_the_set_allows(
    nothing: str | None, applies: Applies, allowed: list[str]
) -> None:
    tree = {**SHARE, **({"nothing_arose": nothing} if nothing else {})}
    rule = read_rule(tree, Decimal("1.00"), Head(2026, Level.COMMUNE))
    leaf = Criterion("id", "1", "Tiêu chí", Decimal("1.00"), applies=applies, rule=rule)
    assert list(claimable(leaf)) == allowed
