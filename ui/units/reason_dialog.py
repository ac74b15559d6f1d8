"""Why the keys of a unit are revoked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog

from ui.language import tr
from ui.theme.tokens import Tone
from ui.widgets.buttons import filled_button, plain_button
from ui.widgets.dialogs import Dialog
from ui.widgets.fields import LineField
from ui.widgets.labelled import Labelled

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from parindex_desktop.domain.units import Unit


class ReasonDialog(Dialog):
    """Asks why the keys of a unit are revoked."""

    def __init__(self, parent: QWidget | None, unit: Unit) -> None:
        super().__init__(
            parent,
            tr("Revoke the keys of “{name}”?", name=unit.name),
            tr(
                "For a lost or stolen machine, or a key that others may know. What was handed over until now stays "
                "believed; nothing new that these keys sign is taken in. It cannot be undone: the office makes a new "
                "key."
            ),
            Tone.CARE,
        )
        self.reason = LineField(tr("Reason"), limit=300)
        self._labelled = Labelled(tr("Reason (all offices read it in the kit)"), self.reason)
        self.content.addWidget(self._labelled)
        self.clear_on(self._labelled.fault, self.reason.textChanged)
        self.add_button(plain_button(tr("Cancel"), self.reject), default=True)
        self.add_button(filled_button(tr("Revoke"), self.accept))
        self.reason.setFocus()

    def accept(self) -> None:
        """Close only with a reason."""
        if self.reason.value():
            super().accept()
            return
        self._labelled.fault.show_fault(tr("Write the reason."))
        self.reason.setFocus()


def ask_reason(parent: QWidget | None, unit: Unit) -> str | None:
    """Why the keys of `unit` are revoked; None when cancelled."""
    dialog = ReasonDialog(parent, unit)
    return dialog.reason.value() if dialog.exec() == QDialog.DialogCode.Accepted else None
