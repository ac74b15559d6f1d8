"""Points beside the hundred: a bonus that may be claimed, a penalty that must be declared, each within its cap."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from parindex_desktop.domain.assessments import read_assessment
from parindex_desktop.domain.criteria import CriteriaSet
from parindex_desktop.domain.merge import Standing
from parindex_desktop.domain.needs import Need
from parindex_desktop.domain.scoring.answers import Answer
from parindex_desktop.domain.scoring.totals import signed, totals
from tests.domain.test_scoring_totals import a_group, a_leaf

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parindex_desktop.domain.assessments import Assessment

YES = {"kind": "yes_no", "question": "?"}
COUNT = {"kind": "count", "count": "Số lần", "each": "0.50", "most": 20}
TREE = {
    "id": "set",
    "name": "Thử",
    "year": 2026,
    "level": "department",
    "version": 1,
    "notice": "Minh họa",
    "legal_basis": ["Không"],
    "maximum": "2.00",
    "criteria": [
        a_group("1", "2.00", a_leaf("1.1", "2.00", YES)),
        a_group("2", "3.00", a_leaf("2.1", "2.00", COUNT), a_leaf("2.2", "2.00", COUNT)) | {"block": "bonus"},
        a_group("3", "2.00", a_leaf("3.1", "5.00", COUNT)) | {"block": "penalty"},
    ],
}


@pytest.fixture
def criteria() -> CriteriaSet:
    return CriteriaSet.from_tree(TREE)


def answers(**counts: str) -> dict[str, Answer]:
    """Answers by code without its point: `c21="4"`."""
    return {f"id-{key[1]}.{key[2]}": Answer(inputs={"count": text}) for key, text in counts.items()} | {
        "id-1.1": Answer(inputs={"answer": "yes"})
    }


@pytest.mark.parametrize(
    ("given", "bonus", "penalty", "reached"),
    [
        ({}, "0.00", "0.00", "2.00"),
        ({"c21": "2"}, "1.00", "0.00", "3.00"),
        ({"c21": "4", "c22": "4"}, "3.00", "0.00", "5.00"),  # 2 and 2, but the block holds 3
        ({"c31": "3"}, "0.00", "1.50", "0.50"),
        ({"c31": "9"}, "0.00", "2.00", "0.00"),
        ({"c21": "1", "c31": "9"}, "0.50", "2.00", "0.50"),
    ],
)
def test_what_is_reached_counts_both_within_their_caps(
    criteria: CriteriaSet, given: Mapping[str, str], bonus: str, penalty: str, reached: str
) -> None:
    found = totals(criteria, answers(**given))
    assert (str(found.bonus), str(found.penalty)) == (bonus, penalty)
    assert str(found.overall.points) == reached
    assert (str(found.main.points), str(found.overall.maximum)) == ("2.00", "2.00")


def test_the_denominator_and_the_count_of_criteria_are_of_the_main_block(criteria: CriteriaSet) -> None:
    found = totals(criteria, answers(c21="2"))
    assert (found.overall.scored, found.overall.to_score) == (1, 1)
    assert found.overall.percentage == Decimal("150.00")


def test_a_reader_adds_up_the_column_because_a_penalty_has_its_sign(criteria: CriteriaSet) -> None:
    found = totals(criteria, answers(c21="2", c31="1"))
    column = [signed(field, found.by_id[field.id].points) for field in criteria.fields]
    assert sum(column, Decimal("0.00")) == found.overall.points
    assert [str(each) for each in column] == ["2.00", "1.00", "-0.50"]


def read(criteria: CriteriaSet, inputs: Mapping[str, str]) -> Assessment:
    """An assessment with these counts by code, and an explanation where the main block needs one."""
    entries = {
        f"answer/id-{code}/figures": {
            "applicability": "applicable",
            "ground": "",
            "inputs": {"answer" if code == "1.1" else "count": text},
        }
        for code, text in inputs.items()
    }
    return read_assessment(
        criteria, {key: (Standing(value, frozenset({"w"})),) for key, value in entries.items()}
    )


@pytest.mark.parametrize(
    ("code", "count", "needs"),
    [
        ("2.1", None, ()),  # a bonus may be left alone
        ("2.1", "0", ()),
        ("2.1", "1", (Need.EVIDENCE,)),
        ("3.1", None, (Need.UNSCORED,)),  # a penalty is declared, even that there was none
        ("3.1", "0", ()),
        ("3.1", "1", (Need.EXPLANATION,)),
    ],
)
def test_what_lacks(criteria: CriteriaSet, code: str, count: str | None, needs: tuple[Need, ...]) -> None:
    assessment = read(criteria, {} if count is None else {code: count})
    assert assessment.sheets[f"id-{code}"].needs == needs


def test_less_than_the_maximum_of_a_bonus_needs_no_reason(criteria: CriteriaSet) -> None:
    tree = {**TREE, "criteria": [*TREE["criteria"]]}  # type: ignore[misc]  # a list of trees
    leaf = {**a_leaf("2.1", "2.00", COUNT), "reason_below_maximum": "required"}
    tree["criteria"][1] = {**a_group("2", "3.00", leaf), "block": "bonus"}
    assessment = read(CriteriaSet.from_tree(tree), {"2.1": "1"})
    assert assessment.sheets["id-2.1"].needs == (Need.EVIDENCE,)
