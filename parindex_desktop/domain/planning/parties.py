"""Who leads or supports what a plan sets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Party:
    """Who leads or supports, as the plan names it; `id` is that of a unit or body, None where the register has none."""

    name: str
    id: str | None = None

    @classmethod
    def read(cls, tree: Mapping[str, Any]) -> Self:
        """From the tree of a plan's file."""
        return cls(tree["name"], tree.get("id"))


def parties(tree: Mapping[str, Any], name: str) -> tuple[Party, ...]:
    """Those that a part of a plan's file names there, in its order."""
    return tuple(Party.read(each) for each in tree.get(name, ()))
