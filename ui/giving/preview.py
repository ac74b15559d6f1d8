"""What would be given, looked at before it is: each figure that changes, each that is left out with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog

from parindex_desktop.domain.errors import ParIndexError
from parindex_desktop.domain.scoring.showing import shown_input
from parindex_desktop.services import giving
from parindex_desktop.services.giving import Change, LeftOut
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

    from PySide6.QtWidgets import QWidget

    from parindex_desktop.domain.given_boards import Figure
    from parindex_desktop.services.giving import Proposal, Written
    from parindex_desktop.services.homes import Office

NEW = Sign(msgid("Given now"), Tone.GOOD, Icon.NEW)
OTHER = Sign(msgid("Changed"), Tone.ACCENT, Icon.LATER)
TAKEN_BACK = Sign(msgid("Taken back"), Tone.CARE, Icon.WARNING)
LEFT_OUT = Sign(msgid("Not proposed"), Tone.NEUTRAL, Icon.UNSCORED)

Row = tuple[int, "Change | LeftOut"]


class ProposalDialog(Dialog):
    """Shows a proposal; gives it whole or not at all. `given` is what it changed."""

    def __init__(self, parent: QWidget | None, office: Office, title: str, proposal: Proposal) -> None:
        super().__init__(parent, title, _sentence(proposal), Tone.WRONG if proposal.faults else None)
        self.open_at(820, 620)
        self._office = office
        self._proposal = proposal
        self.given: Written = {}
        if proposal.faults:
            self.faults = FaultList(tr("Faults of the list"), proposal.faults)
            self.content.addWidget(self.faults, 1)
            self.add_button(filled_button(tr("Close"), self.reject), default=True)
            return
        if proposal.unchanged and not proposal.left_out:
            self.resize(560, 160)
            self.add_button(filled_button(tr("Close"), self.reject), default=True)
            return
        columns = [
            (tr("Unit"), Column(180, 2, least=120)),
            (tr("Figure"), Column(170, 2, least=120)),
            (tr("Now"), Column(84, 0, numeric=True)),
            (tr("Then"), Column(84, 0, numeric=True)),
            (tr("What happens"), Column(150, 2, least=130)),
        ]
        self.table: RowsTable[Row] = RowsTable(tr("Figures"), columns, _cells, lambda row: row[0])
        self.table.show_rows(list(enumerate((*proposal.changes, *proposal.left_out))))
        self._fault = FieldError()
        self.content.addWidget(self.table, 1)
        self.content.addWidget(self._fault)
        if proposal.unchanged:
            self.add_button(filled_button(tr("Close"), self.reject), default=True)
            return
        self.add_button(plain_button(tr("Cancel"), self.reject))
        words = tr("Take over {count} figure(s)", count=len(proposal.changes))
        self.add_button(filled_button(words, self.accept), default=True)

    def accept(self) -> None:
        """Give the figures, or say why not."""
        try:
            self.given = giving.take(self._office, self._proposal)
        except ParIndexError as error:
            self._fault.show_fault(tr(error))
            return
        super().accept()


def ask(parent: QWidget | None, office: Office, title: str, proposal: Proposal) -> Written:
    """What was given; nothing when cancelled. Called through the module, so that a test can answer instead."""
    dialog = ProposalDialog(parent, office, title, proposal)
    return dialog.given if dialog.exec() == QDialog.DialogCode.Accepted else {}


def _sentence(proposal: Proposal) -> str:
    if proposal.faults:
        return tr(
            "The list has {count} fault(s), so nothing is taken over. Correct them in the spreadsheet, save it, and "
            "choose it again.",
            count=len(proposal.faults),
        )
    if proposal.unchanged and not proposal.left_out:
        return tr(proposal.unchanged)
    counts = tr(
        "{count} figure(s) would change, {same} are given just so already, {left} are not proposed. Nothing is written "
        "yet.",
        count=len(proposal.changes),
        same=proposal.same,
        left=len(proposal.left_out),
    )
    why = proposal.unchanged
    return tr("{first} {second}", first=counts, second=tr(why)) if why else counts


def _cells(row: Row) -> Sequence[Cell]:
    each = row[1]
    figure = tr("{code} {title}", code=each.figure.criterion.code, title=each.figure.spec.title)
    unit = _unit(each)
    if isinstance(each, LeftOut):
        nothing = Cell(NOTHING, second=True)
        return unit, Cell(figure), nothing, nothing, Cell(tr(LEFT_OUT), LEFT_OUT, tr(each.why))
    sign = NEW if each.before is None else TAKEN_BACK if each.after is None else OTHER
    return (
        unit,
        Cell(figure),
        Cell(_shown(each.figure, each.before), second=True),
        Cell(_shown(each.figure, each.after), strong=True),
        Cell(tr(sign), sign),
    )


def _unit(each: Change | LeftOut) -> Cell:
    if each.unit is None:
        return Cell(tr("All units"), strong=True, note=tr(each.figure.level.words))
    return Cell(each.unit.name, note=each.unit.code)


def _shown(figure: Figure, text: str | None) -> str:
    return NOTHING if text is None else tr("{value}", value=shown_input(figure.spec, text))
