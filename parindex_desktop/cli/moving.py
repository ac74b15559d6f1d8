"""form move, form copy-forward, form confirm: answers under a newer version of the set, and those of last year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parindex_desktop.cli.context import Context, Reply
from parindex_desktop.domain.errors import UsageError
from parindex_desktop.domain.messages import msgid
from parindex_desktop.services import copying, filling, moving

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from parindex_desktop.domain.criteria import CriteriaSet
    from parindex_desktop.domain.moving_answers import Moved
    from parindex_desktop.services.moving import LastMove, LeftOut, Preview, ToSee


class ReasonOptionMissing(UsageError):
    """Locked figures are opened by a move, and nobody said why."""

    code = "usage.reason_needed"
    template = msgid(
        "The figures are locked, and a move opens them. Nothing was changed; say why with --reason TEXT, which "
        "stays in the journal."
    )


def add_to(form: argparse._SubParsersAction[argparse.ArgumentParser], tr: Callable[[str], str]) -> None:
    """Add these actions to those of the form."""
    move = form.add_parser("move", help=tr("bring the answers under the newer version of the set"))
    which = move.add_mutually_exclusive_group()
    which.add_argument("--dry-run", action="store_true", help=tr("only say what would become of them"))
    which.add_argument(
        "--undo", action="store_true", help=tr("take the last move back, while nothing else was changed")
    )
    which.add_argument(
        "--last", action="store_true", help=tr("say what the last move left out, and what is to be looked at")
    )
    _let_list_all(move, tr)
    move.add_argument("--reason", default="", metavar="TEXT", help=tr("why locked figures are opened for it"))
    move.set_defaults(run=_move)
    copy = form.add_parser("copy-forward", help=tr("copy last year's answers, each to be confirmed"))
    copy.add_argument("code", nargs="*", metavar="CODE", help=tr("only these criteria"))
    copy.add_argument("--dry-run", action="store_true", help=tr("only say what would become of them"))
    _let_list_all(copy, tr)
    copy.set_defaults(run=_copy_forward)
    confirm = form.add_parser("confirm", help=tr("confirm what was copied for one criterion"))
    confirm.add_argument("code", metavar="CODE", help=tr("printed code, for example 3.7"))
    confirm.add_argument(
        "--part",
        action="append",
        default=[],
        metavar="PART",
        help=tr("only this part, as “form show --json” names it"),
    )
    confirm.set_defaults(run=_confirm)


def _let_list_all(action: argparse.ArgumentParser, tr: Callable[[str], str]) -> None:
    action.add_argument(
        "--all", action="store_true", help=tr("name the criteria too that nothing happens to")
    )


def set_data(form: filling.Form) -> dict[str, Any]:
    """Under which set the form is, and which newer one waits."""
    newer = moving.newer_set(form)
    return {"set": _set(form.criteria), "newer_set": _set(newer) if newer else None}


def newer_lines(context: Context, form: filling.Form) -> list[str]:
    """That a newer version of the set waits."""
    newer = moving.newer_set(form)
    if newer is None:
        return []
    return [
        context.tr(
            "The form is under version {old} of the criteria set; the kit has version {new}. "
            "“parindex form move --dry-run” says what a move does.",
            old=form.criteria.version,
            new=newer.version,
        )
    ]


def _move(context: Context, args: argparse.Namespace) -> Reply:
    with context.office(unnamed=args.dry_run or args.last) as office:
        form = filling.open_form(office, context.year)
        if args.undo:
            form = moving.undo_move(office, form)
            return Reply(
                set_data(form),
                [
                    context.tr(
                        "The move was undone: the form is as before, under version {old}.",
                        old=form.criteria.version,
                    )
                ],
            )
        if args.last:
            return _last(context, form, moving.last_move(office, form))
        ahead = moving.preview_move(form)
        if not args.dry_run:
            if form.assessment.lock is not None and not args.reason.strip():
                raise ReasonOptionMissing
            form = moving.move_form(office, form, args.reason)
    end = (
        [context.tr("Nothing was changed."), *_asks_reason(context, form)]
        if args.dry_run
        else [
            context.tr(
                "Moved. “parindex form move --last” names each criterion to be looked at. Look through them, then "
                "lock, have the report signed and hand over."
            )
        ]
    )
    return _reply(context, form, ahead, args, end)


def _asks_reason(context: Context, form: filling.Form) -> list[str]:
    if form.assessment.lock is None:
        return []
    return [context.tr("The figures are locked: a move unlocks them, and asks for --reason.")]


def _last(context: Context, form: filling.Form, last: LastMove | None) -> Reply:
    if last is None:
        return Reply({**set_data(form), "last_move": None}, [context.tr("The form was not moved here.")])
    data = {
        "at": last.at.isoformat(),
        "by": last.by,
        "from": _set(last.old),
        "can_undo": last.can_undo,
        "to_see": [
            {
                "code": each.criterion.code if each.criterion else None,
                "fate": each.fate.value,
                "differs": [aspect.value for aspect in each.differs],
                "changes": [context.error(change) for change in each.changes],
                "left_out": [
                    {"part": context.said(left.part), "value": _lines(context, left)}
                    for left in each.left_out
                ],
            }
            for each in last.to_see
        ],
    }
    head = context.tr(
        "Moved from version {old} to version {new} at {at} by {by}. To be looked at: {count}.",
        old=last.old.version,
        new=last.new.version,
        at=last.at,
        by=last.by,
        count=len(last.to_see),
    )
    return Reply(
        {**set_data(form), "last_move": data}, [head, *(_seen(context, each) for each in last.to_see)]
    )


def _seen(context: Context, each: ToSee) -> str:
    title = f"{each.criterion.code} {each.criterion.title}" if each.criterion else each.id
    notes = [context.said(change) for change in each.changes]
    notes += [f"{context.said(part.part)}: {'; '.join(_lines(context, part))}" for part in each.left_out]
    said = f"{title}: {context.tr(each.fate.words)}"
    return f"{said} [{' | '.join(notes)}]" if notes else said


def _lines(context: Context, left: LeftOut) -> list[str]:
    return [line if isinstance(line, str) else context.said(line) for line in left.lines]


def _copy_forward(context: Context, args: argparse.Namespace) -> Reply:
    with context.office(unnamed=args.dry_run) as office:
        form = filling.open_form(office, context.year)
        only = [form.sheet(code).criterion for code in args.code]
        ahead = copying.preview_copy(office, form, only)
        if not args.dry_run:
            form = copying.copy_forward(office, form, only)
    end = (
        context.tr("Nothing was changed.")
        if args.dry_run
        else context.tr(
            "Copied. Each part waits for you: “parindex form confirm CODE”, or “form answer” with this year's."
        )
    )
    return _reply(context, form, ahead, args, [end])


def _confirm(context: Context, args: argparse.Namespace) -> Reply:
    with context.office() as office:
        form = filling.open_form(office, context.year)
        form = copying.confirm(office, form, form.sheet(args.code).criterion, args.part)
    sheet = form.sheet(args.code)
    rest = sum(bool(each.unconfirmed) for each in form.assessment.sheets.values())
    return Reply(
        {"code": sheet.criterion.code, "unconfirmed": list(sheet.unconfirmed), "left": rest},
        [context.tr("Confirmed. Criteria with something to confirm: {count}.", count=rest)],
    )


def _reply(
    context: Context, form: filling.Form, ahead: Preview, args: argparse.Namespace, end: list[str]
) -> Reply:
    """What will become of the answers, criterion by criterion; once it is done only how many became what.

    Those to which nothing happens are a number, unless they are asked for.
    """
    done = not args.dry_run
    counts = [
        context.tr("{what}: {count}", what=context.tr(ahead.words(fate, done=done)), count=count)
        for fate, count in ahead.counts().items()
    ]
    named = [line for line in ahead.report if args.all or not (done or line.unchanged)]
    return Reply(
        {
            **set_data(form),
            "counts": {fate.value: count for fate, count in ahead.counts().items()},
            "criteria": [_data(context, line) for line in ahead.report],
        },
        [*(_line(context, ahead, line, done=done) for line in named), "; ".join(counts), *end],
    )


def _line(context: Context, ahead: Preview, line: Moved, *, done: bool) -> str:
    criterion = line.new or line.old
    title = f"{moving.codes(line)} {criterion.title}" if criterion else line.id
    why = [context.said(reason) for reason in moving.reasons(line)]
    said = f"{title}: {context.tr(ahead.words(line.fate, done=done))}"
    # Within the brackets they are parts of one sentence.
    return f"{said} ({'; '.join(each.removesuffix('.') for each in why)})" if why else said


def _data(context: Context, line: Moved) -> dict[str, Any]:
    return {
        "id": line.id,
        "old_code": line.old.code if line.old else None,
        "new_code": line.new.code if line.new else None,
        "fate": line.fate.value,
        "differs": [aspect.value for aspect in line.differs],
        "changes": [context.error(change) for change in line.changes],
        "given": {name: list(pair) for name, pair in line.effect.given.items()} if line.effect else {},
        "points": _points(line),
        "voided": [context.error(reason) for reason in line.voided],
    }


def _points(line: Moved) -> list[str | None] | None:
    """Points before and after; None where they are the same."""
    if line.effect is None or line.effect.points[0] == line.effect.points[1]:
        return None
    return [None if each is None else str(each) for each in line.effect.points]


def _set(criteria: CriteriaSet) -> dict[str, Any]:
    return {"name": criteria.name, "version": criteria.version, "digest": criteria.digest}
