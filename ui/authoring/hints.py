"""What should be looked at in the criterion in hand, though it is no fault: each point with a link that settles it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from parindex_desktop.domain.errors import ParIndexError
from ui.authoring.keyboard import holds_keyboard
from ui.language import tr
from ui.theme import tokens
from ui.theme.icons import Icon
from ui.theme.tokens import Tone
from ui.widgets.buttons import link_button
from ui.widgets.labels import FieldError, Role, WrapLabel
from ui.widgets.notices import Drawing
from ui.widgets.places import set_shown

if TYPE_CHECKING:
    from parindex_desktop.domain.draft_faults import DraftFault
    from ui.authoring.work import DraftWork

_MOST: Final = 12
"""Points that are shown at once: the fields below must stay within reach. The list of the head has all."""


class HintList(QWidget):
    """The points of one criterion, hidden where there are none; after the last one the keyboard goes to `before`."""

    def __init__(self, work: DraftWork, before: QWidget) -> None:
        super().__init__()
        self._work = work
        self._before = before
        self._shown: list[DraftFault] = []
        self._lines: list[QWidget] = []
        self._more = WrapLabel("", Role.SMALL)
        self._fault = FieldError()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(tokens.TIGHT)
        self._column.addWidget(self._more)
        self._column.addWidget(self._fault)

    def show_of(self, criterion: str) -> None:
        """Show what concerns a criterion, or the head."""
        found = [each for each in self._work.hints if each.criterion == criterion]
        if found != self._shown:
            self._shown = found
            self._fill()
        set_shown(self, shown=bool(found))

    def _fill(self) -> None:
        had_keyboard = holds_keyboard(self)
        for line in self._lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = [self._line(hint) for hint in self._shown[:_MOST]]
        for row, line in enumerate(self._lines):
            self._column.insertWidget(row, line)
            line.show()  # now, not with the next event: the keyboard may be on its way
        more = len(self._shown) - _MOST
        self._more.setText(tr("{count} more stand in the list above.", count=more))
        set_shown(self._more, shown=more > 0)
        self._fault.show_fault("")
        if had_keyboard:
            first = next(filter(None, (line.focusProxy() for line in self._lines)), self._before)
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _line(self, hint: DraftFault) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.INSIDE)
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(Drawing(Icon.WARNING, Tone.CARE), 0, top)
        said = tr(hint.message)
        row.addWidget(WrapLabel(said), 1)
        if self._work.is_doubt(hint):
            seen = link_button(tr("Looked at"), partial(self._settle, hint))
            seen.setAccessibleDescription(said)
            line.setFocusProxy(seen)
            row.addWidget(seen, 0, top)
        return line

    def _settle(self, hint: DraftFault) -> None:
        try:
            self._work.settle(hint)
        except ParIndexError as error:
            self._fault.show_fault(tr(error))
