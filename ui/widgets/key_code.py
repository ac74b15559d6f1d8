"""The code of a key as it is heard over the telephone: typed by a person, compared while it is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.language import tr
from ui.theme import tokens
from ui.theme.tokens import Tone
from ui.widgets.chips import Chip
from ui.widgets.fields import LineField
from ui.widgets.labels import Role, WrapLabel
from ui.widgets.places import set_shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.widgets.signs import Sign


class KeyCodeField(QWidget):
    """A field for a key code with the verdict under it.

    `judge` gives for what is typed the sign of the verdict and a sentence about it. The field never shows the
    code that it is compared with: who has it before the eyes does not listen any more.
    """

    judged = Signal()

    def __init__(
        self, name: str, judge: Callable[[str], tuple[Sign | None, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._judge = judge
        self.field = LineField(name, limit=120)
        self.field.setPlaceholderText(tr("for example 1A2B 3C4D …, eight groups of four"))
        self.field.textChanged.connect(lambda _text: self.judge_again())
        self.setFocusProxy(self.field)
        self.chip = Chip()
        self._said = WrapLabel("", Role.SMALL)
        verdict = QHBoxLayout()
        verdict.setSpacing(tokens.INSIDE)
        verdict.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignTop)
        verdict.addWidget(self._said, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.TIGHT)
        column.addWidget(self.field)
        column.addLayout(verdict)
        self.judge_again()

    def code(self) -> str:
        """What is typed."""
        return self.field.value()

    def said(self) -> str:
        """The sentence of the verdict."""
        return self._said.text()

    def judge_again(self) -> None:
        """Compare once more: something else was typed, or another key is meant."""
        sign, sentence = self._judge(self.code())
        self.chip.show_sign(sign)
        self._said.setText(sentence)
        set_shown(self._said, shown=bool(sentence))
        self.field.mark_wrong(wrong=sign is not None and sign.tone is Tone.WRONG)
        self.judged.emit()
