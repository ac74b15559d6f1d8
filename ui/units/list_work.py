"""The list of units taken over from a spreadsheet, or written to one, while the page shows how far it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from parindex_desktop.services import unit_lists
from ui.language import tr
from ui.units import import_dialog, source_dialog
from ui.widgets.work import WorkStrip

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from parindex_desktop.services.unit_lists import Preview
    from ui.session import Session


class ListWork(WorkStrip):
    """Asks for the files, does the work, and tells its end by one of its signals."""

    begun = Signal()
    taken = Signal(object)
    """A list was taken over; its preview."""
    written = Signal(str)
    refused = Signal(object)
    """The error that ended it."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session

    def take(self) -> None:
        """Look at a spreadsheet of units, then take it over."""
        source = source_dialog.ask_source(self)
        if source is None:
            return
        office = self._session.office
        self.begun.emit()
        self.do(
            tr("Looking at the list"),
            lambda _task: unit_lists.look_at_list(office, source),
            lambda preview: self._take(source, preview),
            self.refused.emit,
            cancellable=False,
        )

    def save(self) -> None:
        """Write the units and the other organisations to a spreadsheet."""
        target = source_dialog.choose_target(self)
        if target is None:
            return
        office = self._session.office
        self.begun.emit()
        self.do(
            tr("Writing the list"),
            lambda _task: unit_lists.write_list(office, target),
            lambda _none: self.written.emit(str(target)),
            self.refused.emit,
            cancellable=False,
        )

    def _take(self, source: Path, preview: Preview) -> None:
        if not import_dialog.ask_import(self, source, preview):
            return
        office = self._session.office
        self.do(
            tr("Taking the list over"),
            lambda _task: unit_lists.take_list(office, preview),
            lambda _units: self.taken.emit(preview),
            self.refused.emit,
            cancellable=False,
        )
