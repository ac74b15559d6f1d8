"""Registers and what comes of them: figures for targets and criteria."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from parindex_desktop.domain.calendars import Calendar
from parindex_desktop.domain.planning.feeds import Figures, Record, Surroundings
from parindex_desktop.domain.planning.registers import FEEDS, REGISTERS, FieldKind

AROUND = Surroundings(
    dt.date(2026, 6, 30), bodies=10, calendar=Calendar.read({"2026": {"holidays": ["2026-04-30"]}})
)


def fed(name: str, *records: Record, around: Surroundings = AROUND) -> tuple[int, int | None] | None:
    figures = FEEDS[name][1](records, around)
    return figures and (int(figures.part), None if figures.whole is None else int(figures.whole))


@pytest.mark.parametrize(
    ("feed", "records", "expected"),
    [
        # Two visits to one body are one body; a visit that is only planned is none.
        (
            "inspections.reform.inspected",
            [
                {"kind": "reform", "body": "a", "on": "2026-03-01"},
                {"kind": "reform", "body": "a", "on": "2026-05-01"},
                {"kind": "reform", "body": "b", "planned": "2026-09-01"},
                {"kind": "service", "body": "c", "on": "2026-03-01"},
            ],
            (1, 10),
        ),
        (
            "inspections.reform.settled",
            [
                {"kind": "reform", "found": "3", "settled": "2"},
                {"kind": "reform", "found": "1", "settled": "1"},
                {"kind": "service", "found": "9"},
            ],
            (3, 4),
        ),
        ("inspections.reform.settled", [{"kind": "reform"}], None),
        # What is due after the day on which it is asked is not counted against the office.
        (
            "reports.complete",
            [
                {"due": "2026-03-15", "sent": "2026-03-15", "content": "yes"},
                {"due": "2026-06-15", "sent": "2026-06-16", "content": "yes"},
                {"due": "2026-06-15"},
                {"due": "2026-12-15"},
            ],
            (1, 3),
        ),
        # From Friday 24/4, over the holiday of 30/4, the fifth working day is Monday 4/5.
        ("procedures.entered", [{"signed": "2026-04-24", "entered": "2026-05-04"}], (1, 1)),
        ("procedures.entered", [{"signed": "2026-04-24", "entered": "2026-05-05"}], (0, 1)),
        ("procedures.published", [{"signed": "2026-04-24", "in_force": "2026-05-04"}], (1, 1)),
        ("procedures.published", [{"signed": "2026-04-27", "in_force": "2026-05-04"}], (0, 1)),
        (
            "initiatives.new",
            [{"first": "yes", "benefit": "x"}, {"tried": "yes"}, {"benefit": "x"}],
            (1, None),
        ),
        (
            "orders.on_time",
            [{"by": "province", "due": "2026-05-01", "done": "2026-05-01"}, {"by": "together"}],
            (1, 1),
        ),
        (
            "feedback.published",
            [{"settled": "2026-05-01", "published": "yes"}, {"settled": "2026-05-01"}],
            (1, 2),
        ),
        ("budget.spent", [{"approved": "100", "spent": "40"}, {"approved": "100"}], (40, 200)),
        (
            "propaganda.plan",
            [{"in_plan": "yes", "planned": "2026-12-01"}, {"in_plan": "yes", "on": "2026-02-01"}],
            (1, 1),
        ),
    ],
)
def test_records_become_figures(
    feed: str, records: list[Record], expected: tuple[int, int | None] | None
) -> None:
    assert fed(feed, *records) == expected


def test_an_empty_register_says_none_only_where_it_is_kept() -> None:
    assert fed("discipline.people") is None
    assert fed("discipline.people", around=Surroundings(AROUND.on, kept=True)) == (0, None)


@pytest.mark.parametrize("feed", FEEDS)
def test_an_empty_record_is_no_trouble(feed: str) -> None:
    figures = FEEDS[feed][1]([{}], AROUND)
    assert figures is None or isinstance(figures, Figures)
    assert figures is None or figures.whole is None or Decimal(0) <= figures.part <= figures.whole


@pytest.mark.parametrize("name", REGISTERS)
def test_a_register_can_be_listed(name: str) -> None:
    fields = REGISTERS[name].fields
    assert len({field.name for field in fields}) == len(fields)
    assert any(field.needed for field in fields)
    assert all((field.kind is FieldKind.CHOICE) == (field.options is not None) for field in fields)
