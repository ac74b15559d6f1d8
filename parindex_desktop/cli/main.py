"""The command line: one parser, one place that turns errors into sentences and exit statuses."""

from __future__ import annotations

import argparse
import io
import json
import logging
import os
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import appdirs

from parindex_desktop import __version__
from parindex_desktop.cli.context import BUG, CANCELLED, DONE, REFUSED, WRONG_USAGE, Context, Reply
from parindex_desktop.domain.errors import Cancelled, MachineError, ParIndexError, UsageError, reason_of
from parindex_desktop.domain.messages import msgid
from resources import DEFAULT_LANGUAGE, Language, say
from resources.language import speak_in_argparse

if TYPE_CHECKING:
    from collections.abc import Sequence


class ArgumentsWrong(UsageError):
    """The command line was not understood."""

    code = "usage.arguments"
    template = msgid("The command was not understood: {problem}. “parindex --help” lists the commands.")


class MachineFailed(MachineError):
    """The system refused something that nothing below has named."""

    code = "machine.failed"
    template = msgid(
        "The machine could not do that ({reason}). What was finished before is safe; check the disk and the stick, "
        "then try again."
    )


class Interrupted(Cancelled):
    """Somebody pressed Ctrl+C, in the middle of whatever it was."""

    code = "interrupted"
    template = msgid("Stopped. What was finished before stays, and nothing was left half done.")


class Bug(ParIndexError):
    """A fault of ours; its traceback stands above."""

    code = "bug"
    template = msgid(
        "This is a fault of the program. What was finished before is safe. Please send the lines above to its makers."
    )


class NoDisplay(MachineError):
    """There is nothing to open a window on."""

    code = "machine.no_display"
    template = msgid(
        "This machine has no screen to open the window on. Nothing was changed; start the program on a desktop, or use "
        "the command line: “parindex --help”."
    )


_DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
"""One of these tells Qt where to draw."""


class _Parser(argparse.ArgumentParser):
    """A parser that raises, so that a wrong argument ends like every other refusal."""

    def error(self, message: str) -> NoReturn:
        raise ArgumentsWrong(problem=message)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    _speak_unicode()
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    language = _language(arguments)
    speak_in_argparse(language)
    as_json = "--json" in arguments
    # Libraries log what this program says in words of its own.
    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
    logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)
    try:
        return _run(arguments, language)
    except Cancelled as fault:
        return _complain(fault, language, CANCELLED, as_json=as_json)
    except UsageError as fault:
        return _complain(fault, language, WRONG_USAGE, as_json=as_json)
    except ParIndexError as fault:
        return _complain(fault, language, REFUSED, as_json=as_json)
    except KeyboardInterrupt:
        return _complain(Interrupted(), language, CANCELLED, as_json=as_json)
    except BrokenPipeError:
        # Whoever read our output has seen enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except OSError as fault:
        failed = MachineFailed(reason=reason_of(fault))
        return _complain(failed, language, REFUSED, as_json=as_json)
    except Exception:  # noqa: BLE001 (the last one to hear of a bug: reported whole, never swallowed)
        traceback.print_exc()
        return _complain(Bug(), language, BUG, as_json=as_json)


def _run(arguments: Sequence[str], language: Language) -> int:
    common, rest = _common(language).parse_known_args(arguments)
    if rest in ([], ["gui"]):
        if sys.platform == "linux" and not any(os.environ.get(name) for name in _DISPLAYS):
            raise NoDisplay
        # Only Qt: whatever a command needs would be imported before the first picture.
        from ui.app import run  # noqa: PLC0415

        return run(_home(common), Language(common.lang) if common.lang else None, sys.argv)
    parsed = _parser(language).parse_args(arguments)
    context = Context(
        home=_home(parsed),
        language=language,
        year=parsed.period,
        passphrase_file=parsed.passphrase_file,
        quiet=parsed.json,
    )
    reply: Reply = parsed.run(context, parsed)
    if parsed.json:
        sys.stdout.write(json.dumps({"status": reply.status, **reply.data}, ensure_ascii=False) + "\n")
    else:
        sys.stdout.writelines(f"{line}\n" for line in reply.lines)
    sys.stdout.flush()
    return reply.status


def _common(language: Language) -> argparse.ArgumentParser:
    """What may stand before every command."""

    def tr(template: str) -> str:
        return say(template, language)

    parser = _Parser(add_help=False)
    parser.add_argument(
        "--home", type=Path, metavar="DIR", help=tr("folder of the office (else PARINDEX_HOME)")
    )
    parser.add_argument(
        "--lang", choices=[each.value for each in Language], help=tr("language of the sentences")
    )
    parser.add_argument("--json", action="store_true", help=tr("one JSON object on standard output"))
    parser.add_argument("--period", metavar="YEAR", help=tr("year of assessment (else the current one)"))
    parser.add_argument(
        "--passphrase-file", type=Path, metavar="FILE", help=tr("file that holds the passphrase of the key")
    )
    return parser


def _parser(language: Language) -> argparse.ArgumentParser:
    from parindex_desktop.cli import demo, forms, intake, office, papers, sets  # noqa: PLC0415

    def tr(template: str) -> str:
        return say(template, language)

    parser = _Parser(
        prog="parindex",
        description=tr("Self-assessment for the PAR INDEX, without a network."),
        parents=[_common(language)],
    )
    parser.add_argument("--version", action="version", version=f"parindex {__version__}")
    commands = parser.add_subparsers(
        title=tr("commands"), metavar="COMMAND", required=True, parser_class=_Parser
    )
    commands.add_parser("gui", help=tr("open the window (also without any command)"))
    for module in (office, sets, forms, intake, papers, demo):
        module.add_to(commands, tr)
    return parser


def _speak_unicode() -> None:
    """Vietnamese in every pipe: Windows would write the code page of the machine, which does not have its letters.

    What is no text at all (a file name in other bytes) is shown with a sign in its place.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _home(parsed: argparse.Namespace) -> Path:
    given = parsed.home or os.environ.get("PARINDEX_HOME")
    if given:
        try:
            return Path(given).expanduser()
        except RuntimeError:
            # “~” of somebody whom this machine does not know is a name like any other.
            return Path(given)
    return Path(appdirs.user_data_dir("PAR Index Desktop", appauthor=False))


def _language(arguments: Sequence[str]) -> Language:
    """The language must be known before the arguments are parsed, for the parser's own sentences."""
    found = _Parser(add_help=False)
    found.add_argument("--lang", nargs="?")
    given = found.parse_known_args(arguments)[0].lang or os.environ.get("PARINDEX_LANG")
    return Language(given) if given in set(Language) else DEFAULT_LANGUAGE


def _complain(fault: ParIndexError, language: Language, status: int, *, as_json: bool) -> int:
    sentence = say(fault.message, language)
    if as_json:
        error = {"code": fault.code, "message": sentence}
        sys.stdout.write(json.dumps({"status": status, "error": error}, ensure_ascii=False) + "\n")
    sys.stderr.write(f"{sentence} [{fault.code}]\n")
    return status
