"""Step 3: what the paper got after the signature - number, date, signer, the scanned copy."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from parindex_desktop.services import locking
from parindex_desktop.services.locking import SignedPaper
from resources.language import day_of
from ui.language import tr
from ui.theme import tokens
from ui.widgets import dialogs
from ui.widgets.buttons import link_button, plain_button
from ui.widgets.dates import DateEdit
from ui.widgets.dropzone import DropZone
from ui.widgets.fields import CheckBox, LineField, TextArea
from ui.widgets.labelled import Labelled
from ui.widgets.labels import FieldError, Role, WrapLabel
from ui.widgets.places import set_shown
from ui.widgets.progress import Unit
from ui.widgets.work import say_end

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from parindex_desktop.domain.closing import Signed
    from parindex_desktop.domain.errors import ParIndexError
    from parindex_desktop.services.filling import Form
    from ui.session import Session
    from ui.widgets.work import WorkStrip


class Signing(QWidget):
    """The fields of the signed paper. They are entered together, by one button."""

    def __init__(self, session: Session, work: WorkStrip, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._work = work
        self._copy: Path | None = None
        self._shown: tuple[str, Signed | None] | None = None
        self.number = LineField(tr("Number and symbol"), limit=100)
        self.date = DateEdit(tr("Date of the report"))
        self.signer = LineField(tr("Signer"), limit=200)
        self._number = Labelled(tr("Number and symbol"), self.number)
        self._date = Labelled(tr("Date of the report"), self.date)
        self._signer = Labelled(tr("Signer"), self.signer)
        self.without = CheckBox(tr("Hand over without a scanned copy"))
        self.why = TextArea(tr("Why there is no scanned copy"), least=2, limit=2000)
        self._why = Labelled(tr("Why there is no scanned copy (the province reads this)"), self.why)
        kinds = tr("Scanned copy") + " (*.pdf *.jpg *.jpeg *.png *.tif *.tiff)"
        self.zone = DropZone(
            tr("Scanned copy of the signed report"), kinds, choose=tr("Choose the scanned copy…")
        )
        self.zone.chosen.connect(self._take)
        self._file = WrapLabel()
        self._other = link_button(tr("Choose another file…"), self.zone.choose)
        self._file_line = QWidget()
        self.fault = FieldError()
        self._save = plain_button(tr("Save number, date and copy"), self.save)
        self.without.toggled.connect(lambda _on: self._choose_copy())
        self._lay_out()
        self._arrange()

    def show_form(self, form: Form) -> None:
        """Show what was entered; what is being typed stays."""
        assessment = form.assessment
        signed = assessment.signed
        now = (assessment.lock.digest if assessment.lock else "", signed)
        if now == self._shown:
            return
        self._shown = now
        self._copy = None
        self.number.show_value(signed.number if signed else "")
        self.date.show_date(signed.date if signed else None)
        self.signer.show_value(signed.signer if signed else assessment.report["signer"])
        self.why.show_value(signed.without if signed else "")
        self.without.setChecked(bool(signed and signed.without))
        self._file.setText(tr("Scanned copy: {name}", name=signed.name) if signed and signed.sha256 else "")
        self._mark(())
        self.setEnabled(assessment.lock is not None)
        self._arrange()

    def is_empty(self) -> bool:
        """Whether nothing of it was entered yet; a signer may be known before."""
        return not (self.number.value() or self.date.field.value() or self._copy or self.without.isChecked())

    def save(self) -> None:
        """Enter all of it; what lacks is told at its field."""
        paper = SignedPaper(
            self.number.value(),
            self.date.date(),
            self.signer.value(),
            None if self.without.isChecked() else self._copy,
            self.why.value() if self.without.isChecked() else "",
        )
        lacking = self._lacking(paper)
        self._mark(lacking)
        if lacking:
            lacking[0].setFocus()
            return
        office, form = self._session.office, self._session.form
        if locking.is_before_lock(form, paper):
            if not self._is_earlier_right(form, paper):
                self.date.field.setFocus()
                return
            paper = replace(paper, though_earlier=True)
        self._work.do(
            tr("Saving the signed copy…"),
            lambda task: locking.record_signed(office, form, paper, task.advance),
            lambda entered: self._session.move(lambda _office, _form: entered),
            self._failed,
            Unit.BYTES,
            cancellable=paper.copy is not None,
        )

    def _is_earlier_right(self, form: Form, paper: SignedPaper) -> bool:
        closed = form.assessment.lock
        assert closed is not None
        assert paper.date is not None
        said = tr(
            "The report is dated {date}, but its figures were locked on {locked} only. Is the date right, because the "
            "clock of this machine was wrong?",
            date=paper.date,
            locked=day_of(closed.at),
        )
        title = tr("Is the report older than its figures?")
        return dialogs.ask(
            self, title, said, yes=tr("The date is right"), no=tr("Correct the date"), dangerous=True
        )

    def _lacking(self, paper: SignedPaper) -> list[QWidget]:
        """The fields that must be filled in before it can be entered."""
        if self.without.isChecked():
            return [] if paper.without else [self.why]
        lacking: list[QWidget] = []
        for value, field in (
            (paper.number, self.number),
            (paper.date, self.date.field),
            (paper.signer, self.signer),
        ):
            if not value:
                lacking.append(field)
        if paper.copy is None:
            lacking.append(self.zone.button)
        return lacking

    def _mark(self, lacking: Sequence[QWidget]) -> None:
        said = tr("This is needed.")
        for labelled, field in (
            (self._number, self.number),
            (self._date, self.date.field),
            (self._signer, self.signer),
        ):
            # A date that cannot be read says so itself.
            own = field is self.date.field and bool(self.date.fault.text())
            labelled.fault.show_fault(said if field in lacking and not own else "")
            field.mark_wrong(wrong=field in lacking)
        self._why.fault.show_fault(said if self.why in lacking else "")
        missing = tr("Choose the scanned copy, or say that it is handed over without one.")
        self.fault.show_fault(missing if self.zone.button in lacking else "")

    def _failed(self, error: ParIndexError) -> None:
        say_end(self.fault, error)

    def _take(self, paths: list[Path]) -> None:
        self._copy = paths[0]
        self.without.setChecked(False)
        self._file.setText(tr("Scanned copy: {name}", name=paths[0].name))
        self.fault.show_fault("")
        self._arrange()

    def _choose_copy(self) -> None:
        """With or without a copy: other fields are needed, so what was said to be missing holds no more."""
        self._mark(())
        self._arrange()

    def _arrange(self) -> None:
        without = self.without.isChecked()
        has_file = bool(self._file.text())
        set_shown(self._why, shown=without)
        set_shown(self._file_line, shown=has_file and not without)
        set_shown(self.zone, shown=not has_file and not without)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(tokens.BETWEEN)
        grid.setVerticalSpacing(tokens.INSIDE)
        grid.addWidget(self._number, 0, 0)
        grid.addWidget(self._date, 0, 1)
        grid.addWidget(self._signer, 1, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        line = QHBoxLayout(self._file_line)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._file, 1)
        line.addWidget(self._other)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, tokens.TIGHT)
        column.setSpacing(tokens.BETWEEN)
        said = tr(
            "When the report is signed and issued, enter what it got and attach the scanned copy. "
            "The figures stay locked."
        )
        column.addWidget(WrapLabel(said, Role.SECOND))
        column.addLayout(grid)
        for part in (self.zone, self._file_line, self.without, self._why, self.fault):
            column.addWidget(part)
        buttons = QHBoxLayout()
        buttons.addWidget(self._save)
        buttons.addStretch(1)
        column.addLayout(buttons)
