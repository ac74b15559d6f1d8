"""Asking for the passphrase of the office's key, or for a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QLineEdit

from ui.language import tr
from ui.widgets.buttons import filled_button, plain_button
from ui.widgets.dialogs import Dialog
from ui.widgets.fields import CheckBox, mark
from ui.widgets.labels import FieldError, OneLine, Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget


class PassphraseDialog(Dialog):
    """One field for a passphrase, two for a new one; what is typed is never trimmed or changed."""

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        sentence: str,
        judge: Callable[[str], str],
        *,
        new: bool = False,
    ) -> None:
        """`judge` gives the sentence that says why a passphrase cannot be taken, or the empty text."""
        super().__init__(parent, title, sentence)
        self._judge = judge
        self.fault = FieldError()
        self.first = self._field(tr("New passphrase") if new else tr("Passphrase"))
        self.second = self._field(tr("The new passphrase once more")) if new else None
        self.content.addWidget(self.fault)
        shown = CheckBox(tr("Show what is typed"))
        shown.toggled.connect(self._show)
        self.content.addWidget(shown)
        self.add_button(plain_button(tr("Cancel"), self.reject))
        self.add_button(filled_button(tr("Go on"), self.accept), default=True)
        self.first.setFocus()

    def accept(self) -> None:
        """Close only with a passphrase that can be taken."""
        field, fault = self._fault_at()
        if not fault:
            super().accept()
            return
        self.fault.show_fault(fault)
        self.grow()
        mark(field, wrong=True)
        if field is self.first:  # the second may be mended in its place
            field.selectAll()
        field.setFocus()

    def _fault_at(self) -> tuple[QLineEdit, str]:
        """What is wrong, and in which field."""
        typed = self.first.text()
        if not typed:
            new = self.second is not None
            return self.first, tr("Type the new passphrase.") if new else tr("Type the passphrase.")
        if self.second is not None and self.second.text() != typed:
            if not self.second.text():
                return self.second, tr("Type the new passphrase once more.")
            return self.second, tr("The two passphrases differ. Type the same one in both fields.")
        return self.first, self._judge(typed)

    def _field(self, name: str) -> QLineEdit:
        label = OneLine(name, Role.FIELD)
        field = QLineEdit()
        field.setEchoMode(QLineEdit.EchoMode.Password)
        field.setAccessibleName(name)
        field.textEdited.connect(lambda _text: self._edited())
        label.setBuddy(field)
        self.content.addWidget(label)
        self.content.addWidget(field)
        return field

    def _edited(self) -> None:
        """It may be mended now."""
        self.fault.show_fault("")
        for field in (self.first, self.second):
            if field is not None:
                mark(field, wrong=False)

    def _show(self, shown: bool) -> None:
        for field in (self.first, self.second):
            if field is not None:
                field.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)


def ask_passphrase(
    parent: QWidget | None, title: str, sentence: str, judge: Callable[[str], str], *, new: bool = False
) -> str | None:
    """The passphrase typed, or None when cancelled; arguments as for `PassphraseDialog`."""
    dialog = PassphraseDialog(parent, title, sentence, judge, new=new)
    return dialog.first.text() if dialog.exec() == QDialog.DialogCode.Accepted else None
