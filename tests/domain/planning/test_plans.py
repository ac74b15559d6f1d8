"""A plan from outside: read whole, or refused with every fault at its place."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from parindex_desktop.domain.planning.plan_meaning import name_key, party_faults, with_parties
from parindex_desktop.domain.planning.plan_reading import PlanFaulty, PlanFormatTooNew, read_plan_tree
from parindex_desktop.domain.planning.plans import DocumentKind, Plan
from resources import Language, say

SCHEMA = resources.tree("schemas/plan.schema.json")


def uid(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012}"


def a_plan() -> dict[str, Any]:
    deadline = {"kind": "in_year", "text": "Trước 20/12 hàng năm", "day": "12-20", "says": "before"}
    return {
        "format": 1,
        "head": {
            "id": uid(1),
            "kind": "plan",
            "title": "Kế hoạch",
            "office": "UBND tỉnh",
            "first": 2026,
            "last": 2026,
        },
        "fields": [{"id": uid(2), "no": "1", "title": "Chỉ đạo", "leads": [{"name": "Sở Nội vụ"}]}],
        "targets": [
            {
                "id": uid(3),
                "no": "1.1",
                "field": uid(2),
                "title": "Đúng hạn",
                "measure": "number",
                "unit": "%",
                "limits": [{"number": "95"}],
                "register": "orders.on_time",
            }
        ],
        "sections": [
            {
                "id": uid(4),
                "no": "I",
                "title": "Chỉ đạo",
                "groups": [{"id": uid(5), "no": "1", "title": "Nhóm"}],
            }
        ],
        "tasks": [
            {
                "id": uid(6),
                "no": "I.1",
                "group": uid(5),
                "title": "Kế hoạch CCHC",
                "leads": [{"name": "Sở Nội vụ", "id": uid(9)}],
                "deadline": deadline,
                "targets": [uid(3)],
            }
        ],
    }


def changed(*path: str | int, to: Any) -> dict[str, Any]:
    tree = copy.deepcopy(a_plan())
    node: Any = tree
    for step in path[:-1]:
        node = node[step]
    if to is None:
        del node[path[-1]]
    else:
        node[path[-1]] = to
    return tree


def read(tree: Any) -> Plan:
    return Plan.read(read_plan_tree(json.dumps(tree, ensure_ascii=False).encode(), SCHEMA))


def test_a_plan_is_read() -> None:
    plan = read(a_plan())
    assert (plan.kind, plan.first, [task.no for task in plan.tasks]) == (DocumentKind.PLAN, 2026, ["I.1"])
    assert plan.tasks[0].deadline.before
    assert plan.runs_in(2026)
    assert not plan.runs_in(2027)


@pytest.mark.parametrize(
    ("tree", "code", "place"),
    [
        (changed("head", "last", to=2025), "plan.years_reversed", "/head/last"),
        (changed("head", "kind", to="campaign"), "tree.field_missing", "/"),
        (changed("head", "report_day", to="02-30"), "plan.no_such_day", "/head/report_day"),
        (changed("head", "first", to=1999), "tree.limit", "/head/first"),
        (changed("tasks", 0, "id", to=uid(2)), "plan.id_twice", "/tasks/0/id"),
        (changed("targets", 0, "field", to=uid(8)), "plan.not_there", "/targets/0/field"),
        (changed("targets", 0, "limits", to=None), "tree.field_missing", "/targets/0"),
        (
            changed("targets", 0, "limits", 0, "up_to", to="90"),
            "plan.roadmap_reversed",
            "/targets/0/limits/0/up_to",
        ),
        (changed("targets", 0, "register", to="nothing"), "plan.not_there", "/targets/0/register"),
        (changed("targets", 0, "against", to="base_year"), "tree.field_missing", "/targets/0"),
        (changed("tasks", 0, "group", to=uid(8)), "plan.not_there", "/tasks/0/group"),
        (changed("tasks", 0, "targets", to=[uid(8)]), "plan.not_there", "/tasks/0/targets/0"),
        (changed("tasks", 0, "deadline", "day", to="13-40"), "plan.no_such_day", "/tasks/0/deadline/day"),
        (changed("tasks", 0, "deadline", "day", to=None), "tree.field_missing", "/tasks/0/deadline"),
        (
            changed("tasks", 0, "deadline", "days_are", to="working"),
            "plan.no_calendar",
            "/tasks/0/deadline/days_are",
        ),
        (changed("tasks", 0, "leads", to=[]), "tree.limit", "/tasks/0/leads"),
        (
            changed("tasks", 0, "deadline", "says", to=True),
            "tree.not_integer_or_text",
            "/tasks/0/deadline/says",
        ),
        (
            changed("calendar", to={"2026": {"holidays": ["2027-01-01"]}}),
            "plan.not_in_year",
            "/calendar/2026/holidays/0",
        ),
        (changed("head", "colour", to="đỏ"), "tree.field_unknown", "/head/colour"),
    ],
)
def test_a_fault_is_named_at_its_place(tree: dict[str, Any], code: str, place: str) -> None:
    with pytest.raises(PlanFaulty) as refused:
        read(tree)
    (fault,) = refused.value.faults
    assert (fault.code, fault.values["place"]) == (code, place)
    assert say(fault, Language.EN)


def test_a_target_may_be_one_of_the_whole_plan_and_name_groups() -> None:
    tree = a_plan()
    tree["targets"] = [
        {"id": uid(3), "no": "1", "title": "PAPI", "measure": "group", "groups": ["Nhóm thấp"], "stay": "out"}
    ]
    (target,) = read(tree).targets
    assert (target.field, target.groups, target.outside) == ("", ("Nhóm thấp",), True)


def test_two_groups_of_one_id_are_a_fault() -> None:
    tree = a_plan()
    tree["sections"][0]["groups"].append({"id": uid(4), "no": "2", "title": "Nhóm"})
    with pytest.raises(PlanFaulty) as refused:
        read(tree)
    (fault,) = refused.value.faults
    assert (fault.code, fault.values["place"]) == ("plan.id_twice", "/sections/0/groups/1/id")


def test_two_tasks_of_one_number_are_a_fault() -> None:
    tree = a_plan()
    tree["tasks"].append({**tree["tasks"][0], "id": uid(7)})
    with pytest.raises(PlanFaulty) as refused:
        read(tree)
    assert [fault.code for fault in refused.value.faults] == ["plan.no_twice"]
    assert say(refused.value.faults[0], Language.EN).startswith("No. I.1 (/tasks/1/no)")


def test_a_plan_of_a_newer_program_is_told() -> None:
    with pytest.raises(PlanFormatTooNew):
        read(changed("format", to=2))


@pytest.mark.parametrize("document", [b"", b"[]", b"{", b"\xff", b"[" * 100_000])
def test_what_is_no_plan_is_refused(document: bytes) -> None:
    with pytest.raises(PlanFaulty):
        read_plan_tree(document, SCHEMA)


@given(
    tree=st.recursive(
        st.none() | st.integers() | st.text(max_size=8) | st.booleans() | st.floats(allow_nan=False),
        lambda inner: (
            st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(list(a_plan())), inner, max_size=5)
        ),
        max_leaves=12,
    )
)
def test_whatever_stands_there_is_refused_with_a_sentence(tree: Any) -> None:
    with pytest.raises((PlanFaulty, PlanFormatTooNew)) as refused:
        read(tree)
    assert say(refused.value.message, Language.EN)


def test_parties_are_found_by_name_and_the_others_are_named() -> None:
    found = with_parties(a_plan(), {name_key("sở nội vụ"): uid(9)}.get)
    assert found["fields"][0]["leads"] == [{"name": "Sở Nội vụ"}], "names are compared by their key"
    found = with_parties(a_plan(), lambda name: {name_key("sở nội vụ"): uid(9)}.get(name_key(name)))
    assert found["fields"][0]["leads"] == [{"name": "Sở Nội vụ", "id": uid(9)}]
    assert list(party_faults(found, {uid(9)})) == []
    ((path, fault),) = party_faults(a_plan(), {uid(9)})
    assert path == ("fields", 0, "leads", 0)
    assert "Sở Nội vụ" in say(fault, Language.EN)


def test_two_spellings_of_an_office_are_one() -> None:
    assert name_key("Sở Thông tin - Truyền thông") == name_key("Sở Thông tin và Truyền thông")
