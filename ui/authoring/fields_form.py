"""The fields of one thing (the head, a criterion, a rule), laid out from its table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from parindex_desktop.domain.criteria_fields import Form, stands, value_at
from ui.authoring.editors import editor_for
from ui.authoring.faults import is_wrong, words_of
from ui.authoring.table_editor import TableEditor, is_narrow
from ui.language import tr
from ui.theme import tokens
from ui.widgets.labels import FieldError, Role, WrapLabel
from ui.widgets.places import set_shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from parindex_desktop.domain.criteria_fields import Field
    from ui.authoring.editors import Editor
    from ui.authoring.faults import Placed


class _Part(QWidget):
    """The editor of one field with its name, its hint and its fault."""

    def __init__(self, field: Field) -> None:
        super().__init__()
        self.field = field
        self.editor: Editor | TableEditor = (
            TableEditor(field) if field.form is Form.TABLE else editor_for(field)
        )
        label = WrapLabel(tr(field.title), Role.FIELD)
        label.setBuddy(self.editor)
        self.fault = FieldError()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.TIGHT)
        column.addWidget(label)
        column.addWidget(self.editor)
        if field.hint:
            column.addWidget(WrapLabel(tr(field.hint), Role.SMALL))
        column.addWidget(self.fault)
        column.addStretch(1)

    def show_faults(self, faults: Sequence[Placed]) -> None:
        """Say what is wrong with the field."""
        if isinstance(self.editor, TableEditor):
            faults = self.editor.show_faults(faults)
        else:
            self.editor.mark_wrong(wrong=is_wrong(faults))
        self.fault.show_fault(words_of(faults))


class FieldsForm(QWidget):
    """Editors for `fields`; short ones stand two in a row."""

    given = Signal(object, object)
    """The `Field`, and what was given for it."""

    def __init__(self, fields: Sequence[Field]) -> None:
        super().__init__()
        self._parts = {field.key: _Part(field) for field in fields}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(tokens.BETWEEN)
        grid.setVerticalSpacing(tokens.INSIDE)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        row, column = 0, 0
        for part in self._parts.values():
            narrow = is_narrow(part.field.form) or part.field.key == ("code",)
            if column and (not narrow or column == 2):
                row, column = row + 1, 0
            grid.addWidget(part, row, column, 1, 1 if narrow else 2)
            column += 1 if narrow else 2
            part.editor.given.connect(lambda value, field=part.field: self.given.emit(field, value))

    def show_values(self, values: Mapping[str, Any]) -> None:
        """Show what is entered."""
        for key, part in self._parts.items():
            part.editor.show_value(value_at(values, key))
            set_shown(part, shown=stands(part.field, values))

    def show_faults(self, faults: Sequence[Placed]) -> list[Placed]:
        """Say each fault at its field; those of no field are given back."""
        rest = list(faults)
        for key, part in self._parts.items():
            own = [(path[len(key) :], said) for path, said in rest if path[: len(key)] == key]
            rest = [each for each in rest if each[0][: len(key)] != key]
            part.show_faults(own)
        return rest

    def take_keyboard(self, path: Sequence[str | int] = ()) -> bool:
        """Put the keyboard into the field that `path` leads to, or into the first; False where there is none."""
        path = tuple(path)
        for key, part in self._parts.items():
            if not path or path[: len(key)] == key:
                if isinstance(part.editor, TableEditor):
                    part.editor.take_keyboard(path[len(key) :])
                else:
                    part.editor.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return False
