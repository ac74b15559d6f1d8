"""A list of units from a spreadsheet, looked at before it is taken over: what changes, or every fault."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QDialog

from parindex_desktop.domain import blocks
from parindex_desktop.domain.unit_changes import NewUnit
from parindex_desktop.services.unit_lists import Happens
from resources import msgid
from ui.form.wording import NOTHING
from ui.language import tr
from ui.theme.icons import Icon
from ui.theme.tokens import Tone
from ui.units.source_dialog import SourceDialog
from ui.widgets.buttons import filled_button, plain_button
from ui.widgets.cells import Column
from ui.widgets.dialogs import Dialog
from ui.widgets.faults import FaultList
from ui.widgets.notices import Banner
from ui.widgets.rows import Cell, RowsTable
from ui.widgets.signs import Sign

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from parindex_desktop.services.unit_lists import Listed, Preview

NEW = Sign(msgid("New"), Tone.GOOD, Icon.NEW)
ENDS = Sign(msgid("Ends"), Tone.CARE, Icon.LATER)
CHANGED = Sign(msgid("Changed"), Tone.ACCENT, Icon.LATER)
KNOWN = Sign(msgid("Known already"), Tone.NEUTRAL, Icon.HELD)
_SIGNS = {Happens.NEW: NEW, Happens.ENDS: ENDS, Happens.CHANGED: CHANGED, Happens.NOTHING: KNOWN}


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the preview: a unit or a body as the list has it."""

    key: str
    listed: Listed[Any]

    @property
    def sign(self) -> Sign:
        """What becomes of it."""
        return _SIGNS[self.listed.happens]


class ImportDialog(Dialog):
    """Shows what the list `source` would do; accepted, it is to be taken over."""

    def __init__(self, parent: QWidget | None, source: Path, preview: Preview) -> None:
        lines = _lines(preview)
        super().__init__(
            parent,
            tr("List of units from “{name}”", name=source.name),
            _faulty(preview) if preview.faults else _sentence(preview),
            Tone.WRONG if preview.faults else None,
        )
        self.open_at(760, 620)
        if preview.faults:
            self.faults = FaultList(tr("Faults of the list"), preview.faults)
            self.content.addWidget(self.faults, 1)
            self.add_left(plain_button(tr("Sample file…"), lambda: SourceDialog(self).exec()))
            self.add_button(filled_button(tr("Close"), self.reject), default=True)
            return
        columns = [
            (tr("Code"), Column(80)),
            (tr("Name"), Column(200, 3, least=140)),
            (tr("Kind"), Column(120, 1, least=90)),
            (tr("What changes"), Column(190, 3, least=120)),
            (tr("What happens"), Column(130)),
        ]
        self.table: RowsTable[Line] = RowsTable(
            tr("Units of the list"), columns, _cells, lambda line: line.key
        )
        self.table.show_rows(lines)
        self.warnings = Banner()
        if preview.warnings:
            calm = all(each.code == blocks.FIRST for each in preview.warnings)
            said = "\n".join(map(tr, preview.warnings))
            self.warnings.tell(said, Tone.ACCENT if calm else Tone.CARE, closable=False)
            self.content.addWidget(self.warnings)
        self.content.addWidget(self.table, 1)
        self.add_button(plain_button(tr("Cancel"), self.reject))
        count = preview.matters
        words = tr("Take over {count} change(s)", count=count) if count else tr("Nothing to take over")
        self.add_button(filled_button(words, self.accept), default=True).setEnabled(bool(count))


def ask_import(parent: QWidget | None, source: Path, preview: Preview) -> bool:
    """Whether the list is to be taken over. Called through the module, so that a test can answer."""
    return ImportDialog(parent, source, preview).exec() == QDialog.DialogCode.Accepted


def _lines(preview: Preview) -> list[Line]:
    """Units and bodies; what changes comes first."""
    lines = [Line(each.new.code, each) for each in preview.units]
    lines += [Line(f"{each.new.of_code}/{each.new.name}", each) for each in preview.bodies]
    return sorted(lines, key=lambda line: not line.listed.matters)


def _faulty(preview: Preview) -> str:
    return tr(
        "The list has {count} fault(s), so nothing is taken over. Correct them in the spreadsheet, save it, and "
        "choose it again.",
        count=len(preview.faults),
    )


def _sentence(preview: Preview) -> str:
    return "\n".join([*map(tr, preview.counts()), tr("What is not in the list stays as it is.")])


def _cells(line: Line) -> Sequence[Cell]:
    new = line.listed.new
    is_unit = isinstance(new, NewUnit)
    return (
        Cell(new.code if is_unit else NOTHING),
        Cell(new.name),
        Cell(tr(new.level.words if is_unit else new.kind.words), second=True),
        Cell("\n".join(map(tr, line.listed.changes())), second=True),
        Cell(tr(line.sign), line.sign),
    )
