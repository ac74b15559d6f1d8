"""The list of units as a spreadsheet: looked at first, then taken over whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from itertools import count
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from parindex_desktop.domain.body_changes import (
    NewBody,
    body_faults,
    body_named,
    cleaned_body,
    described_body,
)
from parindex_desktop.domain.errors import ManyFaults
from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.domain.unit_changes import NewUnit, described, planned
from parindex_desktop.domain.units import BodyKind, Level
from parindex_desktop.services.bodies import bodies, write_bodies
from parindex_desktop.services.files import new_file, read_small
from parindex_desktop.services.register import current_kit, provincial_series, units, write_units

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
    def matters(self) -> bool:
        """Whether taking it over does anything."""
        return self.old is None or bool(self.changed)

    @property
    def ends(self) -> bool:
        """Whether a unit that goes on now gets a last day."""
        return "valid_to" in self.changed and getattr(self.new, "valid_to", None) is not None

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
    """What taking the list over would do; with faults it cannot be."""

    units: tuple[Listed[NewUnit], ...]
    bodies: tuple[Listed[NewBody], ...]
    faults: tuple[Message, ...]


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
    return Preview(listed, others, (*found.faults, *faults, *wrong))


def take_list(office: Office, preview: Preview) -> list[Unit]:
    """Take over a list that was looked at; returns its units.

    Raises `UnitListFaulty`, or what `write_units` and `write_bodies` name.
    """
    if preview.faults:
        raise UnitListFaulty(preview.faults)
    with office.begin() as session:
        opened = provincial_series(session, office)
        new = [each.new for each in preview.units]
        written = write_units(office, session, opened, new, "units.added")
        write_bodies(office, session, opened, [each.new for each in preview.bodies])
    return written


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
    ids = {unit.code: unit.id for unit in units.values() if unit.code}
    listed = []
    faults: list[Message] = []
    for line in lines:
        new = cleaned_body(replace(NewBody(line.name, line.kind), of_code=line.said.get("of_code", "")))
        of = ids.get(new.of_code, _province(kit)) if new.kind is BodyKind.ROOM else None
        body = body_named(kit.bodies.values(), of, new.name)
        old = described_body(kit.units, body) if body else None
        begun = replace(old, name=new.name, kind=new.kind) if old else new
        full = cleaned_body(replace(begun, **line.said))
        faults += (line.fault(field, message) for field, message in body_faults(full, ids))
        listed.append(Listed(full, old))
    return tuple(listed), faults


def _province(kit: Kit) -> str:
    province = kit.province()
    assert province is not None
    return province.id
