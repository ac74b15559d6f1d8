"""The data of a document of evidence: entered, corrected, or only read.

Pages call `describe` and `show` through the module, so that a test can answer instead.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from parindex_desktop.domain.documents import Document, Form
from parindex_desktop.domain.errors import UserError
from resources import msgid
from ui.form import wording
from ui.form.evidence_table import weight
from ui.language import tr
from ui.theme import tokens
from ui.theme.tokens import Tone
from ui.widgets import choices
from ui.widgets.buttons import filled_button, plain_button
from ui.widgets.dates import DateEdit, date_text
from ui.widgets.dialogs import Dialog
from ui.widgets.fields import LineField, TextArea
from ui.widgets.flow import FlowLayout
from ui.widgets.labelled import Labelled
from ui.widgets.labels import CopyLabel, FieldError, OneLine, Role, WrapLabel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parindex_desktop.domain.assessments import Linked

_WITHOUT_FILE: Final = (Form.PAPER, Form.EXTRACT, Form.LINK, Form.CLASSIFIED)

_PLACES: Final = {
    Form.PAPER: msgid("Where the paper original is kept"),
    Form.LINK: msgid("Address of the page"),
    Form.EXTRACT: msgid("System that the figures come from"),
    Form.CLASSIFIED: msgid("Where the original is kept"),
}


@dataclass(frozen=True, slots=True)
class Described:
    """What was entered: the document, and its page for the criterion at hand."""

    document: Document
    page: str


class DocumentDialog(Dialog):
    """Asks for the data of `document`; `shared` are the codes of other criteria that it proves too.

    With `choose_form` the officer says in which of the forms without a file it exists.
    """

    def __init__(
        self,
        parent: QWidget | None,
        linked: Described,
        shared: Sequence[str] = (),
        *,
        choose_form: bool = False,
    ) -> None:
        super().__init__(parent, tr("Document without a file") if choose_form else tr("Data of the document"))
        self.setMinimumWidth(_WIDTH)
        self._document = linked.document
        self.number = LineField(tr("Number, symbol"), limit=100)
        self.date = DateEdit(tr("Date of the document"))
        self.issuer = LineField(tr("Issued by"))
        self.subject = TextArea(tr("Subject"), least=2, most=4, limit=500)
        self.place = LineField(tr("Where it can be found"), limit=1000)
        self.page = LineField(tr("Page that proves it"), limit=40)
        self._subject = Labelled(tr("Subject"), self.subject)
        self._place = QWidget()
        self._place_name = WrapLabel("", Role.FIELD)
        self._place_fault = FieldError()
        self.place.textChanged.connect(lambda _text: self._place_fault.show_fault(""))
        self._classified = WrapLabel(
            tr("Never attach a classified document: name it by its number and say where it is kept."),
            tone=Tone.CARE,
        )
        if self._document.form is Form.FILE:
            facts = tr("{name} · {size}", name=self._document.name, size=weight(self._document))
            self.content.addWidget(WrapLabel(facts, Role.SECOND))
        if shared:
            words = tr(
                "It also proves {criteria}: what you change here changes there too.", criteria=tuple(shared)
            )
            self.content.addWidget(WrapLabel(words, Role.SECOND))
        if choose_form:
            self._offer_forms()
        self._lay_out()
        self._show(linked)
        self.add_button(plain_button(tr("Cancel"), self.reject))
        self.add_button(filled_button(tr("Save"), self.accept), default=True)
        if not choose_form:
            self.number.setFocus()

    def described(self) -> Described:
        """What was entered. Raises `TextTooLong`."""
        document = replace(
            self._document,
            number=self.number.value(),
            date=self.date.date(),
            issuer=self.issuer.value(),
            subject=self.subject.value(),
            place=self.place.value(),
        )
        return Described(document, self.page.value())

    def accept(self) -> None:
        """Close only with what identifies a document: its subject, and its place where it has no file."""
        self.date.field.commit()
        if self.date.fault.text():
            self.date.setFocus()
            return
        self._subject.fault.show_fault(self._subject_fault())
        lost = self._document.form in _PLACES and not self.place.value()
        self._place_fault.show_fault(tr("Write where it can be found.") if lost else "")
        if self._subject.fault.text():
            self.subject.setFocus(Qt.FocusReason.OtherFocusReason)
        elif lost:
            self.place.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().accept()

    def _subject_fault(self) -> str:
        try:
            return "" if self.subject.value() else tr("Write what the document is about.")
        except UserError as fault:
            return tr(fault)

    def _offer_forms(self) -> None:
        group = QButtonGroup(self)
        line = FlowLayout(across=tokens.EDGE)
        for form in _WITHOUT_FILE:
            choice = choices.radio(tr(wording.FORMS[form]))
            choice.button.setChecked(form is self._document.form)
            choice.button.toggled.connect(lambda on, form=form: self._take_form(form) if on else None)
            group.addButton(choice.button)
            line.addWidget(choice)
        self.content.addLayout(line)

    def _take_form(self, form: Form) -> None:
        self._document = replace(self._document, form=form)
        self._name_place()

    def _name_place(self) -> None:
        form = self._document.form
        self._classified.setVisible(form is Form.CLASSIFIED)
        self._place.setVisible(form in _PLACES)
        if form in _PLACES:
            self._place_name.setText(tr(_PLACES[form]))
            self.place.setAccessibleName(tr(_PLACES[form]))

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(tokens.BETWEEN)
        first.addWidget(Labelled(tr("Number, symbol"), self.number), 3, Qt.AlignmentFlag.AlignTop)
        first.addWidget(Labelled(tr("Date of the document"), self.date), 2, Qt.AlignmentFlag.AlignTop)
        last = QHBoxLayout()
        last.setSpacing(tokens.BETWEEN)
        last.addWidget(Labelled(tr("Issued by"), self.issuer), 3, Qt.AlignmentFlag.AlignTop)
        last.addWidget(Labelled(tr("Page that proves it"), self.page), 2, Qt.AlignmentFlag.AlignTop)
        self.content.addWidget(self._classified)
        self.content.addLayout(first)
        self.content.addWidget(self._subject)
        place = QVBoxLayout(self._place)
        place.setContentsMargins(0, 0, 0, 0)
        place.setSpacing(tokens.TIGHT)
        for part in (self._place_name, self.place, self._place_fault):
            place.addWidget(part)
        self.content.addWidget(self._place)
        self.content.addLayout(last)

    def _show(self, linked: Described) -> None:
        document = linked.document
        self.number.show_value(document.number)
        self.date.show_date(document.date)
        self.issuer.show_value(document.issuer)
        self.subject.show_value(document.subject)
        self.place.show_value(document.place)
        self.page.show_value(linked.page)
        self._name_place()


_WIDTH: Final = 520


def describe(
    parent: QWidget | None, linked: Described, shared: Sequence[str] = (), *, choose_form: bool = False
) -> Described | None:
    """What the officer entered; None when cancelled. Arguments as for `DocumentDialog`."""
    dialog = DocumentDialog(parent, linked, shared, choose_form=choose_form)
    return dialog.described() if dialog.exec() == QDialog.DialogCode.Accepted else None


def show(parent: QWidget | None, linked: Linked) -> None:
    """Show the data of a document to be read and copied."""
    document = linked.document
    dialog = Dialog(parent, tr("Data of the document"))
    dialog.setMinimumWidth(_WIDTH)
    for name, value in (
        (tr("Form of the document"), tr(wording.FORMS[document.form])),
        (tr("Number, symbol"), document.number),
        (tr("Date of the document"), date_text(document.date)),
        (tr("Issued by"), document.issuer),
        (tr("Subject"), document.subject),
        (tr(_PLACES.get(document.form, "")), document.place),
        (tr("Page that proves it"), linked.page),
        (tr("File"), document.name),
        (tr("File size"), weight(document) if document.form is Form.FILE else ""),
        (tr("Digest (SHA-256)"), document.sha256 or ""),
    ):
        if value:
            dialog.content.addWidget(OneLine(name, Role.FIELD))
            dialog.content.addWidget(CopyLabel(value))
    dialog.add_button(filled_button(tr("Close"), dialog.accept), default=True).setFocus()
    dialog.exec()
