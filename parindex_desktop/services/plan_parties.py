"""Who is meant by the names in a plan: units, bodies of the register, and rooms that an office enters for itself."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parindex_desktop.domain.body_changes import NewBody
from parindex_desktop.domain.planning.plan_meaning import name_key
from parindex_desktop.domain.text import one_line
from parindex_desktop.domain.unit_entries import LONGEST_NAME, body_entry
from parindex_desktop.domain.units import Body, BodyKind, Level
from parindex_desktop.services.bodies import BodyNameTaken, UnknownBody, add_body, remove_body
from parindex_desktop.services.progress_series import carried, own_unit, put_in
from parindex_desktop.services.register import current_kit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parindex_desktop.domain.units import Unit
    from parindex_desktop.services.homes import Office


@dataclass(frozen=True, slots=True)
class Known:
    """Everybody whom a plan of this office may name: the id by the key of the name (`name_key`), and all ids."""

    names: dict[str, str]
    ids: frozenset[str]

    def find(self, name: str) -> str | None:
        """Who is called so; None where nobody is, or several are."""
        return self.names.get(name_key(name))


def known_parties(office: Office, first: int, last: int) -> Known:
    """Whom a plan for the years `first` to `last` may name.

    Of several of one name a unit that is there in those years goes before what is not, and what is of this office
    before what is of another; where that leaves several, nobody is found by that name. Raises `NoKitYet`.
    """
    kit = current_kit(office)
    own = office.record.unit
    rooms = own_rooms(office)
    found: dict[str, dict[str, int]] = {}
    for unit in kit.units.values():
        found.setdefault(name_key(unit.name), {})[unit.id] = 0 if _is_there(unit, first, last) else 3
    for body in (*kit.bodies.values(), *rooms):
        rank = 1 if body.of in (None, own) else 2
        found.setdefault(name_key(body.name), {})[body.id] = rank
    names = {}
    for name, ranked in found.items():
        best = [each for each, rank in ranked.items() if rank == min(ranked.values())]
        if len(best) == 1:
            names[name] = best[0]
    return Known(names, frozenset({*kit.units, *kit.bodies, *(room.id for room in rooms)}))


def _is_there(unit: Unit, first: int, last: int) -> bool:
    return any(unit.exists_in(year) for year in (first, last))


def own_rooms(office: Office) -> list[Body]:
    """The rooms of this office: those that the register has, and those that it entered for itself, by their names."""
    kit = current_kit(office)
    of_register = [
        body for body in kit.bodies.values() if body.of == office.record.unit and body.kind is BodyKind.ROOM
    ]
    if office.record.unit is None:
        return []
    with office.read() as session:
        entered = carried(session, office.record.unit).rooms.values()
    return sorted([*of_register, *entered], key=lambda body: name_key(body.name))


def add_room(office: Office, year: str, name: str) -> Body:
    """Enter a room of this office: at the province into the register, elsewhere into its progress of `year`.

    Raises `BodyNameTaken`, `BodyFaulty`, `NoKitYet` or `UnitUnknown`.
    """
    unit, name = own_unit(office), one_line(name, LONGEST_NAME)
    if office.level is Level.PROVINCE:
        return add_body(office, NewBody(name, BodyKind.ROOM))
    if not name:
        raise UnknownBody(name="")
    same = _called(own_rooms(office), name)
    if same is not None:
        raise BodyNameTaken(name=same.name)
    room = Body(str(uuid.uuid4()), name, BodyKind.ROOM, unit)
    with office.begin() as session:
        put_in(session, office, year, {f"body/{room.id}": body_entry(room)}, "plan.room", {"name": name})
    return room


def remove_room(office: Office, name: str) -> Body:
    """Take a room out that this office entered. Raises `UnknownBody`, or what `remove_body` names."""
    room = _called(own_rooms(office), name)
    if room is None:
        raise UnknownBody(name=name[:80])
    if room.id in current_kit(office).bodies:
        remove_body(office, room)
        return room
    unit = own_unit(office)
    with office.begin() as session:
        for year in carried(session, unit).years[room.id]:
            put_in(session, office, year, {f"body/{room.id}": None}, "plan.room_removed", {"name": room.name})
    return room


def _called(rooms: Iterable[Body], name: str) -> Body | None:
    return next((room for room in rooms if name_key(room.name) == name_key(name)), None)
