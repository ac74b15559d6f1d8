"""criteria: sets of the register, as files and as workbooks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from parindex_desktop.cli.context import Context, Reply
from parindex_desktop.cli.options import add_old_fonts, output_path
from parindex_desktop.cli.set_hints import hints
from parindex_desktop.domain.criteria_reading import CriteriaSetFaulty
from parindex_desktop.domain.units import Level
from parindex_desktop.services import register, set_books
from parindex_desktop.services.files import FileNotRead, write_whole

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence

    from parindex_desktop.domain.criteria import CriteriaSet
    from parindex_desktop.domain.messages import Message
    from parindex_desktop.domain.set_versions import Pair


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser], tr: Callable[[str], str]) -> None:
    """Add the commands of this module."""
    criteria = commands.add_parser("criteria", help=tr("criteria sets")).add_subparsers(
        required=True, metavar="ACTION"
    )
    imported = criteria.add_parser(
        "import", help=tr("add a criteria set to the register, or only read it into a file")
    )
    check = criteria.add_parser("check", help=tr("name every fault of a criteria set, change nothing"))
    export = criteria.add_parser("export", help=tr("write a criteria set to a workbook, to be edited"))
    propose = criteria.add_parser(
        "propose", help=tr("make a workbook to complete out of the table that a province published")
    )
    compare = criteria.add_parser("compare", help=tr("what differs between two criteria sets"))
    for action in (imported, check):
        action.add_argument(
            "file",
            type=Path,
            metavar="FILE",
            help=tr("workbook or JSON file, or the name of a set that ships"),
        )
    imported.add_argument(
        "output",
        type=output_path,
        nargs="?",
        metavar="OUT",
        help=tr("JSON file to write; the register stays as it is"),
    )
    any_set = tr(
        "workbook or JSON file, the name of a set that ships, or name or digest of one of the register"
    )
    export.add_argument("set", metavar="SET", help=any_set)
    export.add_argument("output", type=output_path, metavar="OUT", help=tr("workbook (.xlsx) to write"))
    propose.add_argument("file", type=Path, metavar="TABLE", help=tr("workbook (.xlsx) that holds the table"))
    propose.add_argument("output", type=output_path, metavar="OUT", help=tr("workbook (.xlsx) to write"))
    compare.add_argument("old", metavar="OLD", help=any_set)
    compare.add_argument("new", metavar="NEW", help=any_set)
    check.add_argument(
        "--since",
        metavar="SET",
        help=tr("the set that it comes from: guidance that still tells its figures is named"),
    )
    for action in (imported, check, propose):
        add_old_fonts(action, tr)
    for action, run in (
        (imported, _import),
        (check, _check),
        (export, _export),
        (propose, _propose),
        (compare, _compare),
    ):
        action.set_defaults(run=run)
    criteria.add_parser("list", help=tr("sets of the register, and those that ship")).set_defaults(run=_list)


def _import(context: Context, args: argparse.Namespace) -> Reply:
    try:
        document = set_books.document_in(args.file, args.old_fonts)
        if args.output is not None:
            criteria = register.check_set(document)
            write_whole(args.output, document)
            said = context.tr("“{name}” was written to {file}.", name=criteria.name, file=args.output)
            return Reply({"set": _set_data(criteria), "file": str(args.output)}, [said, criteria.digest])
        with context.office() as office:
            register.check_set(document)
            found = set_books.hints_beside(office, document)
            criteria = register.import_set(office, document)
    except CriteriaSetFaulty as fault:
        return context.faulty(fault)
    return _with_hints(
        context,
        Reply(
            {"set": _set_data(criteria)},
            [context.tr("“{name}” is in the register now.", name=criteria.name), criteria.digest],
        ),
        found,
    )


def _check(context: Context, args: argparse.Namespace) -> Reply:
    try:
        document = set_books.document_in(args.file, args.old_fonts)
        criteria = register.check_set(document)
        since = _document(context, args.since) if args.since is not None else None
    except CriteriaSetFaulty as fault:
        return context.faulty(fault)
    said = context.tr(
        "“{name}” is in order: {fields} fields, {leaves} criteria that are scored, {maximum} points.",
        name=criteria.name,
        fields=len(criteria.fields),
        leaves=sum(1 for _ in criteria.leaves()),
        maximum=criteria.maximum,
    )
    return _with_hints(context, Reply({"set": _set_data(criteria)}, [said]), hints(context, document, since))


def _with_hints(context: Context, reply: Reply, found: Sequence[Message]) -> Reply:
    """What the author should look at, after all else: no fault, so the status stays."""
    return Reply(
        {**reply.data, "hints": [context.error(each) for each in found]},
        [*reply.lines, *(context.tr("To be looked at: {hint}", hint=each) for each in found)],
        reply.status,
    )


def _list(context: Context, _: argparse.Namespace) -> Reply:
    with context.office(unnamed=True) as office:
        held = register.sets(office)
    return Reply(
        {"sets": [_set_data(each) for each in held], "shipped": sorted(register.shipped_sets())},
        [_listed(context, each) for each in held]
        + [
            context.tr("ships with the program: {name}", name=name)
            for name in sorted(register.shipped_sets())
        ],
    )


def _listed(context: Context, criteria: CriteriaSet) -> str:
    return context.tr(
        "{digest}  {year}  {level}: {name} (version {version})",
        digest=criteria.digest[:12],
        year=str(criteria.year),
        level=context.tr(criteria.level.words),
        name=criteria.name,
        version=str(criteria.version),
    )


def _export(context: Context, args: argparse.Namespace) -> Reply:
    try:
        criteria = set_books.write_book(_document(context, args.set), args.output)
    except CriteriaSetFaulty as fault:
        return context.faulty(fault)
    said = context.tr("“{name}” was written to {file}.", name=criteria.name, file=args.output)
    return Reply({"set": _set_data(criteria), "file": str(args.output)}, [said])


def _propose(context: Context, args: argparse.Namespace) -> Reply:
    proposal = set_books.propose_book(args.file, args.output, args.old_fonts)
    rows = [
        {
            "sheet": row.sheet,
            "row": row.row,
            "text": row.text,
            "meaning": row.meaning.value,
            "criterion": row.code,
            "understood": [context.error(each) for each in row.understood],
            "doubts": [context.error(each) for each in row.doubts],
        }
        for row in proposal.rows
    ]
    doubtful = [row for row in proposal.rows if row.doubts]
    lines = [context.said(each) for each in proposal.doubts]
    lines += [
        context.tr("Row {row}, “{text}”: {doubts}", row=str(row.row), text=row.text[:60], doubts=row.doubts)
        for row in doubtful
    ]
    done = context.tr(
        "A proposal was written to {file}. Rows of the table: {rows}, to be looked at: {doubtful}. Complete the "
        "workbook, then take it over by “parindex criteria import”.",
        file=args.output,
        rows=len(rows),
        doubtful=len(doubtful),
    )
    return Reply(
        {
            "file": str(args.output),
            "rows": rows,
            "ignored": list(proposal.ignored),
            "doubts": [context.error(each) for each in proposal.doubts],
        },
        [*lines, done],
    )


def _compare(context: Context, args: argparse.Namespace) -> Reply:
    try:
        found = set_books.compared(_document(context, args.old), _document(context, args.new))
    except CriteriaSetFaulty as fault:
        return context.faulty(fault)
    differing = [pair for pair in found.pairs if pair.old is None or pair.new is None or pair.differs]
    lines = [
        _turned(context, context.tr(each.words), getattr(found.old, each), getattr(found.new, each))
        for each in found.head
    ]
    lines += [_pair_line(context, pair) for pair in differing]
    return Reply(
        {
            "old": _set_data(found.old),
            "new": _set_data(found.new),
            "head": [each.value for each in found.head],
            "criteria": [_pair_data(context, pair) for pair in differing],
        },
        lines or [context.tr("The sets do not differ.")],
    )


def _pair_line(context: Context, pair: Pair) -> str:
    if pair.old is None:
        assert pair.new is not None, "a pair is of at least one set"
        return context.tr("New: {code} {title}", code=pair.new.code, title=pair.new.title)
    if pair.new is None:
        return context.tr("Taken out: {code} {title}", code=pair.old.code, title=pair.old.title)
    return context.tr(
        "Changed: {code} {title}: {what}", code=pair.new.code, title=pair.new.title, what=pair.changes
    )


def _turned(context: Context, what: str, old: object, new: object) -> str:
    return context.tr("{what} {old} → {new}", what=what, old=_named(context, old), new=_named(context, new))


def _named(context: Context, value: object) -> object:
    """A year or a version is a name, not an amount; a level is told in words."""
    if isinstance(value, Level):
        return context.tr(value.words)
    return str(value) if isinstance(value, int) else value


def _pair_data(context: Context, pair: Pair) -> dict[str, Any]:
    either = pair.new or pair.old
    assert either is not None, "a pair is of at least one set"
    change = "removed" if pair.new is None else "added" if pair.old is None else "changed"
    return {
        "id": pair.id,
        "code": either.code,
        "change": change,
        "differs": [each.value for each in pair.differs],
        "changes": [context.error(each) for each in pair.changes],
    }


def _document(context: Context, given: str) -> bytes:
    """The document of the set that is meant: of a file, one that ships, or one of the register."""
    try:
        return set_books.document_in(Path(given))
    except FileNotRead:
        if Path(given).suffix.lower() in {".json", ".xlsx", ".xlsm", ".xls"}:
            raise
    with context.office(unnamed=True) as office:
        return set_books.document_of(office, given)


def _set_data(criteria: CriteriaSet) -> dict[str, str | int]:
    return {
        "digest": criteria.digest,
        "name": criteria.name,
        "year": criteria.year,
        "level": criteria.level.value,
        "version": criteria.version,
    }
