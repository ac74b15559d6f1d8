"""The line at the bottom: saved when, the journal, the last backup, and where help is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from ui.language import tr
from ui.theme import tokens
from ui.theme.icons import Icon
from ui.theme.tokens import Tone
from ui.widgets.buttons import Button
from ui.widgets.labels import OneLine, Role
from ui.widgets.notices import Drawing

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QWidget

_NARROW: Final = 1000
"""Below this width there is room for nothing that is not new."""


class StatusLine(QFrame):
    """Short texts that are always in view; an empty one takes no room."""

    help_asked = Signal()
    person_asked = Signal()
    """Somebody else wants to work here."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status-line")
        self.setAccessibleName(tr("Bottom line"))
        self._sign = Drawing(Icon.COMPLETE, Tone.GOOD, 12)
        self._saved = OneLine("", Role.SMALL)
        self._journal = OneLine("", Role.SMALL)
        self._backup = OneLine("", Role.SMALL)
        self._offline = OneLine(tr("Working without a network"), Role.SMALL)
        self._person = Button("", self.person_asked.emit, "quiet", None, self)
        self._help = Button(tr("F1 Help"), self.help_asked.emit, "quiet", None, self)
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens.EDGE, 3, tokens.EDGE - 4, 3)
        row.setSpacing(18)
        saved = QHBoxLayout()
        saved.setSpacing(5)
        saved.addWidget(self._sign)
        saved.addWidget(self._saved)
        row.addLayout(saved)
        row.addWidget(self._journal)
        row.addWidget(self._backup)
        row.addStretch(1)
        row.addWidget(self._person)
        row.addWidget(self._offline)
        row.addWidget(self._help)
        self.setMinimumHeight(26)
        self.set_saved("")
        self.set_journal("")
        self.set_backup("")
        self.set_person("", "")

    def texts(self) -> list[str]:
        """What the line says, from left to right, without what it always says."""
        return [label.text() for label in (self._saved, self._journal, self._backup) if label.text()]

    def set_saved(self, text: str, tone: Tone = Tone.GOOD) -> None:
        """Say when the work was last saved, or (with another tone) that it could not be."""
        icon = Icon.COMPLETE if tone is Tone.GOOD else Icon.WARNING
        self._sign.show_icon(icon, tone)
        self._sign.setVisible(bool(text))
        _show(self._saved, text, tone if tone is not Tone.GOOD else None)

    def set_journal(self, text: str, tone: Tone | None = None) -> None:
        """Say how the journal is."""
        _show(self._journal, text, tone)

    def set_person(self, name: str, hint: str) -> None:
        """Say who works here, with the way to change it; the empty text takes no room."""
        self._person.setText(name)
        self._person.setToolTip(hint)
        self._person.setAccessibleName(tr("Works here: {name}", name=name))
        self._person.setVisible(bool(name))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the window is narrow, what never changes gives way."""
        super().resizeEvent(event)
        self._offline.setVisible(self.width() >= _NARROW)

    def set_backup(self, text: str, tone: Tone | None = None) -> None:
        """Say when the last backup was made."""
        _show(self._backup, text, tone)


def _show(label: OneLine, text: str, tone: Tone | None) -> None:
    label.setText(text)
    label.set_tone(tone)
    label.setVisible(bool(text))
