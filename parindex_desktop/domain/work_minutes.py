"""What the minutes say when an officer passes the work on (biên bản bàn giao công việc)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.domain.needs import Need

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal

    from parindex_desktop.domain.people import Person


@dataclass(frozen=True, slots=True)
class Item:
    """A criterion that is passed on: how many points it has as it stands, and what it still lacks."""

    code: str
    title: str
    points: Decimal | None
    maximum: Decimal
    needs: tuple[Need, ...]


@dataclass(frozen=True, slots=True)
class Open:
    """A difference that nobody has settled: at which criterion or unit, and what it is about."""

    where: str
    part: Message


@dataclass(frozen=True, slots=True)
class Made:
    """A hand-over, at the province a kit: its number, when it was signed, its content code."""

    number: int
    at: datetime | None
    code: str


@dataclass(frozen=True, slots=True)
class WorkOfYear:
    """The form of a year as it passes from hand to hand.

    `passed_on` are the criteria that the giver is in charge of; `others` lack something, and nobody else is in charge.
    `unattended` are those of the giver's `room` where nobody else works there: afterwards nobody is in charge of them.
    `standing` says how far the form is on its way out, `begun` whether anything was entered in it at all; `out` tells
    that it was handed over as it stands.
    """

    year: str
    passed_on: tuple[Item, ...]
    others: tuple[Item, ...]
    unsettled: tuple[Open, ...]
    made: tuple[Made, ...]
    standing: Message
    begun: bool
    out: bool
    unattended: tuple[Item, ...] = ()
    room: str = ""

    @property
    def lacking(self) -> tuple[Item, ...]:
        """What lacks something, of both."""
        return tuple(item for item in (*self.passed_on, *self.others) if item.needs)

    @property
    def unconfirmed(self) -> tuple[Item, ...]:
        """What was copied from the year before and nobody has confirmed yet."""
        return tuple(item for item in self.lacking if Need.UNCONFIRMED in item.needs)

    @property
    def is_work(self) -> bool:
        """Whether something of it passes on, or is still to be done."""
        return bool(self.passed_on or self.unattended or (self.begun and not self.out) or self.unsettled)

    @property
    def words(self) -> Message:
        """All of it in one sentence."""
        parts = (
            (self.passed_on, msgid("{count} criteria pass on")),
            (self.lacking, msgid("{count} lack something")),
            (self.unconfirmed, msgid("{count} not confirmed yet")),
            (self.unsettled, msgid("{count} figures to be settled")),
        )
        said = [Message("work.part", template, {"count": len(found)}) for found, template in parts if found]
        return Message(
            "work.year", "Year {year}: {parts}.", {"year": self.year, "parts": (*said, self.standing)}
        )

    @property
    def warning(self) -> Message | None:
        """Which criteria nobody is in charge of once the giver has left, as nobody else works in the room."""
        if not self.unattended:
            return None
        codes = tuple(item.code for item in self.unattended)
        values = {"year": self.year, "room": self.room, "criteria": codes}
        return Message("work.unattended", _UNATTENDED, values)


_UNATTENDED: Final = msgid(
    "Year {year}: nobody else works in the room “{room}”, so nobody is in charge of its criteria any more: {criteria}. "
    "Assign them anew."
)


@dataclass(frozen=True, slots=True)
class Minutes:
    """What is passed on, year by year; the province has no form, but `kits` and figures that are not settled yet.

    `copied` is when and into which folder the keys were last copied; `changed` tells that the key of the machine has
    another passphrase since.
    """

    on: date
    giver: Person
    taker: Person
    years: tuple[WorkOfYear, ...]
    unsettled: tuple[Open, ...]
    kits: tuple[Made, ...] | None
    key_code: str
    copied: tuple[datetime, str] | None
    changed: bool
    note: str
