"""The offices that are assessed: a tree that changes over the years."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from parindex_desktop.domain.messages import msgid
from parindex_desktop.domain.text import sort_key

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date


class Level(StrEnum):
    """The level of an office; every level has criteria sets of its own."""

    PROVINCE = "province"
    DEPARTMENT = "department"
    DISTRICT = "district"
    COMMUNE = "commune"
    CENTRAL = "central"

    @property
    def words(self) -> str:
        """What it is called, as a template of the catalogue."""
        return _WORDS[self]


_WORDS: Final = {
    Level.PROVINCE: msgid("Province (Department of Home Affairs)"),
    Level.DEPARTMENT: msgid("Department of the province"),
    Level.DISTRICT: msgid("District (until 30/6/2025)"),
    Level.COMMUNE: msgid("Commune, ward, special zone"),
    Level.CENTRAL: msgid("Central agency in the province"),
}


@dataclass(frozen=True, slots=True)
class Unit:
    """An office; `id` is a UUID made once by the province, `code` zero-padded text that is never reused.

    `parent` is the office that it hands over to, None for the province itself. A unit exists from `valid_from`
    to `valid_to`, both included; None is no bound.
    """

    id: str
    code: str
    name: str
    level: Level
    parent: str | None
    valid_from: date | None = None
    valid_to: date | None = None

    def ended(self, day: date) -> bool:
        """Whether it is no more on `day`."""
        return self.valid_to is not None and self.valid_to < day


def in_order(units: Iterable[Unit]) -> list[Unit]:
    """Units as lists show them: by code, those without one first, then by name."""
    return sorted(units, key=lambda unit: (sort_key(unit.code), sort_key(unit.name)))
