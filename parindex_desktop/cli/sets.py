"""period, kit: what is assessed when, and how the offices learn of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from parindex_desktop.cli import attention, giving, moving
from parindex_desktop.cli.context import Context, Reply
from parindex_desktop.cli.exits import REFUSED
from parindex_desktop.cli.options import add_output
from parindex_desktop.domain.errors import UserError
from parindex_desktop.domain.scoring.inputs import read_date
from parindex_desktop.services import enrolling, filling, kits, register, years
from parindex_desktop.services.outcomes import Outcome
from parindex_desktop.services.receiving import take_in

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from parindex_desktop.domain.kits import Kit, Period
    from parindex_desktop.services.filling import Form
    from parindex_desktop.services.homes import Office
    from parindex_desktop.services.outcomes import Taken


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser], tr: Callable[[str], str]) -> None:
    """Add the commands of this module."""
    period = commands.add_parser("period", help=tr("years of assessment")).add_subparsers(
        required=True, metavar="ACTION"
    )
    opened = period.add_parser("open", help=tr("open a year with a set for each level"))
    opened.add_argument("year", metavar="YEAR", help=tr("four digits, for example 2026"))
    opened.add_argument(
        "--criteria",
        nargs="+",
        required=True,
        metavar="SET",
        help=tr("digest or name of a set, or the name of one that ships"),
    )
    opened.add_argument("--until", metavar="DATE", help=tr("last day of self-assessment"))
    opened.set_defaults(run=_open)
    period.add_parser("list", help=tr("years and their sets, and which one is worked on")).set_defaults(
        run=_list_periods
    )
    choose = period.add_parser("choose", help=tr("work on another open year from now on"))
    choose.add_argument("year", metavar="YEAR", help=tr("four digits, for example 2026"))
    choose.set_defaults(run=_choose, of_year=True)
    giving.add_to(period, tr)

    kit = commands.add_parser("kit", help=tr("what the province sends to every office")).add_subparsers(
        required=True, metavar="ACTION"
    )
    export = kit.add_parser("export", help=tr("write the kit"))
    add_output(export, tr("file or folder to write"), "FILE|FOLDER")
    export.set_defaults(run=_export)
    imported = kit.add_parser("import", help=tr("take a kit in"))
    imported.add_argument("file", type=Path, metavar="FILE", help=tr("the kit"))
    imported.add_argument(
        "--trust", metavar="FINGERPRINT", help=tr("the province's key code, heard over the telephone")
    )
    imported.set_defaults(run=_import_kit)


def _open(context: Context, args: argparse.Namespace) -> Reply:
    until = read_date(args.until) if args.until else None
    with context.office() as office:
        period, said = years.open_year(office, args.year, args.criteria, until)
    return Reply(
        {
            "year": period.year,
            "sets": {level.value: digest for level, digest in period.sets.items()},
            "said": [context.error(each) for each in said],
        },
        [context.said(each) for each in said],
    )


def _choose(context: Context, args: argparse.Namespace) -> Reply:
    with context.office() as office:
        register.choose_period(office, args.year)
    return Reply({"year": args.year}, [context.tr("From now on this is the year worked on.")])


def _list_periods(context: Context, _: argparse.Namespace) -> Reply:
    with context.office(unnamed=True) as office:
        kit = register.current_kit(office)
        current = office.record.period
        left_out = [each for year in sorted(kit.periods) for each in years.left_out_words(office, year)]
    periods = sorted(kit.periods.values(), key=lambda period: period.year)
    return Reply(
        {
            "current": current,
            "periods": [
                {
                    "year": p.year,
                    "until": p.self_assessment_to.isoformat() if p.self_assessment_to else None,
                    "sets": {level.value: digest for level, digest in p.sets.items()},
                }
                for p in periods
            ],
        },
        [
            *(_period_line(context, kit, period, current) for period in periods),
            *map(context.said, left_out),
        ]
        or [context.tr("No year is open yet.")],
    )


def _period_line(context: Context, kit: Kit, period: Period, current: str | None) -> str:
    sets = [kit.set_of_digest(digest).name for digest in period.sets.values()]
    line = (
        context.tr("{year}, without a deadline: {sets}", year=period.year, sets=sets)
        if period.self_assessment_to is None
        else context.tr(
            "{year}, self-assessment until {until}: {sets}",
            year=period.year,
            until=period.self_assessment_to,
            sets=sets,
        )
    )
    return context.tr("{line} (worked on now)", line=line) if period.year == current else line


def _export(context: Context, args: argparse.Namespace) -> Reply:
    with context.office() as office:
        secret = context.passphrase() if kits.must_sign(office) else ""
        file, written = kits.export_kit(office, secret, args.output, context.progress())
        code = enrolling.spoken_key(office)
        left_out = years.all_left_out_words(office)
    return Reply(
        {
            "file": str(file),
            "sha256": written.sha256,
            "key_code": code,
            "left_out": [context.error(each) for each in left_out],
        },
        [
            context.tr("Kit written to {file} and read back.", file=file),
            context.tr("Offices that open it for the first time need your key code: {code}", code=code),
            *map(context.said, left_out),
        ],
    )


def _import_kit(context: Context, args: argparse.Namespace) -> Reply:
    with context.office() as office:
        before = years.open_years(office)
        taken = take_in(office, [args.file], trust=args.trust)[0]
        record, news = office.record, years.news(office, before)
        form = _own_form(office)
    assessment = form.assessment if form else None
    data = {
        "outcome": taken.outcome.value,
        "unit": record.unit,
        "name": record.name,
        "period": record.period,
        "news": context.error(news) if news else None,
        **(moving.set_data(form) if form else {}),
        **attention.data(assessment),
    }
    if taken.problem is not None:
        return Reply(
            {**context.refused([taken.problem]), **data},
            [f"{context.said(taken.problem)} [{taken.problem.code}]"],
            REFUSED,
        )
    lines = {
        Outcome.HELD: context.tr("This kit was taken in before."),
        Outcome.OLDER: context.tr("A newer kit is held already."),
        Outcome.FORKED: _beside(context, taken, own=taken.unit == record.unit),
    }
    return Reply(
        data,
        [
            lines.get(taken.outcome, context.tr("The kit is taken in.")),
            context.tr("This office is “{name}”.", name=record.name)
            if record.unit
            else context.tr("The kit does not name this office yet; the province must enrol its key."),
            *([context.said(news)] if news else []),
            *(moving.newer_lines(context, form) if form else ()),
            *attention.lines(context, assessment, own=True),
        ],
    )


def _own_form(office: Office) -> Form | None:
    """The form of this office, which a kit may give other figures or a newer set; None where it has none (yet)."""
    try:
        return filling.open_form(office)
    except UserError:
        return None


def _beside(context: Context, taken: Taken, *, own: bool) -> str:
    """What it means that a kit was taken in beside the one held here, for the province whose `own` it is or another."""
    if own and taken.differences:
        return context.tr(
            "The kit is taken in beside the one held here, and they differ in {count} place(s). “parindex differences "
            "list” shows them; settle them, then export a kit that continues both.",
            count=taken.differences,
        )
    if own:
        return context.tr(
            "The kit is taken in beside the one held here, and they go together. Export a kit that continues both, and "
            "send it to every office."
        )
    return context.tr(
        "The kit is taken in beside the one held here: neither continues the other, and nothing in them contradicts. "
        "The province must send a newer kit that continues both; tell it so."
    )
