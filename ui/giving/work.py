"""The figures of one year in hand: given at once, and taken back while the window is open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from parindex_desktop.services import giving
from ui.history import History

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from parindex_desktop.domain.given_boards import Board, Figure, Place
    from parindex_desktop.domain.units import Unit
    from parindex_desktop.services.giving import Written
    from parindex_desktop.services.homes import Office

_STEPS: Final = 500


class GivenWork:
    """What is given for a year under the set of each level, as it stands now."""

    def __init__(self, office: Office, year: str) -> None:
        self._office = office
        self.year = year
        self._history: History[Written] = History(_STEPS)
        self.boards: list[Board] = []
        self.look_again()

    def look_again(self) -> None:
        """Read what the register says; under other sets, or with other units, nothing done before can be taken back."""
        before = self._told_about()
        self.boards = giving.boards(self._office, self.year)
        if before != self._told_about():
            self._history = History(_STEPS)
        self._since: dict[Place, str | None] = {}

    @property
    def can_undo(self) -> bool:
        """Whether there is an edit to take back."""
        return self._history.can_undo

    @property
    def can_redo(self) -> bool:
        """Whether an edit was taken back last."""
        return self._history.can_redo

    def board_of(self, holder: str) -> Board:
        """The board of a unit's id or of a level's word."""
        return next(
            board
            for board in self.boards
            if holder == board.level.value or any(unit.id == holder for unit in board.units)
        )

    def text(self, board: Board, unit: Unit | None, figure: Figure) -> str | None:
        """What is given to a unit by name, or (None) to all, in canonical form."""
        place = figure.place(unit)
        return self._since[place] if place in self._since else board.text(unit, figure)

    def give(self, typed: Mapping[Place, str]) -> None:
        """Give what was typed; raises as `giving.give`."""
        self.note(giving.give(self._office, self.year, typed))

    def note(self, written: Written) -> None:
        """Something was given."""
        self._since.update({place: after for place, (_, after) in written.items()})
        if written:
            self._history.note(written)

    def undo(self) -> list[Place]:
        """Take the last edit back; returns its places. Raises as `giving.give`, and nothing is changed then."""
        return self._go(self._history.undo)

    def redo(self) -> list[Place]:
        """Make the edit again that was taken back; as `undo`."""
        return self._go(self._history.redo)

    def _told_about(self) -> list[tuple[str, frozenset[str]]]:
        return [(board.criteria.digest, frozenset(unit.id for unit in board.units)) for board in self.boards]

    def _go(self, way: Callable[[Callable[[Written], Written]], Written]) -> list[Place]:
        return list(way(self._take_back))

    def _take_back(self, done: Written) -> Written:
        """Write what stood there before, if what was `done` still stands; else raises `FiguresMovedOn`."""
        written = giving.give(
            self._office,
            self.year,
            {place: before or "" for place, (before, _) in done.items()},
            expected={place: after for place, (_, after) in done.items()},
        )
        self._since.update({place: after for place, (_, after) in written.items()})
        return written
