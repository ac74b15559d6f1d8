"""Two versions of a set beside each other, and answers brought from one to the other with nothing lost unsaid."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import pytest

import resources
from parindex_desktop.domain.assessments import answer_key
from parindex_desktop.domain.confirming import unconfirmed
from parindex_desktop.domain.criteria_reading import read_criteria_set
from parindex_desktop.domain.figures import figures_entry
from parindex_desktop.domain.moving_answers import Fate, Move, Moved, copied_forward, moved
from parindex_desktop.domain.scoring.answers import Answer, Applicability
from parindex_desktop.domain.set_versions import Aspect, HeadAspect, Pair, difference
from resources import Language, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from parindex_desktop.domain.criteria import CriteriaSet
    from parindex_desktop.domain.revisions import Value

SHARE = {"figures": "count", "numerator": "Số đạt", "denominator": "Tổng số"}
DOCUMENT = "10000000-0000-4000-8000-000000000001"


def an_id(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012}"


def a_leaf(number: int, code: str, rule: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "id": an_id(number),
        "code": code,
        "title": f"Tiêu chí {number}",
        "maximum": "1.00",
        "part": "documents",
        "applicability": "if_any",
        "rule": rule,
        "documents": [],
        "reason_below_maximum": "optional",
        **more,
    }


def a_tree() -> dict[str, Any]:
    choice = [{"id": "good", "title": "Tốt", "share": "100"}, {"id": "fair", "title": "Khá", "share": "50"}]
    previous = {"figures": "count", "value": "Năm nay", "previous": "Năm trước", "better": "higher"}
    due = {"date": "Ngày ban hành", "not_done": "Chưa", "due": {"day": "12-31", "year_offset": -1}}
    return {
        "format": 1,
        "id": an_id(0),
        "name": "Bộ",
        "year": 2025,
        "level": "commune",
        "version": 1,
        "notice": "Minh họa.",
        "legal_basis": ["Quyết định"],
        "maximum": "5.00",
        "criteria": [
            {
                "id": an_id(100),
                "code": "1",
                "title": "Lĩnh vực",
                "maximum": "5.00",
                "children": [
                    a_leaf(1, "1.1", {"kind": "ratio", **SHARE, "nothing_arose": "full"}),
                    a_leaf(2, "1.2", {"kind": "choice", "question": "Mức?", "options": choice}),
                    a_leaf(3, "1.3", {"kind": "count", "count": "Báo cáo", "each": "0.50", "most": 2}),
                    a_leaf(4, "1.4", {"kind": "deadline", **due}),
                    a_leaf(5, "1.5", {"kind": "compare_previous", **previous}),
                ],
            }
        ],
    }


def a_set(change: Any = None, **head: Any) -> CriteriaSet:
    """The set, with its tree and its leaves changed."""
    tree = {**copy.deepcopy(a_tree()), **head}
    if change is not None:
        change(tree, tree["criteria"][0]["children"])
    return read_criteria_set(json.dumps(tree).encode(), resources.tree("schemas/criteria-set.schema.json"))


def a_pair(change: Any, number: int) -> Pair:
    return next(pair for pair in difference(a_set(), a_set(change)).pairs if pair.id == an_id(number))


def figures(number: int, **inputs: str) -> dict[str, Value]:
    return {answer_key(an_id(number), "figures"): figures_entry(Answer(inputs=inputs))}


def inputs_of(move: Move, number: int) -> dict[str, str] | None:
    entry: Any = move.entries.get(answer_key(an_id(number), "figures"))
    return entry["inputs"] if entry else None


def line_of(move: Move, number: int) -> Moved:
    return next(line for line in move.report if line.id == an_id(number))


def reasons(line: Moved) -> str:
    return " | ".join(say(reason, Language.EN) for reason in line.voided)


ANSWERS: dict[str, Value] = {
    **figures(1, numerator="9", denominator="10"),
    **figures(2, choice="good"),
    **figures(3, count="2"),
    **figures(4, date="2024-12-30"),
    **figures(5, previous="5", value="7"),
    answer_key(an_id(1), "explanation"): "Đã giải trình",
    f"link/{an_id(1)}/{DOCUMENT}": {"page": "2"},
    f"document/{DOCUMENT}": {"number": "1"},
    "document/unused": {"number": "2"},
    "report/office": "UBND xã",
    "set": "0" * 64,
    "lock": {"digest": "x"},
    "signed": {"lock": "x"},
    answer_key(an_id(3), "note"): None,
}


# The difference.


def test_a_set_does_not_differ_from_itself() -> None:
    found = difference(a_set(), a_set())
    assert (found.added, found.removed, found.changed) == ((), (), ())
    assert [pair.id for pair in found.pairs] == [criterion.id for criterion in a_set().walk()]


@pytest.mark.parametrize(
    ("change", "aspects"),
    [
        (lambda _, leaves: leaves[0].update(code="1.9"), (Aspect.CODE,)),
        (lambda _, leaves: leaves[0].update(title="Khác"), (Aspect.TITLE,)),
        (
            lambda _, leaves: (leaves[0].update(maximum="1.50"), leaves[1].update(maximum="0.50")),
            (Aspect.MAXIMUM,),
        ),
        (lambda _, leaves: leaves[0]["rule"].update(floor="80"), (Aspect.RULE,)),
        (lambda _, leaves: leaves[0].update(applicability="always"), (Aspect.APPLICABILITY,)),
        (lambda _, leaves: leaves[0].update(documents=["Kế hoạch"]), (Aspect.DOCUMENTS,)),
        (lambda _, leaves: leaves[0].update(guidance="Xem"), (Aspect.TEXTS,)),
    ],
)
def test_each_aspect_is_told_apart(change: Any, aspects: tuple[Aspect, ...]) -> None:
    assert a_pair(change, 1).differs == aspects


def test_what_was_taken_out_stands_where_it_stood() -> None:
    def swap(_: dict[str, Any], leaves: list[dict[str, Any]]) -> None:
        leaves[1] = a_leaf(9, "1.9", {"kind": "yes_no", "question": "Có?"})

    found = difference(a_set(), a_set(swap))
    assert [pair.id for pair in found.pairs] == [an_id(n) for n in (100, 1, 2, 9, 3, 4, 5)]
    assert [pair.id for pair in found.removed] == [an_id(2)]
    assert [pair.id for pair in found.added] == [an_id(9)]


@pytest.mark.parametrize(
    ("head", "aspects"),
    [
        ({}, ()),
        ({"version": 2, "notice": "Khác"}, (HeadAspect.VERSION, HeadAspect.NOTICE)),
        (
            {"name": "Bộ mới", "legal_basis": ["Quyết định", "Kế hoạch"]},
            (HeadAspect.NAME, HeadAspect.LEGAL_BASIS),
        ),
        ({"year": 2026, "level": "district"}, (HeadAspect.YEAR, HeadAspect.LEVEL)),
    ],
)
def test_the_heads_are_compared_too(head: dict[str, Any], aspects: tuple[HeadAspect, ...]) -> None:
    assert difference(a_set(), a_set(**head)).head == aspects


def counted_in_working_days(_: dict[str, Any], leaves: list[dict[str, Any]]) -> None:
    after = {"event": "Ngày giao", "days": 5, "days_are": "working"}
    leaves[3]["rule"] = {"kind": "deadline", "date": "Ngày ban hành", "not_done": "Chưa", "after": after}


def test_a_due_day_and_the_holidays_of_another_year_are_no_difference() -> None:
    holidays = {str(year): {"holidays": [f"{year}-01-01"]} for year in (2025, 2026)}
    assert difference(a_set(), a_set(year=2026)).changed == ()
    of_2025 = a_set(counted_in_working_days, calendar={"2025": holidays["2025"]})
    assert difference(of_2025, a_set(counted_in_working_days, year=2026, calendar=holidays)).changed == ()
    (pair,) = difference(of_2025, a_set(counted_in_working_days, calendar=holidays)).changed
    assert pair.differs == (Aspect.RULE,)


def test_a_due_day_in_another_month_or_another_year_than_before_is_one() -> None:
    for due in ({"day": "11-30", "year_offset": -1}, {"day": "12-31", "year_offset": 0}):
        new = a_set(lambda _, leaves, due=due: leaves[3]["rule"].update(due=due), year=2026)
        assert [pair.id for pair in difference(a_set(), new).changed] == [an_id(4)]


# Answers brought to a new version of the year.


def test_everything_moves_to_a_version_that_only_renames_and_is_closed_anew() -> None:
    new = a_set(lambda _, leaves: leaves[0].update(code="1.9"), version=2)
    move = moved(ANSWERS, a_set(), new)
    assert {line.fate for line in move.report} == {Fate.MOVED}
    kept = {
        key: value
        for key, value in ANSWERS.items()
        if value is not None and key not in {"set", "lock", "signed"}
    }
    assert move.entries == {**kept, "set": new.digest}
    assert move.left == ("lock", "signed")


def test_an_answer_to_a_changed_criterion_moves_to_be_checked() -> None:
    move = moved(ANSWERS, a_set(), a_set(lambda _, leaves: leaves[0]["rule"].update(floor="80")))
    assert (line_of(move, 1).fate, line_of(move, 1).differs) == (Fate.TO_CHECK, (Aspect.RULE,))
    assert inputs_of(move, 1) == {"numerator": "9", "denominator": "10"}


def test_another_rule_that_asks_the_same_keeps_the_figures() -> None:
    move = moved(
        ANSWERS,
        a_set(),
        a_set(lambda _, leaves: leaves[0].update(rule={"kind": "threshold", **SHARE, "target": "80"})),
    )
    assert inputs_of(move, 1) == {"numerator": "9", "denominator": "10"}


def test_the_same_name_for_something_else_is_void() -> None:
    deduct = {"kind": "deduct", "count": "Vi phạm", "each": "0.50", "floor": "0.00"}
    move = moved(ANSWERS, a_set(), a_set(lambda _, leaves: leaves[2].update(rule=deduct)))
    assert inputs_of(move, 3) is None
    assert line_of(move, 3).fate is Fate.VOID
    assert "“Báo cáo”: the criterion is scored in another way" in reasons(line_of(move, 3))
    assert answer_key(an_id(3), "figures") in move.left


def test_an_option_that_is_gone_is_void() -> None:
    move = moved(ANSWERS, a_set(), a_set(lambda _, leaves: leaves[1]["rule"]["options"][0].update(id="best")))
    assert "“good” is not offered" in reasons(line_of(move, 2))


def test_texts_and_evidence_stay_where_figures_are_void() -> None:
    move = moved(
        ANSWERS,
        a_set(),
        a_set(lambda _, leaves: leaves[0].update(rule={"kind": "yes_no", "question": "Có?"})),
    )
    assert line_of(move, 1).fate is Fate.PARTLY
    assert move.entries[answer_key(an_id(1), "explanation")] == "Đã giải trình"
    assert f"link/{an_id(1)}/{DOCUMENT}" in move.entries


@pytest.mark.parametrize(
    ("claim", "change", "words"),
    [
        (
            Applicability.NOT_APPLICABLE,
            lambda _, leaves: leaves[0].update(applicability="always"),
            "Not applicable",
        ),
        (
            Applicability.NOTHING_AROSE,
            lambda _, leaves: leaves[0]["rule"].pop("nothing_arose"),
            "Nothing arose",
        ),
    ],
)
def test_a_claim_that_is_no_longer_allowed_is_void_and_the_figures_stay(
    claim: Applicability, change: Any, words: str
) -> None:
    answer = figures_entry(Answer(claim, "Căn cứ", {"numerator": "1", "denominator": "2"}))
    key = answer_key(an_id(1), "figures")
    assert moved({key: answer}, a_set(), a_set()).entries[key] == answer
    move = moved({key: answer}, a_set(), a_set(change))
    assert words in reasons(line_of(move, 1))
    assert move.entries[key] == figures_entry(Answer(inputs={"numerator": "1", "denominator": "2"}))


@pytest.mark.parametrize(
    "bring", [lambda e: moved(e, a_set(), a_set()), lambda e: copied_forward(e, a_set(), next_year())]
)
def test_what_the_province_gave_at_the_lock_stays_behind(bring: Callable[[dict[str, Value]], Move]) -> None:
    """It gives its figures anew; what it gives no more is nothing that the unit entered."""
    key = answer_key(an_id(1), "figures")
    inputs = {"numerator": "1", "denominator": "2"}
    move = bring({key: figures_entry(Answer(inputs=inputs), ["denominator"])})
    assert move.entries[key] == figures_entry(Answer(inputs={"numerator": "1"}))


def test_what_is_gone_new_or_of_neither_set_is_reported() -> None:
    def swap(_: dict[str, Any], leaves: list[dict[str, Any]]) -> None:
        leaves[1] = a_leaf(9, "1.9", {"kind": "yes_no", "question": "Có?"})

    move = moved({**ANSWERS, **figures(77, x="1")}, a_set(), a_set(swap))
    assert {line.id: line.fate for line in move.report if line.fate is not Fate.MOVED} == {
        an_id(2): Fate.VOID,
        an_id(9): Fate.NEW,
        an_id(77): Fate.VOID,
    }
    assert {answer_key(an_id(2), "figures"), answer_key(an_id(77), "figures")} <= set(move.left)


# Copied forward from last year.


def next_year() -> CriteriaSet:
    return a_set(year=2026, id=an_id(999))


def test_each_copied_part_waits_for_its_confirmation() -> None:
    old = a_set()
    move = copied_forward(ANSWERS, old, next_year())
    assert unconfirmed(move.entries)[an_id(1)] == ("figures", "explanation", DOCUMENT)
    assert move.entries[f"confirm/{an_id(1)}/figures"] == old.digest
    assert move.entries[f"document/{DOCUMENT}"] == {"number": "1"}
    assert not {"document/unused", "report/office", "set", "lock", "signed"} & move.entries.keys()


def test_dates_are_not_copied_and_last_years_figure_is_the_one_to_compare_with() -> None:
    move = copied_forward(ANSWERS, a_set(), next_year())
    assert inputs_of(move, 4) is None
    assert "is a date of last year" in reasons(line_of(move, 4))
    assert inputs_of(move, 5) == {"previous": "7"}


def test_what_waits_for_confirmation_still_waits_in_the_next_version() -> None:
    draft = copied_forward(ANSWERS, a_set(), next_year()).entries
    confirmed = {**draft, f"confirm/{an_id(1)}/explanation": None}
    again = moved(
        confirmed,
        next_year(),
        a_set(lambda _, leaves: leaves.pop(1) and leaves[0].update(maximum="2.00"), year=2026),
    )
    assert unconfirmed(again.entries)[an_id(1)] == ("figures", DOCUMENT)
    assert an_id(2) not in unconfirmed(again.entries)
