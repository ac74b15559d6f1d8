"""Words in the reader's language: English templates looked up in one gettext catalogue and filled in.

The key in the catalogue is the English template itself. Values are written as Vietnam (or an English reader)
writes them: 1.200 and 13,76 (1,200 and 13.76), dd/MM/yyyy, the time of day in Vietnam.
"""

from __future__ import annotations

import gettext
import os
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

DOMAIN: Final = "parindex"
"""Name of the catalogue, in the sense of gettext."""

LOCALE: Final = Path(__file__).parent / "locale"
"""Folder of the catalogues, in the layout of gettext."""

VIETNAM: Final = timezone(timedelta(hours=7))
"""Time in Vietnam; there has been no daylight saving since 1975."""


def day_of(moment: datetime) -> date:
    """The day that a moment belongs to in Vietnam, whatever the zone it is told in."""
    return moment.astimezone(VIETNAM).date()


def to_the_second(moment: datetime) -> str:
    """A moment in Vietnam with its seconds, where two of one minute must be told apart."""
    return moment.astimezone(VIETNAM).strftime("%H:%M:%S %d/%m/%Y")


_VIETNAMESE_MARKS: Final = str.maketrans({",": ".", ".": ","})


class Language(StrEnum):
    """A language that the program speaks."""

    VI = "vi"
    EN = "en"


DEFAULT_LANGUAGE: Final = Language.VI


class Sayable(Protocol):
    """What `say` can say beside a bare template: `Message` and every error of the program."""

    @property
    def template(self) -> str:
        """The English sentence with its ``{named}`` places; the key in the catalogue."""

    @property
    def values(self) -> Mapping[str, object]:
        """What fills the places."""


class CatalogueNotCompiled(RuntimeError):
    """The catalogue was not compiled, or its source has changed since; only developers meet this."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} is missing or older than its source; run ./run catalogue (any ./run command does)"
        )


def msgid(template: str) -> str:
    """Mark `template` for the catalogue where it is not said at once."""
    return template


def say(message: str | Sayable, /, language: Language = DEFAULT_LANGUAGE, **values: object) -> str:
    """Say `message` in `language`: an English template with `values`, or something that carries both.

    Whole numbers and `Decimal` are grouped by thousands, a `Decimal` keeps all its places, dates become
    dd/MM/yyyy and aware times HH:mm dd/MM/yyyy in Vietnam; messages among the values are said likewise,
    lists and tuples are joined by “; ”, anything else is its `str`. A year is a name and not an amount: pass
    it as text. A template that the catalogue lacks is said in English; ``./run check`` refuses such a one.

    Raises `KeyError` where a place has no value, `ValueError` for a time without a zone, and
    `CatalogueNotCompiled`.
    """
    if isinstance(message, str):
        template = message
    else:
        template, values = message.template, {**message.values, **values}
    shown = {name: _shown(value, language) for name, value in values.items()}
    sentence = _translated(template, language)
    try:
        return sentence.format_map(shown)
    except KeyError as error:
        error.add_note(f"no value for this place of “{template}”")
        raise


def speak_in_argparse(language: Language) -> None:
    """Let the texts of Python's own argparse (“usage:”, “unrecognized arguments”) follow `language`.

    argparse asks `gettext.gettext`, which reads the process's text domain and the variable LANGUAGE; this
    sets both. The command line calls it once, before it builds its parser. Raises `CatalogueNotCompiled`.
    """
    if language is not Language.EN:
        _catalogue(language)
    os.environ["LANGUAGE"] = language.value
    gettext.bindtextdomain(DOMAIN, str(LOCALE))
    gettext.textdomain(DOMAIN)


def _translated(template: str, language: Language) -> str:
    # The empty key holds the catalogue's header.
    if language is Language.EN or not template:
        return template
    return _catalogue(language).gettext(template)


@lru_cache
def _catalogue(language: Language) -> gettext.NullTranslations:
    return open_catalogue(LOCALE, language)


def open_catalogue(folder: Path, language: Language) -> gettext.NullTranslations:
    """Open the compiled catalogue in `folder`; raises `CatalogueNotCompiled` if missing or older than its .po."""
    compiled = folder / language / "LC_MESSAGES" / f"{DOMAIN}.mo"
    source = compiled.with_suffix(".po")  # an installed program has none
    if not compiled.exists() or (source.exists() and source.stat().st_mtime > compiled.stat().st_mtime):
        raise CatalogueNotCompiled(compiled)
    return gettext.translation(DOMAIN, folder, [language])  # read once, also for argparse


def _shown(value: object, language: Language) -> str:
    match value:
        case int() | Decimal():
            return _number(value, language)
        case datetime():
            if value.tzinfo is None:
                raise ValueError(f"{value} has no time zone")
            return value.astimezone(VIETNAM).strftime("%H:%M %d/%m/%Y")
        case date():
            return value.strftime("%d/%m/%Y")
        case list() | tuple():
            return "; ".join(_shown(each, language) for each in value)
    if hasattr(value, "template") and hasattr(value, "values"):
        return say(value, language)
    return str(value)


def _number(value: int | Decimal, language: Language) -> str:
    english = format(value, ",f" if isinstance(value, Decimal) else ",d")
    return english if language is Language.EN else english.translate(_VIETNAMESE_MARKS)
