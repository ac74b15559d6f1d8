"""Beside a criterion: what a move of the form changed in it, until the officer has looked at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from resources import msgid
from ui.language import tr
from ui.moving.dialogs import lines_of
from ui.theme.tokens import Tone
from ui.widgets.notices import Banner
from ui.widgets.places import set_shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parindex_desktop.services.moving import ToSee


class MovedNote(Banner):
    """Tells what changed in the criterion in hand; hidden where nothing is to be looked at."""

    seen = Signal(str)
    """The officer has looked at the criterion of that id."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting: Mapping[str, ToSee] = {}

    def show_of(self, criterion: str) -> None:
        """Tell it of this criterion."""
        each = self.waiting.get(criterion)
        if each is None:
            set_shown(self, shown=False)
            return
        lines = lines_of(each)
        template = msgid("Look at this after the move: {what}")
        points = next((tr(said) for said in each.changes if said.code == "move.points"), tr(each.fate.words))
        whole = tr(template, what="; ".join(lines) or points)
        brief = tr(template, what=points) if len(lines) > 1 else ""
        run = lambda: self.seen.emit(criterion)  # noqa: E731 (it is handed over)
        self.tell(whole, Tone.CARE, tr("Looked at"), run, closable=False, brief=brief)
