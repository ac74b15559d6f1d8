"""A list of everything that is wrong with a file, each fault at its place; it can be copied as a whole."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from parindex_desktop.domain.legacy import OldFonts
from resources import msgid
from ui.language import tr
from ui.theme import tokens
from ui.theme.tokens import Tone
from ui.widgets.buttons import filled_button, plain_button
from ui.widgets.cells import Column
from ui.widgets.dialogs import Dialog
from ui.widgets.rows import Cell, RowsTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parindex_desktop.domain.messages import Message


class FaultList(QWidget):
    """Numbered sentences that wrap, and a button that copies all of them for whoever made the file."""

    def __init__(self, name: str, faults: Sequence[Message], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._said = [tr(fault) for fault in faults]
        columns = [(tr("No."), Column(48, numeric=True)), (name, Column(300, 1, least=160))]
        self.table: RowsTable[tuple[int, str]] = RowsTable(name, columns, _cells, lambda row: row[0])
        self.table.show_rows(list(enumerate(self._said, start=1)))
        self._copy = plain_button(tr("Copy the list"), self.copy)
        buttons = QHBoxLayout()
        buttons.addWidget(self._copy)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.INSIDE)
        column.addWidget(self.table, 1)
        column.addLayout(buttons)

    def copy(self) -> None:
        """Put all sentences on the clipboard, a line each."""
        QGuiApplication.clipboard().setText("\n".join(self._said))
        self._copy.setText(tr("Copied"))


def _cells(row: tuple[int, str]) -> Sequence[Cell]:
    number, said = row
    return Cell(str(number), second=True), Cell(said)


class FaultsDialog(Dialog):
    """Names everything that is wrong with a file; where that is texts of `old_fonts`, they can be converted or kept."""

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        sentence: str,
        faults: Sequence[Message],
        *,
        old_fonts: bool = False,
    ) -> None:
        super().__init__(parent, title, sentence, Tone.WRONG)
        self.resize(680, 480)
        self.again: OldFonts | None = None
        """How old fonts are to be read when the file is looked at again."""
        self.faults = FaultList(tr("Faults"), faults)
        self.content.addWidget(self.faults, 1)
        if old_fonts:
            for choice, words in _OLD_FONTS:
                self.add_button(plain_button(tr(words), partial(self._look_again, choice)))
        self.add_button(filled_button(tr("Close"), self.reject), default=True)

    def _look_again(self, choice: OldFonts) -> None:
        self.again = choice
        self.accept()


_OLD_FONTS: Final = (
    (OldFonts.CONVERT, msgid("Convert old fonts")),
    (OldFonts.KEEP, msgid("Keep old fonts as they are")),
)


def show_faults(
    parent: QWidget | None, title: str, sentence: str, faults: Sequence[Message], *, old_fonts: bool = False
) -> OldFonts | None:
    """Tell everything that is wrong with a file; how it is to be looked at again, if it is.

    Called through the module, so that a test can watch.
    """
    dialog = FaultsDialog(parent, title, sentence, faults, old_fonts=old_fonts)
    dialog.exec()
    return dialog.again
