"""Còn thiếu: what lacks, grouped by what it is, each entry a way to its place."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from ui.form import wording
from ui.form.sheet_head import titled
from ui.language import tr
from ui.states import NEEDS
from ui.widgets.popup_list import Entry, PopupList

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtWidgets import QWidget

    from parindex_desktop.domain.assessments import Sheet


class LackingList(PopupList):
    """The list below its button."""

    taken = Signal(str, object)
    """Id of the criterion, and the `Need` that leads its group."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(tr("What lacks"), parent)
        self.chosen.connect(lambda target: self.taken.emit(*target))

    def open_below(self, button: QWidget, sheets: Sequence[Sheet]) -> None:
        """Show what lacks on `sheets`, which come most important need first, below `button`."""
        self.open_groups(button, _groups(sheets))


def _groups(sheets: Sequence[Sheet]) -> Iterator[tuple[str, Sequence[Entry]]]:
    for need, group in groupby(sheets, key=lambda sheet: sheet.needs[0]):
        entries = [
            Entry(
                titled(sheet.criterion),
                ", ".join(tr(NEEDS[other]) for other in sheet.needs[1:]),
                (sheet.criterion.id, need),
            )
            for sheet in group
        ]
        values = {"what": tr(wording.NEED_HEADINGS[need]), "count": len(entries)}
        yield tr("{what} ({count})", **values), entries
