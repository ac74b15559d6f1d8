"""All sets that ship: what each level is assessed on and out of how many points, and what the sets share."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

import resources
from parindex_desktop.domain.criteria import Applies, Block, CriteriaSet, Part, head_of
from parindex_desktop.domain.criteria_reading import read_criteria_set
from parindex_desktop.domain.scoring.answers import Answer, Applicability
from parindex_desktop.domain.scoring.grades import resolved
from parindex_desktop.domain.scoring.inputs import InputKind, InputSpec
from parindex_desktop.domain.scoring.outcome import OutcomeState, score
from parindex_desktop.domain.scoring.rule import ScoredBy
from parindex_desktop.domain.scoring.totals import totals
from parindex_desktop.domain.units import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parindex_desktop.domain.criteria import Criterion


@dataclass(frozen=True)
class Expected:
    """What a set says. Its points: 100 = self-scored + survey + judgement + not applicable.

    `if_any` (“nếu có”) is in the self-scored maximum until a unit takes it out with its ground; `least` is what is
    then left.
    """

    level: Level
    year: int
    self_scored: str
    to_score: int
    survey: str
    judgement: str
    not_applicable: str
    least: str
    never: tuple[str, ...] = ()
    if_any: tuple[str, ...] = ()


FIELD_2: Final = ("2.1", "2.2", "2.3", "2.4", "2.5", "2.6")
FIELD_4: Final = ("4.1", "4.2", "4.3", "4.4", "4.5", "4.6", "4.7")
FIELD_6: Final = ("6.1", "6.2", "6.3", "6.4", "6.5", "6.6")

SETS: Final = {
    # A commune of the three tiers has no staff of its own to reduce, delegates nothing, appoints and recruits nobody,
    # has no public service unit and no target of disbursement, integrates no service, counts no investment.
    "commune-2024": Expected(
        Level.COMMUNE, 2024, "72.00", 43, "13.00", "0.00", "15.00", "72.00",
        never=("4.3", "4.4", "4.5", "5.2", "5.3", "6.1", "6.4", "6.5", "7.4", "8.4"),
    ),
    # The communes of the two tiers took over much of the districts' work: only what the province does, and the
    # comparison with 2015, is out.
    "commune-2026": Expected(
        Level.COMMUNE, 2026, "82.50", 49, "13.00", "0.00", "4.50", "71.00",
        never=("4.3", "5.2", "7.4", "8.4"),
        if_any=("4.4", "4.5", "5.3", "6.1", "6.4", "6.5", "8.3"),
    ),
    # Everything concerns a district, disbursement too.
    "district-2024": Expected(Level.DISTRICT, 2024, "87.00", 53, "13.00", "0.00", "0.00", "87.00"),
    # A department has no territory: no commune staff, no socio-economic targets, revenue or investment. One point of
    # 1.7 is for the chairman to give.
    "department-2026": Expected(
        Level.DEPARTMENT, 2026, "81.50", 50, "13.00", "1.00", "4.50", "75.50",
        never=("5.6", "8.2", "8.3", "8.4"),
        if_any=("6.1", "6.4", "6.5"),
    ),
    # Its own ministry answers for a central agency's legal documents, organisation and money: fields 1, 3, 5, 7 and
    # SIPAS are left, without the commune staff of 5.6. Of the survey, 2.6, 4.7 and 6.6 go with their fields.
    "central-2026": Expected(
        Level.CENTRAL, 2026, "50.50", 33, "7.00", "0.00", "42.50", "50.50",
        never=(*FIELD_2, *FIELD_4, "5.6", *FIELD_6, "8.2", "8.3", "8.4"),
    ),
}  # fmt: skip

NAMES: Final = tuple(SETS)
FIELD_MAXIMA: Final = ("16.00", "13.00", "14.50", "12.00", "13.50", "13.00", "13.00", "5.00")

TREES: Final[dict[str, dict[str, Any]]] = {name: resources.tree(f"criteria/{name}.json") for name in NAMES}
CRITERIA: Final = {name: CriteriaSet.from_tree(tree) for name, tree in TREES.items()}

each_set = pytest.mark.parametrize("name", NAMES)


def points(leaves: Iterator[Criterion] | list[Criterion]) -> Decimal:
    return sum((leaf.maximum for leaf in leaves), Decimal("0.00"))


def leaves(name: str, applies: Applies) -> list[Criterion]:
    return [leaf for leaf in CRITERIA[name].leaves() if leaf.applies is applies]


def test_these_are_all_the_sets_that_ship() -> None:
    assert {path.stem for path in resources.files("criteria", ".json")} == set(NAMES)


@each_set
def test_a_set_is_accepted_by_its_own_reader(name: str) -> None:
    schema = resources.tree("schemas/criteria-set.schema.json")
    read = read_criteria_set(resources.file(f"criteria/{name}.json").read_bytes(), schema)
    assert read == CRITERIA[name]
    assert (read.level, read.year, read.version) == (SETS[name].level, SETS[name].year, 1)


@each_set
def test_a_set_is_marked_as_illustrative_and_names_the_law_of_its_year(name: str) -> None:
    criteria = CRITERIA[name]
    assert criteria.name.endswith("(minh họa)")
    assert str(criteria.year) in criteria.name
    assert criteria.notice.startswith("Minh họa")
    of_the_year, of_another = ("876/QĐ-BNV", "1187/QĐ-BNV")[:: 1 if criteria.year < 2025 else -1]
    basis = " ".join(criteria.legal_basis)
    assert "76/NQ-CP" in basis
    assert "1001/QĐ-BNV" in basis
    assert of_the_year in basis
    assert of_another not in basis


@each_set
def test_the_fields_have_the_maxima_of_the_lao_cai_plan(name: str) -> None:
    main = [field for field in CRITERIA[name].fields if field.block is Block.MAIN]
    assert tuple(str(field.maximum) for field in main) == FIELD_MAXIMA
    assert CRITERIA[name].maximum == Decimal("100.00")


@each_set
def test_what_a_unit_is_self_scored_out_of(name: str) -> None:
    expected, overall = SETS[name], totals(CRITERIA[name], {}).overall
    assert (str(overall.maximum), overall.to_score) == (expected.self_scored, expected.to_score)
    assert overall.not_applicable == len(expected.never)
    parts = (expected.self_scored, expected.survey, expected.judgement, expected.not_applicable)
    assert sum(map(Decimal, parts)) == Decimal("100.00")


@each_set
def test_what_concerns_the_level(name: str) -> None:
    never, if_any = leaves(name, Applies.NEVER), leaves(name, Applies.IF_ANY)
    assert tuple(leaf.code for leaf in never) == SETS[name].never
    assert tuple(leaf.code for leaf in if_any) == SETS[name].if_any
    assert points(never) == Decimal(SETS[name].not_applicable)
    assert all(leaf.ground for leaf in never)


@each_set
def test_what_others_score(name: str) -> None:
    asked = [leaf for leaf in CRITERIA[name].leaves() if leaf.applies is not Applies.NEVER]
    assert points([leaf for leaf in asked if leaf.part is Part.SURVEY]) == Decimal(SETS[name].survey)
    assert points([leaf for leaf in asked if leaf.part is Part.JUDGEMENT]) == Decimal(SETS[name].judgement)


@each_set
def test_what_is_left_when_a_unit_takes_out_all_it_may(name: str) -> None:
    out = Answer(Applicability.NOT_APPLICABLE, "Không có")
    answers = {leaf.id: out for leaf in leaves(name, Applies.IF_ANY)}
    assert str(totals(CRITERIA[name], answers).overall.maximum) == SETS[name].least


@pytest.mark.parametrize(
    ("name", "denominators"),
    [
        ("commune-2024", "15.00 11.00 14.00 5.50 9.00 5.00 10.00 2.50"),
        ("commune-2026", "15.00 11.00 14.00 8.50 10.50 11.00 10.00 2.50"),
        ("district-2024", "15.00 11.00 14.00 10.00 12.00 11.00 11.00 3.00"),
        ("department-2026", "14.00 11.00 14.00 10.00 10.50 11.00 11.00 0.00 0.00 0.00"),
        ("central-2026", "15.00 0.00 14.00 0.00 10.50 0.00 11.00 0.00"),
    ],
)
def test_what_each_field_is_self_scored_out_of(name: str, denominators: str) -> None:
    by_id = totals(CRITERIA[name], {}).by_id
    assert [str(by_id[field.id].maximum) for field in CRITERIA[name].fields] == denominators.split()


def best(leaf: Criterion, spec: InputSpec, year: int) -> str:
    """An input that gives all points, and takes none off."""
    match spec.kind:
        case InputKind.COUNT | InputKind.AMOUNT:
            bad = leaf.block is Block.PENALTY or "kỷ luật" in spec.title or "không đúng" in spec.title
            more = (leaf.code, spec.name) in {("8.3", "numerator"), ("8.4", "value")}
            return "0" if bad else "105" if more else "100"
        case InputKind.YES_NO | InputKind.CHECK:
            return "yes"
        case InputKind.DATE:
            return f"{year}-01-15" if spec.name == "event" else f"{year - 1}-12-15"
        case InputKind.CHOICE:
            return spec.options[0].id


@each_set
def test_the_best_figures_give_100_percent(name: str) -> None:
    criteria = CRITERIA[name]
    answers = {
        leaf.id: Answer(inputs={spec.name: best(leaf, spec, criteria.year) for spec in leaf.inputs})
        for leaf in criteria.leaves()
    }
    reached = totals(criteria, answers)
    assert (str(reached.main.points), reached.main.scored) == (SETS[name].self_scored, SETS[name].to_score)
    assert reached.main.percentage == Decimal("100.00")
    assert reached.overall.points == reached.main.points + reached.bonus
    assert str(reached.bonus) == ("3.00" if name == "department-2026" else "0.00")
    assert str(reached.penalty) == "0.00"


def test_together_they_use_every_rule() -> None:
    schema = resources.tree("schemas/criteria-set.schema.json")
    used = {
        node["rule"]["kind"] for tree in TREES.values() for node in nodes(tree["criteria"]) if "rule" in node
    }
    assert used == set(schema["$defs"]["rule"]["properties"]["kind"]["enum"])


@each_set
def test_the_guide_for_authors_states_the_same_figures(name: str) -> None:
    guide = (Path(resources.__file__).parent.parent / "docs" / "criteria-set.md").read_text("utf-8")
    of = SETS[name]
    figures = (of.self_scored, of.to_score, of.survey, of.judgement, of.not_applicable, of.least)
    assert f"| `{name}` | {' | '.join(map(str, figures))} |" in guide


# What the sets share


def nodes(children: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for node in children:
        yield node
        yield from nodes(node.get("children", []))


OWN: Final = {
    "department-2026": {"1.7", "1.7.2", "3.2", "3.2.2", "9", "9.1", "9.2", "9.3", "10", "10.1", "10.2"}
}
"""What only one set has: the chairman's judgement, the days for the national database, bonus and penalty."""

MOVED: Final = {("department-2026", "1.7"): ("1.7.1", "1.50"), ("department-2026", "3.2"): ("3.2.1", "0.50")}
"""Where a criterion has another code and maximum than elsewhere, as what is beside it now needs points."""


@each_set
def test_the_same_criterion_has_the_same_id_and_maximum_in_every_set(name: str) -> None:
    common = {
        node["id"]: MOVED.get((name, node["code"]), (node["code"], node["maximum"]))
        for node in nodes(TREES["commune-2026"]["criteria"])
    }
    own = OWN.get(name, set())
    assert {
        node["id"]: (node["code"], node["maximum"])
        for node in nodes(TREES[name]["criteria"])
        if node["code"] not in own
    } == common
    codes = {node["code"]: node["id"] for node in nodes(TREES[name]["criteria"])}
    assert own <= codes.keys()
    assert not {codes[code] for code in own} & common.keys()


@each_set
def test_every_set_has_an_id_of_its_own(name: str) -> None:
    assert [tree["id"] for tree in TREES.values()].count(TREES[name]["id"]) == 1
    assert all(node["id"][14] == "4" for node in nodes(TREES[name]["criteria"]))


OTHERS: Final = ("district-2024", "department-2026", "central-2026")
DIFFERENT: Final = {
    # 31/12 of the year before; communes from 7/2025 on count days after the province's plan
    "1.1": (("commune-2024", *OTHERS), ("commune-2026",)),
    "7.5": (("commune-2024", *OTHERS), ("commune-2026",)),
    # a commune of the three tiers inspected itself, one of the two tiers perhaps has no rooms
    "1.4.1": (("commune-2024",), ("commune-2026",), OTHERS),
    # one initiative is full there
    "1.6": (("commune-2024",), ("commune-2026", *OTHERS)),
    # 99% (Bà Rịa - Vũng Tàu); 98% in the plan of a provincial office (Lào Cai)
    "3.4": (("commune-2024", "commune-2026", "district-2024"), ("department-2026", "central-2026")),
    # 37,5% in 2024 and 40% in 2026 on the way from 35 to 40%; set by the province for communes
    "3.5": (("commune-2024", "district-2024"), ("commune-2026",), ("department-2026", "central-2026")),
    # 40%, 50%, 60%
    "3.7": (("commune-2024", "commune-2026"), ("district-2024",), ("department-2026", "central-2026")),
    # a district always has money to disburse
    "6.1": (("commune-2026", "department-2026"), ("district-2024",)),
    # 80%, 90%
    "7.3": (("commune-2024", "commune-2026", "district-2024"), ("department-2026", "central-2026")),
}
"""Where the rule of a criterion gives other points for the same figures: the sets that agree."""

WORDS: Final = {
    "question",
    "numerator",
    "denominator",
    "count",
    "date",
    "not_done",
    "event",
    "title",
    "value",
    "previous",
}


def without_words(rule: Any) -> Any:
    if isinstance(rule, dict):
        return {key: without_words(part) for key, part in rule.items() if key not in WORDS}
    return [without_words(part) for part in rule] if isinstance(rule, list) else rule


def test_the_same_figures_give_the_same_points_in_every_set_but_where_it_is_said() -> None:
    codes = {node["id"]: node["code"] for node in nodes(TREES["commune-2026"]["criteria"])}
    shapes: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for name, tree in TREES.items():
        for node in nodes(tree["criteria"]):
            if "rule" in node and node["id"] in codes:
                shape = without_words(resolved(node["rule"], head_of(tree)))
                shapes[codes[node["id"]]][str(shape)].add(name)
    found = {
        code: set(map(frozenset, by_shape.values())) for code, by_shape in shapes.items() if len(by_shape) > 1
    }
    assert found == {code: set(map(frozenset, groups)) for code, groups in DIFFERENT.items()}


@each_set
def test_every_criterion_names_its_source_and_its_documents(name: str) -> None:
    for leaf in CRITERIA[name].leaves():
        assert leaf.source, leaf.code
        if (
            leaf.applies is not Applies.NEVER
            and leaf.rule is not None
            and leaf.rule.scored_by is ScoredBy.UNIT
        ):
            assert leaf.documents, leaf.code


@each_set
def test_sources_name_the_part_of_the_plan_that_is_about_the_level(name: str) -> None:
    """Bà Rịa - Vũng Tàu sets targets for the province (a), districts (b) and communes (c)."""
    letter = {Level.COMMUNE: "c", Level.DISTRICT: "b"}.get(SETS[name].level, "a")
    for leaf in CRITERIA[name].leaves():
        if "II.4." in (leaf.source or "") and not (letter == "c" and leaf.code in {"4.4", "6.1"}):
            assert f"II.4.{letter}" in (leaf.source or ""), leaf.code


@each_set
def test_texts_are_composed_and_in_the_words_of_officers(name: str) -> None:
    text = resources.text(f"criteria/{name}.json")
    assert unicodedata.is_normalized("NFC", text)
    assert "bằng chứng" not in text.casefold()
    if name.startswith(("department", "central")):
        words = [
            leaf.title + (leaf.guidance or "") + "".join(leaf.documents) for leaf in CRITERIA[name].leaves()
        ]
        assert not [each for each in words if "UBND xã" in each or "UBND huyện" in each]


# Figures


@pytest.mark.parametrize(
    ("name", "code", "inputs", "given"),
    [
        ("commune-2024", "1.1", {"date": "2023-12-31"}, "1.00"),
        ("commune-2024", "1.1", {"date": "2024-01-15"}, "0.50"),
        ("commune-2024", "1.1", {"date": "2024-01-16"}, "0.00"),
        ("commune-2024", "1.4.1", {"answer": "yes"}, "1.00"),
        ("commune-2024", "1.6", {"count": "1"}, "2.00"),
        ("district-2024", "1.6", {"count": "1"}, "0.50"),
        ("department-2026", "1.6", {"count": "3"}, "2.00"),
        ("district-2024", "3.4", {"numerator": "985", "denominator": "1000"}, "2.98"),
        ("department-2026", "3.4", {"numerator": "980", "denominator": "1000"}, "3.00"),
        ("district-2024", "3.5", {"numerator": "375", "denominator": "1000"}, "1.00"),
        ("department-2026", "3.5", {"numerator": "375", "denominator": "1000"}, "0.94"),
        ("commune-2024", "3.7", {"numerator": "40", "denominator": "100"}, "1.50"),
        ("district-2024", "3.7", {"numerator": "40", "denominator": "100"}, "1.20"),
        ("department-2026", "3.7", {"numerator": "40", "denominator": "100"}, "1.00"),
        ("central-2026", "3.7", {"numerator": "60", "denominator": "100"}, "1.50"),
        ("department-2026", "4.3", {"numerator": "9", "denominator": "60"}, "1.50"),
        ("district-2024", "4.3", {"numerator": "6", "denominator": "60"}, "1.00"),
        ("district-2024", "5.2", {"so_dot": "3", "so_dot_sai": "0"}, "1.50"),
        ("department-2026", "5.2", {"so_dot": "3", "so_dot_sai": "1"}, "0.50"),
        ("central-2026", "5.2", {"so_dot": "1", "so_dot_sai": "1"}, "0.00"),
        ("commune-2024", "7.3", {"numerator": "80", "denominator": "100"}, "3.00"),
        ("department-2026", "7.3", {"numerator": "81", "denominator": "100"}, "2.70"),
        ("district-2024", "8.4", {"previous": "500000", "value": "500001"}, "0.50"),
        ("district-2024", "8.4", {"previous": "500000", "value": "500000"}, "0.00"),
        ("department-2026", "9.1", {"count": "5"}, "2.00"),
        ("department-2026", "9.3", {"choice": "some"}, "0.50"),
        ("department-2026", "10.2", {"count": "3"}, "1.50"),
    ],
)
def test_worked_examples(name: str, code: str, inputs: dict[str, str], given: str) -> None:
    assert score(CRITERIA[name].by_code(code), Answer(inputs=inputs)).points == Decimal(given)


@pytest.mark.parametrize(
    ("name", "code", "state"),
    [
        ("district-2024", "5.2", OutcomeState.NOT_APPLICABLE),
        ("district-2024", "6.1", OutcomeState.FAULTY),
        ("district-2024", "6.4", OutcomeState.NOT_APPLICABLE),
        ("department-2026", "3.2.2", OutcomeState.NOT_APPLICABLE),
        ("department-2026", "1.4.1", OutcomeState.FAULTY),
        ("department-2026", "1.7.2", OutcomeState.NOT_SELF_SCORED),
        ("commune-2024", "1.4.1", OutcomeState.FAULTY),
    ],
)
def test_nothing_arose(name: str, code: str, state: OutcomeState) -> None:
    assert score(CRITERIA[name].by_code(code), Answer(Applicability.NOTHING_AROSE)).state is state


def test_without_recruitment_a_unit_must_say_that_nothing_arose() -> None:
    answer = Answer(inputs={"so_dot": "0", "so_dot_sai": "0"})
    assert score(CRITERIA["district-2024"].by_code("5.2"), answer).state is OutcomeState.FAULTY


@pytest.mark.parametrize(
    ("signed", "entered", "given"),
    [
        ("2026-02-13", "2026-02-27", "0.50"),  # the last working day before Tết; five after it
        ("2026-02-13", "2026-03-02", "0.00"),
        ("2026-01-05", "2026-01-10", "0.50"),  # Saturday 10/1 is worked for Friday 2/1
        ("2026-01-05", "2026-01-12", "0.00"),
        ("2026-08-24", "2026-09-03", "0.50"),  # 31/8 to 2/9 are off
        ("2026-08-24", "2026-09-04", "0.00"),
        ("2025-12-31", "2026-01-08", "0.50"),  # a decision of the year before
    ],
)
def test_a_procedure_is_entered_within_five_working_days(signed: str, entered: str, given: str) -> None:
    """Without Saturdays, Sundays and the holidays of the year; with the Saturdays worked instead."""
    answer = Answer(inputs={"event": signed, "date": entered})
    assert score(CRITERIA["department-2026"].by_code("3.2.2"), answer).points == Decimal(given)


def test_holidays_fall_on_working_days_and_the_days_worked_instead_do_not() -> None:
    calendar = TREES["department-2026"]["calendar"]
    assert {year: (len(days["holidays"]), len(days["worked"])) for year, days in calendar.items()} == {
        "2025": (12, 1),
        "2026": (13, 2),
    }
    for days in calendar.values():
        assert all(date.fromisoformat(day).weekday() < 5 for day in days["holidays"])
        assert all(date.fromisoformat(day).weekday() >= 5 for day in days["worked"])


def test_bonus_and_penalty_of_a_department_stand_outside_and_are_capped() -> None:
    criteria = CRITERIA["department-2026"]
    most = {"9.1": {"count": "9"}, "9.2": {"answer": "yes"}, "9.3": {"choice": "all"}, "10.2": {"count": "1"}}
    answers = {criteria.by_code(code).id: Answer(inputs=inputs) for code, inputs in most.items()}
    reached = totals(criteria, answers)
    assert (reached.bonus, reached.penalty) == (Decimal("3.00"), Decimal("0.50"))
    assert str(reached.overall.maximum) == "81.50"
    assert reached.overall.points == Decimal("2.50")
    worst = {criteria.by_code(code).id: Answer(inputs={"count": "9"}) for code in ("10.1", "10.2")}
    assert totals(criteria, worst).penalty == Decimal("2.00")
