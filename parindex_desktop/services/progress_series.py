"""The series of progress of an office: one for each year, and what an earlier one says for the years after it.

A plan of the office's own stands in the series of its first year, a room of it in that in which it was entered.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from db import revisions as kept
from parindex_desktop.domain.planning.progress import read_progress
from parindex_desktop.domain.revisions import Kind, Series
from parindex_desktop.services.filling import UnitUnknown
from parindex_desktop.services.series import OpenSeries, open_series

if TYPE_CHECKING:
    from collections.abc import Mapping

    from db.database import Session
    from parindex_desktop.domain.revisions import Value
    from parindex_desktop.domain.units import Body
    from parindex_desktop.services.homes import Office


@dataclass(slots=True)
class Carried:
    """What the series of an office say beyond their own year: its plans and its rooms, by id.

    `years` are those of the series in which a plan or room stands.
    """

    plans: dict[str, dict[str, Any]] = field(default_factory=dict)
    rooms: dict[str, Body] = field(default_factory=dict)
    years: dict[str, list[str]] = field(default_factory=dict)


def own_unit(office: Office) -> str:
    """The unit that this office is. Raises `UnitUnknown`."""
    if office.record.unit is None:
        raise UnitUnknown
    return office.record.unit


def open_year(session: Session, unit: str, year: str) -> OpenSeries:
    """The progress of a unit in a year, with what was typed here since."""
    return open_series(session, Series(Kind.PROGRESS, unit, year, unit))


def carried(session: Session, unit: str, until: str | None = None) -> Carried:
    """What the series of a unit say beyond their own year, up to the year `until`; the later one counts."""
    found = Carried()
    held = [each for each in kept.series_of_kind(session, Kind.PROGRESS) if each.author == unit]
    for series in sorted(held, key=lambda each: each.period or ""):
        assert series.period is not None, "progress is of a year"
        if until is None or series.period <= until:
            said = read_progress(open_series(session, series).state())
            found.plans |= said.plans
            found.rooms |= said.rooms
            for each in (*said.plans, *said.rooms):
                found.years.setdefault(each, []).append(series.period)
    return found


def put_in(
    session: Session,
    office: Office,
    year: str,
    values: Mapping[str, Value],
    action: str,
    details: Mapping[str, Value],
) -> list[str]:
    """Write entries of this office's progress, with one line in the journal; tells the keys that really changed.

    They are read again before they are committed: what nobody could read is never kept. What stood there with several
    values is settled by what is written.
    """
    opened = open_year(session, own_unit(office), year)
    changed = opened.put(office, session, values)
    if changed:
        read_progress(opened.state())
        by: dict[str, Value] = {"person": office.person.id} if office.person else {}
        entries: list[Value] = [*changed]
        office.write(session, action, {"year": year, "entries": entries, **by, **details})
    return changed
