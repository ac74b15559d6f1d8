"""What the dialogs have in common that enter one thing of the register: each fault stands at its field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from parindex_desktop.domain.errors import ParIndexError, UserError
from ui.language import tr
from ui.widgets.buttons import filled_button, plain_button
from ui.widgets.dialogs import Dialog
from ui.widgets.labels import FieldError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import SignalInstance
    from PySide6.QtWidgets import QWidget

    from parindex_desktop.domain.messages import Message
    from ui.widgets.labelled import Labelled

T = TypeVar("T")


class EntryDialog(Dialog, Generic[T]):
    """Asks for one thing; `entered` is what the register has of it once it was accepted.

    `places` are its fields by the names that faults have; what belongs to none stands below all of them.
    """

    def __init__(self, parent: QWidget | None, title: str, sentence: str, width: int) -> None:
        super().__init__(parent, title, sentence)
        self.setMinimumWidth(width)
        self.entered: T | None = None
        self.places: dict[str, Labelled] = {}
        self._fault = FieldError()

    def finish(self, done: str, *changes: SignalInstance) -> None:
        """Put what ends the dialog below its fields; after any of `changes` no fault is told any more."""
        self.content.addWidget(self._fault)
        for fault in self._faults():
            self.clear_on(fault, *changes)
        self.add_button(plain_button(tr("Cancel"), self.reject))
        self.add_button(filled_button(done, self.accept), default=True)

    def enter(self) -> T | None:
        """Write what stands in the fields; None where it is told already why not. Raises `UserError`."""
        raise NotImplementedError

    def faults_of(self, _error: UserError) -> Sequence[tuple[str, Message]]:
        """What is wrong with which field; nothing where the error is none of a field."""
        return ()

    def accept(self) -> None:
        """Enter it, or say at its field why not."""
        try:
            self.entered = self.enter()
        except ParIndexError as error:
            faults = self.faults_of(error) if isinstance(error, UserError) else ()
            for field, message in faults:
                self.places[field].fault.show_fault(tr(message))
            if faults:
                self.places[faults[0][0]].field.setFocus()
            else:
                self._fault.show_fault(tr(error))
        if self.entered is not None:
            super().accept()
        self.grow()

    def fault(self) -> str:
        """Why it was not entered."""
        return " ".join(label.text() for label in self._faults() if label.text())

    def _faults(self) -> list[FieldError]:
        return [self._fault, *(place.fault for place in self.places.values())]
