"""Bodies without a home or a key, which lead or support: rooms of an office, organisations, groups by their names."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import TYPE_CHECKING

from parindex_desktop.domain.body_changes import (
    bodies_in_order,
    body_faults,
    body_named,
    cleaned_body,
    described_body,
    made_body,
)
from parindex_desktop.domain.errors import UserError
from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.domain.text import folded, one_line
from parindex_desktop.domain.unit_entries import body_entry
from parindex_desktop.services.register import current_kit, kit_of, provincial_series

if TYPE_CHECKING:
    from collections.abc import Iterable

    from db.database import Session
    from parindex_desktop.domain.body_changes import NewBody
    from parindex_desktop.domain.kits import Kit
    from parindex_desktop.domain.units import Body
    from parindex_desktop.services.homes import Office
    from parindex_desktop.services.series import OpenSeries


class BodyFaulty(UserError):
    """A body cannot be as it was entered; `field` and `fault` say where and why."""

    code = "body.faulty"
    template = msgid("“{name}” cannot be entered like this, and nothing was changed. {fault}")

    def __init__(self, name: str, field: str, fault: Message) -> None:
        super().__init__(name=name, fault=fault)
        self.field, self.fault = field, fault


class BodyNameTaken(UserError):
    """Two bodies of one office cannot be told apart by their name."""

    code = "body.name_taken"
    template = msgid("“{name}” is in the list already. Nothing was changed; write another name.")


class UnknownBody(UserError):
    """Nothing in the register has that name."""

    code = "body.unknown"
    template = msgid(
        "No other organisation is called “{name}”. Look the name up in the list, then try again."
    )


def bodies(office: Office) -> list[Body]:
    """The bodies of the register, in order."""
    return bodies_in_order(current_kit(office).bodies.values())


def add_body(office: Office, new: NewBody) -> Body:
    """Add a body whose name must be new. Raises `NotTheProvince`, `BodyFaulty` or `BodyNameTaken`."""
    with office.begin() as session:
        return _write(office, session, new, None)


def change_body(office: Office, body: Body, new: NewBody) -> Body:
    """Let `body` be as `new` says, its id stays; raises as `add_body`."""
    with office.begin() as session:
        return _write(office, session, new, body)


def _write(office: Office, session: Session, new: NewBody, old: Body | None) -> Body:
    opened = provincial_series(session, office)
    kit = kit_of(opened)
    body = _made(kit, new, old.id if old else str(uuid.uuid4()))
    same = body_named((each for each in kit.bodies.values() if each.id != body.id), body.of, body.name)
    if same is not None:
        raise BodyNameTaken(name=same.name)
    if opened.put(office, session, {f"body/{body.id}": body_entry(body)}):
        office.write(session, "body.written", {"body": body.id, "name": body.name})
    return body


def write_bodies(office: Office, session: Session, opened: OpenSeries, new: Iterable[NewBody]) -> list[Body]:
    """Add bodies, or change those whose name is known, once the units are written. Raises `BodyFaulty`."""
    kit = kit_of(opened)
    written = []
    for each in new:
        body = _made(kit, each, str(uuid.uuid4()))
        old = body_named(kit.bodies.values(), body.of, body.name)
        written.append(replace(body, id=old.id) if old else body)
    if opened.put(office, session, {f"body/{body.id}": body_entry(body) for body in written}):
        office.write(session, "bodies.added", {"names": [body.name for body in written]})
    return written


def _made(kit: Kit, new: NewBody, own_id: str) -> Body:
    new = cleaned_body(new)
    ids = {unit.code: unit.id for unit in kit.units.values() if unit.code}
    wrong = next(body_faults(new, ids), None)
    if wrong is not None:
        raise BodyFaulty(new.name, *wrong)
    province = kit.province()
    assert province is not None
    return made_body(new, ids, province.id, own_id)


def find_body(office: Office, name: str, of_code: str | None = None) -> Body:
    """The one body of that name; where several offices have one, that of the office with `of_code`.

    Raises `UnknownBody`.
    """
    units = current_kit(office).units
    found = [body for body in bodies(office) if folded(body.name) == folded(one_line(name))]
    if of_code is not None:
        found = [body for body in found if described_body(units, body).of_code == of_code]
    if len(found) != 1:
        raise UnknownBody(name=name[:80])
    return found[0]


def remove_body(office: Office, body: Body) -> None:
    """Take a body out of the register. Raises `NotTheProvince`."""
    with office.begin() as session:
        opened = provincial_series(session, office)
        if opened.put(office, session, {f"body/{body.id}": None}):
            office.write(session, "body.removed", {"body": body.id, "name": body.name})
