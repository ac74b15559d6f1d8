"""Working days: Monday to Friday, without the public holidays, with the Saturdays that make up for a bridge day.

The government sets the days anew for every year, so they are data, and only the years that are given are known.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Self

from parindex_desktop.domain.errors import UserError
from parindex_desktop.domain.messages import msgid

if TYPE_CHECKING:
    from collections.abc import Mapping

_SATURDAY = 5


class HolidaysUnknown(UserError):
    """A span of working days runs into a year whose holidays nobody gave."""

    code = "calendar.holidays_unknown"
    template = msgid(
        "The criteria set does not know the holidays of {year}, so working days cannot be counted. Check the date; if "
        "it is right, ask the province for a set with the holidays of that year."
    )


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days off and days worked, by year: `holidays` fall on working days, `worked` are made-up Saturdays or Sundays."""

    years: frozenset[int] = frozenset()
    holidays: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()

    @classmethod
    def read(cls, tree: Mapping[str, Any]) -> Self:
        """From the ``calendar`` of a set, whose days were found to be days of their years."""
        return cls(
            years=frozenset(int(year) for year in tree),
            holidays=frozenset(date.fromisoformat(day) for days in tree.values() for day in days["holidays"]),
            worked=frozenset(
                date.fromisoformat(day) for days in tree.values() for day in days.get("worked", ())
            ),
        )

    def is_worked(self, day: date) -> bool:
        """Whether offices work on `day`. Raises `HolidaysUnknown`."""
        if day.year not in self.years:
            raise HolidaysUnknown(year=str(day.year))
        return day in self.worked or (day.weekday() < _SATURDAY and day not in self.holidays)

    def after(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`; `day` itself where `count` is 0. Raises `HolidaysUnknown`."""
        while count:
            day += timedelta(days=1)
            count -= self.is_worked(day)
        return day

    def before(self, day: date, count: int) -> date:
        """The `count`-th working day before `day`; `day` itself where `count` is 0. Raises `HolidaysUnknown`."""
        while count:
            day -= timedelta(days=1)
            count -= self.is_worked(day)
        return day

    def between(self, start: date, end: date) -> int:
        """Working days after `start` up to `end`, which is not before it. Raises `HolidaysUnknown`."""
        days = (end - start).days
        return sum(self.is_worked(start + timedelta(days=number)) for number in range(1, days + 1))
