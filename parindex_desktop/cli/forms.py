"""form, lock, unlock, signed, export: the year of an office that is assessed (`moving` has more of form)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from parindex_desktop.cli import attention, form_sheets, moving
from parindex_desktop.cli.context import Context, Reply
from parindex_desktop.cli.exits import DIFFERENCES
from parindex_desktop.cli.options import (
    IncompleteOptionMissing,
    add_document,
    add_inputs,
    add_output,
    described_by,
    documents_without_file,
    named_input,
)
from parindex_desktop.domain.messages import msgid
from parindex_desktop.domain.revisions import State, content_code
from parindex_desktop.domain.scoring.answers import Answer, Applicability
from parindex_desktop.domain.scoring.inputs import read_date
from parindex_desktop.domain.scoring.showing import shown_answer
from parindex_desktop.domain.text import clean
from parindex_desktop.services import attaching, filling, handing_over, locking, reporting_progress
from parindex_desktop.services.files import on_one_disk
from parindex_desktop.services.paper_texts import ANNEX_TEXTS
from parindex_desktop.services.progressing import open_progress

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from parindex_desktop.domain.assessments import Assessment, Sheet
    from parindex_desktop.domain.criteria import Criterion
    from parindex_desktop.domain.messages import Message
    from parindex_desktop.services.homes import Office
    from parindex_desktop.services.series_export import HandedOver


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser], tr: Callable[[str], str]) -> None:
    """Add the commands of this module."""
    of_form = commands.add_parser("form", help=tr("the self-assessment of this office"))
    of_form.set_defaults(of_year=True)
    form = of_form.add_subparsers(required=True, metavar="ACTION")
    form.add_parser("show", help=tr("points and state of every criterion")).set_defaults(run=_show)
    form.add_parser("check", help=tr("what is still lacking")).set_defaults(run=_check)
    _add_answer(form.add_parser("answer", help=tr("fill in one criterion")), tr)
    text = form.add_parser("text", help=tr("set a text in the annex of the report"))
    text.add_argument("name", choices=ANNEX_TEXTS, metavar="NAME", help=tr("difficulties or proposals"))
    text.add_argument("text", metavar="TEXT", help=tr("what stands on paper; an empty text clears it"))
    text.set_defaults(run=_text)
    moving.add_to(form, tr)
    form_sheets.add_to(form, tr)

    lock = commands.add_parser("lock", help=tr("close the figures (chốt điểm)"))
    lock.add_argument(
        "--incomplete", default="", metavar="REASON", help=tr("why, although something is lacking")
    )
    lock.add_argument(
        "--checked-by", metavar="NAME", help=tr("who looked the figures through, with the title (else --as)")
    )
    lock.set_defaults(run=_lock, of_year=True)
    unlock = commands.add_parser("unlock", help=tr("open the figures again"))
    unlock.add_argument("--reason", required=True, help=tr("why; it stays in the journal"))
    unlock.set_defaults(run=_unlock, of_year=True)
    signed = commands.add_parser("signed", help=tr("enter what the paper got after it was signed"))
    signed.add_argument(
        "--number", default="", metavar="TEXT", help=tr("number of the report, for example 05/BC-UBND")
    )
    signed.add_argument("--date", metavar="DATE", help=tr("day of the report, dd/mm/yyyy"))
    signed.add_argument("--by", default="", metavar="NAME", help=tr("who signed it"))
    signed.add_argument("--file", type=Path, metavar="FILE", help=tr("scanned copy of the signed report"))
    signed.add_argument("--without", default="", metavar="REASON", help=tr("why there is no signed copy"))
    signed.add_argument(
        "--though-earlier",
        action="store_true",
        help=tr("the date is right although it lies before the day of locking: the clock was wrong"),
    )
    signed.set_defaults(run=_signed, of_year=True)
    export = commands.add_parser("export", help=tr("hand over: write one signed bundle"))
    add_output(export, tr("where to write"), "FILE|FOLDER")
    export.add_argument("--draft", action="store_true", help=tr("a draft for this office's other machine"))
    export.add_argument(
        "--progress",
        action="store_true",
        help=tr("the progress of the year's plans instead of the self-assessment"),
    )
    export.set_defaults(run=_export, of_year=True)


def _add_answer(answer: argparse.ArgumentParser, tr: Callable[[str], str]) -> None:
    answer.add_argument("code", metavar="CODE", help=tr("printed code, for example 3.7"))
    add_inputs(answer, tr)
    choice = answer.add_mutually_exclusive_group()
    choice.add_argument("--na", metavar="GROUND", help=tr("not applicable, with its ground"))
    choice.add_argument("--nothing-arose", action="store_true", help=tr("nothing arose in the year"))
    answer.add_argument("--explain", metavar="TEXT", help=tr("explanation (giải trình)"))
    answer.add_argument("--reason", metavar="TEXT", help=tr("reason for less than the maximum"))
    answer.add_argument("--note", metavar="TEXT", help=tr("note of the unit"))
    answer.add_argument(
        "--evidence", action="append", default=[], metavar="FILE[#page=N]", help=tr("file that proves it")
    )
    add_document(answer, tr)
    answer.set_defaults(run=_answer)


def _show(context: Context, _: argparse.Namespace) -> Reply:
    with context.office(unnamed=True) as office:
        form = filling.open_form(office, context.year)
        opened = handing_over.reopened(office, form)
    total = form.assessment.totals.overall
    lines = []
    for criterion in form.criteria.walk():
        if criterion.children:
            points = form.assessment.totals.by_id[criterion.id].points
            lines.append(
                context.tr(
                    "{code} {title}: {points} / {maximum}",
                    code=criterion.code,
                    title=criterion.title,
                    points=points,
                    maximum=criterion.maximum,
                )
            )
        else:
            lines.append(_sheet_line(context, form.assessment.sheets[criterion.id]))
    lines += [_text_line(context, form, name) for name in ANNEX_TEXTS]
    values = {"scored": total.scored, "all": total.to_score, "count": total.unconfirmed}
    scored = msgid("{scored} / {all} criteria scored")
    if total.unconfirmed:
        scored = msgid("{scored} / {all} criteria scored, {count} not confirmed")
    elif form.criteria.has_extras:
        scored = msgid("{scored} / {all} criteria of the main part scored")
    lines.append(
        context.tr(
            "Total: {points} / {maximum} self-assessable points ({scored}), {stage}.",
            points=total.points,
            maximum=total.maximum,
            scored=context.tr(scored, **values),
            stage=_stage(context, form),
        )
    )
    found = form.assessment.totals
    if form.criteria.has_extras:
        lines.append(
            context.tr(
                "That is {main} points of the main part, with {bonus} bonus, less {penalty} penalty (never below 0). "
                "Bonus and penalty do not count among the criteria scored.",
                main=found.main.points,
                bonus=found.bonus,
                penalty=found.penalty,
            )
        )
    counted = form.counted_in_part
    lines += moving.newer_lines(context, form)
    beside = form.beside_last_year
    lines += [context.said(each) for each in (counted, beside, opened) if each]
    lines += attention.lines(context, form.assessment, own=True)
    return Reply(
        {
            "year": form.year,
            "counted": _counted(counted),
            "beside_last_year": context.error(beside) if beside else None,
            **moving.set_data(form),
            "stage": "handed_over" if handing_over.handed_over(form) else form.assessment.stage.value,
            "points": str(total.points),
            "maximum": str(total.maximum),
            "scored": total.scored,
            "unconfirmed": total.unconfirmed,
            "to_score": total.to_score,
            "bonus": str(found.bonus),
            "penalty": str(found.penalty),
            **hands(form.assessment),
            "reopened": context.error(opened) if opened else None,
            "texts": {name: form.assessment.report[name] for name in ANNEX_TEXTS},
            **attention.data(form.assessment),
            "criteria": [_sheet_data(context, sheet) for sheet in form.assessment.sheets.values()],
        },
        lines,
    )


def _counted(counted: Message | None) -> dict[str, str] | None:
    """From when to when the figures are counted, where that is not the whole year."""
    return {name: str(day) for name, day in counted.values.items()} if counted else None


def _text(context: Context, args: argparse.Namespace) -> Reply:
    with context.office() as office:
        form = filling.open_form(office, context.year)
        form = filling.set_report_text(office, form, args.name, args.text)
    return Reply(
        {"name": args.name, "text": form.assessment.report[args.name]}, [_text_line(context, form, args.name)]
    )


def _text_line(context: Context, form: filling.Form, name: str) -> str:
    what, text = context.tr(ANNEX_TEXTS[name]), form.assessment.report[name]
    return context.tr("{name} – {what}: {text}", name=name, what=what, text=text or "–")


def hands(assessment: Assessment) -> dict[str, Any]:
    """Who entered, looked through and signed what is locked, for scripts."""
    lock, signed = assessment.lock, assessment.signed
    return {
        "entered": list(lock.entered) if lock else [],
        "approved": lock.approved if lock else "",
        "signer": signed.signer if signed else "",
    }


def _stage(context: Context, form: filling.Form) -> str:
    if handing_over.handed_over(form):
        return context.tr("Handed over (hand-over {times})", times=handing_over.times_handed_over(form))
    return context.tr(form.assessment.stage.words)


def _check(context: Context, _: argparse.Namespace) -> Reply:
    with context.office(unnamed=True) as office:
        form = filling.open_form(office, context.year)
        opened = handing_over.reopened(office, form)
    lacking = form.assessment.lacking()
    lines = [
        f"{sheet.criterion.code} {sheet.criterion.title}: "
        + "; ".join(context.tr(need.words) for need in sheet.needs)
        for sheet in lacking
    ] or [context.tr("Nothing is lacking.")]
    lines += moving.newer_lines(context, form)
    lines += [context.said(opened)] if opened else []
    lines += attention.lines(context, form.assessment, own=True)
    return Reply(
        {
            **moving.set_data(form),
            "lacking": [{"code": s.criterion.code, "needs": [n.value for n in s.needs]} for s in lacking],
            "reopened": context.error(opened) if opened else None,
            **attention.data(form.assessment),
        },
        lines,
        DIFFERENCES if form.assessment.unsettled else 0,
    )


def _answer(context: Context, args: argparse.Namespace) -> Reply:
    # Whatever can be wrong with the arguments is found before anything is written.
    typed = dict(named_input(text) for text in args.input)
    day = read_date(args.date) if args.date else None
    told = {"explanation": args.explain, "reason": args.reason, "note": args.note}
    texts = {name: clean(text) for name, text in told.items() if text is not None}
    with context.office() as office:
        form = filling.open_form(office, context.year)
        criterion = form.sheet(args.code).criterion
        given = _given(form, criterion, args, typed)
        files = [_kept(context, office, form, text) for text in args.evidence]
        attaching.check_new(form, criterion, [file for file, _ in files])
        if given is not None:
            form = filling.answer(office, form, criterion, given)
        for name, text in texts.items():
            form = filling.set_text(office, form, criterion, name, text)
        for kept_file, page in files:
            form, document = attaching.attach_kept(office, form, criterion, kept_file, page)
            form = attaching.describe_document(office, form, described_by(document, args, day))
        for document in documents_without_file(args, day):
            form = attaching.add_document(office, form, criterion, document)
        sheet = form.sheet(args.code)
    return Reply({"answer": _sheet_data(context, sheet)}, [_sheet_line(context, sheet)])


def _given(
    form: filling.Form, criterion: Criterion, args: argparse.Namespace, typed: dict[str, str]
) -> Answer | None:
    """What is declared by the arguments; None where they say nothing of it."""
    answer = form.assessment.sheets[criterion.id].answer
    if typed:
        answer = filling.typed_answer(form, criterion, typed)
    if args.na is not None:
        return Answer(Applicability.NOT_APPLICABLE, args.na, answer.inputs)
    if args.nothing_arose:
        return Answer(Applicability.NOTHING_AROSE, "", answer.inputs)
    return answer if typed else None


def _kept(context: Context, office: Office, form: filling.Form, text: str) -> tuple[attaching.KeptFile, str]:
    """The file and the page that FILE[#page=N] says; nothing is linked yet."""
    if form.assessment.lock is not None:
        raise filling.FormLocked
    name, _, page = text.partition("#page=")
    return attaching.keep_file(office, Path(name), context.progress()), page


def _lock(context: Context, args: argparse.Namespace) -> Reply:
    with context.office() as office:
        form = filling.open_form(office, context.year)
        try:
            form = locking.lock(office, form, args.incomplete, args.checked_by)
        except locking.StillLacking as fault:
            raise IncompleteOptionMissing(**fault.values) from fault
    assert form.assessment.lock is not None
    code = form.assessment.lock.code
    return Reply(
        {**hands(form.assessment), "code": code, "lacking": len(form.assessment.lacking())},
        [context.tr("The figures are locked. Matching code of paper and file: {code}", code=code)],
    )


def _unlock(context: Context, args: argparse.Namespace) -> Reply:
    with context.office() as office:
        locking.unlock(office, filling.open_form(office, context.year), args.reason)
    return Reply({}, [context.tr("The figures can be changed again. What was handed over stays as it is.")])


def _signed(context: Context, args: argparse.Namespace) -> Reply:
    paper = locking.SignedPaper(
        args.number,
        read_date(args.date) if args.date else None,
        args.by,
        args.file,
        args.without,
        args.though_earlier,
    )
    with context.office() as office:
        locking.record_signed(office, filling.open_form(office, context.year), paper, context.progress())
    return Reply({}, [context.tr("Entered. The report can be handed over now.")])


def _export(context: Context, args: argparse.Namespace) -> Reply:
    state = State.DRAFT if args.draft else State.FINAL
    with context.office() as office:
        done = (
            _progress_out(context, office, args, state)
            if args.progress
            else _form_out(context, office, args, state)
        )
        on_stick = not on_one_disk(office.home, done.target.parent)
    code = content_code(done.digest)
    written = (
        msgid("{file} ({size} bytes) was written, read back and compared. The stick may be removed.")
        if on_stick
        else msgid("{file} ({size} bytes) was written, read back and compared.")
    )
    return Reply(
        {
            "file": str(done.target),
            "revision": done.digest,
            "content_code": code,
            "sequence": done.sequence,
            "sha256": done.written.sha256,
            "size": done.written.size,
        },
        [
            context.tr(written, file=done.target, size=done.written.size),
            context.tr("Content code (SHA-256): {code}", code=code),
        ],
    )


def _form_out(context: Context, office: Office, args: argparse.Namespace, state: State) -> HandedOver:
    form = filling.open_form(office, context.year)
    write = handing_over.export_draft if args.draft else handing_over.hand_over
    secret = context.passphrase() if handing_over.must_sign(office, form, state) else ""
    return write(office, form, secret, args.output, context.progress())[1]


def _progress_out(context: Context, office: Office, args: argparse.Namespace, state: State) -> HandedOver:
    progress = open_progress(office, context.year)
    secret = context.passphrase() if reporting_progress.must_sign(office, progress, state) else ""
    return reporting_progress.hand_over(office, progress, secret, args.output, state, context.progress())[1]


def _sheet_line(context: Context, sheet: Sheet) -> str:
    points = context.tr("{points}", points=sheet.outcome.points) if sheet.outcome.points is not None else "–"
    needs = "; ".join(context.tr(need.words) for need in sheet.needs)
    reason = context.said(sheet.outcome.reason)
    line = f"{sheet.criterion.code} {sheet.criterion.title}: {points} ({reason})"
    if sheet.given:
        titles = [spec.title for spec in sheet.criterion.inputs if spec.name in sheet.given]
        line += context.tr(" – given by the province: {titles}", titles=titles)
    if sheet.withdrawn:
        titles = [spec.title for spec in sheet.criterion.inputs if spec.name in sheet.withdrawn]
        line += context.tr(" – given by the province no more: {titles}", titles=titles)
    return f"{line} [{needs}]" if needs else line


def _sheet_data(context: Context, sheet: Sheet) -> dict[str, Any]:
    return {
        "code": sheet.criterion.code,
        "title": sheet.criterion.title,
        "maximum": str(sheet.criterion.maximum),
        "given": dict(sheet.given),
        "inputs": {spec.name: sheet.answer.inputs.get(spec.name) for spec in sheet.criterion.inputs},
        "declared": [context.said(line) for line in shown_answer(sheet.criterion, sheet.answer)],
        "points": None if sheet.outcome.points is None else str(sheet.outcome.points),
        "state": sheet.outcome.state.value,
        "reason": context.said(sheet.outcome.reason),
        "needs": [need.value for need in sheet.needs],
        "unconfirmed": list(sheet.unconfirmed),
        "documents": len(sheet.evidence),
    }
