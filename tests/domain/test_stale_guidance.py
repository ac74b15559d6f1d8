"""Guidance that tells a figure which the way of scoring has no more is pointed out, and nothing else is."""

from __future__ import annotations

import copy
import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from parindex_desktop.domain import drafting
from parindex_desktop.domain.drafting import Tree, holder, places
from parindex_desktop.domain.kept_messages import message_of, plain
from parindex_desktop.domain.messages import Message
from parindex_desktop.domain.stale_guidance import figures, stale_guidance

SHIPPED = [json.loads(path.read_bytes()) for path in resources.files("criteria", ".json")]
SET: Tree = next(each for each in SHIPPED if each["level"] == "commune" and each["year"] == 2026)
LEAF = next(place.node["id"] for place in places(SET) if "rule" in place.node)


def with_rule(guidance: str, maximum: str = "2.00", **rule: Any) -> Tree:
    """The set with one criterion scored and explained so."""
    tree = copy.deepcopy(SET)
    holder(tree, LEAF).update(rule=rule, guidance=guidance, maximum=maximum)
    return tree


def stale(old: Tree, new: Tree) -> list[str]:
    """What is said of the one criterion."""
    found = stale_guidance([old], new)
    assert all((each.criterion, each.field) == (LEAF, ("guidance",)) for each in found)
    return [figure for each in found for figure in each.message.values["figures"]]  # type: ignore[attr-defined]  # a tuple of texts


@pytest.mark.parametrize(
    ("guidance", "before", "after", "told"),
    [
        ("Từ 80% trở lên tính theo tỷ lệ; dưới 80%: 0 điểm.", {"floor": "80"}, {"floor": "85"}, ["80"]),
        ("Từ 80-90%: một nửa.", {"floor": "80", "target": "90"}, {"floor": "85", "target": "90"}, ["80"]),
        ("Mỗi sáng kiến 0,5 điểm.", {"each": "0.50"}, {"each": "0.25"}, ["0,5"]),
        (
            "Hạn 31/12/2025, trễ không tính.",
            {"due": {"day": "12-31"}},
            {"due": {"day": "11-30"}},
            ["31/12/2025"],
        ),
        ("Năm 2025 cần 35%.", {"target": {"by_year": {"2025": "35"}}}, {"target": "40"}, ["2025", "35"]),
        ("Đủ 04 báo cáo.", {"question": "Đã gửi đủ 4 báo cáo?"}, {"question": "Đã gửi đủ?"}, ["04"]),
        ("Có 1.200 hồ sơ.", {"most": 1200}, {"most": 12}, ["1.200"]),
        ("Tối đa 2 điểm; xem mục A80.", {"floor": "80"}, {"floor": "85"}, []),
        ("Dưới ngưỡng: 0 điểm.", {"floor": "0"}, {"floor": "85"}, []),
        ("Từ 80% trở lên.", {"floor": "80"}, {"target": "80"}, []),
        ("Từ 80% trở lên.", {"floor": "80"}, {}, []),
        ("", {"floor": "80"}, {"floor": "85"}, []),
    ],
)
def test_what_the_rule_no_longer_says_is_named_as_it_stands(
    guidance: str, before: dict[str, Any], after: dict[str, Any], told: list[str]
) -> None:
    assert stale(with_rule(guidance, **before), with_rule(guidance, **after)) == told


def test_another_maximum_is_seen_too() -> None:
    guidance = "Đủ: 2 điểm; thiếu: 1 điểm."
    assert stale(with_rule(guidance, floor="50"), with_rule(guidance, "3.00", floor="50")) == ["2"]


def test_a_criterion_that_the_older_version_did_not_have_is_passed_by() -> None:
    new = with_rule("Từ 80%", floor="85")
    assert stale_guidance([drafting.remove(SET, LEAF)], new) == []


def test_what_an_earlier_version_should_have_been_told_is_told_again() -> None:
    first, second = with_rule("Từ 80%", floor="80"), with_rule("Từ 80%", floor="85")
    assert [each.criterion for each in stale_guidance([second], second)] == []
    assert [each.criterion for each in stale_guidance([first, second], second)] == [LEAF]


@pytest.mark.parametrize("tree", SHIPPED, ids=lambda tree: f"{tree['level']}-{tree['year']}")
def test_a_set_beside_itself_says_nothing(tree: Tree) -> None:
    assert stale_guidance([tree], tree) == []


PERCENT = st.integers(1, 100)


@given(PERCENT, PERCENT, PERCENT, st.lists(PERCENT, max_size=4))
def test_named_is_exactly_what_was_is_no_more_and_is_mentioned(
    kept: int, old: int, new: int, mentioned: list[int]
) -> None:
    guidance = "; ".join(f"từ {each}%" for each in mentioned)
    before = with_rule(guidance, "0.00", target=str(kept), floor=str(old))
    after = with_rule(guidance, "0.00", target=str(kept), floor=str(new))
    gone = {old} - {kept, new}
    assert [int(each) for each in stale(before, after)] == [
        each for each in dict.fromkeys(mentioned) if each in gone
    ]


@given(st.decimals(Decimal(0), Decimal(999_999), places=2))
def test_a_figure_is_found_however_it_is_written(number: Decimal) -> None:
    grouped = f"{number:,}".translate(str.maketrans(",.", ".,"))
    for text in (str(number), str(number).replace(".", ","), grouped):
        if "." in text and "," not in text and number >= 1000:
            continue  # 1234.50: a point groups in Vietnamese
        assert [figure for _, figure in figures(f"Từ {text}% trở lên")] == [number]


@given(st.text())
def test_no_text_is_too_odd(text: str) -> None:
    for said, _ in figures(text):
        assert said in text


VALUES = st.recursive(
    st.one_of(st.text(), st.integers(), st.decimals(allow_nan=False, allow_infinity=False), st.dates()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(tuple),
        st.builds(Message, st.text(), st.text(), st.dictionaries(st.text(), inner, max_size=3)),
    ),
    max_leaves=8,
)


@given(st.builds(Message, st.text(), st.text(), st.dictionaries(st.text(), VALUES, max_size=3)))
def test_a_message_is_kept_as_it_is(message: Message) -> None:
    assert message_of(json.loads(json.dumps(plain(message)))) == message
