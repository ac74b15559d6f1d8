"""Editors for the fields of a set: one for each form of a value. They tell what was given, and never refuse it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from parindex_desktop.domain.criteria_fields import Form
from parindex_desktop.domain.errors import UserError
from ui.authoring import grades
from ui.authoring.values import LONGEST_TEXT, field_text, grades_text, read_text
from ui.language import tr
from ui.theme import tokens
from ui.theme.icons import Icon
from ui.widgets.buttons import icon_button
from ui.widgets.combo import ComboBox
from ui.widgets.dates import date_text, read_date
from ui.widgets.fields import LineField, NumberEdit, TextArea
from ui.widgets.labels import FieldError, Role, WrapLabel
from ui.widgets.places import set_shown

if TYPE_CHECKING:
    from parindex_desktop.domain.criteria_fields import Field

_BUTTON: Final = 30
FIGURES: Final = {Form.WHOLE, Form.PERCENT, Form.POINTS}


class Editor(QWidget):
    """The editor of one field; the name above it and the fault below are its form's."""

    given = Signal(object)
    """What was given, as the set has it; None for nothing."""

    def __init__(self, field: Field) -> None:
        super().__init__()
        self.field = field
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(tokens.TIGHT)

    def show_value(self, value: Any) -> None:
        """`value` is saved now; shown unless the officer is just typing something else."""
        raise NotImplementedError

    def mark_wrong(self, *, wrong: bool) -> None:
        """Draw it as one whose value cannot stand."""


class TextEditor(Editor):
    """A text: on one line, a day of the year too, or where its form asks for it on several."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        title = tr(field.title)
        self.edit: LineField | TextArea
        if field.form in {Form.TEXT, Form.LINES}:
            self.edit = TextArea(title, least=2, most=8, limit=LONGEST_TEXT)
        else:
            self.edit = LineField(title)
        if field.form is Form.OPTIONS:
            self.edit.setPlaceholderText(title)
        self.edit.committed.connect(lambda text: self.given.emit(read_text(field.form, text)))
        self.row.addWidget(self.edit)
        self.setFocusProxy(self.edit)

    def show_value(self, value: Any) -> None:
        """Show it."""
        self.edit.show_value(field_text(self.field.form, value))

    def mark_wrong(self, *, wrong: bool) -> None:
        """Draw the field so."""
        self.edit.mark_wrong(wrong=wrong)


class FigureEditor(Editor):
    """A figure; a graded one may have several values, which a small window asks for."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self._value: Any = None
        self.edit = NumberEdit(tr(field.title))
        self.edit.setMinimumWidth(64)
        self.edit.committed.connect(self._type)
        self._several = WrapLabel("", Role.BODY)
        self.setFocusProxy(self.edit)
        self.row.addWidget(self.edit, 1)
        self.row.addWidget(self._several, 1)
        self._several.hide()
        self._button = None
        if field.graded:
            name = tr("{field}: differs by kind of office or year…", field=tr(field.title))
            self._button = icon_button(Icon.DIFFERENCES, name, self._ask)
            self._button.setFixedWidth(_BUTTON)
            self.row.addWidget(self._button)

    def show_value(self, value: Any) -> None:
        """Show it in the field, or its several values beside the button."""
        self._value = value
        several = isinstance(value, dict)
        self._several.setText(grades_text(value) if several else "")
        set_shown(self._several, shown=several)
        set_shown(self.edit, shown=not several)
        self.edit.show_value("" if several else field_text(self.field.form, value))
        if self._button is not None:
            self.setFocusProxy(self._button if several else self.edit)

    def mark_wrong(self, *, wrong: bool) -> None:
        """Draw the field so."""
        self.edit.mark_wrong(wrong=wrong)

    def _type(self, text: str) -> None:
        value = read_text(self.field.form, text)
        if value == self._value:  # 1,5 for 1,50: nothing to save, but to be shown as it is kept
            self.edit.show_value(field_text(self.field.form, value))
            return
        self.given.emit(value)

    def _ask(self) -> None:
        answered, value = grades.ask_grades(self, self.field, self._value)
        if answered and value != self._value:
            self.given.emit(value)


class ChoiceEditor(Editor):
    """One of several values."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self.box = ComboBox(tr(field.title))
        self.box.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(6)
        if not field.needed:
            self.box.addItem("–", None)
        for value, title in field.choices.items():
            self.box.addItem(tr(title), value)
        self.box.activated.connect(lambda row: self.given.emit(self.box.itemData(row)))
        self.row.addWidget(self.box)
        self.setFocusProxy(self.box)

    def show_value(self, value: Any) -> None:
        """Choose it; the default where nothing is entered."""
        self.box.setCurrentIndex(self.box.findData(self.field.default if value is None else value))


class DaysEditor(Editor):
    """Days off and days worked instead, a day on each line; what is no day stays until it is mended."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self._fault = FieldError()
        self._areas = {
            "holidays": TextArea(tr("Days off (one on each line)"), least=2, most=6),
            "worked": TextArea(tr("Days worked instead (one on each line)"), least=2, most=6),
        }
        for area in self._areas.values():
            area.committed.connect(lambda _text: self._commit())
            part = QVBoxLayout()
            part.setSpacing(tokens.TIGHT)
            part.addWidget(WrapLabel(area.accessibleName(), Role.SECOND))
            part.addWidget(area)
            part.addStretch(1)
            self.row.addLayout(part, 1)
        self.row.setSpacing(tokens.BETWEEN)
        self.row.addWidget(self._fault)
        self.setFocusProxy(self._areas["holidays"])

    def show_value(self, value: Any) -> None:
        """Show the days of all years."""
        if self._fault.text():
            return
        for name, area in self._areas.items():
            days = [day for lists in (value or {}).values() for day in lists.get(name, ())]
            area.show_value("\n".join(date_text(dt.date.fromisoformat(day)) for day in sorted(days)))

    def _commit(self) -> None:
        found: dict[str, dict[str, list[str]]] = {}
        self._fault.show_fault("")
        for name, area in self._areas.items():
            area.mark_wrong(wrong=False)
            try:
                days = {read_date(line) for line in area.toPlainText().splitlines() if line.strip()}
            except UserError as fault:
                area.mark_wrong(wrong=True)
                self._fault.show_fault(tr(fault))
                return
            for day in sorted(days):
                found.setdefault(str(day.year), {}).setdefault(name, []).append(day.isoformat())
        self.given.emit(found or None)


_EDITORS: Final[dict[Form, type[Editor]]] = {
    Form.LINE: TextEditor,
    Form.NAME: TextEditor,
    Form.OPTIONS: TextEditor,
    Form.MONTH_DAY: TextEditor,
    Form.TEXT: TextEditor,
    Form.LINES: TextEditor,
    Form.CHOICE: ChoiceEditor,
    Form.DAYS: DaysEditor,
    **dict.fromkeys(FIGURES, FigureEditor),
}


def editor_for(field: Field) -> Editor:
    """The editor that fits a field, but for tables."""
    return _EDITORS[field.form](field)
