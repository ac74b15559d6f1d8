"""Choosing the language of the window: at the first start, and later on the page of the office."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt

from resources import Language
from ui.language import tr
from ui.widgets.combo import ComboBox

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.settings import Settings

_LANGUAGES: Final = ((Language.VI, "Tiếng Việt"), (Language.EN, "English"))
"""Each language by its own name."""


class LanguageBox(ComboBox):
    """The languages; a choice is kept in `settings`, whose `changed` makes the window anew."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(tr("Language"), parent)
        for language, name in _LANGUAGES:
            self.addItem(name, language)
        self.setCurrentIndex(self.findData(settings.language))
        # Later, so that the list is closed and the box no longer at work when the window is made anew.
        self.activated.connect(
            lambda _row: settings.choose_language(Language(self.currentData())),
            Qt.ConnectionType.QueuedConnection,
        )
