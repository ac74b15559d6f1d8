"""Choosing one of a few people or rooms: by arrows, by typing a part of the name, by Enter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from parindex_desktop.domain.text import folded
from ui.language import tr
from ui.theme import tokens
from ui.widgets.cells import Column
from ui.widgets.labels import Role, WrapLabel
from ui.widgets.places import set_shown
from ui.widgets.rows import Cell, RowsTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFocusEvent, QKeyEvent

    from parindex_desktop.domain.people import Assignee

_MOST: Final = 8
"""Names that are looked through faster than one types."""
_ENTER: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_COMMANDS: Final = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.MetaModifier


@dataclass(frozen=True, slots=True)
class Entry:
    """What can be chosen; `to` is None for nobody."""

    to: Assignee | None
    words: str
    note: str = ""


class PickList(QWidget):
    """A list with a search field above it: at once where it is long, else as soon as somebody types."""

    chosen = Signal()
    """Another entry is selected, or none."""
    taken = Signal()
    """Enter or a double click on an entry; Enter also where none is selected."""

    def __init__(self, name: str, parent: QWidget | None = None, *, first: bool = True) -> None:
        """Without `first` nothing is selected until somebody selects it, or types a part of a name."""
        super().__init__(parent)
        self._first = first
        self._all: list[Entry] = []
        self.search = _Search()
        self.search.setPlaceholderText(tr("Type a part of the name"))
        self.search.setAccessibleName(tr("Type a part of the name"))
        self.search.textChanged.connect(self._list)
        self.table = _Names(
            name, [(name, Column(240, 1, least=160))], _cells, lambda entry: (entry.words, entry.note)
        )
        self.table.columns_header().hide()
        self.table.chosen.connect(self.chosen)
        self.table.activated.connect(lambda _index: self.taken.emit())
        self.table.nobody.connect(self.taken)
        self.table.typed.connect(self._begin_search)
        self.search.down.connect(self.table.setFocus)
        self.search.entered.connect(self.taken)
        self._none = WrapLabel(tr("Nobody has this in the name."), Role.SECOND)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.INSIDE)
        for part in (self.search, self.table, self._none):
            column.addWidget(part)
        set_shown(self._none, shown=False)

    def offer(self, entries: Sequence[Entry]) -> None:
        """Offer these."""
        self._all = list(entries)
        long = len(self._all) > _MOST
        set_shown(self.search, shown=long)
        self.setFocusProxy(self.search if long else self.table)
        self._list(self.search.text())

    def current(self) -> Entry | None:
        """What is selected."""
        return self.table.current()

    def choose(self, to: Assignee | None) -> None:
        """Select the entry that means `to`."""
        for entry in self._all:
            if _meant(entry.to) == _meant(to):
                self.table.choose((entry.words, entry.note))

    def _begin_search(self, text: str) -> None:
        """What is typed in the list goes where it can be seen and mended."""
        set_shown(self.search, shown=True)
        self.search.setFocus()
        self.search.insert(text)

    def _list(self, text: str) -> None:
        words = folded(text).split()
        found = [e for e in self._all if all(word in folded(f"{e.words} {e.note}") for word in words)]
        # What is typed means somebody: the first who has it.
        self.table.first = self._first or bool(words)
        self.table.show_rows(found)
        set_shown(self._none, shown=not found)
        self.chosen.emit()


class _Names(RowsTable[Entry]):
    """As high as its rows where there is room, and never lower than two of them."""

    typed = Signal(str)
    """Letters that mean a part of a name, not only its beginning."""
    nobody = Signal()
    """Enter where nobody is selected."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters begin a search, Enter is answered even where nobody is selected."""
        text, command = event.text(), event.modifiers() & _COMMANDS
        if text.strip() and text.isprintable() and not command:
            self.typed.emit(text)
        elif event.key() in _ENTER and not self.currentIndex().isValid():
            self.nobody.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Where nobody is selected at first, the keyboard's arrival selects nobody either; an arrow does."""
        nobody = not self.first and not self.currentIndex().isValid()
        super().focusInEvent(event)
        if nobody:
            self.setCurrentIndex(QModelIndex())
            self.chosen.emit()

    def fit_rows(self) -> None:
        """Give each row its height, and ask for that of all of them."""
        super().fit_rows()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """All rows."""
        height = self.verticalHeader().length() + 2 * self.frameWidth()
        return QSize(super().sizeHint().width(), max(height, self.minimumSizeHint().height()))

    def minimumSizeHint(self) -> QSize:
        """Two rows with notes."""
        return QSize(super().minimumSizeHint().width(), 3 * tokens.ROW)


class _Search(QLineEdit):
    """Down goes to the list, Enter takes what is selected there."""

    down = Signal()
    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep the keys that belong to the list."""
        if event.key() == Qt.Key.Key_Down:
            self.down.emit()
        elif event.key() in _ENTER:
            self.entered.emit()
        else:
            super().keyPressEvent(event)


def _meant(to: Assignee | None) -> str | None:
    """What stays the same when somebody's title changes."""
    return None if to is None else to.person.id if to.person else to.room


def _cells(entry: Entry) -> Sequence[Cell]:
    return (Cell(entry.words, note=entry.note, second=entry.to is None),)
