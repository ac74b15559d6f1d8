"""Plans of an office: drafts, and issuing them where the others learn of them."""

from __future__ import annotations

import copy
import datetime as dt
import json
from typing import TYPE_CHECKING, Any

import pytest

from db import journal
from parindex_desktop.domain.body_changes import NewBody
from parindex_desktop.domain.planning.plans import DocumentKind
from parindex_desktop.domain.units import BodyKind
from parindex_desktop.services import bodies, plan_parties, planning, register
from tests.domain.planning.test_plans import a_plan, uid

if TYPE_CHECKING:
    from parindex_desktop.services.homes import Office
    from tests.offices import Scene

DAY = dt.date(2026, 1, 5)


def plan_for(name: str, **head: Any) -> dict[str, Any]:
    """The small plan, all of it led by whoever has that name."""
    tree = a_plan()
    tree["head"] |= head
    for node in (*tree["fields"], *tree["tasks"]):
        node["leads"] = [{"name": name}]
    return tree


def document(tree: dict[str, Any]) -> bytes:
    return json.dumps(tree, ensure_ascii=False).encode()


def actions(office: Office) -> list[str]:
    with office.read() as session:
        return [each.action for each in journal.entries(session) if each.action.startswith("plan.")]


@pytest.fixture
def province(scene: Scene) -> Office:
    return scene.office("province")


@pytest.fixture
def commune(scene: Scene) -> Office:
    return scene.office("ban-ho")


def test_a_plan_begun_from_nothing_is_kept_and_lacks_nothing_but_what_it_sets(province: Office) -> None:
    draft = planning.begin(province, DocumentKind.PLAN, " Kế hoạch  CCHC ", 2026, 2026)
    (kept,) = planning.drafts(province)
    assert (kept.title, kept.tree) == ("Kế hoạch CCHC", draft.tree)
    assert planning.faults(province, kept.tree) == []
    planning.delete(province, kept)
    assert planning.drafts(province) == []


def test_whoever_is_named_is_found_and_whoever_is_not_is_a_fault_at_its_place(province: Office) -> None:
    draft = planning.from_document(province, document(plan_for("sở nội vụ TỈNH Lào Cai")))
    assert draft.tree["tasks"][0]["leads"][0]["id"] == province.record.unit
    unknown = copy.deepcopy(draft.tree)
    unknown["tasks"][0]["leads"].append({"name": "Sở Không Có"})
    ((path, fault),) = planning.faults(province, planning.save(province, draft, unknown).tree)
    assert (path, fault.code) == (("tasks", 0, "leads", 1), "plan.party_unknown")
    with pytest.raises(planning.PlanDraftFaulty) as refused:
        planning.issue(province, planning.drafts(province)[0], "15/KH-UBND", DAY)
    assert "/tasks/0/leads/1" in str(refused.value.faults[0])
    bodies.add_body(province, NewBody("Sở Không Có", BodyKind.ORGANISATION))
    assert planning.issue(province, planning.drafts(province)[0], "15/KH-UBND", DAY).number == "15/KH-UBND"


def test_ids_of_another_register_are_looked_up_anew(province: Office) -> None:
    tree = plan_for("Sở Nội vụ tỉnh Lào Cai")
    tree["tasks"][0]["leads"][0]["id"] = uid(77)
    draft = planning.from_document(province, document(tree))
    assert draft.tree["tasks"][0]["leads"][0]["id"] == province.record.unit


def test_the_province_issues_amends_and_withdraws_in_its_kit(province: Office) -> None:
    tree = plan_for("Sở Nội vụ tỉnh Lào Cai")
    plan = planning.issue(province, planning.from_document(province, document(tree)), "15/KH-UBND", DAY)
    assert [each.id for each in register.current_kit(province).plans(2026)] == [uid(1)]
    assert planning.drafts(province) == []
    draft = planning.amend(province, plan.id)
    with pytest.raises(planning.PlanDraftThere):
        planning.amend(province, plan.id)
    changed = {**draft.tree, "head": {**draft.tree["head"], "title": "Kế hoạch sửa đổi"}}
    again = planning.issue(province, planning.save(province, draft, changed), "20/KH-UBND", DAY)
    assert [(each.id, each.title) for each in planning.issued(province)] == [(plan.id, "Kế hoạch sửa đổi")]
    assert planning.find_plan(province, "20/KH-UBND") == again
    with pytest.raises(planning.WithdrawalUnfounded):
        planning.withdraw(province, plan.id, " ")
    planning.withdraw(province, plan.id, "Thay bằng kế hoạch khác")
    assert planning.issued(province) == []
    assert actions(province) == [
        "plan.draft_begun",
        "plan.issued",
        "plan.draft_begun",
        "plan.issued",
        "plan.withdrawn",
    ]


def test_a_unit_issues_in_its_progress_and_its_rooms_lead(commune: Office) -> None:
    plan_parties.add_room(commune, "2026", "Văn phòng HĐND và UBND")
    draft = planning.from_document(commune, document(plan_for("văn phòng HĐND & UBND")))
    plan = planning.issue(commune, draft, "03/KH-UBND", DAY)
    assert [each.id for each in planning.issued(commune)] == [plan.id]
    assert planning.is_own(commune, plan.id)
    assert register.current_kit(commune).plans() == []
    # Amended to begin a year later, it stands in one series only.
    draft = planning.amend(commune, plan.id)
    later = {**draft.tree, "head": {**draft.tree["head"], "first": 2027, "last": 2027}}
    planning.issue(commune, planning.save(commune, draft, later), "04/KH-UBND", DAY)
    assert [(each.first, each.number) for each in planning.issued(commune)] == [(2027, "04/KH-UBND")]
    planning.withdraw(commune, plan.id, "Không làm nữa")
    assert planning.issued(commune) == []
    plan_parties.remove_room(commune, "Văn phòng HĐND và UBND")
    assert plan_parties.own_rooms(commune) == []


def test_a_room_is_entered_once(commune: Office) -> None:
    plan_parties.add_room(commune, "2026", "Văn phòng")
    with pytest.raises(bodies.BodyNameTaken):
        plan_parties.add_room(commune, "2026", "văn  phòng")
    with pytest.raises(bodies.UnknownBody):
        plan_parties.remove_room(commune, "Phòng khác")


def test_a_plan_of_the_province_becomes_a_new_one_at_a_unit(province: Office, commune: Office) -> None:
    tree = plan_for("Sở Nội vụ tỉnh Lào Cai")
    planning.issue(province, planning.from_document(province, document(tree)), "15/KH-UBND", DAY)
    derived = planning.derive(province, uid(1))
    assert derived.id != uid(1)
    assert derived.tree["tasks"][0]["targets"] == [derived.tree["targets"][0]["id"]]
    assert "number" not in derived.tree["head"]
    # Two plans that share an id cannot both be issued.
    twin = copy.deepcopy(tree)
    twin["head"]["id"] = uid(90)
    draft = planning.from_document(province, document(twin))
    assert [fault.code for _, fault in planning.faults(province, draft.tree)] == ["plan.id_of_another"]


def test_what_is_asked_for_must_be_there(commune: Office) -> None:
    for ask in (planning.find_plan, planning.find_draft, planning.from_shipped, planning.amend):
        with pytest.raises(planning.PlanUnknown):
            ask(commune, "không có")
    draft = planning.begin(commune, DocumentKind.PLAN, "Kế hoạch", 2026, 2026)
    with pytest.raises(planning.PlanNumberMissing):
        planning.issue(commune, draft, "", DAY)
