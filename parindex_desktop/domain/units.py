"""The offices that are assessed: a tree that changes over the years, and the bodies without an office of their own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, Final

from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.domain.text import sort_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


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
    to `valid_to`, both included; None is no bound. `successors` are the units that it was merged or divided into
    then. `block` (khối) is the group in which it is ranked, empty for that of its level. Its figures of a year are
    counted from `counted_from` to `counted_to` where that is not as long as it exists.
    """

    id: str
    code: str
    name: str
    level: Level
    parent: str | None
    valid_from: date | None = None
    valid_to: date | None = None
    block: str = ""
    successors: tuple[str, ...] = ()
    counted_from: date | None = None
    counted_to: date | None = None

    def ended(self, day: date) -> bool:
        """Whether it is no more on `day`."""
        return self.valid_to is not None and self.valid_to < day

    def exists_in(self, year: int) -> bool:
        """Whether it exists on any day of `year`."""
        begins = self.valid_from is None or self.valid_from.year <= year
        return begins and (self.valid_to is None or self.valid_to.year >= year)

    def counted(self, year: int) -> tuple[date, date]:
        """The days from which and to which its figures of `year` are counted, both included."""
        first, last = self.counted_from or self.valid_from, self.counted_to or self.valid_to
        begin, end = date(year, 1, 1), date(year, 12, 31)
        return max(first or begin, begin), min(last or end, end)

    def counted_in_part(self, year: int) -> Message | None:
        """From when to when its figures of `year` are counted, where that is not the whole year."""
        first, last = self.counted(year)
        if first > last or (first, last) == (date(year, 1, 1), date(year, 12, 31)):
            return None
        template = msgid("Figures counted from {first} to {last}")
        return Message("units.counted_in_part", template, {"first": first, "last": last})


class BodyKind(StrEnum):
    """What a body is that leads or supports work without an office that is assessed."""

    ROOM = "room"
    ORGANISATION = "organisation"
    GROUP = "group"

    @property
    def words(self) -> str:
        """What it is called, as a template of the catalogue."""
        return _BODIES[self]


_BODIES: Final = {
    BodyKind.ROOM: msgid("Room or division of an office"),
    BodyKind.ORGANISATION: msgid("Organisation (newspaper, Fatherland Front, association)"),
    BodyKind.GROUP: msgid("Group of offices, by its name"),
}


@dataclass(frozen=True, slots=True)
class Body:
    """Who leads or supports without a home or a key: a room `of` an office, a newspaper, “các sở, ban, ngành”.

    The members of a group are all units of its `levels`, and its `units` besides.
    """

    id: str
    name: str
    kind: BodyKind
    of: str | None = None
    levels: tuple[Level, ...] = ()
    units: tuple[str, ...] = ()

    def members(self, units: Mapping[str, Unit], day: date) -> list[Unit]:
        """The units of a group that exist on `day`, in order."""
        named = (u for u in units.values() if u.level in self.levels or u.id in self.units)
        return in_order(unit for unit in named if exists_on(unit, day))


def exists_on(unit: Unit, day: date) -> bool:
    """Whether `unit` exists on `day`."""
    return not unit.ended(day) and (unit.valid_from is None or unit.valid_from <= day)


def in_order(units: Iterable[Unit]) -> list[Unit]:
    """Units as lists show them: by code, those without one first, then by name."""
    by_code: dict[str, list[Unit]] = {}
    for unit in units:
        by_code.setdefault(unit.code, []).append(unit)
    ordered: list[Unit] = []
    for code in sorted(by_code, key=sort_key):
        same = by_code[code]
        # Names are compared only where they must be: their keys take the most time.
        ordered += same if len(same) == 1 else sorted(same, key=lambda unit: sort_key(unit.name))
    return ordered


def faulty(units: Mapping[str, Unit], author: str) -> Iterator[str]:
    """Ids of the units that no province enters: a code twice, another province than `author`, a circle.

    Circles are looked for upwards (who hands over to whom) and onwards (who was merged into whom).
    """
    codes: set[str] = set()
    for unit in units.values():
        is_author = unit.id == author
        wrong = (
            (unit.level is Level.PROVINCE) is not is_author
            or (unit.parent is None) is not is_author
            or unit.code in codes
            or not (unit.name and (unit.code or is_author))
            or (unit.parent is not None and unit.parent not in units)
            or not units.keys() >= set(unit.successors)
            or (unit.valid_from is not None and unit.ended(unit.valid_from))
        )
        codes.add(unit.code)
        if wrong:
            yield unit.id
    yield from units.keys() - _below(units, author)
    yield from _circle({unit.id: unit.successors for unit in units.values()})


def onwards(units: Mapping[str, Unit], unit: Unit) -> set[str]:
    """The ids of all units into which `unit` was merged or divided, over any number of changes."""
    found: set[str] = set()
    ahead = [*unit.successors]
    while ahead:
        here = ahead.pop()
        if here not in found:
            found.add(here)
            ahead += units[here].successors if here in units else ()
    return found


def _below(units: Mapping[str, Unit], author: str) -> set[str]:
    """The province and the ids of all units from which the way up ends with it, and not in a circle."""
    below: dict[str, list[str]] = {}
    for unit in units.values():
        if unit.parent is not None:
            below.setdefault(unit.parent, []).append(unit.id)
    found = {author}
    ahead = [author]
    while ahead:
        under = [each for each in below.get(ahead.pop(), ()) if each not in found]
        found.update(under)
        ahead += under
    return found


def _circle(onward: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The ids on one circle of successors, if there is any; a register of any size is looked through in one go."""
    try:
        TopologicalSorter(onward).prepare()
    except CycleError as fault:
        return list(fault.args[1])
    return []
