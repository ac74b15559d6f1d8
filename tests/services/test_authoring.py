"""Writing sets at the province: drafts that are kept at every edit, and their publication."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from parindex_desktop.domain import drafting
from parindex_desktop.domain.drafting import HEAD_ID, places
from parindex_desktop.domain.units import Level
from parindex_desktop.services import authoring, register
from parindex_desktop.services.authoring import DraftFaulty
from parindex_desktop.services.register import NotTheProvince, SetNotFound

if TYPE_CHECKING:
    from parindex_desktop.domain.criteria import CriteriaSet
    from parindex_desktop.services.homes import Office
    from tests.offices import Scene


@pytest.fixture
def province(scene: Scene) -> Office:
    return scene.office("province")


@pytest.fixture
def published(province: Office) -> CriteriaSet:
    """The set of communes that the province uses."""
    (only,) = register.sets(province)
    return only


def renamed(draft: authoring.Draft, name: str) -> drafting.Tree:
    return drafting.set_value(draft.tree, HEAD_ID, ("name",), name)


def test_a_draft_begins_with_nothing_and_says_what_it_lacks(province: Office) -> None:
    draft = authoring.new_draft(province, "  Bộ tiêu chí  2027 ", 2027, Level.COMMUNE)
    assert draft.name == "Bộ tiêu chí 2027"
    lacking = {fault.field for fault in authoring.faults(province, draft.tree)}
    assert lacking == {("notice",), ("legal_basis",), ("criteria",)}


def test_every_edit_is_kept_and_survives_the_window(province: Office, scene: Scene) -> None:
    draft = authoring.new_draft(province, "Bộ", 2027, Level.COMMUNE)
    saved = authoring.save(province, draft, renamed(draft, "Bộ tiêu chí năm 2027"))
    assert authoring.all_drafts(scene.office("province")) == [saved]


def test_the_draft_changed_last_stands_first(province: Office) -> None:
    first = authoring.new_draft(province, "Một", 2027, Level.COMMUNE)
    second = authoring.new_draft(province, "Hai", 2027, Level.COMMUNE)
    assert [each.name for each in authoring.all_drafts(province)] == ["Hai", "Một"]
    authoring.save(province, first, renamed(first, "Một lần nữa"))
    assert [each.name for each in authoring.all_drafts(province)] == ["Một lần nữa", second.name]


def test_the_next_version_keeps_the_set_and_its_ids(province: Office, published: CriteriaSet) -> None:
    draft = authoring.next_version(province, published.digest)
    assert (draft.tree["id"], draft.tree["version"]) == (published.id, published.version + 1)
    assert draft.based_on == published.digest
    assert [place.node["id"] for place in places(draft.tree)] == [each.id for each in published.walk()]
    assert authoring.faults(province, draft.tree) == []


def test_a_copy_for_another_year_or_level_is_another_set_with_the_same_criteria(
    province: Office, published: CriteriaSet
) -> None:
    draft = authoring.copied(province, published.digest, "Bộ tiêu chí 2027", 2027, Level.DISTRICT)
    head = {key: draft.tree[key] for key in ("name", "year", "level", "version")}
    assert head == {"name": "Bộ tiêu chí 2027", "year": 2027, "level": "district", "version": 1}
    assert draft.tree["id"] != published.id
    assert [place.node["id"] for place in places(draft.tree)] == [each.id for each in published.walk()]


def test_a_set_that_ships_can_be_begun_with(province: Office) -> None:
    shipped = next(each for each in authoring.shipped_sets() if each.level is Level.DEPARTMENT)
    draft = authoring.copied(province, shipped.digest, "Bộ tiêu chí của sở", 2027, Level.DEPARTMENT)
    assert len(list(places(draft.tree))) == len(list(shipped.walk()))


def test_a_set_that_nobody_has_cannot_be_begun_with(province: Office) -> None:
    with pytest.raises(SetNotFound):
        authoring.next_version(province, "0" * 64)


def test_publishing_freezes_the_draft_as_a_set_of_the_register(
    province: Office, published: CriteriaSet
) -> None:
    draft = authoring.next_version(province, published.digest)
    made = authoring.publish(province, draft)
    assert authoring.all_drafts(province) == []
    assert authoring.tree_of(province, made.digest) == draft.tree
    assert [each.version for each in register.sets(province)] == [2, 1]
    assert authoring.tree_of(province, published.digest)["version"] == 1, "the old one is untouched"


def test_a_draft_with_faults_is_not_published(province: Office, published: CriteriaSet) -> None:
    draft = authoring.next_version(province, published.digest)
    draft = authoring.save(province, draft, renamed(draft, ""))
    with pytest.raises(DraftFaulty) as refused:
        authoring.publish(province, draft)
    assert refused.value.values == {"count": 1}
    assert authoring.all_drafts(province) == [draft]
    assert register.sets(province) == [published]


def test_a_version_is_published_once(province: Office, published: CriteriaSet) -> None:
    draft = authoring.next_version(province, published.digest)
    same = drafting.set_value(draft.tree, HEAD_ID, ("version",), published.version)
    (fault,) = authoring.faults(province, same)
    assert (fault.criterion, fault.field, fault.message.code) == (
        HEAD_ID,
        ("version",),
        "draft.version_taken",
    )


def test_a_version_after_the_newest_is_proposed(province: Office, published: CriteriaSet) -> None:
    authoring.publish(province, authoring.next_version(province, published.digest))
    assert authoring.next_version(province, published.digest).tree["version"] == 3


def test_a_deleted_draft_is_gone(province: Office) -> None:
    draft = authoring.new_draft(province, "Bộ", 2027, Level.COMMUNE)
    authoring.delete(province, draft)
    assert authoring.all_drafts(province) == []


def test_only_the_province_writes_sets(scene: Scene) -> None:
    commune = scene.office("ban-ho")
    with pytest.raises(NotTheProvince):
        authoring.new_draft(commune, "Bộ", 2027, Level.COMMUNE)
    assert authoring.all_drafts(commune) == []
