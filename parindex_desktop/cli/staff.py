"""people: who shares this machine, who is in charge of what, and work that passes from one officer to another."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from parindex_desktop.cli.context import Context, Reply
from parindex_desktop.cli.options import add_output
from parindex_desktop.domain.messages import msgid
from parindex_desktop.services import duties, filling, people, people_lists, work_handover, work_minutes
from parindex_desktop.services.passphrases import NewPassphrase
from parindex_desktop.services.people import NewPerson

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from parindex_desktop.domain.people import Assignee, Person
    from parindex_desktop.domain.work_minutes import Minutes, WorkOfYear


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser], tr: Callable[[str], str]) -> None:
    """Add the commands of this module."""
    actions = commands.add_parser("people", help=tr("who shares this machine")).add_subparsers(
        required=True, metavar="ACTION"
    )
    actions.add_parser("list", help=tr("the staff list")).set_defaults(run=_list)
    added = actions.add_parser("add", help=tr("put somebody on the staff list"))
    added.add_argument("name", metavar="NAME", help=tr("full name"))
    added.set_defaults(run=_add)
    changed = actions.add_parser("change", help=tr("write name, title or room anew"))
    changed.add_argument("name", metavar="NAME", help=tr("full name"))
    changed.add_argument("--name", dest="new_name", metavar="NAME", help=tr("the name from now on"))
    changed.set_defaults(run=_change)
    for parser in (added, changed):
        parser.add_argument("--title", metavar="TEXT", help=tr("title (chức vụ)"))
        parser.add_argument("--room", metavar="TEXT", help=tr("room (phòng, bộ phận)"))
    ended = actions.add_parser("end", help=tr("somebody has left; their duties are nobody's"))
    ended.add_argument("name", metavar="NAME", help=tr("full name"))
    ended.set_defaults(run=_end)
    pin = actions.add_parser("pin", help=tr("set the PIN of somebody (PARINDEX_NEW_PIN, or asked for)"))
    pin.add_argument("name", metavar="NAME", help=tr("full name"))
    pin.add_argument("--clear", action="store_true", help=tr("take the PIN away"))
    pin.set_defaults(run=_pin)
    _add_lists(actions, tr)
    _add_duties(actions, tr)
    _add_hand_over(actions, tr)


def _add_lists(
    actions: argparse._SubParsersAction[argparse.ArgumentParser], tr: Callable[[str], str]
) -> None:
    imported = actions.add_parser("import", help=tr("take the staff list and its duties from a spreadsheet"))
    imported.add_argument(
        "file", type=Path, metavar="FILE.xlsx", help=tr("as “people export” writes it on the other machine")
    )
    imported.add_argument("--dry-run", action="store_true", help=tr("show what would happen, change nothing"))
    imported.set_defaults(run=_import, of_year=True)
    exported = actions.add_parser(
        "export", help=tr("write the staff list and its duties, without PINs, to a spreadsheet")
    )
    add_output(exported, tr("file to write"), "FILE.xlsx")
    exported.set_defaults(run=_export, of_year=True)


def _add_duties(
    actions: argparse._SubParsersAction[argparse.ArgumentParser], tr: Callable[[str], str]
) -> None:
    listed = actions.add_parser("duties", help=tr("who is in charge of which criterion"))
    listed.add_argument(
        "--mine", action="store_true", help=tr("only what --as or their room is in charge of")
    )
    listed.set_defaults(run=_duties, of_year=True)
    assigned = actions.add_parser("assign", help=tr("put somebody in charge of criteria"))
    assigned.add_argument(
        "codes", nargs="+", metavar="CODE", help=tr("printed codes; a heading means all below it")
    )
    to = assigned.add_mutually_exclusive_group(required=True)
    to.add_argument("--to", metavar="NAME", help=tr("somebody of the staff list, or a room of it"))
    to.add_argument("--room", metavar="TEXT", help=tr("everybody in a room"))
    to.add_argument("--nobody", action="store_true", help=tr("nobody any more"))
    assigned.set_defaults(run=_assign, of_year=True)


def _add_hand_over(
    actions: argparse._SubParsersAction[argparse.ArgumentParser], tr: Callable[[str], str]
) -> None:
    passed = actions.add_parser(
        "hand-over", help=tr("work passes from who leaves to another; with another passphrase and minutes")
    )
    passed.add_argument("giver", metavar="FROM", help=tr("who leaves"))
    passed.add_argument("taker", metavar="TO", help=tr("who takes over"))
    way = passed.add_mutually_exclusive_group(required=True)
    add_output(way, tr("minutes to be signed"), "FILE.pdf", required=False)
    way.add_argument("--dry-run", action="store_true", help=tr("show what would happen, change nothing"))
    passed.add_argument("--note", default="", metavar="TEXT", help=tr("what else the minutes say"))
    secret = passed.add_mutually_exclusive_group()
    secret.add_argument(
        "--new-passphrase-file", type=Path, metavar="FILE", help=tr("file that holds the new passphrase")
    )
    secret.add_argument(
        "--keep-passphrase", action="store_true", help=tr("leave the passphrase; the minutes say so")
    )
    passed.set_defaults(run=_hand_over)


def _list(context: Context, _: argparse.Namespace) -> Reply:
    with context.office(unnamed=True) as office:
        listed = people.people(office)
    lines = [_line(context, each) for each in listed]
    return Reply(
        {"people": [_data(each) for each in listed]},
        lines or [context.tr("Nobody is on the staff list. The journal names the machine's user.")],
    )


def _add(context: Context, args: argparse.Namespace) -> Reply:
    with context.office(unnamed=True) as office:
        person = people.add(office, NewPerson(args.name, args.title or "", args.room or ""))
    return _told(context, person)


def _change(context: Context, args: argparse.Namespace) -> Reply:
    with context.office(unnamed=True) as office:
        person = people.find(office, args.name)
        said = (args.new_name, person.name), (args.title, person.title), (args.room, person.room)
        new = NewPerson(*(before if given is None else given for given, before in said))
        person = people.change(office, person, new)
    return _told(context, person)


def _told(context: Context, person: Person) -> Reply:
    return Reply({"person": _data(person)}, [_line(context, person)])


def _end(context: Context, args: argparse.Namespace) -> Reply:
    with context.office(unnamed=True) as office:
        person = people.find(office, args.name)
        people.end(office, person)
    return Reply(
        {"name": person.name}, [context.tr("“{name}” no longer works here by the list.", name=person.name)]
    )


def _pin(context: Context, args: argparse.Namespace) -> Reply:
    with context.office(unnamed=True) as office:
        person = people.find(office, args.name)
        prompt = msgid("Present PIN, or the passphrase of the key: ")
        proof = context.secret("PARINDEX_PIN", prompt) if person.has_pin else ""
        pin = "" if args.clear else context.secret("PARINDEX_NEW_PIN", msgid("New PIN: "))
        people.set_pin(office, person, pin, proof)
    said = (
        context.tr("“{name}” has a PIN now.", name=person.name)
        if pin
        else context.tr("“{name}” has no PIN now.", name=person.name)
    )
    return Reply({"name": person.name, "pin": bool(pin)}, [said])


def _import(context: Context, args: argparse.Namespace) -> Reply:
    with context.office(unnamed=True) as office:
        preview = people_lists.look_at_list(office, args.file, context.year)
        if preview.faults:
            return context.faulty(people_lists.PeopleListFaulty(preview.faults))
        if not args.dry_run:
            people_lists.take_list(office, preview)
    return Reply(
        {
            "dry_run": args.dry_run,
            "people": [{"name": e.new.name, "happens": e.happens.value} for e in preview.people],
            "duties": [
                {"code": e.criterion.code, "to": e.to or None, "room": e.is_room} for e in preview.duties
            ],
        },
        [
            context.tr(
                "{people} of {listed} people and {duties} duties change.",
                people=preview.changes - len(preview.duties),
                listed=len(preview.people),
                duties=len(preview.duties),
            )
        ],
    )


def _export(context: Context, args: argparse.Namespace) -> Reply:
    with context.office(unnamed=True) as office:
        people_lists.write_list(office, args.output, context.year)
    return Reply({"file": str(args.output)}, [context.tr("{file} was written.", file=args.output)])


def _duties(context: Context, args: argparse.Namespace) -> Reply:
    with context.office(unnamed=not args.mine) as office:
        form = filling.open_form(office, context.year)
        found = duties.duties(office, form.year)
        own = duties.those_of(office.person, found) if office.person else frozenset()
    mine = own if args.mine else None
    leaves = [each for each in form.criteria.leaves() if each.inputs and (mine is None or each.id in mine)]
    return Reply(
        {"year": form.year, "duties": [_duty_data(each.code, found.get(each.id)) for each in leaves]},
        [f"{each.code} {each.title}: {found[each.id].name if each.id in found else '–'}" for each in leaves],
    )


def _assign(context: Context, args: argparse.Namespace) -> Reply:
    with context.office() as office:
        form = filling.open_form(office, context.year)
        criteria = [form.criteria.by_code(code) for code in args.codes]
        to = duties.find_assignee(office, args.to) if args.to else duties.to_room(args.room or "")
        duties.assign(office, form.year, criteria, to)
    name = to.name if to else context.tr("nobody")
    return Reply(
        {"codes": args.codes, "to": to.name if to else None},
        [context.tr("In charge of {codes} now: {name}.", codes=args.codes, name=name)],
    )


def _hand_over(context: Context, args: argparse.Namespace) -> Reply:
    with context.office(unnamed=args.dry_run) as office:
        giver, taker = people.find(office, args.giver), people.find(office, args.taker)
        if args.dry_run:
            minutes = work_minutes.draw_up(office, giver, taker, changed=False, note=args.note)
        else:
            secret = None if args.keep_passphrase else _new_passphrase(context, args)
            minutes = work_handover.hand_over_work(office, giver, taker, args.output, secret, args.note)
    return Reply(
        {
            "dry_run": args.dry_run,
            "file": None if args.dry_run else str(args.output),
            "years": [_work_data(work) for work in minutes.years],
            "unsettled": len(minutes.unsettled) + sum(len(work.unsettled) for work in minutes.years),
            "passphrase_changed": minutes.changed,
        },
        [*_work_lines(context, minutes), *_passed_on(context, args, minutes)],
    )


def _new_passphrase(context: Context, args: argparse.Namespace) -> NewPassphrase:
    old = context.passphrase()
    return NewPassphrase(old, context.new_passphrase(args.new_passphrase_file))


def _passed_on(context: Context, args: argparse.Namespace, minutes: Minutes) -> list[str]:
    if args.dry_run:
        return [context.tr("Nothing was changed yet.")]
    return [
        context.tr(
            "“{giver}” has passed {count} duties on to “{taker}” and no longer works here by the list.",
            giver=minutes.giver.name,
            taker=minutes.taker.name,
            count=sum(len(work.passed_on) for work in minutes.years),
        ),
        context.tr("Print {file} and have it signed by both and the head.", file=args.output),
    ]


def _work_lines(context: Context, minutes: Minutes) -> list[str]:
    """Each year in a sentence, and below it what lacks something."""
    lines = []
    for work in minutes.years:
        lines.append(context.said(work.words))
        lines += [context.said(work.warning)] if work.warning else []
        for item in work.lacking:
            needs = "; ".join(context.tr(need.words) for need in item.needs)
            lines.append(f"  {item.code} {item.title}: {needs}")
    where = [" – ".join(filter(None, (each.where, context.said(each.part)))) for each in minutes.unsettled]
    return [*lines, *(context.tr("To be settled: {where}", where=each) for each in where)]


def _work_data(work: WorkOfYear) -> dict[str, Any]:
    return {
        "year": work.year,
        "duties": [item.code for item in work.passed_on],
        "lacking": [item.code for item in work.lacking],
        "unattended": [item.code for item in work.unattended],
        "unconfirmed": [item.code for item in work.unconfirmed],
        "unsettled": len(work.unsettled),
        "standing": work.standing.code.partition(".")[2],
    }


def _line(context: Context, person: Person) -> str:
    said = " – ".join(filter(None, (person.words, person.room)))
    if person.until:
        return context.tr("{person} (until {day})", person=said, day=person.until)
    return context.tr("{person} (PIN)", person=said) if person.has_pin else said


def _data(person: Person) -> dict[str, Any]:
    return {
        "name": person.name,
        "title": person.title,
        "room": person.room,
        "since": person.since.isoformat(),
        "until": person.until.isoformat() if person.until else None,
        "pin": person.has_pin,
    }


def _duty_data(code: str, to: Assignee | None) -> dict[str, Any]:
    person = to.person.name if to and to.person else None
    return {"code": code, "person": person, "room": to.room or None if to else None}
