"""The staff list of this machine: who works here, and as whom the journal knows who works now.

The PIN keeps an officer from taking a colleague's name by mistake. It keeps nobody out: whoever has the machine has
the data.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import unicodedata
import uuid
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from db import people as kept
from db.office import put_setting
from exports.signing.keys import PassphraseUnusable, WrongPassphrase
from parindex_desktop.domain.errors import UsageError, UserError
from parindex_desktop.domain.messages import msgid
from parindex_desktop.domain.people import LONGEST_NAME, LONGEST_ROOM, LONGEST_TITLE, Person
from parindex_desktop.domain.text import folded, one_line, sort_key
from parindex_desktop.services.sealing import check_passphrase
from resources.language import day_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from db.database import Session
    from parindex_desktop.services.homes import Office

SHORTEST_PIN: Final = 4
_SALT: Final = 16
_LAST: Final = "people.last"
"""The setting that holds the id of who sat down at the machine last."""


class PersonNameMissing(UsageError):
    """Everybody has a name."""

    code = "people.name_missing"
    template = msgid("The name is missing. Nothing was changed; write the full name.")


class NameTaken(UserError):
    """Two people would be told apart by nothing."""

    code = "people.name_taken"
    template = msgid(
        "“{name}” is on the staff list already. Nothing was changed; add what tells the two apart, for example "
        "“{name} (Địa chính)”."
    )


class PersonUnknown(UsageError):
    """Nobody of that name works here."""

    code = "people.unknown"
    template = msgid(
        "Nobody called “{name}” works here by the staff list. Nothing was done; look at the list again."
    )


class NobodySaid(UsageError):
    """Who works here is not known."""

    code = "people.nobody_said"
    template = msgid(
        "This machine has a staff list, and what is done is recorded with a name of it. Nothing was done; give --as "
        "(or the environment variable PARINDEX_PERSON) with one of: {names}."
    )


class PinWrong(UserError):
    """Neither the PIN nor what may stand in its place."""

    code = "people.pin_wrong"
    template = msgid(
        "This is not the PIN of “{name}”. Nothing was changed; type it again. Whoever has the passphrase of the "
        "office's key can set a new PIN."
    )


class PinTooShort(UsageError):
    """Too short to keep anybody from a mistake."""

    code = "people.pin_too_short"
    template = msgid(
        "The PIN has fewer than {shortest} characters. Nothing was changed; choose a longer one."
    )


@dataclass(frozen=True, slots=True)
class NewPerson:
    """What is entered of somebody."""

    name: str
    title: str = ""
    room: str = ""

    def cleaned(self) -> NewPerson:
        """The same as it is kept; raises `PersonNameMissing` or `TextTooLong`."""
        name = one_line(self.name, LONGEST_NAME)
        if not name:
            raise PersonNameMissing
        return NewPerson(name, one_line(self.title, LONGEST_TITLE), one_line(self.room, LONGEST_ROOM))


def people(office: Office) -> list[Person]:
    """Everybody on the list: those who work here by the Vietnamese alphabet, then those who have left."""
    with office.read() as session:
        return _in_order(kept.people(session))


def at_work(office: Office) -> list[Person]:
    """Those who work here."""
    return [each for each in people(office) if each.until is None]


def at_work_in(session: Session) -> list[Person]:
    """The same within a transaction, in no order."""
    return [each for each in kept.people(session) if each.until is None]


def check_said(office: Office) -> None:
    """Make sure that it is known who works here, where the office keeps a staff list. Raises `NobodySaid`."""
    here = at_work(office)
    if here and office.person is None:
        raise NobodySaid(names=[each.name for each in here])


def rooms(office: Office) -> list[str]:
    """The rooms in which somebody works, each once."""
    found = {each.room.casefold(): each.room for each in at_work(office) if each.room}
    return sorted(found.values(), key=sort_key)


def find(office: Office, name: str) -> Person:
    """Who works here under that name; without its accents where that means one person. Raises `PersonUnknown`."""
    return find_among(at_work(office), name)


def has_left(office: Office, name: str) -> bool:
    """Whether somebody of that name worked here and does no more."""
    wanted = folded(one_line(name))
    return any(each.until is not None and folded(each.name) == wanted for each in people(office))


def find_among(listed: Iterable[Person], name: str) -> Person:
    """The same among these."""
    wanted = one_line(name)
    listed = list(listed)
    for same in (str.casefold, folded):
        found = [each for each in listed if same(each.name) == same(wanted)]
        if len(found) == 1:
            return found[0]
    raise PersonUnknown(name=wanted[:LONGEST_NAME])


def add(office: Office, new: NewPerson) -> Person:
    """Put somebody on the list. Raises `PersonNameMissing`, `NameTaken` or `TextTooLong`."""
    with office.begin() as session:
        return add_in(session, office, new)


def add_in(session: Session, office: Office, new: NewPerson) -> Person:
    """The same within a transaction."""
    new = new.cleaned()
    _check_name(session, new.name)
    person = Person(str(uuid.uuid4()), new.name, new.title, new.room, day_of(office.clock()))
    kept.put_person(session, person)
    office.write(session, "people.added", {"name": new.name, "title": new.title, "room": new.room})
    return person


def change(office: Office, person: Person, new: NewPerson) -> Person:
    """Write name, title and room anew. Raises as `add`, and `PersonUnknown` for who has left."""
    with office.begin() as session:
        changed = change_in(session, office, person, new)
    refresh_person(office)
    return changed


def change_in(session: Session, office: Office, person: Person, new: NewPerson) -> Person:
    """The same within a transaction."""
    new, person = new.cleaned(), _still_here(session, person)
    _check_name(session, new.name, person)
    changed = replace(person, name=new.name, title=new.title, room=new.room)
    if changed != person:
        kept.put_person(session, changed)
        details = {"name": new.name, "title": new.title, "room": new.room, "before": person.words}
        office.write(session, "people.changed", dict(details))
    return changed


def end(office: Office, person: Person) -> None:
    """Somebody has left: no longer offered, in charge of nothing. What the journal says of them stays.

    Raises `PersonUnknown` for who has left before.
    """
    with office.begin() as session:
        end_in(session, office, person, None)
    refresh_person(office)


def end_in(session: Session, office: Office, person: Person, taker: Person | None) -> None:
    """The same within a transaction; `taker` is in charge of everything from now on."""
    person = _still_here(session, person)
    kept.pass_duties_on(session, person, taker)
    kept.put_pin(session, person, None)
    kept.put_person(session, replace(person, until=day_of(office.clock())))
    office.write(session, "people.ended", {"name": person.words, "taker": taker.words if taker else None})


def set_pin(office: Office, person: Person, pin: str, proof: str = "") -> None:
    """Set the PIN of somebody; the empty one takes it away.

    Where there is one already, `proof` is that PIN, or the passphrase of the office's key.
    Raises `PinTooShort`, `PinWrong` or `PersonUnknown`.
    """
    typed = _typed(pin)
    if typed and len(typed) < SHORTEST_PIN:
        raise PinTooShort(shortest=SHORTEST_PIN)
    with office.read() as session:
        before = kept.pin(session, _still_here(session, person))
    if before is not None and not _fits(before, proof) and not _opens_key(office, proof):
        raise PinWrong(name=person.name)
    salt = secrets.token_bytes(_SALT)
    with office.begin() as session:
        kept.put_pin(session, _still_here(session, person), salt + _hash(typed, salt) if typed else None)
        office.write(session, "people.pin", {"name": person.words, "set": "yes" if typed else "no"})


def identify(office: Office, person: Person, pin: str = "") -> None:
    """Let the journal know `person` as who works here. Raises `PinWrong` or `PersonUnknown`."""
    with office.read() as session:
        person = _still_here(session, person)
        before = kept.pin(session, person)
    if before is not None and not _fits(before, pin):
        raise PinWrong(name=person.name)
    office.person = person


def work_as(office: Office, person: Person, pin: str = "") -> None:
    """The same, told in the journal: who sits down at the machine. Raises as `identify`."""
    former, before = office.person, office.actor
    identify(office, person, pin)
    try:
        with office.begin() as session:
            put_setting(session, _LAST, person.id)
            office.write(session, "people.works", {"before": before})
    except BaseException:
        office.person = former
        raise


def worked_last(office: Office) -> Person | None:
    """Who sat down at this machine last, if they still work here."""
    last = office.setting(_LAST)
    return next((each for each in at_work(office) if each.id == last), None)


def refresh_person(office: Office) -> None:
    """Know who works here as the list has them now; nobody works under the name of who has left."""
    if office.person is not None:
        with office.read() as session:
            own = office.person.id
            office.person = next((each for each in at_work_in(session) if each.id == own), None)


def _in_order(listed: Iterable[Person]) -> list[Person]:
    return sorted(listed, key=lambda each: (each.until is not None, _given_name_first(each.name), each.id))


def _given_name_first(name: str) -> tuple[object, object]:
    """Lists of people go by the given name, which stands last, then by the whole name."""
    return sort_key(name.rpartition(" ")[2]), sort_key(name)


def _check_name(session: Session, name: str, but: Person | None = None) -> None:
    for each in at_work_in(session):
        if each.name.casefold() == name.casefold() and (but is None or each.id != but.id):
            raise NameTaken(name=name)


def _still_here(session: Session, person: Person) -> Person:
    """The person as the list has them now."""
    found = next((each for each in at_work_in(session) if each.id == person.id), None)
    if found is None:
        raise PersonUnknown(name=person.name)
    return found


def _typed(pin: str) -> str:
    # Unikey types the same word in several Unicode forms.
    return unicodedata.normalize("NFC", pin)


def _hash(pin: str, salt: bytes) -> bytes:
    return hashlib.scrypt(pin.encode("utf-8", "replace"), salt=salt, n=2**14, r=8, p=1, dklen=32)


def _fits(before: bytes, pin: str) -> bool:
    salt, wanted = before[:_SALT], before[_SALT:]
    return hmac.compare_digest(_hash(_typed(pin), salt), wanted)


def _opens_key(office: Office, passphrase: str) -> bool:
    try:
        check_passphrase(office, passphrase)
    except (WrongPassphrase, PassphraseUnusable):
        return False
    return True
