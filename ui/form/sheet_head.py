"""What a criterion is: its field, code and title, how it is scored, what proves it, who leads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.language import tr
from ui.theme import tokens
from ui.theme.tokens import Tone
from ui.widgets.chips import Chip
from ui.widgets.labels import Role, WrapLabel
from ui.widgets.places import set_shown

if TYPE_CHECKING:
    from parindex_desktop.domain.criteria import CriteriaSet, Criterion
    from parindex_desktop.domain.people import Assignee
    from ui.widgets.signs import Sign


class SheetHead(QWidget):
    """The head of a sheet, with a chip at the right of the title."""

    def __init__(self, criteria: CriteriaSet, criterion: Criterion) -> None:
        super().__init__()
        self._chip = Chip()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        above = above_it(criteria, criterion)
        maximum = tr("Maximum {points} points", points=criterion.maximum)
        column.addWidget(WrapLabel(" · ".join((*(titled(each) for each in above), maximum)), Role.SECOND))
        title = QHBoxLayout()
        title.setSpacing(tokens.INSIDE)
        title.addWidget(WrapLabel(titled(criterion), Role.TITLE), 1)
        title.addWidget(self._chip, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(title)
        if criterion.guidance:
            column.addWidget(WrapLabel(criterion.guidance, Role.SECOND))
        documents = criterion.documents
        lead = next((each.lead for each in (criterion, *reversed(above)) if each.lead), None)
        sentences = (
            tr("Documents required: {documents}.", documents=documents) if documents else "",
            tr("In charge: {lead}.", lead=lead) if lead else "",
        )
        column.addWidget(WrapLabel(" ".join(filter(None, sentences)), Role.SECOND))
        self._duty = WrapLabel("", Role.SECOND, tone=Tone.ACCENT)
        column.addWidget(self._duty)
        self.show_duty(None)

    def show_duty(self, to: Assignee | None) -> None:
        """Show who of this office is in charge."""
        name = (to.person.words if to.person else to.room) if to else ""
        self._duty.setText(tr("In this office: {name}", name=name))
        set_shown(self._duty, shown=bool(name))

    def show_sign(self, sign: Sign | None) -> None:
        """Show where the criterion stands."""
        self._chip.show_sign(sign)


def above_it(criteria: CriteriaSet, criterion: Criterion) -> list[Criterion]:
    """The groups that a criterion belongs to, from the field down."""
    above: list[Criterion] = []
    parent = criteria.parent(criterion)
    while parent is not None:
        above.insert(0, parent)
        parent = criteria.parent(parent)
    return above


def titled(criterion: Criterion) -> str:
    """Printed code and title."""
    return f"{criterion.code} {criterion.title}"
