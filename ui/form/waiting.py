"""A box that keeps the list to what waits for the officer: to be confirmed, or to be looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from ui.language import tr
from ui.widgets.choices import Choice
from ui.widgets.fields import CheckBox
from ui.widgets.places import set_shown

if TYPE_CHECKING:
    from collections.abc import Collection

    from PySide6.QtWidgets import QWidget


class WaitingBox(Choice):
    """Offered with its count while anything waits.

    What is done meanwhile stays in its place in the list until the box is ticked anew: `kept` is what waited then.
    """

    turned = Signal(bool)

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        """`words` is a template of the catalogue with the place {count}."""
        super().__init__(CheckBox(), "", parent)
        self._template = words
        self._waiting: frozenset[str] = frozenset()
        self.kept: frozenset[str] | None = None
        self.button.toggled.connect(self.turned)
        self.hide()

    def show_waiting(self, ids: Collection[str]) -> None:
        """Offer to list these criteria only; nothing is left out any more when none waits."""
        self._waiting = frozenset(ids)
        self.say(tr(self._template, count=len(ids)))
        set_shown(self, shown=bool(ids))
        if not ids:
            self.button.setChecked(False)

    def keep(self, *, only: bool) -> None:
        """Keep the list to what waits now, or to nothing."""
        self.kept = self._waiting if only else None

    def lets(self, criterion: str) -> bool:
        """Whether the list has this criterion."""
        return self.kept is None or criterion in self.kept
