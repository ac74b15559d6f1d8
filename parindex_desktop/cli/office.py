"""init, enrol, units: who the office is, whose keys are believed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from parindex_desktop.cli.context import Context, Reply
from parindex_desktop.domain.units import Level
from parindex_desktop.services import enrolling, register, unit_lists
from parindex_desktop.services.files import read_small
from parindex_desktop.services.founding import NewOffice, found

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from parindex_desktop.domain.units import Unit


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser], tr: Callable[[str], str]) -> None:
    """Add the commands of this module."""
    init = commands.add_parser("init", help=tr("set up an office and make its key"))
    init.add_argument(
        "--level", required=True, choices=[level.value for level in Level], help=tr("kind of office")
    )
    init.add_argument("--name", required=True, help=tr("name of the office as on its seal"))
    init.set_defaults(run=_init)

    enrol = commands.add_parser("enrol", help=tr("keys of offices")).add_subparsers(
        required=True, metavar="ACTION"
    )
    request = enrol.add_parser("request", help=tr("write this office's signing request"))
    request.add_argument("-o", "--output", type=Path, required=True, metavar="FILE", help=tr("file to write"))
    request.set_defaults(run=_request)
    approve = enrol.add_parser("approve", help=tr("enter the key of a signing request into the register"))
    approve.add_argument("request", type=Path, metavar="FILE", help=tr("the office's signing request"))
    approve.add_argument("--unit", required=True, metavar="CODE", help=tr("code of the unit"))
    approve.add_argument(
        "--fingerprint", required=True, metavar="TEXT", help=tr("key code heard over the telephone")
    )
    approve.set_defaults(run=_approve)
    enrol.add_parser("list", help=tr("units and their keys")).set_defaults(run=_list_keys)
    revoke = enrol.add_parser("revoke", help=tr("take the keys of a unit back"))
    revoke.add_argument("unit", metavar="CODE", help=tr("code of the unit"))
    revoke.add_argument("--reason", required=True, help=tr("why"))
    revoke.set_defaults(run=_revoke)

    units = commands.add_parser("units", help=tr("units of the province")).add_subparsers(
        required=True, metavar="ACTION"
    )
    imported = units.add_parser("import", help=tr("add units from a spreadsheet"))
    imported.add_argument(
        "file", type=Path, metavar="FILE.xlsx", help=tr("columns: code, name, level, parent's code")
    )
    imported.set_defaults(run=_import_units)
    units.add_parser("list", help=tr("units in order")).set_defaults(run=_list_units)
    claim = units.add_parser(
        "claim", help=tr("say which unit of the kit this office is, before its key is enrolled")
    )
    claim.add_argument("unit", metavar="CODE", help=tr("code of the unit"))
    claim.set_defaults(run=_claim)


def _init(context: Context, args: argparse.Namespace) -> Reply:
    new = NewOffice(Level(args.level), args.name, context.passphrase(new=True))
    with found(context.home, new) as office:
        code = enrolling.spoken_key(office)
        return Reply(
            {
                "name": office.record.name,
                "level": office.level.value,
                "unit": office.record.unit,
                "key_code": code,
            },
            [
                context.tr("“{name}” is set up in {home}.", name=office.record.name, home=context.home),
                context.tr("Key code: {code}", code=code),
            ],
        )


def _request(context: Context, args: argparse.Namespace) -> Reply:
    with context.office() as office:
        enrolling.write_request(office, args.output, context.passphrase())
        code = enrolling.spoken_key(office)
    return Reply(
        {"file": str(args.output), "key_code": code},
        [
            context.tr("Signing request written to {file}.", file=args.output),
            context.tr("Read this key code to the province over the telephone: {code}", code=code),
        ],
    )


def _approve(context: Context, args: argparse.Namespace) -> Reply:
    request = read_small(args.request)
    with context.office() as office:
        key = enrolling.approve(office, request, args.unit, args.fingerprint, context.passphrase())
        unit = register.current_kit(office).units[key.unit]
    return Reply(
        {"unit": unit.code, "key": key.fingerprint},
        [
            context.tr(
                "The key now speaks for “{name}”. Export a new kit and send it to the office.", name=unit.name
            )
        ],
    )


def _revoke(context: Context, args: argparse.Namespace) -> Reply:
    with context.office() as office:
        revoked = enrolling.revoke(office, args.unit, args.reason)
    return Reply(
        {"unit": args.unit, "keys": [each.fingerprint for each in revoked]},
        [
            context.tr(
                "{count} key(s) of {unit} revoked. Export a new kit and send it.",
                count=len(revoked),
                unit=args.unit,
            )
        ],
    )


def _list_keys(context: Context, _: argparse.Namespace) -> Reply:
    with context.office() as office:
        enrolled = enrolling.enrolled(office)
    data = [
        {
            "unit": each.unit.code,
            "name": each.unit.name,
            "keys": [
                {
                    "key": key.fingerprint,
                    "from": key.valid_from.isoformat(),
                    "revoked": revocation is not None,
                }
                for key, revocation in each.keys
            ],
        }
        for each in enrolled
    ]
    lines = []
    for each in enrolled:
        keys = "; ".join(
            f"{enrolling.spoken_of(key)}" + (context.tr(" (revoked)") if revocation else "")
            for key, revocation in each.keys
        )
        lines.append(f"{each.unit.code:<8} {each.unit.name}: {keys or context.tr('no key yet')}")
    return Reply({"enrolled": data}, lines)


def _import_units(context: Context, args: argparse.Namespace) -> Reply:
    with context.office() as office:
        added = unit_lists.import_units(office, args.file)
    return Reply(
        {"units": [_unit_data(unit) for unit in added]},
        [context.tr("{count} unit(s) are in the list now.", count=len(added))],
    )


def _list_units(context: Context, _: argparse.Namespace) -> Reply:
    with context.office() as office:
        units = register.units(office)
    return Reply(
        {"units": [_unit_data(unit) for unit in units]},
        [f"{unit.code:<8} {unit.name} ({context.tr(unit.level.words)})" for unit in units],
    )


def _claim(context: Context, args: argparse.Namespace) -> Reply:
    from parindex_desktop.services.kits import claim_unit  # noqa: PLC0415

    with context.office() as office:
        claim_unit(office, args.unit)
        name = office.record.name
    return Reply({"name": name}, [context.tr("This office is “{name}”.", name=name)])


def _unit_data(unit: Unit) -> dict[str, str | None]:
    return {
        "id": unit.id,
        "code": unit.code,
        "name": unit.name,
        "level": unit.level.value,
        "parent": unit.parent,
    }
