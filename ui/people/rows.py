"""How people and their duties stand in lists."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from parindex_desktop.domain.people import Assignee
from parindex_desktop.domain.text import folded
from parindex_desktop.services import people
from parindex_desktop.services.duties import fillable
from ui.form.wording import NOTHING, figure
from ui.language import tr
from ui.people.pick_list import Entry
from ui.widgets.cells import Column
from ui.widgets.dates import date_text
from ui.widgets.rows import Cell

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from parindex_desktop.domain.criteria import CriteriaSet, Criterion
    from parindex_desktop.domain.people import Person
    from parindex_desktop.services.homes import Office


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody on the list with the number of criteria that they alone are in charge of."""

    person: Person
    duties: int
    here: bool
    """Whether it is who works at this machine now."""


@dataclass(frozen=True, slots=True)
class Charged:
    """A criterion or heading, and who is in charge of what is filled in of it."""

    criterion: Criterion
    level: int
    to: tuple[Assignee | None, ...]


DUTIES: Final = 3
"""Column of the staff list with the number of duties."""


def about(person: Person) -> str:
    """Title and room."""
    return " · ".join(filter(None, (person.title, person.room)))


def choices(office: Office) -> list[Entry]:
    """Who can be put in charge: the people, the rooms, nobody."""
    here = people.at_work(office)
    entries = [Entry(Assignee(each), each.name, about(each)) for each in here]
    entries += [
        Entry(Assignee(room=room), room, tr("everybody in this room")) for room in people.rooms(office)
    ]
    return [*entries, Entry(None, tr("Nobody in particular"))]


def listed(office: Office, found: Mapping[str, Assignee]) -> list[Listed]:
    """Everybody on the list."""
    counts = Counter(to.person.id for to in found.values() if to.person)
    own = office.person.id if office.person else ""
    return [Listed(each, counts[each.id], each.id == own) for each in people.people(office)]


def staff_columns() -> list[tuple[str, Column]]:
    """Titles and widths of the staff list."""
    return [
        (tr("Full name"), Column(190, 3, least=140)),
        (tr("Room"), Column(130, 2, least=84)),
        (tr("PIN"), Column(52)),
        (tr("Duties"), Column(72, numeric=True)),
    ]


def staff_cells(row: Listed) -> Sequence[Cell]:
    """Somebody on the list."""
    person = row.person
    gone = person.until is not None
    left = tr("left on {day}", day=date_text(person.until)) if person.until else ""
    works = tr("works here now") if row.here else ""
    note = " · ".join(filter(None, (person.title, left, works)))
    return (
        Cell(person.name, note=note, strong=row.here, second=gone),
        Cell(person.room or NOTHING, second=True),
        Cell(tr("yes") if person.has_pin else NOTHING, second=True),
        Cell(figure(row.duties) if row.duties else NOTHING, second=not row.duties),
    )


def charged(criteria: CriteriaSet, found: Mapping[str, Assignee]) -> list[Charged]:
    """Every criterion that is filled in, and the headings above them, in printed order."""
    rows = []
    for criterion in criteria.walk():
        leaves = fillable(criterion)
        if leaves:
            to = tuple(found.get(leaf.id) for leaf in leaves)
            rows.append(Charged(criterion, 0 if criterion.children else 1, to))
    return rows


def duty_columns() -> list[tuple[str, Column]]:
    """Titles and widths of the list of duties."""
    return [
        (tr("Field / criterion"), Column(240, 3, least=150)),
        (tr("In charge"), Column(150, 2, least=110)),
    ]


def duty_cells(row: Charged) -> Sequence[Cell]:
    """A criterion and who is in charge of it."""
    heading = not row.level
    return (
        Cell(f"{row.criterion.code} {row.criterion.title}", strong=heading),
        Cell(in_charge(row), second=row.to[0] is None or heading),
    )


def in_charge(row: Charged) -> str:
    """Who it is; of a heading that several are in charge of, how many criteria have somebody."""
    first = row.to[0]
    if all(each == first for each in row.to):
        return first.name if first else NOTHING
    return tr("{done} of {all}", done=sum(each is not None for each in row.to), all=len(row.to))


def has_words(row: Charged, text: str) -> bool:
    """Whether a criterion, or who is in charge of it, has every word of `text`, however accented."""
    names = " ".join(each.name for each in row.to if each)
    said = folded(f"{row.criterion.code} {row.criterion.title} {names}")
    return all(word in said for word in folded(text).split())
