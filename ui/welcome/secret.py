"""Choosing the passphrase of a new key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parindex_desktop.domain.errors import UserError
from parindex_desktop.services.founding import SHORTEST_PASSPHRASE, check_passphrase
from ui.language import tr
from ui.widgets import passphrase

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def ask_new_passphrase(parent: QWidget, *, province: bool = False) -> str | None:
    """A passphrase typed twice, or None when cancelled."""
    of_the_province = tr(
        "It protects the keys of the province and is asked for whenever a key is enrolled or a kit is exported. "
        "Whoever has the keys and guesses it speaks for the province: take a sentence of four words or more (at least "
        "{shortest} characters). Nobody can tell you a forgotten one; then every office has to be enrolled anew. "
        "Write it down and keep it where the seal is kept.",
        shortest=SHORTEST_PASSPHRASE,
    )
    of_a_unit = tr(
        "It protects the key of this office and is asked for at every hand-over: at least {shortest} characters, "
        "better several words. Nobody can tell you a forgotten one; then a new key has to be enrolled. "
        "Write it down and keep it where the seal is kept.",
        shortest=SHORTEST_PASSPHRASE,
    )
    said = of_the_province if province else of_a_unit
    return passphrase.ask_passphrase(parent, tr("Choose a passphrase"), said, _fault, new=True)


def _fault(typed: str) -> str:
    try:
        check_passphrase(typed)
    except UserError as error:
        return tr(error)
    return ""
