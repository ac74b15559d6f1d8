"""What a kit says of plans: the issued ones, the days that were entered later, answers to proposals."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from parindex_desktop.domain.kits import KitMalformed, read_kit
from parindex_desktop.domain.planning.deadlines import EnteredDay
from tests.domain.planning.test_plans import a_plan, changed, uid


def test_plans_of_a_year_are_those_that_run_in_it() -> None:
    later = changed("head", "first", to=2027)
    later["head"] |= {"id": uid(50), "last": 2028}
    kit = read_kit({f"plan/{uid(1)}": a_plan(), f"plan/{uid(50)}": later, f"plan/{uid(51)}": None})
    assert [plan.first for plan in kit.plans()] == [2026, 2027]
    assert [[plan.first for plan in kit.plans(year)] for year in (2025, 2026, 2028)] == [[], [2026], [2027]]


def test_a_day_that_was_entered_is_read_as_it_was_written() -> None:
    day = EnteredDay(dt.date(2026, 6, 10), "Công văn số 3325/BNV-CCHC")
    assert read_kit({"due/t/2026/h1": day.entry()}).dues == {("t", "2026", "h1"): day}


def test_an_answer_to_a_proposal() -> None:
    assert read_kit({"reply/p": "Đã bố trí kinh phí."}).replies == {"p": "Đã bố trí kinh phí."}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("plan/p", "kế hoạch"),
        ("due/t/2026", {"day": "2026-06-10", "source": ""}),
        ("due/t/2026/h1", {"day": None, "source": ""}),
        ("due/t/2026/h1", {"day": "2026-06-10"}),
        ("reply/p", {"text": "x"}),
    ],
)
def test_what_no_program_of_ours_writes_is_refused(key: str, value: Any) -> None:
    with pytest.raises(KitMalformed):
        read_kit({key: value})
