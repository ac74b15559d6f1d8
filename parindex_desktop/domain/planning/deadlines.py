"""When a task of a plan is due, in the eight ways in which plans say so, and after an event.

A plan says a deadline once, for every year that it runs: “trước 20/12 hàng năm”. What is asked for is the day in
one year, which for some ways somebody has to enter first: a day that a ministry sets, the day of an event.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, Self

from parindex_desktop.domain import strict
from parindex_desktop.domain.messages import Message, msgid

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parindex_desktop.domain.calendars import Calendar
    from parindex_desktop.domain.revisions import Value


class DeadlineKind(StrEnum):
    """How a plan says when a task is due; Y is the year in question."""

    ONGOING = "ongoing"
    """Throughout (thường xuyên): nothing is due, progress is told by period."""
    PREVIOUS_YEAR = "previous_year"
    """A day of Y-1."""
    IN_YEAR = "in_year"
    """A day of Y."""
    NEXT_YEAR = "next_year"
    """A day of Y+1."""
    WITHIN_YEAR = "within_year"
    """Any day of Y."""
    ABSOLUTE = "absolute"
    """One day for the whole plan."""
    FROM_YEAR = "from_year"
    """From a year on, without an end."""
    EXTERNAL = "external"
    """A day that another authority sets, entered when it is known."""
    AFTER_EVENT = "after_event"
    """So many days after an event, or before it; its day is entered when it has happened or is known."""

    @property
    def words(self) -> str:
        """What it is called, as a template of the catalogue."""
        return _WORDS[self]


_WORDS: Final = {
    DeadlineKind.ONGOING: msgid("Throughout the year"),
    DeadlineKind.PREVIOUS_YEAR: msgid("Day of the year before"),
    DeadlineKind.IN_YEAR: msgid("Day of the year"),
    DeadlineKind.NEXT_YEAR: msgid("Day of the next year"),
    DeadlineKind.WITHIN_YEAR: msgid("Within the year"),
    DeadlineKind.ABSOLUTE: msgid("One day for the whole plan"),
    DeadlineKind.FROM_YEAR: msgid("From a year on"),
    DeadlineKind.EXTERNAL: msgid("Set by another authority"),
    DeadlineKind.AFTER_EVENT: msgid("Days before or after an event"),
}
LONGEST_SOURCE: Final = 500
"""Characters of the paper in which a day stands."""

_ENTERED: Final = frozenset({"day", "source"})
_OFFSETS: Final = {DeadlineKind.PREVIOUS_YEAR: -1, DeadlineKind.IN_YEAR: 0, DeadlineKind.NEXT_YEAR: 1}


@dataclass(frozen=True, slots=True)
class Due:
    """The days in which something is to be done, both included; None is no bound.

    `awaited` says that the last day is still to be entered.
    """

    first: date | None = None
    last: date | None = None
    awaited: bool = False


@dataclass(frozen=True, slots=True)
class Deadline:
    """When a task is due; `text` is how the plan says it, and what is printed.

    `day` is month and day (12-20) of the kinds of a year, `on` the day of an absolute one, `year` that from which the
    task runs. `days` count from the day of the `event`, below zero before it; working days where `working`. `before`
    says that the plan writes “trước”: whether the day itself is in time is a choice of the plan (`day_itself`).
    """

    kind: DeadlineKind
    text: str
    day: tuple[int, int] | None = None
    on: date | None = None
    year: int | None = None
    event: str = ""
    days: int = 0
    working: bool = False
    before: bool = False

    @classmethod
    def read(cls, tree: Mapping[str, Any]) -> Self:
        """From the tree of a task in a plan's file."""
        month_and_day = tree.get("day")
        return cls(
            DeadlineKind(tree["kind"]),
            tree["text"],
            day=(int(month_and_day[:2]), int(month_and_day[3:])) if month_and_day else None,
            on=date.fromisoformat(tree["on"]) if "on" in tree else None,
            year=tree.get("year"),
            event=tree.get("event", ""),
            days=tree.get("days", 0),
            working=tree.get("days_are") == "working",
            before=tree.get("says") == "before",
        )

    def due(
        self,
        year: int,
        *,
        day_itself: bool = True,
        entered: date | None = None,
        calendar: Calendar | None = None,
    ) -> Due | None:
        """When it is due in `year`; None where nothing of it is to be done then.

        `entered` is the day that was entered for an external deadline or an event. Raises `HolidaysUnknown` where
        working days run into a year that the `calendar` does not know.
        """
        begin, end = date(year, 1, 1), date(year, 12, 31)
        match self.kind:
            case DeadlineKind.ONGOING | DeadlineKind.WITHIN_YEAR:
                return Due(begin, end if self.kind is DeadlineKind.WITHIN_YEAR else None)
            case DeadlineKind.PREVIOUS_YEAR | DeadlineKind.IN_YEAR | DeadlineKind.NEXT_YEAR:
                assert self.day is not None, (
                    "a plan with a deadline without its day was refused by its reader"
                )
                return Due(
                    last=self._in_time(_day_of(year + _OFFSETS[self.kind], *self.day), day_itself=day_itself)
                )
            case DeadlineKind.ABSOLUTE:
                assert self.on is not None, "a plan with a deadline without its day was refused by its reader"
                return (
                    Due(last=self._in_time(self.on, day_itself=day_itself)) if self.on.year == year else None
                )
            case DeadlineKind.FROM_YEAR:
                assert self.year is not None, (
                    "a plan with a deadline without its year was refused by its reader"
                )
                return Due(begin) if self.year <= year else None
            case DeadlineKind.EXTERNAL:
                return Due(last=entered) if entered else Due(awaited=True)
            case DeadlineKind.AFTER_EVENT:
                return self._around(entered, calendar) if entered else Due(awaited=True)

    def _in_time(self, day: date, *, day_itself: bool) -> date:
        return day - timedelta(days=1) if self.before and not day_itself else day

    def _around(self, event: date, calendar: Calendar | None) -> Due:
        if not self.working:
            return Due(last=event + timedelta(days=self.days))
        assert calendar is not None, "working days are counted by a calendar"
        return Due(
            last=calendar.after(event, self.days) if self.days >= 0 else calendar.before(event, -self.days)
        )


@dataclass(frozen=True, slots=True)
class EnteredDay:
    """A day that a plan left open, and the paper in which it stands."""

    day: date
    source: str

    def entry(self) -> dict[str, Value]:
        """The value of its entry."""
        return {"day": self.day.isoformat(), "source": self.source}


def read_entered_day(value: Any) -> EnteredDay:
    """Read the value of the entry of such a day; raises ValueError."""
    said = strict.fields(value, _ENTERED)
    day = strict.day(said["day"])
    if day is None:
        raise ValueError("a day is missing")
    return EnteredDay(day, strict.text(said["source"], LONGEST_SOURCE))


def _day_of(year: int, month: int, day: int) -> date:
    """That day of the year; 29/2 is the last of February in a year that has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return date(year, 3, 1) - timedelta(days=1)


def shown(due: Due) -> Message:
    """When it is due, in words."""
    if due.awaited:
        return Message("due.awaited", "Day still to be entered")
    if due.last is not None:
        return Message("due.by", "By {last}", {"last": due.last})
    if due.first is not None:
        return Message("due.from", "From {first} on", {"first": due.first})
    return Message("due.none", "No day")
