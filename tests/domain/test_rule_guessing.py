"""Words of a published table propose a rule, each guess with its words, each gap as a doubt; nothing is decided."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parindex_desktop.domain.rule_guessing import Guess, guess
from resources import Language, say

TWO = Decimal("2.00")


def sentences(found: Guess) -> str:
    return " | ".join(say(message, Language.EN) for message in (*found.seen, *found.doubts))


@pytest.mark.parametrize(
    ("lines", "rule"),
    [
        (("Đạt: 2 điểm; không đạt: 0",), {"kind": "yes_no"}),
        (("Thực hiện đúng: 2; không đúng: 0",), {"kind": "yes_no"}),
        (("Đủ số lượng: 1 điểm", "Đúng hạn: 1 điểm"), {"kind": "checklist"}),
        (("Tốt: 2 điểm", "Khá: 1 điểm", "Kém: 0 điểm"), {"kind": "choice"}),
        (("Cứ mỗi sáng kiến được 0,5 điểm",), {"kind": "count", "each": "0.50", "most": 4}),
        (("Mỗi trường hợp trừ 0,5 điểm",), {"kind": "deduct", "each": "0.50"}),
        (("Trong vòng 5 ngày làm việc kể từ ngày ký",), {"after": {"days": 5, "days_are": "working"}}),
        (("Hoàn thành trước ngày 15/12",), {"due": {"day": "12-15", "year_offset": 0}}),
        (("Từ 80%: 2 điểm", "Dưới 80%: 0 điểm"), {"kind": "threshold", "target": "80"}),
        (("Trên 80%: 2 điểm",), {"kind": "steps", "steps": [{"above": "80", "points": "2.00"}]}),
        (("Điểm = b/a x điểm tối đa",), {"kind": "ratio"}),
        (("Từ 100%: 2 điểm", "Từ 80% tính theo công thức b/a"), {"kind": "ratio", "floor": "80"}),
        (("Từ 95%: 2 điểm", "Từ 70% theo công thức b/a"), {"kind": "threshold_ratio", "target": "95", "floor": "70"}),
        (("Theo kết quả điều tra xã hội học",), {"kind": "survey"}),
        (("Theo chỉ số hài lòng",), {"kind": "sipas"}),
        (("Điểm đánh giá của Hội đồng",), {"kind": "manual"}),
    ],
)  # fmt: skip
def test_each_kind_of_rule_has_its_words(lines: tuple[str, ...], rule: dict[str, Any]) -> None:
    found = guess("Nội dung", lines, (), TWO)
    assert found.rule is not None
    assert rule.items() <= found.rule.items()
    assert found.seen


def test_words_that_say_nothing_are_a_doubt() -> None:
    found = guess("Công tác phối hợp", (), (), TWO)
    assert found.rule is None
    assert "No words say how it is scored" in sentences(found)


def test_a_survey_may_be_named_in_the_documents_alone() -> None:
    assert guess("Tác động", (), ("Kết quả điều tra XHH",), TWO).rule == {"kind": "survey"}


def test_words_are_quoted_as_they_stand() -> None:
    found = guess("Sáng kiến", ("Cứ mỗi sáng kiến được 0,5 điểm",), (), TWO)
    assert "“Cứ mỗi sáng kiến được 0,5 điểm” was understood as" in sentences(found)
    assert "What is counted was called “Số sáng kiến”" in sentences(found)
    assert "4 of them make the whole 2.00 points" in sentences(found)


@pytest.mark.parametrize(
    ("lines", "doubt"),
    [
        (("Trước ngày 31/12: 2 điểm",), "“Before” 31/12: the day itself is taken as in time"),
        (("Kiểm tra 100% kế hoạch", "Từ 30% đơn vị: 2 điểm"), "several percentages: is it 30%?"),
        (("Từ 95% điểm tối đa, từ 70% theo công thức b/a",), "from 95%, nothing below 70%: check both"),
        (("Vi phạm: trừ 0,5 điểm",), "Name what is counted, and the points below which it does not fall"),
        (("Mỗi vụ trừ 0,5 điểm",), "was called “Số vụ”, and the points do not fall below 0: check both"),
        (("Tỷ lệ b/a", "a là tổng số nhiệm vụ"), "Name the two figures of the share"),
    ],
)
def test_what_the_words_leave_open_is_said(lines: tuple[str, ...], doubt: str) -> None:
    assert doubt in sentences(guess("Nội dung", lines, (), TWO))


def test_the_end_of_ban_hanh_is_no_deadline() -> None:
    assert guess("Ban hành kế hoạch 12/3", (), (), TWO).rule == {"kind": "yes_no"}


@pytest.mark.parametrize(
    ("line", "numerator", "denominator"),
    [
        (
            "b/a; a là tổng số nhiệm vụ, b là số nhiệm vụ hoàn thành",
            "Số nhiệm vụ hoàn thành",
            "Tổng số nhiệm vụ",
        ),
        (
            "(a/b)*điểm tối đa. Trong đó: a: Số hồ sơ đúng hạn; b: Tổng số hồ sơ",
            "Số hồ sơ đúng hạn",
            "Tổng số hồ sơ",
        ),
        ("Tỷ lệ hồ sơ đúng hạn trên tổng số hồ sơ đạt từ 95%: 2 điểm", "Hồ sơ đúng hạn", "Tổng số hồ sơ"),
    ],
)
def test_what_the_words_call_the_figures_of_a_share_is_taken(
    line: str, numerator: str, denominator: str
) -> None:
    found = guess("Nội dung", (line,), (), TWO)
    assert found.rule is not None
    assert (found.rule["numerator"], found.rule["denominator"]) == (numerator, denominator)
    assert f"“{numerator}” was understood as: the numerator" in sentences(found)
    assert "Name the two figures" not in sentences(found)


def test_where_the_points_are_taken_off_the_rule_counts_what_is_taken() -> None:
    found = guess("Phê bình", ("Mỗi lần bị phê bình trừ 0,25 điểm",), (), Decimal(1), taken_off=True)
    assert found.rule == {"kind": "count", "each": "0.25", "count": "Số lần bị phê bình", "most": 4}
    assert "lowest" not in sentences(found)
    unknown = guess("Phê bình", ("Trừ 0,25 điểm",), (), Decimal(0), taken_off=True)
    assert unknown.rule == {"kind": "count", "each": "0.25"}
    assert "Say how many of them make the whole points" in sentences(unknown)


def test_a_long_word_is_looked_through_once() -> None:
    """Each way to cut it into five took an hour from 400 letters on."""
    assert guess("Nội dung", (f"không {'a' * 20_000}",), (), TWO).rule is None


words = st.sampled_from(
    [
        "mỗi",
        "trừ",
        "0,5 điểm",
        "80%",
        "trước ngày 31/12",
        "99/99",
        "b/a",
        "tỷ lệ",
        "Đạt:",
        "không",
        "ẞ",
        "ﬁ",
        "\n",
        ":",
        "2",
    ]
)


@given(
    st.lists(st.lists(words | st.text(max_size=5)).map(" ".join), min_size=1, max_size=4),
    st.sampled_from(["0", "2"]),
)
def test_whatever_the_words_are_there_is_a_guess_or_a_doubt(lines: list[str], maximum: str) -> None:
    found = guess(lines[0], lines[1:], lines[:1], Decimal(maximum))
    assert (found.rule is None) <= bool(found.doubts)
    sentences(found)


@pytest.mark.parametrize(
    ("title", "lines", "doubted"),
    [
        ("Người đứng đầu đối thoại (có: 1,5; không: 0)", (), True),
        ("Người đứng đầu đối thoại (có: 2,5; không: 0)", (), False),
        ("Đối thoại", ("Có: 1,5 điểm; không: 0 điểm",), True),
        ("Tỷ lệ hồ sơ", ("Từ 90% trở lên: 2 điểm", "Từ 80% trở lên: 1 điểm"), True),
        ("Tỷ lệ hồ sơ", ("Từ 90% trở lên: 2,5 điểm", "Từ 80% trở lên: 1 điểm"), False),
    ],
)
def test_points_that_the_table_does_not_have_are_a_doubt(
    title: str, lines: tuple[str, ...], doubted: bool
) -> None:
    found = guess(title, lines, (), Decimal("2.50"))
    assert found.rule is not None
    assert ("the table 2.50" in sentences(found)) is doubted
