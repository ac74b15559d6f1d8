"""People who share an office's machine, and who of them is in charge of what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import date

LONGEST_NAME: Final = 100
LONGEST_TITLE: Final = 150
LONGEST_ROOM: Final = 100
"""Characters of a name, of a title, of the name of a room."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on the staff list; `until` is the last day here, None for who still works here.

    `title` (chức vụ) and `room` (phòng, bộ phận) may be empty.
    """

    id: str
    name: str
    title: str
    room: str
    since: date
    until: date | None = None
    has_pin: bool = False

    @property
    def words(self) -> str:
        """Name and title, as journal and papers have them."""
        return f"{self.name}, {self.title}" if self.title else self.name


@dataclass(frozen=True, slots=True)
class Assignee:
    """Who is in charge of a criterion: either somebody on the list, or everybody in a room."""

    person: Person | None = None
    room: str = ""

    @property
    def name(self) -> str:
        """As lists have it."""
        return self.person.name if self.person else self.room

    def includes(self, person: Person) -> bool:
        """Whether `person` is meant."""
        if self.person is not None:
            return self.person.id == person.id
        return self.room.casefold() == person.room.casefold()
