"""Laws of every rule: within its bounds, monotone where the rule is, exact, and always with a reason."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from parindex_desktop.domain.criteria import Criterion, Part
from parindex_desktop.domain.numbers import exact, rounded
from parindex_desktop.domain.scoring.answers import Answer
from parindex_desktop.domain.scoring.head import Head
from parindex_desktop.domain.scoring.inputs import InputKind, InputSpec, read_input
from parindex_desktop.domain.scoring.kinds import read_rule
from parindex_desktop.domain.scoring.outcome import OutcomeState, score
from parindex_desktop.domain.units import Level
from resources import Language, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hypothesis.strategies import DrawFn

HEAD = Head(2026, Level.COMMUNE)
MAXIMUM = Decimal("2.50")
TITLES = {"figures": "amount", "numerator": "Số đạt", "denominator": "Tổng số"}

percents = st.decimals("0.01", 100, places=2).map(exact)
points = st.decimals("0.01", MAXIMUM, places=2).map(str)
counts = st.integers(0, 10**15 - 1).map(str) | st.integers(0, 12).map(str)
days = st.dates(date(1945, 1, 1), date(2100, 12, 31))


def of_share(tree: Mapping[str, Any]) -> dict[str, Any]:
    return {**TITLES, **tree}


@st.composite
def threshold_ratios(draw: DrawFn) -> dict[str, Any]:
    floor, target = sorted(draw(st.tuples(percents, percents)), key=Decimal)
    return of_share({"kind": "threshold_ratio", "target": target, "floor": floor})


@st.composite
def steps(draw: DrawFn, *, by: str) -> dict[str, Any]:
    size = draw(st.integers(1, 4))
    limits = draw(st.lists(st.integers(0, 200), min_size=size, max_size=size, unique=True))
    awards = draw(st.lists(st.integers(0, 249), min_size=size - 1, max_size=size - 1, unique=True))
    amounts = [str(MAXIMUM), *(f"{Decimal(cents) / 100:.2f}" for cents in sorted(awards, reverse=True))]
    tree = [
        {
            draw(st.sampled_from(["at_least", "above"])): limit if by == "count" else str(limit),
            "points": amount,
        }
        for limit, amount in zip(sorted(limits, reverse=True), amounts, strict=True)
    ]
    common = {"kind": "steps", "by": by, "steps": tree}
    return {**common, "count": "Số lượng"} if by == "count" else of_share(common)


@st.composite
def deadlines(draw: DrawFn) -> dict[str, Any]:
    lateness = sorted(draw(st.lists(st.integers(1, 366), max_size=3, unique=True)))
    shares = sorted(
        draw(st.lists(st.integers(0, 100), min_size=len(lateness), max_size=len(lateness), unique=True))
    )
    late = [
        {"days": days, "share": str(share)} for days, share in zip(lateness, reversed(shares), strict=True)
    ]
    due = draw(
        st.sampled_from(
            [{"due": {"day": "12-31", "year_offset": -1}}, {"after": {"event": "Sự kiện", "days": 30}}]
        )
    )
    return {"kind": "deadline", "date": "Ngày", "not_done": "Chưa", "late": late, **due}


shares = st.one_of(
    percents.map(lambda floor: of_share({"kind": "ratio", "floor": floor})),
    percents.map(lambda target: of_share({"kind": "threshold", "target": target})),
    threshold_ratios(),
    steps(by="percentage"),
)
numbers_up = st.one_of(
    st.builds(lambda each: {"kind": "count", "count": "Số", "each": each, "most": 250}, points),
    steps(by="count"),
)
deducts = st.builds(
    lambda each, floor: {"kind": "deduct", "count": "Số", "each": each, "floor": floor}, points, points
)
checklists = st.lists(points, min_size=1, max_size=5).map(
    lambda items: {
        "kind": "checklist",
        "items": [
            {"id": f"item{n}", "title": f"Nội dung {n}", "points": each} for n, each in enumerate(items)
        ],
    }
)
choices = st.lists(percents, min_size=1, max_size=4).map(
    lambda given: {
        "kind": "choice",
        "question": "Mức độ",
        "options": [
            {"id": f"o{n}", "title": f"Mức {n}", "share": each} for n, each in enumerate(["100", *given])
        ],
    }
)
rules = st.one_of(
    shares,
    numbers_up,
    deducts,
    checklists,
    choices,
    deadlines(),
    st.just({"kind": "yes_no", "question": "?"}),
)


def a_criterion(tree: Mapping[str, Any]) -> Criterion:
    rule = read_rule(tree, MAXIMUM, HEAD)
    return Criterion("c", "1", "Tiêu chí", MAXIMUM, part=Part.DOCUMENTS, rule=rule)


def an_input(spec: InputSpec) -> st.SearchStrategy[str]:
    options = [option.id for option in spec.options]
    match spec.kind:
        case InputKind.COUNT:
            return counts
        case InputKind.AMOUNT:
            return st.decimals(0, 10**15 - 1, places=2).map(exact) | st.integers(0, 200).map(str)
        case InputKind.YES_NO | InputKind.CHECK:
            return st.sampled_from(["yes", "no"])
        case InputKind.CHOICE:
            return st.sampled_from(options)
        case InputKind.DATE:
            return st.one_of(days.map(date.isoformat), *(st.just(option) for option in options))


@st.composite
def answered(draw: DrawFn) -> tuple[Criterion, dict[str, str]]:
    criterion = a_criterion(draw(rules))
    inputs = {spec.name: draw(an_input(spec)) for spec in criterion.inputs}
    if "numerator" in inputs:  # mostly a part of its whole, so that most draws are scored
        inputs["numerator"], inputs["denominator"] = sorted(inputs.values(), key=Decimal)
    return criterion, inputs


def points_of(tree: Mapping[str, Any], **inputs: str) -> Decimal:
    outcome = score(a_criterion(tree), Answer(inputs=inputs))
    assert outcome.points is not None, outcome.reason
    return outcome.points


@given(answered())
def test_points_stay_between_zero_and_the_maximum_and_have_two_places(
    case: tuple[Criterion, dict[str, str]],
) -> None:
    criterion, inputs = case
    outcome = score(criterion, Answer(inputs=inputs))
    assert outcome.state in {OutcomeState.SCORED, OutcomeState.FAULTY}
    if outcome.points is not None:
        assert 0 <= outcome.points <= MAXIMUM
        assert outcome.points.as_tuple().exponent == -2
        assert outcome.counts_in_maximum == MAXIMUM


@given(answered())
def test_every_outcome_says_its_reason(case: tuple[Criterion, dict[str, str]]) -> None:
    criterion, inputs = case
    outcome = score(criterion, Answer(inputs=inputs))
    assert outcome.reason.code.startswith("score.")
    sentence = say(outcome.reason, Language.EN)
    if outcome.points is not None:
        assert f"{outcome.points} points" in sentence


@given(answered(), st.randoms())
def test_the_order_of_inputs_is_irrelevant(case: tuple[Criterion, dict[str, str]], random: Any) -> None:
    criterion, inputs = case
    shuffled = list(inputs.items())
    random.shuffle(shuffled)
    assert score(criterion, Answer(inputs=dict(shuffled))) == score(criterion, Answer(inputs=inputs))


@given(answered())
def test_the_surrounding_arithmetic_does_not_matter(case: tuple[Criterion, dict[str, str]]) -> None:
    criterion, inputs = case
    with localcontext(prec=4):
        careless = score(criterion, Answer(inputs=inputs))
    assert careless == score(criterion, Answer(inputs=inputs))


@given(answered())
def test_what_a_rule_asks_for_reads_back_as_it_was_written(case: tuple[Criterion, dict[str, str]]) -> None:
    criterion, inputs = case
    for spec in criterion.inputs:
        assert read_input(spec, inputs[spec.name].replace(".", ",")) == inputs[spec.name]


@given(shares, st.lists(st.decimals(0, 10**15 - 1, places=2), min_size=3, max_size=3))
def test_a_larger_part_is_never_worse(tree: dict[str, Any], figures: list[Decimal]) -> None:
    low, high, whole = sorted(figures)
    if not whole:
        return
    fewer = points_of(tree, numerator=exact(low), denominator=exact(whole))
    assert fewer <= points_of(tree, numerator=exact(high), denominator=exact(whole))


@given(numbers_up, st.integers(0, 300), st.integers(0, 300))
def test_a_larger_number_is_never_worse(tree: dict[str, Any], one: int, other: int) -> None:
    assert points_of(tree, count=str(min(one, other))) <= points_of(tree, count=str(max(one, other)))


@given(deducts, st.integers(0, 300), st.integers(0, 300))
def test_more_cases_are_never_better(tree: dict[str, Any], one: int, other: int) -> None:
    assert points_of(tree, count=str(min(one, other))) >= points_of(tree, count=str(max(one, other)))


@given(checklists, st.data())
def test_one_more_item_met_is_never_worse(tree: dict[str, Any], data: st.DataObject) -> None:
    met = {item["id"]: data.draw(st.sampled_from(["yes", "no"])) for item in tree["items"]}
    more = {**met, data.draw(st.sampled_from(sorted(met))): "yes"}
    assert points_of(tree, **met) <= points_of(tree, **more)


@given(deadlines(), days, st.integers(0, 500), st.integers(0, 500))
def test_earlier_is_never_worse(tree: dict[str, Any], event: date, one: int, other: int) -> None:
    first = date(2025, 12, 1) if "due" in tree else min(event, date(2099, 1, 1))
    known = {} if "due" in tree else {"event": first.isoformat()}
    early, late = sorted((first + timedelta(days=one), first + timedelta(days=other)))
    points = points_of(tree, date=early.isoformat(), **known)
    assert points >= points_of(tree, date=late.isoformat(), **known)
    assert points >= points_of(tree, date="not_done", **known)


@given(threshold_ratios(), st.integers(0, 10**9), st.integers(1, 10**9))
def test_shares_are_compared_and_rounded_exactly(tree: dict[str, Any], one: int, other: int) -> None:
    part, whole = sorted((one, other))
    target, floor = Decimal(tree["target"]), Decimal(tree["floor"])
    with localcontext(prec=200):
        percent = Decimal(100 * part) / whole
        if percent >= target:
            expected = MAXIMUM
        else:
            expected = rounded(percent / target * MAXIMUM) if 100 * part >= floor * whole else Decimal("0.00")
    assert points_of(tree, numerator=str(part), denominator=str(whole)) == expected
