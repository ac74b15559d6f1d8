"""What a criteria set must hold beyond its shape: sums, ids and codes that stand once, sensible rules."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from parindex_desktop.domain.criteria_shape import pointer
from parindex_desktop.domain.messages import Message
from parindex_desktop.domain.numbers import ARITHMETIC
from parindex_desktop.domain.scoring.kinds import read_rule
from parindex_desktop.domain.scoring.rule import ZERO, Surveyed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from parindex_desktop.domain.criteria_shape import Fault, Path

Node = dict[str, Any]

_POINTS: Final = re.compile(r"(?:0|[1-9][0-9]{0,2})\.[0-9]{2}")


def meaning_faults(tree: object, broken: AbstractSet[Path]) -> Iterator[Fault]:
    """What `tree` says wrongly, as far as that can be told beside the places known to be `broken`."""
    if not isinstance(tree, dict):
        return
    year = tree.get("year") if ("year",) not in broken else None
    nodes = list(_nodes(tree, (), "criteria"))
    yield from _sum_faults((), tree, "criteria")
    yield from _double_faults(nodes, "id")
    yield from _double_faults(nodes, "code")
    for path, node in nodes:
        yield from _sum_faults(path, node, "children")
        if "rule" in node and not any(place[: len(path) + 1] == (*path, "rule") for place in broken):
            yield from _rule_faults(path, node, year)


def _nodes(parent: Node, path: Path, field: str) -> Iterator[tuple[Path, Node]]:
    """Everything below `parent` that looks like a criterion, in printed order."""
    children = parent.get(field)
    for index, child in enumerate(children if isinstance(children, list) else ()):
        if isinstance(child, dict):
            place = (*path, field, index)
            yield place, child
            yield from _nodes(child, place, "children")


def _points(node: object) -> Decimal | None:
    text = node.get("maximum") if isinstance(node, dict) else None
    return Decimal(text) if isinstance(text, str) and _POINTS.fullmatch(text) else None


def _sum_faults(path: Path, node: Node, field: str) -> Iterator[Fault]:
    maximum, children = _points(node), node.get(field)
    if maximum is None or not isinstance(children, list) or not children:
        return
    total = ZERO
    for child in children:
        part = _points(child)
        if part is None:
            return  # that place has a fault of its own
        total = ARITHMETIC.add(total, part)
    if total != maximum:
        message = Message(
            "criteria.sum",
            "The parts add up to {sum} points, the maximum says {maximum}.",
            {"sum": total, "maximum": maximum},
        )
        yield (*path, "maximum"), message


def _double_faults(nodes: list[tuple[Path, Node]], field: str) -> Iterator[Fault]:
    first: dict[str, Path] = {}
    for path, node in nodes:
        text = node.get(field)
        if not isinstance(text, str):
            continue
        if text in first:
            message = Message(
                "criteria.twice",
                "“{text}” already stands at {first}; every criterion needs its own.",
                {"text": text[:60], "first": pointer(first[text])},
            )
            yield (*path, field), message
        first.setdefault(text, path)


def _rule_faults(path: Path, node: Node, year: int | None) -> Iterator[Fault]:
    maximum, kind = _points(node), node["rule"]["kind"]
    if maximum is None or (year is None and kind == "deadline"):
        return
    rule = read_rule(node["rule"], maximum, year or 0)
    surveyed = isinstance(rule, Surveyed)
    if node.get("part") != ("survey" if surveyed else "documents"):
        message = Message(
            "criteria.part",
            "The rule “{rule}” does not belong to this part: “survey” holds the rules survey and sipas, "
            "“documents” all others.",
            {"rule": kind},
        )
        yield (*path, "part"), message
    if not isinstance(rule, Surveyed):
        yield from (((*path, "rule", *place), message) for place, message in rule.faults())
