"""Bàn giao công việc: an officer leaves; duties, key and open items pass to another one, with minutes on paper."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db import revisions as kept
from parindex_desktop.domain.errors import UsageError, UserError
from parindex_desktop.domain.messages import msgid
from parindex_desktop.domain.people import LONGEST_NAME
from parindex_desktop.domain.revisions import content_code
from parindex_desktop.domain.text import clean
from parindex_desktop.domain.units import Level
from parindex_desktop.domain.work_minutes import Item, Made, Minutes, Open
from parindex_desktop.services import paper_texts, people, reporting
from parindex_desktop.services.differences import differences
from parindex_desktop.services.duties import duties
from parindex_desktop.services.enrolling import spoken_key
from parindex_desktop.services.files import new_file
from parindex_desktop.services.filling import open_form
from parindex_desktop.services.handing_over import history
from parindex_desktop.services.key_copies import last_copy
from parindex_desktop.services.passphrases import changing, journal_change
from parindex_desktop.services.register import kit_series
from parindex_desktop.services.settling_kits import kit_differences
from resources.language import day_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from parindex_desktop.domain.assessments import Sheet
    from parindex_desktop.domain.people import Person
    from parindex_desktop.services.filling import Form
    from parindex_desktop.services.homes import Office

LONGEST_NOTE = 4000


class HandedToOneself(UsageError):
    """Nothing passes from one to the other."""

    code = "work.same_person"
    template = msgid("“{name}” cannot take over from themselves. Nothing was changed; choose two people.")


@dataclass(frozen=True, slots=True)
class NewPassphrase:
    """The present passphrase of the key, and the one that only the taker knows."""

    old: str
    new: str


def hand_over_work(
    office: Office,
    giver: Person,
    taker: Person,
    target: Path,
    passphrase: NewPassphrase | None,
    note: str = "",
) -> Minutes:
    """Pass the duties of `giver` on, end them on the staff list, and write the minutes (PDF) to `target`.

    With `passphrase` the key of the machine gets another one. All of it happens, or nothing; a machine that dies in
    between may have changed the passphrase alone.

    Raises `HandedToOneself`, `FormatUnknown`, `TextTooLong`, `PersonUnknown`, `FileNotWritten`, and what
    `change_passphrase` names.
    """
    if giver.id == taker.id:
        raise HandedToOneself(name=giver.name[:LONGEST_NAME])
    if target.suffix.lower() != ".pdf":
        raise reporting.FormatUnknown(name=target.name, endings=".pdf")
    minutes = draw_up(office, giver, taker, changed=passphrase is not None, note=note)
    secret = changing(office, passphrase.old, passphrase.new) if passphrase else nullcontext()
    with secret, office.begin() as session:
        people.end_in(session, office, giver, taker)
        if passphrase:
            journal_change(session, office)
        office.write(
            session,
            "work.handed_over",
            {"giver": giver.words, "taker": taker.words, "file": target.name},
        )
        with new_file(target) as file:
            _print(office, minutes, file)
    people.refresh_person(office)
    return minutes


def draw_up(office: Office, giver: Person, taker: Person, *, changed: bool, note: str = "") -> Minutes:
    """What the minutes would say; changes nothing. Raises `PersonUnknown` or `TextTooLong`."""
    for each in (giver, taker):
        if not any(each.id == other.id for other in people.at_work(office)):
            raise people.PersonUnknown(name=each.name)
    form = _form(office)
    passed_on, others = _items(office, giver, form) if form else ((), ())
    copied = last_copy(office)
    return Minutes(
        on=day_of(office.clock()),
        year=form.year if form else "",
        giver=giver,
        taker=taker,
        passed_on=tuple(passed_on),
        others=tuple(others),
        unsettled=tuple(_unsettled(office, form)),
        made=tuple(_made(office, form)),
        kits=office.level is Level.PROVINCE,
        key_code=spoken_key(office),
        copied=(copied.at, copied.folder) if copied else None,
        changed=changed,
        note=clean(note, LONGEST_NOTE),
    )


def _form(office: Office) -> Form | None:
    """The form of this office; None where it has none (yet)."""
    try:
        return open_form(office)
    except UserError:
        return None


def _items(office: Office, giver: Person, form: Form) -> tuple[list[Item], list[Item]]:
    """What `giver` is in charge of, and what lacks something besides, of their room or of nobody."""
    charged = duties(office, form.year)
    passed_on, others = [], []
    for sheet in form.assessment.sheets.values():
        to = charged.get(sheet.criterion.id)
        if to is not None and to.person is not None and to.includes(giver):
            passed_on.append(_item(sheet))
        elif sheet.needs and (to is None or to.includes(giver)):
            others.append(_item(sheet))
    return passed_on, others


def _item(sheet: Sheet) -> Item:
    criterion = sheet.criterion
    return Item(criterion.code, criterion.title, sheet.outcome.points, criterion.maximum, sheet.needs)


def _unsettled(office: Office, form: Form | None) -> Iterator[Open]:
    if office.level is not Level.PROVINCE and form is None:
        return
    found = differences(office, form.year if form else office.record.period)
    if office.level is Level.PROVINCE:
        found += kit_differences(office)
    for each in found:
        named = f"{each.criterion.code} {each.criterion.title}" if each.criterion else ""
        where = named if form else " – ".join(filter(None, (each.unit_name, named)))
        yield Open(where, each.part)


def _made(office: Office, form: Form | None) -> Iterator[Made]:
    """The hand-overs of this office, or the kits of the province; the newest first."""
    if form is not None:
        for past in history(office, form):
            if not past.draft:
                yield Made(past.sequence, past.claimed, content_code(past.digest))
        return
    if office.level is Level.PROVINCE:
        with office.read() as session:
            opened = kit_series(session, office)
            held = opened.held if opened else {}
            for digest, kit in sorted(held.items(), key=lambda each: -each[1].sequence):
                yield Made(kit.sequence, kept.claimed_time(session, digest), content_code(digest))


def _print(office: Office, minutes: Minutes, target: Path) -> None:
    # ReportLab takes a tenth of a second to import: only where something is printed.
    from exports.reports.layout import Letterhead, Signature  # noqa: PLC0415
    from exports.reports.work_minutes import write_work_minutes  # noqa: PLC0415

    texts = _texts(office)
    _, dash, rest = texts["symbol"].partition("-")
    symbol = f"/BB{dash}{rest}"
    head = Letterhead(texts["superior"], texts["office"], symbol, texts["place"], f"{minutes.on:%Y}")
    signature = Signature(texts["authority"], texts["title"], texts["signer"], ())
    write_work_minutes(target, minutes, head, signature)


def _texts(office: Office) -> dict[str, str]:
    """What stands on this office's papers."""
    if office.level is Level.PROVINCE:
        return paper_texts.paper_texts(office)
    form = _form(office)
    if form is None:
        return dict.fromkeys(paper_texts.TEXTS, "") | {"office": office.record.name}
    return {name: reporting.report_text(office, form.assessment, name) for name in paper_texts.TEXTS}
