"""Reads the board in another thread, once more where something changes meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ui import background
from ui.intake.board import read_board

if TYPE_CHECKING:
    from parindex_desktop.domain.errors import ParIndexError
    from parindex_desktop.services.homes import Office
    from ui.intake.board import Board


class BoardReader(QObject):
    """Tells a new board, or the error that kept it from being read."""

    read = Signal(object)
    failed = Signal(object)

    def __init__(self, office: Office, parent: QObject) -> None:
        super().__init__(parent)
        self._office = office
        self._wanted: str | None = None
        self.busy = False

    def begin(self, year: str) -> None:
        """Read the board of `year`; while one is being read, that is thrown away and this one follows."""
        self._wanted = year
        if not self.busy:
            self._next()

    def _next(self) -> None:
        year, self._wanted = self._wanted, None
        if year is not None:
            self.busy = True
            background.run(self, lambda _task: read_board(self._office, year), self._done, self._failed)

    def _done(self, board: Board) -> None:
        self.busy = False
        if self._wanted is None:
            self.read.emit(board)
        self._next()

    def _failed(self, error: ParIndexError) -> None:
        self.busy = False
        self.failed.emit(error)
        self._next()
