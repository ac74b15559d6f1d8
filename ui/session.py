"""What the pages of one window share: the open office, its form, and one way to change either.

A page asks for what it shows, calls `edit` with a function of `services.filling`, and redraws on `changed`. Undo
and redo are the same for every page: the entries that an edit changed are written back.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from parindex_desktop.services import filling

if TYPE_CHECKING:
    from collections.abc import Callable

    from parindex_desktop.domain.revisions import Value
    from parindex_desktop.services.filling import Form
    from parindex_desktop.services.homes import Office

_UNDO_STEPS: Final = 200


@dataclass(frozen=True, slots=True)
class _Change:
    """The entries that one edit changed, before and after it."""

    before: dict[str, Value]
    after: dict[str, Value]


class Session(QObject):
    """The open office of one window."""

    changed = Signal()
    """The form, the kit or what was received says something else now."""

    saved = Signal()
    """Something was written to the disk."""

    def __init__(self, office: Office, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.office = office
        self._form: Form | None = None
        self._undo: list[_Change] = []
        self._redo: list[_Change] = []

    @property
    def form(self) -> Form:
        """The form of this office for its current year.

        Raises `NoKitYet`, `UnitUnknown` or `UnknownPeriod` while there is none.
        """
        if self._form is None:
            self._form = filling.open_form(self.office)
        return self._form

    def edit(self, change: Callable[[Office, Form], Form]) -> None:
        """Change the form by a function that writes and gives the form back; what it raises is the caller's."""
        before = self.form.series.values()
        self._form = change(self.office, self.form)
        after = self._form.series.values()
        keys = [key for key in before | after if before.get(key) != after.get(key)]
        if keys:
            self._undo.append(_Change({k: before.get(k) for k in keys}, {k: after.get(k) for k in keys}))
            del self._undo[:-_UNDO_STEPS]
            self._redo.clear()
            self.saved.emit()
        self.changed.emit()

    def move(self, change: Callable[[Office, Form], Form]) -> None:
        """Take the form a step of the year on (lock, sign, settle, hand over), which undo does not take back."""
        self._form = change(self.office, self.form)
        self._undo.clear()
        self._redo.clear()
        self.saved.emit()
        self.changed.emit()

    def reload(self) -> None:
        """Something outside the form changed it: a bundle or a kit was taken in, another year was chosen."""
        self._form = None
        self._undo.clear()
        self._redo.clear()
        self.changed.emit()

    @property
    def can_undo(self) -> bool:
        """Whether there is an edit to take back."""
        return bool(self._undo) and self.form.assessment.lock is None

    @property
    def can_redo(self) -> bool:
        """Whether an edit was taken back last."""
        return bool(self._redo) and self.form.assessment.lock is None

    def undo(self) -> list[str]:
        """Take the last edit back; returns the entries that it had changed."""
        change = self._undo.pop()
        self._redo.append(change)
        return self._write(change.before)

    def redo(self) -> list[str]:
        """Make the edit again that was taken back; returns its entries."""
        change = self._redo.pop()
        self._undo.append(change)
        return self._write(change.after)

    def _write(self, values: dict[str, Value]) -> list[str]:
        self._form = filling.put(self.office, self.form, values)
        self.saved.emit()
        self.changed.emit()
        return list(values)
