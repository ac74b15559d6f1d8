"""register: what an office writes down as it happens, and the figures that come of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parindex_desktop.cli.context import Context, Reply
from parindex_desktop.cli.options import named_input
from parindex_desktop.domain.planning.registers import REGISTERS, FieldKind
from parindex_desktop.domain.scoring.inputs import read_date
from parindex_desktop.services import keeping_registers, progressing
from parindex_desktop.services.keeping_registers import register_of

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from parindex_desktop.domain.planning.feeds import Record
    from parindex_desktop.domain.planning.registers import RecordField, Register
    from parindex_desktop.services.progressing import YearProgress


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser], tr: Callable[[str], str]) -> None:
    """Add the commands of this module."""
    parser = commands.add_parser("register", help=tr("registers that feed targets: inspections, reports, …"))
    parser.set_defaults(of_year=True)
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    actions.add_parser("list", help=tr("the registers, and how many records each has")).set_defaults(
        run=_list
    )
    show = actions.add_parser("show", help=tr("the fields and records of a register"))
    show.set_defaults(run=_show)
    add = actions.add_parser("add", help=tr("enter a record"))
    add.set_defaults(run=_add)
    changed = actions.add_parser("change", help=tr("change fields of a record"))
    changed.set_defaults(run=_change)
    removed = actions.add_parser("remove", help=tr("take a record out"))
    removed.set_defaults(run=_remove)
    kept = actions.add_parser(
        "kept", help=tr("say up to which day a register is complete, so that no record means none")
    )
    kept.set_defaults(run=_kept)
    for action in (show, add, changed, removed, kept):
        action.add_argument(
            "name", metavar="NAME", help=tr("name of the register, as “register list” has it")
        )
    for action in (changed, removed):
        action.add_argument("record", metavar="ID", help=tr("how the id of the record begins"))
    for action in (add, changed):
        action.add_argument(
            "--input",
            action="append",
            default=[],
            metavar="FIELD=VALUE",
            help=tr("one field; an empty value clears it"),
        )
    kept.add_argument("until", metavar="DATE", help=tr("the day; an empty text takes it back"))


def _list(context: Context, _: argparse.Namespace) -> Reply:
    with context.office(unnamed=True) as office:
        progress = progressing.open_progress(office, context.year)
    rows = []
    lines = []
    for register in REGISTERS.values():
        count, until = (
            len(keeping_registers.records(progress, register)),
            progress.said.kept.get(register.name),
        )
        rows.append({"name": register.name, "records": count, "kept": until.isoformat() if until else None})
        lines.append(
            context.tr(
                "{name}: {title}, {count} record(s)",
                name=register.name,
                title=context.tr(register.title),
                count=count,
            )
        )
    return Reply({"registers": rows}, lines)


def _show(context: Context, args: argparse.Namespace) -> Reply:
    register = register_of(args.name)
    with context.office(unnamed=True) as office:
        progress = progressing.open_progress(office, context.year)
    lines = [context.tr("Fields: {names}", names=", ".join(_field_words(context, register)))]
    found = keeping_registers.records(progress, register)
    lines += [_record_line(context, progress, register, id_, record) for id_, record in found.items()]
    until = progress.said.kept.get(register.name)
    if until:
        lines.append(context.tr("Complete up to {day}.", day=until))
    return Reply(
        {
            "name": register.name,
            "fields": [_field_data(context, each) for each in register.fields],
            "records": [{"id": id_, **record} for id_, record in found.items()],
            "kept": until.isoformat() if until else None,
        },
        lines,
    )


def _add(context: Context, args: argparse.Namespace) -> Reply:
    register = register_of(args.name)
    typed = dict(named_input(text) for text in args.input)
    with context.office() as office:
        progress = progressing.open_progress(office, context.year)
        progress, record = keeping_registers.write_record(office, progress, register, typed)
    return _record_reply(context, progress, register, record)


def _change(context: Context, args: argparse.Namespace) -> Reply:
    register = register_of(args.name)
    typed = dict(named_input(text) for text in args.input)
    with context.office() as office:
        progress = progressing.open_progress(office, context.year)
        record = keeping_registers.find_record(progress, register, args.record)
        progress, _ = keeping_registers.write_record(office, progress, register, typed, record)
    return _record_reply(context, progress, register, record)


def _remove(context: Context, args: argparse.Namespace) -> Reply:
    register = register_of(args.name)
    with context.office() as office:
        progress = progressing.open_progress(office, context.year)
        record = keeping_registers.find_record(progress, register, args.record)
        keeping_registers.remove_record(office, progress, register, record)
    return Reply({"id": record}, [context.tr("The record {id} was taken out.", id=record[:8])])


def _kept(context: Context, args: argparse.Namespace) -> Reply:
    register = register_of(args.name)
    until = read_date(args.until) if args.until.strip() else None
    with context.office() as office:
        progress = progressing.open_progress(office, context.year)
        keeping_registers.keep(office, progress, register, until)
    told = (
        context.tr("Complete up to {day}.", day=until)
        if until
        else context.tr("How far it is complete is not said any more.")
    )
    return Reply({"name": register.name, "kept": until.isoformat() if until else None}, [told])


def _record_reply(context: Context, progress: YearProgress, register: Register, id_: str) -> Reply:
    record = progress.said.records[register.name][id_]
    return Reply({"record": {"id": id_, **record}}, [_record_line(context, progress, register, id_, record)])


def _record_line(
    context: Context, progress: YearProgress, register: Register, id_: str, record: Record
) -> str:
    shown = [
        _shown(context, progress, field, record[field.name])
        for field in register.fields
        if field.name in record
    ]
    return f"{id_[:8]}  {'; '.join(shown)}"


def _shown(context: Context, progress: YearProgress, field: RecordField, text: str) -> str:
    title = context.tr(field.title)
    if field.kind is FieldKind.CHOICE and field.options and text in field.options:
        return f"{title}: {context.tr(field.options[text])}"
    if field.kind is FieldKind.BODY:
        return f"{title}: {_names(progress).get(text, '–')}"
    return f"{title}: {text}"


def _names(progress: YearProgress) -> dict[str, str]:
    """The names of units, bodies and rooms, by id."""
    kit = progress.kit
    names = {unit.id: unit.name for unit in kit.units.values()}
    return names | {body.id: body.name for body in (*kit.bodies.values(), *progress.rooms)}


def _field_words(context: Context, register: Register) -> list[str]:
    return [f"{each.name} ({context.tr(each.title)})" for each in register.fields]


def _field_data(context: Context, field: RecordField) -> dict[str, Any]:
    return {
        "name": field.name,
        "title": context.tr(field.title),
        "kind": field.kind.value,
        "options": list(field.options or ()),
        "needed": field.needed,
    }
