"""The staff list with its duties as a spreadsheet: looked at first, then taken over whole or not at all.

It is how a second machine gets the list. Somebody who works here and is not in the spreadsheet stays as they are.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from parindex_desktop.domain.criteria import CriterionUnknown
from parindex_desktop.domain.errors import ManyFaults, UserError
from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.domain.people import Assignee
from parindex_desktop.services import people
from parindex_desktop.services.duties import assign_in, duties, duties_in, fillable
from parindex_desktop.services.files import new_file, read_small
from parindex_desktop.services.filling import open_form
from parindex_desktop.services.people import NewPerson

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from exports.spreadsheets.people import Line
    from parindex_desktop.domain.criteria import CriteriaSet, Criterion
    from parindex_desktop.domain.people import Person
    from parindex_desktop.services.homes import Office


class PeopleListFaulty(ManyFaults):
    """The list has faults; `faults` names every one of them, each at its place."""

    code = "people.faulty"
    template = msgid(
        "The staff list was refused and nothing was taken over. Faults: {count}. The first: {first}"
    )


class PeopleMovedOn(UserError):
    """The staff list is not the one that was looked at."""

    code = "people.moved_on"
    template = msgid(
        "The staff list here, or who is in charge of what, has changed since the spreadsheet was looked at. Nothing "
        "was taken over; choose the file again."
    )


class Happens(StrEnum):
    """What taking a row over does."""

    ADDED = "added"
    CHANGED = "changed"
    ENDED = "ended"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class ListedPerson:
    """A person of the spreadsheet, and who that is on the list here."""

    new: NewPerson
    happens: Happens
    known: Person | None


@dataclass(frozen=True, slots=True)
class ListedDuty:
    """A criterion of the spreadsheet whose charge changes: `to` a name of a person or (with `is_room`) a room.

    `before` is who is in charge now: the name of a person, that of a room.
    """

    criterion: Criterion
    to: str
    is_room: bool
    before: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Preview:
    """What taking the list over would do; with faults it cannot be."""

    people: tuple[ListedPerson, ...]
    duties: tuple[ListedDuty, ...]
    year: str
    faults: tuple[Message, ...]

    @property
    def changes(self) -> int:
        """How many rows change anything."""
        return len(self.duties) + sum(each.happens is not Happens.NOTHING for each in self.people)


def look_at_list(office: Office, source: Path, year: str | None = None) -> Preview:
    """What the workbook `source` would change.

    Raises `FileNotRead`, `FileTooLarge`, or what `read_people` names.
    """
    # openpyxl takes a tenth of a second to import: only where a list is read.
    from exports.spreadsheets.people import read_people  # noqa: PLC0415

    found = read_people(read_small(source), source.name)
    faults = list(found.faults)
    here = people.at_work(office)
    listed = list(_listed(here, found.people, faults))
    chosen, criteria = _form_of(office, year)
    names = {each.name for each in here} | {each.new.name for each in listed if each.happens is Happens.ADDED}
    names -= {each.new.name for each in listed if each.happens is Happens.ENDED}
    charged = list(_charged(criteria, names, found.duties, faults))
    now = duties(office, chosen) if chosen else {}
    beside = (replace(each, before=_named(now.get(each.criterion.id))) for each in charged)
    changed = [each for each in beside if each.before != _after(each)]
    return Preview(tuple(listed), tuple(changed), chosen, tuple(faults))


def take_list(office: Office, preview: Preview) -> None:
    """Take over a list that was looked at, in one transaction; a backup is made before.

    Raises `PeopleListFaulty`, `PeopleMovedOn`, `BackupNotMade`, or what `people.add` names.
    """
    if preview.faults:
        raise PeopleListFaulty(preview.faults)
    if not preview.changes:
        return
    office.back_up("list")
    with office.begin() as session:
        here = {each.name.casefold(): each for each in people.at_work_in(session)}
        _check(preview, here, duties_in(session, preview.year))
        for each in preview.people:
            if each.happens is Happens.ADDED:
                here[each.new.name.casefold()] = people.add_in(session, office, each.new)
            elif each.happens is Happens.CHANGED and each.known:
                here[each.new.name.casefold()] = people.change_in(session, office, each.known, each.new)
            elif each.happens is Happens.ENDED and each.known:
                people.end_in(session, office, each.known, None)
        for duty in preview.duties:
            to = None
            if duty.to:
                to = Assignee(room=duty.to) if duty.is_room else Assignee(_who(here, duty.to))
            assign_in(session, office, preview.year, [duty.criterion], to)
    people.refresh_person(office)


def _check(preview: Preview, here: Mapping[str, Person], charged: Mapping[str, Assignee]) -> None:
    """Refuse what was looked at where it would undo what somebody changed since."""
    for each in preview.people:
        now = here.get(each.new.name.casefold())
        if each.happens is not Happens.NOTHING and _listed_as(now) != _listed_as(each.known):
            raise PeopleMovedOn
    for duty in preview.duties:
        if _named(charged.get(duty.criterion.id)) != duty.before:
            raise PeopleMovedOn


def _listed_as(person: Person | None) -> tuple[str, ...]:
    """What a list says of somebody."""
    return (person.id, person.name, person.title, person.room) if person else ()


def _who(here: Mapping[str, Person], name: str) -> Person:
    """Somebody may have left since the list was looked at."""
    found = here.get(name.casefold())
    if found is None:
        raise people.PersonUnknown(name=name)
    return found


def write_list(office: Office, target: Path, year: str | None = None) -> None:
    """Write the list and the duties of the year to the workbook `target`; never a PIN. Raises `FileNotWritten`."""
    from exports.spreadsheets.people import write_people  # noqa: PLC0415

    here = people.at_work(office)
    names = {each.name.casefold() for each in here}
    gone = [each for each in people.people(office) if each.until and each.name.casefold() not in names]
    listed = [
        (each.name, each.title, each.room, f"{each.until:%d/%m/%Y}" if each.until else "")
        for each in (*here, *gone)
    ]
    chosen, criteria = _form_of(office, year)
    charged = None
    if criteria is not None:
        found = duties(office, chosen)
        charged = [
            (leaf.code, leaf.title, *_named(found.get(leaf.id))) for leaf in criteria.leaves() if leaf.inputs
        ]
    with new_file(target) as file:
        write_people(file, listed, charged)


def _named(to: Assignee | None) -> tuple[str, str]:
    if to is None:
        return "", ""
    return (to.person.name, "") if to.person else ("", to.room)


def _form_of(office: Office, year: str | None) -> tuple[str, CriteriaSet | None]:
    """The year and the set of this office's form; nothing where it has none (yet)."""
    try:
        form = open_form(office, year)
    except UserError:
        return "", None
    return form.year, form.criteria


def _listed(here: list[Person], lines: Iterable[Line], faults: list[Message]) -> Iterator[ListedPerson]:
    """The people of the spreadsheet beside those who work here; appends what is wrong to `faults`.

    Somebody may have left and come again, so rows with a last day count once, and only where no row says that the
    person works here.
    """
    lines = tuple(lines)
    known = {each.name.casefold(): each for each in here}
    stay = {line.values.get("name", "").casefold() for line in lines if not line.values.get("until")}
    seen: dict[str, str] = {}
    for line in lines:
        name = line.values.get("name", "")
        if not name:
            faults.append(line.fault("name", Message("people.cell_name_missing", "The name is missing.")))
            continue
        new = NewPerson(name, line.values.get("title", ""), line.values.get("room", ""))
        former = known.get(name.casefold())
        if line.values.get("until"):
            leaves = former is not None and name.casefold() not in stay
            stay.add(name.casefold())
            yield ListedPerson(new, Happens.ENDED if leaves else Happens.NOTHING, former)
            continue
        first = seen.setdefault(name.casefold(), line.places["name"].cell)
        if first != line.places["name"].cell:
            values = {"name": name, "cell": first}
            twice = Message("people.cell_twice", "“{name}” stands in cell {cell} too.", values)
            faults.append(line.fault("name", twice))
        yield _beside(new, former)


def _beside(new: NewPerson, former: Person | None) -> ListedPerson:
    if former is None:
        return ListedPerson(new, Happens.ADDED, None)
    if (new.name, new.title, new.room) == (former.name, former.title, former.room):
        return ListedPerson(new, Happens.NOTHING, former)
    return ListedPerson(new, Happens.CHANGED, former)


def _charged(
    criteria: CriteriaSet | None, names: Iterable[str], lines: Iterable[Line], faults: list[Message]
) -> Iterator[ListedDuty]:
    """The duties of the spreadsheet; appends what is wrong to `faults`."""
    known = {name.casefold(): name for name in names}
    seen: dict[str, str] = {}
    for line in lines:
        found = _duty(criteria, known, line)
        if isinstance(found, Message):
            faults.append(found)
            continue
        first = seen.setdefault(found.criterion.id, line.places["code"].cell)
        if first != line.places["code"].cell:
            values = {"code": found.criterion.code, "cell": first}
            faults.append(line.fault("code", Message("units.code_twice", _TWICE, values)))
        yield found


_TWICE = msgid("The code {code} stands in cell {cell} too.")


def _duty(criteria: CriteriaSet | None, known: Mapping[str, str], line: Line) -> ListedDuty | Message:
    """What a row says, or what is wrong with it."""
    person, room = line.values.get("person", ""), line.values.get("room", "")
    if criteria is None:
        said = msgid("This office has no form to be filled in, so nobody can be in charge of a part of it.")
        return line.fault("code", Message("people.no_form", said))
    try:
        criterion = criteria.by_code(line.values.get("code", ""))
    except CriterionUnknown as fault:
        return line.fault("code", fault.message)
    if criterion.children or not fillable(criterion):
        said = msgid("{code} is not filled in: it is a heading, or not self-scored.")
        return line.fault("code", Message("people.not_filled_in", said, {"code": criterion.code}))
    if person and room:
        said = msgid("A person or a room is in charge, not both; leave one of the two cells empty.")
        return line.fault("person", Message("people.person_and_room", said))
    if person and person.casefold() not in known:
        said = msgid("“{name}” is not on the staff list.")
        return line.fault("person", Message("people.not_listed", said, {"name": person}))
    return ListedDuty(criterion, room or known.get(person.casefold(), ""), bool(room))


def _after(listed: ListedDuty) -> tuple[str, str]:
    """Who is in charge once it is taken over, as `before` says it."""
    return ("", listed.to) if listed.is_room else (listed.to, "")
