"""Tasks of a plan, how often they are done in a year, and how far each of those times is."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, Self

from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.domain.planning.deadlines import Deadline, DeadlineKind, Due
from parindex_desktop.domain.planning.parties import Party, parties

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parindex_desktop.domain.calendars import Calendar


class Repeats(StrEnum):
    """How often a task is done in a year."""

    ONCE = "once"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"
    REPORTS = "reports"
    """With the periodic reports: quarter I, six months, quarter III, the year."""

    @property
    def words(self) -> str:
        """What it is called, as a template of the catalogue."""
        return _REPEATS[self]


_REPEATS: Final = {
    Repeats.ONCE: msgid("Once"),
    Repeats.MONTHLY: msgid("Every month"),
    Repeats.QUARTERLY: msgid("Every quarter"),
    Repeats.HALF_YEARLY: msgid("Every half year"),
    Repeats.REPORTS: msgid("With each periodic report"),
}
_QUARTER: Final = msgid("Quarter {number}")
_MONTHS: Final[Mapping[Repeats, tuple[tuple[str, int, Message], ...]]] = {
    Repeats.ONCE: (("year", 12, Message("occurrence.year", "Year")),),
    Repeats.MONTHLY: tuple(
        (f"m{month:02}", month, Message("occurrence.month", "Month {number}", {"number": month}))
        for month in range(1, 13)
    ),
    Repeats.QUARTERLY: tuple(
        (f"q{number}", 3 * number, Message("occurrence.quarter", _QUARTER, {"number": number}))
        for number in range(1, 5)
    ),
    Repeats.HALF_YEARLY: (
        ("h1", 6, Message("occurrence.half", "Six months")),
        ("year", 12, Message("occurrence.year", "Year")),
    ),
    Repeats.REPORTS: (
        ("q1", 3, Message("occurrence.quarter", _QUARTER, {"number": 1})),
        ("h1", 6, Message("occurrence.half", "Six months")),
        ("q3", 9, Message("occurrence.quarter", _QUARTER, {"number": 3})),
        ("year", 12, Message("occurrence.year", "Year")),
    ),
}
"""By how often: the name of each time in files, the month with which it ends, and what it is called."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time that a task is to be done in a year; `key` is its name in files, unique within the year."""

    key: str
    title: Message
    due: Due


@dataclass(frozen=True, slots=True)
class Task:
    """One row of the plan's annex.

    `no` is its printed number, `group` the id of the group or section it stands in. `evidence` are the papers that
    prove it; `criteria` the criteria of the index that it serves, by printed code, and `targets` the plan's targets.
    """

    id: str
    no: str
    group: str
    title: str
    leads: tuple[Party, ...]
    supports: tuple[Party, ...]
    deadline: Deadline
    repeats: Repeats = Repeats.ONCE
    evidence: tuple[str, ...] = ()
    criteria: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()

    @classmethod
    def read(cls, tree: Mapping[str, Any]) -> Self:
        """From the tree of a plan's file."""
        return cls(
            id=tree["id"],
            no=tree["no"],
            group=tree["group"],
            title=tree["title"],
            leads=parties(tree, "leads"),
            supports=parties(tree, "supports"),
            deadline=Deadline.read(tree["deadline"]),
            repeats=Repeats(tree.get("repeats", Repeats.ONCE)),
            evidence=tuple(tree.get("evidence", ())),
            criteria=tuple(tree.get("criteria", ())),
            targets=tuple(tree.get("targets", ())),
        )

    def occurrences(
        self,
        year: int,
        *,
        day_itself: bool = True,
        entered: Mapping[str, date] | None = None,
        calendar: Calendar | None = None,
    ) -> tuple[Occurrence, ...]:
        """The times that it is to be done in `year`; none where the plan does not ask for it then.

        `entered` are the days of other authorities and events, by the key of the occurrence. Raises `HolidaysUnknown`.
        """
        entered = entered or {}
        found = []
        for key, month, title in _MONTHS[self.repeats]:
            due = self.deadline.due(year, day_itself=day_itself, entered=entered.get(key), calendar=calendar)
            if due is None:
                return ()
            found.append(Occurrence(key, title, self._within(due, year, month)))
        return tuple(found)

    def _within(self, due: Due, year: int, month: int) -> Due:
        """The due days of one time of several: those of its own part of the year."""
        if self.repeats is Repeats.ONCE or due.awaited:
            return due
        match self.deadline.kind:
            case DeadlineKind.WITHIN_YEAR:
                return Due(due.first, _end(year, month))
            case DeadlineKind.PREVIOUS_YEAR | DeadlineKind.IN_YEAR | DeadlineKind.NEXT_YEAR:
                # The plan names the day of the last time; the others lie as many months before it.
                assert due.last is not None
                return Due(due.first, _months_before(due.last, 12 - month))
            case _:
                return due


class Progress(StrEnum):
    """What an office says of one time of a task."""

    OPEN = "open"
    UNDER_WAY = "under_way"
    DONE = "done"
    NOT_ARISEN = "not_arisen"

    @property
    def words(self) -> str:
        """What it is called, as a template of the catalogue."""
        return _PROGRESS[self]


_PROGRESS: Final = {
    Progress.OPEN: msgid("Not begun"),
    Progress.UNDER_WAY: msgid("Under way"),
    Progress.DONE: msgid("Done"),
    Progress.NOT_ARISEN: msgid("Not arisen"),
}


class Standing(StrEnum):
    """How one time of a task stands on a day, the most urgent first."""

    OVERDUE = "overdue"
    DUE_SOON = "due_soon"
    AWAITED = "awaited"
    """The day of another authority or an event is still to be entered."""
    RUNNING = "running"
    LATER = "later"
    """It begins after that day."""
    DONE_LATE = "done_late"
    DONE = "done"
    NOT_ARISEN = "not_arisen"

    @property
    def words(self) -> str:
        """What it is called, as a template of the catalogue."""
        return _STANDINGS[self]


_STANDINGS: Final = {
    Standing.OVERDUE: msgid("Overdue"),
    Standing.DUE_SOON: msgid("Due soon"),
    Standing.AWAITED: msgid("Day still to be entered"),
    Standing.RUNNING: msgid("Running"),
    Standing.LATER: msgid("Not yet begun"),
    Standing.DONE_LATE: msgid("Done late"),
    Standing.DONE: msgid("Done"),
    Standing.NOT_ARISEN: msgid("Not arisen"),
}
SOON: Final = timedelta(days=14)
"""How long before its last day a task is due soon."""


@dataclass(frozen=True, slots=True)
class Said:
    """What an office last said of one time of a task; `on` is the day on which it was done, or the state was seen."""

    progress: Progress = Progress.OPEN
    on: date | None = None


def standing(due: Due, said: Said, today: date) -> Standing:
    """How something due then stands `today`."""
    match said.progress:
        case Progress.NOT_ARISEN:
            return Standing.NOT_ARISEN
        case Progress.DONE:
            late = due.last is not None and said.on is not None and said.on > due.last
            return Standing.DONE_LATE if late else Standing.DONE
    if due.awaited:
        return Standing.AWAITED
    if due.last is not None and due.last < today:
        return Standing.OVERDUE
    if due.last is not None and due.last - SOON <= today:
        return Standing.DUE_SOON
    if due.first is not None and due.first > today:
        return Standing.LATER
    return Standing.RUNNING


def _end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _months_before(day: date, months: int) -> date:
    """The same day of an earlier month, or its last where it is shorter; the last of a month stays the last."""
    index = day.year * 12 + day.month - 1 - months
    year, month = index // 12, index % 12 + 1
    last = calendar.monthrange(year, month)[1]
    was_last = day.day == calendar.monthrange(day.year, day.month)[1]
    return date(year, month, last if was_last else min(day.day, last))
