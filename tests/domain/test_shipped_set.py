"""The commune set that ships: accepted by its own reader, marked as illustrative, with known denominators."""

from __future__ import annotations

import unicodedata
from collections import Counter
from decimal import Decimal
from typing import Any

import pytest

import resources
from parindex_desktop.domain.criteria import Applies, CriteriaSet, Part
from parindex_desktop.domain.criteria_reading import read_criteria_set
from parindex_desktop.domain.scoring.answers import Answer, Applicability
from parindex_desktop.domain.scoring.inputs import InputKind, InputSpec
from parindex_desktop.domain.scoring.outcome import OutcomeState, score
from parindex_desktop.domain.scoring.rule import ScoredBy
from parindex_desktop.domain.scoring.totals import totals
from parindex_desktop.domain.units import Level

NAME = "criteria/commune-2026.json"
RULES = {
    "yes_no", "ratio", "threshold", "threshold_ratio", "steps", "count", "checklist", "choice", "deduct", "deadline",
    "survey", "sipas",
}  # fmt: skip


@pytest.fixture(scope="module")
def tree() -> dict[str, Any]:
    document: dict[str, Any] = resources.tree(NAME)
    return document


@pytest.fixture(scope="module")
def criteria(tree: dict[str, Any]) -> CriteriaSet:
    return CriteriaSet.from_tree(tree)


def full_marks(spec: InputSpec) -> str:
    """An input that gives all points, whatever the rule; the part is as large as the whole."""
    match spec.kind:
        case InputKind.COUNT | InputKind.AMOUNT:
            return "0" if "kỷ luật" in spec.title else "105" if spec.name == "numerator" else "100"
        case InputKind.YES_NO | InputKind.CHECK:
            return "yes"
        case InputKind.DATE:
            return "2026-01-15"
        case InputKind.CHOICE:
            return spec.options[0].id


def test_the_shipped_set_passes_its_own_reader(criteria: CriteriaSet) -> None:
    schema = resources.tree("schemas/criteria-set.schema.json")
    assert read_criteria_set(resources.file(NAME).read_bytes(), schema) == criteria


def test_it_is_for_communes_of_the_two_tiers_and_marked_as_illustrative(criteria: CriteriaSet) -> None:
    assert (criteria.level, criteria.year, criteria.version) == (Level.COMMUNE, 2026, 1)
    assert "minh họa" in criteria.name
    assert criteria.notice.startswith("Minh họa")
    assert any("76/NQ-CP" in basis for basis in criteria.legal_basis)
    assert any("1187/QĐ-BNV" in basis for basis in criteria.legal_basis)


def test_its_fields_have_the_maxima_of_the_lao_cai_plan(criteria: CriteriaSet) -> None:
    assert [str(field.maximum) for field in criteria.fields] == [
        "16.00",
        "13.00",
        "14.50",
        "12.00",
        "13.50",
        "13.00",
        "13.00",
        "5.00",
    ]
    assert criteria.maximum == Decimal("100.00")


def test_it_uses_every_rule_of_the_engine(tree: dict[str, Any]) -> None:
    def kinds(node: dict[str, Any]) -> list[str]:
        own = [node["rule"]["kind"]] if "rule" in node else []
        return own + [kind for child in node.get("children", ()) for kind in kinds(child)]

    assert set(kinds({"children": tree["criteria"]})) == RULES


@pytest.mark.parametrize(
    ("code", "denominator", "to_score"),
    [
        ("1", "15.00", 10),
        ("2", "11.00", 5),
        ("3", "14.00", 11),
        ("4", "8.50", 5),
        ("5", "10.50", 6),
        ("6", "11.00", 5),
        ("7", "10.00", 5),
        ("8", "2.50", 2),
    ],
)
def test_what_each_field_is_self_scored_out_of(
    criteria: CriteriaSet, code: str, denominator: str, to_score: int
) -> None:
    field = totals(criteria, {}).by_id[criteria.by_code(code).id]
    assert (field.maximum, field.to_score) == (Decimal(denominator), to_score)


def test_a_commune_is_self_scored_out_of_82_50_points(criteria: CriteriaSet) -> None:
    overall = totals(criteria, {}).overall
    assert (overall.maximum, overall.to_score, overall.not_applicable) == (Decimal("82.50"), 49, 4)


def test_the_survey_part_is_13_points(criteria: CriteriaSet) -> None:
    survey = [leaf for leaf in criteria.leaves() if leaf.part is Part.SURVEY]
    assert sum(leaf.maximum for leaf in survey) == Decimal("13.00")
    assert [leaf.code for leaf in survey] == ["1.10", "2.6", "3.12", "4.7", "5.8", "6.6", "7.7", "8.1"]
    assert {score(leaf).state for leaf in survey} == {OutcomeState.NOT_SELF_SCORED}


def test_what_concerns_communes_from_july_2025_on(criteria: CriteriaSet) -> None:
    by_applicability = {
        applies: [leaf.code for leaf in criteria.leaves() if leaf.applies is applies] for applies in Applies
    }
    assert by_applicability[Applies.IF_ANY] == ["4.4", "4.5", "5.3", "6.1", "6.4", "6.5", "8.3"]
    assert by_applicability[Applies.NEVER] == ["4.3", "5.2", "7.4", "8.4"]
    assert all(leaf.ground for leaf in criteria.leaves() if leaf.applies is Applies.NEVER)


def test_a_commune_that_takes_out_all_it_may_is_scored_out_of_71(criteria: CriteriaSet) -> None:
    out = Answer(Applicability.NOT_APPLICABLE, "Không có")
    answers = {leaf.id: out for leaf in criteria.leaves() if leaf.applies is Applies.IF_ANY}
    assert totals(criteria, answers).overall.maximum == Decimal("71.00")


@pytest.mark.parametrize(
    ("code", "state", "points"),
    [
        ("1.2", OutcomeState.SCORED, Decimal("0.00")),
        ("2.3", OutcomeState.SCORED, Decimal("3.00")),
        ("2.4", OutcomeState.NOT_APPLICABLE, None),
        ("3.6", OutcomeState.NOT_APPLICABLE, None),
        ("3.10", OutcomeState.NOT_APPLICABLE, None),
        ("6.2", OutcomeState.SCORED, Decimal("2.50")),
        ("6.3", OutcomeState.NOT_APPLICABLE, None),
        ("6.4", OutcomeState.NOT_APPLICABLE, None),
        ("6.5", OutcomeState.NOT_APPLICABLE, None),
        ("3.4", OutcomeState.FAULTY, None),
    ],
)
def test_nothing_arose(criteria: CriteriaSet, code: str, state: OutcomeState, points: Decimal | None) -> None:
    outcome = score(criteria.by_code(code), Answer(Applicability.NOTHING_AROSE))
    assert (outcome.state, outcome.points) == (state, points)


@pytest.mark.parametrize(
    ("code", "inputs", "points"),
    [
        ("1.1", {"event": "2026-01-15", "date": "2026-02-20"}, "0.50"),
        ("1.2", {"numerator": "45", "denominator": "50"}, "1.80"),
        ("1.3", {"count": "3"}, "1.50"),
        ("1.4.1", {"numerator": "12", "denominator": "40"}, "1.00"),
        ("1.4.1", {"numerator": "11", "denominator": "40"}, "0.00"),
        ("1.6", {"count": "2"}, "1.25"),
        ("3.4", {"numerator": "9850", "denominator": "10000"}, "2.98"),
        ("3.5", {"numerator": "122.5", "denominator": "350"}, "1.00"),
        ("3.6", {"numerator": "3", "denominator": "4"}, "0.00"),
        ("3.7", {"numerator": "456", "denominator": "1200"}, "1.43"),
        ("3.11", {"staff": "yes", "equipment": "yes", "notice": "no"}, "1.00"),
        ("5.7", {"count": "5"}, "0.00"),
        ("7.5", {"event": "2026-01-15", "date": "2026-02-15"}, "0.00"),
        ("7.6", {"choice": "kept"}, "0.75"),
        ("8.3", {"numerator": "1050", "denominator": "1000"}, "1.00"),
    ],
)
def test_worked_examples(criteria: CriteriaSet, code: str, inputs: dict[str, str], points: str) -> None:
    assert score(criteria.by_code(code), Answer(inputs=inputs)).points == Decimal(points)


def test_every_criterion_can_reach_its_maximum_by_what_it_asks_for(criteria: CriteriaSet) -> None:
    answers = {}
    for leaf in criteria.leaves():
        inputs = {spec.name: full_marks(spec) for spec in leaf.inputs}
        if "numerator" in inputs and leaf.code != "8.3":
            inputs["numerator"] = inputs["denominator"]
        answers[leaf.id] = Answer(inputs=inputs)
    overall = totals(criteria, answers).overall
    assert (overall.points, overall.scored) == (Decimal("82.50"), 49)
    assert overall.percentage == Decimal("100.00")


def test_every_self_scored_criterion_names_its_documents_and_source(criteria: CriteriaSet) -> None:
    for leaf in criteria.leaves():
        assert leaf.source, leaf.code
        if leaf.rule is not None and leaf.rule.scored_by is ScoredBy.UNIT:
            assert leaf.documents, leaf.code


def test_ids_are_random_and_stand_once(criteria: CriteriaSet) -> None:
    ids = Counter(criterion.id for criterion in criteria.walk())
    assert max(ids.values()) == 1
    assert all(id_[14] == "4" for id_ in ids)


def test_codes_follow_the_tree_and_titles_are_in_the_words_of_officers(criteria: CriteriaSet) -> None:
    for criterion in criteria.walk():
        for child in criterion.children:
            assert child.code.startswith(f"{criterion.code}.")
    text = resources.text(NAME)
    assert unicodedata.is_normalized("NFC", text)
    assert "bằng chứng" not in text.casefold()
