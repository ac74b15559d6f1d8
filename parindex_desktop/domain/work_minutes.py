"""What the minutes say when an officer passes the work on (biên bản bàn giao công việc)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal

    from parindex_desktop.domain.messages import Message
    from parindex_desktop.domain.needs import Need
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
class Minutes:
    """`year` is empty where the office has no form.

    `passed_on` are the criteria that the giver was in charge of; `others` lack something, and nobody else is in charge.
    `copied` is when and into which folder the keys were last copied; `changed` tells that the key of the machine has
    another passphrase since.
    """

    on: date
    year: str
    giver: Person
    taker: Person
    passed_on: tuple[Item, ...]
    others: tuple[Item, ...]
    unsettled: tuple[Open, ...]
    made: tuple[Made, ...]
    kits: bool
    key_code: str
    copied: tuple[datetime, str] | None
    changed: bool
    note: str
