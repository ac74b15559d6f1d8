"""The formulas of the sheet come to the points of the engine, for whatever stands in the cells."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from exports.spreadsheets.form_cells import CLAIMS, shown_input
from exports.spreadsheets.form_formulas import (
    IN_PROGRAM,
    NO_GROUND,
    NOT_APPLICABLE,
    NOT_SELF_SCORED,
    WRONG,
    Cells,
    conditions,
    points_of_leaf,
)
from parindex_desktop.domain.criteria import Applies, Block, Criterion
from parindex_desktop.domain.numbers import rounded
from parindex_desktop.domain.scoring.answers import UNANSWERED, Answer, Applicability
from parindex_desktop.domain.scoring.head import Head
from parindex_desktop.domain.scoring.inputs import InputKind
from parindex_desktop.domain.scoring.kinds import read_rule
from parindex_desktop.domain.scoring.outcome import Outcome, OutcomeState, claimable, score
from parindex_desktop.domain.units import Level
from tests.exports.spreadsheets.formulas import Computer

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn

SHARE = {"figures": "count", "numerator": "Đúng hạn", "denominator": "Tổng số"}
NOTHING = [None, "full", "zero", "not_applicable"]
STEPS = [
    {"above": "100", "points": "2.00"},
    {"at_least": "97.5", "points": "1.25"},
    {"at_least": "60", "points": "0.50"},
]
RULES: dict[str, dict[str, Any]] = {
    "yes_no": {"question": "Đã ban hành?"},
    "ratio": SHARE,
    "ratio with a floor": {"kind": "ratio", **SHARE, "floor": "33.33"},
    "threshold": {**SHARE, "target": "97.55"},
    "threshold_ratio": {**SHARE, "target": "45", "floor": "20"},
    "threshold of amounts": {"kind": "threshold_ratio", **SHARE, "figures": "amount", "target": "40"},
    "ratio of amounts": {"kind": "ratio", **SHARE, "figures": "amount", "floor": "10"},
    "steps": {**SHARE, "by": "percentage", "steps": STEPS},
    "steps by count": {
        "kind": "steps",
        "by": "count",
        "count": "Số sáng kiến",
        "steps": [{"above": 5, "points": "2.00"}, {"at_least": 1, "points": "0.75"}],
    },
    "count": {"count": "Số sáng kiến", "each": "0.35", "most": 10},
    "deduct": {"count": "Số vụ", "each": "0.15", "floor": "0.20"},
    "checklist": {
        "items": [
            {"id": "a", "title": "Có kế hoạch", "points": "0.65"},
            {"id": "b", "title": "Có báo cáo", "points": "0.70"},
            {"id": "c", "title": "Có kiểm tra", "points": "0.90"},
        ]
    },
    "choice": {
        "question": "Mức độ?",
        "options": [
            {"id": "all", "title": "Đạt cả 3 ý", "share": "100"},
            {"id": "some", "title": '=Đạt "1*2" ý', "share": "33.33"},
            {"id": "none", "title": "Không đạt " + "x" * 300, "share": "0"},
        ],
    },
}


def leaf(name: str, **more: Any) -> Criterion:
    nothing = more.pop("nothing_arose", None)
    tree = {"kind": name.partition(" ")[0], **RULES[name], **({"nothing_arose": nothing} if nothing else {})}
    maximum = Decimal("2.00")
    rule = read_rule(tree, maximum, Head(2026, Level.COMMUNE))
    return Criterion("id", "1.1", "Tiêu chí", maximum, rule=rule, **more)


def computed(criterion: Criterion, answer: Answer, exported: Answer = UNANSWERED, typed: Any = None) -> Any:
    """What the sheet shows for `criterion` where its cells say `answer`, or what was `typed` into some."""
    inputs = {spec.name: f"D{row}" for row, spec in enumerate(criterion.inputs, 8)}
    values: dict[str, Any] = {"D7": CLAIMS[answer.applicability], "F7": answer.ground or None}
    words: dict[tuple[str, ...], str] = {}

    def word_cell(offered: tuple[str, ...], number: int) -> str:
        letter = words.setdefault(offered, "ABCDEFGH"[len(words)])
        values[f"'Danh mục'!{letter}{number + 1}"] = offered[number]
        return f"'Danh mục'!${letter}${number + 1}"

    says = {spec.name: conditions(spec, inputs[spec.name], word_cell) for spec in criterion.inputs}
    for spec in criterion.inputs:
        text = answer.inputs.get(spec.name)
        values[inputs[spec.name]] = (typed or {}).get(
            spec.name, None if text is None else shown_input(spec, text)
        )
    has_claim = len(claimable(criterion)) > 1
    claim = ("D7", "F7") if has_claim else ("", "")
    formula = points_of_leaf(criterion, exported, Cells(inputs, says, *claim))
    assert len(formula) < 8192
    return Computer(lambda place: None if values.get(place) == "" else _text(values.get(place))).value(
        formula
    )


def _text(value: Any) -> Any:
    """A text of the drop-downs that begins with “=” is no formula."""
    return (
        f'="{value.replace(chr(34), chr(34) * 2)}"'
        if isinstance(value, str) and value.startswith("=")
        else value
    )


def expected(outcome: Outcome, criterion: Criterion) -> Any:
    """What the sheet has to show for an outcome."""
    if outcome.points is not None:
        return -outcome.points if criterion.block is Block.PENALTY else outcome.points
    if outcome.state is OutcomeState.FAULTY:
        return NO_GROUND if outcome.reason.code == "score.ground_missing" else WRONG
    return {OutcomeState.UNSCORED: "", OutcomeState.NOT_APPLICABLE: NOT_APPLICABLE}[outcome.state]


def shown(value: Any) -> Any:
    return rounded(Decimal(value)) if isinstance(value, float) else value


@st.composite
def cases(draw: DrawFn) -> tuple[Criterion, Answer]:
    name = draw(st.sampled_from(list(RULES)))
    nothing = draw(st.sampled_from(NOTHING))
    applies = draw(st.sampled_from([Applies.ALWAYS, Applies.IF_ANY]))
    block = draw(st.sampled_from(list(Block)))
    criterion = leaf(name, nothing_arose=nothing, applies=applies, block=block)
    counts = st.integers(0, 40) | st.integers(0, 10**9)
    inputs = {}
    for spec in criterion.inputs:
        values = {
            InputKind.COUNT: counts.map(str),
            InputKind.AMOUNT: counts.map(lambda each: f"{Decimal(each).scaleb(-2).normalize():f}"),
        }.get(spec.kind, st.sampled_from([option.id for option in spec.options] or ["yes", "no"]))
        text = draw(st.none() | values | values)
        if text is not None:
            inputs[spec.name] = text
    said = draw(st.sampled_from([Applicability.APPLICABLE, *claimable(criterion)]))
    ground = draw(st.sampled_from(["", "Không được phân cấp"]))
    return criterion, Answer(said, ground, inputs)


@given(cases())
@example((leaf("ratio"), Answer(inputs={"numerator": "67", "denominator": "400"})))  # 0.335 is a tie
@example((leaf("ratio", nothing_arose="full"), Answer(inputs={"numerator": "0", "denominator": "0"})))
@example((leaf("ratio"), Answer(inputs={"numerator": "3", "denominator": "0"})))
@example(
    (leaf("threshold"), Answer(inputs={"numerator": "1951", "denominator": "2000"}))
)  # exactly the target
@example((leaf("ratio of amounts"), Answer(inputs={"numerator": "0.07", "denominator": "0.7"})))
def test_the_sheet_comes_to_the_points_of_the_engine(case: tuple[Criterion, Answer]) -> None:
    criterion, answer = case
    assert shown(computed(criterion, answer)) == expected(score(criterion, answer), criterion)


@pytest.mark.parametrize("typed", ["x", -1, 1.5, "12,5"])
def test_a_figure_that_is_none_asks_to_be_looked_at(typed: Any) -> None:
    answer = Answer(inputs={"denominator": "30"})
    assert computed(leaf("ratio"), answer, typed={"numerator": typed}) == WRONG


@pytest.mark.parametrize("typed", ["x", -1, 1.555])
def test_an_amount_that_is_none_asks_to_be_looked_at(typed: Any) -> None:
    answer = Answer(inputs={"denominator": "30"})
    assert computed(leaf("ratio of amounts"), answer, typed={"numerator": typed}) == WRONG


@pytest.mark.parametrize(("name", "typed"), [("yes_no", {"answer": "?"}), ("choice", {"choice": "Khác"})])
def test_a_word_that_is_not_offered_asks_to_be_looked_at(name: str, typed: dict[str, str]) -> None:
    assert computed(leaf(name), UNANSWERED, typed=typed) == WRONG


DEADLINE = {
    "kind": "deadline",
    "date": "Ngày ban hành",
    "not_done": "Chưa ban hành",
    "due": {"day": "01-31", "year_offset": 0},
    "late": [{"days": 10, "share": "50"}],
}


def deadline(**more: Any) -> Criterion:
    rule = read_rule(DEADLINE, Decimal("2.00"), Head(2026, Level.COMMUNE))
    return Criterion("id", "1.1", "Tiêu chí", Decimal("2.00"), rule=rule, **more)


@pytest.mark.parametrize("text", ["2026-01-15", "2026-02-05", "not_done"])
def test_other_rules_show_what_the_program_computed_while_nothing_changed(text: str) -> None:
    answer = Answer(inputs={"date": text})
    assert shown(computed(deadline(), answer, answer)) == score(deadline(), answer).points
    assert computed(deadline(), Answer(inputs={"date": "2026-03-01"}), answer) == IN_PROGRAM
    assert computed(deadline(), UNANSWERED, answer) == IN_PROGRAM


def test_other_rules_are_empty_while_nothing_was_entered() -> None:
    assert computed(deadline(), UNANSWERED) == ""
    assert computed(deadline(), Answer(inputs={"date": "2026-01-01"})) == IN_PROGRAM


def test_other_rules_may_be_claimed_away_as_well() -> None:
    criterion = deadline(applies=Applies.IF_ANY)
    assert computed(criterion, Answer(Applicability.NOT_APPLICABLE, "Không có")) == NOT_APPLICABLE


def test_a_computed_zero_does_not_stand_for_a_cleared_cell() -> None:
    rule = {
        "kind": "compare_previous",
        "figures": "count",
        "value": "Năm nay",
        "previous": "Năm trước",
        "better": "lower",
    }
    criterion = replace(deadline(), rule=read_rule(rule, Decimal("2.00"), Head(2026, Level.COMMUNE)))
    answer = Answer(inputs={"value": "0", "previous": "3"})
    assert shown(computed(criterion, answer, answer)) == Decimal("2.00")
    assert computed(criterion, replace(answer, inputs={"previous": "3"}), answer) == IN_PROGRAM


def test_what_others_score_has_no_formula() -> None:
    rule = read_rule({"kind": "survey"}, Decimal("2.00"), Head(2026, Level.COMMUNE))
    assert points_of_leaf(replace(deadline(), rule=rule), UNANSWERED, Cells({}, {})) == NOT_SELF_SCORED
    never = replace(deadline(), applies=Applies.NEVER, ground="Cấp xã không có")
    assert points_of_leaf(never, UNANSWERED, Cells({}, {})) == NOT_APPLICABLE


@pytest.mark.parametrize("block", Block)
def test_the_longest_checklist_fits_into_a_cell(block: Block) -> None:
    items = [{"id": f"i{number}", "title": f"Ý {number}", "points": "10.75"} for number in range(50)]
    rule = read_rule({"kind": "checklist", "items": items}, Decimal("20.00"), Head(2026, Level.COMMUNE))
    criterion = replace(deadline(applies=Applies.IF_ANY, block=block), rule=rule)
    answer = Answer(inputs={item["id"]: "yes" for item in items})
    assert abs(computed(criterion, answer)) == 20
