"""Messages in their place: a banner for a whole page, and what an empty page says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.language import tr
from ui.theme import icons, set_look, tokens
from ui.theme.icons import Icon
from ui.theme.tokens import Tone
from ui.widgets.buttons import filled_button, link_button
from ui.widgets.labels import Role, WrapLabel
from ui.widgets.places import set_shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPaintEvent

_ICONS: Final = {
    Tone.NEUTRAL: Icon.INFO,
    Tone.ACCENT: Icon.INFO,
    Tone.GOOD: Icon.COMPLETE,
    Tone.CARE: Icon.WARNING,
    Tone.WRONG: Icon.WARNING,
}


class Drawing(QWidget):
    """One drawn sign in the colour of a tone."""

    def __init__(
        self, icon: Icon, tone: Tone, size: int = tokens.ICON, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icon = icon
        self._tone = tone
        self.setFixedSize(size, size)

    def show_icon(self, icon: Icon, tone: Tone) -> None:
        """Draw another sign."""
        self._icon = icon
        self._tone = tone
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        ink = theme.colours().ink(self._tone)
        drawn = icons.pixmap(self._icon, ink, self.width(), self.devicePixelRatioF())
        QPainter(self).drawPixmap(0, 0, drawn)


class Banner(QFrame):
    """A message that concerns the whole page, with the way out as a link; hidden until `tell`.

    Where it is told in brief, it takes one line of the page until its details are asked for.
    """

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "banner")
        self._sign = Drawing(Icon.INFO, Tone.NEUTRAL)
        self._text = WrapLabel()
        self._brief = ""
        self._sentence = ""
        self._details = link_button(tr("Details"), self._toggle)
        self._action = link_button("", self._act)
        self._close = link_button(tr("Close"), self._dismiss)
        self._run: Callable[[], object] | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens.BETWEEN, tokens.INSIDE, tokens.BETWEEN, tokens.INSIDE)
        row.setSpacing(tokens.INSIDE)
        row.addWidget(self._sign)
        row.addWidget(self._text, 1)
        row.addWidget(self._details)
        row.addWidget(self._action)
        row.addWidget(self._close)
        self.hide()

    def tell(
        self,
        sentence: str,
        tone: Tone = Tone.ACCENT,
        action: str = "",
        run: Callable[[], object] | None = None,
        *,
        closable: bool = True,
        brief: str = "",
    ) -> None:
        """Show `sentence`, or `brief` until it is unfolded; `action` is the words of the link that does `run`."""
        opened = self._is_open and sentence == self._sentence
        self._brief, self._sentence = brief, sentence
        self._unfold(opened=opened or not brief)
        self._details.setVisible(bool(brief))
        self._text.set_tone(tone if tone is not Tone.NEUTRAL else None)
        self._sign.show_icon(_ICONS[tone], tone)
        self._run = run
        self._action.setText(action)
        self._action.setVisible(run is not None)
        self._close.setVisible(closable)
        self.setAccessibleName(sentence)
        set_look(self, "tone", tone.value)
        set_shown(self, shown=True)

    def text(self) -> str:
        """The whole sentence, unfolded or not."""
        return self._sentence

    def shown(self) -> str:
        """What is in view of it."""
        return self._text.text()

    def focus_action(self) -> None:
        """Give the keyboard to the link."""
        self._action.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def _is_open(self) -> bool:
        return self._text.text() == self._sentence

    def _toggle(self) -> None:
        self._unfold(opened=not self._is_open)

    def _unfold(self, *, opened: bool) -> None:
        self._text.setText(self._sentence if opened else self._brief)
        self._details.setText(tr("Fold away") if opened else tr("Details"))

    def _act(self) -> None:
        if self._run is not None:
            self._run()

    def _dismiss(self) -> None:
        self.hide()
        self.closed.emit()


class EmptyState(QWidget):
    """What a page without content says: what will be here, and the one button that begins."""

    def __init__(
        self,
        icon: Icon,
        title: str,
        sentence: str,
        action: str = "",
        run: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.EDGE, tokens.EDGE, tokens.EDGE, tokens.EDGE)
        column.setSpacing(tokens.INSIDE)
        column.addStretch(2)
        column.addWidget(Drawing(icon, Tone.NEUTRAL, 32), 0, Qt.AlignmentFlag.AlignHCenter)
        for text, role in ((title, Role.TITLE), (sentence, Role.SECOND)):
            label = WrapLabel(text, role)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            line = QHBoxLayout()
            line.addStretch(1)
            line.addWidget(label, 100)
            label.setMaximumWidth(_WIDTH)
            line.addStretch(1)
            column.addLayout(line)
        if run is not None:
            button = filled_button(action, run)
            self.setFocusProxy(button)
            column.addSpacing(tokens.TIGHT)
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)


_WIDTH: Final = 440
