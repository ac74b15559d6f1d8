"""The list of units as a spreadsheet: looked at first, then taken over whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from parindex_desktop.domain.errors import UserError
from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.services.files import new_file, read_small
from parindex_desktop.services.register import NewUnit, add_units, current_kit, units

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from exports.spreadsheets.units import UnitLine
    from parindex_desktop.domain.kits import Kit
    from parindex_desktop.domain.units import Unit
    from parindex_desktop.services.homes import Office


class UnitListFaulty(UserError):
    """The list has faults; `faults` names every one of them, each at its place."""

    code = "units.faulty"
    template = msgid(
        "The list of units was refused and nothing was taken over. Faults: {count}. The first: {first}"
    )

    def __init__(self, faults: tuple[Message, ...]) -> None:
        super().__init__(count=len(faults), first=faults[0])
        self.faults = faults


@dataclass(frozen=True, slots=True)
class ListedUnit:
    """A unit of the list; `before` is its name in the register if it has another one there, `known` if any."""

    new: NewUnit
    known: bool
    before: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What taking the list over would do; with faults it cannot be."""

    units: tuple[ListedUnit, ...]
    faults: tuple[Message, ...]


def look_at_list(office: Office, source: Path) -> Preview:
    """What the workbook `source` would add and rename.

    Raises `FileNotRead`, `FileTooLarge`, what `read_units` names, or `NoKitYet`.
    """
    # openpyxl takes a tenth of a second to import: only where a list is read.
    from exports.spreadsheets.units import read_units  # noqa: PLC0415

    found = read_units(read_small(source), source.name)
    kit = current_kit(office)
    known = {unit.code: unit for unit in kit.units.values() if unit.code}
    faults = (*found.faults, *_against(kit, known, found.lines))
    listed = tuple(
        ListedUnit(
            NewUnit(line.code, line.name, line.level, line.parent),
            line.code in known,
            known[line.code].name if line.code in known and known[line.code].name != line.name else "",
        )
        for line in found.lines
    )
    return Preview(listed, faults)


def take_list(office: Office, preview: Preview) -> list[Unit]:
    """Take over a list that was looked at. Raises `UnitListFaulty`, or what `add_units` names."""
    if preview.faults:
        raise UnitListFaulty(preview.faults)
    return add_units(office, _parents_first([each.new for each in preview.units]))


def import_units(office: Office, source: Path) -> list[Unit]:
    """Take the workbook `source` over at once; raises as `look_at_list` and `take_list`."""
    return take_list(office, look_at_list(office, source))


def write_list(office: Office, target: Path) -> None:
    """Write the register's units to the workbook `target`; without any it is the sample to fill in.

    Raises `FileNotWritten` or `NoKitYet`.
    """
    from exports.spreadsheets.units import UnitLine, write_units  # noqa: PLC0415

    kit = current_kit(office)
    lines = [
        UnitLine(unit.code, unit.name, unit.level, kit.units[unit.parent].code if unit.parent else "")
        for unit in units(office)
    ]
    with new_file(target) as file:
        write_units(file, lines)


def _against(kit: Kit, known: Mapping[str, Unit], lines: Sequence[UnitLine]) -> list[Message]:
    """What the register has against the list."""
    above = {unit.code: kit.units[unit.parent].code for unit in known.values() if unit.parent}
    above |= {line.code: line.parent for line in lines}
    faults = []
    for line in lines:
        old = known.get(line.code)
        if old is not None and old.level is not line.level:
            values = {"code": line.code, "name": old.name}
            faults.append(line.fault("level", Message("units.other_level", _OTHER_LEVEL, values)))
        if line.parent and line.parent not in above:
            values = {"code": line.parent}
            faults.append(line.fault("parent", Message("units.parent_unknown", _PARENT_UNKNOWN, values)))
        elif _below_itself(line.code, above):
            fault = Message("units.below_itself", "The unit would stand below itself.")
            faults.append(line.fault("parent", fault))
    return faults


_OTHER_LEVEL = msgid(
    "The code {code} belongs to “{name}”, which is of another kind. Codes are never used twice."
)
_PARENT_UNKNOWN = msgid("No unit has the code {code}, neither in this list nor in the register.")


def _below_itself(code: str, above: Mapping[str, str]) -> bool:
    """Whether the way up from `code` comes back to it."""
    passed: set[str] = set()
    here = above[code]
    while here in above and here not in passed:
        if here == code:
            return True
        passed.add(here)
        here = above[here]
    return False


def _parents_first(new: Sequence[NewUnit]) -> list[NewUnit]:
    """The same units, each after the one above it."""
    by_code = {each.code: each for each in new}
    ordered: dict[str, NewUnit] = {}

    def add(each: NewUnit) -> None:
        if each.code not in ordered:
            if each.parent_code in by_code:
                add(by_code[each.parent_code])
            ordered[each.code] = each

    for each in new:
        add(each)
    return list(ordered.values())
