"""period, kit: what is assessed when, and how the offices learn of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from parindex_desktop.cli import attention, giving
from parindex_desktop.cli.context import Context, Reply
from parindex_desktop.cli.exits import REFUSED
from parindex_desktop.domain.errors import UserError
from parindex_desktop.domain.scoring.inputs import read_date
from parindex_desktop.services import enrolling, filling, kits, register
from parindex_desktop.services.outcomes import Outcome
from parindex_desktop.services.receiving import take_in

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from parindex_desktop.domain.assessments import Assessment
    from parindex_desktop.domain.kits import Kit, Period
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
        "--criteria", nargs="+", required=True, metavar="SET", help=tr("digest or name of a set")
    )
    opened.add_argument("--until", metavar="DATE", help=tr("last day of self-assessment"))
    opened.set_defaults(run=_open)
    period.add_parser("list", help=tr("years and their sets")).set_defaults(run=_list_periods)
    giving.add_to(period, tr)

    kit = commands.add_parser("kit", help=tr("what the province sends to every office")).add_subparsers(
        required=True, metavar="ACTION"
    )
    export = kit.add_parser("export", help=tr("write the kit"))
    export.add_argument(
        "-o", "--output", type=Path, required=True, metavar="FILE", help=tr("file or folder to write")
    )
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
        chosen = [register.find_set(office, each) for each in args.criteria]
        period = register.open_period(office, args.year, chosen, until)
    return Reply(
        {"year": period.year, "sets": {level.value: digest for level, digest in period.sets.items()}},
        [context.tr("The assessment of {year} is open. Export a new kit and send it.", year=period.year)],
    )


def _list_periods(context: Context, _: argparse.Namespace) -> Reply:
    with context.office(unnamed=True) as office:
        kit = register.current_kit(office)
    periods = sorted(kit.periods.values(), key=lambda period: period.year)
    return Reply(
        {
            "periods": [
                {
                    "year": p.year,
                    "until": p.self_assessment_to.isoformat() if p.self_assessment_to else None,
                    "sets": {level.value: digest for level, digest in p.sets.items()},
                }
                for p in periods
            ]
        },
        [_period_line(context, kit, period) for period in periods] or [context.tr("No year is open yet.")],
    )


def _period_line(context: Context, kit: Kit, period: Period) -> str:
    sets = [kit.set_of_digest(digest).name for digest in period.sets.values()]
    if period.self_assessment_to is None:
        return context.tr("{year}, without a deadline: {sets}", year=period.year, sets=sets)
    return context.tr(
        "{year}, self-assessment until {until}: {sets}",
        year=period.year,
        until=period.self_assessment_to,
        sets=sets,
    )


def _export(context: Context, args: argparse.Namespace) -> Reply:
    with context.office() as office:
        secret = context.passphrase() if kits.must_sign(office) else ""
        file, written = kits.export_kit(office, secret, args.output, context.progress())
        code = enrolling.spoken_key(office)
    return Reply(
        {"file": str(file), "sha256": written.sha256, "key_code": code},
        [
            context.tr("Kit written to {file} and read back.", file=file),
            context.tr("Offices that open it for the first time need your key code: {code}", code=code),
        ],
    )


def _import_kit(context: Context, args: argparse.Namespace) -> Reply:
    with context.office() as office:
        taken = take_in(office, [args.file], trust=args.trust)[0]
        record = office.record
        assessment = _own_form(office)
    data = {
        "outcome": taken.outcome.value,
        "unit": record.unit,
        "name": record.name,
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
            *attention.lines(context, assessment, own=True),
        ],
    )


def _own_form(office: Office) -> Assessment | None:
    """The self-assessment of this office, which a kit may give other figures; None where it has none (yet)."""
    try:
        return filling.open_form(office).assessment
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
