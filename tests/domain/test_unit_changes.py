"""Units and bodies as a province enters them: what they become, and every fault at its field."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parindex_desktop.domain.body_changes import (
    NewBody,
    bodies_in_order,
    body_faults,
    body_named,
    cleaned_body,
    described_body,
    made_body,
)
from parindex_desktop.domain.unit_changes import NewUnit, Planned, described, planned
from parindex_desktop.domain.unit_entries import MOST_MEMBERS, MOST_SUCCESSORS
from parindex_desktop.domain.unit_facts import body_facts, unit_facts
from parindex_desktop.domain.units import Body, BodyKind, Level, Unit, faulty
from resources import Language, say

END, BEGIN = date(2025, 6, 30), date(2025, 7, 1)
PROVINCE = Unit("p", "", "Tỉnh", Level.PROVINCE, None)
DISTRICT = Unit("d", "088", "Thị xã Sa Pa", Level.DISTRICT, "p")
A = Unit("a", "03001", "Phường Sa Pa", Level.COMMUNE, "d")
B = Unit("b", "03006", "Phường Phan Si Păng", Level.COMMUNE, "d")
REGISTER = {unit.id: unit for unit in (PROVINCE, DISTRICT, A, B)}


def plan(*new: NewUnit, units: dict[str, Unit] = REGISTER) -> Planned:
    ids = (f"new{number}" for number in count())
    return planned(units, "p", new, lambda: next(ids))


def commune(code: str, **changes: object) -> NewUnit:
    return replace(NewUnit(code, f"Xã {code}", Level.COMMUNE), **changes)  # type: ignore[arg-type]  # its fields


def faults(*new: NewUnit, units: dict[str, Unit] = REGISTER) -> list[tuple[int, str, str]]:
    return [
        (each.number, each.field, say(each.message, Language.EN)) for each in plan(*new, units=units).faults
    ]


def test_a_known_code_is_the_same_unit() -> None:
    (unit,) = plan(commune("03006", name="Phường Sa Pa mới", block="Khối phường")).units
    assert (unit.id, unit.parent, unit.name, unit.block) == ("b", "p", "Phường Sa Pa mới", "Khối phường")


def test_units_name_each_other_in_any_order() -> None:
    first, second, third = plan(
        commune("1", parent_code="9", valid_to=END, successors=("2",)),
        commune("2", valid_from=BEGIN),
        NewUnit("9", "Huyện", Level.DISTRICT),
    ).units
    assert (first.successors, first.parent) == ((second.id,), third.id)


@pytest.mark.parametrize(
    ("new", "field", "said"),
    [
        (commune(""), "code", "The code is missing."),
        (commune("03;01"), "code", "is no code"),
        (commune("1", name="  "), "name", "The name is missing."),
        (NewUnit("03001", "Sở", Level.DEPARTMENT), "level", "belongs to “Phường Sa Pa”"),
        (NewUnit("1", "Tỉnh", Level.PROVINCE), "level", "The province itself"),
        (commune("1", parent_code="999"), "parent_code", "No unit has the code 999"),
        (commune("1", parent_code="1"), "parent_code", "below itself"),
        (commune("1", valid_to=END, successors=("999",)), "successors", "No unit has the code 999"),
        (commune("1", valid_to=END, successors=("1",)), "successors", "its own successor"),
        (commune("1", successors=("03006",)), "valid_to", "Only a unit that ends"),
        (commune("1", valid_from=BEGIN, valid_to=END), "valid_to", "is before the first"),
        (commune("1", counted_from=BEGIN, counted_to=END), "counted_to", "is before the first"),
        (commune("1", counted_to=date(26, 1, 1)), "counted_to", "cannot be right"),
        (commune("1", valid_to=date.max), "valid_to", "cannot be right"),
        (NewUnit("088", "Sa Pa", Level.DISTRICT, valid_to=END), "valid_to", "2 unit(s) that go on"),
    ],
)
def test_a_fault_is_named_with_its_field(new: NewUnit, field: str, said: str) -> None:
    ((number, where, sentence),) = faults(new)
    assert (number, where) == (0, field)
    assert said in sentence


@pytest.mark.parametrize(
    ("new", "field", "said"),
    [
        # A successor that comes later, that has ended too, or one whose first day is moved behind the merger.
        (
            [
                commune("1", valid_to=END, successors=("2",)),
                commune("2", valid_from=date(2025, 8, 1)),
            ],
            (0, "successors"),
            "is not there on 01/07/2025",
        ),
        (
            [commune("1", valid_to=END, successors=("2",)), commune("2", valid_to=END)],
            (0, "successors"),
            "is not there on 01/07/2025",
        ),
        # A unit that goes on under a district that does not.
        (
            [NewUnit("9", "Huyện", Level.DISTRICT, valid_to=END), commune("1", parent_code="9")],
            (1, "parent_code"),
            "“Huyện” ends on 30/06/2025",
        ),
        # Circles over two.
        (
            [
                NewUnit("8", "Huyện", Level.DISTRICT, "9"),
                NewUnit("9", "Huyện", Level.DISTRICT, "8"),
            ],
            (0, "parent_code"),
            "below itself",
        ),
        (
            [
                commune("1", valid_to=END, successors=("2",)),
                commune("2", valid_to=BEGIN, successors=("1",)),
            ],
            (0, "successors"),
            "its own successor",
        ),
    ],
)
def test_a_fault_between_units_is_named_with_its_field(
    new: list[NewUnit], field: tuple[int, str], said: str
) -> None:
    number, where, sentence = faults(*new)[0]
    assert (number, where) == field
    assert said in sentence


def test_the_first_day_cannot_be_moved_behind_a_merger() -> None:
    merged = {**REGISTER, "a": replace(A, valid_to=END, successors=("b",))}
    ((_, where, sentence),) = faults(commune("03006", valid_from=date(2025, 8, 1)), units=merged)
    assert where == "valid_from"
    assert "the day after “Phường Sa Pa” ends" in sentence


def test_a_district_ends_with_all_units_below_it() -> None:
    gone = [
        replace(described(REGISTER, unit), valid_to=END, parent_code=REGISTER[unit.parent or ""].code)
        for unit in (DISTRICT, A, B)
    ]
    assert faults(*gone) == []


def test_all_faults_are_told_at_once() -> None:
    assert [(number, field) for number, field, _ in faults(commune("", name=""), commune("?"))] == [
        (0, "code"),
        (0, "name"),
        (1, "code"),
    ]


days = st.sampled_from([None, date(2025, 1, 1), END, BEGIN, date(2025, 12, 31)])
codes = st.sampled_from(["088", "03001", "03006", "1", "2", "3"])
entered = st.lists(
    st.builds(
        NewUnit,
        codes,
        st.just("Xã"),
        st.sampled_from([Level.COMMUNE, Level.DISTRICT]),
        st.just("") | codes,
        st.sampled_from(["", "Khối xã"]),
        days,
        days,
        st.lists(codes, max_size=2, unique=True).map(lambda found: tuple(sorted(found))),
        days,
        days,
    ),
    max_size=5,
    unique_by=lambda unit: unit.code,
)


@given(entered)
def test_what_has_no_fault_is_what_a_province_enters(new: list[NewUnit]) -> None:
    """The law between both judges: a list that is accepted can always be sent out."""
    made = plan(*new)
    if not made.faults:
        after = {**REGISTER, **{unit.id: unit for unit in made.units}}
        assert list(faulty(after, "p")) == []
        assert [described(after, unit) for unit in made.units] == new


def test_a_body_is_what_was_entered_without_what_its_kind_does_not_have() -> None:
    ids = {"088": "d", "03001": "a"}
    room = cleaned_body(NewBody(" Phòng  Nội vụ ", BodyKind.ROOM, "088", (Level.COMMUNE,), ("03001",)))
    body = made_body(room, ids, "p", "x")
    assert body == Body("x", "Phòng Nội vụ", BodyKind.ROOM, "d")
    assert described_body(REGISTER, body) == NewBody("Phòng Nội vụ", BodyKind.ROOM, "088")
    own = made_body(NewBody("Phòng CCHC", BodyKind.ROOM), ids, "p", "y")
    assert (own.of, described_body(REGISTER, own).of_code) == ("p", "")
    group = cleaned_body(NewBody("Các xã", BodyKind.GROUP, "088", (Level.COMMUNE,), ("03001", "088")))
    assert made_body(group, ids, "p", "z") == Body(
        "z", "Các xã", BodyKind.GROUP, None, (Level.COMMUNE,), ("a", "d")
    )
    assert bodies_in_order([made_body(group, ids, "p", "z"), own, body]) == [
        own,
        body,
        made_body(group, ids, "p", "z"),
    ]
    assert body_named([body, own], "d", "phong noi vu") == body
    assert body_named([body, own], "p", "phong noi vu") is None


@pytest.mark.parametrize(
    ("new", "fields"),
    [
        (NewBody("", BodyKind.ORGANISATION), ["name"]),
        (NewBody("Phòng", BodyKind.ROOM, "999"), ["of_code"]),
        (NewBody("Nhóm", BodyKind.GROUP), ["units"]),
        (NewBody("Nhóm", BodyKind.GROUP, units=("999", "998")), ["units", "units"]),
        (NewBody("Nhóm", BodyKind.GROUP, levels=(Level.COMMUNE,)), []),
    ],
)
def test_faults_of_a_body(new: NewBody, fields: list[str]) -> None:
    assert [field for field, _ in body_faults(new, ["088"])] == fields


def test_what_is_known_of_a_unit_and_a_body_is_told() -> None:
    merged = {**REGISTER, "a": replace(A, valid_to=END, successors=("b",), counted_from=BEGIN, block="K")}
    assert [say(each, Language.EN) for each in unit_facts(merged, merged["a"])] == [
        "Block: K",
        "Until 30/06/2025",
        "Successors: 03006 Phường Phan Si Păng",
        "Figures counted from 01/07/2025",
    ]
    assert [say(each, Language.EN) for each in unit_facts(merged, B)] == [
        "Merged or divided into it: 03001 Phường Sa Pa"
    ]
    assert unit_facts(REGISTER, A) == []
    room = Body("x", "Phòng", BodyKind.ROOM, "d")
    group = Body("x", "Nhóm", BodyKind.GROUP, None, (Level.COMMUNE,), ("d",))
    assert [
        [say(line, Language.EN) for line in body_facts(REGISTER, each)][1:] for each in (room, group)
    ] == [
        ["Room of: Thị xã Sa Pa"],
        ["All of: Commune, ward, special zone", "Members: 088 Thị xã Sa Pa"],
    ]


def test_a_unit_goes_on_in_units_of_its_own_kind_only() -> None:
    office = NewUnit("S05", "Sở Y tế", Level.DEPARTMENT, valid_to=END, successors=("03006",))
    (fault,) = faults(office)
    assert fault[1:] == (
        "successors",
        "“Phường Phan Si Păng” is of another kind: a unit goes on in units of its own kind only.",
    )


def test_what_could_not_be_read_again_is_not_entered() -> None:
    heirs = [commune(f"{number:05}", valid_from=BEGIN) for number in range(MOST_SUCCESSORS + 1)]
    ended = commune("9", valid_to=END, successors=tuple(each.code for each in heirs))
    said = faults(ended, *heirs)
    assert said == [(0, "successors", "These are 201 units; 200 can be named here at most.")]
    codes = tuple(f"{number:05}" for number in range(MOST_MEMBERS + 1))
    crowd = NewBody("Mọi đơn vị", BodyKind.GROUP, units=codes)
    assert [field for field, _ in body_faults(crowd, codes)] == ["units"]
