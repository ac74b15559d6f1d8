"""Choosing the passphrase of a new key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parindex_desktop.domain.errors import UserError
from parindex_desktop.services.founding import check_passphrase
from ui.language import tr
from ui.widgets import passphrase

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def ask_new_passphrase(parent: QWidget) -> str | None:
    """A passphrase typed twice, or None when cancelled."""
    said = tr(
        "It protects the key of this office and is asked for at every hand-over. Nobody can tell you a forgotten one; "
        "then a new key has to be enrolled. Write it down and keep it where the seal is kept."
    )
    return passphrase.ask_passphrase(parent, tr("Choose a passphrase"), said, _fault, new=True)


def _fault(typed: str) -> str:
    try:
        check_passphrase(typed)
    except UserError as error:
        return tr(error)
    return ""
