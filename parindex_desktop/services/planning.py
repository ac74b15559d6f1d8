"""Plans of this office: drafts that are kept at every edit, and issuing, amending and withdrawing them.

A draft lives on this machine alone, under the id of its plan. Issued, the province's plan is an entry of the kit, that
of another office one of its progress.
"""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import resources
from db.drafts import KeptPlan, plan_drafts, put_plan_draft, remove_plan_draft
from parindex_desktop.domain.errors import ManyFaults, UsageError, UserError
from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.domain.planning.plan_ids import first_shared, ids_of, with_new_ids
from parindex_desktop.domain.planning.plan_meaning import party_faults, with_parties, without_strangers
from parindex_desktop.domain.planning.plan_reading import placed, plan_faults, read_plan_tree
from parindex_desktop.domain.planning.plans import Plan
from parindex_desktop.domain.text import one_line
from parindex_desktop.domain.units import Level
from parindex_desktop.services.plan_parties import known_parties
from parindex_desktop.services.progress_series import carried, own_unit, put_in
from parindex_desktop.services.register import NoKitYet, current_kit, provincial_series

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime
    from pathlib import Path

    from db.database import Session
    from parindex_desktop.domain.planning.plans import DocumentKind
    from parindex_desktop.domain.revisions import Value
    from parindex_desktop.domain.tree_shape import Fault
    from parindex_desktop.services.homes import Office

Tree = dict[str, Any]


class PlanDraftFaulty(ManyFaults):
    """A draft with faults cannot be issued; `faults` names them, each at its place."""

    code = "plan.draft_faulty"
    template = msgid(
        "The plan still has {count} fault(s), so nothing was issued. Mend them first. The first: {first}"
    )


class PlanUnknown(UserError):
    """No plan is called so."""

    code = "plan.unknown"
    template = msgid(
        "There is no plan “{wanted}” here, or several begin so. Look at the list of plans, then try again."
    )


class PlanOfAnother(UserError):
    """Only who issued a plan changes it."""

    code = "plan.of_another"
    template = msgid(
        "“{title}” was issued by another office, so it cannot be changed here. Nothing was changed; begin a plan of "
        "this office with it instead."
    )


class PlanDraftThere(UserError):
    """A plan has one draft at most."""

    code = "plan.draft_there"
    template = msgid(
        "A draft of “{title}” is here already. Nothing was changed; go on with it, or delete it first."
    )


class WithdrawalUnfounded(UsageError):
    """A plan is withdrawn with a reason."""

    code = "plan.reason_missing"
    template = msgid("Why the plan is withdrawn was not said. Write the reason; it stays in the journal.")


class PlanNumberMissing(UsageError):
    """What is issued has a number."""

    code = "plan.number_missing"
    template = msgid("The number of the signed paper is missing. Enter it, for example 15/KH-UBND.")


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """A plan being written or amended; `id` is that of the plan."""

    id: str
    tree: Tree
    changed: datetime

    @property
    def title(self) -> str:
        """What it is called so far."""
        return str(self.tree["head"].get("title", ""))


def drafts(office: Office) -> list[PlanDraft]:
    """The drafts of this machine, the one changed last first."""
    with office.read() as session:
        return [PlanDraft(each.id, json.loads(each.tree), each.changed) for each in plan_drafts(session)]


def begin(office: Office, kind: DocumentKind, title: str, first: int, last: int) -> PlanDraft:
    """Begin a plan from nothing."""
    head = {
        "id": new_id(),
        "kind": kind.value,
        "title": one_line(title),
        "office": office.record.name,
        "first": first,
        "last": last,
    }
    return _begun(office, {"format": 1, "head": head})


def from_document(office: Office, document: bytes) -> PlanDraft:
    """Begin with a plan from outside; who is named in it is looked up.

    A plan that this office has issued is amended by it; one that another office has issued becomes a new one. Raises
    `PlanFaulty` with every fault at its place, `PlanFormatTooNew`, `PlanDraftThere`.
    """
    tree = read_document(document)
    taken = {each for issued in _trees_of_others(office).values() for each in ids_of(issued)}
    if not taken.isdisjoint(ids_of(tree)):
        tree = with_new_ids(tree, new_id)
    return _begun(office, tree)


def read_document(document: bytes) -> Tree:
    """The tree of a plan from outside. Raises `PlanFaulty` or `PlanFormatTooNew`."""
    return read_plan_tree(document, _schema())


def shipped() -> dict[str, Path]:
    """The plans that come with the program, by name."""
    return {path.stem: path for path in resources.files("plans", ".json")}


def from_shipped(office: Office, name: str) -> PlanDraft:
    """Begin a new document with a plan that comes with the program. Raises `PlanUnknown`."""
    found = shipped().get(name)
    if found is None:
        raise PlanUnknown(wanted=name[:80])
    return _begun(office, with_new_ids(read_document(found.read_bytes()), new_id))


def derive(office: Office, plan: str) -> PlanDraft:
    """Begin a plan of this office with what another one says, such as the superior's. Raises `PlanUnknown`."""
    tree = with_new_ids(tree_of(office, plan), new_id)
    head = {name: value for name, value in tree["head"].items() if name not in {"number", "issued"}}
    return _begun(office, {**tree, "head": {**head, "office": office.record.name}})


def amend(office: Office, plan: str) -> PlanDraft:
    """Begin the next version of a plan that this office has issued; its ids stay.

    Raises `PlanUnknown`, `PlanOfAnother` or `PlanDraftThere`.
    """
    return _begun(office, _own_tree(office, plan))


def save(office: Office, draft: PlanDraft, tree: Tree) -> PlanDraft:
    """Keep `tree` as the state of `draft`; its id stays."""
    head = {**tree["head"], "id": draft.id}
    saved = PlanDraft(draft.id, {**tree, "head": head}, office.clock())
    with office.begin() as session:
        put_plan_draft(session, _kept(saved))
    return saved


def look_up_parties(office: Office, tree: Tree) -> Tree:
    """`tree` in which everybody named has the id by which the register knows them, as far as it does."""
    first, last = (tree["head"].get(name) for name in ("first", "last"))
    if not isinstance(first, int) or not isinstance(last, int):
        return tree
    try:
        known = known_parties(office, first, last)
    except NoKitYet:
        return tree
    return with_parties(without_strangers(tree, known.ids), known.find)


def delete(office: Office, draft: PlanDraft) -> None:
    """Throw a draft away; an issued plan stays as it is."""
    with office.begin() as session:
        remove_plan_draft(session, draft.id)
        office.write(session, "plan.draft_deleted", {"plan": draft.id, "title": draft.title})


def faults(office: Office, tree: Tree) -> list[Fault]:
    """Everything that keeps a draft from being issued, each with its path in the tree. Raises `NoKitYet`."""
    found = plan_faults(tree, _schema())
    if found:
        return found
    known = known_parties(office, tree["head"]["first"], tree["head"]["last"])
    found += party_faults(tree, known.ids)
    others = (each for id_, each in _issued_trees(office).items() if id_ != tree["head"]["id"])
    if shared := first_shared([tree, *others]):
        message = Message(
            "plan.id_of_another", "The id {id} belongs to another plan already.", {"id": shared}
        )
        found.append(((), message))
    return found


def issue(office: Office, draft: PlanDraft, number: str, day: date) -> Plan:
    """Issue a draft under the number and day of the signed paper; the draft goes.

    Raises `PlanNumberMissing`, `PlanDraftFaulty`, `PlanOfAnother`, `NoKitYet` or `UnitUnknown`.
    """
    number = one_line(number, 100)
    if not number:
        raise PlanNumberMissing
    head = {**draft.tree["head"], "number": number, "issued": day.isoformat()}
    tree = look_up_parties(office, {**draft.tree, "head": head})
    if wrong := faults(office, tree):
        raise PlanDraftFaulty(tuple(placed(tree, wrong)))
    plan = Plan.read(tree)
    if plan.id in _trees_of_others(office):
        raise PlanOfAnother(title=plan.title)
    details: dict[str, Value] = {"plan": plan.id, "title": plan.title, "number": number}
    with office.begin() as session:
        _put(session, office, plan.id, tree, "plan.issued", details)
        remove_plan_draft(session, plan.id)
    return plan


def withdraw(office: Office, plan: str, reason: str) -> None:
    """Take a plan back that this office has issued; what was reported of it stays.

    Raises `WithdrawalUnfounded`, `PlanUnknown` or `PlanOfAnother`.
    """
    reason = one_line(reason)
    if not reason:
        raise WithdrawalUnfounded
    title = _own_tree(office, plan)["head"]["title"]
    details: dict[str, Value] = {"plan": plan, "title": title, "reason": reason}
    with office.begin() as session:
        _put(session, office, plan, None, "plan.withdrawn", details)


def issued(office: Office) -> list[Plan]:
    """The plans that are in force here: those of the province, then this office's own; by year and title."""
    others = _trees_of_others(office).keys()
    found = [Plan.read(tree) for tree in _issued_trees(office).values()]
    return sorted(found, key=lambda each: (each.id not in others, each.first, each.title, each.id))


def is_in_kit(office: Office) -> bool:
    """Whether the plans of this office go out in the kit: it is the province."""
    return office.level is Level.PROVINCE


def is_own(office: Office, plan: str) -> bool:
    """Whether this office has issued that plan."""
    return plan in _issued_trees(office) and plan not in _trees_of_others(office)


def tree_of(office: Office, plan: str) -> Tree:
    """The tree of an issued plan. Raises `PlanUnknown`."""
    tree = _issued_trees(office).get(plan)
    if tree is None:
        raise PlanUnknown(wanted=plan[:80])
    return tree


def find_plan(office: Office, wanted: str) -> Plan:
    """The issued plan whose id begins so, or that has this number or title. Raises `PlanUnknown`."""
    found = [each for each in issued(office) if _is_called(each.id, each.number, each.title, wanted)]
    if len(found) != 1:
        raise PlanUnknown(wanted=wanted[:80])
    return found[0]


def find_draft(office: Office, wanted: str) -> PlanDraft:
    """The draft whose id begins so, or that has this title. Raises `PlanUnknown`."""
    found = [each for each in drafts(office) if _is_called(each.id, "", each.title, wanted)]
    if len(found) != 1:
        raise PlanUnknown(wanted=wanted[:80])
    return found[0]


def new_id() -> str:
    """An id for life."""
    return str(uuid.uuid4())


def _is_called(id_: str, number: str, title: str, wanted: str) -> bool:
    return bool(wanted) and (wanted in {number, title} or (len(wanted) >= 4 and id_.startswith(wanted)))


def _begun(office: Office, tree: Tree) -> PlanDraft:
    tree = look_up_parties(office, tree)
    draft = PlanDraft(tree["head"]["id"], tree, office.clock())
    with office.begin() as session:
        if any(each.id == draft.id for each in plan_drafts(session)):
            raise PlanDraftThere(title=draft.title)
        put_plan_draft(session, _kept(draft))
        office.write(session, "plan.draft_begun", {"plan": draft.id, "title": draft.title})
    return draft


def _put(
    session: Session, office: Office, plan: str, tree: Tree | None, action: str, details: Mapping[str, Value]
) -> None:
    """Write a plan of this office where its plans stand; None takes it out."""
    key = f"plan/{plan}"
    if office.level is Level.PROVINCE:
        if provincial_series(session, office).put(office, session, {key: tree}):
            office.write(session, action, dict(details))
        return
    first = str(tree["head"]["first"]) if tree else ""
    # An amended plan may begin in another year than before.
    for year in carried(session, own_unit(office)).years.get(plan, ()):
        if year != first:
            put_in(session, office, year, {key: None}, action, details)
    if tree:
        put_in(session, office, first, {key: tree}, action, details)


def _issued_trees(office: Office) -> dict[str, Tree]:
    found = dict(_kit_trees(office))
    if office.level is not Level.PROVINCE and office.record.unit:
        with office.read() as session:
            found |= carried(session, office.record.unit).plans
    return found


def _kit_trees(office: Office) -> Mapping[str, Tree]:
    try:
        return current_kit(office).plan_trees
    except NoKitYet:
        return {}


def _trees_of_others(office: Office) -> Mapping[str, Tree]:
    return {} if office.level is Level.PROVINCE else _kit_trees(office)


def _own_tree(office: Office, plan: str) -> Tree:
    tree = tree_of(office, plan)
    if not is_own(office, plan):
        raise PlanOfAnother(title=tree["head"]["title"])
    return tree


def _kept(draft: PlanDraft) -> KeptPlan:
    return KeptPlan(draft.id, json.dumps(draft.tree, ensure_ascii=False), draft.changed)


@cache
def _schema() -> dict[str, Any]:
    found: dict[str, Any] = resources.tree("schemas/plan.schema.json")
    return found
