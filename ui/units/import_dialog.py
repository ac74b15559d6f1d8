"""A list of units from a spreadsheet, looked at before it is taken over: what is new, or every fault."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog

from parindex_desktop.domain.errors import UserError
from parindex_desktop.services import unit_lists
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
    from parindex_desktop.services.unit_lists import ListedUnit, Preview

NEW = Sign(msgid("New"), Tone.GOOD, Icon.NEW)
RENAMED = Sign(msgid("Renamed"), Tone.ACCENT, Icon.LATER)
KNOWN = Sign(msgid("Known already"), Tone.NEUTRAL, Icon.HELD)


class ImportDialog(Dialog):
    """Shows what the list `source` would do; takes it over whole or not at all."""

    def __init__(self, parent: QWidget | None, office: Office, source: Path, preview: Preview) -> None:
        super().__init__(
            parent, tr("List of units from “{name}”", name=source.name), _sentence(preview), _tone(preview)
        )
        self.resize(680, 480)
        self._office = office
        self._preview = preview
        self.taken = 0
        if preview.faults:
            self.faults = FaultList(tr("Faults of the list"), preview.faults)
            self.content.addWidget(self.faults, 1)
            self.add_button(filled_button(tr("Close"), self.reject), default=True)
            return
        columns = [
            (tr("Code"), Column(80)),
            (tr("Name"), Column(220, 3, least=140)),
            (tr("Kind"), Column(130, 1, least=90)),
            (tr("Above"), Column(70)),
            (tr("What happens"), Column(130)),
        ]
        self.table: RowsTable[ListedUnit] = RowsTable(
            tr("Units of the list"), columns, _cells, lambda each: each.new.code
        )
        self.table.show_rows(preview.units)
        self._fault = FieldError()
        self.content.addWidget(self.table, 1)
        self.content.addWidget(self._fault)
        self.add_button(plain_button(tr("Cancel"), self.reject))
        go = self.add_button(filled_button(_action(preview), self.accept), default=True)
        go.setEnabled(any(not each.known or each.before for each in preview.units))

    def accept(self) -> None:
        """Take the list over, or say why not."""
        try:
            self.taken = len(unit_lists.take_list(self._office, self._preview))
        except UserError as error:
            self._fault.show_fault(tr(error))
            return
        super().accept()


def ask_import(parent: QWidget | None, office: Office, source: Path, preview: Preview) -> int:
    """How many units were taken over; 0 when cancelled."""
    dialog = ImportDialog(parent, office, source, preview)
    return dialog.taken if dialog.exec() == QDialog.DialogCode.Accepted else 0


def _tone(preview: Preview) -> Tone | None:
    return Tone.WRONG if preview.faults else None


def _sentence(preview: Preview) -> str:
    if preview.faults:
        return tr(
            "The list has {count} fault(s), so nothing is taken over. Correct them in the spreadsheet, save it, and "
            "choose it again.",
            count=len(preview.faults),
        )
    return tr(
        "{new} new, {renamed} renamed, {known} known already. Units that are not in the list stay as they are.",
        new=_new(preview),
        renamed=_renamed(preview),
        known=len(preview.units) - _new(preview) - _renamed(preview),
    )


def _action(preview: Preview) -> str:
    changed = _new(preview) + _renamed(preview)
    return tr("Take over {count} unit(s)", count=changed) if changed else tr("Nothing to take over")


def _new(preview: Preview) -> int:
    return sum(not each.known for each in preview.units)


def _renamed(preview: Preview) -> int:
    return sum(bool(each.before) for each in preview.units)


def _cells(each: ListedUnit) -> Sequence[Cell]:
    sign = RENAMED if each.before else KNOWN if each.known else NEW
    before = tr("until now: {name}", name=each.before) if each.before else ""
    return (
        Cell(each.new.code),
        Cell(each.new.name, note=before),
        Cell(tr(each.new.level.words), second=True),
        Cell(each.new.parent_code or NOTHING, second=True),
        Cell(tr(sign), sign),
    )
