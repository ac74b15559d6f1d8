"""plan: plans, directives and campaigns, from a draft until they are withdrawn."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from parindex_desktop.cli.context import Context, Reply
from parindex_desktop.cli.options import add_output
from parindex_desktop.domain.messages import msgid
from parindex_desktop.domain.planning.plan_reading import PlanFaulty, placed
from parindex_desktop.domain.planning.plans import Plan
from parindex_desktop.domain.scoring.inputs import read_date
from parindex_desktop.services import plan_parties, planning
from parindex_desktop.services.files import read_small, write_whole
from parindex_desktop.services.homes import HomeInUse, HomeNotSetUp
from parindex_desktop.services.progressing import year_in_hand
from parindex_desktop.services.register import NoKitYet

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from parindex_desktop.services.homes import Office
    from parindex_desktop.services.planning import PlanDraft, Tree


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser], tr: Callable[[str], str]) -> None:
    """Add the commands of this module."""
    parser = commands.add_parser("plan", help=tr("plans, directives and campaigns"))
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    listed = actions.add_parser("list", help=tr("issued plans, drafts, and plans that come with the program"))
    listed.set_defaults(run=_list)
    check = actions.add_parser("check", help=tr("look for faults in a plan, take nothing over"))
    check.add_argument("file", type=Path, metavar="FILE", help=tr("plan in the form of “plan export”"))
    check.set_defaults(run=_check)
    imported = actions.add_parser("import", help=tr("begin a draft with a plan from a file"))
    imported.add_argument(
        "file",
        metavar="FILE",
        help=tr("plan in the form of “plan export”, or one that comes with the program"),
    )
    imported.set_defaults(run=_import)
    issue = actions.add_parser("issue", help=tr("issue a draft after its paper was signed"))
    issue.add_argument("plan", metavar="DRAFT", help=tr("title of the draft, or how its id begins"))
    issue.add_argument(
        "--number", required=True, metavar="TEXT", help=tr("number of the paper, for example 15/KH-UBND")
    )
    issue.add_argument("--date", required=True, metavar="DATE", help=tr("day of the paper, dd/mm/yyyy"))
    issue.set_defaults(run=_issue)
    withdraw = actions.add_parser("withdraw", help=tr("take an issued plan back"))
    withdraw.add_argument("--reason", required=True, help=tr("why; it stays in the journal"))
    export = actions.add_parser("export", help=tr("write a plan or draft to a file"))
    add_output(export, tr("file to write"), "FILE.json")
    for action, run in (
        (actions.add_parser("show", help=tr("a plan with its targets and tasks")), _show),
        (actions.add_parser("amend", help=tr("begin a draft of the next version")), _amend),
        (actions.add_parser("derive", help=tr("begin a plan of this office with another one")), _derive),
        (actions.add_parser("delete", help=tr("throw a draft away")), _delete),
        (withdraw, _withdraw),
        (export, _export),
    ):
        action.add_argument(
            "plan", metavar="PLAN", help=tr("number or title of the plan, or how its id begins")
        )
        action.set_defaults(run=run)
    rooms = actions.add_parser("rooms", help=tr("rooms of this office that lead or support"))
    rooms.add_argument("--add", metavar="NAME", help=tr("enter a room"))
    rooms.add_argument("--remove", metavar="NAME", help=tr("take a room out"))
    rooms.set_defaults(run=_rooms)


def _list(context: Context, _: argparse.Namespace) -> Reply:
    with context.office(unnamed=True) as office:
        issued = [(each, planning.is_own(office, each.id)) for each in planning.issued(office)]
        drafts = planning.drafts(office)
    lines = [_plan_line(context, plan, own=own) for plan, own in issued]
    lines += [context.tr("{id}  draft: {title}", id=each.id[:8], title=each.title or "–") for each in drafts]
    shipped = sorted(planning.shipped())
    if shipped:
        lines.append(context.tr("With the program come: {names}.", names=", ".join(shipped)))
    return Reply(
        {
            "plans": [{**_data(plan), "own": own} for plan, own in issued],
            "drafts": [{"id": each.id, "title": each.title} for each in drafts],
            "shipped": shipped,
        },
        lines or [context.tr("There is no plan yet.")],
    )


def _show(context: Context, args: argparse.Namespace) -> Reply:
    with context.office(unnamed=True) as office:
        plan = planning.find_plan(office, args.plan)
        own = planning.is_own(office, plan.id)
        tree = planning.tree_of(office, plan.id)
    lines = [_plan_line(context, plan, own=own)]
    for field in plan.fields:
        lines.append(f"{field.no} {field.title}")
        lines += [f"  {each.no} {each.title}" for each in plan.targets if each.field == field.id]
    for section in plan.sections:
        lines.append(f"{section.no} {section.title}")
        groups = {section.id, *(group.id for group in section.groups)}
        for task in plan.tasks:
            if task.group in groups:
                leads = ", ".join(party.name for party in task.leads)
                lines.append(f"  {task.no} {task.title} ({leads}; {task.deadline.text})")
    lines += [f"{duty.no} {duty.text}" for duty in plan.duties]
    return Reply({"plan": {**_data(plan), "own": own}, "document": tree}, lines)


def _check(context: Context, args: argparse.Namespace) -> Reply:
    try:
        tree = planning.read_document(read_small(args.file))
    except PlanFaulty as fault:
        return context.faulty(fault)
    try:
        with context.office(unnamed=True) as office:
            tree = planning.look_up_parties(office, tree)
            wrong = planning.faults(office, tree)
    except (HomeNotSetUp, HomeInUse, NoKitYet):
        # Anybody may check a plan; without a register nobody can tell whether those who are named are in it.
        wrong = []
    if wrong:
        return context.faulty(planning.PlanDraftFaulty(tuple(placed(tree, wrong))))
    plan = Plan.read(tree)
    counted = context.tr(
        "“{title}” has no fault: {targets} target(s), {tasks} task(s).",
        title=plan.title,
        targets=len(plan.targets),
        tasks=len(plan.tasks),
    )
    return Reply({"plan": _data(plan)}, [counted])


def _import(context: Context, args: argparse.Namespace) -> Reply:
    shipped = args.file in planning.shipped()
    document = b"" if shipped else read_small(Path(args.file))
    with context.office() as office:
        try:
            draft = (
                planning.from_shipped(office, args.file)
                if shipped
                else planning.from_document(office, document)
            )
        except PlanFaulty as fault:
            return context.faulty(fault)
        return _draft_reply(context, office, draft)


def _amend(context: Context, args: argparse.Namespace) -> Reply:
    with context.office() as office:
        return _draft_reply(context, office, planning.amend(office, planning.find_plan(office, args.plan).id))


def _derive(context: Context, args: argparse.Namespace) -> Reply:
    with context.office() as office:
        return _draft_reply(
            context, office, planning.derive(office, planning.find_plan(office, args.plan).id)
        )


def _draft_reply(context: Context, office: Office, draft: PlanDraft) -> Reply:
    """That a draft was begun, and what keeps it from being issued."""
    try:
        wrong = placed(draft.tree, planning.faults(office, draft.tree))
    except NoKitYet:
        wrong = []
    lines = [
        context.tr("Draft {id} of “{title}” was begun.", id=draft.id[:8], title=draft.title),
        *(f"- {context.said(each)}" for each in wrong),
    ]
    return Reply(
        {"id": draft.id, "title": draft.title, "faults": [context.error(each) for each in wrong]}, lines
    )


def _issue(context: Context, args: argparse.Namespace) -> Reply:
    day = read_date(args.date)
    with context.office() as office:
        draft = planning.find_draft(office, args.plan)
        try:
            plan = planning.issue(office, draft, args.number, day)
        except planning.PlanDraftFaulty as fault:
            return context.faulty(fault)
        above = planning.is_in_kit(office)
    told = (
        msgid("“{title}” was issued. Export a new kit, so that all offices learn of it.")
        if above
        else msgid("“{title}” was issued. It goes to the province with the next progress report.")
    )
    return Reply({"plan": _data(plan)}, [context.tr(told, title=plan.title)])


def _withdraw(context: Context, args: argparse.Namespace) -> Reply:
    with context.office() as office:
        plan = planning.find_plan(office, args.plan)
        planning.withdraw(office, plan.id, args.reason)
    return Reply({"plan": _data(plan)}, [context.tr("“{title}” was withdrawn.", title=plan.title)])


def _delete(context: Context, args: argparse.Namespace) -> Reply:
    with context.office() as office:
        draft = planning.find_draft(office, args.plan)
        planning.delete(office, draft)
    return Reply({"id": draft.id}, [context.tr("The draft of “{title}” was deleted.", title=draft.title)])


def _export(context: Context, args: argparse.Namespace) -> Reply:
    with context.office(unnamed=True) as office:
        tree = _found(office, args.plan)
    write_whole(args.output, (json.dumps(tree, ensure_ascii=False, indent=2) + "\n").encode())
    return Reply(
        {"file": str(args.output)}, [context.tr("The plan was written to {file}.", file=args.output)]
    )


def _found(office: Office, wanted: str) -> Tree:
    """The tree of an issued plan or of a draft. Raises `PlanUnknown`."""
    try:
        return planning.tree_of(office, planning.find_plan(office, wanted).id)
    except planning.PlanUnknown:
        return planning.find_draft(office, wanted).tree


def _rooms(context: Context, args: argparse.Namespace) -> Reply:
    looks = args.add is None and args.remove is None
    with context.office(unnamed=looks) as office:
        if args.add is not None:
            plan_parties.add_room(office, year_in_hand(office, context.year), args.add)
        if args.remove is not None:
            plan_parties.remove_room(office, args.remove)
        rooms = plan_parties.own_rooms(office)
    return Reply(
        {"rooms": [{"id": room.id, "name": room.name} for room in rooms]},
        [room.name for room in rooms] or [context.tr("This office has no rooms in the list.")],
    )


def _plan_line(context: Context, plan: Plan, *, own: bool) -> str:
    values: dict[str, Any] = {
        "id": plan.id[:8],
        "title": plan.title,
        "number": plan.number or "–",
        "first": str(plan.first),
        "last": str(plan.last),
        "kind": context.tr(plan.kind.words),
    }
    template = (
        msgid("{id}  {title}: {kind}, number {number}, {first}–{last}, of this office")
        if own
        else msgid("{id}  {title}: {kind}, number {number}, {first}–{last}, of the province")
    )
    return context.tr(template, **values)


def _data(plan: Plan) -> dict[str, Any]:
    return {
        "id": plan.id,
        "kind": plan.kind.value,
        "title": plan.title,
        "number": plan.number,
        "issued": plan.issued.isoformat() if plan.issued else None,
        "first": plan.first,
        "last": plan.last,
        "targets": len(plan.targets),
        "tasks": len(plan.tasks),
    }
