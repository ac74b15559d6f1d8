"""Ending units: closed, merged into others, divided, or joined into a new one, in one step.

Whatever a kit has named stays in the register for life, so a unit is not removed but ends on a day, and says which
units come after it. The units that hand over to it and go on hand over to another office from then on.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from parindex_desktop.domain.errors import UserError
from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.domain.succession import comparison
from parindex_desktop.domain.unit_changes import NewUnit, described, planned
from parindex_desktop.domain.units import in_order
from parindex_desktop.services.enrolling import unit_of_code
from parindex_desktop.services.register import (
    UnitCodeTaken,
    current_kit,
    kit_of,
    provincial_series,
    write_units,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from parindex_desktop.domain.kits import Kit
    from parindex_desktop.domain.revisions import Value
    from parindex_desktop.domain.units import Unit
    from parindex_desktop.services.homes import Office


class UnitEndedAlready(UserError):
    """The unit is no more."""

    code = "unit.ended_already"
    template = msgid(
        "“{name}” ends on {date} already. Nothing was changed; if the day or the successors are wrong, change the "
        "unit, or take its end back."
    )


class NothingToFormUnder(UserError):
    """A new unit has one code."""

    code = "unit.one_code_for_new"
    template = msgid("A unit that is to be formed needs one code of its own. Nothing was changed.")


@dataclass(frozen=True, slots=True)
class Ending:
    """Which units end: their codes, their last day, the codes of their successors.

    With `formed`, the name of a unit that begins on the next day, its code is the one successor.
    """

    codes: tuple[str, ...]
    on: date
    into: tuple[str, ...] = ()
    formed: str = ""


@dataclass(frozen=True, slots=True)
class Changes:
    """What an ending does to the register: units that end, the one formed, those that hand over elsewhere."""

    ended: tuple[NewUnit, ...]
    formed: NewUnit | None
    moved: tuple[NewUnit, ...]
    compared: tuple[Message, ...]
    """How the figures of the successors stand beside those of the year before, where that is to be said."""

    def units(self) -> list[NewUnit]:
        """All that changes."""
        return [*self.ended, *((self.formed,) if self.formed else ()), *self.moved]


def summary(changes: Changes, on: date) -> list[Message]:
    """What an ending does: to how many units, and to what can be compared."""
    return [_counted(changes, on), *changes.compared]


def _counted(changes: Changes, on: date) -> Message:
    values = {"count": len(changes.ended), "date": on, "moved": len(changes.moved)}
    if not changes.moved:
        return Message("units.end", "{count} unit(s) end on {date}.", values)
    template = msgid(
        "{count} unit(s) end on {date}; {moved} unit(s) below them hand over to another office then."
    )
    return Message("units.end", template, values)


def look_at_ending(office: Office, ending: Ending) -> Changes:
    """What `ending` would do. Raises `UnknownUnit`, `UnitEndedAlready`, `UnitCodeTaken` or `NothingToFormUnder`."""
    return _changes(current_kit(office), ending)


def end_units(office: Office, ending: Ending) -> Changes:
    """Do it, whole or not at all; raises as `look_at_ending`, and `NotTheProvince` or `UnitFaulty`."""
    with office.begin() as session:
        opened = provincial_series(session, office)
        changes = _changes(kit_of(opened), ending)
        write_units(
            office, session, opened, changes.units(), "units.ended", _journalled(kit_of(opened), changes)
        )
    return changes


def _journalled(kit: Kit, changes: Changes) -> dict[str, Value]:
    """What the journal keeps, so that an end can be taken back: where those that hand over elsewhere did before."""
    return {
        "ended": [each.code for each in changes.ended],
        "formed": changes.formed.code if changes.formed else None,
        "moved": {
            each.code: [described(kit.units, kit.unit_of_code(each.code)).parent_code, each.parent_code]
            for each in changes.moved
        },
    }


def _changes(kit: Kit, ending: Ending) -> Changes:
    units = [unit_of_code(kit, code) for code in dict.fromkeys(ending.codes)]
    for unit in units:
        if unit.valid_to is not None:
            raise UnitEndedAlready(name=unit.name, date=unit.valid_to)
    ended = tuple(
        replace(described(kit.units, unit), valid_to=ending.on, successors=ending.into) for unit in units
    )
    formed = _formed(kit, units, ending) if ending.formed else None
    moved = tuple(_moved(kit, units, ending))
    return Changes(
        ended, formed, moved, tuple(_compared(kit, ending, [*ended, *([formed] if formed else [])]))
    )


def _compared(kit: Kit, ending: Ending, changed: Sequence[NewUnit]) -> Iterator[Message]:
    """What is to be said of the successors in the year of the day after the end; nothing where there are faults."""
    province = kit.province()
    assert province is not None
    plan = planned(kit.units, province.id, changed, lambda: ending.formed)
    if plan.faults:
        return
    after = {**kit.units, **{unit.id: unit for unit in plan.units}}
    for unit in in_order({each for ended in plan.units for each in map(after.__getitem__, ended.successors)}):
        said = comparison(after, unit, (ending.on + timedelta(days=1)).year)
        if said is not None:
            yield Message("units.compared", "“{name}”: {said}.", {"name": unit.name, "said": said})


def _formed(kit: Kit, units: Sequence[Unit], ending: Ending) -> NewUnit:
    """The unit that the others are joined into: of their kind and block, below the same office."""
    if len(ending.into) != 1:
        raise NothingToFormUnder
    (code,) = ending.into
    taken = next((unit for unit in kit.units.values() if unit.code == code), None)
    if taken is not None:
        raise UnitCodeTaken(code=code, name=taken.name)
    first = units[0]
    return NewUnit(
        code,
        ending.formed,
        first.level,
        _code_above(kit, first, units),
        first.block,
        ending.on + timedelta(days=1),
    )


def _moved(kit: Kit, ended: Sequence[Unit], ending: Ending) -> list[NewUnit]:
    """The units below those that end, and go on, with the office that they hand over to from then on."""
    gone = {unit.id: unit for unit in ended}
    moved = []
    for unit in kit.units.values():
        parent = gone.get(unit.parent or "")
        if parent is not None and unit.id not in gone and not unit.ended(ending.on + timedelta(days=1)):
            heir = next((each for each in kit.units.values() if [each.code] == [*ending.into]), None)
            same = heir.level is parent.level if heir else bool(ending.formed)
            above = ending.into[0] if same else _code_above(kit, parent, ended)
            moved.append(replace(described(kit.units, unit), parent_code=above))
    return moved


def _code_above(kit: Kit, unit: Unit, ended: Sequence[Unit]) -> str:
    """The code of the first office above `unit` that goes on; empty for the province."""
    gone = {each.id for each in ended}
    above = next(each for each in kit.above(unit.id) if each not in gone)
    return kit.units[above].code
