"""The staff list of this machine, and who is in charge of which criterion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select, update

from db.models import DutyRow, PersonRow
from parindex_desktop.domain.people import Assignee, Person

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session


def people(session: Session) -> list[Person]:
    """Everybody who was ever on the list, in no order."""
    return [_person(row) for row in session.scalars(select(PersonRow))]


def put_person(session: Session, person: Person) -> None:
    """Enter or change somebody; their PIN stays as it is."""
    row = session.get(PersonRow, person.id) or PersonRow(id=person.id)
    row.name, row.title, row.room = person.name, person.title, person.room
    row.since, row.until = person.since, person.until
    session.add(row)
    session.flush()


def pin(session: Session, person: Person) -> bytes | None:
    """Salt and hash of the PIN; None where there is none."""
    return session.scalar(select(PersonRow.pin).where(PersonRow.id == person.id))


def put_pin(session: Session, person: Person, kept: bytes | None) -> None:
    """Keep the salt and hash of a PIN, or take it away."""
    session.execute(update(PersonRow).where(PersonRow.id == person.id).values(pin=kept))


def duties(session: Session, period: str) -> dict[str, Assignee]:
    """Who is in charge in `period`, by criterion id."""
    listed = {each.id: each for each in people(session)}
    rows = session.scalars(select(DutyRow).where(DutyRow.period == period))
    return {row.criterion: Assignee(listed[row.person] if row.person else None, row.room) for row in rows}


def years_of(session: Session, person: Person) -> set[str]:
    """The years in which somebody, by name, is in charge of a criterion."""
    return set(session.scalars(select(DutyRow.period).where(DutyRow.person == person.id)))


def put_duties(session: Session, period: str, criteria: Iterable[str], to: Assignee | None) -> None:
    """Put somebody in charge of these criteria; None leaves them to nobody."""
    for criterion in criteria:
        session.execute(delete(DutyRow).where(DutyRow.period == period, DutyRow.criterion == criterion))
        if to is not None:
            person = to.person.id if to.person else None
            session.add(DutyRow(period=period, criterion=criterion, person=person, room=to.room))
    session.flush()


def pass_duties_on(session: Session, giver: Person, taker: Person | None) -> None:
    """Let `taker` (or nobody) have every duty that `giver` has, of every year."""
    own = DutyRow.person == giver.id
    if taker is None:
        session.execute(delete(DutyRow).where(own))
    else:
        session.execute(update(DutyRow).where(own).values(person=taker.id))


def _person(row: PersonRow) -> Person:
    return Person(row.id, row.name, row.title, row.room, row.since, row.until, row.pin is not None)
