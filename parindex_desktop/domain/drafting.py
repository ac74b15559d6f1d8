"""A criteria set being written: pure operations on its tree, each of which gives a new tree and leaves the old one.

The tree is that of a set file (docs/criteria-set.md), but may be incomplete: what is not entered is absent. A criterion
is named by its id, the head of the set by `HEAD_ID`. Trees share what they have in common, so none is ever changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from parindex_desktop.domain.criteria_fields import LEAF, tidy, value_at, with_value
from parindex_desktop.domain.criteria_meaning import points_of
from parindex_desktop.domain.numbers import ARITHMETIC
from parindex_desktop.domain.rule_ways import way_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from parindex_desktop.domain.criteria_fields import Field, Key
    from parindex_desktop.domain.rule_ways import Way

Tree = dict[str, Any]
Siblings = list[Tree]

HEAD_ID: Final = ""
"""Stands for the head of the set where a criterion may be named."""

DEEPEST: Final = 8
"""Levels of a tree: a printed code has no more parts."""

NEW_LEAF: Final = {"part": "documents", "applicability": "always", "reason_below_maximum": "required"}
"""What a new criterion starts with, in the window as in a workbook."""
_OF_LEAVES: Final = (
    "part",
    "applicability",
    "not_applicable_ground",
    "rule",
    "documents",
    "reason_below_maximum",
    "guidance",
    "source",
)


class Direction(StrEnum):
    """Where a criterion may be moved: among its siblings, into the group before it, out of its own group."""

    UP = "up"
    DOWN = "down"
    IN = "in"
    OUT = "out"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a criterion stands: the indexes from the top of the tree down to it."""

    steps: tuple[int, ...]
    node: Tree

    @property
    def depth(self) -> int:
        """0 for a field."""
        return len(self.steps) - 1


def blank(set_id: str, name: str, year: int, level: str) -> Tree:
    """A set without a criterion."""
    head: Tree = {"format": 1, "id": set_id, "name": name, "year": year, "level": level, "version": 1}
    return {**head, "maximum": "100.00", "criteria": []}


def places(tree: Tree) -> Iterator[Place]:
    """Every criterion with its place, in printed order."""

    def below(siblings: Sequence[Tree], above: tuple[int, ...]) -> Iterator[Place]:
        for index, node in enumerate(siblings):
            steps = (*above, index)
            yield Place(steps, node)
            yield from below(node.get("children", ()), steps)

    return below(tree["criteria"], ())


def place_of(tree: Tree, criterion_id: str) -> Place:
    """Where a criterion of the tree stands; raises `KeyError` for one that it does not have."""
    for place in places(tree):
        if place.node["id"] == criterion_id:
            return place
    raise KeyError(criterion_id)


def holder(tree: Tree, criterion_id: str) -> Tree:
    """The criterion, or the tree itself for `HEAD_ID`."""
    return tree if criterion_id == HEAD_ID else place_of(tree, criterion_id).node


def group_of(tree: Tree, place: Place) -> Tree:
    """The group that a criterion belongs to; the tree itself for a field."""
    return _at(tree, place.steps[:-1])


def children_of(node: Tree) -> Siblings:
    """What stands right below a criterion, or below the head of the set."""
    found: Siblings = node.get("criteria") or node.get("children") or []
    return found


def sum_of(node: Tree) -> Decimal | None:
    """The sum of the maxima right below, without bonus and penalty; None where one of them is not entered."""
    total = Decimal("0.00")
    for child in children_of(node):
        if child.get("block", "main") != "main":
            continue
        if (points := points_of(child)) is None:
            return None
        total = ARITHMETIC.add(total, points)
    return total


# Adding, removing, moving.


def add_after(tree: Tree, new_id: str, criterion_id: str) -> Tree:
    """Add a criterion after another, at its level; after the head, or at the top, a field is added."""
    if criterion_id == HEAD_ID:
        return {**tree, "criteria": [*tree["criteria"], _field(tree, new_id)]}
    place = place_of(tree, criterion_id)
    if place.depth == 0:
        return _among(
            tree, (), lambda siblings: _inserted(siblings, place.steps[-1] + 1, _field(tree, new_id))
        )
    parent = group_of(tree, place)
    leaf = _leaf(new_id, _next_code(parent["children"], parent))
    return _among(tree, place.steps[:-1], lambda siblings: _inserted(siblings, place.steps[-1] + 1, leaf))


def add_below(tree: Tree, new_id: str, criterion_id: str) -> Tree:
    """Add a criterion as the last one of a group.

    A criterion that is scored itself becomes the first part of a new group in its place: it keeps its id, which answers
    go by, and how it is scored; `new_id` is that of the group.
    """
    if criterion_id == HEAD_ID:
        return add_after(tree, new_id, HEAD_ID)
    place = place_of(tree, criterion_id)
    if place.depth + 1 >= DEEPEST:
        return tree
    if "children" in place.node:
        leaf = _leaf(new_id, _next_code(place.node["children"], place.node))
        return _among(tree, place.steps, lambda siblings: [*siblings, leaf])
    group = {name: value for name, value in place.node.items() if name not in _OF_LEAVES} | {"id": new_id}
    part = {name: value for name, value in place.node.items() if name not in {"block", "lead"}}
    part["code"] = _next_code([], place.node)
    return _changed(tree, place.steps, lambda _node: {**group, "children": [part]})


def remove(tree: Tree, criterion_id: str) -> Tree:
    """Take a criterion out, with all that stands below it."""
    steps = place_of(tree, criterion_id).steps
    return _settled(_among(tree, steps[:-1], lambda siblings: _without(siblings, steps[-1])), steps[:-1])


def can_move(tree: Tree, criterion_id: str, direction: Direction) -> bool:
    """Whether there is a place for it in that direction."""
    place = place_of(tree, criterion_id)
    *above, index = place.steps
    siblings = _siblings(tree, tuple(above))
    match direction:
        case Direction.UP:
            return index > 0
        case Direction.DOWN:
            return index + 1 < len(siblings)
        case Direction.OUT:
            return place.depth > 0
        case Direction.IN:
            deep = place.depth + 1 + _height(place.node) <= DEEPEST
            return index > 0 and "children" in siblings[index - 1] and deep


def move(tree: Tree, criterion_id: str, direction: Direction) -> Tree:
    """Move a criterion with all that stands below it; the same tree where there is no place for it."""
    if not can_move(tree, criterion_id, direction):
        return tree
    place = place_of(tree, criterion_id)
    above, index = place.steps[:-1], place.steps[-1]
    taken = _among(tree, above, lambda siblings: _without(siblings, index))
    match direction:
        case Direction.UP | Direction.DOWN:
            target = index - 1 if direction is Direction.UP else index + 1
            return _among(taken, above, lambda siblings: _inserted(siblings, target, place.node))
        case Direction.IN:
            inner = {name: value for name, value in place.node.items() if name != "block"}
            return _among(taken, (*above, index - 1), lambda siblings: [*siblings, inner])
        case Direction.OUT:
            out = _among(taken, above[:-1], lambda s: _inserted(s, above[-1] + 1, place.node))
            return _settled(out, above)


def renumber(tree: Tree) -> Tree:
    """Give every criterion the code of its place: 1, 1.1, 1.1.1."""

    def numbered(siblings: Sequence[Tree], above: str) -> Siblings:
        done = []
        for number, node in enumerate(siblings, start=1):
            fresh = {**node, "code": f"{above}{number}"}
            if "children" in node:
                fresh["children"] = numbered(node["children"], f"{fresh['code']}.")
            done.append(fresh)
        return done

    return {**tree, "criteria": numbered(tree["criteria"], "")}


# What is entered.


def set_value(tree: Tree, criterion_id: str, key: Key, value: object) -> Tree:
    """Enter `value` at `key` of a criterion or of the head; None or what is empty takes it away."""

    def entered(node: Tree) -> Tree:
        if key == ("documents",):
            return {**node, "documents": value or []}
        return tidy(with_value(node, key, None if (key, value) == (("block",), "main") else value), LEAF)

    return _on(tree, criterion_id, entered)


def set_rule_value(tree: Tree, criterion_id: str, field: Field, value: object) -> Tree:
    """Enter `value` in a field of the rule of a criterion."""
    return _on(
        tree, criterion_id, lambda node: {**node, "rule": entered_in(node.get("rule", {}), field, value)}
    )


def set_way(tree: Tree, criterion_id: str, way: Way | None) -> Tree:
    """Let a criterion be scored in another way, which keeps what both ways have; None takes its rule away."""

    def scored(node: Tree) -> Tree:
        if way is None:
            return {name: value for name, value in node.items() if name != "rule"}
        return {**node, "part": way.part, "rule": _in_way(node.get("rule", {}), way)}

    return _on(tree, criterion_id, scored)


def entered_in(entry: Tree, field: Field, value: object) -> Tree:
    """A rule, or an entry of one of its lists, with `value` in `field`."""
    fresh = with_value(entry, field.key, value)
    return with_value(fresh, field.instead_of, None) if field.instead_of and value is not None else fresh


def new_entry(entries: Sequence[Tree], table: Field) -> Tree:
    """One more entry for the list of `table`, with a name of its own where files call its entries by one."""
    fresh = {column.key[0]: column.default for column in table.columns if column.default is not None}
    if table.named:
        taken = {entry.get("id") for entry in entries}
        fresh["id"] = next(
            name for n in range(1, len(entries) + 2) if (name := f"{table.named}{n}") not in taken
        )
    return fresh


def _in_way(rule: Tree, way: Way) -> Tree:
    before = way_of(rule) if rule else None
    if before is way:
        return rule
    had = before.fields if before else ()
    fresh: Tree = dict(way.fixed)
    for field in way.fields:
        same = any(
            (each.key, each.form, each.columns) == (field.key, field.form, field.columns) for each in had
        )
        kept = value_at(rule, field.key) if same else None
        fresh = with_value(fresh, field.key, field.default if kept is None else kept)
    return fresh


# The tree below.


def _at(tree: Tree, steps: tuple[int, ...]) -> Tree:
    node = tree
    for step in steps:
        node = children_of(node)[step]
    return node


def _siblings(tree: Tree, above: tuple[int, ...]) -> Siblings:
    return children_of(_at(tree, above))


def _among(tree: Tree, above: tuple[int, ...], change: Callable[[Siblings], Siblings]) -> Tree:
    """The tree with the list below the place `above` changed."""
    field = "criteria" if "criteria" in tree else "children"
    siblings: Siblings = tree.get(field, [])
    if not above:
        return {**tree, field: change(siblings)}
    first, *rest = above
    node = _among(siblings[first], tuple(rest), change)
    return {**tree, field: [*siblings[:first], node, *siblings[first + 1 :]]}


def _changed(tree: Tree, steps: tuple[int, ...], change: Callable[[Tree], Tree]) -> Tree:
    index = steps[-1]
    return _among(tree, steps[:-1], lambda s: [*s[:index], change(s[index]), *s[index + 1 :]])


def _on(tree: Tree, criterion_id: str, change: Callable[[Tree], Tree]) -> Tree:
    if criterion_id == HEAD_ID:
        return change(tree)
    return _changed(tree, place_of(tree, criterion_id).steps, change)


def _settled(tree: Tree, steps: tuple[int, ...]) -> Tree:
    """A group below the fields that has lost its last part is a criterion again that is scored itself."""
    if len(steps) < 2 or children_of(_at(tree, steps)):
        return tree
    return _changed(
        tree, steps, lambda node: _leaf(node["id"], "") | {n: v for n, v in node.items() if n != "children"}
    )


def _inserted(siblings: Siblings, index: int, node: Tree) -> Siblings:
    return [*siblings[:index], node, *siblings[index:]]


def _without(siblings: Siblings, index: int) -> Siblings:
    return [*siblings[:index], *siblings[index + 1 :]]


def _height(node: Tree) -> int:
    return 1 + max(map(_height, node.get("children", ())), default=0)


def _field(tree: Tree, new_id: str) -> Tree:
    return {"id": new_id, "code": _next_code(tree["criteria"], None), "children": []}


def _leaf(new_id: str, code: str) -> Tree:
    return {"id": new_id, "code": code, "documents": [], **NEW_LEAF}


def _next_code(siblings: Sequence[Tree], parent: Tree | None) -> str:
    """The code after the highest number among `siblings`."""
    numbers = [node.get("code", "").rpartition(".")[2] for node in siblings]
    number = max((int(each) for each in numbers if each.isdecimal()), default=0) + 1
    above = parent.get("code", "") if parent else ""
    return f"{above}.{number}" if above else str(number)
