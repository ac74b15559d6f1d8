"""Deadlines as plans say them: each way, its day in a year, and what a cell of the annex is read as."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parindex_desktop.domain.calendars import Calendar
from parindex_desktop.domain.planning.deadline_guessing import guess_deadline
from parindex_desktop.domain.planning.deadlines import Deadline, DeadlineKind, Due

D = dt.date
CALENDAR = Calendar.read({"2026": {"holidays": ["2026-09-02"]}, "2025": {"holidays": []}})


def deadline(text: str) -> Deadline:
    tree = guess_deadline(text)
    assert tree is not None, text
    return Deadline.read(tree)


@pytest.mark.parametrize(
    ("text", "kind", "due"),
    [
        ("Thường xuyên", "ongoing", Due(D(2026, 1, 1))),
        ("Trước 31/12 năm trước liền kề năm kế hoạch", "previous_year", Due(last=D(2025, 12, 31))),
        ("Trước ngày 20/12 hàng năm", "in_year", Due(last=D(2026, 12, 20))),
        ("Hoàn thành trước ngày 30/12 năm kế hoạch", "in_year", Due(last=D(2026, 12, 30))),
        (
            "Theo quy định của Bộ Nội vụ (trước ngày 31/01 của năm sau liền kề năm thực hiện kế hoạch)",
            "next_year",
            Due(last=D(2027, 1, 31)),
        ),
        ("Xong trước 30/12/2026", "absolute", Due(last=D(2026, 12, 30))),
        ("Xong trước 30/12/2017", "absolute", None),
        ("Năm 2018 và các năm tiếp theo", "from_year", Due(D(2026, 1, 1))),
        ("Trong năm kế hoạch", "within_year", Due(D(2026, 1, 1), D(2026, 12, 31))),
        ("Theo quy định của Bộ Tư pháp", "external", Due(awaited=True)),
        ("Theo chế độ báo cáo", "external", Due(awaited=True)),
        ("Theo kế hoạch của UBND tỉnh.", "external", Due(awaited=True)),
        ("Quý IV", "in_year", Due(last=D(2026, 12, 31))),
        ("Tháng 6/2026", "absolute", Due(last=D(2026, 6, 30))),
        ("Tháng 2 hàng năm", "in_year", Due(last=D(2026, 2, 28))),
        ("Quý II năm 2026", "absolute", Due(last=D(2026, 6, 30))),
        ("Không quá 05 ngày làm việc kể từ ngày ký quyết định công bố", "after_event", Due(awaited=True)),
    ],
)
def test_what_a_plan_writes_is_a_day_of_the_year(text: str, kind: str, due: Due | None) -> None:
    read = deadline(text)
    assert (read.kind, read.text, read.due(2026)) == (kind, text, due)


def test_what_cannot_be_read_is_no_deadline() -> None:
    assert [guess_deadline(text) for text in ("", "Khi có điều kiện", "32/13", "30/02 hàng năm")] == [
        None
    ] * 4


def test_before_a_day_is_a_choice_of_the_plan() -> None:
    assert deadline("Trước ngày 20/12 hàng năm").due(2026, day_itself=False) == Due(last=D(2026, 12, 19))
    assert deadline("Ngày 20/12 hàng năm").due(2026, day_itself=False) == Due(last=D(2026, 12, 20))


def test_a_day_of_another_authority_is_awaited_until_it_is_entered() -> None:
    external = deadline("Theo hướng dẫn của Bộ Nội vụ")
    assert external.due(2026, entered=D(2026, 6, 15)) == Due(last=D(2026, 6, 15))


def test_working_days_count_over_weekend_and_holiday() -> None:
    after = deadline("05 ngày làm việc kể từ ngày ký quyết định công bố")
    assert after.event == "ký quyết định công bố"
    assert after.due(2026, entered=D(2026, 8, 31), calendar=CALENDAR) == Due(last=D(2026, 9, 8))


def test_days_before_an_event_count_back() -> None:
    before = deadline("Chậm nhất trước 05 ngày làm việc tính đến ngày văn bản có hiệu lực")
    assert before.days == -5
    assert before.due(2026, entered=D(2026, 9, 8), calendar=CALENDAR) == Due(last=D(2026, 8, 31))


def test_the_last_of_february_stands_for_a_day_that_the_year_lacks() -> None:
    assert Deadline(DeadlineKind.IN_YEAR, "29/02", day=(2, 29)).due(2026) == Due(last=D(2026, 2, 28))


@given(day=st.dates(D(2026, 1, 1), D(2026, 12, 1)), count=st.integers(0, 15))
def test_counting_back_undoes_counting_on(day: dt.date, count: int) -> None:
    working = CALENDAR.after(day, 1) if not CALENDAR.is_worked(day) else day
    if (there := CALENDAR.after(working, count)).year == 2026:
        assert CALENDAR.before(there, count) == working
