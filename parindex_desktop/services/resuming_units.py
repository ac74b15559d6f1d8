"""The way back from an ending: units that ended go on as before.

The register says of a unit what is so, not what somebody did; so an end can be taken back at any time, and the next
kit tells it to the offices. What an ending did to other units is taken back with it as far as nobody has built on it:
the journal of this machine knows it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from db import journal
from parindex_desktop.domain.errors import UserError
from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.domain.unit_changes import described
from parindex_desktop.services.enrolling import unit_of_code
from parindex_desktop.services.register import kit_of, provincial_series, write_units
from parindex_desktop.services.removing_units import remove_from

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from db.database import Session
    from parindex_desktop.domain.kits import Kit
    from parindex_desktop.domain.unit_changes import NewUnit
    from parindex_desktop.domain.units import Unit
    from parindex_desktop.services.homes import Office
    from parindex_desktop.services.series import OpenSeries


class UnitNotEnded(UserError):
    """Only what has an end can have it taken back."""

    code = "unit.not_ended"
    template = msgid("“{name}” has no last day, so there is no end to take back. Nothing was changed.")


@dataclass(frozen=True, slots=True)
class Resumed:
    """What was taken back: the units that go on, and those below that hand over to them again.

    `removed` are units that had been formed of them and are in the list no more; those `left` cannot be removed any
    more. `told` says whether a kit has told of the end.
    """

    units: tuple[NewUnit, ...]
    back: tuple[NewUnit, ...]
    removed: tuple[Unit, ...]
    left: tuple[Unit, ...]
    told: bool

    def summary(self) -> list[Message]:
        """All of it, a sentence each."""
        found = [Message("units.resumed", "{count} unit(s) go on as before.", {"count": len(self.units)})]
        if self.back:
            template = msgid("{count} unit(s) below them hand over to them again.")
            found.append(Message("units.back", template, {"count": len(self.back)}))
        for unit in self.removed:
            template = msgid("“{name}”, which was formed of them, is removed.")
            found.append(Message("units.formed_removed", template, {"name": unit.name}))
        for unit in self.left:
            template = msgid(
                "“{name}”, which was formed of them, stays in the list: a kit went out with it, or others belong to "
                "it already. End it if it is not to be."
            )
            found.append(Message("units.formed_left", template, {"name": unit.name}))
        if self.told:
            template = msgid("A kit has told of the end. Export a new kit, so that all offices learn of it.")
            found.append(Message("units.told", template))
        return found


def resume_units(office: Office, codes: Sequence[str]) -> Resumed:
    """Let these units go on, whole or not at all.

    Raises `NotTheProvince`, `UnknownUnit`, `UnitNotEnded`, or `UnitFaulty` where one cannot go on as things stand.
    """
    with office.begin() as session:
        opened = provincial_series(session, office)
        kit = kit_of(opened)
        units = [unit_of_code(kit, code) for code in dict.fromkeys(codes)]
        for unit in units:
            if unit.valid_to is None:
                raise UnitNotEnded(name=unit.name)
        endings = _endings(session, {unit.code for unit in units})
        resumed = tuple(replace(described(kit.units, unit), valid_to=None, successors=()) for unit in units)
        back = tuple(_back(kit, {unit.code for unit in units}, endings))
        write_units(office, session, opened, [*resumed, *back], "units.resumed")
        removed: list[Unit] = []
        left: list[Unit] = []
        for unit in _formed(kit, units, endings):
            try:
                removed.append(remove_from(office, session, opened, unit.code))
            except UserError:  # looks before it writes anything
                left.append(unit)
    return Resumed(resumed, back, tuple(removed), tuple(left), any(_told(opened, unit) for unit in units))


def _endings(session: Session, codes: AbstractSet[str]) -> list[dict[str, Any]]:
    """What the newest ending of each of these units did; nothing of units that a spreadsheet or a change ended."""
    found: list[dict[str, Any]] = []
    left = set(codes)
    for line in reversed(journal.entries(session, "units.ended")):
        details = json.loads(line.details)
        if left & set(details["ended"]):
            left -= set(details["ended"])
            found.append(details)
    return found


def _back(kit: Kit, codes: AbstractSet[str], endings: Iterable[Mapping[str, Any]]) -> Iterator[NewUnit]:
    """The units that handed over to one of `codes` before it ended, and do now where that ending put them."""
    by_code = {unit.code: described(kit.units, unit) for unit in kit.units.values()}
    for ending in endings:
        for code, (before, after) in ending["moved"].items():
            moved = by_code.get(code)
            if moved is not None and before in codes and moved.parent_code == after:
                yield replace(moved, parent_code=before)


def _formed(kit: Kit, resumed: Sequence[Unit], endings: Iterable[Mapping[str, Any]]) -> list[Unit]:
    """The units that were formed of those `resumed`, and of no others."""
    codes = {ending["formed"] for ending in endings}
    ids = {unit.id for unit in resumed}
    still = {each for unit in kit.units.values() if unit.id not in ids for each in unit.successors}
    named = {each for unit in resumed for each in unit.successors} - still
    return [kit.units[each] for each in sorted(named) if kit.units[each].code in codes]


def _told(opened: OpenSeries, unit: Unit) -> bool:
    """Whether a kit says that the unit ends."""
    said = (revision.entries.get(f"unit/{unit.id}") for revision in opened.held.values())
    return any(
        entry is not None and isinstance(entry.value, dict) and entry.value["valid_to"] for entry in said
    )
