"""The list of units as a spreadsheet: looked at first, then taken over whole or not at all."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from itertools import count
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from parindex_desktop.domain.blocks import block_warnings
from parindex_desktop.domain.body_changes import (
    NewBody,
    body_faults,
    body_named,
    cleaned_body,
    described_body,
)
from parindex_desktop.domain.errors import ManyFaults, UserError
from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.domain.unit_changes import NewUnit, described, planned
from parindex_desktop.domain.units import BodyKind, Level
from parindex_desktop.services.bodies import bodies, write_bodies
from parindex_desktop.services.files import new_file, read_small
from parindex_desktop.services.register import current_kit, kit_of, provincial_series, units, write_units

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from exports.spreadsheets.bodies import BodyLine
    from exports.spreadsheets.units import UnitLine
    from parindex_desktop.domain.kits import Kit
    from parindex_desktop.domain.units import Unit
    from parindex_desktop.services.homes import Office


class UnitListFaulty(ManyFaults):
    """The list has faults; `faults` names every one of them, each at its place."""

    code = "units.faulty"
    template = msgid(
        "The list of units was refused and nothing was taken over. Faults: {count}. The first: {first}"
    )


class ListMovedOn(UserError):
    """The register is not the one that was looked at."""

    code = "units.moved_on"
    template = msgid(
        "The list of units has changed since the spreadsheet was looked at. Nothing was taken over; choose the file "
        "again."
    )


class Happens(StrEnum):
    """What taking a list over does to one of its rows."""

    NEW = "new"
    CHANGED = "changed"
    ENDS = "ends"
    """A unit that goes on now gets a last day."""
    NOTHING = "none"


T = TypeVar("T", NewUnit, NewBody)


@dataclass(frozen=True, slots=True)
class Listed(Generic[T]):
    """A row of the list, as it says it (`new`), and as the register has it now (`old`; None: not at all)."""

    new: T
    old: T | None

    @property
    def changed(self) -> frozenset[str]:
        """The names of the fields that change; empty for what is new."""
        if self.old is None:
            return frozenset()
        names = (each.name for each in fields(self.new))
        return frozenset(name for name in names if getattr(self.new, name) != getattr(self.old, name))

    @property
    def happens(self) -> Happens:
        """What taking it over does."""
        changed = self.changed
        if self.old is None:
            return Happens.NEW
        if "valid_to" in changed and getattr(self.new, "valid_to", None) is not None:
            return Happens.ENDS
        return Happens.CHANGED if changed else Happens.NOTHING

    @property
    def matters(self) -> bool:
        """Whether taking it over does anything."""
        return self.happens is not Happens.NOTHING

    def changes(self) -> list[Message]:
        """What changes, field by field; nothing of what is new."""
        return [
            Message(
                "units.change",
                words,
                {"before": _shown(getattr(self.old, name)), "after": _shown(getattr(self.new, name))},
            )
            for name, words in _CHANGES.items()
            if name in self.changed
        ]


_CHANGES: Final = {
    "name": msgid("name: {before} → {after}"),
    "parent_code": msgid("hands over to: {before} → {after}"),
    "block": msgid("block: {before} → {after}"),
    "valid_from": msgid("from: {before} → {after}"),
    "valid_to": msgid("last day: {before} → {after}"),
    "successors": msgid("successors: {before} → {after}"),
    "counted_from": msgid("figures from: {before} → {after}"),
    "counted_to": msgid("figures to: {before} → {after}"),
    "kind": msgid("kind: {before} → {after}"),
    "levels": msgid("kinds of units: {before} → {after}"),
    "units": msgid("members: {before} → {after}"),
}
"""How a change is told, by the field of a unit or body."""


def _shown(value: object) -> object:
    """A value as a sentence takes it."""
    if isinstance(value, Level | BodyKind):
        return Message("units.kind", value.words)
    if isinstance(value, tuple):
        return tuple(map(_shown, value)) or "–"
    return value or "–"


@dataclass(frozen=True, slots=True)
class Preview:
    """What taking the list over would do, and what to look at before (`warnings`); with faults it cannot be."""

    units: tuple[Listed[NewUnit], ...]
    bodies: tuple[Listed[NewBody], ...]
    faults: tuple[Message, ...]
    warnings: tuple[Message, ...]

    @property
    def rows(self) -> tuple[Listed[Any], ...]:
        """Units, then other organisations."""
        return *self.units, *self.bodies

    @property
    def matters(self) -> int:
        """How many rows do anything."""
        return sum(each.matters for each in self.rows)

    def counts(self) -> tuple[Message, ...]:
        """How many units, and how many other organisations where the list has any, are new, changed and so on."""
        told = [Message("units.counted", _UNITS_COUNTED, counted(self.units))]
        if self.bodies:
            told.append(Message("bodies.counted", _BODIES_COUNTED, counted(self.bodies)))
        return tuple(told)


def counted(listed: Iterable[Listed[Any]]) -> dict[str, int]:
    """How many of the rows each thing happens to."""
    found = Counter(each.happens for each in listed)
    return {happens.value: found[happens] for happens in Happens}


_UNITS_COUNTED: Final = msgid("Units: {new} new, {changed} changed, {ends} end, {none} unchanged.")
_BODIES_COUNTED: Final = msgid("Other organisations: {new} new, {changed} changed, {none} unchanged.")


def look_at_list(office: Office, source: Path) -> Preview:
    """What the workbook `source` would add and change.

    A column that it does not have leaves what is known as it is. Raises `FileNotRead`, `FileTooLarge`, what
    `read_units` names, or `NoKitYet`.
    """
    # openpyxl takes a tenth of a second to import: only where a list is read.
    from exports.spreadsheets.units import read_units  # noqa: PLC0415

    found = read_units(read_small(source), source.name)
    kit = current_kit(office)
    listed, after, faults = _units(kit, found.lines)
    others, wrong = _bodies(kit, after, found.bodies)
    warnings = block_warnings(kit.units.values(), after.values())
    return Preview(listed, others, (*found.faults, *faults, *wrong), tuple(warnings))


def take_list(office: Office, preview: Preview) -> list[Unit]:
    """Take over a list that was looked at, in one transaction; returns its units. A backup is made before.

    Raises `UnitListFaulty`, `ListMovedOn`, `BackupNotMade`, or what `write_units` and `write_bodies` name.
    """
    if preview.faults:
        raise UnitListFaulty(preview.faults)
    _check_stands(current_kit(office), preview)
    if preview.matters:
        office.back_up("list")
    with office.begin() as session:
        opened = provincial_series(session, office)
        _check_stands(kit_of(opened), preview)
        new = [each.new for each in preview.units]
        written = write_units(office, session, opened, new, "units.added")
        write_bodies(office, session, opened, [each.new for each in preview.bodies])
    return written


def _check_stands(kit: Kit, preview: Preview) -> None:
    """Refuse a list whose rows were compared with what is not there any more."""
    known = {unit.code: unit for unit in kit.units.values() if unit.code}
    now = [
        described(kit.units, known[each.new.code]) if each.new.code in known else None
        for each in preview.units
    ]
    others = [_standing_body(kit, known, each.new) for each in preview.bodies]
    if now != [each.old for each in preview.units] or others != [each.old for each in preview.bodies]:
        raise ListMovedOn


def write_list(office: Office, target: Path) -> None:
    """Write the units and bodies of the register to the workbook `target`.

    Raises `FileNotWritten` or `NoKitYet`.
    """
    kit = current_kit(office)
    write_book(
        target,
        (described(kit.units, unit) for unit in units(office)),
        (described_body(kit.units, body) for body in bodies(office)),
    )


def write_book(target: Path, own: Iterable[NewUnit], others: Iterable[NewBody]) -> None:
    """Write units and bodies to the workbook `target`, whole or not at all. Raises `FileNotWritten`."""
    from exports.spreadsheets.units import write_units as write_sheets  # noqa: PLC0415

    with new_file(target) as file:
        write_sheets(file, own, others)


def _units(
    kit: Kit, lines: Sequence[UnitLine]
) -> tuple[tuple[Listed[NewUnit], ...], dict[str, Unit], list[Message]]:
    """The rows of units, the register as it would stand, and what is wrong with them."""
    known = {unit.code: unit for unit in kit.units.values() if unit.code}
    listed = []
    for line in lines:
        old = described(kit.units, known[line.code]) if line.code in known else None
        begun = replace(old, name=line.name, level=line.level) if old else None
        new = begun or NewUnit(line.code, line.name, line.level)
        listed.append(Listed(replace(new, **line.said), old))
    ids = map(str, count())
    plan = planned(kit.units, _province(kit), [each.new for each in listed], lambda: next(ids))
    faults = [lines[fault.number].fault(fault.field, fault.message) for fault in plan.faults]
    return tuple(listed), {**kit.units, **{unit.id: unit for unit in plan.units}}, faults


def _bodies(
    kit: Kit, units: Mapping[str, Unit], lines: Sequence[BodyLine]
) -> tuple[tuple[Listed[NewBody], ...], list[Message]]:
    """The rows of bodies, and what is wrong with them; `units` are those of the register as it would stand."""
    by_code = {unit.code: unit for unit in units.values() if unit.code}
    listed = []
    faults: list[Message] = []
    for line in lines:
        new = cleaned_body(replace(NewBody(line.name, line.kind), of_code=line.said.get("of_code", "")))
        old = _standing_body(kit, by_code, new)
        begun = replace(old, name=new.name, kind=new.kind) if old else new
        full = cleaned_body(replace(begun, **line.said))
        faults += (line.fault(field, message) for field, message in body_faults(full, by_code))
        listed.append(Listed(full, old))
    return tuple(listed), faults


def _standing_body(kit: Kit, units: Mapping[str, Unit], new: NewBody) -> NewBody | None:
    """The body that `new` is, as the register has it; `units` are by their codes."""
    of = None
    if new.kind is BodyKind.ROOM:
        if new.of_code and new.of_code not in units:
            return None
        of = units[new.of_code].id if new.of_code else _province(kit)
    body = body_named(kit.bodies.values(), of, new.name)
    return described_body(kit.units, body) if body else None


def _province(kit: Kit) -> str:
    province = kit.province()
    assert province is not None
    return province.id
