"""What passes on when an officer leaves, and what is still open, year by year: looked at before, and in the minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db import people as kept
from parindex_desktop.domain.errors import UserError
from parindex_desktop.domain.text import clean
from parindex_desktop.domain.units import Level
from parindex_desktop.domain.work_minutes import Item, Minutes, Open, WorkOfYear
from parindex_desktop.services import handing_over, kits, people
from parindex_desktop.services.differences import differences, own_differences
from parindex_desktop.services.duties import duties
from parindex_desktop.services.enrolling import spoken_key
from parindex_desktop.services.filling import open_form
from parindex_desktop.services.key_copies import last_copy
from parindex_desktop.services.settling_kits import kit_differences
from resources.language import day_of

if TYPE_CHECKING:
    from parindex_desktop.domain.assessments import Sheet
    from parindex_desktop.domain.people import Person
    from parindex_desktop.services.differences import Difference
    from parindex_desktop.services.filling import Form
    from parindex_desktop.services.homes import Office

LONGEST_NOTE = 4000


def draw_up(office: Office, giver: Person, taker: Person, *, changed: bool, note: str = "") -> Minutes:
    """What the minutes would say; changes nothing. Raises `PersonUnknown` or `TextTooLong`."""
    for each in (giver, taker):
        if not any(each.id == other.id for other in people.at_work(office)):
            raise people.PersonUnknown(name=each.name)
    copied = last_copy(office)
    provincial = office.level is Level.PROVINCE
    return Minutes(
        on=day_of(office.clock()),
        giver=giver,
        taker=taker,
        years=work_of(office, giver),
        unsettled=_at_the_province(office) if provincial else (),
        kits=kits.made(office) if provincial else None,
        key_code=spoken_key(office),
        copied=(copied.at, copied.folder) if copied else None,
        changed=changed,
        note=clean(note, LONGEST_NOTE),
    )


def work_of(office: Office, giver: Person) -> tuple[WorkOfYear, ...]:
    """The work of each year that passes on with `giver` or is not done yet, the oldest first.

    The year in hand is always among them. An office without a form has none.
    """
    try:
        in_hand = open_form(office)
    except UserError:
        return ()
    with office.read() as session:
        years = kept.years_of(session, giver) | set(in_hand.kit.periods)
    found = []
    for year in sorted(years):
        form = in_hand if year == in_hand.year else _form(office, year)
        work = _work(office, giver, form) if form else None
        if work is not None and (work.is_work or year == in_hand.year):
            found.append(work)
    return tuple(found)


def _form(office: Office, year: str) -> Form | None:
    """The form of `year`; None where the office is not assessed in it."""
    try:
        return open_form(office, year)
    except UserError:
        return None


def _work(office: Office, giver: Person, form: Form) -> WorkOfYear:
    charged = duties(office, form.year)
    left_alone = not any(
        each.id != giver.id and each.room.casefold() == giver.room.casefold()
        for each in people.at_work(office)
    )
    begun = bool(form.series.state())
    passed_on, others, unattended = [], [], []
    for sheet in form.assessment.sheets.values():
        to = charged.get(sheet.criterion.id)
        if to is not None and to.person is not None and to.includes(giver):
            passed_on.append(_item(sheet))
            continue
        if begun and sheet.needs and (to is None or to.includes(giver)):
            others.append(_item(sheet))
        if left_alone and to is not None and to.includes(giver):
            unattended.append(_item(sheet))
    return WorkOfYear(
        form.year,
        tuple(passed_on),
        tuple(others),
        tuple(Open(_named(each), each.part) for each in own_differences(office, form.year)),
        tuple(handing_over.made(office, form)),
        handing_over.how_far(form),
        begun,
        handing_over.handed_over(form),
        tuple(unattended),
        giver.room,
    )


def _item(sheet: Sheet) -> Item:
    criterion = sheet.criterion
    return Item(criterion.code, criterion.title, sheet.outcome.points, criterion.maximum, sheet.needs)


def _at_the_province(office: Office) -> tuple[Open, ...]:
    """What differs in the forms of the units, of every year, and between kits."""
    found = [*differences(office), *kit_differences(office)]
    return tuple(
        Open(" – ".join(filter(None, (each.period, each.unit_name, _named(each)))), each.part)
        for each in found
    )


def _named(each: Difference) -> str:
    return f"{each.criterion.code} {each.criterion.title}" if each.criterion else ""
