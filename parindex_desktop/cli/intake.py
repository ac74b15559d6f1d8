"""verify, import, inbox: what came from others."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from parindex_desktop.cli import attention
from parindex_desktop.cli.context import Context, Reply
from parindex_desktop.cli.exits import DIFFERENCES, DONE, REFUSED
from parindex_desktop.domain.merge import first_few
from parindex_desktop.domain.revisions import Kind, State
from parindex_desktop.domain.text import one_line
from parindex_desktop.services import filling, handing_over, receiving, register, upkeep, verifying, years
from parindex_desktop.services.finding import look_through
from parindex_desktop.services.homes import HomeInUse, HomeNotSetUp
from parindex_desktop.services.outcomes import Outcome, outcome_words
from parindex_desktop.services.received import older_words, overview, received_form

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable

    from parindex_desktop.domain.assessments import Assessment
    from parindex_desktop.domain.messages import Message
    from parindex_desktop.services.finding import Found
    from parindex_desktop.services.homes import Office
    from parindex_desktop.services.outcomes import Taken
    from parindex_desktop.services.verifying import Verified


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser], tr: Callable[[str], str]) -> None:
    """Add the commands of this module."""
    verify = commands.add_parser("verify", help=tr("check bundles, take nothing in"))
    verify.add_argument("files", nargs="+", type=Path, metavar="FILE", help=tr("bundles, or folders of them"))
    verify.set_defaults(run=_verify)
    imported = commands.add_parser("import", help=tr("take bundles in: files or folders"))
    imported.add_argument(
        "paths", nargs="+", type=Path, metavar="PATH", help=tr("bundles, or folders of them")
    )
    imported.add_argument("--dry-run", action="store_true", help=tr("show what would happen, change nothing"))
    imported.set_defaults(run=_import)
    box = commands.add_parser("inbox", help=tr("everything that arrived")).add_subparsers(
        required=True, metavar="ACTION"
    )
    box.add_parser("list", help=tr("outcomes, newest first")).set_defaults(run=_inbox)
    box.add_parser("units", help=tr("what came from each unit")).set_defaults(run=_units, of_year=True)


def _verify(context: Context, args: argparse.Namespace) -> Reply:
    # Anybody may check a bundle; without a register only the key code tells whose it is.
    lines = []
    try:
        with context.office(unnamed=True) as office:
            checked = verifying.verify(office, args.files)
        known = True
    except (HomeNotSetUp, HomeInUse) as fault:
        checked = verifying.verify(None, args.files)
        known = False
        if isinstance(fault, HomeInUse):
            lines.append(
                context.tr(
                    "The data of this office is open in another window, so its register was not asked: whose a bundle "
                    "is, only its key code tells."
                )
            )
    error = context.refused(each.problem or each.revoked for each in checked)
    return Reply(
        {**error, "register": known, "bundles": [_verified_data(context, each) for each in checked]},
        [*(_verified_line(context, each) for each in checked), *lines],
        REFUSED if error else DONE,
    )


def _import(context: Context, args: argparse.Namespace) -> Reply:
    found = look_through(args.paths)
    with context.office(unnamed=args.dry_run) as office:
        taken = receiving.take_in(office, found.bundles, dry_run=args.dry_run, progress=context.progress())
        opened = None if args.dry_run else _reopened(office, taken)
    lines = []
    for each in taken:
        lines += [_taken_line(context, each), *attention.lines(context, _brought(each))]
    counts = Counter(each.words for each in sorted(taken, key=_rank))
    summary = "; ".join(f"{context.tr(words)}: {count}" for words, count in counts.items())
    lines.append(summary or context.tr("No bundle was found there."))
    lines += _passed_over(context, found)
    lines += [context.said(opened)] if opened else []
    return Reply(
        {
            **context.refused(each.problem for each in taken),
            "dry_run": args.dry_run,
            "passed_over": dict(found.passed_over),
            "unread": list(found.unread),
            "reopened": context.error(opened) if opened else None,
            "bundles": [_taken_data(context, each) for each in taken],
        },
        lines,
        _status(taken),
    )


def _passed_over(context: Context, found: Found) -> list[str]:
    """What the look through folders left out, and how much of each kind."""
    lines = []
    if found.passed_over:
        kinds = sorted(found.passed_over.items(), key=lambda kind: (-kind[1], kind[0]))
        named = [one_line(f"{count} .{ending[:20]}" if ending else str(count)) for ending, count in kinds]
        lines.append(
            context.tr(
                "Passed over in the folders, since they are no bundles: {count} file(s) ({kinds}).",
                count=sum(found.passed_over.values()),
                kinds=named,
            )
        )
    if found.unread:
        lines.append(context.tr("Folders that could not be looked into: {names}.", names=found.unread))
    return lines


def _reopened(office: Office, taken: Iterable[Taken]) -> Message | None:
    """That what the unit's other machine wrote has opened the figures here."""
    forms = (each for each in taken if each.kind is Kind.ASSESSMENT and each.outcome.is_new)
    if not any(each.unit == office.record.unit for each in forms):
        return None
    return handing_over.reopened(office, filling.open_form(office))


def _rank(taken: Taken) -> int:
    return list(Outcome).index(taken.outcome)


def _status(taken: Iterable[Taken]) -> int:
    """3 where something was refused or failed, 4 where differences wait, else 0."""
    taken = list(taken)
    if any(each.outcome in {Outcome.REFUSED, Outcome.FAILED} for each in taken):
        return REFUSED
    return DIFFERENCES if any(each.differences for each in taken) else DONE


def _inbox(context: Context, _: argparse.Namespace) -> Reply:
    with context.office(unnamed=True) as office:
        arrived = upkeep.read_inbox(office)
    lines = []
    for each in arrived:
        line = context.tr(
            "{at}  {source}: {outcome}",
            at=each.at,
            source=each.source,
            outcome=context.tr(outcome_words(Outcome(each.outcome), each.kind, draft=each.draft)),
        )
        lines.append(f"{line} [{each.code}]" if each.code else line)
    return Reply(
        {
            "arrivals": [
                {
                    "at": each.at.isoformat(),
                    "source": each.source,
                    "outcome": each.outcome,
                    "code": each.code,
                    "kind": each.kind.value if each.kind else None,
                    "draft": each.draft,
                    "unit": each.author,
                    "revision": each.revision,
                }
                for each in arrived
            ]
        },
        lines or [context.tr("Nothing has arrived yet.")],
    )


def _units(context: Context, _: argparse.Namespace) -> Reply:
    with context.office(unnamed=True) as office:
        year = register.open_period_of(office, context.year).year
        rows = overview(office, year)
        left_out = years.left_out_words(office, year)
        attended = {
            row.unit.id: received_form(office, row.unit, year)
            for row in rows
            if row.recalculated or row.outdated
        }
    lines = []
    for row in rows:
        total = row.tally.overall if row.tally else None
        state = (
            context.tr("{points} / {maximum}", points=total.points, maximum=total.maximum) if total else "–"
        )
        older = context.tr("; under an older version of the set") if row.older_set else ""
        lines += [
            f"{row.unit.code:<8} {row.unit.name}: {context.tr(row.arrived.words)}, {row.times}, {state}{older}",
            *(f"{'':<8} {line}" for line in attention.lines(context, attended.get(row.unit.id))),
        ]
    return Reply(
        {
            "units": [
                {
                    "code": row.unit.code,
                    "name": row.unit.name,
                    "arrived": row.arrived.value,
                    "times": row.times,
                    "points": str(row.tally.overall.points) if row.tally else None,
                    "missing": list(row.missing),
                    "unsettled": row.unsettled,
                    "set_version": row.criteria.version if row.criteria else None,
                    "older_set": row.older_set,
                    "entered": list(row.entered),
                    "approved": row.approved,
                    "signer": row.signer,
                    **attention.data(attended.get(row.unit.id)),
                }
                for row in rows
            ],
            "left_out": [context.error(each) for each in left_out],
        },
        [*lines, *map(context.said, (*older_words(rows), *left_out))],
    )


def _taken_line(context: Context, each: Taken) -> str:
    line = f"{each.source}: {context.tr(each.words)}"
    if each.problem is not None:
        return f"{line}. {context.said(each.problem)} [{each.problem.code}]"
    line += _whose(context, each)
    numbers, more = first_few(each.missing)
    if more:
        line += context.tr("; never received: {numbers} and {more} more", numbers=numbers, more=more)
    elif numbers:
        line += context.tr("; never received: {numbers}", numbers=numbers)
    if each.same_key:
        line += context.tr("; made by the same key: a restored backup or a copied folder")
    if each.differences:
        line += context.tr("; values to settle: {count}", count=each.differences)
    if each.restored:
        line += context.tr("; files brought back: {count}", count=each.restored)
    if not each.complete:
        line += context.tr("; some evidence is still to come")
    return line


def _whose(context: Context, each: Taken) -> str:
    values = {"unit": each.unit_name, "number": str(each.sequence), "year": each.period or ""}
    if each.kind is Kind.KIT:
        return context.tr(" – {province}, kit {number}", province=each.unit_name, number=values["number"])
    if each.draft:
        return context.tr(" – {unit}, year {year}", **values)
    if each.kind is Kind.PROGRESS:
        return context.tr(" – {unit}, progress of {year}, report {number}", **values)
    return context.tr(" – {unit}, year {year}, hand-over {number}", **values) if each.unit_name else ""


def _taken_data(context: Context, each: Taken) -> dict[str, Any]:
    return {
        "source": each.source,
        "outcome": each.outcome.value,
        "error": context.error(each.problem) if each.problem else None,
        "kind": each.kind.value if each.kind else None,
        "draft": each.draft,
        "unit": each.unit,
        "name": each.unit_name,
        "period": each.period,
        "sequence": each.sequence,
        "revision": each.digest,
        "missing": list(each.missing),
        "complete": each.complete,
        "restored": each.restored,
        "changed": each.changed,
        "differences": each.differences,
        "files": each.files,
        **attention.data(_brought(each)),
    }


def _brought(each: Taken) -> Assessment | None:
    return each.brought.assessment if each.brought else None


def _verified_line(context: Context, each: Verified) -> str:
    if each.problem is not None:
        return f"{each.source}: {context.said(each.problem)} [{each.problem.code}]"
    whose = (
        context.tr("key of “{name}”", name=each.enrolled)
        if each.enrolled
        else context.tr("key {code}, in no register held here: compare it by telephone", code=each.key_code)
    )
    line = context.tr(
        "{source}: whole and unchanged; {whose}; {which}",
        source=each.source,
        whose=whose,
        which=_which(context, each),
    )
    return f"{line}. {context.said(each.revoked)} [{each.revoked.code}]" if each.revoked else line


def _which(context: Context, each: Verified) -> str:
    if each.state is State.DRAFT:
        return context.tr("year {year}, draft", year=each.period or "–")
    number = str(each.sequence)
    if each.kind is Kind.KIT:
        return context.tr("kit {number}", number=number)
    if each.kind is Kind.PROGRESS:
        return context.tr("progress of {year}, report {number}", year=each.period or "–", number=number)
    return context.tr("year {year}, hand-over {number}", year=each.period or "–", number=number)


def _verified_data(context: Context, each: Verified) -> dict[str, Any]:
    return {
        "source": each.source,
        "error": context.error(each.problem) if each.problem else None,
        "revoked": context.error(each.revoked) if each.revoked else None,
        "kind": each.kind.value if each.kind else None,
        "period": each.period,
        "sequence": each.sequence,
        "state": each.state.value if each.state else None,
        "key_code": each.key_code,
        "enrolled": each.enrolled,
        "files": each.files,
        "left_out": each.left_out,
    }
