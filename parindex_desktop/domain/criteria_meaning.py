"""What a criteria set must hold beyond its shape: sums, ids and codes that stand once, sensible rules."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from parindex_desktop.domain.criteria import head_of
from parindex_desktop.domain.messages import Message
from parindex_desktop.domain.numbers import ARITHMETIC
from parindex_desktop.domain.scoring.grades import grade_faults
from parindex_desktop.domain.scoring.kinds import read_rule
from parindex_desktop.domain.scoring.rule import ZERO, ScoredBy
from parindex_desktop.domain.tree_shape import pointer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from parindex_desktop.domain.scoring.head import Head
    from parindex_desktop.domain.tree_shape import Fault, Path

Node = dict[str, Any]

_POINTS: Final = re.compile(r"(?:0|[1-9][0-9]{0,2})\.[0-9]{2}")


def meaning_faults(tree: object, broken: AbstractSet[Path]) -> Iterator[Fault]:
    """What `tree` says wrongly, as far as that can be told beside the places known to be `broken`."""
    if not isinstance(tree, dict):
        return
    head = _head(tree, broken)
    nodes = list(_nodes(tree, (), "criteria"))
    yield from _sum_faults((), tree, "criteria")
    yield from _calendar_faults(tree, broken)
    yield from _double_faults(nodes, "id")
    yield from _double_faults(nodes, "code")
    for path, node in nodes:
        top = tree["criteria"][path[1]]
        yield from _sum_faults(path, node, "children", top.get("block", "main"))
        if "rule" in node and not any(place[: len(path) + 1] == (*path, "rule") for place in broken):
            yield from _rule_faults(path, node, head)


def _nodes(parent: Node, path: Path, field: str) -> Iterator[tuple[Path, Node]]:
    """Everything below `parent` that looks like a criterion, in printed order."""
    children = parent.get(field)
    for index, child in enumerate(children if isinstance(children, list) else ()):
        if isinstance(child, dict):
            place = (*path, field, index)
            yield place, child
            yield from _nodes(child, place, "children")


def points_of(node: object) -> Decimal | None:
    """The maximum of a criterion or of a set; None where it is none."""
    text = node.get("maximum") if isinstance(node, dict) else None
    return Decimal(text) if isinstance(text, str) and _POINTS.fullmatch(text) else None


def _sum_faults(path: Path, node: Node, field: str, block: str = "main") -> Iterator[Fault]:
    """A fault where the parts do not add up; those of a bonus or penalty must only reach its cap."""
    maximum, children = points_of(node), node.get(field)
    if maximum is None or not isinstance(children, list) or not children:
        return
    total = ZERO
    for child in children:
        if isinstance(child, dict) and child.get("block", "main") != "main":
            continue
        part = points_of(child)
        if part is None:
            return  # that place has a fault of its own
        total = ARITHMETIC.add(total, part)
    if total == maximum or (block != "main" and total > maximum):
        return
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


def _head(tree: Node, broken: AbstractSet[Path]) -> Head | None:
    """What rules need of the set; None where that is broken itself."""
    parts = {"year", "level", "calendar"}
    if any(place and place[0] in parts for place in broken) or list(_calendar_faults(tree, broken)):
        return None
    return head_of(tree) if parts - {"calendar"} <= tree.keys() else None


def _calendar_faults(tree: Node, broken: AbstractSet[Path]) -> Iterator[Fault]:
    """Days that are none, or of another year than the one that they stand in."""
    calendar = tree.get("calendar")
    if not isinstance(calendar, dict) or any(place and place[0] == "calendar" for place in broken):
        return
    for year, lists in calendar.items():
        for name, days in lists.items():
            for index, day in enumerate(days):
                if not _is_day_of(day, year):
                    message = Message(
                        "criteria.not_in_year", "“{day}” is no day of {year}.", {"day": day, "year": year}
                    )
                    yield ("calendar", year, name, index), message


def _is_day_of(day: str, year: str) -> bool:
    try:
        return date.fromisoformat(day).year == int(year)
    except ValueError:
        return False


_PARTS: Final = {ScoredBy.UNIT: "documents", ScoredBy.SURVEY: "survey", ScoredBy.COUNCIL: "judgement"}


def _rule_faults(path: Path, node: Node, head: Head | None) -> Iterator[Fault]:
    maximum, kind = points_of(node), node["rule"]["kind"]
    if maximum is None or head is None:
        return
    if faults := list(grade_faults(node["rule"], head)):
        yield from (((*path, "rule", *place), message) for place, message in faults)
        return
    rule = read_rule(node["rule"], maximum, head)
    if node.get("part") != _PARTS[rule.scored_by]:
        message = Message(
            "criteria.part",
            "The rule “{rule}” does not belong to this part: “survey” holds the rules survey and sipas, "
            "“judgement” the rule manual, “documents” all others.",
            {"rule": kind},
        )
        yield (*path, "part"), message
    yield from (((*path, "rule", *place), message) for place, message in rule.faults())
