"""Units as a province enters them, by code, and everything that is wrong with a change before it is written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.domain.strict import YEARS
from parindex_desktop.domain.text import one_line
from parindex_desktop.domain.unit_entries import LONGEST_BLOCK, LONGEST_CODE, MOST_SUCCESSORS
from parindex_desktop.domain.units import Level, Unit, exists_on, onwards

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

LONGEST_TYPED_NAME: Final = 300
"""Characters of a name that is entered."""
_CODE: Final = re.compile(rf"[A-Za-z0-9][A-Za-z0-9./-]{{0,{LONGEST_CODE - 1}}}")


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A unit as the province enters it, whole: other units are named by their codes.

    The code of its parent is empty for those right below the province. The rest is as in `Unit`.
    """

    code: str
    name: str
    level: Level
    parent_code: str = ""
    block: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    successors: tuple[str, ...] = ()
    counted_from: date | None = None
    counted_to: date | None = None


@dataclass(frozen=True, slots=True)
class UnitFault:
    """What is wrong with the `field` (its name in `NewUnit`) of one of the units that were entered, from 0."""

    number: int
    field: str
    message: Message


@dataclass(frozen=True, slots=True)
class Planned:
    """The units as they would stand, in the order in which they were entered; with faults none is to be written."""

    units: list[Unit]
    faults: list[UnitFault]


def check_code(code: str) -> Message | None:
    """What is wrong with a code that is given to a unit."""
    if not code:
        return Message("units.code_missing", "The code is missing.")
    if not _CODE.fullmatch(code):
        return Message(
            "units.code_wrong",
            "“{text}” is no code: write up to 20 letters without accents, digits, points or hyphens.",
            {"text": code[:40]},
        )
    return None


def too_many(codes: Sequence[str], most: int) -> Message | None:
    """What is wrong with more `codes` than the `most` that can be written."""
    if len(codes) <= most:
        return None
    template = msgid("These are {count} units; {most} can be named here at most.")
    return Message("units.too_many", template, {"count": len(codes), "most": most})


def described(units: Mapping[str, Unit], unit: Unit) -> NewUnit:
    """`unit` as the province would enter it."""
    return NewUnit(
        unit.code,
        unit.name,
        unit.level,
        units[unit.parent].code if unit.parent and unit.parent in units else "",
        unit.block,
        unit.valid_from,
        unit.valid_to,
        tuple(sorted(units[each].code for each in unit.successors)),
        unit.counted_from,
        unit.counted_to,
    )


def planned(
    units: Mapping[str, Unit], province: str, new: Sequence[NewUnit], fresh_id: Callable[[], str]
) -> Planned:
    """What entering `new` makes of the register's `units`; a known code is the unit that has it, changed.

    They may name each other in any order. Of faults all are found, each at its unit and field.
    """
    known = {unit.code: unit for unit in units.values() if unit.code}
    new = [_cleaned(each) for each in new]
    ids = {code: unit.id for code, unit in known.items()}
    for each in new:
        if each.code not in ids:
            ids[each.code] = fresh_id()
    made: list[Unit] = []
    faults: list[UnitFault] = []
    for number, each in enumerate(new):
        found = list(_own_faults(each, known.get(each.code), ids))
        faults += [UnitFault(number, name, message) for name, message in found]
        made.append(_unit(each, ids, province))
    if not faults:
        faults += _faults_between({**units, **{unit.id: unit for unit in made}}, made)
    return Planned(made, faults)


def _cleaned(new: NewUnit) -> NewUnit:
    return NewUnit(
        one_line(new.code, LONGEST_CODE),
        one_line(new.name, LONGEST_TYPED_NAME),
        new.level,
        one_line(new.parent_code, LONGEST_CODE),
        one_line(new.block, LONGEST_BLOCK),
        new.valid_from,
        new.valid_to,
        tuple(sorted({one_line(code, LONGEST_CODE) for code in new.successors})),
        new.counted_from,
        new.counted_to,
    )


def _unit(new: NewUnit, ids: Mapping[str, str], province: str) -> Unit:
    return Unit(
        ids[new.code],
        new.code,
        new.name,
        new.level,
        ids.get(new.parent_code, province),
        new.valid_from,
        new.valid_to,
        new.block,
        tuple(sorted(ids[code] for code in new.successors if code in ids)),
        new.counted_from,
        new.counted_to,
    )


def _own_faults(new: NewUnit, old: Unit | None, ids: Mapping[str, str]) -> Iterator[tuple[str, Message]]:
    """What is wrong with a unit whatever the others say."""
    wrong = check_code(new.code) if old is None else None
    if wrong is not None:
        yield "code", wrong
    if not new.name:
        yield "name", Message("units.name_missing", "The name is missing.")
    if new.level is Level.PROVINCE:
        yield "level", Message("units.province", "The province itself is not one of its units.")
    elif old is not None and old.level is not new.level:
        template = msgid(
            "The code {code} belongs to “{name}”, which is of another kind. Codes are never used twice."
        )
        yield "level", Message("units.other_level", template, {"code": old.code, "name": old.name})
    if new.parent_code and new.parent_code not in ids:
        yield "parent_code", _unknown("units.parent_unknown", new.parent_code)
    for code in new.successors:
        if code not in ids:
            yield "successors", _unknown("units.successor_unknown", code)
    if wrong := too_many(new.successors, MOST_SUCCESSORS):
        yield "successors", wrong
    yield from _day_faults(new)


def _day_faults(new: NewUnit) -> Iterator[tuple[str, Message]]:
    days = {
        name: day
        for name in ("valid_from", "valid_to", "counted_from", "counted_to")
        if isinstance(day := getattr(new, name), date)
    }
    for name, day in days.items():
        if day.year not in YEARS:
            template = msgid("{date} cannot be right. Check the year.")
            yield name, Message("units.day_unlikely", template, {"date": day})
    for first, last in (("valid_from", "valid_to"), ("counted_from", "counted_to")):
        if first in days and last in days and days[last] < days[first]:
            template = msgid("The last day, {last}, is before the first, {first}.")
            yield last, Message("units.ends_before", template, {"first": days[first], "last": days[last]})
    if new.successors and new.valid_to is None:
        template = msgid("Only a unit that ends has successors. Write its last day too.")
        yield "valid_to", Message("units.goes_on", template)


def _unknown(code: str, named: str) -> Message:
    template = msgid("No unit has the code {code}, neither in this list nor in the register.")
    return Message(code, template, {"code": named})


def _faults_between(units: Mapping[str, Unit], made: Sequence[Unit]) -> Iterator[UnitFault]:
    """What is wrong between the units as they would stand; only of those that were `made`."""
    below: dict[str, list[Unit]] = {}
    before: dict[str, list[Unit]] = {}
    for unit in units.values():
        if unit.parent is not None:
            below.setdefault(unit.parent, []).append(unit)
        for successor in unit.successors:
            before.setdefault(successor, []).append(unit)
    entered = {unit.id for unit in made}
    for number, unit in enumerate(made):
        for field, message in _above_faults(units, unit):
            yield UnitFault(number, field, message)
        left = [each for each in below.get(unit.id, ()) if each.id not in entered and _outlives(each, unit)]
        if left:
            template = msgid(
                "{count} unit(s) that go on hand over to it ({name}, …). Let them hand over to another office first."
            )
            values = {"count": len(left), "name": left[0].name}
            yield UnitFault(number, "valid_to", Message("units.others_below", template, values))
        for field, message in _onward_faults(units, unit):
            yield UnitFault(number, field, message)
        for each in before.get(unit.id, ()):
            if each.id not in entered and (late := _not_there(each, unit)):
                yield UnitFault(number, "valid_from", late)


def _above_faults(units: Mapping[str, Unit], unit: Unit) -> Iterator[tuple[str, Message]]:
    passed = {unit.id}
    above = units.get(unit.parent or "")
    while above is not None and above.id not in passed:
        passed.add(above.id)
        above = units.get(above.parent or "")
    if above is not None and above.id == unit.id:
        yield "parent_code", Message("units.below_itself", "The unit would stand below itself.")
        return
    parent = units.get(unit.parent or "")
    if parent is not None and _outlives(unit, parent):
        template = msgid("“{name}” ends on {date}, so a unit that goes on cannot hand over to it.")
        values = {"name": parent.name, "date": parent.valid_to}
        yield "parent_code", Message("units.parent_ended", template, values)


def _onward_faults(units: Mapping[str, Unit], unit: Unit) -> Iterator[tuple[str, Message]]:
    if unit.id in onwards(units, unit):
        template = msgid("The unit would be its own successor, over one or more mergers.")
        yield "successors", Message("units.follows_itself", template)
        return
    for each in unit.successors:
        successor = units[each]
        if successor.level is not unit.level:
            template = msgid(
                "“{successor}” is of another kind: a unit goes on in units of its own kind only."
            )
            yield "successors", Message("units.successor_kind", template, {"successor": successor.name})
        elif message := _not_there(unit, successor):
            yield "successors", message


def _outlives(unit: Unit, other: Unit) -> bool:
    """Whether `unit` is still there when `other` is no more."""
    return other.valid_to is not None and not unit.ended(other.valid_to + timedelta(days=1))


def _not_there(unit: Unit, successor: Unit) -> Message | None:
    """What is wrong where `successor` is not there on the day after the last one of `unit`."""
    if unit.valid_to is None or exists_on(successor, unit.valid_to + timedelta(days=1)):
        return None
    template = msgid("“{successor}” is not there on {date}, the day after “{unit}” ends.")
    values = {
        "successor": successor.name,
        "unit": unit.name,
        "date": unit.valid_to + timedelta(days=1),
    }
    return Message("units.successor_not_there", template, values)
