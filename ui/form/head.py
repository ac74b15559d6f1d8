"""The line above the form: how many points, how far, and what still lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from resources import msgid
from ui import theme
from ui.form import wording
from ui.language import tr
from ui.theme import tokens
from ui.theme.icons import Icon
from ui.theme.tokens import Tone
from ui.widgets.buttons import link_button
from ui.widgets.chips import HEIGHT, chip_width, paint_chip
from ui.widgets.labels import OneLine, Role
from ui.widgets.panels import PageHeader
from ui.widgets.places import set_shown
from ui.widgets.signs import Sign

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from parindex_desktop.domain.assessments import Assessment
    from parindex_desktop.domain.messages import Message


class FormHead(PageHeader):
    """Shows the totals of an assessment."""

    lacking_asked = Signal()
    copy_asked = Signal()
    """Last year's answers are to be copied."""
    comparison_asked = Signal()
    """Why the year cannot be compared with the one before, or only in part."""

    def __init__(self) -> None:
        super().__init__(tr("Self-assessment"))
        self._points = OneLine("", Role.TITLE)
        self._maximum = OneLine()
        self._extras = OneLine("", Role.SECOND)
        self._percent = OneLine("", Role.TITLE)
        self._bar = QProgressBar(textVisible=False)
        self._bar.setFixedWidth(_BAR)
        self._scored = OneLine("", Role.SMALL)
        self.lacking = ChipButton()
        self.lacking.clicked.connect(self.lacking_asked)
        self.facts.addWidget(_side_by_side(self._points, self._maximum))
        self.facts.addWidget(self._extras)
        share = OneLine(tr("Share (without the survey)"), Role.SECOND)
        self.facts.addWidget(_side_by_side(share, self._percent))
        progress = QWidget()
        column = QVBoxLayout(progress)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self._bar)
        column.addWidget(self._scored)
        self.facts.addWidget(progress)
        self._counted = OneLine("", Role.SECOND, tone=Tone.CARE)
        self.facts.addWidget(self._counted)
        self.comparison = link_button("", self.comparison_asked.emit)
        self.facts.addWidget(self.comparison)
        self.copy = link_button("", self.copy_asked.emit)
        self.buttons.addWidget(self.copy)
        self.buttons.addWidget(self.lacking)

    def offer_copy(self, year: str) -> None:
        """Offer to copy the answers of `year`; of no year where that is empty."""
        self.copy.setText(tr("Copy from {year}…", year=year))
        set_shown(self.copy, shown=bool(year))

    def show_comparison(self, brief: Message | None) -> None:
        """Say in brief that the year cannot be compared with the one before, or only in part."""
        self.comparison.setText(tr(brief) if brief else "")
        set_shown(self.comparison, shown=brief is not None)

    def show_assessment(self, assessment: Assessment, counted: Message | None = None) -> None:
        """Show how far it is; `counted` says from when to when the figures are counted, if not the whole year."""
        self._counted.setText(tr(counted) if counted else "")
        set_shown(self._counted, shown=counted is not None)
        total = assessment.totals.overall
        self._points.setText(wording.figure(total.points))
        self._maximum.setText(tr("/ {maximum} points self-scored", maximum=total.maximum))
        found = assessment.totals
        self._extras.setText(
            tr("with {bonus} bonus, less {penalty} penalty", bonus=found.bonus, penalty=found.penalty)
        )
        set_shown(self._extras, shown=assessment.criteria.has_extras)
        self._percent.setText(wording.percent(total.percentage))
        self._bar.setRange(0, max(total.to_score, 1))
        self._bar.setValue(total.scored)
        values = {"scored": total.scored, "all": total.to_score, "count": total.unconfirmed}
        scored = (
            tr("{scored} / {all} criteria scored, {count} not confirmed", **values)
            if total.unconfirmed
            else tr("{scored} / {all} criteria scored", **values)
        )
        self._bar.setAccessibleName(scored)
        self._scored.setText(scored)
        count = len(assessment.lacking())
        self.lacking.setEnabled(count > 0)
        self.lacking.show_sign(
            Sign(msgid("{count} still lacking"), Tone.WRONG, Icon.MISSING_EVIDENCE, {"count": count})
            if count
            else Sign(msgid("Nothing lacks"), Tone.GOOD, Icon.COMPLETE)
        )


class ChipButton(QAbstractButton):
    """A chip that can be pressed."""

    def __init__(self) -> None:
        super().__init__()
        self._sign = Sign("")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_sign(self, sign: Sign) -> None:
        """Show `sign`."""
        self._sign = sign
        self.setAccessibleName(tr(sign))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """The chip, and room for the ring that says that the keyboard is here."""
        return QSize(chip_width(self._sign) + 2 * _RING, HEIGHT + 2 * _RING)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the chip."""
        painter = QPainter(self)
        inner = self.rect().adjusted(_RING, _RING, -_RING, -_RING)
        paint_chip(painter, inner, self._sign, self.devicePixelRatioF())
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(theme.colours().accent), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), _ROUND, _ROUND)


_BAR = 180
_RING = 4
_ROUND = HEIGHT / 2 + _RING - 1


def _side_by_side(first: QWidget, second: QWidget) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(tokens.TIGHT)
    row.addWidget(first)
    row.addWidget(second)
    return holder
