"""The list of a draft follows every change without being emptied."""

from __future__ import annotations

import random
import uuid
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt

import resources
from parindex_desktop.domain import drafting
from parindex_desktop.domain.draft_faults import draft_faults
from parindex_desktop.domain.drafting import HEAD_ID, Direction, Tree, places
from ui.authoring.tree_model import DraftModel
from ui.widgets.cells import CellRole

if TYPE_CHECKING:
    from pytestqt.modeltest import ModelTester

SCHEMA = resources.tree("schemas/criteria-set.schema.json")
SET: Tree = resources.tree("criteria/department-2026.json")


def shown(model: DraftModel, above: QModelIndex | None = None) -> list[object]:
    """The ids in the model, nested."""
    above = above or QModelIndex()
    found: list[object] = []
    for row in range(model.rowCount(above)):
        index = model.index(row, 0, above)
        assert index.parent() == above
        found.append((model.id_of(index), shown(model, index)))
    return found


def wanted(siblings: list[Tree]) -> list[object]:
    return [(node["id"], wanted(node.get("children", []))) for node in siblings]


def step(tree: Tree, dice: random.Random) -> Tree:
    criterion = dice.choice([place.node["id"] for place in places(tree)])
    fresh = str(uuid.UUID(int=dice.getrandbits(128)))
    match dice.randrange(4):
        case 0:
            return drafting.add_after(tree, fresh, criterion)
        case 1:
            return drafting.add_below(tree, fresh, criterion)
        case 2:
            return drafting.remove(tree, criterion)
        case _:
            return drafting.move(tree, criterion, dice.choice(list(Direction)))


def test_the_model_keeps_what_a_model_promises(qtmodeltester: ModelTester, dressed: object) -> None:
    model = DraftModel()
    model.show_tree(SET, [])
    qtmodeltester.check(model)


@pytest.mark.parametrize("seed", range(12))
def test_any_change_and_its_undoing_arrive_row_by_row(seed: int, dressed: object) -> None:
    dice = random.Random(seed)
    model = DraftModel()
    resets: list[None] = []
    model.modelReset.connect(lambda: resets.append(None))
    trees = [SET]
    model.show_tree(SET, [])
    for _ in range(25):
        trees.append(step(trees[-1], dice))
        model.show_tree(trees[-1], [])
        assert shown(model) == [(HEAD_ID, []), *wanted(trees[-1]["criteria"])]
    for tree in reversed(trees):
        model.show_tree(tree, [])
        assert shown(model) == [(HEAD_ID, []), *wanted(tree["criteria"])]
    assert resets == []


def test_a_row_that_moves_stays_the_one_that_it_is_for_its_view(dressed: object) -> None:
    model = DraftModel()
    model.show_tree(SET, [])
    criterion = SET["criteria"][0]["children"][1]["id"]
    kept = QPersistentModelIndex(model.index_of(criterion))
    tree = SET
    for direction in (Direction.DOWN, Direction.DOWN, Direction.IN, Direction.OUT):
        tree = drafting.move(tree, criterion, direction)
        model.show_tree(tree, [])
        assert model.id_of(kept) == criterion
    model.show_tree(drafting.remove(tree, criterion), [])
    assert not kept.isValid()


def test_only_rows_that_say_something_else_are_told(dressed: object) -> None:
    model = DraftModel()
    model.show_tree(SET, draft_faults(SET, SCHEMA))
    told: list[str] = []
    model.dataChanged.connect(lambda first, _last: told.append(model.id_of(first)))
    field, criterion = SET["criteria"][0]["id"], SET["criteria"][0]["children"][1]["id"]
    tree = drafting.set_value(SET, criterion, ("maximum",), "2.50")
    model.show_tree(tree, draft_faults(tree, SCHEMA))
    assert told == [field, criterion]
    sign = model.index_of(field).siblingAtColumn(2).data(CellRole.SIGN)
    assert str(sign.values["sum"]) == "16.50"


def test_titles_stand_above_the_columns(dressed: object) -> None:
    model = DraftModel()
    assert all(model.headerData(n, Qt.Orientation.Horizontal) for n in range(model.columnCount()))
