"""Blocks (khối), in which units are ranked: they exist by being named, so a slip of the pen makes a new one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.domain.text import folded, sort_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from parindex_desktop.domain.units import Unit

_MOST: Final = 8
"""Blocks that are told one by one."""


FIRST: Final = "blocks.first"
"""Code of what is told where there were no blocks at all: nothing is wrong, they only begin."""


@dataclass(frozen=True, slots=True)
class _New:
    """A block that no unit had before, and how many have it; `like` is the block that is written almost alike."""

    name: str
    count: int
    like: str = ""


def block_warnings(before: Iterable[Unit], after: Iterable[Unit]) -> list[Message]:
    """What to look at before blocks stand that the units `after` have and none had `before`.

    Almost alike are names that differ in accents, case, blanks or punctuation alone; of two new ones the rarer is like
    the other.
    """
    known = {unit.block for unit in before} - {""}
    counts = Counter(unit.block for unit in after if unit.block)
    first: dict[str, str] = {}
    for name in sorted(
        known | counts.keys(), key=lambda each: (each not in known, -counts[each], sort_key(each))
    ):
        first.setdefault(_alike(name), name)
    found = []
    for name in sorted(counts.keys() - known, key=sort_key):
        other = first[_alike(name)]
        found.append(_New(name, counts[name], other if other != name else ""))
    return _told(found, begins=not known)


def _told(blocks: Sequence[_New], *, begins: bool) -> list[Message]:
    plain = [_counted(each) for each in blocks if not each.like]
    slips = [_slip(each) for each in blocks if each.like]
    found = []
    if plain and begins:
        found.append(Message(FIRST, "The list brings the first blocks: {blocks}.", {"blocks": _few(plain)}))
    elif plain:
        found.append(Message("blocks.new", "New blocks: {blocks}.", {"blocks": _few(plain)}))
    if slips:
        template = msgid(
            "New blocks that look like a slip of the pen: {blocks}. Each would be ranked by itself; correct the names "
            "if the same block is meant."
        )
        found.append(Message("blocks.slip", template, {"blocks": _few(slips)}))
    return found


def _counted(block: _New) -> Message:
    return Message("blocks.one", "“{name}” ({count} unit(s))", {"name": block.name, "count": block.count})


def _slip(block: _New) -> Message:
    values = {"name": block.name, "count": block.count, "other": block.like}
    return Message("blocks.like", "“{name}” ({count} unit(s)), almost like “{other}”", values)


def _few(told: Sequence[Message]) -> tuple[Message, ...]:
    left = len(told) - _MOST
    if left <= 0:
        return tuple(told)
    return (*told[:_MOST], Message("blocks.more", "and {count} more", {"count": left}))


def _alike(name: str) -> str:
    return "".join(filter(str.isalnum, folded(name)))
