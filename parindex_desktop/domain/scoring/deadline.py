"""The rule on a date: in time, late within a step, too late, or not done at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Self

from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.domain.numbers import HUNDRED
from parindex_desktop.domain.scoring.inputs import InputKind, InputSpec, Option
from parindex_desktop.domain.scoring.picks import share_of
from parindex_desktop.domain.scoring.rule import ZERO, Fault, Rule, Scored, common, order_faults, range_faults

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from parindex_desktop.domain.calendars import Calendar
    from parindex_desktop.domain.scoring.head import Head

EVENT = "event"
"""The input with the day that the time counts from."""
NOT_DONE = "not_done"


@dataclass(frozen=True, slots=True)
class FixedDay:
    """A day of the calendar; the last one that is still in time. None: the set names a day that is none."""

    due: date | None


@dataclass(frozen=True, slots=True)
class AfterEvent:
    """`days` after the day of an event, which the unit enters; working days where there is a `calendar`."""

    event: str
    days: int
    calendar: Calendar | None = None


@dataclass(frozen=True, slots=True)
class Late:
    """Up to `days` late gives `share` percent of the maximum."""

    days: int
    share: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline(Rule):
    """The maximum up to the due day, shares of it in the steps of `late`, then nothing."""

    day: str
    not_done: str
    due: FixedDay | AfterEvent
    late: tuple[Late, ...]

    @classmethod
    def read(cls, tree: Mapping[str, Any], maximum: Decimal, head: Head) -> Self:
        """The rule in a set of the assessed year, to which a fixed day is relative."""
        due: FixedDay | AfterEvent
        if "after" in tree:
            after = tree["after"]
            calendar = head.calendar if after.get("days_are") == "working" else None
            due = AfterEvent(after["event"], after["days"], calendar)
        else:
            due = FixedDay(_day(head.year + tree["due"]["year_offset"], tree["due"]["day"]))
        return cls(
            day=tree["date"],
            not_done=tree["not_done"],
            due=due,
            late=tuple(Late(step["days"], Decimal(step["share"])) for step in tree.get("late", ())),
            **common(tree, maximum),
        )

    def inputs(self) -> tuple[InputSpec, ...]:
        """The day on which it was done, after the day of the event where the rule has one."""
        own = InputSpec("date", self.day, InputKind.DATE, (Option(NOT_DONE, self.not_done),))
        if isinstance(self.due, AfterEvent):
            return InputSpec(EVENT, self.due.event, InputKind.DATE), own
        return (own,)

    def missing(self, inputs: Mapping[str, str]) -> tuple[InputSpec, ...]:
        """What is not done is late for any event."""
        if inputs.get("date") == NOT_DONE:
            return ()
        return tuple(spec for spec in self.inputs() if spec.name not in inputs)

    def points(self, inputs: Mapping[str, str]) -> Scored:
        """All in time, a share when late, nothing when too late or not done. Raises `HolidaysUnknown`."""
        if inputs["date"] == NOT_DONE:
            values = {"option": self.not_done, "points": ZERO}
            return Scored(ZERO, Message("score.not_done", "“{option}” → {points} points", values))
        done, due = date.fromisoformat(inputs["date"]), self._due(inputs)
        if done > due:
            return self._after(done, due)
        return Scored(
            self.maximum,
            Message(
                "score.in_time",
                "{date} is not after the due day {due} → the full {points} points",
                {"date": done, "due": due, "points": self.maximum},
            ),
        )

    def _after(self, done: date, due: date) -> Scored:
        calendar = self.due.calendar if isinstance(self.due, AfterEvent) else None
        days = (done - due).days if calendar is None else calendar.between(due, done)
        share = next((step.share for step in self.late if days <= step.days), None)
        points = ZERO if share is None else share_of(self.maximum, share)
        values: dict[str, object] = {"date": done, "due": due, "days": days, "points": points}
        if share is None:
            template = msgid("{date} is {days} day(s) after the due day {due} → {points} points")
            return Scored(points, Message("score.too_late", template, values))
        return Scored(
            points,
            Message(
                "score.late",
                "{date} is {days} day(s) after the due day {due} → {share}% × {maximum} = {points} points",
                {**values, "share": share, "maximum": self.maximum},
            ),
        )

    def faults(self) -> Iterator[Fault]:
        """A fixed day that is none, or steps of lateness out of range or order."""
        if isinstance(self.due, FixedDay) and self.due.due is None:
            yield (
                ("due", "day"),
                Message("criteria.no_such_day", "The calendar has no such day in that year."),
            )
        if isinstance(self.due, AfterEvent) and self.due.calendar is not None and not self.due.calendar.years:
            message = Message(
                "criteria.no_calendar",
                "The rule counts working days, but the set has no holidays (field “calendar”).",
            )
            yield ("after", "days_are"), message
        for index, step in enumerate(self.late):
            yield from range_faults(("late", index, "share"), step.share, ZERO, HUNDRED)
        yield from order_faults("late", ((step.days, -step.share) for step in self.late))

    def _due(self, inputs: Mapping[str, str]) -> date:
        if isinstance(self.due, AfterEvent):
            event = date.fromisoformat(inputs[EVENT])
            if self.due.calendar is not None:
                return self.due.calendar.after(event, self.due.days)
            return event + timedelta(days=self.due.days)
        assert self.due.due is not None, "a set with a day that is none was refused by its reader"
        return self.due.due


def _day(year: int, month_and_day: str) -> date | None:
    try:
        return date.fromisoformat(f"{year:04}-{month_and_day}")
    except ValueError:
        return None
