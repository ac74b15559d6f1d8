"""Believing a province for the first time: the key code that a person heard over the telephone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QDialog

from parindex_desktop.services.enrolling import CodeMatch, match_code
from resources import msgid
from ui.language import tr
from ui.theme.icons import Icon
from ui.theme.tokens import Tone
from ui.widgets.buttons import filled_button, plain_button
from ui.widgets.dialogs import Dialog
from ui.widgets.key_code import KeyCodeField
from ui.widgets.labelled import Labelled
from ui.widgets.signs import Sign

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from parindex_desktop.services.kits import KitPreview

SAME: Final = Sign(msgid("The same code"), Tone.GOOD, Icon.COMPLETE)
ANOTHER: Final = Sign(msgid("Another code"), Tone.WRONG, Icon.REFUSED)


def verdict(typed: str, key: str, same: str, another: str) -> tuple[Sign | None, str]:
    """How what is typed stands to the code of `key`: a sign, and the sentence `same` or `another`."""
    match match_code(typed, key):
        case CodeMatch.SAME:
            return SAME, same
        case CodeMatch.DIFFERENT:
            return ANOTHER, another
        case CodeMatch.INCOMPLETE:
            return None, tr("32 digits and letters; blanks between them do not matter.")


class HeardCode(KeyCodeField):
    """The field for the code of a kit's signer as it was heard."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._key = ""
        super().__init__(tr("The code that was read out to you"), self._compared, parent)

    def show_kit(self, preview: KitPreview) -> None:
        """Compare with the signer of this kit."""
        self._key = preview.key
        self.field.clear()
        self.judge_again()

    def agrees(self) -> bool:
        """Whether what was typed is the code."""
        return match_code(self.code(), self._key) is CodeMatch.SAME

    def _compared(self, typed: str) -> tuple[Sign | None, str]:
        return verdict(
            typed,
            self._key,
            tr("The kit is the province's."),
            tr(
                "Have it read out again; if it still differs, the kit is not the province's or was exchanged on its "
                "way: do not take it in."
            ),
        )


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
        self.content.addWidget(Labelled(tr("The code that was read out to you"), self.code))
        self.add_button(plain_button(tr("Cancel"), self.reject))
        self.go = self.add_button(filled_button(tr("Take the kit in"), self.accept), default=True)
        self.code.judged.connect(self._ready)
        self.code.show_kit(preview)
        self.code.setFocus()

    def _ready(self) -> None:
        self.go.setEnabled(self.code.agrees())
        self.grow()


def ask_trust(parent: QWidget | None, preview: KitPreview) -> str | None:
    """The code that was heard, or None when cancelled. Called through the module, so that a test can answer."""
    dialog = TrustDialog(parent, preview)
    return dialog.code.code() if dialog.exec() == QDialog.DialogCode.Accepted else None
