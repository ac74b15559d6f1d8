"""The blue box under the inputs: in one sentence how the points came about, the points in bold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from parindex_desktop.domain.scoring.outcome import OutcomeState
from ui import theme
from ui.language import tr
from ui.theme import set_look, tokens
from ui.theme.tokens import Tone

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from parindex_desktop.domain.scoring.outcome import Outcome

_TONES = {
    OutcomeState.SCORED: Tone.ACCENT,
    OutcomeState.FAULTY: Tone.WRONG,
}
_LINE = tokens.leading(tokens.BODY)


class PointsBox(QFrame):
    """Shows an outcome."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "banner")
        self._words = _Words()
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.BETWEEN, tokens.INSIDE, tokens.BETWEEN, tokens.INSIDE)
        column.addWidget(self._words)

    def show_outcome(self, outcome: Outcome) -> None:
        """Say how the points came about, or what is needed before there are any."""
        sentence = tr(outcome.reason)
        strong = "" if outcome.points is None else tr("{points} points", points=outcome.points)
        tone = _TONES.get(outcome.state, Tone.NEUTRAL)
        self._words.show_words(sentence, strong, Tone.WRONG if tone is Tone.WRONG else None)
        self.setAccessibleName(sentence)
        set_look(self, "tone", tone.value)

    def text(self) -> str:
        """The sentence shown."""
        return self.accessibleName()


class _Words(QWidget):
    """A sentence that wraps, with one part of it in bold."""

    def __init__(self) -> None:
        super().__init__()
        self._runs: list[tuple[str, bool]] = []
        self._tone: Tone | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_words(self, sentence: str, strong: str, tone: Tone | None) -> None:
        """Show `sentence`; where `strong` stands in it last, it is bold."""
        at = sentence.rfind(strong) if strong else -1
        parts = (
            [(sentence, False)]
            if at < 0
            else [(sentence[:at], False), (strong, True), (sentence[at + len(strong) :], False)]
        )
        self._runs = [(word, bold) for text, bold in parts for word in text.split()]
        self._tone = tone
        self.updateGeometry()
        self.update()

    def heightForWidth(self, width: int) -> int:
        """Height of all lines at `width`."""
        return (max((line for line, _ in self._placed(width)), default=0) + 1) * _LINE

    def sizeHint(self) -> QSize:
        """A column that reads well."""
        return QSize(_COLUMN, self.heightForWidth(_COLUMN))

    def minimumSizeHint(self) -> QSize:
        """A few words a line at least."""
        return QSize(_LEAST, _LINE)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the words."""
        painter = QPainter(self)
        colours = theme.colours()
        painter.setPen(theme.colour("text") if self._tone is None else colours.ink(self._tone))
        for (word, bold), (line, left) in zip(self._runs, self._placed(self.width()), strict=True):
            painter.setFont(theme.font(strong=bold))
            place = QRect(QPoint(round(left), line * _LINE), QSize(self.width(), _LINE))
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, word)

    def _placed(self, width: int) -> list[tuple[int, float]]:
        """Line and left edge of every word."""
        measures = {bold: QFontMetricsF(theme.font(strong=bold)) for bold in (False, True)}
        blank = measures[False].horizontalAdvance(" ")
        places: list[tuple[int, float]] = []
        line, left = 0, 0.0
        for word, bold in self._runs:
            wide = measures[bold].horizontalAdvance(word)
            if left and left + wide > width:
                line, left = line + 1, 0.0
            places.append((line, left))
            left += wide + blank
        return places


_COLUMN = 480
_LEAST = 120
