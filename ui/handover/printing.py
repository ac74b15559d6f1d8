"""Step 2: printing the report for the signature."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from parindex_desktop.services import reporting
from ui.language import tr
from ui.theme import tokens
from ui.widgets import dialogs
from ui.widgets.buttons import plain_button
from ui.widgets.labels import CopyLabel, FieldError, Role, WrapLabel
from ui.widgets.places import set_shown

if TYPE_CHECKING:
    from parindex_desktop.domain.errors import ParIndexError
    from parindex_desktop.services.filling import Form
    from ui.session import Session
    from ui.widgets.work import WorkStrip


class Printing(QWidget):
    """Writes the report as a PDF to where the officer wants it, and opens it to be printed."""

    printed = Signal()

    def __init__(self, session: Session, work: WorkStrip, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._work = work
        self._file: Path | None = None
        said = tr(
            "The report with its annexes is printed with number and date left blank: they are written by the "
            "records office after the signature. The matching code stands at the foot of every page and ties the "
            "paper to the figures."
        )
        self._code = CopyLabel("", Role.TITLE)
        self._code_line = QWidget()
        line = QHBoxLayout(self._code_line)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(tokens.INSIDE)
        line.addWidget(WrapLabel(tr("Matching code"), Role.SECOND))
        line.addWidget(self._code, 1)
        self._print = plain_button(tr("Print for signature (PDF)…"), self.print)
        self._open = plain_button(tr("Open the PDF"), self._show)
        self.fault = FieldError()
        buttons = QHBoxLayout()
        buttons.setSpacing(tokens.INSIDE)
        buttons.addWidget(self._print)
        buttons.addWidget(self._open)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, tokens.TIGHT)
        column.setSpacing(tokens.BETWEEN)
        column.addWidget(WrapLabel(said, Role.SECOND))
        column.addWidget(self._code_line)
        column.addWidget(self.fault)
        column.addLayout(buttons)
        set_shown(self._open, shown=False)

    def show_form(self, form: Form) -> None:
        """Show the code of the locked figures; nothing is printed for signature before."""
        lock = form.assessment.lock
        set_shown(self._code_line, shown=lock is not None)
        self._print.setEnabled(lock is not None)
        self._code.setText(lock.code if lock else "")
        set_shown(self._open, shown=lock is not None and self._file is not None)

    def print(self) -> None:
        """Ask where to, then write the PDF."""
        year = self._session.form.year
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        name = f"Bao-cao-tu-cham-diem-{year}.pdf"
        target = dialogs.choose_target(self, tr("Print for signature"), Path(folder) / name, "PDF (*.pdf)")
        if target is None:
            return
        target = target if target.suffix.lower() == ".pdf" else target.with_name(f"{target.name}.pdf")
        office = self._session.office
        self.fault.show_fault("")
        self._work.do(
            tr("Writing the report…"),
            lambda _task: reporting.write_report(office, reporting.Kind.SELF_ASSESSMENT, target, year),
            self._written,
            self._failed,
            cancellable=False,
        )

    def _written(self, file: Path) -> None:
        self._file = file
        set_shown(self._open, shown=True)
        self.printed.emit()
        self._open.setFocus()

    def _failed(self, error: ParIndexError) -> None:
        self.fault.show_fault(tr(error))

    def _show(self) -> None:
        self.fault.show_fault("")
        if self._file is not None and not QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._file))):
            self.fault.show_fault(
                tr(
                    "No program opens “{name}” on this machine. Open it from its folder.",
                    name=self._file.name,
                )
            )
