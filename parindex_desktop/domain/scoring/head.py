"""What a rule takes from the set that it stands in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from parindex_desktop.domain.calendars import Calendar

if TYPE_CHECKING:
    from parindex_desktop.domain.units import Level


@dataclass(frozen=True, slots=True)
class Head:
    """The year that is assessed, the level of the offices, and the days they work."""

    year: int
    level: Level
    calendar: Calendar = field(default_factory=Calendar)
