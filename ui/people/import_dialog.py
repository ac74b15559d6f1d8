"""A staff list from a spreadsheet, looked at before it is taken over: what changes, or every fault."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog

from parindex_desktop.domain.errors import ParIndexError
from parindex_desktop.services import people_lists
from parindex_desktop.services.people_lists import Happens
from resources import msgid
from ui.form.wording import NOTHING
from ui.language import tr
from ui.theme.icons import Icon
from ui.theme.tokens import Tone
from ui.widgets.buttons import filled_button, plain_button
from ui.widgets.cells import Column
from ui.widgets.dialogs import Dialog
from ui.widgets.faults import FaultList
from ui.widgets.labels import FieldError
from ui.widgets.rows import Cell, RowsTable
from ui.widgets.signs import Sign

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from parindex_desktop.services.homes import Office
    from parindex_desktop.services.people_lists import Preview

SIGNS = {
    Happens.ADDED: Sign(msgid("New"), Tone.GOOD, Icon.NEW),
    Happens.CHANGED: Sign(msgid("Changed"), Tone.ACCENT, Icon.LATER),
    Happens.ENDED: Sign(msgid("Has left"), Tone.CARE, Icon.NOT_APPLICABLE),
    Happens.NOTHING: Sign(msgid("Known already"), Tone.NEUTRAL, Icon.HELD),
}
DUTY = Sign(msgid("In charge"), Tone.ACCENT, Icon.LATER)


@dataclass(frozen=True, slots=True)
class _Row:
    """A person or a duty of the spreadsheet."""

    what: str
    note: str
    sign: Sign


class ImportDialog(Dialog):
    """Shows what the list `source` would do; takes it over whole or not at all."""

    def __init__(self, parent: QWidget | None, office: Office, source: Path, preview: Preview) -> None:
        tone = Tone.WRONG if preview.faults else None
        super().__init__(parent, tr("Staff list from “{name}”", name=source.name), _sentence(preview), tone)
        self.resize(680, 480)
        self._office = office
        self._preview = preview
        if preview.faults:
            self.content.addWidget(FaultList(tr("Faults of the list"), preview.faults), 1)
            self.add_button(filled_button(tr("Close"), self.reject), default=True)
            return
        columns = [
            (tr("Who or what"), Column(300, 3, least=180)),
            (tr("What happens"), Column(150)),
        ]
        self.table: RowsTable[_Row] = RowsTable(
            tr("Changes of the list"), columns, _cells, lambda row: row.what
        )
        self.table.show_rows(_rows(preview))
        self._fault = FieldError()
        self.content.addWidget(self.table, 1)
        self.content.addWidget(self._fault)
        self.add_button(plain_button(tr("Cancel"), self.reject))
        count = preview.changes
        words = tr("Take over {count} change(s)", count=count) if count else tr("Nothing to take over")
        self.add_button(filled_button(words, self.accept), default=True).setEnabled(bool(count))

    def accept(self) -> None:
        """Take the list over, or say why not."""
        try:
            people_lists.take_list(self._office, self._preview)
        except ParIndexError as error:
            self._fault.show_fault(tr(error))
            self.grow()
            return
        super().accept()


def ask_import(parent: QWidget | None, office: Office, source: Path, preview: Preview) -> bool:
    """Whether the list was taken over."""
    return ImportDialog(parent, office, source, preview).exec() == QDialog.DialogCode.Accepted


def _sentence(preview: Preview) -> str:
    if preview.faults:
        return tr(
            "The list has {count} fault(s), so nothing is taken over. Correct them in the spreadsheet, save it, and "
            "choose it again.",
            count=len(preview.faults),
        )
    return tr(
        "{people} people and {duties} duties change. Whoever is not in the list stays as they are.",
        people=preview.changes - len(preview.duties),
        duties=len(preview.duties),
    )


def _rows(preview: Preview) -> list[_Row]:
    rows = [
        _Row(each.new.name, " · ".join(filter(None, (each.new.title, each.new.room))), SIGNS[each.happens])
        for each in preview.people
    ]
    return rows + [
        _Row(f"{each.criterion.code} {each.criterion.title}", each.to or NOTHING, DUTY)
        for each in preview.duties
    ]


def _cells(row: _Row) -> Sequence[Cell]:
    return Cell(row.what, note=row.note), Cell(tr(row.sign), row.sign)
