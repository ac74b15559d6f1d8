"""Texts on a page. All of them are plain text: what an office wrote is never read as markup."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QLabel, QSizePolicy

from ui.theme import set_look, tokens
from ui.theme.tokens import Tone
from ui.widgets.places import set_shown
from ui.widgets.wrapping import lines_in

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QWidget


class Role(StrEnum):
    """What a text is; the style sheet gives each its size and colour."""

    BODY = "body"
    SECOND = "second"
    SMALL = "small"
    STRONG = "strong"
    PAGE_TITLE = "page-title"
    TITLE = "title"
    SECTION = "section"
    FIELD = "field"
    FAULT = "fault"


class _Text(QLabel):
    """A plain text in one of the roles."""

    def __init__(self, text: str, role: Role, parent: QWidget | None, tone: Tone | None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role.value)
        self.setProperty("tone", tone.value if tone else "")
        self.setText(text)

    def set_tone(self, tone: Tone | None) -> None:
        """Write the text in the colour of `tone`; None in that of its role."""
        set_look(self, "tone", tone.value if tone else "")


_COLUMN: Final = 480
"""Width of lines that read well."""
_LEAST: Final = 72


class OneLine(_Text):
    """A short text that stays on one line, such as a figure or the name of a field."""

    def __init__(
        self,
        text: str = "",
        role: Role = Role.BODY,
        parent: QWidget | None = None,
        *,
        tone: Tone | None = None,
    ) -> None:
        super().__init__(text, role, parent, tone)


class WrapLabel(_Text):
    """A text that wraps and is never cut, with room between the lines for stacked accents."""

    def __init__(
        self,
        text: str = "",
        role: Role = Role.BODY,
        parent: QWidget | None = None,
        *,
        tone: Tone | None = None,
        most: int = _COLUMN,
    ) -> None:
        """`most` is the width up to which it asks for one line."""
        super().__init__(text, role, parent, tone)
        self._most = most
        self.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def heightForWidth(self, width: int) -> int:
        """Height of all lines at `width`."""
        return len(self._lines(width)) * self._leading()

    def sizeHint(self) -> QSize:
        """One line where it is short, else a column that reads well."""
        self.ensurePolished()
        metrics = QFontMetrics(self.font())
        natural = max(metrics.horizontalAdvance(line) for line in self.text().split("\n")) + 2
        width = min(natural, self._most)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """A few words a line at least."""
        width = min(self.sizeHint().width(), _LEAST)
        return QSize(width, self._leading())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the lines."""
        lines = self._lines(self.width())
        leading = self._leading()
        side = self.alignment() & Qt.AlignmentFlag.AlignHorizontal_Mask
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self.palette().color(self.foregroundRole()))
        top = (self.height() - len(lines) * leading) // 2
        for number, line in enumerate(lines):
            place = QRect(0, top + number * leading, self.width(), leading)
            painter.drawText(place, side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, line)

    def _lines(self, width: int) -> tuple[str, ...]:
        self.ensurePolished()
        font = self.font()
        return lines_in(self.text(), width, font.pixelSize(), strong=font.weight() >= QFont.Weight.DemiBold)

    def _leading(self) -> int:
        self.ensurePolished()
        return tokens.leading(self.font().pixelSize())


class CopyLabel(_Text):
    """A text that can be marked and copied, by mouse and keyboard: a digest, the code of a key."""

    def __init__(self, text: str = "", role: Role = Role.BODY, parent: QWidget | None = None) -> None:
        super().__init__(text, role, parent, None)
        self.setWordWrap(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )


class SectionTitle(WrapLabel):
    """The small heading above a part of a panel."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, Role.SECTION, parent)


class FieldError(WrapLabel):
    """What is wrong with a field, right under it; hidden while nothing is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", Role.FAULT, parent)
        self.hide()

    def show_note(self, sentence: str) -> None:
        """Say `sentence` calmly in the same place: nothing is wrong."""
        self.show_fault(sentence)
        self.set_tone(Tone.NEUTRAL)

    def show_fault(self, sentence: str) -> None:
        """Say `sentence`; the empty one hides the place."""
        self.set_tone(None)
        self.setText(sentence)
        set_shown(self, shown=bool(sentence))
