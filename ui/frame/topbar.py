"""The line at the top: whose home this is, the year, where the work stands, and the one next step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QWidget

from ui.frame.page import Step, TopLine
from ui.language import tr
from ui.theme import set_look, tokens
from ui.theme.icons import Icon
from ui.widgets.buttons import Button, icon_button, plain_button
from ui.widgets.chips import Chip
from ui.widgets.combo import ComboBox
from ui.widgets.committing import commit_typed
from ui.widgets.labels import OneLine, Role, WrapLabel
from ui.widgets.places import set_shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

_OFFICE_LEAST: Final = 160
_NARROW: Final = 1100
"""Below this width the words that the signs already say give way."""


class TopBar(QFrame):
    """Shows a `TopLine`; runs its steps. A step first commits the field that is being typed."""

    period_chosen = Signal(str)
    searched = Signal(str)
    search_ended = Signal()
    """The officer is done typing the search: the keyboard belongs to the page again."""

    def __init__(self, office: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("top-bar")
        self.setAccessibleName(tr("Top line"))
        self._line = TopLine()
        self._narrow = False
        self._open_besides: tuple[str, ...] = ()
        self._state = Chip()
        self._office = WrapLabel(office, Role.BODY)
        self._office.setProperty("role", "office")
        self._year = OneLine(tr("Year assessed"), Role.SECOND)
        self._periods = ComboBox(tr("Year assessed"))
        self._periods.activated.connect(lambda _row: self._choose_period())
        self._besides = OneLine("", Role.SECOND)
        self._note = WrapLabel("", Role.SECOND)
        self._search = plain_button(tr("Search (Ctrl+F)"), self.open_search, icon=Icon.SEARCH)
        self._search.setAccessibleName(tr("Search (Ctrl+F)"))
        self._sought = _SearchField(self)
        self._sought.textChanged.connect(self.searched)
        self._sought.left.connect(self._end_search)
        self._undo = icon_button(Icon.UNDO, tr("Undo"), lambda: self._run(self._line.undo))
        self._redo = icon_button(Icon.REDO, tr("Redo"), lambda: self._run(self._line.redo))
        self._step = plain_button("", lambda: self._run(self._line.step))
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens.EDGE, 6, tokens.EDGE, 7)
        row.setSpacing(14)
        row.addWidget(self._office)
        row.addWidget(self._year)
        row.addWidget(self._periods)
        row.addWidget(self._besides)
        row.addWidget(self._state)
        row.addWidget(self._note, 1)
        row.addStretch()  # where the note gives way, nothing else grows
        for widget in (self._sought, self._search, self._undo, self._redo, self._step):
            row.addWidget(widget)
        self.setMinimumHeight(tokens.TOP_LINE)
        self._shortcuts()
        self.set_searchable(searchable=False)
        self.show_line(TopLine())

    def set_office(self, name: str) -> None:
        """Show the name of the office."""
        self._office.setText(name)

    def set_periods(self, periods: Sequence[str], current: str, besides: Sequence[str] = ()) -> None:
        """Offer these years, `current` chosen; tell of those `besides` it that may be meant instead."""
        self._open_besides = tuple(besides)
        self._tell_besides()
        self._periods.clear()
        self._periods.addItems(list(periods))
        self._periods.setCurrentText(current)
        self._periods.setVisible(bool(periods))
        self._year.setVisible(bool(periods) and not self._narrow)

    def choose_period(self, period: str) -> None:
        """Choose the year `period` as the officer does in the list."""
        self._periods.setCurrentText(period)
        self._choose_period()

    def shown(self) -> TopLine:
        """What is shown now."""
        return self._line

    def step_button(self) -> Button:
        """The button of the one next step."""
        return self._step

    def show_line(self, line: TopLine) -> None:
        """Show `line`."""
        self._line = line
        self._state.show_sign(line.state)
        self._show_note()
        _show_step(self._step, line.step)
        if line.step is not None:
            self._step.setText(line.step.text)
            set_look(self._step, "role", "filled" if line.step.filled else "plain")
        for button, step, words in ((self._undo, line.undo, tr("Undo")), (self._redo, line.redo, tr("Redo"))):
            _show_step(button, step)
            button.setAccessibleName(step.text if step else words)
            button.setToolTip((step.hint or step.text) if step else words)

    def set_searchable(self, *, searchable: bool) -> None:
        """Whether the page in view can be searched; a search under way ends."""
        self._sought.clear()
        self._sought.hide()
        self._search.setVisible(searchable)
        self._arrange()

    def open_search(self) -> None:
        """Put the keyboard into the search field."""
        if self._search.isHidden() and self._sought.isHidden():
            return
        self._search.hide()
        self._sought.show()
        self._arrange()
        self._sought.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._sought.selectAll()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the window is narrow, signs stay and words go."""
        super().resizeEvent(event)
        self._office.setMaximumWidth(max(_OFFICE_LEAST, self.width() * 3 // 10))
        narrow = self.width() < _NARROW
        if narrow == self._narrow:
            return
        self._narrow = narrow
        self._year.setVisible(not narrow and not self._periods.isHidden())
        self._tell_besides()
        self._show_note()
        self._search.set_text("" if narrow else tr("Search (Ctrl+F)"))
        self._search.setToolTip(tr("Search (Ctrl+F)") if narrow else "")
        self._arrange()

    def _show_note(self) -> None:
        """Where the window is narrow, in brief if it can be said so; then the name of the office gives way to it."""
        brief = self._line.brief if self._narrow else ""
        self._note.setText(brief or self._line.note)
        self._note.setToolTip(self._line.note if brief else "")
        self._note.setMinimumWidth(self._note.sizeHint().width() if brief else 0)

    def _arrange(self) -> None:
        """A search that is open in a narrow window takes the room of the note; the chip tells it meanwhile."""
        crowded = self._narrow and not self._sought.isHidden()
        self._note.setVisible(not crowded)
        self._state.setToolTip(self._line.note if crowded else "")

    def besides(self) -> str:
        """What is said of other open years."""
        return self._besides.text()

    def _tell_besides(self) -> None:
        """That other years are open, too, in a few words where the window is narrow."""
        years = ", ".join(self._open_besides)
        whole = tr("{years} is open, too", years=years) if years else ""
        self._besides.setText(tr("+ {years}", years=years) if years and self._narrow else whole)
        self._besides.setToolTip(tr("{said}: choose it in the list of years.", said=whole) if years else "")
        self._periods.setAccessibleDescription(whole)
        set_shown(self._besides, shown=bool(years))

    def _end_search(self, keep: bool) -> None:
        if not keep:
            self._sought.clear()
            self._sought.hide()
            self._search.show()
            self._arrange()
        self.search_ended.emit()

    def _choose_period(self) -> None:
        commit_typed()
        self.period_chosen.emit(self._periods.currentText())

    def _run(self, step: Step | None) -> None:
        if step is not None and step.enabled:
            commit_typed()
            step.run()

    def _shortcuts(self) -> None:
        standard = QKeySequence.StandardKey
        for keys, run in (
            (standard.Find, self.open_search),
            (standard.Undo, lambda: self._run(self._line.undo)),
            (standard.Redo, lambda: self._run(self._line.redo)),
        ):
            shortcut = QShortcut(self)
            shortcut.setKeys(keys)
            shortcut.activated.connect(run)
        again = QKeySequence("Ctrl+Y")
        if again not in QKeySequence.keyBindings(standard.Redo):
            # The key that officers know from Windows, which some other systems do not have for it.
            QShortcut(again, self).activated.connect(lambda: self._run(self._line.redo))


class _SearchField(QLineEdit):
    """The search field: Escape ends the search, Enter and Down go to what was found."""

    left = Signal(bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setPlaceholderText(tr("Search this page"))
        self.setAccessibleName(tr("Search this page"))
        self.setFixedWidth(220)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the field by the keyboard."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit(False)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down}:
            self.left.emit(True)
        else:
            super().keyPressEvent(event)


def _show_step(button: Button, step: Step | None) -> None:
    button.setVisible(step is not None)
    button.setEnabled(step is not None and step.enabled)
    button.setToolTip(step.hint if step else "")
    button.setAccessibleDescription(step.hint if step else "")
