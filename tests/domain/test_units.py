"""Units over the years: who exists when, whose figures can be compared, and which trees no province enters."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parindex_desktop.domain.succession import (
    Compared,
    compared,
    comparison,
    comparison_in_brief,
    predecessors,
)
from parindex_desktop.domain.unit_entries import body_entry, read_body, read_unit, unit_entry
from parindex_desktop.domain.units import Body, BodyKind, Level, Unit, exists_on, faulty, onwards
from resources import Language, say

END = date(2025, 6, 30)
BEGIN = date(2025, 7, 1)
PROVINCE = Unit("p", "", "Tỉnh", Level.PROVINCE, None)


def commune(id_: str, *, begin: date | None = None, end: date | None = None, into: str = "") -> Unit:
    return Unit(id_, f"c-{id_}", f"Xã {id_}", Level.COMMUNE, "p", begin, end, successors=tuple(into))


def register(*units: Unit) -> dict[str, Unit]:
    return {unit.id: unit for unit in (PROVINCE, *units)}


MERGED = register(commune("a", end=END, into="c"), commune("b", end=END, into="c"), commune("c", begin=BEGIN))
RENAMED = register(commune("a", end=END, into="b"), commune("b", begin=BEGIN))
JOINED = register(commune("a", end=END, into="b"), commune("b"))
DIVIDED = register(commune("a", end=END, into="bc"), commune("b", begin=BEGIN), commune("c", begin=BEGIN))


def said(found: Compared) -> str:
    assert found.reason is not None
    return say(found.reason, Language.EN)


@pytest.mark.parametrize(
    ("units", "unit", "reason"),
    [
        (MERGED, "c", "cannot be compared: it was formed from Xã a; Xã b"),
        (JOINED, "b", "cannot be compared: Xã a was merged into it"),
        (
            register(commune("a", end=END, into="c"), commune("b", end=END, into="c"), commune("c")),
            "c",
            "cannot be compared: Xã a; Xã b was merged into it",
        ),
        (DIVIDED, "c", "cannot be compared: Xã a was divided"),
        (register(commune("n", begin=BEGIN)), "n", "cannot be compared: it did not exist in 2024"),
    ],
)
def test_over_a_merger_nothing_is_compared(units: dict[str, Unit], unit: str, reason: str) -> None:
    found = compared(units, units[unit], 2024, 2025)
    assert found.before is None
    assert said(found) == reason


def test_a_new_name_or_code_is_the_same_office() -> None:
    assert compared(RENAMED, RENAMED["b"], 2024, 2025).before == RENAMED["a"]
    twice = register(
        commune("a", end=date(2024, 12, 31), into="b"),
        commune("b", begin=date(2025, 1, 1), end=END, into="c"),
        commune("c", begin=BEGIN),
    )
    assert compared(twice, twice["c"], 2024, 2026).before == twice["a"]


@pytest.mark.parametrize("years", [(2023, 2024), (2025, 2026), (2026, 2027)])
def test_what_changed_outside_the_years_does_not_matter(years: tuple[int, int]) -> None:
    assert compared(JOINED, JOINED["b"], *years).before == JOINED["b"]


@pytest.mark.parametrize(
    ("units", "unit", "year", "told"),
    [
        (MERGED, "c", 2025, "2025 beside 2024: cannot be compared: it was formed from Xã a; Xã b"),
        (
            MERGED,
            "c",
            2026,
            (
                "2026 beside 2025: can be compared only in part, for figures are not of the whole year: "
                "2025 from 01/07/2025 to 31/12/2025"
            ),
        ),
        (MERGED, "c", 2027, ""),
        (MERGED, "c", 2024, ""),
        (
            RENAMED,
            "b",
            2025,
            (
                "2025 beside 2024: as “Xã a”, which it goes on from; can be compared only in part, for figures are "
                "not of the whole year: 2025 from 01/07/2025 to 31/12/2025"
            ),
        ),
        (
            register(commune("a", end=date(2024, 12, 31), into="b"), commune("b", begin=date(2025, 1, 1))),
            "b",
            2025,
            "2025 beside 2024: as “Xã a”, which it goes on from",
        ),
        (JOINED, "b", 2026, ""),
        (
            JOINED,
            "a",
            2025,
            (
                "2025 beside 2024: can be compared only in part, for figures are not of the whole year: "
                "2025 from 01/01/2025 to 30/06/2025"
            ),
        ),
    ],
)
def test_what_is_said_of_a_year_beside_the_one_before(
    units: dict[str, Unit], unit: str, year: int, told: str
) -> None:
    found = comparison(units, units[unit], year)
    assert (say(found, Language.EN) if found else "") == told


@pytest.mark.parametrize(
    ("units", "unit", "year", "told"),
    [
        (MERGED, "c", 2025, "Cannot be compared with 2024"),
        (MERGED, "a", 2025, "Can be compared with 2024 only in part"),
        (JOINED, "b", 2025, "Cannot be compared with 2024"),
        (JOINED, "b", 2026, ""),
        (MERGED, "a", 2027, ""),
        (
            register(commune("a", end=date(2024, 12, 31), into="b"), commune("b", begin=date(2025, 1, 1))),
            "b",
            2025,
            "",
        ),
    ],
)
def test_what_is_said_of_it_in_brief(units: dict[str, Unit], unit: str, year: int, told: str) -> None:
    found = comparison_in_brief(units, units[unit], year)
    assert (say(found, Language.EN) if found else "") == told


def test_predecessors_and_what_comes_after() -> None:
    assert [unit.id for unit in predecessors(MERGED, MERGED["c"])] == ["a", "b"]
    assert onwards(DIVIDED, DIVIDED["a"]) == {"b", "c"}


@pytest.mark.parametrize(
    ("unit", "days"),
    [
        (commune("a"), (date(2025, 1, 1), date(2025, 12, 31))),
        (commune("a", begin=BEGIN), (BEGIN, date(2025, 12, 31))),
        (commune("a", end=END), (date(2025, 1, 1), END)),
        (
            Unit("a", "1", "A", Level.COMMUNE, "p", BEGIN, counted_from=date(2025, 1, 1)),
            (date(2025, 1, 1), date(2025, 12, 31)),
        ),
        (
            Unit("a", "1", "A", Level.COMMUNE, "p", counted_from=date(2024, 12, 15), counted_to=END),
            (date(2025, 1, 1), END),
        ),
    ],
)
def test_from_when_to_when_figures_are_counted(unit: Unit, days: tuple[date, date]) -> None:
    assert unit.counted(2025) == days


@pytest.mark.parametrize(
    ("unit", "said"),
    [
        (commune("a"), ""),
        (commune("a", begin=date(2024, 7, 1)), ""),
        (commune("a", begin=BEGIN), "Figures counted from 01/07/2025 to 31/12/2025"),
        (commune("a", end=END), "Figures counted from 01/01/2025 to 30/06/2025"),
        (commune("a", begin=date(2026, 1, 1)), ""),
    ],
)
def test_figures_that_are_not_counted_for_the_whole_year_say_so(unit: Unit, said: str) -> None:
    counted = unit.counted_in_part(2025)
    assert (say(counted, Language.EN) if counted else "") == said


def test_the_years_in_which_a_unit_exists() -> None:
    assert [year for year in range(2023, 2028) if MERGED["a"].exists_in(year)] == [2023, 2024, 2025]
    assert [year for year in range(2023, 2028) if MERGED["c"].exists_in(year)] == [2025, 2026, 2027]
    assert [exists_on(MERGED["c"], day) for day in (END, BEGIN)] == [False, True]


@pytest.mark.parametrize(
    "units",
    [
        register(commune("a", end=END, into="b"), commune("b", end=END, into="a")),
        register(commune("a", into="a")),
        register(commune("a", into="x")),
        register(commune("a", begin=BEGIN, end=END)),
        register(Unit("a", "1", "A", Level.COMMUNE, "b"), Unit("b", "2", "B", Level.DISTRICT, "a")),
        register(Unit("a", "1", "A", Level.COMMUNE, "x")),
        register(Unit("a", "1", "A", Level.COMMUNE, "p"), Unit("b", "1", "B", Level.COMMUNE, "p")),
        register(Unit("a", "", "A", Level.COMMUNE, "p")),
        register(Unit("a", "1", "", Level.COMMUNE, "p")),
        register(Unit("a", "1", "A", Level.PROVINCE, None)),
    ],
)
def test_what_no_province_enters(units: dict[str, Unit]) -> None:
    assert list(faulty(units, "p"))


@pytest.mark.parametrize("units", [MERGED, RENAMED, JOINED, DIVIDED])
def test_what_a_province_enters(units: dict[str, Unit]) -> None:
    assert list(faulty(units, "p")) == []


days = st.none() | st.dates(date(2000, 1, 1), date(2099, 1, 1))
words = st.text("abcđươ xyz", min_size=1, max_size=20).map(lambda t: " ".join(t.split()) or "x")
ids = st.lists(st.uuids().map(str), max_size=3, unique=True).map(lambda found: tuple(sorted(found)))


@given(
    st.builds(
        Unit,
        st.uuids().map(str),
        words,
        words,
        st.sampled_from(Level),
        st.none() | st.uuids().map(str),
        days,
        days,
        st.just("") | words,
        ids,
        days,
        days,
    )
)
def test_a_unit_is_read_as_it_was_written(unit: Unit) -> None:
    assert read_unit(unit.id, unit_entry(unit)) == unit


@given(
    st.builds(
        Body,
        st.uuids().map(str),
        words,
        st.sampled_from(BodyKind),
        st.none() | st.uuids().map(str),
        st.sets(st.sampled_from(Level)).map(lambda found: tuple(sorted(found, key=str))),
        ids,
    )
)
def test_a_body_is_read_as_it_was_written(body: Body) -> None:
    assert read_body(body.id, body_entry(body)) == body


def test_what_a_plain_unit_does_not_have_is_not_in_its_entry() -> None:
    assert unit_entry(commune("a")).keys() == {"code", "name", "level", "parent", "valid_from", "valid_to"}
    assert unit_entry(MERGED["a"])["successors"] == ["c"]


def test_the_members_of_a_group_are_those_that_exist() -> None:
    group = Body("g", "các xã", BodyKind.GROUP, levels=(Level.COMMUNE,))
    assert [unit.id for unit in group.members(MERGED, END)] == ["a", "b"]
    assert [unit.id for unit in group.members(MERGED, BEGIN)] == ["c"]
    named = Body("g", "nhóm", BodyKind.GROUP, units=("a", "c"))
    assert [unit.id for unit in named.members(MERGED, BEGIN)] == ["c"]


def test_a_register_in_which_everybody_follows_everybody_is_refused_at_once() -> None:
    ids = [f"{number:04}" for number in range(1500)]
    units = register(
        *(
            Unit(id_, id_, "Xã", Level.COMMUNE, "p", None, END, successors=tuple(ids[number + 1 :]))
            for number, id_ in enumerate(ids)
        )
    )
    assert list(faulty(units, "p")) == []
    last = units[ids[-1]]
    units[last.id] = Unit(last.id, last.code, "Xã", Level.COMMUNE, "p", None, END, successors=(ids[0],))
    assert set(faulty(units, "p")) >= {ids[0], ids[-1]}


def test_a_province_that_hands_over_to_its_own_commune_is_refused() -> None:
    units = register(Unit("a", "1", "A", Level.COMMUNE, "p"))
    units["p"] = Unit("p", "", "Tỉnh", Level.PROVINCE, "a")
    assert "p" in faulty(units, "p")


@pytest.mark.parametrize("levels", [["district", "commune"], ["commune", "commune"], ["thôn"], "commune"])
def test_levels_of_a_group_are_sorted_and_named_once(levels: object) -> None:
    entry = {**body_entry(Body("g", "nhóm", BodyKind.GROUP)), "levels": levels}
    with pytest.raises(ValueError):
        read_body("g", entry)


@pytest.mark.parametrize("ids", [["b", "a"], ["a", "a"], [str(n).zfill(5) for n in range(201)]])
def test_ids_that_are_not_sorted_once_and_few_are_refused(ids: list[str]) -> None:
    entry = {**unit_entry(MERGED["a"]), "successors": ids}
    with pytest.raises(ValueError):
        read_unit("a", entry)
