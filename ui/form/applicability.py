"""Whether the criterion concerns the unit at all, where its rule or the set leaves that to the unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from parindex_desktop.domain.errors import ParIndexError
from parindex_desktop.domain.scoring.answers import Answer, Applicability
from parindex_desktop.domain.scoring.outcome import claimable
from parindex_desktop.services import filling
from resources import msgid
from ui.form.text_field import TextField
from ui.language import tr
from ui.theme import tokens
from ui.widgets import choices
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import FieldError
from ui.widgets.places import set_shown

if TYPE_CHECKING:
    from parindex_desktop.domain.assessments import Sheet
    from parindex_desktop.domain.criteria import Criterion
    from ui.session import Session

_WORDS = {
    Applicability.APPLICABLE: msgid("Applicable"),
    Applicability.NOTHING_AROSE: msgid("Nothing arose"),
    Applicability.NOT_APPLICABLE: msgid("Not applicable"),
}


def choices_for(criterion: Criterion) -> tuple[Applicability, ...]:
    """What the unit may say; empty where there is nothing to choose."""
    allowed = claimable(criterion)
    return allowed if len(allowed) > 1 else ()


class ApplicabilitySection(QWidget):
    """The choices, and the ground that “not applicable” needs."""

    def __init__(self, criterion: Criterion, session: Session) -> None:
        super().__init__()
        self._criterion = criterion
        self._session = session
        self._group = QButtonGroup(self)
        self._choices = {each: choices.radio(tr(_WORDS[each])) for each in choices_for(criterion)}
        line = FlowLayout(across=tokens.EDGE)
        for each, choice in self._choices.items():
            choice.button.clicked.connect(lambda _on, each=each: self._choose(each))
            self._group.addButton(choice.button)
            line.addWidget(choice)
        self._ground = TextField(tr("Ground for “not applicable”"), self._give_ground, least=2, most=5)
        self._fault = FieldError()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.INSIDE)
        column.addLayout(line)
        column.addWidget(self._fault)
        column.addWidget(self._ground)

    def show_sheet(self, sheet: Sheet) -> None:
        """Show what is declared."""
        said = sheet.answer.applicability
        for each, choice in self._choices.items():
            choice.button.setChecked(each is said)
        self._ground.show_text(sheet.answer.ground, "" if sheet.answer.ground else tr("required"))
        set_shown(self._ground, shown=said is Applicability.NOT_APPLICABLE)

    def take_keyboard(self) -> None:
        """Put the keyboard where the ground is written, or on what is declared."""
        if self._ground.isHidden():
            self._choices[self._sheet().answer.applicability].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._ground.take_keyboard()

    def _choose(self, said: Applicability) -> None:
        before = self._sheet().answer
        if said is before.applicability:
            return
        self._fault.show_fault(self._save(said, ""))
        self.show_sheet(self._sheet())
        if self._sheet().answer.applicability is Applicability.NOT_APPLICABLE:
            self._ground.take_keyboard()

    def _give_ground(self, text: str) -> str:
        return self._save(Applicability.NOT_APPLICABLE, text)

    def _save(self, said: Applicability, ground: str) -> str:
        """Store it; why it could not be stored, or the empty text."""
        answer = Answer(said, ground, self._sheet().answer.inputs)
        try:
            self._session.edit(lambda office, form: filling.answer(office, form, self._criterion, answer))
        except ParIndexError as fault:
            return tr(fault)
        return ""

    def _sheet(self) -> Sheet:
        return self._session.form.assessment.sheets[self._criterion.id]
