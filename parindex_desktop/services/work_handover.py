"""Bàn giao công việc: an officer leaves; duties, key and open items pass to another one, with minutes on paper."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

from parindex_desktop.domain.errors import MachineError, ParIndexError, UsageError
from parindex_desktop.domain.messages import msgid
from parindex_desktop.domain.people import LONGEST_NAME
from parindex_desktop.services import people, reporting
from parindex_desktop.services.files import FileNotWritten, new_file, write_whole
from parindex_desktop.services.paper_texts import TEXTS
from parindex_desktop.services.passphrases import changing
from parindex_desktop.services.work_minutes import draw_up

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from db.database import Session
    from parindex_desktop.domain.people import Person
    from parindex_desktop.domain.work_minutes import Minutes
    from parindex_desktop.services.homes import Office
    from parindex_desktop.services.passphrases import NewPassphrase

    _Deciding = AbstractContextManager[Callable[[Session], None] | None]


class HandedToOneself(UsageError):
    """Nothing passes from one to the other."""

    code = "work.same_person"
    template = msgid("“{name}” cannot take over from themselves. Nothing was changed; choose two people.")


class MinutesElsewhere(MachineError):
    """The work has passed on, but its minutes could not get the name that was chosen."""

    code = "work.minutes_elsewhere"
    template = msgid(
        "The work was passed on, but the minutes could not be put in place as “{name}” ({reason}). They are in "
        "{place}: print that file and have it signed."
    )


class MinutesLost(MachineError):
    """The work has passed on, and its minutes could be written nowhere."""

    code = "work.minutes_lost"
    template = msgid(
        "The work was passed on, but its minutes could not be written ({reason}), neither as “{name}” nor in the "
        "folder of the data. Write the minutes by hand; the journal has what was passed on."
    )


def hand_over_work(
    office: Office,
    giver: Person,
    taker: Person,
    target: Path,
    passphrase: NewPassphrase | None,
    note: str = "",
) -> Minutes:
    """Pass the duties of `giver` on, end them on the staff list, and write the minutes (PDF) to `target`.

    With `passphrase` the key of the machine gets another one. All of it is decided by one commit: before it nothing has
    happened, after it only names of files are changed. Of a machine that dies right then the next opening finishes the
    keys; the minutes alone may lack.

    Raises `HandedToOneself`, `FormatUnknown`, `TextTooLong`, `PersonUnknown`, `FileNotWritten`, what
    `change_passphrase` names, and `MinutesElsewhere` or `MinutesLost` where the work has passed on all the same.
    """
    if giver.id == taker.id:
        raise HandedToOneself(name=giver.name[:LONGEST_NAME])
    if target.suffix.lower() != ".pdf":
        raise reporting.FormatUnknown(name=target.name, endings=".pdf")
    minutes = draw_up(office, giver, taker, changed=passphrase is not None, note=note)
    secret: _Deciding = changing(office, passphrase) if passphrase else nullcontext()
    with secret as decide:
        paper = b""
        try:
            with new_file(target) as file:
                _print(office, minutes, file)
                printed = file.read_bytes()
                _commit(office, minutes, target.name, decide)
                paper = printed
        except FileNotWritten as fault:
            if not paper:  # nothing is committed
                raise
            raise _kept_at_home(office, target.name, paper, fault) from fault
    return minutes


def _commit(office: Office, minutes: Minutes, name: str, decide: Callable[[Session], None] | None) -> None:
    giver, taker = minutes.giver, minutes.taker
    with office.begin() as session:
        people.end_in(session, office, giver, taker)
        if decide is not None:
            decide(session)
        office.write(session, "work.handed_over", {"giver": giver.words, "taker": taker.words, "file": name})
    if office.person is not None and office.person.id == giver.id:
        office.person = None  # nobody works under the name of who has left


def _kept_at_home(office: Office, name: str, paper: bytes, fault: FileNotWritten) -> ParIndexError:
    """Keep minutes beside the data that could not be put where they belong, for example in a file that is open."""
    reason, place = fault.values["reason"], office.home / name
    try:
        write_whole(place, paper)
    except FileNotWritten:
        return MinutesLost(name=name, reason=reason)
    return MinutesElsewhere(name=name, reason=reason, place=str(place))


def _print(office: Office, minutes: Minutes, target: Path) -> None:
    # ReportLab takes a tenth of a second to import: only where something is printed.
    from exports.reports.layout import Letterhead, Signature  # noqa: PLC0415
    from exports.reports.work_minutes import write_work_minutes  # noqa: PLC0415

    texts = dict.fromkeys(TEXTS, "") | {"office": office.record.name} | reporting.texts_of(office)
    _, dash, rest = texts["symbol"].partition("-")
    symbol = f"/BB{dash}{rest}"
    head = Letterhead(texts["superior"], texts["office"], symbol, texts["place"], f"{minutes.on:%Y}")
    signature = Signature(texts["authority"], texts["title"], texts["signer"], ())
    write_work_minutes(target, minutes, head, signature)
