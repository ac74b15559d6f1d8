"""A field with its name above it and its fault below, as every form of the window has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.theme import tokens
from ui.widgets.fields import LineField, TextArea
from ui.widgets.labels import FieldError, Role, WrapLabel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget as Field


class Labelled(QWidget):
    """`name` above `field`, with room for a `fault` under it, which holds until something else is typed."""

    def __init__(self, name: str, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        label = WrapLabel(name, Role.FIELD)
        label.setBuddy(field)
        self.fault = FieldError(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.TIGHT)
        column.addWidget(label)
        column.addWidget(field)
        column.addWidget(self.fault)
        self.field = field
        self._editor = field.focusProxy() or field
        if isinstance(self._editor, LineField | TextArea):
            self._editor.textChanged.connect(self._mended)

    def _mended(self) -> None:
        if self.fault.text() and isinstance(self._editor, LineField | TextArea):
            self.fault.show_fault("")
            self._editor.mark_wrong(wrong=False)
