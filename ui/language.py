"""The language of the window: our own words, and those that Qt brings along, from the one catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

from resources import DEFAULT_LANGUAGE, Language, Sayable, say
from ui.qt_texts import QT_TEXTS

if TYPE_CHECKING:
    from PySide6.QtCore import QObject


class QtTexts(QTranslator):
    """Answers Qt's own standard texts from our catalogue; whatever it does not know stays as Qt has it."""

    def isEmpty(self) -> bool:
        """Never: Qt would not ask an empty translator."""
        return False

    def translate(  # None is Qt's null text: not mine; "" would blank the text out
        self,
        context: bytes | bytearray | memoryview | str,  # noqa: ARG002 (Qt's signature)
        source: bytes | bytearray | memoryview | str,
        disambiguation: bytes | bytearray | memoryview | str | None = None,  # noqa: ARG002
        n: int = -1,  # noqa: ARG002
    ) -> str | None:
        """The words for `source`; None for what the catalogue does not know."""
        text = source if isinstance(source, str) else bytes(source).decode()
        return tr(text) if text in QT_TEXTS else None


_language = DEFAULT_LANGUAGE
_qt_texts: QtTexts | None = None


def tr(message: str | Sayable, /, **values: object) -> str:
    """Say `message` (an English template with `values`, or an error or `Message`) in the window's language."""
    return say(message, _language, **values)


def current() -> Language:
    """The language the window speaks."""
    return _language


def use(language: Language, app: QObject | None = None) -> None:
    """Let the window speak `language`; call it before widgets are made, they do not change afterwards.

    With `app` (the running application), Qt's own texts and its names of months and days follow.
    """
    global _language, _qt_texts  # noqa: PLW0603 (the one language of a process that has one window)
    _language = language
    QLocale.setDefault(QLocale("vi_VN" if language is Language.VI else "en_GB"))
    if app is None:
        return
    if _qt_texts is not None:
        QCoreApplication.removeTranslator(_qt_texts)
    _qt_texts = None if language is Language.EN else QtTexts(app)
    if _qt_texts is not None:
        QCoreApplication.installTranslator(_qt_texts)
