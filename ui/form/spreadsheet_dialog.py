"""What a spreadsheet would change in the form, looked at before anything is: the differences, or every fault."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QDialog

from parindex_desktop.domain.errors import ParIndexError
from parindex_desktop.services import form_sheets
from parindex_desktop.services.form_sheets import Happens
from ui.form.spreadsheet_changes import ChangeView
from ui.language import tr
from ui.widgets import dialogs, faults
from ui.widgets.buttons import filled_button, link_button, plain_button
from ui.widgets.dialogs import Dialog
from ui.widgets.labels import FieldError, WrapLabel
from ui.widgets.places import set_shown

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from parindex_desktop.domain.legacy import OldFonts
    from parindex_desktop.domain.messages import Message
    from parindex_desktop.services.form_sheets import Preview
    from ui.session import Session


_WORSE_TOLD: Final = 2
"""Criteria that are named in the dialog itself; a list of its own has all."""


@dataclass(frozen=True, slots=True)
class Answered:
    """How many entries were taken over, or how old fonts are to be read when the file is looked at again."""

    taken: int = 0
    again: OldFonts | None = None


class FaultsDialog(faults.FaultsDialog):
    """Names every fault of the file; texts of old fonts can be converted or kept."""

    def __init__(self, parent: QWidget | None, preview: Preview) -> None:
        sentence = tr(
            "The spreadsheet has {count} fault(s), so nothing is taken over. Correct them there, save it, and choose "
            "it again.",
            count=len(preview.faults),
        )
        old_fonts = bool(preview.old_texts)
        super().__init__(parent, _title(preview), sentence, preview.faults, old_fonts=old_fonts)


class ImportDialog(Dialog):
    """Shows what the file would change; takes it over whole, with a choice where the form was changed as well."""

    def __init__(self, parent: QWidget | None, session: Session, preview: Preview) -> None:
        super().__init__(parent, _title(preview), _sentence(preview))
        self.resize(860, 470)
        self._session = session
        self._preview = preview
        self.changes = ChangeView(preview)
        self.changes.chosen.connect(self._offer)
        self.content.addWidget(self.changes, 1)
        self.worse = WrapLabel("")
        self.content.addWidget(self.worse)
        self._fault = FieldError()
        self.content.addWidget(self._fault)
        self._show_worse = link_button("", self.show_worse)
        self.add_left(self._show_worse)
        if preview.left_out:
            words = tr("Passed over: {count}…", count=len(preview.left_out))
            self.add_left(link_button(words, self.show_left_out))
        self.add_button(plain_button(tr("Cancel"), self.reject))
        self._go = self.add_button(filled_button("", self.accept), default=True)
        self._offer()
        self.changes.table.setFocus()

    @property
    def taken(self) -> int:
        """How many entries are taken over as it is chosen now."""
        of_file = self.changes.of_file
        return sum(of_file.get(each.key, not each.conflict) for each in self._preview.changes)

    def accept(self) -> None:
        """Take the file over, or say why not."""
        of_file = self.changes.of_file
        try:
            self._session.edit(
                lambda office, form: form_sheets.take_sheet(office, form, self._preview, of_file)
            )
        except ParIndexError as error:
            self._fault.show_fault(tr(error))
            self.grow()
            return
        super().accept()

    def show_worse(self) -> None:
        """List every criterion that would be faulty or have fewer points."""
        sentence = tr("This can be taken over all the same; look whether the figures are meant so.")
        faults.show_faults(self, tr("Not valid, or fewer points"), sentence, tuple(self._worsened().values()))

    def show_left_out(self) -> None:
        """List what of the file is passed over, and why."""
        sentence = tr("This is not taken over; everything else can be.")
        faults.show_faults(self, tr("Passed over"), sentence, self._preview.left_out)

    def _worsened(self) -> dict[str, Message]:
        return form_sheets.worsened(self._session.form, self._preview, self.changes.of_file)

    def _offer(self) -> None:
        worse = list(self._worsened().values())
        self.worse.setText("\n".join(map(tr, worse[:_WORSE_TOLD])))
        set_shown(self.worse, shown=bool(worse))
        self._show_worse.setText(tr("Not valid, or fewer points: {count}…", count=len(worse)))
        set_shown(self._show_worse, shown=len(worse) > _WORSE_TOLD)
        undecided = len(self._preview.conflicts) - len(self.changes.of_file)
        words = (
            tr("To be chosen: {count}", count=undecided)
            if undecided
            else tr("Take over {count} entries", count=self.taken)
            if self.taken
            else tr("Nothing to take over")
        )
        self._go.setText(words)
        self._go.setEnabled(not undecided and self.taken > 0)


def ask(parent: QWidget | None, session: Session, preview: Preview) -> Answered:
    """Show what the file would do and let the officer take it over; called through the module, as `dialogs.ask`."""
    if preview.faults:
        told = FaultsDialog(parent, preview)
        told.exec()
        return Answered(again=told.again)
    if not preview.changes:
        said = _with_remark(tr("The spreadsheet says what the form says already."), preview)
        if preview.left_out:
            faults.show_faults(parent, _title(preview), said, preview.left_out)
        else:
            dialogs.tell(parent, _title(preview), said)
        return Answered()
    dialog = ImportDialog(parent, session, preview)
    return Answered(dialog.taken if dialog.exec() == QDialog.DialogCode.Accepted else 0)


def _title(preview: Preview) -> str:
    return tr("Form from the spreadsheet “{name}”", name=preview.name)


def _sentence(preview: Preview) -> str:
    said = tr(
        "{new} new, {changed} changed, {cleared} cleared; changed on both sides: {conflicts}. Evidence stays as it is, "
        "and a backup is made first.",
        new=preview.count(Happens.NEW),
        changed=preview.count(Happens.CHANGED),
        cleared=preview.count(Happens.CLEARED),
        conflicts=len(preview.conflicts),
    )
    return _with_remark(said, preview)


def _with_remark(said: str, preview: Preview) -> str:
    return f"{said}\n{tr(preview.remark)}" if preview.remark else said
