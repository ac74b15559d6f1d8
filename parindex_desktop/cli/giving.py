"""period given, period give: the figures that the province gives in its kit."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from parindex_desktop.cli.context import Context, Reply
from parindex_desktop.cli.exits import REFUSED
from parindex_desktop.cli.options import add_inputs, add_output, named_input
from parindex_desktop.domain import given_boards
from parindex_desktop.domain.errors import UsageError
from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.domain.scoring.showing import shown_input
from parindex_desktop.domain.units import Level
from parindex_desktop.services import given_lists, giving, last_year

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from parindex_desktop.domain.given_boards import Board, Figure
    from parindex_desktop.domain.units import Unit
    from parindex_desktop.services.giving import Proposal
    from parindex_desktop.services.homes import Office


class WhatToGive(UsageError):
    """The arguments do not say one thing."""

    code = "usage.what_to_give"
    template = msgid(
        "Say one of: a criterion's CODE with --input NAME=VALUE, --file FILE.xlsx, or --from-last-year."
    )


def add_to(period: argparse._SubParsersAction[argparse.ArgumentParser], tr: Callable[[str], str]) -> None:
    """Add the actions of this module to `period`."""
    given = period.add_parser("given", help=tr("figures that the province gives to units"))
    given.add_argument(
        "year", nargs="?", metavar="YEAR", help=tr("year of assessment (else the current one)")
    )
    add_output(given, tr("write them to a spreadsheet, to be filled in"), "FILE.xlsx", required=False)
    given.set_defaults(run=_given, of_year=True)
    give = period.add_parser("give", help=tr("give figures to units with the next kit"))
    give.add_argument("year", metavar="YEAR", help=tr("four digits, for example 2026"))
    give.add_argument("criterion", nargs="?", metavar="CODE", help=tr("printed code, for example 3.7"))
    add_inputs(give, tr)
    give.add_argument("--unit", metavar="CODE", help=tr("code of the unit (else all units of a level)"))
    give.add_argument(
        "--level",
        choices=[level.value for level in Level],
        help=tr("kind of unit, where several have the code"),
    )
    give.add_argument("--file", type=Path, metavar="FILE.xlsx", help=tr("all figures of a spreadsheet"))
    give.add_argument(
        "--from-last-year", action="store_true", help=tr("last year's values, from what was handed over")
    )
    give.add_argument("--dry-run", action="store_true", help=tr("show what would happen, change nothing"))
    give.set_defaults(run=_give, of_year=True)


def _given(context: Context, args: argparse.Namespace) -> Reply:
    with context.office(unnamed=True) as office:
        year = context.year or office.record.period or ""
        boards = giving.boards(office, year)
        if args.output:
            given_lists.write_list(office, year, args.output)
    lines = []
    for board in boards:
        lines.append(
            context.tr("{level}: {name}", level=context.tr(board.level.words), name=board.criteria.name)
        )
        lines += [line for figure in board.usual() for line in _figure_lines(context, board, figure)]
    if args.output:
        lines.append(context.tr("The figures were written to {file}.", file=args.output))
    return Reply(
        {
            "year": year,
            "file": str(args.output) if args.output else None,
            "figures": [_figure_data(board, figure) for board in boards for figure in board.usual()],
        },
        lines or [context.tr("No unit is assessed in {year}.", year=year)],
    )


def _give(context: Context, args: argparse.Namespace) -> Reply:
    ways = [bool(args.criterion or args.input), bool(args.file), args.from_last_year]
    if sum(ways) != 1 or bool(args.criterion) != bool(args.input):
        raise WhatToGive
    with context.office(unnamed=args.dry_run) as office:
        if args.from_last_year:
            proposal = last_year.propose(office, args.year, context.progress())
        elif args.file:
            proposal = given_lists.look_at_list(office, args.year, args.file)
        else:
            proposal = _typed(office, args)
        if not (args.dry_run or proposal.faults):
            giving.take(office, proposal)
    return _proposal_reply(context, proposal, dry_run=args.dry_run)


def _typed(office: Office, args: argparse.Namespace) -> Proposal:
    """What the arguments give to one unit or to all."""
    boards = giving.boards(office, args.year)
    typed = dict(map(named_input, args.input))
    unit: Unit | None = None
    if args.unit:
        board, unit = given_boards.unit_of(boards, args.unit)
    elif args.level:
        board = given_boards.board_of(boards, Level(args.level))
    else:
        board = given_boards.board_with(boards, args.criterion, typed)
    figures = [(board.figure(args.criterion, name), text) for name, text in typed.items()]
    return giving.proposed(board, unit, figures)


def _proposal_reply(context: Context, proposal: Proposal, *, dry_run: bool) -> Reply:
    refused = Message("given.refused", "Nothing was changed. Every fault is named:")
    lines = [
        context.tr(
            "{who}, {figure}: {before} → {after}",
            who=f"{each.unit.code} {each.unit.name}"
            if each.unit
            else context.tr("All units ({level})", level=context.tr(each.figure.level.words)),
            figure=each.figure.code,
            before=_shown(context, each.figure, each.before),
            after=_shown(context, each.figure, each.after),
        )
        for each in proposal.changes
    ]
    lines += [
        context.tr(
            "{who}, {figure}: not proposed. {why}",
            who=f"{each.unit.code} {each.unit.name}",
            figure=each.figure.code,
            why=each.why,
        )
        for each in proposal.left_out
    ]
    if proposal.faults:
        lines = [
            context.said(refused),
            *(f"- {context.said(fault)} [{fault.code}]" for fault in proposal.faults),
        ]
    elif proposal.unchanged:
        lines.append(context.said(proposal.unchanged))
    elif dry_run:
        lines.append(
            context.tr("{count} figure(s) would change. Nothing was written.", count=len(proposal.changes))
        )
    else:
        lines.append(
            context.tr(
                "{count} figure(s) changed. Export a new kit and send it.", count=len(proposal.changes)
            )
        )
    data: dict[str, Any] = {
        **context.refused(proposal.faults),
        "year": proposal.year,
        "dry_run": dry_run,
        "changes": [
            {
                "unit": each.unit.code if each.unit else None,
                "figure": each.figure.code,
                "before": each.before,
                "after": each.after,
            }
            for each in proposal.changes
        ],
        "same": proposal.same,
        "unchanged": context.error(proposal.unchanged) if proposal.unchanged else None,
        "left_out": [
            {"unit": each.unit.code, "figure": each.figure.code, "reason": context.error(each.why)}
            for each in proposal.left_out
        ],
        "faults": [context.error(fault) for fault in proposal.faults],
    }
    return Reply(data, lines, REFUSED if proposal.faults else 0)


def _figure_lines(context: Context, board: Board, figure: Figure) -> list[str]:
    to_all = board.text(None, figure)
    own = [(unit, board.text(unit, figure)) for unit in board.units]
    given = [(unit, text) for unit, text in own if text is not None]
    line = f"{figure.code} {figure.spec.title}"
    if to_all is not None:
        line = context.tr(
            "{figure}: {value} for all units", figure=line, value=_shown(context, figure, to_all)
        )
    elif not given:
        line = context.tr("{figure}: not given", figure=line)
    return [
        line,
        *(f"  {unit.code:<8} {unit.name}: {_shown(context, figure, text)}" for unit, text in given),
    ]


def _figure_data(board: Board, figure: Figure) -> dict[str, Any]:
    texts = {unit.code: board.text(unit, figure) for unit in board.units}
    return {
        "level": figure.level.value,
        "figure": figure.code,
        "criterion": figure.criterion.id,
        "input": figure.spec.name,
        "title": figure.spec.title,
        "proposed": figure.proposed,
        "all": board.text(None, figure),
        "units": {code: text for code, text in texts.items() if text is not None},
    }


def _shown(context: Context, figure: Figure, text: str | None) -> str:
    return "–" if text is None else context.tr("{value}", value=shown_input(figure.spec, text))
