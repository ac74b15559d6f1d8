"""task, target: what the plans of a year ask of an office, how far it is, and what proves it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from parindex_desktop.cli.context import Context, Reply
from parindex_desktop.cli.options import (
    add_document,
    described_by,
    documents_without_file,
    file_and_page,
)
from parindex_desktop.domain.errors import UsageError
from parindex_desktop.domain.messages import msgid
from parindex_desktop.domain.planning.deadlines import shown
from parindex_desktop.domain.planning.tasks import Progress, Standing
from parindex_desktop.domain.planning.work import Role
from parindex_desktop.domain.scoring.inputs import read_date
from parindex_desktop.domain.units import Level
from parindex_desktop.services import planning, progressing, proving
from parindex_desktop.services.attaching import keep_file
from parindex_desktop.services.register import NotTheProvince, current_kit

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from parindex_desktop.domain.planning.work import TargetWork, TaskWork, Time
    from parindex_desktop.services.homes import Office
    from parindex_desktop.services.progressing import YearProgress

_URGENT = (Standing.OVERDUE, Standing.DUE_SOON, Standing.AWAITED)


class NothingToAttach(UsageError):
    """No evidence was named."""

    code = "task.nothing_to_attach"
    template = msgid("No evidence was named. Name a file, or --paper, --link, --extract or --classified.")


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser], tr: Callable[[str], str]) -> None:
    """Add the commands of this module."""
    parser = commands.add_parser("task", help=tr("tasks of the year's plans"))
    parser.set_defaults(of_year=True)
    _add_tasks(parser.add_subparsers(required=True, metavar="ACTION"), tr)
    parser = commands.add_parser("target", help=tr("targets of the year's plans"))
    parser.set_defaults(of_year=True)
    _add_targets(parser.add_subparsers(required=True, metavar="ACTION"), tr)


def _add_tasks(
    actions: argparse._SubParsersAction[argparse.ArgumentParser], tr: Callable[[str], str]
) -> None:
    listed = actions.add_parser("list", help=tr("tasks time by time, with their days and how they stand"))
    listed.add_argument(
        "--due", action="store_true", help=tr("only what is overdue, due soon, or waits for a day")
    )
    listed.add_argument("--overdue", action="store_true", help=tr("only what is overdue"))
    listed.add_argument("--mine", action="store_true", help=tr("only what this office leads"))
    _add_unit(listed, tr)
    listed.set_defaults(run=_list)
    no = tr("printed number of the task, for example I.6.1")
    show = _one(actions, "show", tr("one task with all that was said of it"), no, tr)
    _add_unit(show, tr)
    show.set_defaults(run=_show)
    done = _one(actions, "done", tr("say that a task is done"), no, tr)
    done.set_defaults(run=_done)
    said = _one(actions, "say", tr("say how far a task is"), no, tr)
    said.add_argument("--progress", choices=[each.value for each in Progress], help=tr("how far it is"))
    said.set_defaults(run=_say)
    for action in (done, said):
        action.add_argument("--on", metavar="DATE", help=tr("day on which it was done (else today)"))
        action.add_argument("--text", help=tr("what was done, what is difficult; an empty text clears it"))
    day = _one(actions, "date", tr("enter the day that another authority set, or of an event"), no, tr)
    day.add_argument("day", metavar="DATE", help=tr("the day; an empty text takes it out"))
    day.add_argument("--source", default="", metavar="TEXT", help=tr("paper in which it stands"))
    day.set_defaults(run=_date)
    attach = _one(actions, "attach", tr("attach evidence to a task and the criteria that it serves"), no, tr)
    attach.add_argument("files", nargs="*", metavar="FILE[#page=N]", help=tr("file that proves it"))
    add_document(attach, tr)
    attach.set_defaults(run=_attach)
    share = actions.add_parser("share", help=tr("link evidence of tasks to criteria that lack it"))
    share.add_argument("--dry-run", action="store_true", help=tr("show what would happen, change nothing"))
    share.set_defaults(run=_share)
    for action in (done, said, day):
        action.add_argument(
            "--time", metavar="NAME", help=tr("which time of the year, as the list names it: q1, h1, m03")
        )


def _add_targets(
    actions: argparse._SubParsersAction[argparse.ArgumentParser], tr: Callable[[str], str]
) -> None:
    listed = actions.add_parser("list", help=tr("targets with what was reported and whether they are met"))
    _add_unit(listed, tr)
    listed.set_defaults(run=_targets)
    report = _one(
        actions,
        "report",
        tr("report a target; an empty value clears it"),
        tr("printed number of the target"),
        tr,
    )
    report.add_argument("--value", metavar="NUMBER", help=tr("the figure"))
    report.add_argument("--base", metavar="NUMBER", help=tr("the figure that it is compared with"))
    report.add_argument("--yes", metavar="YES|NO", help=tr("whether it is met"))
    report.add_argument("--text", help=tr("the group, or what is to be said of it"))
    report.add_argument("--not-arisen", metavar="GROUND", help=tr("nothing fell under it this year, and why"))
    report.set_defaults(run=_report)


def _add_unit(parser: argparse.ArgumentParser, tr: Callable[[str], str]) -> None:
    parser.add_argument(
        "--unit", metavar="CODE", help=tr("at the province: what the unit with this code reported")
    )


def _one(
    actions: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    what: str,
    no: str,
    tr: Callable[[str], str],
) -> argparse.ArgumentParser:
    """A command about one task or target, by its number."""
    parser = actions.add_parser(name, help=what)
    parser.add_argument("no", metavar="NO", help=no)
    parser.add_argument("--plan", metavar="PLAN", help=tr("the plan, where several have that number"))
    return parser


def _list(context: Context, args: argparse.Namespace) -> Reply:
    with context.office(unnamed=True) as office:
        progress = _progress(context, office, args)
    wanted = (Standing.OVERDUE,) if args.overdue else _URGENT if args.due else tuple(Standing)
    found = [
        (work, time)
        for work in progress.tasks
        if not args.mine or work.role is Role.LEADS
        for time in work.times
        if time.standing in wanted
    ]
    if args.due or args.overdue:
        order = list(Standing)
        found.sort(key=lambda each: (order.index(each[1].standing), str(each[1].occurrence.due.last)))
    return Reply(
        {"unit": progress.unit.code, "tasks": [_time_data(context, work, time) for work, time in found]},
        [_time_line(context, work, time) for work, time in found] or [context.tr("No task is to be shown.")],
    )


def _show(context: Context, args: argparse.Namespace) -> Reply:
    with context.office(unnamed=True) as office:
        progress = _progress(context, office, args)
        work = progress.task(args.no, _plan(office, args))
    return _task_reply(context, work)


def _done(context: Context, args: argparse.Namespace) -> Reply:
    return _said(context, args, Progress.DONE)


def _say(context: Context, args: argparse.Namespace) -> Reply:
    return _said(context, args, Progress(args.progress) if args.progress else None)


def _said(context: Context, args: argparse.Namespace, how: Progress | None) -> Reply:
    on = read_date(args.on) if args.on else None
    with context.office() as office:
        progress, work = _task(context, office, args)
        progress = progressing.say_task(office, progress, work, args.time, how=how, on=on, text=args.text)
    return _task_reply(context, progress.task(work.task.id))


def _date(context: Context, args: argparse.Namespace) -> Reply:
    day = read_date(args.day) if args.day.strip() else None
    with context.office() as office:
        progress, work = _task(context, office, args)
        progress = progressing.enter_day(office, progress, work, args.time, day, args.source)
    return _task_reply(context, progress.task(work.task.id))


def _attach(context: Context, args: argparse.Namespace) -> Reply:
    # Whatever can be wrong with the arguments is found before anything is written.
    day = read_date(args.date) if args.date else None
    others = documents_without_file(args, day)
    if not args.files and not others:
        raise NothingToAttach
    shared: set[str] = set()
    locked: set[str] = set()
    with context.office() as office:
        progress, work = _task(context, office, args)
        named = [file_and_page(text) for text in args.files]
        kept = [(keep_file(office, Path(file), context.progress()), page) for file, page in named]
        proven = [proving.attach_kept(office, progress, work, file, page) for file, page in kept]
        for each in proven:
            proving.describe(office, each.progress, described_by(each.document, args, day))
        proven += [proving.add_document(office, progress, work, document) for document in others]
        for each in proven:
            shared |= set(each.shared)
            locked |= set(each.locked)
        work = progressing.open_progress(office, progress.year).task(work.task.id)
    reply = _task_reply(context, work)
    if shared:
        reply.lines.append(
            context.tr("Linked to the criteria that it serves: {codes}.", codes=sorted(shared))
        )
    if locked:
        reply.lines.append(
            context.tr(
                "Not linked to {codes}, since the figures are locked. After unlocking “task share” links it.",
                codes=sorted(locked),
            )
        )
    reply.data.update(shared=sorted(shared), locked=sorted(locked))
    return reply


def _share(context: Context, args: argparse.Namespace) -> Reply:
    with context.office(unnamed=args.dry_run) as office:
        progress = progressing.open_progress(office, context.year)
        found = proving.unshared(office, progress)
        if not args.dry_run:
            proving.share(office, progress, found)
    told = [
        {"task": each.work.task.no, "criterion": each.criterion.code, "document": each.document.subject}
        for each in found
    ]
    return Reply(
        {"dry_run": args.dry_run, "links": told},
        [f"{each['task']} → {each['criterion']}: {each['document']}" for each in told]
        or [context.tr("The criteria have all that the tasks have for them.")],
    )


def _targets(context: Context, args: argparse.Namespace) -> Reply:
    with context.office(unnamed=True) as office:
        progress = _progress(context, office, args)
    return Reply(
        {
            "unit": progress.unit.code,
            "targets": [_target_data(context, work) for work in progress.targets],
        },
        [_target_line(context, work) for work in progress.targets]
        or [context.tr("No plan of the year sets a target here.")],
    )


def _report(context: Context, args: argparse.Namespace) -> Reply:
    with context.office() as office:
        progress = progressing.open_progress(office, context.year)
        work = progress.target(args.no, _plan(office, args))
        progress = progressing.report_target(
            office,
            progress,
            work,
            value=args.value,
            base=args.base,
            yes=args.yes,
            text=args.text,
            not_arisen=args.not_arisen,
        )
        work = progress.target(work.target.id)
    return Reply({"target": _target_data(context, work)}, [_target_line(context, work)])


def _progress(context: Context, office: Office, args: argparse.Namespace) -> YearProgress:
    """The progress of this office, or of the unit that is named. Raises `NotTheProvince` or `UnknownUnit`."""
    if args.unit is None:
        return progressing.open_progress(office, context.year)
    if office.level is not Level.PROVINCE:
        raise NotTheProvince
    unit = current_kit(office).unit_of_code(args.unit)
    return progressing.received_progress(office, unit, context.year)


def _plan(office: Office, args: argparse.Namespace) -> str:
    return planning.find_plan(office, args.plan).id if args.plan else ""


def _task(context: Context, office: Office, args: argparse.Namespace) -> tuple[YearProgress, TaskWork]:
    progress = progressing.open_progress(office, context.year)
    return progress, progress.task(args.no, _plan(office, args))


def _task_reply(context: Context, work: TaskWork) -> Reply:
    task = work.task
    lines = [
        f"{task.no} {task.title}",
        context.tr("Plan: {title}", title=work.plan.title),
        context.tr("Leads: {names}", names=", ".join(party.name for party in task.leads)),
    ]
    if task.supports:
        names = ", ".join(party.name for party in task.supports)
        lines.append(context.tr("Supports: {names}", names=names))
    lines.append(context.tr("Deadline: {text}", text=task.deadline.text))
    lines += [context.said(work.problem)] if work.problem else []
    for time in work.times:
        lines.append(_time_line(context, work, time))
        lines += [time.told] if time.told else []
    lines += [
        context.tr("Evidence: {name}", name=each.document.subject or each.document.name)
        for each in work.proofs
    ]
    return Reply(
        {
            "task": {
                "id": task.id,
                "no": task.no,
                "title": task.title,
                "plan": work.plan.id,
                "role": work.role.value,
                "deadline": task.deadline.text,
                "leads": [party.name for party in task.leads],
                "supports": [party.name for party in task.supports],
                "criteria": list(task.criteria),
                "problem": context.error(work.problem) if work.problem else None,
                "times": [_time_data(context, work, time) for time in work.times],
                "documents": [
                    {"id": each.document.id, "subject": each.document.subject, "page": each.page}
                    for each in work.proofs
                ],
            }
        },
        lines,
    )


def _time_line(context: Context, work: TaskWork, time: Time) -> str:
    title = f"{work.task.no} {work.task.title}"
    if len(work.times) > 1:
        title += f" [{time.occurrence.key}: {context.said(time.occurrence.title)}]"
    return context.tr(
        "{title}: {due}; {standing}; {role}",
        title=title,
        due=context.said(shown(time.occurrence.due)),
        standing=context.tr(time.standing.words),
        role=context.tr(work.role.words),
    )


def _time_data(context: Context, work: TaskWork, time: Time) -> dict[str, Any]:
    due, said = time.occurrence.due, time.said
    return {
        "no": work.task.no,
        "title": work.task.title,
        "plan": work.plan.id,
        "role": work.role.value,
        "time": time.occurrence.key,
        "from": due.first.isoformat() if due.first else None,
        "due": due.last.isoformat() if due.last else None,
        "awaited": due.awaited,
        "source": time.entered.source if time.entered else None,
        "standing": time.standing.value,
        "words": context.tr(time.standing.words),
        "progress": said.progress.value,
        "on": said.on.isoformat() if said.on else None,
        "told": time.told,
        "documents": len(work.proofs),
    }


def _target_line(context: Context, work: TargetWork) -> str:
    line = context.tr(
        "{no} {title}: {verdict} – {reason}",
        no=work.target.no,
        title=work.target.title,
        verdict=context.tr(work.judged.verdict.words),
        reason=context.said(work.judged.reason),
    )
    return f"{line} {context.said(work.problem)}" if work.problem else line


def _target_data(context: Context, work: TargetWork) -> dict[str, Any]:
    said, figures = work.reported, work.figures
    return {
        "no": work.target.no,
        "title": work.target.title,
        "plan": work.plan.id,
        "level": work.level.value,
        "value": None if said.value is None else str(said.value),
        "base": None if said.base is None else str(said.base),
        "yes": said.yes,
        "text": said.text,
        "not_arisen": said.not_arisen,
        "by_hand": work.by_hand,
        "part": str(figures.part) if figures else None,
        "whole": str(figures.whole) if figures and figures.whole is not None else None,
        "verdict": work.judged.verdict.value,
        "reason": context.said(work.judged.reason),
    }
