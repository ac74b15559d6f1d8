"""Editors for what is picked: met or not met, one of several options, an item of a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QButtonGroup, QVBoxLayout

from parindex_desktop.domain.scoring.inputs import NO, YES
from ui.form.input_fields import InputField
from ui.language import tr
from ui.theme import tokens
from ui.widgets import choices
from ui.widgets.combo import ComboBox
from ui.widgets.flow import FlowLayout

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parindex_desktop.domain.scoring.inputs import InputSpec


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
