"""What the standing view shows: every unit of a year, and until when they have time."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from parindex_desktop.domain.text import folded
from parindex_desktop.services.received import Arrived, older_words, overview
from parindex_desktop.services.register import current_kit
from parindex_desktop.services.years import left_out_words
from resources.language import day_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from parindex_desktop.domain.messages import Message
    from parindex_desktop.services.homes import Office
    from parindex_desktop.services.received import UnitRow


class View(StrEnum):
    """Which units are listed."""

    ALL = "all"
    NOTHING = "nothing"
    ARRIVED = "arrived"
    ATTENTION = "attention"


@dataclass(frozen=True, slots=True)
class Board:
    """The units of `year` in their order; `days_late` is how long ago self-assessment ended (0: not yet).

    `left_out` says which units handed over under an older criteria set, and which no set of the year is for.
    """

    year: str
    rows: tuple[UnitRow, ...]
    days_late: int
    left_out: tuple[Message, ...] = ()

    def count(self, view: View) -> int:
        """How many units a view lists."""
        return sum(_belongs(row, view) for row in self.rows)

    def listed(self, view: View, text: str) -> list[UnitRow]:
        """The units of a view whose code or name has every word of `text`, however accented."""
        words = folded(text).split()
        return [
            row
            for row in self.rows
            if _belongs(row, view)
            and all(word in folded(f"{row.unit.code} {row.unit.name}") for word in words)
        ]

    def late(self) -> Sequence[UnitRow]:
        """The units that should have handed over by now."""
        return [row for row in self.rows if self.days_late > 0 and row.arrived is Arrived.NOTHING]


def read_board(office: Office, year: str) -> Board:
    """Read everything that was handed over for `year`: some milliseconds for each unit, so not while one waits."""
    period = current_kit(office).periods.get(year)
    last = period.self_assessment_to if period else None
    rows = tuple(overview(office, year))
    return Board(
        year,
        rows,
        _days_since(last, day_of(office.clock())),
        (*older_words(rows), *left_out_words(office, year)),
    )


def _days_since(last: date | None, today: date) -> int:
    return max((today - last).days, 0) if last else 0


def _belongs(row: UnitRow, view: View) -> bool:
    match view:
        case View.ALL:
            return True
        case View.NOTHING:
            return row.arrived is Arrived.NOTHING
        case View.ARRIVED:
            return row.arrived is not Arrived.NOTHING
        case View.ATTENTION:
            to_do = row.missing or row.recalculated or row.outdated
            return row.arrived in {Arrived.INCOMPLETE, Arrived.FORKED} or bool(to_do)
