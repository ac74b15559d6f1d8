"""init, office, enrol: who the office is, what its papers say of it, its passphrase, whose keys are believed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from parindex_desktop.cli.context import Context, Reply
from parindex_desktop.cli.options import add_output
from parindex_desktop.domain.text import one_line
from parindex_desktop.domain.units import Level
from parindex_desktop.services import (
    enrolling,
    filling,
    paper_texts,
    passphrases,
    register,
    reporting,
)
from parindex_desktop.services.files import read_small
from parindex_desktop.services.founding import NewOffice, found
from parindex_desktop.services.passphrases import NewPassphrase
from parindex_desktop.services.standing import standing

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser], tr: Callable[[str], str]) -> None:
    """Add the commands of this module."""
    init = commands.add_parser("init", help=tr("set up an office and make its key"))
    init.add_argument(
        "--level", required=True, choices=[level.value for level in Level], help=tr("kind of office")
    )
    init.add_argument("--name", required=True, help=tr("name of the office as on its seal"))
    init.set_defaults(run=_init)

    office = commands.add_parser("office", help=tr("this office and its papers")).add_subparsers(
        required=True, metavar="ACTION"
    )
    office.add_parser(
        "show", help=tr("name, kind, unit and key code, and the texts of its papers")
    ).set_defaults(run=_show)
    text = office.add_parser("text", help=tr("set a text of the head or the signature of its papers"))
    text.add_argument(
        "name",
        choices=paper_texts.TEXTS,
        metavar="NAME",
        help=tr("name of the text, as “office show” lists it"),
    )
    text.add_argument(
        "text", metavar="TEXT", help=tr("what stands on paper; an empty text brings the usual one back")
    )
    text.set_defaults(run=_text)

    secret = office.add_parser("passphrase", help=tr("give the key of this machine another passphrase"))
    secret.add_argument(
        "--new-passphrase-file", type=Path, metavar="FILE", help=tr("file that holds the new passphrase")
    )
    secret.set_defaults(run=_passphrase)

    enrol = commands.add_parser("enrol", help=tr("keys of offices")).add_subparsers(
        required=True, metavar="ACTION"
    )
    request = enrol.add_parser("request", help=tr("write this office's signing request"))
    add_output(request, tr("file to write"))
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


def _show(context: Context, _: argparse.Namespace) -> Reply:
    with context.office(unnamed=True) as office:
        now = standing(office)
        texts = reporting.texts_of(office, context.year)
        name, level = office.record.name, office.level
    code = now.unit.code if now.unit else ""
    return Reply(
        {
            "name": name,
            "level": level.value,
            "unit": now.unit.id if now.unit else None,
            "code": code or None,
            "key_code": now.code,
            "enrolment": now.enrolment.value,
            "texts": texts,
        },
        [
            context.tr("Office: {name}", name=name),
            context.tr("Kind of office: {level}", level=context.tr(level.words)),
            context.tr("Code of the unit: {code}", code=code or "–"),
            context.tr("Key code of the province: {code}", code=now.code)
            if level is Level.PROVINCE
            else context.tr("Key code: {code}", code=now.code),
            *(
                context.tr(
                    "{name} – {what}: {text}",
                    name=name,
                    what=context.tr(paper_texts.LABELS[name]),
                    text=text or "–",
                )
                for name, text in texts.items()
            ),
        ],
    )


def _text(context: Context, args: argparse.Namespace) -> Reply:
    with context.office() as office:
        if office.level is Level.PROVINCE:
            paper_texts.set_paper_text(office, args.name, args.text)
        else:
            # A unit's report is signed with its texts, so they are entries of its form.
            context.name_year(office)
            form = filling.open_form(office, context.year)
            filling.set_report_text(office, form, args.name, one_line(args.text, paper_texts.LONGEST))
        stands = reporting.texts_of(office, context.year)[args.name]
    what = context.tr(paper_texts.LABELS[args.name])
    return Reply(
        {"name": args.name, "text": stands},
        [context.tr("{name} – {what}: {text}", name=args.name, what=what, text=stands or "–")],
    )


def _passphrase(context: Context, args: argparse.Namespace) -> Reply:
    with context.office() as office:
        old = context.passphrase()
        new = context.new_passphrase(args.new_passphrase_file)
        passphrases.change_passphrase(office, NewPassphrase(old, new))
        name = office.record.name
    return Reply(
        {"name": name, "passphrase_changed": True},
        [
            context.tr("The key of “{name}” has its new passphrase.", name=name),
            context.tr(passphrases.OLD_COPIES),
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
    with context.office(unnamed=True) as office:
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
