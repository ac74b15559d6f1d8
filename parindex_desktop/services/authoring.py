"""Writing criteria sets at the province: drafts that are kept at every edit, and their publication.

A draft lives on this machine alone. Published it is a set of the register, frozen under its digest, and the kit carries
it to the offices.
"""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

import resources
from db.drafts import KeptDraft, drafts, put_draft, remove_draft
from parindex_desktop.domain import drafting
from parindex_desktop.domain.criteria import CriteriaSet
from parindex_desktop.domain.draft_faults import DraftFault, draft_faults
from parindex_desktop.domain.drafting import HEAD_ID, Tree
from parindex_desktop.domain.errors import UserError
from parindex_desktop.domain.kept_messages import message_of, plain
from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.domain.revisions import canonical, digest_of
from parindex_desktop.domain.text import one_line
from parindex_desktop.services import register

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet
    from datetime import datetime

    from parindex_desktop.domain.units import Level
    from parindex_desktop.services.homes import Office


class DraftFaulty(UserError):
    """A draft with faults cannot be published."""

    code = "draft.faulty"
    template = msgid("The draft still has {count} fault(s). Nothing was published; mend them first.")


@dataclass(frozen=True, slots=True)
class Draft:
    """A set being written; `based_on` is the digest of the set that it began from.

    `doubts` are what a proposal was not sure of, each at its criterion, until somebody has settled it.
    """

    id: str
    tree: Tree
    based_on: str | None
    changed: datetime
    doubts: tuple[DraftFault, ...] = ()

    @property
    def name(self) -> str:
        """What it is called so far."""
        return str(self.tree.get("name", ""))


def all_drafts(office: Office) -> list[Draft]:
    """The drafts of this machine, the one changed last first."""
    with office.read() as session:
        return [
            Draft(each.id, json.loads(each.tree), each.based_on, each.changed, _read_doubts(each.doubts))
            for each in drafts(session)
        ]


def new_draft(office: Office, name: str, year: int, level: Level) -> Draft:
    """Begin a set from nothing. Raises `NotTheProvince`."""
    return draft_of_tree(office, drafting.blank(new_id(), one_line(name), year, level.value))


def draft_of_tree(
    office: Office, tree: Tree, based_on: str | None = None, doubts: tuple[DraftFault, ...] = ()
) -> Draft:
    """Begin with what another set, a workbook or a table says. Raises `NotTheProvince`."""
    draft = Draft(new_id(), tree, based_on, office.clock(), doubts)
    with office.begin() as session:
        register.provincial_series(session, office)
        put_draft(session, _kept(draft))
        office.write(session, "set.draft_begun", {"name": draft.name})
    return draft


def next_version(office: Office, digest: str) -> Draft:
    """Begin the next version of a published set, for the same year and level. Raises `SetNotFound`."""
    tree = tree_of(office, digest)
    held = [each.version for each in register.sets(office) if each.id == tree["id"]]
    return draft_of_tree(office, {**tree, "version": 1 + max([tree["version"], *held])}, digest)


def copied(office: Office, digest: str, name: str, year: int, level: Level) -> Draft:
    """Begin the set of another year or level with the criteria of a published or shipped one; their ids stay.

    Raises `SetNotFound` or `NotTheProvince`.
    """
    head = {"id": new_id(), "name": one_line(name), "year": year, "level": level.value, "version": 1}
    return draft_of_tree(office, {**tree_of(office, digest), **head}, digest)


def save(office: Office, draft: Draft, tree: Tree) -> Draft:
    """Keep `tree` as the state of `draft`."""
    return _saved(office, replace(draft, tree=tree, changed=office.clock()))


def settle(office: Office, draft: Draft, doubt: DraftFault) -> Draft:
    """Somebody has looked at a doubt: it is told no more."""
    return _saved(office, replace(draft, doubts=tuple(each for each in draft.doubts if each != doubt)))


def delete(office: Office, draft: Draft) -> None:
    """Throw a draft away."""
    with office.begin() as session:
        remove_draft(session, draft.id)
        office.write(session, "set.draft_deleted", {"name": draft.name})


def publish(office: Office, draft: Draft) -> CriteriaSet:
    """Freeze a draft as a set of the register; the draft goes. Raises `DraftFaulty`, `NotTheProvince`."""
    if found := faults(office, draft.tree):
        raise DraftFaulty(count=len(found))
    published = register.import_set(office, canonical(draft.tree))
    # Were the machine to die here, the draft would stay beside the set that it has become, and do no harm.
    with office.begin() as session:
        remove_draft(session, draft.id)
    return published


def faults(office: Office, tree: Tree) -> list[DraftFault]:
    """Everything that keeps a draft from being published."""
    return faults_beside(published_versions(office), tree)


def published_versions(office: Office) -> frozenset[tuple[str, int]]:
    """The id and version of every set of the register."""
    return frozenset((each.id, each.version) for each in register.sets(office))


def faults_beside(published: AbstractSet[tuple[str, int]], tree: Tree) -> list[DraftFault]:
    """`faults` beside `published_versions`, which stay while a draft is written."""
    found = draft_faults(tree, _schema())
    version = tree.get("version")
    if (tree.get("id"), version) in published:
        message = Message(
            "draft.version_taken",
            "Version {version} of this set is published already. Give this one a higher number.",
            {"version": version},
        )
        found.insert(0, DraftFault(HEAD_ID, ("version",), message))
    return found


def version_before(office: Office | None, tree: Tree) -> str | None:
    """Digest of the newest version of the set `tree` that is no later, of the register or shipped, if there is one."""
    older = {
        digest: each["version"]
        for digest, each in _trees(office).items()
        if each["id"] == tree.get("id") and each["version"] <= tree.get("version", 0)
    }
    return max(older, key=lambda digest: older[digest], default=None)


def tree_of(office: Office | None, digest: str) -> Tree:
    """The tree of a set of the register, or of one that ships. Raises `SetNotFound`."""
    tree = _trees(office).get(digest)
    if tree is None:
        raise register.SetNotFound(wanted=digest)
    return tree


def earlier(office: Office | None, digest: str | None) -> list[Tree]:
    """The trees of the set that another one comes from and of its earlier versions, as far as they are known here."""
    known = _trees(office)
    base = known.get(digest or "")
    if base is None:
        return []
    return [
        tree for tree in known.values() if tree["id"] == base["id"] and tree["version"] <= base["version"]
    ]


def shipped_sets() -> list[CriteriaSet]:
    """The sets that come with the program, the newest year first."""
    sets = [CriteriaSet.from_tree(tree) for tree in _shipped().values()]
    return sorted(sets, key=lambda each: (-each.year, each.level.value))


def new_id() -> str:
    """An id for life."""
    return str(uuid.uuid4())


def _saved(office: Office, draft: Draft) -> Draft:
    with office.begin() as session:
        put_draft(session, _kept(draft))
    return draft


def _kept(draft: Draft) -> KeptDraft:
    doubts = [[each.criterion, each.field, plain(each.message)] for each in draft.doubts]
    kept = json.dumps(doubts, ensure_ascii=False) if doubts else None
    tree = json.dumps(draft.tree, ensure_ascii=False)
    return KeptDraft(draft.id, tree, draft.based_on, draft.changed, kept)


def _read_doubts(kept: str | None) -> tuple[DraftFault, ...]:
    return tuple(
        DraftFault(criterion, tuple(field), message_of(message))
        for criterion, field, message in json.loads(kept or "[]")
    )


def _trees(office: Office | None) -> dict[str, Tree]:
    """The sets that are known, by their digest."""
    held = register.current_kit(office).set_trees if office is not None else {}
    return {**_shipped(), **held}


@cache
def _schema() -> dict[str, Any]:
    found: dict[str, Any] = resources.tree("schemas/criteria-set.schema.json")
    return found


@cache
def _shipped() -> dict[str, Tree]:
    trees = [json.loads(document) for document in register.shipped_sets().values()]
    return {digest_of(canonical(tree)): tree for tree in trees}
