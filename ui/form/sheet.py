"""The sheet of one criterion: what it asks, what is declared, what comes of it, what proves it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from parindex_desktop.domain.attention import sheet_messages
from parindex_desktop.domain.needs import Need
from parindex_desktop.domain.scoring.answers import Applicability
from ui.form.applicability import ApplicabilitySection, choices_for
from ui.form.copied import CopiedSection
from ui.form.evidence import EvidenceSection
from ui.form.inputs import InputsSection
from ui.form.points_box import PointsBox
from ui.form.sheet_head import SheetHead
from ui.form.texts import TextsSection
from ui.form.wording import declared, sign_of
from ui.language import tr
from ui.theme import tokens
from ui.theme.tokens import Tone
from ui.widgets import signs
from ui.widgets.labels import WrapLabel
from ui.widgets.notices import Banner
from ui.widgets.places import set_shown

if TYPE_CHECKING:
    from parindex_desktop.domain.assessments import Assessment, Sheet
    from parindex_desktop.domain.criteria import Criterion
    from parindex_desktop.domain.people import Assignee
    from parindex_desktop.domain.scoring.outcome import Outcome
    from parindex_desktop.services.homes import Office
    from ui.form.file_work import FileWork
    from ui.session import Session


_LOW: Final = 240
"""Height from which head and first figures of a sheet have room together."""
_HIGH: Final = 350
"""The same with what was copied between them."""


@dataclass(slots=True)
class Unread:
    """What was typed for a criterion and could not be stored, by the names of its inputs and of its texts."""

    inputs: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)


class SheetView(QWidget):
    """Shows one criterion of an assessment; with a session it is filled in here.

    Made anew for each criterion; `unread` outlives it.
    """

    page_asked = Signal(str)

    def __init__(
        self,
        assessment: Assessment,
        criterion: Criterion,
        office: Office,
        session: Session | None,
        work: FileWork,
        unread: Unread,
    ) -> None:
        super().__init__()
        self.criterion = criterion
        self._head = SheetHead(assessment.criteria, criterion)
        self._differs = Banner()
        self._told = Banner()
        self._copied = CopiedSection(assessment.criteria, criterion, session, self.take_keyboard)
        self._room = _HIGH
        self._box = PointsBox()
        self._stored: Outcome | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.BETWEEN)
        column.addWidget(self._head)
        column.addWidget(self._differs)
        column.addWidget(self._told)
        column.addWidget(self._copied)
        self._applicability: ApplicabilitySection | None = None
        self._inputs: InputsSection | None = None
        self._declared = WrapLabel()
        if session is not None and criterion.inputs:
            if choices_for(criterion):
                self._applicability = ApplicabilitySection(criterion, session)
                column.addWidget(self._applicability)
            given = assessment.sheets[criterion.id].given
            self._inputs = InputsSection(criterion, session, unread.inputs, given)
            self._inputs.previewed.connect(self._preview)
            column.addWidget(self._inputs)
        else:
            column.addWidget(self._declared)
        column.addWidget(self._box)
        self.evidence: EvidenceSection | None = None
        self._texts: TextsSection | None = None
        if criterion.inputs:
            self.evidence = EvidenceSection(criterion, office, session, work)
            self._texts = TextsSection(criterion, session, unread.texts)
            if session is not None:
                self.evidence.zone.take_drops_on(self)
            column.addWidget(self.evidence)
            column.addWidget(self._texts)
        before = dict(unread.inputs), dict(unread.texts)
        self.show_assessment(assessment)
        if self._inputs is not None:
            self._inputs.show_unread(before[0])
        if self._texts is not None and session is not None:
            self._texts.show_unread(before[1])

    def show_assessment(self, assessment: Assessment) -> None:
        """Show this state of the criterion; what is being typed stays."""
        sheet = assessment.sheets[self.criterion.id]
        applies = sheet.answer.applicability is Applicability.APPLICABLE
        self._stored = sheet.outcome
        self._head.show_sign(signs.LOCKED if assessment.lock else sign_of(sheet))
        self._show_difference(sheet)
        self._show_attention(assessment)
        self._copied.show_sheet(sheet)
        self.fit(self._room)
        if self._applicability is not None:
            self._applicability.show_sheet(sheet)
        if self._inputs is not None:
            self._inputs.show_sheet(sheet)
            self._inputs.setVisible(applies)
        self._declared.setText("\n".join(declared(sheet)))
        self._declared.setVisible(self._inputs is None and bool(self._declared.text()))
        self._box.show_outcome(sheet.outcome)
        for section in (self.evidence, self._texts):
            if section is not None:
                section.show_sheet(sheet)

    def fit(self, room: int) -> None:
        """Let something that is filled in be seen without scrolling where there is `room`, in logical pixels."""
        self._room = room
        low = room < (_HIGH if self._copied.waits else _LOW)
        self._head.show_low(low=low)
        self._copied.show_low(low=low)

    def show_duty(self, to: Assignee | None) -> None:
        """Show who is in charge."""
        self._head.show_duty(to)

    def take_keyboard(self, need: Need | None = None) -> bool:
        """Put the keyboard where `need` is met, or into the first field; False where there is none."""
        if self._inputs is None or self.evidence is None or self._texts is None or self._stored is None:
            return False
        match need:
            case Need.UNCONFIRMED if not self._copied.isHidden():
                self._copied.take_keyboard()
            case Need.EVIDENCE:
                self.evidence.focus_ways_in()
            case Need.DOCUMENT_DATA:
                self.evidence.focus_lacking()
            case Need.EXPLANATION:
                self._texts.ask_for("explanation")
            case Need.REASON:
                self._texts.ask_for("reason")
            case _ if self._inputs.isHidden():
                assert self._applicability is not None
                self._applicability.take_keyboard()
            case _:
                self._inputs.focus_first(tuple(spec.name for spec in self._stored.missing))
        return True

    def _preview(self, outcome: Outcome | None) -> None:
        shown = outcome or self._stored
        if shown is not None:
            self._box.show_outcome(shown)

    def _show_attention(self, assessment: Assessment) -> None:
        """Tell that the figures come to other points than those locked, or that the province gives other ones now."""
        found = sheet_messages(assessment, self.criterion)
        set_shown(self._told, shown=False)
        if found:
            sentences = tr("{value}", value="\n".join(map(tr, found)))
            self._told.tell(sentences, Tone.CARE, closable=False)

    def _show_difference(self, sheet: Sheet) -> None:
        if not sheet.unsettled:
            self._differs.hide()
            return
        self._differs.tell(
            tr(
                "Two machines of the office wrote different values here. "
                "Until the office settles them, they count as not entered."
            ),
            Tone.CARE,
            tr("Show the differences"),
            lambda: self.page_asked.emit("differences"),
            closable=False,
        )
