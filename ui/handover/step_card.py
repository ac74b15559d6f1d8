"""One numbered step: what it is, whether it is done, and room to do it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.language import tr
from ui.theme import icons, tokens
from ui.theme.icons import Icon
from ui.theme.tokens import Tone
from ui.widgets.buttons import icon_button
from ui.widgets.labels import Role, WrapLabel
from ui.widgets.places import set_shown

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QPaintEvent

_BADGE: Final = 26


class StepState(StrEnum):
    """Where a step is."""

    LATER = "later"
    CURRENT = "current"
    DONE = "done"


class StepCard(QFrame):
    """A card of the column of steps; `body` holds what is done in it and can be folded away."""

    folded = Signal()

    def __init__(self, number: int, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self._number = number
        self._title = title
        self.state = StepState.LATER
        self._badge = _Badge(number)
        heading = WrapLabel(title, Role.TITLE)
        self._note = WrapLabel("", Role.SECOND)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(heading)
        words.addWidget(self._note)
        self._fold = icon_button(Icon.CHEVRON_RIGHT, "", self._toggle)
        self._fold.setProperty("role", "quiet")
        self._fold.setFixedSize(_BADGE, _BADGE)
        self._head = QWidget()
        row = QHBoxLayout(self._head)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.BETWEEN)
        row.addWidget(self._badge, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(self._fold, 0, Qt.AlignmentFlag.AlignTop)
        self.body = QWidget()
        self.content = QVBoxLayout(self.body)
        self.content.setContentsMargins(_BADGE + tokens.BETWEEN, tokens.INSIDE, 0, 0)
        self.content.setSpacing(tokens.BETWEEN)
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.EDGE, tokens.BETWEEN, tokens.EDGE, tokens.BETWEEN)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(self.body)
        self.open_up(opened=False)

    def show_state(self, state: StepState, note: str) -> None:
        """Show where the step is, and in one line what was or will be done."""
        self.state = state
        self._badge.show_state(state)
        self._note.setText(note)
        self._note.set_tone(Tone.GOOD if state is StepState.DONE else None)
        set_shown(self._note, shown=bool(note))
        self.setAccessibleName(self._spoken())
        self._name_fold()

    def note(self) -> str:
        """The line under the title."""
        return self._note.text()

    def is_open(self) -> bool:
        """Whether the body is in view."""
        return not self.body.isHidden()

    def open_up(self, *, opened: bool) -> None:
        """Show or fold the body."""
        set_shown(self.body, shown=opened)
        self._name_fold()

    def focus_first(self) -> None:
        """Give the keyboard to the first control of the body."""
        for widget in self.body.findChildren(QWidget):
            if widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                widget.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        self._fold.setFocus(Qt.FocusReason.OtherFocusReason)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the title opens and folds, too."""
        if self._head.geometry().contains(event.position().toPoint()):
            self._toggle()
        super().mousePressEvent(event)

    def _toggle(self) -> None:
        self.open_up(opened=not self.is_open())
        self.folded.emit()

    def _name_fold(self) -> None:
        words = (
            tr("Fold: {title}", title=self._title)
            if self.is_open()
            else tr("Open: {title}", title=self._title)
        )
        self._fold.set_icon(Icon.CHEVRON_DOWN if self.is_open() else Icon.CHEVRON_RIGHT)
        self._fold.setAccessibleName(words)
        self._fold.setToolTip(words)

    def _spoken(self) -> str:
        said = {
            StepState.LATER: tr("later"),
            StepState.CURRENT: tr("to be done now"),
            StepState.DONE: tr("done"),
        }[self.state]
        return tr("Step {number}: {title} ({state})", number=self._number, title=self._title, state=said)


class _Badge(QWidget):
    """The number of a step; a tick once it is done."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number
        self._state = StepState.LATER
        self.setFixedSize(_BADGE, _BADGE)

    def show_state(self, state: StepState) -> None:
        """Draw the badge of `state`."""
        self._state = state
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        colours = theme.colours()
        ground, ink, line = {
            StepState.LATER: (colours.panel, colours.second, colours.field_line),
            StepState.CURRENT: (colours.accent, colours.on_accent, colours.accent),
            StepState.DONE: (colours.good_soft, colours.good, colours.good_soft),
        }[self._state]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(line), 1))
        painter.setBrush(QColor(ground))
        painter.drawEllipse(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        if self._state is StepState.DONE:
            side = (_BADGE - tokens.ICON) // 2
            painter.drawPixmap(
                side, side, icons.pixmap(Icon.COMPLETE, ink, tokens.ICON, self.devicePixelRatioF())
            )
            return
        painter.setFont(theme.font(strong=True))
        painter.setPen(QColor(ink))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, str(self._number))
