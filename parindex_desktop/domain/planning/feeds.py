"""Feeds: the figures that come of the records of a register, for a target of a plan or a criterion of the index."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from parindex_desktop.domain.calendars import Calendar

Record = Mapping[str, str]
"""A record's fields by name, in canonical form; what is not entered is absent."""

ENTRY_DAYS: Final = 5
"""Working days for publishing before, and entering after (kế hoạch 447/KH-UBND of Lai Châu, part III)."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What a feed gives: a `part` of a `whole`, or a count alone (`whole` None)."""

    part: Decimal
    whole: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a feed needs besides the records.

    `on` is the day on which it is asked: what is due later and not done is in no whole. `kept` is whether the office
    says that the register is complete, so that no record means none. `bodies` is how many there are to inspect.
    """

    on: date
    kept: bool = False
    bodies: int | None = None
    calendar: Calendar | None = None


Test = Callable[[Record], bool]
"""A question to one record."""
Feed = Callable[[Sequence[Record], Surroundings], Figures | None]
"""Gives None where the records say nothing yet."""


def share(counts: Test, of: Test = lambda _: True, *, done: str = "", due: str = "") -> Feed:
    """For how many of the records `of` which it is asked `counts`; those `due` later and not `done` are not."""

    def feed(records: Sequence[Record], around: Surroundings) -> Figures | None:
        today = around.on.isoformat()
        asked = [each for each in records if of(each) and (done in each or each.get(due, "") <= today)]
        if not asked:
            return None
        return Figures(Decimal(sum(map(counts, asked))), Decimal(len(asked)))

    return feed


def sum_of(part: str, whole: str, of: Test = lambda _: True) -> Feed:
    """The sum of one field of the sum of another; None where no record names the whole."""

    def feed(records: Sequence[Record], _: Surroundings) -> Figures | None:
        asked = [record for record in records if of(record) and whole in record]
        if not asked:
            return None
        return Figures(_total(asked, part), _total(asked, whole))

    return feed


def count_of(of: Test = lambda _: True) -> Feed:
    """How many records there are; none only where the office says that the register is complete."""

    def feed(records: Sequence[Record], around: Surroundings) -> Figures | None:
        return Figures(Decimal(sum(map(of, records)))) if records or around.kept else None

    return feed


def field_is(name: str, value: str) -> Test:
    """Whether a field has that value."""
    return lambda record: record.get(name) == value


def has(name: str) -> Test:
    """Whether a field is filled in."""
    return lambda record: name in record


def says_yes(name: str) -> Test:
    """Whether a question was answered with yes."""
    return field_is(name, "yes")


def in_time(done: str, due: str) -> Test:
    """Whether it was done, and not after the day on which it was due, if any."""
    return lambda record: done in record and (due not in record or record[done] <= record[due])


def both(first: Test, second: Test) -> Test:
    """Whether both hold."""
    return lambda record: first(record) and second(record)


def either(first: Test, second: Test) -> Test:
    """Whether one of both holds, or both."""
    return lambda record: first(record) or second(record)


def inspected(kind: str) -> Feed:
    """Different bodies that were inspected, of all that there are to inspect."""

    def feed(records: Sequence[Record], around: Surroundings) -> Figures | None:
        if not around.bodies:
            return None
        bodies = {
            record["body"]
            for record in records
            if record.get("kind") == kind and "on" in record and "body" in record
        }
        return Figures(Decimal(len(bodies)), Decimal(around.bodies))

    return feed


def entered_in_time(records: Sequence[Record], around: Surroundings) -> Figures | None:
    """Published procedures that were entered in the national database within 5 working days of their signature."""
    asked = [record for record in records if "signed" in record]
    return _by_working_days(asked, around, _entered)


def published_in_time(records: Sequence[Record], around: Surroundings) -> Figures | None:
    """Decisions of publication signed at least 5 working days before the document is in force."""
    asked = [record for record in records if "in_force" in record]
    return _by_working_days(asked, around, _published)


def _entered(record: Record, calendar: Calendar) -> bool:
    last = calendar.after(date.fromisoformat(record["signed"]), ENTRY_DAYS)
    return "entered" in record and date.fromisoformat(record["entered"]) <= last


def _published(record: Record, calendar: Calendar) -> bool:
    last = calendar.before(date.fromisoformat(record["in_force"]), ENTRY_DAYS)
    return "signed" in record and date.fromisoformat(record["signed"]) <= last


def _by_working_days(
    asked: Sequence[Record], around: Surroundings, counts: Callable[[Record, Calendar], bool]
) -> Figures | None:
    calendar = around.calendar
    if not asked or calendar is None:
        return None
    return Figures(Decimal(sum(counts(record, calendar) for record in asked)), Decimal(len(asked)))


def _total(records: Sequence[Record], name: str) -> Decimal:
    return sum((Decimal(record.get(name, "0")) for record in records), Decimal(0))
