"""Fields that an officer types into. They tell what was typed when it is finished, never at each key.

A field keeps what was last saved (`show_value`) apart from what is being typed: a value that arrives from
elsewhere meanwhile never replaces the typing, and `committed` follows only a real change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QCheckBox,
    QLineEdit,
    QPlainTextEdit,
    QStyle,
    QStyleOptionButton,
)

from parindex_desktop.domain import text as texts
from ui import theme
from ui.theme import icons
from ui.theme.icons import Icon

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget


class LineField(QLineEdit):
    """One line of text. `committed` carries it cleaned (NFC, no needless blanks) on Enter or on leaving."""

    committed = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None, *, limit: int = 500) -> None:
        """`name` is the label that stands above it, for a screen reader; `limit` the longest text."""
        super().__init__(parent)
        self._saved = ""
        self.setAccessibleName(name)
        self.setMaxLength(limit)
        # A file let go a little too low must not end as a path in a text.
        self.setAcceptDrops(False)
        self.editingFinished.connect(self.commit)

    def value(self) -> str:
        """What stands in the field now, cleaned."""
        return texts.one_line(self.text(), self.maxLength())

    def show_value(self, value: str) -> None:
        """`value` is saved now. It is shown, unless the officer is just typing something else."""
        typing = self.hasFocus() and self.value() != self._saved
        self._saved = value
        if not typing and self.text() != value:
            self.setText(value)

    def commit(self) -> None:
        """Tell what was typed, if it differs from what was saved."""
        value = self.value()
        if value != self._saved:
            self._saved = value
            self.committed.emit(value)

    def keep_saved(self, value: str) -> None:
        """What was typed cannot be saved: `value` still is. The typing stays; Escape takes it back."""
        self._saved = value

    def mark_wrong(self, *, wrong: bool) -> None:
        """Draw the field as one whose value cannot stand; the words go into a `FieldError` below it."""
        mark(self, wrong=wrong)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape takes the typing back to what was saved."""
        if event.key() == Qt.Key.Key_Escape and self.text() != self._saved:
            self.setText(self._saved)
            return
        super().keyPressEvent(event)


class NumberEdit(LineField):
    """A figure, right-aligned as in its column. The text is committed as typed; the page reads it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent, limit=40)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)
        self.setMinimumWidth(96)


class TextArea(QPlainTextEdit):
    """Several lines, growing with the text between `least` and `most` lines. Tab leaves the field."""

    committed = Signal(str)

    def __init__(
        self,
        name: str,
        parent: QWidget | None = None,
        *,
        least: int = 3,
        most: int = 10,
        limit: int = texts.LONGEST_TEXT,
    ) -> None:
        super().__init__(parent)
        self._saved = ""
        self._least = least
        self._most = most
        self._limit = limit
        self.setAccessibleName(name)
        self.setAcceptDrops(False)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._grow())
        self._grow()

    def value(self) -> str:
        """What stands in the field now, cleaned. Raises `TextTooLong` above the limit."""
        return texts.clean(self.toPlainText(), self._limit)

    def show_value(self, value: str) -> None:
        """`value` is saved now. It is shown, unless the officer is just typing something else."""
        typing = self.hasFocus() and self._typed() != self._saved
        self._saved = value
        if not typing and self.toPlainText() != value:
            self.setPlainText(value)

    def commit(self) -> None:
        """Tell what was typed, if it differs from what was saved."""
        typed = self._typed()
        if typed != self._saved:
            self._saved = typed
            self.committed.emit(typed)

    def mark_wrong(self, *, wrong: bool) -> None:
        """Draw the field as one whose value cannot stand."""
        mark(self, wrong=wrong)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Commit, unless only a menu or another program took the keyboard for a moment."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.commit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lines wrap anew at another width."""
        super().resizeEvent(event)
        self._grow()

    def changeEvent(self, event: QEvent) -> None:
        """Another size of text needs another height."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._grow()

    def _typed(self) -> str:
        # The page judges the length when it saves; here nothing that was typed may be lost.
        return texts.clean(self.toPlainText(), limit=len(self.toPlainText()))

    def _grow(self) -> None:
        lines = self.document().size().height()  # a plain text document measures itself in lines
        shown = min(max(lines, self._least), self._most)
        edges = self.contentsMargins()
        frame = 2 * self.document().documentMargin() + edges.top() + edges.bottom()
        # Qt counts a line that ends exactly at the edge as one that does not fit, and would offer to scroll to it.
        self.setFixedHeight(round(shown * self.fontMetrics().lineSpacing() + frame) + 1)


class CheckBox(QCheckBox):
    """A box to tick, with a tick drawn in the colours of the window."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the tick into the box."""
        super().paintEvent(event)
        if self.isChecked():
            option = QStyleOptionButton()
            self.initStyleOption(option)
            box = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self)
            tick = icons.pixmap(Icon.COMPLETE, theme.colours().on_accent, _TICK, self.devicePixelRatioF())
            corner = box.center() - QPoint(_TICK // 2 - 1, _TICK // 2 - 1)
            QPainter(self).drawPixmap(corner, tick)


_TICK = 12


def mark(field: QWidget, *, wrong: bool) -> None:
    """Draw any field as one whose value cannot stand, or as usual."""
    theme.set_look(field, "wrong", "true" if wrong else "")
