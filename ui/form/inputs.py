"""The inputs that a criterion's rule asks for, saved one by one; the points follow while one types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from parindex_desktop.domain.errors import ParIndexError, UserError
from parindex_desktop.domain.given import own_inputs
from parindex_desktop.domain.scoring.answers import UNANSWERED
from parindex_desktop.domain.scoring.inputs import NO, YES, InputKind, read_input
from parindex_desktop.domain.scoring.outcome import score
from parindex_desktop.services import filling
from ui.form.input_fields import DateField, FigureField, GivenField
from ui.form.pick_fields import CheckField, ListField, PickField
from ui.language import tr
from ui.theme import tokens
from ui.widgets.buttons import link_button
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import FieldError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, MutableMapping

    from parindex_desktop.domain.assessments import Sheet
    from parindex_desktop.domain.criteria import Criterion
    from parindex_desktop.domain.given import Inputs
    from parindex_desktop.domain.scoring.inputs import InputSpec
    from ui.form.input_fields import InputField
    from ui.session import Session

_MOST_RADIOS = 6
"""More options than these go into a list that opens."""

_TYPED = {InputKind.COUNT, InputKind.AMOUNT, InputKind.DATE}
"""Kinds that are cleared by emptying their field; the others need a way of their own."""


class InputsSection(QWidget):
    """The editors of one criterion.

    What cannot be read stays in its field and in `unread` (by input name), so that it is still there when the
    officer comes back to the criterion; what was stored before holds meanwhile.
    """

    previewed = Signal(object)
    """The `Outcome` of what is being typed; None while what is stored holds."""

    def __init__(
        self, criterion: Criterion, session: Session, unread: MutableMapping[str, str], given: Inputs
    ) -> None:
        """`given` is what the province gives, which is only shown."""
        super().__init__()
        self._criterion = criterion
        self._session = session
        self._unread = unread
        self._fields = {
            spec.name: GivenField(spec) if spec.name in given else field_for(spec)
            for spec in criterion.inputs
        }
        self._own = {
            name: field for name, field in self._fields.items() if not isinstance(field, GivenField)
        } or self._fields
        self._fault = FieldError()
        self._none = link_button(tr("None of these is met"), self._give_none)
        self._clear = link_button(tr("Clear the answer"), self._give_nothing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.INSIDE)
        column.addLayout(arranged(self._fields.values()))
        links = FlowLayout()
        links.addWidget(self._none)
        links.addWidget(self._clear)
        column.addLayout(links)
        column.addWidget(self._fault)
        for field in self._fields.values():
            field.given.connect(lambda text, field=field: self._give(field, text))
            field.typing.connect(self._preview)

    def show_sheet(self, sheet: Sheet) -> None:
        """Show what is stored; what could not be stays until it is mended or something else is stored."""
        self._fault.show_fault("")
        inputs = sheet.answer.inputs
        for name, field in self._fields.items():
            field.show_stored(inputs.get(name))
            if not field.refused:
                self._unread.pop(name, None)
        inputs = own_inputs(inputs, sheet.given)
        checks = any(isinstance(field, CheckField) for field in self._own.values())
        picked = any(field.spec.kind not in _TYPED for field in self._own.values())
        self._none.setVisible(checks and not inputs)
        self._clear.setVisible(picked and bool(inputs))

    def show_unread(self, unread: Mapping[str, str]) -> None:
        """Put back what could not be read when the officer was here before."""
        for name, text in unread.items():
            if name in self._own:  # else the province gives it since
                self._refuse(self._fields[name], text, _fault_of(self._fields[name].spec, text))

    def focus_first(self, lacking: tuple[str, ...] = ()) -> None:
        """Put the keyboard into the first input that lacks, or into the first of all."""
        name = next(iter(lacking), next(iter(self._own)))
        self._fields[name].setFocus(Qt.FocusReason.OtherFocusReason)

    def _give(self, field: InputField, text: str) -> None:
        name = field.spec.name
        self._unread.pop(name, None)
        field.accept()
        if isinstance(field, CheckField):
            # One box touched answers for all: those left empty are not met.
            given = {n: f.ticked() for n, f in self._fields.items() if isinstance(f, CheckField)}
        else:
            given = {name: text}
        fault = self._save(given)
        if fault:
            self._refuse(field, text, fault)
            self.show_sheet(self._session.form.assessment.sheets[self._criterion.id])

    def _refuse(self, field: InputField, text: str, fault: str) -> None:
        field.refuse(text, fault)
        if field.spec.kind in _TYPED:
            self._unread[field.spec.name] = text

    def _save(self, given: Mapping[str, str]) -> str:
        """Store what was given; why it could not be stored, or the empty text."""
        try:
            self._session.edit(
                lambda office, form: filling.answer(
                    office, form, self._criterion, filling.typed_answer(form, self._criterion, given)
                )
            )
        except ParIndexError as fault:
            return tr(fault)
        return ""

    def _give_none(self) -> None:
        self._fault.show_fault(self._save(dict.fromkeys(self._own, NO)))

    def _give_nothing(self) -> None:
        try:
            self._session.edit(lambda office, form: filling.answer(office, form, self._criterion, UNANSWERED))
        except ParIndexError as fault:
            self._fault.show_fault(tr(fault))
            return
        self._fault.show_fault("")
        self.focus_first()

    def _preview(self) -> None:
        """Score what is being typed without storing it."""
        typed = {name: text for name, field in self._fields.items() if (text := field.typed()) is not None}
        try:
            answer = filling.typed_answer(self._session.form, self._criterion, typed)
        except UserError:
            self.previewed.emit(None)
            return
        self._unread.clear()
        for field in self._fields.values():
            field.accept()
        self.previewed.emit(score(self._criterion, answer) if typed else None)


def arranged(fields: Collection[InputField]) -> QGridLayout:
    """Figures and days stand two in a row, everything else takes the whole width."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(tokens.EDGE)
    grid.setVerticalSpacing(tokens.TIGHT)
    grid.setColumnStretch(0, 1)
    grid.setColumnStretch(1, 1)
    alone = sum(not field.wide for field in fields) == 1
    row, column = 0, 0
    for field in fields:
        if column and (field.wide or column == 2):
            row, column = row + 2, 0
        span = 2 if field.wide or alone else 1
        if isinstance(field, CheckField):
            grid.addWidget(field, row, 0, 1, 2)
            row += 1
            continue
        grid.addWidget(field.label, row, column, 1, span, Qt.AlignmentFlag.AlignBottom)
        grid.addWidget(field, row + 1, column, 1, span, Qt.AlignmentFlag.AlignTop)
        column += span
        if field.wide:
            row, column = row + 2, 0
    return grid


def field_for(spec: InputSpec) -> InputField:
    """The editor that fits `spec`."""
    match spec.kind:
        case InputKind.COUNT | InputKind.AMOUNT:
            return FigureField(spec)
        case InputKind.DATE:
            return DateField(spec)
        case InputKind.CHECK:
            return CheckField(spec)
        case InputKind.YES_NO:
            return PickField(spec, ((YES, tr("Met")), (NO, tr("Not met"))), across=True)
        case InputKind.CHOICE if len(spec.options) > _MOST_RADIOS:
            return ListField(spec)
        case InputKind.CHOICE:
            return PickField(spec, ((each.id, each.title) for each in spec.options), across=False)


def _fault_of(spec: InputSpec, text: str) -> str:
    """Why `text` cannot be read as `spec`, in the reader's language; the empty text where it can."""
    try:
        read_input(spec, text)
    except UserError as fault:
        return tr(fault)
    return ""
