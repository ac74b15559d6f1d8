"""Nhật ký: who did what and when on this machine, newest first, searched and copied."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from parindex_desktop.domain.text import folded, one_line
from ui.language import tr
from ui.theme import tokens
from ui.widgets.buttons import filled_button, plain_button
from ui.widgets.cells import Column
from ui.widgets.combo import ComboBox
from ui.widgets.dialogs import Dialog
from ui.widgets.labelled import Labelled
from ui.widgets.labels import Role, WrapLabel
from ui.widgets.rows import Cell, RowsTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

    from parindex_desktop.services.reading_journal import Line, Reading

_SIZE: Final = (880, 480)
_LONGEST: Final = 10_000
"""Characters of a line that is copied: more than any has."""


class JournalDialog(Dialog):
    """Lists the lines of a `Reading`; nothing in it can be changed."""

    def __init__(self, parent: QWidget | None, reading: Reading) -> None:
        super().__init__(parent, tr("Journal"), tr("What was done on this machine, newest first."))
        self.resize(*_SIZE)
        self._lines = tuple(reversed(reading.lines))
        self._folded: dict[int, str] = {}
        self.person = ComboBox(tr("Whose lines"))
        self.person.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.person.addItem(tr("Everybody"), None)
        for actor in sorted({line.actor for line in self._lines}, key=folded):
            self.person.addItem(actor, actor)
        self.search = _Search()
        self.search.setPlaceholderText(tr("Time, person or a word, with or without accents"))
        self.search.setAccessibleName(tr("Search"))
        columns = [
            (tr("Time"), Column(128, least=90)),
            (tr("Person"), Column(180, 1, least=110)),
            (tr("What was done"), Column(360, 3, least=200)),
        ]
        self.table: RowsTable[Line] = RowsTable(
            tr("Lines of the journal"), columns, _cells, lambda line: line.number
        )
        self.table.setSelectionMode(RowsTable.SelectionMode.ExtendedSelection)
        self.table.setMinimumHeight(3 * tokens.ROW)
        self.count = WrapLabel("", Role.SECOND)
        filters = QHBoxLayout()
        filters.setSpacing(tokens.BETWEEN)
        filters.addWidget(Labelled(tr("Search"), self.search), 3)
        filters.addWidget(Labelled(tr("Whose lines"), self.person), 2)
        self.content.addLayout(filters)
        self.content.addWidget(self.table, 1)
        self.content.addWidget(self.count)
        self._copy = plain_button(tr("Copy the list"), self.copy_list)
        self.add_left(self._copy)
        self.add_button(filled_button(tr("Close"), self.accept))
        self.search.textChanged.connect(lambda _text: self._list())
        self.search.down.connect(self.table.setFocus)
        self.person.activated.connect(lambda _row: self._list())
        copying = QShortcut(QKeySequence.StandardKey.Copy, self.table)
        copying.setContext(Qt.ShortcutContext.WidgetShortcut)
        copying.activated.connect(self.copy_selected)
        self._list()
        self.search.setFocus()

    def copy_list(self) -> None:
        """Put all lines in view on the clipboard, as cells of a spreadsheet take them."""
        _to_clipboard(self.table.rows.rows())
        self._copy.setText(tr("Copied"))

    def copy_selected(self) -> None:
        """The same of the selected lines."""
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        _to_clipboard([self.table.rows.rows()[row] for row in rows])

    def _list(self) -> None:
        words, actor = folded(self.search.text()).split(), self.person.currentData()
        found = [
            line
            for line in self._lines
            if (actor is None or line.actor == actor) and all(word in self._text(line) for word in words)
        ]
        self.table.show_rows(found)
        self._copy.setText(tr("Copy the list"))
        self._copy.setEnabled(bool(found))
        self.count.setText(
            tr("{count} of {all} lines.", count=len(found), all=len(self._lines))
            if found
            else tr("No line has these words.")
        )

    def _text(self, line: Line) -> str:
        """What is searched: put into words when it is first asked for."""
        if line.number not in self._folded:
            self._folded[line.number] = folded(_told(line))
        return self._folded[line.number]


class _Search(QLineEdit):
    """Down and Enter go to the list; the dialog stays."""

    down = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep the keys that belong to the list."""
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.down.emit()
        else:
            super().keyPressEvent(event)


def _cells(line: Line) -> Sequence[Cell]:
    return (Cell(tr("{time}", time=line.at), second=True), Cell(line.actor), Cell(tr(line.words)))


def _told(line: Line) -> str:
    return "\t".join(
        one_line(part, _LONGEST) for part in (tr("{time}", time=line.at), line.actor, tr(line.words))
    )


def _to_clipboard(lines: Iterable[Line]) -> None:
    QGuiApplication.clipboard().setText("\n".join(map(_told, lines)))


def show(parent: QWidget | None, reading: Reading) -> None:
    """Show the journal. Called through the module, so that a test can look instead."""
    JournalDialog(parent, reading).exec()
