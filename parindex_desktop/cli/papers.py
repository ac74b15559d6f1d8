"""report, journal, check, free: papers, whether the home is whole, and room on its disk."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

from parindex_desktop.cli.context import Context, Reply
from parindex_desktop.cli.exits import REFUSED
from parindex_desktop.cli.options import add_output
from parindex_desktop.domain.messages import Message
from parindex_desktop.domain.scoring.inputs import read_date
from parindex_desktop.services import reading_journal, releasing, reporting, upkeep
from parindex_desktop.services.files import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable

    from parindex_desktop.services.releasing import Room


_NEWEST: Final = 50
"""Lines of the journal that are listed unless more are asked for."""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser], tr: Callable[[str], str]) -> None:
    """Add the commands of this module."""
    report = commands.add_parser("report", help=tr("print a paper; “report list” names them"))
    report.add_argument(
        "kind",
        choices=["list", *(kind.value for kind in reporting.Kind)],
        metavar="KIND",
        help=tr("which paper, or “list”"),
    )
    add_output(report, tr("file to write; its ending is the format"), required=False)
    report.set_defaults(run=_report, of_year=True)
    _add_journal(commands, tr)
    commands.add_parser("check", help=tr("check journal, revisions and evidence of this home")).set_defaults(
        run=_check
    )
    commands.add_parser(
        "free", help=tr("remove files of evidence that nothing names any more, not even a backup")
    ).set_defaults(run=_free)


def _add_journal(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], tr: Callable[[str], str]
) -> None:
    listed = commands.add_parser("journal", help=tr("who did what, the newest last"))
    listed.add_argument(
        "--person", dest="of", default="", metavar="NAME", help=tr("only what somebody of that name did")
    )
    listed.add_argument("--since", metavar="DATE", help=tr("only from that day on, dd/mm/yyyy"))
    listed.add_argument(
        "--limit",
        type=_count(tr),
        default=_NEWEST,
        metavar="NUMBER",
        help=tr("how many of the newest lines (else 50), 0 for all"),
    )
    listed.set_defaults(run=_journal)
    journal = listed.add_subparsers(metavar="ACTION")
    journal.add_parser("check", help=tr("whether the chain is unbroken")).set_defaults(run=_check)
    export = journal.add_parser("export", help=tr("write the journal as JSON lines"))
    add_output(export, tr("file to write"))
    export.set_defaults(run=_export)


def _count(tr: Callable[[str], str]) -> Callable[[str], int]:
    """Reads a whole number; argparse's own sentence would name a type of Python."""

    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit()) or len(text) > 9:
            raise argparse.ArgumentTypeError(tr("a whole number is needed, for example 50"))
        return int(text)

    return read


def _report(context: Context, args: argparse.Namespace) -> Reply:
    if args.kind == "list":
        kinds = {kind: reporting.FORMATS[kind] for kind in reporting.Kind}
        return Reply(
            {"reports": {kind.value: list(endings) for kind, endings in kinds.items()}},
            [f"{k.value} ({', '.join(e)}): {context.said(reporting.TITLES[k])}" for k, e in kinds.items()],
        )
    kind = reporting.Kind(args.kind)
    target = args.output or Path(f"{kind.value}{reporting.FORMATS[kind][0]}")
    with context.office() as office:
        reporting.write_report(office, kind, target, context.year)
    return Reply({"file": str(target)}, [context.tr("{file} was written.", file=target)])


def _check(context: Context, _: argparse.Namespace) -> Reply:
    with context.office(unnamed=True) as office:
        found = upkeep.check(office)
    lines = [
        context.tr(
            "Journal: {rows} lines. Signed versions (hand-overs, drafts, kits): {revisions}. "
            "Files of evidence: {files}.",
            rows=found.journal_rows,
            revisions=found.revisions,
            files=found.files,
        )
    ]
    if found.journal_fault is not None:
        lines.append(context.tr("The journal is broken from line {number} on.", number=found.journal_fault))
    lines += [
        context.tr("Damaged or missing: evidence {digest}", digest=each) for each in found.damaged_evidence
    ]
    lines += [context.said(each.message) for each in found.missing]
    lines += [context.tr("Damaged: revision {digest}", digest=each) for each in found.damaged_revisions]
    if found.sound:
        lines.append(context.tr("Everything is whole."))
    lines += _to_free(context, found.to_free)
    return Reply(
        {
            "sound": found.sound,
            "journal_rows": found.journal_rows,
            "journal_fault": found.journal_fault,
            "damaged_evidence": list(found.damaged_evidence),
            "damaged_revisions": list(found.damaged_revisions),
            "missing": [{**asdict(each), **context.error(each.message)} for each in found.missing],
            "to_free": None if isinstance(found.to_free, Message) else asdict(found.to_free),
        },
        lines,
        0 if found.sound else REFUSED,
    )


def _to_free(context: Context, room: Room | Message) -> list[str]:
    """The room that could be had, or why nobody can tell."""
    if isinstance(room, Message):
        return [context.said(room)]
    if not room.files:
        return []
    return [
        context.tr(
            "Files that nothing names any more, not even a backup: {files} ({bytes} bytes). “parindex free” removes "
            "them.",
            files=room.files,
            bytes=room.bytes,
        )
    ]


def _free(context: Context, _: argparse.Namespace) -> Reply:
    with context.office() as office:
        room = releasing.release(office)
    return Reply(
        asdict(room),
        [context.tr("{files} file(s) removed, {bytes} bytes freed.", files=room.files, bytes=room.bytes)],
    )


def _journal(context: Context, args: argparse.Namespace) -> Reply:
    since = read_date(args.since) if args.since else None
    with context.office(unnamed=True) as office:
        reading = reading_journal.read(office, args.of, since, args.limit)
    lines = [
        context.tr("{at}  {actor}: {what}", at=each.at, actor=each.actor, what=each.words)
        for each in reading.lines
    ]
    if len(reading.lines) < reading.found:
        lines.insert(
            0,
            context.tr(
                "The newest {shown} of {found} lines; --limit 0 shows all.",
                shown=len(reading.lines),
                found=reading.found,
            ),
        )
    return Reply(
        {
            "found": reading.found,
            "lines": [
                {
                    "number": each.number,
                    "at": each.at.isoformat(),
                    "actor": each.actor,
                    "action": each.action,
                    "words": context.said(each.words),
                }
                for each in reading.lines
            ],
        },
        lines or [context.tr("The journal has no such line.")],
    )


def _export(context: Context, args: argparse.Namespace) -> Reply:
    with context.office(unnamed=True) as office:
        rows = upkeep.read_journal(office)
    lines = [
        json.dumps(
            {
                "number": row.number,
                "at": row.at.isoformat(),
                "actor": row.actor,
                "action": row.action,
                "details": json.loads(row.details),
                "previous": row.previous,
                "digest": row.digest,
            },
            ensure_ascii=False,
        )
        for row in rows
    ]
    write_whole(args.output, "".join(f"{line}\n" for line in lines).encode())
    return Reply(
        {"file": str(args.output), "rows": len(rows)},
        [context.tr("{rows} lines written to {file}.", rows=len(rows), file=args.output)],
    )
