"""What may stand before every command, and in which folder and language the program works then.

The window starts through here as well, so nothing that only commands need is imported.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import appdirs

from parindex_desktop.domain.errors import UsageError
from parindex_desktop.domain.messages import msgid
from resources import DEFAULT_LANGUAGE, Language, say

if TYPE_CHECKING:
    from collections.abc import Sequence


class ArgumentsWrong(UsageError):
    """The command line was not understood."""

    code = "usage.arguments"
    template = msgid("The command was not understood: {problem}. “parindex --help” lists the commands.")


class Parser(argparse.ArgumentParser):
    """A parser that raises, so that a wrong argument ends like every other refusal."""

    def error(self, message: str) -> NoReturn:
        """Raise `ArgumentsWrong`."""
        raise ArgumentsWrong(problem=message)


def common(language: Language) -> Parser:
    """Understands what may stand before every command."""

    def tr(template: str) -> str:
        return say(template, language)

    parser = Parser(add_help=False)
    parser.add_argument(
        "--home", type=Path, metavar="DIR", help=tr("folder of the office (else PARINDEX_HOME)")
    )
    parser.add_argument(
        "--lang", choices=[each.value for each in Language], help=tr("language of the sentences")
    )
    parser.add_argument("--json", action="store_true", help=tr("one JSON object on standard output"))
    parser.add_argument(
        "--period",
        metavar="YEAR",
        help=tr("year of assessment (else the one worked on, which “period list” marks)"),
    )
    parser.add_argument(
        "--passphrase-file", type=Path, metavar="FILE", help=tr("file that holds the passphrase of the key")
    )
    parser.add_argument(
        "--as",
        dest="person",
        metavar="NAME",
        help=tr("who works here, of the staff list (else PARINDEX_PERSON)"),
    )
    return parser


def home_of(parsed: argparse.Namespace) -> Path:
    """The folder of the office."""
    given = parsed.home or os.environ.get("PARINDEX_HOME")
    if given:
        try:
            return Path(given).expanduser()
        except RuntimeError:
            # “~” of somebody whom this machine does not know is a name like any other.
            return Path(given)
    return Path(appdirs.user_data_dir("PAR Index Desktop", appauthor=False))


def language_of(arguments: Sequence[str]) -> Language:
    """The language, which must be known before the arguments are parsed, for the parser's own sentences."""
    found = Parser(add_help=False)
    found.add_argument("--lang", nargs="?")
    given = found.parse_known_args(arguments)[0].lang or os.environ.get("PARINDEX_LANG")
    return Language(given) if given in set(Language) else DEFAULT_LANGUAGE
