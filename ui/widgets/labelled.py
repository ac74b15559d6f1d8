"""A field with its name above it and its fault below, as every form of the window has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.theme import tokens
from ui.widgets.labels import FieldError, Role, WrapLabel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget as Field


class Labelled(QWidget):
    """`name` above `field`, with room for a `fault` under it."""

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
