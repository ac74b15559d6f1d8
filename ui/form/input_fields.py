"""One editor for each kind of input. Each tells what was typed or picked as text; the form reads it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from parindex_desktop.domain.errors import UserError
from parindex_desktop.domain.scoring.inputs import NO, YES, InputKind, InputSpec, read_input
from ui.form import wording
from ui.language import tr
from ui.theme import tokens
from ui.widgets import choices
from ui.widgets.combo import ComboBox
from ui.widgets.dates import DateEdit
from ui.widgets.fields import NumberEdit
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import FieldError, Role, WrapLabel

if TYPE_CHECKING:
    from collections.abc import Iterable

_FIGURE_WIDTH: Final = 160
_DATE_WIDTH: Final = 190
_MOST_RADIOS: Final = 6
"""More options than these go into a list that opens."""


class InputField(QWidget):
    """An editor without its label, which the form places above it."""

    given = Signal(str)
    """What was typed or picked, when that is finished; the empty text clears the input."""

    typing = Signal()
    """What is typed says something else now."""

    wide: ClassVar[bool] = True
    """Whether it needs the whole width."""

    def __init__(self, spec: InputSpec) -> None:
        super().__init__()
        self.spec = spec
        self.label = WrapLabel(spec.title, Role.FIELD)
        self.fault = FieldError()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(tokens.TIGHT)

    def show_stored(self, text: str | None) -> None:
        """`text` (canonical) is stored now; None where the input is not given."""
        raise NotImplementedError

    def typed(self) -> str | None:
        """What is being typed; None while what is stored stands there."""
        return None

    def refuse(self, text: str, sentence: str) -> None:
        """`text` cannot be stored, `sentence` says why; it stays in the field so that it can be mended."""
        raise NotImplementedError

    @property
    def refused(self) -> bool:
        """Whether something stands there that could not be stored."""
        return bool(self.fault.text())

    def accept(self) -> None:
        """Nothing is wrong (any more)."""
        self.fault.show_fault("")


class FigureField(InputField):
    """A whole number or an amount."""

    wide = False

    def __init__(self, spec: InputSpec) -> None:
        super().__init__(spec)
        self._stored = ""
        self.edit = NumberEdit(spec.title)
        self.edit.setMaximumWidth(_FIGURE_WIDTH)
        self.edit.committed.connect(self.given)
        self.edit.textChanged.connect(lambda _text: self.typing.emit())
        self.label.setBuddy(self.edit)
        self.setFocusProxy(self.edit)
        self.column.addWidget(self.edit)
        self.column.addWidget(self.fault)

    def show_stored(self, text: str | None) -> None:
        """A figure that cannot be stored stays until it is mended, or until another one is stored."""
        stored = "" if text is None else wording.field_text(self.spec, text)
        if self.refused and stored == self._stored:
            return
        self._stored = stored
        self.accept()
        self.edit.show_value(stored)

    def typed(self) -> str | None:
        """The text in the field, where it is not the stored one."""
        value = self.edit.value()
        return None if value == self._stored else value

    def refuse(self, text: str, sentence: str) -> None:
        """Keep `text` in the field, marked; Escape brings the stored figure back."""
        if self.edit.value() != text:
            self.edit.setText(text)
        self.edit.keep_saved(self._stored)
        self.edit.mark_wrong(wrong=True)
        self.fault.show_fault(sentence)

    def accept(self) -> None:
        """Unmark the field."""
        self.edit.mark_wrong(wrong=False)
        super().accept()


class DateField(InputField):
    """A day, or one of the things that may be said instead of a day."""

    wide = False

    def __init__(self, spec: InputSpec) -> None:
        super().__init__(spec)
        self.edit = DateEdit(spec.title)
        self.edit.setMaximumWidth(_DATE_WIDTH)
        self.edit.committed.connect(lambda date: self.given.emit(date.isoformat() if date else ""))
        self.edit.field.textChanged.connect(lambda _text: self.typing.emit())
        self.label.setBuddy(self.edit)
        self.setFocusProxy(self.edit)
        self.column.addWidget(self.edit)
        self._instead = {option.id: choices.check(option.title) for option in spec.options}
        for option, choice in self._instead.items():
            choice.button.clicked.connect(
                lambda ticked, option=option: self.given.emit(option if ticked else "")
            )
            self.column.addWidget(choice)
        self.column.addWidget(self.fault)

    def show_stored(self, text: str | None) -> None:
        """A day stands in the field, anything else as its ticked box."""
        for option, choice in self._instead.items():
            choice.button.setChecked(option == text)
        self.edit.setEnabled(text not in self._instead)
        self.edit.show_date(dt.date.fromisoformat(text) if text and text not in self._instead else None)

    def typed(self) -> str | None:
        """The text in the field, where it is not the stored day."""
        value = self.edit.field.value()
        return None if value == _day(self.edit.date()) else value

    def refuse(self, text: str, sentence: str) -> None:
        """Say why; the field itself marks what is no day at all."""
        if not self.edit.fault.text():
            self.fault.show_fault(sentence)
        if text != self.typed():
            self.edit.field.setText(text)


class PickField(InputField):
    """Met or not met, or one of a few options."""

    def __init__(self, spec: InputSpec, options: Iterable[tuple[str, str]], *, across: bool) -> None:
        super().__init__(spec)
        self.setAccessibleName(spec.title)
        self._group = QButtonGroup(self)
        self._choices = {value: choices.radio(words) for value, words in options}
        for value, choice in self._choices.items():
            choice.button.setAccessibleDescription(spec.title)
            choice.button.clicked.connect(lambda _on, value=value: self.given.emit(value))
            self._group.addButton(choice.button)
        self.setFocusProxy(next(iter(self._choices.values())))
        line = FlowLayout(across=tokens.EDGE) if across else QVBoxLayout()
        for choice in self._choices.values():
            line.addWidget(choice)
        self.column.addLayout(line)
        self.column.addWidget(self.fault)

    def show_stored(self, text: str | None) -> None:
        """The stored one is picked; none where nothing is stored."""
        self._group.setExclusive(False)
        for value, choice in self._choices.items():
            choice.button.setChecked(value == text)
        self._group.setExclusive(True)

    def refuse(self, text: str, sentence: str) -> None:  # noqa: ARG002 (a pick cannot be mended by typing)
        """Say why; the form shows again what is stored."""
        self.fault.show_fault(sentence)


class ListField(InputField):
    """One of many options, in a list that opens."""

    def __init__(self, spec: InputSpec) -> None:
        super().__init__(spec)
        self._box = ComboBox(spec.title)
        self._box.setPlaceholderText(tr("Choose one"))
        for option in spec.options:
            self._box.addItem(option.title, option.id)
        self._box.setMinimumContentsLength(20)
        self._box.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._box.activated.connect(lambda row: self.given.emit(self._box.itemData(row)))
        self.label.setBuddy(self._box)
        self.setFocusProxy(self._box)
        self.column.addWidget(self._box)
        self.column.addWidget(self.fault)

    def show_stored(self, text: str | None) -> None:
        """The stored one is chosen."""
        self._box.setCurrentIndex(self._box.findData(text) if text else -1)

    def refuse(self, text: str, sentence: str) -> None:  # noqa: ARG002 (as above)
        """Say why; the form shows again what is stored."""
        self.fault.show_fault(sentence)


class CheckField(InputField):
    """One item of a list of things that are met or not; its title is beside the box."""

    def __init__(self, spec: InputSpec) -> None:
        super().__init__(spec)
        self.choice = choices.check(spec.title)
        self.choice.button.clicked.connect(lambda ticked: self.given.emit(YES if ticked else NO))
        self.setFocusProxy(self.choice)
        self.column.addWidget(self.choice)
        self.column.addWidget(self.fault)

    def show_stored(self, text: str | None) -> None:
        """Ticked where it is met."""
        self.choice.button.setChecked(text == YES)

    def ticked(self) -> str:
        """What the box says now."""
        return YES if self.choice.button.isChecked() else NO

    def refuse(self, text: str, sentence: str) -> None:  # noqa: ARG002 (as above)
        """Say why; the form shows again what is stored."""
        self.fault.show_fault(sentence)


def make_field(spec: InputSpec) -> InputField:
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


def fault_of(spec: InputSpec, text: str) -> str:
    """Why `text` cannot be read as `spec`, in the reader's language; the empty text where it can."""
    try:
        read_input(spec, text)
    except UserError as fault:
        return tr(fault)
    return ""


def _day(date: dt.date | None) -> str:
    return f"{date:%d/%m/%Y}" if date else ""
