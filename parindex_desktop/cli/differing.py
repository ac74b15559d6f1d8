"""differences: the values that two machines of an office wrote side by side, and which of them stands."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from parindex_desktop.cli.context import Context, Reply
from parindex_desktop.cli.exits import DIFFERENCES, DONE
from parindex_desktop.domain.revisions import Kind
from parindex_desktop.domain.units import Level
from parindex_desktop.services import differences, progressing, settling_kits, settling_progress
from parindex_desktop.services.filling import UnitUnknown
from parindex_desktop.services.register import NoKitYet

if TYPE_CHECKING:
    from collections.abc import Callable

    from parindex_desktop.domain.messages import Message
    from parindex_desktop.services.differences import Difference, Origin
    from parindex_desktop.services.homes import Office
    from parindex_desktop.services.settling_progress import ReportedTwice


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser], tr: Callable[[str], str]) -> None:
    """Add the commands of this module."""
    parts = commands.add_parser("differences", help=tr("values that differ between two machines of a unit"))
    actions = parts.add_subparsers(required=True, metavar="ACTION")
    actions.add_parser("list", help=tr("open differences")).set_defaults(run=_differences)
    settle = actions.add_parser("settle", help=tr("let one value stand (only the unit itself)"))
    settle.add_argument(
        "key", metavar="ENTRY", help=tr("entry as listed, or “kit” for all that two kits differ in")
    )
    settle.add_argument(
        "number", type=_number(tr), metavar="NUMBER", help=tr("number of the value as listed")
    )
    settle.set_defaults(run=_settle)


def _number(tr: Callable[[str], str]) -> Callable[[str], int]:
    """Reads a number of the list; argparse's own sentence would name a type of Python."""

    def read(text: str) -> int:
        if not text.isdecimal() or len(text) > 9:
            raise argparse.ArgumentTypeError(tr("a number of the list is needed, for example 1"))
        return int(text)

    return read


def _differences(context: Context, _: argparse.Namespace) -> Reply:
    with context.office(unnamed=True) as office:
        found = differences.differences(office, context.year)
        rivals = []
        if office.level is Level.PROVINCE:
            found = [*settling_kits.kit_differences(office), *found]
            rivals = settling_kits.rival_kits(office)
        reported = _reported_twice(context, office)
    lines = [
        f"{number}. {context.said(settling_kits.kit_words(each))}" for number, each in enumerate(rivals, 1)
    ]
    if rivals:
        lines.append(_beside(context, differ=any(each.of_kits for each in found)))
    for each in found:
        lines += _difference_lines(context, each)
    for twice in reported:
        lines.append(
            context.tr("Progress: {about} ({entry})", about=_said(context, twice.about), entry=_entry(twice))
        )
        shown = (_said(context, settling_progress.shown_value(value)) for value in twice.values)
        lines += [f"  {number}. {value}" for number, value in enumerate(shown, 1)]
    return Reply(
        {
            "kits": [
                {
                    "sequence": each.sequence,
                    "revision": each.digest,
                    "claimed": each.claimed.isoformat() if each.claimed else None,
                }
                for each in rivals
            ],
            "differences": [
                {
                    "unit": each.unit,
                    "name": each.unit_name,
                    "entry": each.key,
                    "code": each.criterion.code if each.criterion else None,
                    "values": [version.value for version in each.versions],
                }
                for each in found
            ],
            "progress": [{"entry": _entry(each), "values": list(each.values)} for each in reported],
        },
        lines or [context.tr("Nothing differs.")],
        DIFFERENCES if found or rivals or reported else DONE,
    )


def _reported_twice(context: Context, office: Office) -> list[ReportedTwice]:
    """What this office's machines reported differently; nothing where it is no unit of a kit yet."""
    try:
        return settling_progress.reported_twice(progressing.open_progress(office, context.year))
    except (NoKitYet, UnitUnknown):
        return []


def _entry(twice: ReportedTwice) -> str:
    return f"{_PROGRESS}{twice.key}"


def _said(context: Context, words: Message | str) -> str:
    return words if isinstance(words, str) else context.said(words)


_PROGRESS = "progress/"
"""Begins the name of an entry of progress, whose own name a form may have as well."""


def _beside(context: Context, *, differ: bool) -> str:
    """What is to be done about kits that stand side by side."""
    if differ:
        return context.tr(
            "These kits stand side by side. “parindex differences settle kit NUMBER” lets everything stand as one "
            "of them says, “differences settle ENTRY NUMBER” settles one place; then export a kit that continues both."
        )
    return context.tr(
        "These kits stand side by side and contradict each other in nothing. Export a kit that continues both."
    )


def _settle(context: Context, args: argparse.Namespace) -> Reply:
    with context.office() as office:
        if args.key.startswith(_PROGRESS):
            return _settle_progress(context, office, args)
        if office.level is Level.PROVINCE and not args.key.startswith(_OF_FORMS):
            return _settle_kit(context, office, args)
        context.name_year(office)
        form = differences.settle_own(office, context.year, args.key, args.number)
    rest = len(form.assessment.unsettled)
    return Reply(
        {"entry": args.key, "left": rest},
        [context.tr("Settled. Differences left: {count}. Lock and hand over again.", count=rest)],
    )


def _settle_progress(context: Context, office: Office, args: argparse.Namespace) -> Reply:
    progress = progressing.open_progress(office, context.year)
    progress = settling_progress.settle(office, progress, args.key.removeprefix(_PROGRESS), args.number)
    rest = len(settling_progress.reported_twice(progress))
    return Reply(
        {"entry": args.key, "left": rest},
        [context.tr("Settled. Differences left: {count}. Then hand the progress over again.", count=rest)],
    )


_OF_FORMS = ("answer/", "confirm/", "document/", "link/", "report/")
"""Begin the entries of self-assessments, which only the unit itself settles."""


def _settle_kit(context: Context, office: Office, args: argparse.Namespace) -> Reply:
    """Settle what differs between kits that the province made side by side."""
    if args.key == Kind.KIT:
        rest = settling_kits.settle_as(office, args.number)
    else:
        rest = settling_kits.settle_kit(office, args.key, args.number)
    return Reply(
        {"entry": args.key, "left": rest},
        [context.tr("Settled. Differences left: {count}. Export a new kit when there are none.", count=rest)],
    )


def _difference_lines(context: Context, each: Difference) -> list[str]:
    place = f"{each.criterion.code} {each.criterion.title} – " if each.criterion else ""
    whose = f"{each.unit_name}, {each.period}" if each.period else each.unit_name
    lines = [f"{whose}: {place}{context.said(each.part)} ({each.key})"]
    for number, version in enumerate(each.versions, 1):
        shown = "; ".join(line if isinstance(line, str) else context.said(line) for line in version.lines)
        origins = ", ".join(
            context.said(settling_kits.kit_words(origin)) if each.of_kits else _origin(context, origin)
            for origin in version.origins
        )
        lines.append(f"  {number}. {shown} [{origins}]")
    return lines


def _origin(context: Context, origin: Origin) -> str:
    if origin.working:
        return context.tr("this machine, not handed over yet")
    number = str(origin.sequence)
    which = context.tr("draft") if origin.draft else context.tr("hand-over {number}", number=number)
    if origin.claimed is None:
        return context.tr("{which}, never received", which=which)
    return context.tr(
        "{which}, signed {claimed}, key {key}", which=which, claimed=origin.claimed, key=origin.key[:9]
    )
