"""A date as an officer writes it: typed forgivingly, shown as dd/MM/yyyy, or chosen from a calendar."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDate, QPoint, Qt, Signal
from PySide6.QtGui import QIcon, QTextCharFormat
from PySide6.QtWidgets import (
    QCalendarWidget,
    QHBoxLayout,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
    QWidgetAction,
)

from parindex_desktop.domain.errors import UsageError
from parindex_desktop.domain.messages import msgid
from ui import theme
from ui.language import tr
from ui.theme import icons, tokens
from ui.theme.icons import Icon
from ui.widgets.buttons import icon_button
from ui.widgets.fields import LineField
from ui.widgets.labels import FieldError

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

_PARTED = re.compile(r"(\d{1,2})\s*[/.\- ]\s*(\d{1,2})\s*[/.\- ]\s*(\d{4}|\d{2})")
_CLOSED = re.compile(r"(\d{2})(\d{2})(\d{4}|\d{2})")


class NotADate(UsageError):
    """A text stands where a date belongs."""

    code = "date.not_a_date"
    template = msgid("“{text}” is not a date. Write day, month and year, for example 05/11/2026.")


def read_date(text: str) -> dt.date:
    """Read a date as people type it: 5/11/2026, 05-11-26, 5.11.2026, 05112026.

    Two digits of a year mean this century. Raises `NotADate`, for impossible days too.
    """
    match = _PARTED.fullmatch(text.strip()) or _CLOSED.fullmatch(text.strip())
    if match is None or not text.isascii():
        raise NotADate(text=text[:40])
    day, month, year = (int(part) for part in match.groups())
    try:
        return dt.date(year + 2000 if year < 100 else year, month, day)
    except ValueError as fault:
        raise NotADate(text=text[:40]) from fault


def date_text(date: dt.date | None) -> str:
    """`date` as the window shows it."""
    return f"{date:%d/%m/%Y}" if date else ""


class DateEdit(QWidget):
    """A field for a date with a button that opens a calendar. An impossible date is told under the field."""

    committed = Signal(object)
    """The date, or None when it was cleared; only when it differs from the saved one."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._saved: dt.date | None = None
        self.field = _DateLine(name, self)
        self.field.setPlaceholderText(tr("dd/mm/yyyy"))
        self.field.setMinimumWidth(104)
        self.field.committed.connect(lambda _text: self._commit())
        self.field.asked.connect(self._open)
        self._button = icon_button(
            Icon.CALENDAR, tr("Choose {name} from the calendar", name=name), self._open
        )
        # For the mouse alone: where it took the keyboard, who types date, Tab, date would lose the second one.
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.field.setAccessibleDescription(tr("Alt+Down opens the calendar"))
        self.fault = FieldError(self)
        row = QHBoxLayout()
        row.setSpacing(tokens.TIGHT)
        row.addWidget(self.field, 1)
        row.addWidget(self._button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.TIGHT)
        column.addLayout(row)
        column.addWidget(self.fault)
        self.setFocusProxy(self.field)

    def date(self) -> dt.date | None:
        """The saved date."""
        return self._saved

    def show_date(self, date: dt.date | None) -> None:
        """`date` is saved now; shown unless the officer is just typing."""
        self._saved = date
        self.field.show_value(date_text(date))

    def set_read_only(self, *, read_only: bool) -> None:
        """Only show the date."""
        self.field.setReadOnly(read_only)
        self._button.setVisible(not read_only)

    def _commit(self) -> None:
        text = self.field.value()
        try:
            date = read_date(text) if text else None
        except NotADate as fault:
            self.fault.show_fault(tr(fault))
            self.field.mark_wrong(wrong=True)
            return
        self.fault.show_fault("")
        self.field.mark_wrong(wrong=False)
        self.field.settle(date_text(date))
        if date != self._saved:
            self._saved = date
            self.committed.emit(date)

    def _open(self) -> None:
        if self.field.isReadOnly():
            return
        calendar = _calendar()
        if self._saved is not None:
            calendar.setSelectedDate(QDate(self._saved.year, self._saved.month, self._saved.day))
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        holder = QWidgetAction(menu)
        holder.setDefaultWidget(calendar)
        menu.addAction(holder)
        calendar.activated.connect(lambda day: self._choose(menu, day))
        calendar.clicked.connect(lambda day: self._choose(menu, day))
        menu.popup(self.mapToGlobal(QPoint(0, self.field.height() + tokens.TIGHT)))
        calendar.setFocus()

    def _choose(self, menu: QMenu, day: QDate) -> None:
        menu.close()
        self.field.setText(date_text(dt.date(day.year(), day.month(), day.day())))
        self._commit()
        self.field.setFocus()


def _calendar() -> QCalendarWidget:
    """A calendar in the look of the window, open at today."""
    calendar = QCalendarWidget()
    calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
    calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
    calendar.setMinimumSize(300, 240)
    weekend = QTextCharFormat()
    weekend.setForeground(theme.colour("care"))
    calendar.setWeekdayTextFormat(Qt.DayOfWeek.Saturday, weekend)
    calendar.setWeekdayTextFormat(Qt.DayOfWeek.Sunday, weekend)
    # The arrows are the only thing that the style sheet cannot draw.
    for button in calendar.findChildren(QToolButton):
        arrow = _ARROWS.get(button.objectName())
        if arrow is not None:
            button.setIcon(QIcon(icons.pixmap(arrow, theme.colours().text, ratio=button.devicePixelRatioF())))
    return calendar


_ARROWS: Final = {"qt_calendar_prevmonth": Icon.CHEVRON_LEFT, "qt_calendar_nextmonth": Icon.CHEVRON_RIGHT}


class _DateLine(LineField):
    """The line of a `DateEdit`; Alt+Down or F4 opens its calendar, as in a list of choices."""

    asked = Signal()

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(name, parent, limit=20)

    def settle(self, text: str) -> None:
        """Show `text` as saved."""
        self._saved = text
        self.setText(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+Down and F4 open the calendar."""
        alone = event.modifiers() == Qt.KeyboardModifier.NoModifier
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if (event.key() == Qt.Key.Key_Down and alt) or (event.key() == Qt.Key.Key_F4 and alone):
            self.asked.emit()
            return
        super().keyPressEvent(event)
