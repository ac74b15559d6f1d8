"""Criteria sets as files: read and written beside the window's own thread, refused with every fault at its place."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from parindex_desktop.domain.criteria_reading import CriteriaSetFaulty
from parindex_desktop.domain.legacy import OldFonts
from parindex_desktop.domain.text import folded
from parindex_desktop.services import set_books
from ui.authoring import proposal_dialog
from ui.language import tr
from ui.widgets import dialogs, faults
from ui.widgets.dialogs import Purpose
from ui.widgets.work import WorkStrip

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from parindex_desktop.domain.drafting import Tree
    from parindex_desktop.domain.errors import ParIndexError
    from parindex_desktop.services.set_books import TableRead
    from ui.session import Session


class SetBooks(WorkStrip):
    """Asks for a file, does the work, and tells its end by one of its signals."""

    begun = Signal()
    taken = Signal(object, str)
    """The tree of a set in order, and the name of its file."""
    proposed = Signal(object)
    """The draft that was begun with a published table."""
    written = Signal(str)
    refused = Signal(object)
    """The error that ended it; a list of faults has been shown already."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session

    def take(self) -> None:
        """Read a set from a workbook or a set file."""
        kinds = tr("Criteria sets") + " (*.xlsx *.json)"
        if (source := self._chosen(tr("Criteria set"), kinds)) is not None:
            self._read(source, OldFonts.ASK)

    def propose(self) -> None:
        """Read a table as a province published it."""
        kinds = tr("Excel workbooks") + " (*.xlsx)"
        if (source := self._chosen(tr("Published table"), kinds)) is not None:
            self._look(source, OldFonts.ASK)

    def write(self, tree: Tree) -> None:
        """Write a set or a draft to a workbook that the officer names."""
        if self.busy:
            return
        name = re.sub(r"[^a-z0-9]+", "-", folded(str(tree.get("name", "")))).strip("-")[:60] or "bo-tieu-chi"
        proposed = Path(f"{name}-v{tree.get('version', 1)}.xlsx")
        title = tr("Criteria set as a workbook")
        target = dialogs.choose_target(self.window(), title, proposed, "XLSX (*.xlsx)", Purpose.SETS)
        if target is None:
            return
        target = target if target.suffix.lower() == ".xlsx" else target.with_name(f"{target.name}.xlsx")
        self.begun.emit()
        self.do(
            tr("Writing “{name}”", name=target.name),
            lambda _task: set_books.write_tree(tree, target),
            lambda _nothing: self.written.emit(str(target)),
            self.refused.emit,
            cancellable=False,
        )

    def _chosen(self, title: str, kinds: str) -> Path | None:
        if self.busy:
            return None
        files = dialogs.choose_files(self.window(), title, kinds, Purpose.SETS)
        if files:
            self.begun.emit()
        return files[0] if files else None

    def _read(self, source: Path, old_fonts: OldFonts) -> None:
        self.do(
            tr("Reading “{name}”", name=source.name),
            lambda _task: set_books.tree_in(source, old_fonts),
            lambda tree: self.taken.emit(tree, source.name),
            lambda error: self._refuse(source, error),
            cancellable=False,
        )

    def _refuse(self, source: Path, error: ParIndexError) -> None:
        if not isinstance(error, CriteriaSetFaulty):
            self.refused.emit(error)
            return
        again = faults.show_faults(
            self.window(),
            tr("“{name}” was refused", name=source.name),
            tr(
                "Nothing was taken over. Every fault is named at its place; give the list to whoever made the file."
            ),
            error.faults,
            old_fonts=isinstance(error, set_books.BookFaulty) and error.old_fonts,
        )
        if again is not None:
            self._read(source, again)

    def _look(self, source: Path, old_fonts: OldFonts) -> None:
        self.do(
            tr("Reading “{name}”", name=source.name),
            lambda _task: set_books.look_at_table(source, old_fonts),
            lambda table: self._ask(source, table),
            self.refused.emit,
            cancellable=False,
        )

    def _ask(self, source: Path, table: TableRead) -> None:
        answered = proposal_dialog.ask_proposal(self.window(), self._session.office, table, source.name)
        if answered.again:
            self._look(source, OldFonts.CONVERT)
        elif answered.draft is not None:
            self.proposed.emit(answered.draft)
