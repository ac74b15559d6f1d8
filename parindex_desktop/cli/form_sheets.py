"""form export, form import: the self-assessment as a spreadsheet."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from parindex_desktop.cli.context import Context, Reply
from parindex_desktop.cli.exits import DIFFERENCES, DONE
from parindex_desktop.cli.options import add_old_fonts, add_output
from parindex_desktop.services import filling, form_sheets
from parindex_desktop.services.form_sheets import ConflictsOpen, FormSheetFaulty

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable

    from parindex_desktop.services.form_sheets import Change, Preview, Said


def add_to(form: argparse._SubParsersAction[argparse.ArgumentParser], tr: Callable[[str], str]) -> None:
    """Add the actions of this module to `form`."""
    export = form.add_parser("export", help=tr("write the form to a spreadsheet, to be filled in there"))
    add_output(export, tr("workbook (.xlsx) to write"))
    export.set_defaults(run=_export)
    imported = form.add_parser("import", help=tr("take over what was typed into such a spreadsheet"))
    imported.add_argument("file", type=Path, metavar="FILE", help=tr("workbook (.xlsx) that was filled in"))
    imported.add_argument("--dry-run", action="store_true", help=tr("only show what would change"))
    imported.add_argument(
        "--conflicts",
        choices=["sheet", "form"],
        help=tr("which side stands where both were changed since the export (else nothing is taken over)"),
    )
    add_old_fonts(imported, tr)
    imported.set_defaults(run=_import)


def _export(context: Context, args: argparse.Namespace) -> Reply:
    with context.office(unnamed=True) as office:
        form = filling.open_form(office, context.year)
        form_sheets.write_sheet(office, form, args.output)
    said = (
        context.tr("The form was written to {file}.", file=args.output)
        if form.assessment.lock
        else context.tr(
            "The form was written to {file}. Fill in the yellow cells, then take it over by “parindex form import”.",
            file=args.output,
        )
    )
    return Reply({"file": str(args.output), "year": form.year}, [said])


def _import(context: Context, args: argparse.Namespace) -> Reply:
    with context.office(unnamed=args.dry_run) as office:
        form = filling.open_form(office, context.year)
        preview = form_sheets.look_at_sheet(form, args.file, args.old_fonts)
        of_file = {change.key: args.conflicts == "sheet" for change in preview.conflicts}
        worse = () if preview.faults else form_sheets.worsened(form, preview, of_file).values()
        data, lines = _data(context, preview), _lines(context, preview)
        if preview.faults:
            return context.faulty(FormSheetFaulty(preview.faults), taken=0, **data)
        data["worse"] = [context.error(each) for each in worse]
        lines += map(context.said, worse)
        if args.dry_run or (preview.conflicts and args.conflicts is None):
            return _looked(context, preview, data, lines)
        form_sheets.take_sheet(office, form, preview, of_file)
    taken = sum(of_file.get(change.key, True) for change in preview.changes)
    said = context.tr("Entries taken over from the spreadsheet: {count}.", count=taken)
    return Reply({"taken": taken, **data}, [*lines, said])


def _looked(context: Context, preview: Preview, data: dict[str, Any], lines: list[str]) -> Reply:
    """What would change; nothing was taken over."""
    count = len(preview.changes)
    said = [context.tr("Nothing was taken over; entries that would change: {count}.", count=count)]
    if preview.conflicts:
        fault = ConflictsOpen(count=len(preview.conflicts))
        said = [f"{context.said(fault.message)} [{fault.code}]"]
    return Reply({"taken": 0, **data}, [*lines, *said], DIFFERENCES if preview.conflicts else DONE)


def _data(context: Context, preview: Preview) -> dict[str, Any]:
    return {
        "changes": [
            {
                "code": change.criterion.code,
                "part": change.entry,
                "change": change.happens.value,
                "conflict": change.conflict,
                "before": _said(context, change.before),
                "after": _said(context, change.after),
            }
            for change in preview.changes
        ],
        "faults": [context.error(each) for each in preview.faults],
        "left_out": [context.error(each) for each in preview.left_out],
        "unconfirmed": preview.unconfirmed,
    }


def _lines(context: Context, preview: Preview) -> list[str]:
    remarks = [*preview.left_out, *([preview.remark] if preview.remark else [])]
    return [*(_line(context, each) for each in preview.changes), *map(context.said, remarks)]


def _line(context: Context, change: Change) -> str:
    values = {
        "code": change.criterion.code,
        "part": change.part,
        "before": _said(context, change.before) or "–",
        "after": _said(context, change.after) or "–",
    }
    if change.conflict:
        return context.tr("{code} {part}: form {before}, spreadsheet {after} (both changed)", **values)
    return context.tr("{code} {part}: {before} → {after}", **values)


def _said(context: Context, all_said: Iterable[Said]) -> list[str]:
    return [
        context.tr("{value}", value=each.value)
        if each.title is None
        else context.tr("{title}: {value}", title=each.title, value=each.value)
        for each in all_said
    ]
