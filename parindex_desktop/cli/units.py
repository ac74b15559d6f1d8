"""units, bodies: the list of the province, by hand and as a spreadsheet; units that end; other organisations."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from parindex_desktop.cli.context import Context, Reply
from parindex_desktop.cli.options import add_output
from parindex_desktop.domain.body_changes import NewBody, described_body
from parindex_desktop.domain.kits import UnknownPeriod
from parindex_desktop.domain.messages import msgid
from parindex_desktop.domain.scoring.inputs import read_date
from parindex_desktop.domain.succession import comparison
from parindex_desktop.domain.unit_changes import described
from parindex_desktop.domain.unit_facts import body_facts, unit_facts
from parindex_desktop.domain.units import BodyKind, Level
from parindex_desktop.services import (
    bodies,
    ending_units,
    register,
    removing_units,
    resuming_units,
    unit_lists,
    unit_samples,
)
from parindex_desktop.services.ending_units import Ending
from parindex_desktop.services.unit_lists import UnitListFaulty, counted
from parindex_desktop.services.unit_samples import Shape
from resources.language import day_of

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from parindex_desktop.domain.units import Body, Unit
    from parindex_desktop.services.unit_lists import Listed, Preview

_LEVELS = [level.value for level in Level if level is not Level.PROVINCE]


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser], tr: Callable[[str], str]) -> None:
    """Add the commands of this module."""
    units = commands.add_parser("units", help=tr("units of the province")).add_subparsers(
        required=True, metavar="ACTION"
    )
    imported = units.add_parser("import", help=tr("add and change units from a spreadsheet"))
    imported.add_argument(
        "file", type=Path, metavar="FILE.xlsx", help=tr("workbook in the form that “units sample” writes")
    )
    imported.add_argument("--dry-run", action="store_true", help=tr("show what would happen, change nothing"))
    imported.add_argument("--all", action="store_true", help=tr("show every change, however many there are"))
    imported.set_defaults(run=_import)
    export = units.add_parser("export", help=tr("write units and other organisations to a spreadsheet"))
    export.set_defaults(run=_export)
    sample = units.add_parser("sample", help=tr("write a list of units to begin with"))
    sample.add_argument(
        "--shape",
        choices=[shape.value for shape in Shape],
        required=True,
        help=tr("with districts as in 2024, or without as in 2026"),
    )
    sample.set_defaults(run=_sample)
    for action in (export, sample):
        add_output(action, tr("file to write"), "FILE.xlsx")
    listed = units.add_parser("list", help=tr("units in order"))
    listed.add_argument("--all", action="store_true", help=tr("also those that ended"))
    listed.add_argument("--level", choices=_LEVELS, help=tr("only units of this kind"))
    listed.add_argument("--block", help=tr("only units of this block"))
    listed.set_defaults(run=_list)
    _add_end(units.add_parser("end", help=tr("end units: closed, merged or divided")), tr)
    resumed = units.add_parser("resume", help=tr("take the end of units back: they go on as before"))
    resumed.add_argument("units", nargs="+", metavar="CODE", help=tr("code of the unit"))
    resumed.set_defaults(run=_resume)
    removed = units.add_parser("remove", help=tr("remove a unit that has not gone out in a kit yet"))
    removed.add_argument("unit", metavar="CODE", help=tr("code of the unit"))
    removed.set_defaults(run=_remove)
    claim = units.add_parser(
        "claim", help=tr("say which unit of the kit this office is, before its key is enrolled")
    )
    claim.add_argument("unit", metavar="CODE", help=tr("code of the unit"))
    claim.set_defaults(run=_claim)
    _add_bodies(commands.add_parser("bodies", help=tr("organisations that are not assessed")), tr)


def _add_end(end: argparse.ArgumentParser, tr: Callable[[str], str]) -> None:
    end.add_argument("units", nargs="+", metavar="CODE", help=tr("code of the unit"))
    end.add_argument("--on", required=True, metavar="DATE", help=tr("last day"))
    end.add_argument(
        "--into", action="append", default=[], metavar="CODE", help=tr("unit that comes after them")
    )
    end.add_argument(
        "--new",
        default="",
        metavar="NAME",
        help=tr("name of a new unit that begins then under the code --into"),
    )
    end.set_defaults(run=_end)


def _add_bodies(parser: argparse.ArgumentParser, tr: Callable[[str], str]) -> None:
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    actions.add_parser("list", help=tr("organisations that are not assessed")).set_defaults(run=_list_bodies)
    add = actions.add_parser("add", help=tr("add an organisation"))
    add.add_argument("name", metavar="NAME", help=tr("name of the organisation"))
    add.add_argument(
        "--kind",
        choices=[kind.value for kind in BodyKind],
        required=True,
        help=tr("a room of an office, an organisation, or a group of offices"),
    )
    add.add_argument(
        "--level",
        choices=_LEVELS,
        action="append",
        default=[],
        help=tr("all units of this kind belong to the group"),
    )
    add.add_argument(
        "--unit", action="append", default=[], metavar="CODE", help=tr("this unit belongs to the group")
    )
    add.set_defaults(run=_add_body)
    remove = actions.add_parser("remove", help=tr("remove an organisation"))
    remove.add_argument("name", metavar="NAME", help=tr("name of the organisation"))
    remove.set_defaults(run=_remove_body)
    for action in (add, remove):
        action.add_argument("--of", metavar="CODE", help=tr("office that the room belongs to"))


def _import(context: Context, args: argparse.Namespace) -> Reply:
    with context.office(unnamed=args.dry_run) as office:
        preview = unit_lists.look_at_list(office, args.file)
        if preview.faults:
            return context.faulty(UnitListFaulty(preview.faults))
        told = [_change(context, each) for each in preview.rows if each.matters]
        data: dict[str, Any] = {
            "dry_run": args.dry_run,
            "changes": told,
            "counts": {"units": counted(preview.units), "bodies": counted(preview.bodies)},
            "warnings": [context.error(each) for each in preview.warnings],
        }
        if not args.dry_run and preview.matters:
            added = unit_lists.take_list(office, preview)
            data["units"] = _units_data(register.current_kit(office).units, added)
    lines = _first(context, told, _FIRST if not args.all else len(told))
    lines += map(context.said, preview.warnings)
    lines += map(context.said, preview.counts())
    return Reply(data, [*lines, context.tr(_outcome(preview, dry_run=args.dry_run))])


_FIRST = 15
"""Changes that are told where not all are asked for: what follows them stays on the screen."""


def _first(context: Context, told: Sequence[Mapping[str, Any]], count: int) -> list[str]:
    """The first of the changes, and how many more there are."""
    lines = [f"{each['name']}: {'; '.join(each['what']) or context.tr('New')}" for each in told[:count]]
    if len(told) > count:
        lines.append(context.tr("… and {count} more change(s); --all shows them.", count=len(told) - count))
    return lines


def _outcome(preview: Preview, *, dry_run: bool) -> str:
    if dry_run:
        return msgid("Nothing was recorded: this only shows what the list would do.")
    if not preview.matters:
        return msgid("The register says all of this already, so nothing was changed.")
    return msgid("The list was taken over. Export a new kit, so that all offices learn of it.")


def _change(context: Context, listed: Listed[Any]) -> dict[str, Any]:
    """What a row of the list does."""
    return {
        "name": f"{getattr(listed.new, 'code', '')} {listed.new.name}".strip(),
        "change": listed.happens.value,
        "what": [context.said(each) for each in listed.changes()],
    }


def _export(context: Context, args: argparse.Namespace) -> Reply:
    with context.office(unnamed=True) as office:
        unit_lists.write_list(office, args.output)
    return Reply(
        {"file": str(args.output)}, [context.tr("The list was written to {file}.", file=args.output)]
    )


def _sample(context: Context, args: argparse.Namespace) -> Reply:
    unit_samples.write_sample(Shape(args.shape), args.output)
    return Reply(
        {"file": str(args.output), "shape": args.shape},
        [context.tr("The sample was written to {file}.", file=args.output)],
    )


def _list(context: Context, args: argparse.Namespace) -> Reply:
    with context.office(unnamed=True) as office:
        kit = register.current_kit(office)
        today = day_of(office.clock())
        year = context.year or office.record.period
        if year is not None and year not in kit.periods:
            raise UnknownPeriod(year=year)
        listed = [
            unit
            for unit in register.units(office)
            if (args.all or not unit.ended(today))
            and args.level in (None, unit.level)
            and args.block in (None, unit.block)
        ]
    lines = []
    for unit in listed:
        beside = comparison(kit.units, unit, int(year)) if year else None
        said = [*unit_facts(kit.units, unit), *([beside] if beside else [])]
        facts = [context.tr(unit.level.words), *map(context.said, said)]
        lines.append(f"{unit.code:<8} {unit.name} ({'; '.join(facts)})")
    return Reply({"units": _units_data(kit.units, listed)}, lines)


def _end(context: Context, args: argparse.Namespace) -> Reply:
    ending = Ending(tuple(args.units), read_date(args.on), tuple(args.into), args.new)
    with context.office() as office:
        changes = ending_units.end_units(office, ending)
        kit = register.current_kit(office)
        changed = [kit.unit_of_code(each.code) for each in changes.units()]
        data = _units_data(kit.units, changed)
    return Reply(
        {"units": data},
        [*map(context.said, ending_units.summary(changes, ending.on))],
    )


def _resume(context: Context, args: argparse.Namespace) -> Reply:
    with context.office() as office:
        resumed = resuming_units.resume_units(office, args.units)
        kit = register.current_kit(office)
        changed = [kit.unit_of_code(each.code) for each in (*resumed.units, *resumed.back)]
    data = {
        "units": _units_data(kit.units, changed),
        "removed": [unit.code for unit in resumed.removed],
        "left": [unit.code for unit in resumed.left],
        "told": resumed.told,
    }
    return Reply(data, [*map(context.said, resumed.summary())])


def _remove(context: Context, args: argparse.Namespace) -> Reply:
    with context.office() as office:
        units = register.current_kit(office).units
        unit = removing_units.remove_unit(office, args.unit)
    (data,) = _units_data(units, [unit])
    return Reply({"unit": data}, [context.tr("“{name}” was removed.", name=unit.name)])


def _claim(context: Context, args: argparse.Namespace) -> Reply:
    from parindex_desktop.services.kits import claim_unit  # noqa: PLC0415

    with context.office() as office:
        claim_unit(office, args.unit)
        name = office.record.name
    return Reply({"name": name}, [context.tr("This office is “{name}”.", name=name)])


def _list_bodies(context: Context, _: argparse.Namespace) -> Reply:
    with context.office(unnamed=True) as office:
        listed = bodies.bodies(office)
        units = register.current_kit(office).units
    lines = []
    for body in listed:
        facts = [each if isinstance(each, str) else context.said(each) for each in body_facts(units, body)]
        lines.append(f"{body.name} ({'; '.join(facts)})")
    return Reply({"bodies": [_body_data(units, body) for body in listed]}, lines)


def _add_body(context: Context, args: argparse.Namespace) -> Reply:
    new = NewBody(
        args.name, BodyKind(args.kind), args.of or "", tuple(map(Level, args.level)), tuple(args.unit)
    )
    with context.office() as office:
        body = bodies.add_body(office, new)
        units = register.current_kit(office).units
    return Reply({"body": _body_data(units, body)}, [context.tr("“{name}” was added.", name=body.name)])


def _remove_body(context: Context, args: argparse.Namespace) -> Reply:
    with context.office() as office:
        body = bodies.find_body(office, args.name, args.of)
        bodies.remove_body(office, body)
        units = register.current_kit(office).units
    return Reply({"body": _body_data(units, body)}, [context.tr("“{name}” was removed.", name=body.name)])


def _units_data(units: Mapping[str, Unit], listed: Iterable[Unit]) -> list[dict[str, Any]]:
    found = []
    for unit in listed:
        new = described(units, unit)
        found.append(
            {
                "id": unit.id,
                "code": unit.code,
                "name": unit.name,
                "level": unit.level.value,
                "parent": unit.parent,
                "parent_code": new.parent_code or None,
                "block": unit.block,
                "valid_from": _iso(unit.valid_from),
                "valid_to": _iso(unit.valid_to),
                "successors": list(new.successors),
                "counted_from": _iso(unit.counted_from),
                "counted_to": _iso(unit.counted_to),
            }
        )
    return found


def _body_data(units: Mapping[str, Unit], body: Body) -> dict[str, Any]:
    new = described_body(units, body)
    return {
        "id": body.id,
        "name": body.name,
        "kind": body.kind.value,
        "of": new.of_code or None,
        "levels": [level.value for level in body.levels],
        "units": list(new.units),
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
