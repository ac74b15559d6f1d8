"""People of an office, and the lock that names them: what is written is read again, and nothing else is."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parindex_desktop.domain.closing import LONGEST_PERSON, MOST_NAMES, Lock, read_lock
from parindex_desktop.domain.people import Assignee, Person
from parindex_desktop.domain.text import one_line

DAY = dt.date(2026, 1, 5)
LAN = Person("1", "Nguyễn Thị Lan", "công chức Văn phòng – Thống kê", "Văn phòng", DAY)
BINH = Person("2", "Trần Văn Bình", "", "văn phòng", DAY)
PAO = Person("3", "Giàng A Páo", "công chức", "", DAY)
AT = dt.datetime(2026, 11, 20, 2, 41, 7, tzinfo=dt.UTC)
NAMES = st.text(min_size=1, max_size=LONGEST_PERSON).map(lambda text: one_line(text, 10_000)[:50].strip())


def lock(**changes: Any) -> Lock:
    return Lock(
        **{
            "digest": "a" * 64,
            "at": AT,
            "by": "lan",
            "journal": "b" * 64,
            "incomplete": "",
            "engine": 1,
            "points": {},
            **changes,
        }
    )


def test_people_are_known_by_name_and_title() -> None:
    assert [each.words for each in (LAN, BINH)] == [
        "Nguyễn Thị Lan, công chức Văn phòng – Thống kê",
        "Trần Văn Bình",
    ]


@pytest.mark.parametrize(
    ("to", "included"),
    [
        (Assignee(LAN), [LAN]),
        (Assignee(room="Văn phòng"), [LAN, BINH]),
        (Assignee(room="Phòng Kinh tế"), []),
    ],
)
def test_a_person_or_a_whole_room_is_in_charge(to: Assignee, included: list[Person]) -> None:
    assert [each for each in (LAN, BINH, PAO) if to.includes(each)] == included


@given(entered=st.lists(NAMES.filter(bool), max_size=5), approved=NAMES)
def test_a_lock_is_read_as_it_was_written(entered: list[str], approved: str) -> None:
    written = lock(entered=tuple(entered), approved=approved)
    assert read_lock(written.entry()) == written


def test_without_a_staff_list_a_lock_names_nobody_else() -> None:
    assert read_lock(lock().entry()) == lock()
    assert (lock().entered, lock().approved) == ((), "")


@pytest.mark.parametrize(
    "changes",
    [
        {"entered": None},
        {"approved": None},
        {"entered": "An", "approved": ""},
        {"entered": ["An "], "approved": ""},
        {"entered": [1], "approved": ""},
        {"entered": ["x" * (LONGEST_PERSON + 1)], "approved": ""},
        {"entered": ["x"] * (MOST_NAMES + 1), "approved": ""},
        {"entered": ["An"], "approved": "An\u202e"},
    ],
)
def test_names_that_no_program_of_ours_writes_are_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        read_lock({**lock().entry(), **changes})
