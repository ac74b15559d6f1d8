"""Choices of this machine that are needed before the office is open: language, look, place of the window.

They stand in `window.ini` in the home, apart from the office's data; losing them costs nothing but comfort.
"""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QSettings, Signal

from resources import DEFAULT_LANGUAGE, Language
from ui.theme.tokens import Theme

if TYPE_CHECKING:
    from pathlib import Path

FILE: Final = "window.ini"


class Memory(MutableMapping[str, str]):
    """Small texts that are remembered from one start to the next."""

    def __init__(self, file: Path) -> None:
        self._settings = QSettings(str(file), QSettings.Format.IniFormat)

    def __getitem__(self, key: str) -> str:
        if not self._settings.contains(key):
            raise KeyError(key)
        return str(self._settings.value(key))

    def __setitem__(self, key: str, value: str) -> None:
        self._settings.setValue(key, value)

    def __delitem__(self, key: str) -> None:
        if not self._settings.contains(key):
            raise KeyError(key)
        self._settings.remove(key)

    def __iter__(self) -> Iterator[str]:
        return iter(self._settings.allKeys())

    def __len__(self) -> int:
        return len(self._settings.allKeys())


class Settings(QObject):
    """The choices that the office page offers; whoever draws the window follows `changed`."""

    changed = Signal()

    def __init__(self, memory: MutableMapping[str, str], asked: Language | None = None) -> None:
        """`asked` is the language of this start alone, from the command line."""
        super().__init__()
        self.memory = memory
        self._asked = asked

    @property
    def language(self) -> Language:
        """The language of the window."""
        known = {each.value: each for each in Language}
        return self._asked or known.get(self.memory.get("language", ""), DEFAULT_LANGUAGE)

    @property
    def theme(self) -> Theme:
        """The colours of the window."""
        known = {each.value: each for each in Theme}
        return known.get(self.memory.get("theme", ""), Theme.LIGHT)

    @property
    def office_name(self) -> str:
        """The office of the home, as the last start knew it; empty where there was none."""
        return self.memory.get("office.name", "")

    @property
    def office_level(self) -> str:
        """Its level (the value of `Level`), likewise."""
        return self.memory.get("office.level", "")

    def remember_office(self, name: str, level: str) -> None:
        """Show this office at the next start, before it is open."""
        self.memory["office.name"], self.memory["office.level"] = name, level

    def choose_language(self, language: Language) -> None:
        """Speak `language` from now on."""
        if language is not self.language:
            self._asked = None
            self.memory["language"] = language.value
            self.changed.emit()

    def choose_theme(self, theme: Theme) -> None:
        """Look like `theme` from now on."""
        if theme is not self.theme:
            self.memory["theme"] = theme.value
            self.changed.emit()
