"""Tasks: the times of a year at which they are due, and how each stands on a day."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parindex_desktop.domain.planning.deadline_guessing import guess_deadline
from parindex_desktop.domain.planning.deadlines import Due
from parindex_desktop.domain.planning.tasks import Progress, Repeats, Said, Standing, Task, standing

D = dt.date


def task(deadline: str, repeats: str = "once", **changes: Any) -> Task:
    tree = {"id": "t", "no": "I.1", "group": "I", "title": "Kế hoạch CCHC", "leads": [{"name": "Sở Nội vụ"}]}
    return Task.read({**tree, "deadline": guess_deadline(deadline), "repeats": repeats, **changes})


def lasts(of: Task, year: int = 2026, **options: Any) -> list[tuple[str, dt.date | None]]:
    return [(each.key, each.due.last) for each in of.occurrences(year, **options)]


def test_a_task_of_once_is_due_once() -> None:
    assert lasts(task("Trước 20/12 hàng năm")) == [("year", D(2026, 12, 20))]
    assert lasts(task("Trước 20/12 hàng năm"), day_itself=False) == [("year", D(2026, 12, 19))]


def test_a_task_of_every_quarter_is_due_as_many_months_before_its_last_day() -> None:
    assert lasts(task("15/12 hàng năm", "quarterly")) == [
        ("q1", D(2026, 3, 15)),
        ("q2", D(2026, 6, 15)),
        ("q3", D(2026, 9, 15)),
        ("q4", D(2026, 12, 15)),
    ]
    assert [last for _, last in lasts(task("31/12 hàng năm", "monthly"))][:2] == [
        D(2026, 1, 31),
        D(2026, 2, 28),
    ]


def test_within_the_year_each_time_is_due_with_its_part_of_it() -> None:
    assert lasts(task("Trong năm kế hoạch", "half_yearly")) == [
        ("h1", D(2026, 6, 30)),
        ("year", D(2026, 12, 31)),
    ]


def test_days_of_another_authority_are_entered_for_each_report() -> None:
    reports = task("Theo quy định chế độ báo cáo của Bộ Nội vụ", "reports")
    assert [each.due.awaited for each in reports.occurrences(2026)] == [True] * 4
    assert lasts(reports, entered={"h1": D(2026, 6, 10)}) == [
        ("q1", None),
        ("h1", D(2026, 6, 10)),
        ("q3", None),
        ("year", None),
    ]


def test_a_task_of_one_day_is_asked_for_in_its_year_alone() -> None:
    assert lasts(task("Xong trước 30/12/2017")) == []
    assert lasts(task("Xong trước 30/12/2017"), 2017) == [("year", D(2017, 12, 30))]


@pytest.mark.parametrize(
    ("due", "said", "expected"),
    [
        (Due(last=D(2026, 6, 1)), Said(), Standing.OVERDUE),
        (Due(last=D(2026, 6, 10)), Said(Progress.UNDER_WAY), Standing.DUE_SOON),
        (Due(last=D(2026, 6, 24)), Said(), Standing.DUE_SOON),
        (Due(last=D(2026, 6, 25)), Said(), Standing.RUNNING),
        (Due(first=D(2026, 7, 1)), Said(), Standing.LATER),
        (Due(first=D(2026, 1, 1)), Said(), Standing.RUNNING),
        (Due(awaited=True), Said(), Standing.AWAITED),
        (Due(awaited=True), Said(Progress.DONE, D(2026, 6, 9)), Standing.DONE),
        (Due(last=D(2026, 6, 1)), Said(Progress.DONE, D(2026, 6, 1)), Standing.DONE),
        (Due(last=D(2026, 6, 1)), Said(Progress.DONE, D(2026, 6, 2)), Standing.DONE_LATE),
        (Due(last=D(2026, 6, 1)), Said(Progress.NOT_ARISEN), Standing.NOT_ARISEN),
    ],
)
def test_how_it_stands(due: Due, said: Said, expected: Standing) -> None:
    assert standing(due, said, D(2026, 6, 10)) is expected


@given(
    repeats=st.sampled_from(Repeats),
    year=st.integers(2012, 2090),
    day=st.dates(D(2024, 1, 1), D(2024, 12, 31)),
)
def test_times_of_a_year_have_names_of_their_own_and_follow_each_other(
    repeats: Repeats, year: int, day: dt.date
) -> None:
    found = task(f"{day.day}/{day.month} hàng năm", repeats.value).occurrences(year)
    assert len({each.key for each in found}) == len(found)
    days = [each.due.last for each in found if each.due.last]
    assert days == sorted(days)
    assert len(days) == len(found)
