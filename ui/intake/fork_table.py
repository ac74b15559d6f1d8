"""Two versions of one unit side by side: what each of them changed, and what both did."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.form.wording import NOTHING
from ui.language import tr
from ui.theme import tokens
from ui.theme.tokens import Tone
from ui.widgets.cells import Column
from ui.widgets.notices import Banner
from ui.widgets.rows import Cell, FittedTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parindex_desktop.domain.messages import Message
    from parindex_desktop.services.forks import Branch, Fork, ForkRow, Side

_LONGEST: Final = 120
"""Letters of a text that are shown; the form has the rest."""


class ForkView(QWidget):
    """A table with a column for each version, and what is to be done about it."""

    def __init__(self, fork: Fork, *, same_key: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        columns = [(tr("Criterion"), Column(84, least=52))]
        columns += [
            (_branch(branch, same_key=same_key), Column(100, 1, least=68)) for branch in fork.branches
        ]
        self.table: FittedTable[ForkRow] = FittedTable(
            tr("Versions side by side"), columns, _cells, lambda row: (row.criterion, row.part)
        )
        self.table.show_rows(fork.rows)
        self.notice = Banner()
        said = "\n".join(tr(each) for each in fork.advice(same_key=same_key))
        self.notice.tell(said, Tone.CARE, closable=False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.INSIDE)
        column.addWidget(self.table)
        column.addWidget(self.notice)


def _branch(branch: Branch, *, same_key: bool) -> str:
    """Which version it is: the first group of its key code tells machines apart, else the time does."""
    values = {"key": branch.key.partition(" ")[0], "points": branch.total.points, "number": branch.sequence}
    if same_key and branch.claimed is not None:
        return tr("Hand-over {number}, signed {time}: {points} points", time=branch.claimed, **values)
    return tr("Machine {key}, time {number}: {points} points", **values)


def _cells(row: ForkRow) -> Sequence[Cell]:
    code = row.criterion.code if row.criterion else ""
    part = "" if row.part.code == "difference.figures" else tr(row.part)
    name = " ".join(filter(None, (code, part)))
    return [Cell(name, strong=row.unsettled), *(_side(row, side) for side in row.sides)]


def _side(row: ForkRow, side: Side) -> Cell:
    if side.as_before:
        return Cell(tr("as before"), second=True)
    said = " / ".join(_value(line) for line in side.lines) or NOTHING
    if len(said) > _LONGEST:
        said = said[:_LONGEST].rstrip() + "…"
    points = tr("{points} points", points=side.points) if side.points is not None else ""
    return Cell(said, note=points, strong=row.unsettled)


def _value(line: Message | str) -> str:
    """A line without the name of its figure: the criterion says what is counted."""
    if isinstance(line, str):
        return line
    if line.code == "answer.input":
        return tr("{value}", value=line.values["value"])
    return tr(line)
