"""Figures of a rule that differ by level, by year or along a roadmap: resolved for the set that they stand in.

One figure then has several values, so that one text of a rule serves the sets of all levels and of years to come:
60% at the province, 50% in a district, 40% in a commune; 35% in 2022 rising to 40% in 2025.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from parindex_desktop.domain.messages import Message
from parindex_desktop.domain.numbers import ARITHMETIC, exact, quotient, rounded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from parindex_desktop.domain.scoring.head import Head
    from parindex_desktop.domain.scoring.rule import Fault

_WAYS = {"by_level", "by_year", "roadmap"}


def resolved(tree: Any, head: Head) -> Any:
    """`tree` (a rule, or a part of one) with the one value for `head` wherever a figure has several."""
    if isinstance(tree, dict):
        if _is_graded(tree):
            return _value(tree, head)
        return {name: resolved(part, head) for name, part in tree.items()}
    if isinstance(tree, list):
        return [resolved(part, head) for part in tree]
    return tree


def grade_faults(tree: Any, head: Head, path: tuple[str | int, ...] = ()) -> Iterator[Fault]:
    """Where a figure has no value for `head`."""
    if isinstance(tree, dict) and _is_graded(tree):
        if _value(tree, head) is None:
            values = {"level": head.level.value, "year": str(head.year)}
            yield (
                path,
                Message(
                    "criteria.no_value", "This figure has no value for the level “{level}” in {year}.", values
                ),
            )
    elif isinstance(tree, dict):
        for name, part in tree.items():
            yield from grade_faults(part, head, (*path, name))
    elif isinstance(tree, list):
        for index, part in enumerate(tree):
            yield from grade_faults(part, head, (*path, index))


def _is_graded(tree: dict[str, Any]) -> bool:
    return len(tree) == 1 and not _WAYS.isdisjoint(tree)


def _value(tree: Mapping[str, Any], head: Head) -> str | None:
    ((way, values),) = tree.items()
    match way:
        case "by_level":
            return str(values[head.level.value]) if head.level.value in values else None
        case "by_year":
            return str(values[str(head.year)]) if str(head.year) in values else None
        case _:
            return _on_the_way({int(year): Decimal(value) for year, value in values.items()}, head.year)


def _on_the_way(stages: Mapping[int, Decimal], year: int) -> str | None:
    """The figure of `year`: that of its stage, between two stages in proportion, after the last one the last."""
    before = max((stage for stage in stages if stage <= year), default=None)
    after = min((stage for stage in stages if stage > year), default=None)
    if before is None:
        return None
    value = stages[before]
    if after is not None:
        rise = ARITHMETIC.subtract(stages[after], value)
        value += quotient(ARITHMETIC.multiply(rise, Decimal(year - before)), Decimal(after - before))
    return exact(rounded(value))
