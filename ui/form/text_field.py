"""A text of the form that is saved when it is left, and stays where it cannot be saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.theme import tokens
from ui.theme.tokens import Tone
from ui.widgets.fields import TextArea
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import FieldError, Role, WrapLabel
from ui.widgets.places import set_shown

if TYPE_CHECKING:
    from collections.abc import Callable


class TextField(QWidget):
    """`name`, why it is needed, the text, and what is wrong with it.

    `save` stores a text and returns the sentence that says why it could not, or the empty text. What could not be
    stored is `unread` and stays in the field until it is mended.
    """

    def __init__(
        self,
        name: str,
        save: Callable[[str], str],
        *,
        least: int = 3,
        most: int = 10,
        read_only: bool = False,
    ) -> None:
        super().__init__()
        self._save = save
        self._stored = ""
        self._why = WrapLabel("", Role.FIELD, tone=Tone.CARE)
        self._fault = FieldError()
        # A form that is only read shows all of a text.
        self.area = TextArea(name, least=1 if read_only else least, most=200 if read_only else most)
        self.area.setReadOnly(read_only)
        self.area.committed.connect(self._commit)
        label = WrapLabel(name, Role.FIELD)
        label.setBuddy(self.area)
        head = FlowLayout(across=tokens.TIGHT, down=0)
        head.addWidget(label)
        head.addWidget(self._why)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.TIGHT)
        column.addLayout(head)
        column.addWidget(self.area)
        column.addWidget(self._fault)
        self.setFocusProxy(self.area)

    def show_text(self, text: str, why: str = "") -> None:
        """`text` is stored now; `why` says why the officer must write here."""
        self._why.setText(f"· {why}" if why else "")
        set_shown(self._why, shown=bool(why))
        self.area.setAccessibleDescription(why)
        if self.unread is not None and text == self._stored:
            return
        self._stored = text
        self._mark("")
        self.area.show_value(text)

    @property
    def unread(self) -> str | None:
        """What stands here and could not be stored."""
        return self.area.toPlainText() if self._fault.text() else None

    def restore(self, text: str) -> None:
        """Put back what could not be stored when the officer was here before."""
        self.area.setPlainText(text)
        self.area.commit()

    def take_keyboard(self) -> None:
        """Let the officer write here."""
        self.area.setFocus(Qt.FocusReason.OtherFocusReason)

    def _commit(self, text: str) -> None:
        self._mark("")
        self._mark(self._save(text))

    def _mark(self, fault: str) -> None:
        self._fault.show_fault(fault)
        self.area.mark_wrong(wrong=bool(fault))
