"""Which of several open years is meant, and whom a year leaves out."""

from __future__ import annotations

import datetime as dt

import pytest

from parindex_desktop.domain.kits import Kit, Period
from parindex_desktop.domain.units import Level, Unit
from parindex_desktop.domain.years import first_in_hand, left_out, left_out_words, open_besides

RUNNING, OVER = dt.date(2026, 11, 20), dt.date(2026, 12, 16)


def kit(*units: Unit, **until: dt.date | None) -> Kit:
    """A kit with these units and years (named y2026), each with a set for communes."""
    periods = {name[1:]: Period(name[1:], {Level.COMMUNE: "0" * 64}, last) for name, last in until.items()}
    return Kit({unit.id: unit for unit in units}, {}, {}, periods, {}, None)


@pytest.fixture
def two_years() -> Kit:
    return kit(y2025=dt.date(2025, 12, 15), y2026=dt.date(2026, 12, 15), y2027=dt.date(2027, 12, 15))


@pytest.mark.parametrize(
    ("today", "year"), [(RUNNING, "2026"), (OVER, "2027"), (dt.date(2028, 1, 1), "2027")]
)
def test_an_office_begins_with_the_oldest_year_that_runs(two_years: Kit, today: dt.date, year: str) -> None:
    assert first_in_hand(two_years, today) == year


def test_without_deadlines_it_begins_with_the_newest_year() -> None:
    assert first_in_hand(kit(y2025=None, y2026=None), RUNNING) == "2026"
    assert first_in_hand(kit(), RUNNING) is None


@pytest.mark.parametrize(
    ("year", "today", "others"),
    [
        ("2026", RUNNING, ["2027"]),
        ("2027", RUNNING, ["2026"]),
        ("2027", OVER, []),
        ("2025", RUNNING, ["2026", "2027"]),
    ],
)
def test_later_years_and_those_that_run_are_told_besides(
    two_years: Kit, year: str, today: dt.date, others: list[str]
) -> None:
    assert open_besides(two_years, year, today) == others


def unit(number: int, level: Level, **days: dt.date) -> Unit:
    return Unit(f"u{number}", f"T{number:02}", f"Công an {number}", level, "p", **days)


def test_units_of_a_kind_without_a_set_are_left_out_but_not_those_that_are_no_more() -> None:
    ended = unit(3, Level.CENTRAL, valid_to=dt.date(2026, 6, 30))
    later = unit(4, Level.CENTRAL, valid_from=dt.date(2027, 1, 1))
    both = kit(unit(2, Level.CENTRAL), unit(1, Level.COMMUNE), ended, later, y2026=None)
    assert {
        level: [each.id for each in units] for level, units in left_out(both, "2026", RUNNING).items()
    } == {Level.CENTRAL: ["u2"]}


def test_of_many_left_out_the_first_are_named() -> None:
    (said,) = left_out_words(kit(*(unit(n, Level.DEPARTMENT) for n in range(7)), y2026=None), "2026", RUNNING)
    assert (said.code, said.values["more"]) == ("period.kinds_left_out", 2)
    assert "T04" in str(said.values["units"])
    assert "T05" not in str(said.values["units"])
