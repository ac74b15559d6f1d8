"""The form as a spreadsheet: written out, and taken over again after a look at what would change."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from parindex_desktop.domain.legacy import OldFonts
from parindex_desktop.services import form_sheets
from ui.form import spreadsheet_dialog
from ui.language import tr
from ui.theme import tokens
from ui.theme.tokens import Tone
from ui.widgets import dialogs
from ui.widgets.buttons import plain_button
from ui.widgets.committing import commit_typed
from ui.widgets.notices import Banner
from ui.widgets.places import set_shown
from ui.widgets.work import WorkStrip

if TYPE_CHECKING:
    from collections.abc import Callable

    from parindex_desktop.domain.errors import ParIndexError
    from parindex_desktop.services.form_sheets import Preview
    from ui.session import Session

T = TypeVar("T")


class FormSpreadsheet(QWidget):
    """The work and what came of it; `button` has the two ways as a menu and stands elsewhere."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.button = plain_button(tr("Spreadsheet"))
        self.button.setAccessibleDescription(tr("Write the form to a spreadsheet, or take one over"))
        menu = QMenu(self.button)
        menu.addAction(tr("Write to a spreadsheet…")).triggered.connect(lambda _on=False: self.write())
        self._take = menu.addAction(tr("Take over from a spreadsheet…"))
        self._take.triggered.connect(lambda _on=False: self.take())
        self.button.setMenu(menu)
        self.banner = Banner()
        self.strip = WorkStrip()
        self.strip.guard(self.button)
        self.strip.busy_changed.connect(self._show)
        self.banner.closed.connect(self._show)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.INSIDE)
        column.addWidget(self.banner)
        column.addWidget(self.strip)
        self._show()

    def show_locked(self, *, locked: bool) -> None:
        """Locked figures can be written out, and not taken over."""
        self._take.setEnabled(not locked)

    def write(self) -> None:
        """Write the form as it stands to a file that the officer names."""
        commit_typed()
        form = self._session.form
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        proposed = Path(folder) / f"Tu-cham-diem-{form.year}.xlsx"
        title = tr("Form as a spreadsheet")
        target = dialogs.choose_target(self, title, proposed, "XLSX (*.xlsx)", dialogs.Purpose.FORMS)
        if target is None:
            return
        if target.suffix.lower() != ".xlsx":
            target = target.with_name(f"{target.name}.xlsx")
        said = (
            tr("The form was written to {file}.", file=str(target))
            if form.assessment.lock
            else tr(
                "The form was written to {file}. Fill in the yellow cells, then take the file over here.",
                file=str(target),
            )
        )
        self._do(
            tr("Writing “{name}”", name=target.name),
            lambda: form_sheets.write_sheet(self._session.office, form, target),
            lambda _nothing: self._tell(said, Tone.GOOD),
        )

    def take(self) -> None:
        """Look at a file that the officer picks, then take it over."""
        commit_typed()
        kinds = tr("Excel workbooks") + " (*.xlsx)"
        files = dialogs.choose_files(self, tr("Form as a spreadsheet"), kinds, dialogs.Purpose.FORMS)
        if files:
            self._look(files[0], OldFonts.ASK)

    def _look(self, source: Path, old_fonts: OldFonts) -> None:
        form = self._session.form
        self._do(
            tr("Reading “{name}”", name=source.name),
            lambda: form_sheets.look_at_sheet(form, source, old_fonts),
            lambda preview: self._ask(source, preview),
        )

    def _ask(self, source: Path, preview: Preview) -> None:
        answered = spreadsheet_dialog.ask(self.window(), self._session, preview)
        if answered.again is not None:
            self._look(source, answered.again)
        elif answered.taken:
            said = tr(
                "{count} entries were taken over from “{name}”.", count=answered.taken, name=preview.name
            )
            self._tell(said, Tone.GOOD)

    def _do(self, what: str, work: Callable[[], T], done: Callable[[T], object]) -> None:
        """Do it beside the window's own thread; what cannot be done is told here."""
        if self.strip.busy:
            return
        self.banner.hide()
        self.strip.do(what, lambda _task: work(), done, self._fail, cancellable=False)

    def _fail(self, error: ParIndexError) -> None:
        self._tell(tr(error), Tone.WRONG)

    def _tell(self, sentence: str, tone: Tone) -> None:
        self.banner.tell(sentence, tone)
        self._show()

    def _show(self) -> None:
        """Take room only while there is something to see."""
        set_shown(self, shown=self.strip.busy or not self.banner.isHidden())
