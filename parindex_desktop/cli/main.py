"""The way into the program: the window or a command, and the one place that turns errors into exit statuses."""

from __future__ import annotations

import gc
import io
import os
import sys
import traceback
from typing import TYPE_CHECKING

from parindex_desktop.cli.arguments import common, home_of, language_of
from parindex_desktop.cli.exits import BUG, CANCELLED, DONE, REFUSED, WRONG_USAGE
from parindex_desktop.domain.errors import Cancelled, MachineError, ParIndexError, UsageError, reason_of
from parindex_desktop.domain.messages import msgid
from resources import Language, say
from resources.language import speak_in_argparse

if TYPE_CHECKING:
    from collections.abc import Sequence


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


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    _speak_unicode()
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    language = language_of(arguments)
    speak_in_argparse(language)
    as_json = "--json" in arguments
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
    given, rest = common(language).parse_known_args(arguments)
    if rest in ([], ["gui"]):
        if sys.platform == "linux" and not any(os.environ.get(name) for name in _DISPLAYS):
            raise NoDisplay
        # The collector would go through what is being imported again and again, and find nothing; `ui.app` wakes it.
        gc.disable()
        # Only Qt: whatever a command needs would be imported before the first picture.
        from ui.app import run  # noqa: PLC0415

        return run(home_of(given), Language(given.lang) if given.lang else None, sys.argv)
    from parindex_desktop.cli import commands  # noqa: PLC0415 (nor for the window what commands need)

    return commands.run(arguments, language)


def _speak_unicode() -> None:
    """Vietnamese in every pipe: Windows would write the code page of the machine, which does not have its letters.

    What is no text at all (a file name in other bytes) is shown with a sign in its place.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _complain(fault: ParIndexError, language: Language, status: int, *, as_json: bool) -> int:
    sentence = say(fault.message, language)
    if as_json:
        import json  # noqa: PLC0415 (the window needs none)

        error = {"code": fault.code, "message": sentence}
        sys.stdout.write(json.dumps({"status": status, "error": error}, ensure_ascii=False) + "\n")
    sys.stderr.write(f"{sentence} [{fault.code}]\n")
    return status
