"""Guidance that still says what a way of scoring said before: a hint for the author of a set, never a fault."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from parindex_desktop.domain.draft_faults import DraftFault
from parindex_desktop.domain.drafting import places
from parindex_desktop.domain.messages import Message, msgid

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from parindex_desktop.domain.drafting import Tree

Figure = Decimal | tuple[int, int]
"""A number, or a day of the year (month, day)."""

_FIGURE: Final = re.compile(r"(?<![\w.,/])\d+(?:[.,/]\d+)*(?!\w)")
_DAY: Final = re.compile(r"(\d{1,2})/(\d{1,2})(?:/\d{4})?")
_MONTH_DAY: Final = re.compile(r"(\d\d)-(\d\d)")
_GROUPED: Final = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)?")
_LONGEST: Final = 30
"""Digits and points of a figure; what is longer is none."""
_NAMES: Final = {"id", "year_offset"}
"""Parts of a rule whose digits are no figures."""


def stale_guidance(earlier: Iterable[Tree], new: Tree) -> list[DraftFault]:
    """The criteria of `new` whose guidance mentions a figure that their way of scoring has no more, but once had.

    `earlier` are the trees of sets that it comes from; `new` may be that of a draft. Figures are numbers and
    days of the year, of the rule and the maximum; nought is none, since every rule can give it.
    """
    before: dict[str, set[Figure]] = {}
    for tree in earlier:
        for place in places(tree):
            before.setdefault(place.node["id"], set()).update(_scoring(place.node))
    found = []
    for place in places(new):
        node = place.node
        if not node.get("rule") or not node.get("guidance"):
            continue
        gone = before.get(node["id"], set()) - _scoring(node)
        stale = dict.fromkeys(said for said, figure in figures(node["guidance"]) if figure in gone)
        if stale:
            template = msgid(
                "The guidance mentions {figures}; the way of scoring does not say that any more."
            )
            message = Message("draft.guidance_stale", template, {"figures": tuple(stale)})
            found.append(DraftFault(node["id"], ("guidance",), message))
    return found


def figures(text: str) -> Iterator[tuple[str, Figure]]:
    """The figures in a text, as they stand there and what they mean: 80, 0,5 = 0.50, 1.200 = 1200, 31/12."""
    for match in _FIGURE.finditer(text):
        said = match[0]
        if len(said) > _LONGEST:
            continue
        if day := _DAY.fullmatch(said):
            yield said, (int(day[2]), int(day[1]))
        elif _GROUPED.fullmatch(said):
            yield said, Decimal(said.replace(".", "").replace(",", "."))
        elif _NUMBER.fullmatch(said):
            yield said, Decimal(said.replace(",", "."))


def _scoring(node: Tree) -> set[Figure]:
    """The figures that the maximum and the rule of a criterion say."""
    return {*_within(node.get("maximum")), *_within(node.get("rule"))} - {Decimal(0)}


def _within(value: Any) -> Iterator[Figure]:
    match value:
        case str() if (day := _MONTH_DAY.fullmatch(value)) is not None:
            yield int(day[1]), int(day[2])
        case str():
            yield from (figure for _, figure in figures(value))
        case int():
            yield Decimal(value)
        case list():
            for each in value:
                yield from _within(each)
        case dict():
            for name, each in value.items():
                if name not in _NAMES:
                    yield from _within(name)  # the year of a figure that differs by year
                    yield from _within(each)
