"""Every command: understood, run, and its answer printed."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING

from parindex_desktop import __version__
from parindex_desktop.cli import (
    criteria,
    demo,
    differing,
    forms,
    intake,
    office,
    papers,
    plans,
    records,
    sets,
    staff,
    tasks,
    units,
)
from parindex_desktop.cli.arguments import Parser, common, home_of
from parindex_desktop.cli.context import Context
from resources import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parindex_desktop.cli.context import Reply
    from resources import Language


def run(arguments: Sequence[str], language: Language) -> int:
    """Run the command that `arguments` name; returns the exit status."""
    parsed = parser_in(language).parse_args(arguments)
    context = Context(
        home=home_of(parsed),
        language=language,
        year=getattr(parsed, "year", None) or parsed.period,
        passphrase_file=parsed.passphrase_file,
        quiet=parsed.json,
        person=parsed.person or os.environ.get("PARINDEX_PERSON", ""),
        of_year=getattr(parsed, "of_year", False),
    )
    reply: Reply = parsed.run(context, parsed)
    heading = context.heading
    if parsed.json:
        year = {"year": heading.year} if heading.year else {}
        said = {"status": reply.status, **year, **reply.data}
        sys.stdout.write(json.dumps(said, ensure_ascii=False) + "\n")
    else:
        sys.stdout.writelines(f"{line}\n" for line in (heading.line, *reply.lines) if line)
    sys.stdout.flush()
    return reply.status


def parser_in(language: Language) -> Parser:
    """Understands every command; its own sentences are in `language`."""

    def tr(template: str) -> str:
        return say(template, language)

    parser = Parser(
        prog="parindex",
        description=tr("Self-assessment for the PAR INDEX, without a network."),
        parents=[common(language)],
    )
    parser.add_argument(
        "--version",
        action="version",
        version=f"parindex {__version__}",
        help=tr("show program's version number and exit"),
    )
    commands = parser.add_subparsers(
        title=tr("commands"), metavar="COMMAND", required=True, parser_class=Parser
    )
    commands.add_parser("gui", help=tr("open the window (also without any command)"))
    for module in (
        office,
        staff,
        units,
        criteria,
        sets,
        forms,
        plans,
        tasks,
        records,
        intake,
        differing,
        papers,
        demo,
    ):
        module.add_to(commands, tr)
    return parser
