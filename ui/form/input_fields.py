"""Editors for what is typed: figures and days. Each tells what was typed as text; the form reads it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from parindex_desktop.domain.scoring.showing import shown_input
from ui.form import wording
from ui.language import tr
from ui.theme import tokens
from ui.widgets import choices
from ui.widgets.dates import DateEdit, date_text
from ui.widgets.fields import NumberEdit
from ui.widgets.labels import CopyLabel, FieldError, Role, WrapLabel

if TYPE_CHECKING:
    from parindex_desktop.domain.scoring.inputs import InputSpec

_FIGURE_WIDTH: Final = 160
_DATE_WIDTH: Final = 190


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


class GivenField(InputField):
    """What the province gives: to be read, and copied."""

    wide = False

    def __init__(self, spec: InputSpec) -> None:
        super().__init__(spec)
        self.value = CopyLabel("", Role.STRONG)
        self.setFocusProxy(self.value)
        self.column.addWidget(self.value)
        self.column.addWidget(WrapLabel(tr("given by the province"), Role.SMALL))

    def show_stored(self, text: str | None) -> None:
        """Show it in words."""
        shown = "" if text is None else tr("{value}", value=shown_input(self.spec, text))
        self.value.setText(shown)
        self.value.setAccessibleName(tr("{title}: {value}", title=self.spec.title, value=shown))

    def refuse(self, text: str, sentence: str) -> None:  # noqa: ARG002 (nothing is typed here)
        """Say why; it comes from another field."""
        self.fault.show_fault(sentence)


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
        self._stored: str | None = None
        self.edit = DateEdit(spec.title)
        self.edit.setMaximumWidth(_DATE_WIDTH)
        self.edit.committed.connect(lambda date: self.given.emit(date_text(date)))
        self.edit.field.committed.connect(self._tell_what_is_no_day)
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

    def show_stored(self, text: str | None) -> None:
        """A day stands in the field, anything else as its ticked box; what cannot be stored stays."""
        if self.refused and text == self._stored:
            return
        self._stored = text
        self.accept()
        for option, choice in self._instead.items():
            choice.button.setChecked(option == text)
        self.edit.setEnabled(text not in self._instead)
        self.edit.show_date(self._date())

    def typed(self) -> str | None:
        """The text in the field, where it is not the stored day."""
        value = self.edit.field.value()
        return None if value == date_text(self._date()) else value

    @property
    def refused(self) -> bool:
        """Whether something stands there that could not be stored."""
        return bool(self.edit.fault.text())

    def refuse(self, text: str, sentence: str) -> None:
        """Keep `text` in the field, marked; Escape brings the stored day back."""
        self.edit.show_date(self._date())
        if self.edit.field.value() != text:
            self.edit.field.setText(text)
        self.edit.field.mark_wrong(wrong=True)
        self.edit.fault.show_fault(sentence)

    def accept(self) -> None:
        """Unmark the field."""
        self.edit.field.mark_wrong(wrong=False)
        self.edit.fault.show_fault("")

    def _date(self) -> dt.date | None:
        """The stored day."""
        return (
            dt.date.fromisoformat(self._stored)
            if self._stored and self._stored not in self._instead
            else None
        )

    def _tell_what_is_no_day(self, text: str) -> None:
        """The field itself tells days only."""
        if self.refused:
            self.given.emit(text)
