"""What a criterion is: its field, code and title, how it is scored, what proves it, who leads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.language import tr
from ui.theme import tokens
from ui.theme.tokens import Tone
from ui.widgets.buttons import link_button
from ui.widgets.chips import Chip
from ui.widgets.labels import Role, WrapLabel
from ui.widgets.places import set_shown

if TYPE_CHECKING:
    from parindex_desktop.domain.criteria import CriteriaSet, Criterion
    from parindex_desktop.domain.people import Assignee
    from ui.widgets.signs import Sign


class SheetHead(QWidget):
    """The head of a sheet, with a chip at the right of the title.

    Where the sheet is low, what there is to read gives way to what there is to fill in, until it is asked for.
    """

    def __init__(self, criteria: CriteriaSet, criterion: Criterion) -> None:
        super().__init__()
        self._chip = Chip()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        above = above_it(criteria, criterion)
        self._maximum = tr("Maximum {points} points", points=criterion.maximum)
        self._whole_place = " · ".join((*(titled(each) for each in above), self._maximum))
        self._place = WrapLabel(self._whole_place, Role.SECOND)
        self._more = link_button(tr("Guidance, documents required"), lambda: self._unfold(opened=True))
        self._more.hide()
        line = QHBoxLayout()
        line.addWidget(self._place, 1)
        line.addWidget(self._more)
        column.addLayout(line)
        title = QHBoxLayout()
        title.setSpacing(tokens.INSIDE)
        title.addWidget(WrapLabel(titled(criterion), Role.TITLE), 1)
        title.addWidget(self._chip, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(title)
        self._guidance = WrapLabel(criterion.guidance or "", Role.SECOND)
        column.addWidget(self._guidance)
        documents = criterion.documents
        lead = next((each.lead for each in (criterion, *reversed(above)) if each.lead), None)
        sentences = (
            tr("Documents required: {documents}.", documents=documents) if documents else "",
            tr("In charge: {lead}.", lead=lead) if lead else "",
        )
        self._documents = WrapLabel(" ".join(filter(None, sentences)), Role.SECOND)
        column.addWidget(self._documents)
        self._low = False
        self._unfold(opened=True)
        self._duty = WrapLabel("", Role.SECOND, tone=Tone.ACCENT)
        column.addWidget(self._duty)
        self.show_duty(None)

    def show_low(self, *, low: bool) -> None:
        """Take little height, or as much as there is to say."""
        if low != self._low:
            self._low = low
            self._place.setText(self._maximum if low else self._whole_place)
            self._unfold(opened=not low)

    def _unfold(self, *, opened: bool) -> None:
        said = [label for label in (self._guidance, self._documents) if label.text()]
        for label in (self._guidance, self._documents):
            set_shown(label, shown=opened and label in said)
        set_shown(self._more, shown=bool(said) and not opened)

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
