"""What the desk says of a bundle and of a unit in a word, and the lines about a self-assessment."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from parindex_desktop.domain.merge import first_few
from parindex_desktop.domain.recalculation import recalculated
from parindex_desktop.domain.revisions import Kind
from parindex_desktop.domain.text import one_line
from parindex_desktop.services.received import Arrived
from parindex_desktop.services.receiving import Outcome
from resources import msgid
from ui.form.wording import NOTHING, figure, percent
from ui.language import tr
from ui.theme.icons import Icon
from ui.theme.tokens import Tone
from ui.widgets.dates import date_text
from ui.widgets.signs import Sign

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from parindex_desktop.domain.assessments import Assessment
    from parindex_desktop.domain.scoring.totals import Total
    from parindex_desktop.services.finding import Found
    from parindex_desktop.services.received import UnitRow
    from parindex_desktop.services.receiving import Taken

OUTCOMES: Final[Mapping[Outcome, Sign]] = {
    outcome: Sign(outcome.words, tone, icon)
    for outcome, tone, icon in (
        (Outcome.FIRST, Tone.GOOD, Icon.NEW),
        (Outcome.LATER, Tone.ACCENT, Icon.LATER),
        (Outcome.FORKED, Tone.CARE, Icon.FORKED),
        (Outcome.HELD, Tone.NEUTRAL, Icon.HELD),
        (Outcome.TWIN, Tone.NEUTRAL, Icon.HELD),
        (Outcome.OLDER, Tone.NEUTRAL, Icon.HELD),
        (Outcome.REFUSED, Tone.WRONG, Icon.REFUSED),
        (Outcome.FAILED, Tone.CARE, Icon.WARNING),
    )
}
"""The verdict on a bundle."""

COUNTS: Final[Mapping[Outcome, str]] = {
    Outcome.FIRST: msgid("{count} for the first time"),
    Outcome.LATER: msgid("{count} handed over again"),
    Outcome.FORKED: msgid("{count} in two parallel versions"),
    Outcome.HELD: msgid("{count} already taken in"),
    Outcome.TWIN: msgid("{count} twice in the list"),
    Outcome.OLDER: msgid("{count} older than what is held"),
    Outcome.REFUSED: msgid("{count} not valid"),
    Outcome.FAILED: msgid("{count} could not be read"),
}
"""How many bundles have a verdict."""

KIT_COUNTS: Final[Mapping[Outcome, str]] = {
    Outcome.FIRST: msgid("{count} kit(s) of the province"),
    Outcome.LATER: msgid("{count} newer kit(s) of the province"),
    Outcome.FORKED: msgid("{count} parallel kit(s)"),
}
"""The same of kits, which nobody hands over; other verdicts count them with all bundles."""

ARRIVED: Final[Mapping[Arrived, Sign]] = {
    arrived: Sign(arrived.words, tone, icon)
    for arrived, tone, icon in (
        (Arrived.NOTHING, Tone.NEUTRAL, Icon.UNSCORED),
        (Arrived.WHOLE, Tone.GOOD, Icon.COMPLETE),
        (Arrived.INCOMPLETE, Tone.CARE, Icon.MISSING_REASON),
        (Arrived.FORKED, Tone.CARE, Icon.FORKED),
    )
}
"""What came from a unit."""

_KINDS: Final = 4
"""Kinds of files that are told one by one."""
_ENDING: Final = 12
"""Letters of an ending that are shown; longer ones are no endings but parts of names."""

LATE: Final = Sign(Arrived.NOTHING.words, Tone.WRONG, Icon.UNSCORED)


def verdict(taken: Taken) -> Sign:
    """What became of a bundle, of a kit in its own words."""
    sign = OUTCOMES[taken.outcome]
    return Sign(taken.words, sign.tone, sign.icon)


def counts(taken: Sequence[Taken]) -> list[Sign]:
    """How many bundles have each verdict, in the order of the verdicts."""
    found = Counter((each.outcome, _count_words(each)) for each in taken)
    ranked = sorted(found, key=lambda each: list(Outcome).index(each[0]))
    return [
        Sign(words, OUTCOMES[outcome].tone, OUTCOMES[outcome].icon, {"count": found[outcome, words]})
        for outcome, words in ranked
    ]


def _count_words(taken: Taken) -> str:
    own = KIT_COUNTS if taken.kind is Kind.KIT else COUNTS
    return own.get(taken.outcome, COUNTS[taken.outcome])


def outcome_note(taken: Taken) -> str:
    """What the list says beside the verdict: the first sentence of a refusal, or what else must be looked at."""
    if taken.problem is not None:
        # Sentences of errors begin with what happened; the rest stands at the right.
        return tr(taken.problem).partition(". ")[0]
    assessment = taken.brought.assessment if taken.brought else None
    found = (len(recalculated(assessment)), len(assessment.outdated())) if assessment else (0, 0)
    return taken.twin_of or "; ".join(filter(None, (missing_note(taken.missing), attention_note(*found))))


def attention_note(points: int, figures: int) -> str:
    """For how many criteria the points come out otherwise than locked, and the province gives other figures now."""
    said = (
        tr("points computed otherwise: {count}", count=points) if points else "",
        tr("given figures changed: {count}", count=figures) if figures else "",
    )
    return "; ".join(filter(None, said))


def passed_over(found: Found) -> str:
    """What the look through folders left out, and how much of each kind; empty where it left nothing out."""
    said = []
    if found.passed_over:
        kinds = sorted(found.passed_over.items(), key=lambda kind: (-kind[1], kind[0]))
        named = [_kind(ending, count) for ending, count in kinds[:_KINDS]]
        if rest := sum(count for _, count in kinds[_KINDS:]):
            named.append(tr("{count} of other kinds", count=rest))
        total = sum(found.passed_over.values())
        said.append(
            tr(
                "Passed over in the folders, since they are no bundles: {count} file(s) ({kinds}).",
                count=total,
                kinds=named,
            )
        )
    if found.unread:
        said.append(tr("Folders that could not be looked into: {names}.", names=found.unread))
    return " ".join(said)


def _kind(ending: str, count: int) -> str:
    if not ending:
        return tr("{count} without an ending", count=count)
    return tr("{count} .{ending}", count=count, ending=one_line(ending[:_ENDING]))


def missing_note(missing: tuple[int, ...]) -> str:
    """Which hand-overs never came, the first few of many."""
    numbers, more = first_few(missing)
    if more:
        return tr("time {numbers} and {more} more not received", numbers=numbers, more=more)
    return tr("time {numbers} not received", numbers=numbers) if missing else ""


def arrived_note(row: UnitRow, days_late: int) -> str:
    """What the overview says beside the state of a unit."""
    said = ""
    match row.arrived:
        case Arrived.NOTHING:
            return tr("{days} days late", days=days_late) if days_late > 0 else ""
        case Arrived.INCOMPLETE:
            said = tr("{count} file(s)", count=row.lacking_files)
        case Arrived.FORKED:
            said = tr("{count} to be settled", count=row.unsettled) if row.unsettled else ""
        case Arrived.WHOLE:
            said = tr("older version of the set") if row.older_set else ""
    missing = "" if row.arrived is Arrived.FORKED else missing_note(row.missing)
    return "; ".join(filter(None, (said, missing, attention_note(len(row.recalculated), len(row.outdated)))))


def time_text(time: datetime | None) -> str:
    """A time of day with its date."""
    return tr("{time}", time=time) if time else NOTHING


def out_of(total: Total) -> str:
    """Points out of those that can be had."""
    return tr("{points} / {maximum}", points=total.points, maximum=total.maximum)


def paper_lines(assessment: Assessment, *, forked: bool) -> list[tuple[str, str]]:
    """What is known of a self-assessment and of the paper that was signed for it, as lines of `Facts`.

    Of `forked` versions each has a paper of its own.
    """
    found = assessment.totals
    total = found.overall
    extras = tr("with {bonus} bonus, less {penalty} penalty", bonus=found.bonus, penalty=found.penalty)
    lock, signed = assessment.lock, assessment.signed
    without_code = (
        tr("differs between the versions")
        if forked
        else tr("none: these are not the figures that were locked")
    )
    return [
        (tr("Self points"), out_of(total)),
        ("", extras if assessment.criteria.has_extras else ""),
        (tr("Rate (without the survey)"), percent(total.percentage)),
        (tr("Criteria scored"), tr("{scored} / {all}", scored=total.scored, all=total.to_score)),
        (tr("Not applicable"), figure(total.not_applicable) if total.not_applicable else ""),
        (tr("Still lacking"), figure(len(assessment.lacking())) if assessment.lacking() else ""),
        (tr("Reason why something lacks"), lock.incomplete if lock else ""),
        (tr("Matching code on the paper"), lock.code if lock else without_code),
        (tr("Entered by"), "; ".join(lock.entered) if lock else ""),
        (tr("Looked through by"), lock.approved if lock else ""),
        (tr("Number of the report"), signed.number if signed else ""),
        (tr("Date of the report"), date_text(signed.date) if signed else ""),
        (tr("Signed by"), signed.signer if signed else ""),
        (tr("Signed copy"), signed.name if signed else ""),
        (tr("Reason for no signed copy"), signed.without if signed else ""),
    ]
