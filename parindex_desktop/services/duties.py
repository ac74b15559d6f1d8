"""Who is in charge of which criterion of a year, on this machine: never part of what is handed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db import people as kept
from parindex_desktop.domain.errors import UsageError
from parindex_desktop.domain.messages import msgid
from parindex_desktop.domain.people import LONGEST_NAME, LONGEST_ROOM, Assignee
from parindex_desktop.domain.text import folded, one_line
from parindex_desktop.services import people
from parindex_desktop.services.filling import NotSelfScored

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from db.database import Session
    from parindex_desktop.domain.criteria import Criterion
    from parindex_desktop.domain.people import Person
    from parindex_desktop.services.homes import Office


def duties(office: Office, year: str) -> dict[str, Assignee]:
    """Who is in charge in `year`, by criterion id; nothing of what nobody is in charge of."""
    with office.read() as session:
        return duties_in(session, year)


def duties_in(session: Session, year: str) -> dict[str, Assignee]:
    """The same within a transaction."""
    return kept.duties(session, year)


def assign(office: Office, year: str, criteria: Iterable[Criterion], to: Assignee | None) -> None:
    """Put somebody in charge of criteria, of all that stands below a heading; None leaves them to nobody.

    Raises `NotSelfScored` where nothing is filled in; then nobody is in charge of anything new.
    """
    leaves: dict[str, Criterion] = {}
    for criterion in criteria:
        found = fillable(criterion)
        if not found:
            raise NotSelfScored(criterion=criterion.code)
        leaves |= {each.id: each for each in found}
    with office.begin() as session:
        assign_in(session, office, year, list(leaves.values()), to)


def assign_in(
    session: Session, office: Office, year: str, leaves: Sequence[Criterion], to: Assignee | None
) -> None:
    """The same within a transaction, for criteria that are filled in."""
    kept.put_duties(session, year, [each.id for each in leaves], to)
    details = {"year": year, "criteria": [each.code for each in leaves], "to": to.name if to else None}
    office.write(session, "duty.assigned", dict(details))


class AssigneeUnknown(UsageError):
    """Neither somebody nor a room."""

    code = "duties.assignee_unknown"
    template = msgid(
        "By the staff list nobody called “{name}” works here, and no room is called so. Nothing was changed; give a "
        "name as “people list” has it, or a room: {rooms}."
    )


class AssigneeUnclear(UsageError):
    """Several may be meant."""

    code = "duties.assignee_unclear"
    template = msgid(
        "“{name}” may mean several: {found}. Nothing was changed; write the name with its accents, or give a room by "
        "--room."
    )


def find_assignee(office: Office, name: str) -> Assignee:
    """Somebody of that name, or everybody in the room of that name; without accents where that means one.

    Raises `AssigneeUnknown` or `AssigneeUnclear`.
    """
    wanted, shown = one_line(name), one_line(name)[:LONGEST_NAME]
    rooms = people.rooms(office)
    listed = [*map(Assignee, people.at_work(office)), *(Assignee(room=room) for room in rooms)]
    for same in (str.casefold, folded):
        found = [each for each in listed if same(each.name) == same(wanted)]
        if len(found) == 1:
            return found[0]
        if found:
            raise AssigneeUnclear(name=shown, found=[each.name for each in found])
    raise AssigneeUnknown(name=shown, rooms=rooms or "–")


def to_room(room: str) -> Assignee | None:
    """Everybody in a room; nobody where its name is empty. Raises `TextTooLong`."""
    name = one_line(room, LONGEST_ROOM)
    return Assignee(room=name) if name else None


def fillable(criterion: Criterion) -> list[Criterion]:
    """What is filled in of a criterion: itself, or what stands below it."""
    return [each for each in criterion.walk() if not each.children and each.inputs]


def those_of(person: Person, found: Mapping[str, Assignee]) -> frozenset[str]:
    """The criteria that `person` or their room is in charge of, by id."""
    return frozenset(criterion for criterion, each in found.items() if each.includes(person))
