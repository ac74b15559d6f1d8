"""The form of a unit as it was handed over: read, never changed, with its evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.form.view import FormView
from ui.form.wording import percent
from ui.intake import wording
from ui.language import tr
from ui.theme import tokens
from ui.theme.icons import Icon
from ui.widgets.buttons import plain_button
from ui.widgets.labels import OneLine, Role
from ui.widgets.panels import PageHeader

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from PySide6.QtGui import QKeyEvent

    from parindex_desktop.domain.assessments import Assessment
    from parindex_desktop.domain.units import Unit
    from parindex_desktop.services.homes import Office


class ReceivedForm(QWidget):
    """The list of criteria and the selected sheet of one unit; Escape and Alt+Left go back."""

    left = Signal()

    def __init__(
        self, office: Office, memory: MutableMapping[str, str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.unit: Unit | None = None
        self._header = PageHeader("")
        self._points = OneLine()
        self._rate = OneLine("", Role.SECOND)
        self._read_only = OneLine(tr("only to be read"), Role.SECOND)
        for part in (self._points, self._rate, self._read_only):
            self._header.facts.addWidget(part)
        self.back = plain_button(tr("Back to all units"), self.left.emit, icon=Icon.CHEVRON_LEFT)
        self._header.buttons.addWidget(self.back)
        self.view = FormView(office, memory)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.BETWEEN)
        column.addWidget(self._header)
        column.addWidget(self.view, 1)
        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Back), self)
        shortcut.activated.connect(self.left)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back where nothing inside has a use for it."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def show_form(self, unit: Unit, assessment: Assessment) -> None:
        """Show what `unit` declares."""
        self.unit = unit
        total = assessment.totals.overall
        self._header.title.setText(unit.name)
        self._points.setText(tr("Self points: {points}", points=wording.out_of(total)))
        self._rate.setText(tr("rate without the survey: {rate}", rate=percent(total.percentage)))
        self.view.show_assessment(assessment)
