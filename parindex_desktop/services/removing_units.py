"""Removing a unit that was entered by mistake, as long as nobody but this machine knows of it.

Until a kit names it, a unit is an entry of the working copy alone: taking it out leaves nothing behind, and its code is
free again. Once a kit does, the unit must be found for life, and its code is never given to another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from parindex_desktop.domain.errors import UserError
from parindex_desktop.domain.given import keys_to
from parindex_desktop.domain.messages import msgid
from parindex_desktop.services.enrolling import unit_of_code
from parindex_desktop.services.register import kit_of, provincial_series

if TYPE_CHECKING:
    from db.database import Session
    from parindex_desktop.domain.units import Unit
    from parindex_desktop.services.homes import Office
    from parindex_desktop.services.series import OpenSeries


class UnitWentOut(UserError):
    """A kit names the unit."""

    code = "unit.went_out"
    template = msgid(
        "“{name}” went out in a kit, so it stays in the list and its code is final. Nothing was changed; if it was "
        "merged or closed, end it; if something about it is wrong, change it."
    )


class UnitHasKey(UserError):
    """A key is enrolled for the unit, or was."""

    code = "unit.has_key"
    template = msgid(
        "A key is enrolled for “{name}”, so the unit cannot be removed. Nothing was changed; if the key belongs to "
        "another unit, enrol it for that one first."
    )


class UnitHasOthersBelow(UserError):
    """Other units hand over to the unit."""

    code = "unit.has_others_below"
    template = msgid(
        "“{below}” hands over to “{name}”, so the unit cannot be removed. Nothing was changed; remove or change the "
        "units below it first."
    )


class UnitIsNamed(UserError):
    """Another unit was merged or divided into the unit, or a body has it."""

    code = "unit.is_named"
    template = msgid(
        "“{other}” names “{name}” (as its successor, or as a member), so the unit cannot be removed. Nothing was "
        "changed; change “{other}” first."
    )


def check_removable(office: Office, code: str) -> Unit:
    """The unit with that code, which `remove_unit` would remove.

    Raises `NotTheProvince`, `UnknownUnit`, `UnitWentOut`, `UnitHasKey`, `UnitHasOthersBelow` or `UnitIsNamed`.
    """
    with office.read() as session:
        return _removable(provincial_series(session, office), code)


def remove_unit(office: Office, code: str) -> Unit:
    """Take the unit with that code out of the register, with what is given to it; raises as `check_removable`."""
    with office.begin() as session:
        return remove_from(office, session, provincial_series(session, office), code)


def remove_from(office: Office, session: Session, opened: OpenSeries, code: str) -> Unit:
    """`remove_unit` within a transaction."""
    unit = _removable(opened, code)
    given = keys_to(kit_of(opened).given, unit.id)
    opened.put(office, session, dict.fromkeys((f"unit/{unit.id}", *given)))
    office.write(session, "unit.removed", {"unit": unit.id, "code": unit.code})
    return unit


def _removable(opened: OpenSeries, code: str) -> Unit:
    kit = kit_of(opened)
    unit = unit_of_code(kit, code)
    if any(f"unit/{unit.id}" in revision.entries for revision in opened.held.values()):
        raise UnitWentOut(name=unit.name)
    # Only a key lets bundles of the unit in, so without one nothing of it is held.
    if any(key.unit == unit.id for key in kit.keys.values()):
        raise UnitHasKey(name=unit.name)
    below = next((other for other in kit.units.values() if other.parent == unit.id), None)
    if below is not None:
        raise UnitHasOthersBelow(name=unit.name, below=below.name)
    named = [each.name for each in kit.units.values() if unit.id in each.successors]
    named += [body.name for body in kit.bodies.values() if unit.id in (body.of, *body.units)]
    if named:
        raise UnitIsNamed(name=unit.name, other=named[0])
    return unit
