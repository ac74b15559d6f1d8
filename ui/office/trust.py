"""Believing a province for the first time: the key code that a person heard over the telephone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from parindex_desktop.domain.errors import UserError
from parindex_desktop.services.enrolling import check_fingerprint
from ui.language import tr
from ui.office.words import grouped
from ui.theme import tokens
from ui.theme.tokens import Tone
from ui.widgets.buttons import filled_button, plain_button
from ui.widgets.dialogs import Dialog
from ui.widgets.fields import LineField
from ui.widgets.labelled import Labelled
from ui.widgets.labels import CopyLabel, Role, WrapLabel
from ui.widgets.places import set_shown

if TYPE_CHECKING:
    from parindex_desktop.services.kits import KitPreview

_LONGEST = 120


class HeardCode(QWidget):
    """The code of a kit's signer, and the field for the one that was heard; says at once whether they agree."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = ""
        self._code = CopyLabel("", Role.TITLE)
        self.field = LineField(tr("The code that was read out to you"), limit=_LONGEST)
        self._labelled = Labelled(tr("The code that was read out to you"), self.field)
        self._equal = WrapLabel(tr("The code is the same: the kit is the province's."), tone=Tone.GOOD)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.INSIDE)
        column.addWidget(WrapLabel(tr("Key code of whoever signed the kit"), Role.FIELD))
        column.addWidget(self._code)
        column.addWidget(self._labelled)
        column.addWidget(self._equal)
        set_shown(self._equal, shown=False)
        self.field.textChanged.connect(lambda _text: self._typed())
        self.field.committed.connect(lambda _text: self.judge())
        self.setFocusProxy(self.field)

    def show_kit(self, preview: KitPreview) -> None:
        """Compare with the signer of this kit."""
        self._key = preview.key
        self._code.setText(grouped(preview.spoken))
        self.field.clear()

    def heard(self) -> str:
        """What was typed."""
        return self.field.value()

    def agrees(self) -> bool:
        """Whether what was typed is the code."""
        return not self._fault()

    def judge(self) -> bool:
        """Say whether the code agrees; False where it does not."""
        fault = self._fault()
        self._labelled.fault.show_fault(fault)
        self.field.mark_wrong(wrong=bool(fault))
        return not fault

    def _fault(self) -> str:
        try:
            check_fingerprint(self.field.value(), self._key)
        except UserError as error:
            return tr(error)
        return ""

    def _typed(self) -> None:
        agrees = self.agrees()
        set_shown(self._equal, shown=agrees)
        if agrees or not self.field.text():
            self._labelled.fault.show_fault("")
            self.field.mark_wrong(wrong=False)
        self.changed.emit()


class TrustDialog(Dialog):
    """Asks for the code before the first kit of a province is taken in."""

    def __init__(self, parent: QWidget | None, preview: KitPreview) -> None:
        said = tr(
            "The kit says that it comes from “{province}”. Telephone the province at a number that you know, have "
            "its key code read out, and type what you hear. Only the code proves that nobody has exchanged the kit.",
            province=preview.province,
        )
        super().__init__(parent, tr("Is this kit the province's?"), said, Tone.CARE)
        self.code = HeardCode()
        self.code.show_kit(preview)
        self.content.addWidget(self.code)
        self.add_button(plain_button(tr("Cancel"), self.reject))
        self.add_button(filled_button(tr("Take the kit in"), self.accept), default=True)
        self.code.setFocus()

    def accept(self) -> None:
        """Close only with the right code."""
        if self.code.judge():
            super().accept()
        else:
            self.code.field.setFocus()


def ask_trust(parent: QWidget | None, preview: KitPreview) -> str | None:
    """The code that was heard, or None when cancelled. Called through the module, so that a test can answer."""
    dialog = TrustDialog(parent, preview)
    return dialog.code.heard() if dialog.exec() == QDialog.DialogCode.Accepted else None
