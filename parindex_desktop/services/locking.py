"""Chốt điểm: closing the figures, opening them again, and what is entered after the paper was signed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from db import journal
from db.office import record_evidence
from parindex_desktop.domain.assessments import FIGURES, SET, answer_key, content_digest
from parindex_desktop.domain.closing import LONGEST_PERSON, Lock, Signed
from parindex_desktop.domain.errors import UserError
from parindex_desktop.domain.figures import figures_entry
from parindex_desktop.domain.given import own_inputs
from parindex_desktop.domain.merge import DifferencesUnsettled, settled
from parindex_desktop.domain.messages import msgid
from parindex_desktop.domain.recalculation import claims
from parindex_desktop.domain.scoring.answers import UNANSWERED
from parindex_desktop.domain.scoring.outcome import ENGINE, OutcomeState
from parindex_desktop.domain.text import clean, one_line
from parindex_desktop.services.authorship import entered_by
from parindex_desktop.services.filling import FormLocked, put_journalled
from resources.language import day_of

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from db.evidence import Progress
    from parindex_desktop.domain.assessments import Sheet
    from parindex_desktop.domain.revisions import Value
    from parindex_desktop.services.filling import Form
    from parindex_desktop.services.homes import Office


class StillLacking(UserError):
    """Something lacks, and nobody said why it is closed all the same."""

    code = "lock.still_lacking"
    template = msgid(
        "{count} item(s) are still lacking, first {first}. Complete them, or close the figures with the reason "
        "why they lack; the province sees that reason."
    )


class ReasonMissing(UserError):
    """Opening needs a reason."""

    code = "lock.reason_missing"
    template = msgid("The reason is missing. Write why; it stays in the journal.")


class NotLocked(UserError):
    """The figures are not closed yet."""

    code = "lock.not_locked"
    template = msgid("The figures are not locked yet. Lock them (chốt điểm) and have the paper signed first.")


class AlreadyOpen(UserError):
    """There is no lock to take away."""

    code = "lock.already_open"
    template = msgid("The figures are not locked, so they can be changed as they are. Nothing was done.")


class SignedDataMissing(UserError):
    """Number, date and signer belong together."""

    code = "signed.data_missing"
    template = msgid(
        "The number, date and signer of the signed report are needed, with its scanned copy or the reason why "
        "there is none. Nothing was changed."
    )


class SignedBeforeLock(UserError):
    """A paper with figures is not older than they are; unless a clock was wrong when they were locked."""

    code = "signed.before_lock"
    template = msgid(
        "The report is dated {date}, but its figures were locked on {locked} only. Nothing was changed; look at the "
        "date again. If it is right because the clock of this machine was wrong, say so (--though-earlier)."
    )


@dataclass(frozen=True, slots=True)
class SignedPaper:
    """The signed report: its number, date and signer; its scanned copy, or why there is none.

    `though_earlier` says that somebody has looked at a date before the day on which the figures were locked.
    """

    number: str
    date: date | None
    signer: str
    copy: Path | None = None
    without: str = ""
    though_earlier: bool = False


def lock(office: Office, form: Form, incomplete: str = "", approved: str | None = None) -> Form:
    """Close the figures. `incomplete` says why although something lacks; the receiver reads it.

    `approved` is who looked them through, with the title; None is who works here.
    Raises `FormLocked`, `StillLacking` or `DifferencesUnsettled`.
    """
    if form.assessment.lock is not None:
        raise FormLocked
    if form.assessment.unsettled:
        raise DifferencesUnsettled(count=len(form.assessment.unsettled))
    lacking = form.assessment.lacking()
    reason = clean(incomplete, 2000)
    if lacking and not reason:
        raise StillLacking(count=len(lacking), first=lacking[0].criterion.code)
    office.back_up("lock")
    figures = _with_what_was_given(form)
    values = settled({k: v for k, v in form.series.state().items() if k not in {SET, "lock", "signed"}})
    values |= figures
    values[SET] = form.criteria.digest
    with office.read() as session:
        head = journal.head(session)
    closed = Lock(
        content_digest(values),
        office.clock(),
        office.actor,
        head,
        reason if lacking else "",
        ENGINE,
        claims(form.assessment.totals),
        entered_by(office, form),
        checker(office) if approved is None else one_line(approved, LONGEST_PERSON),
    )
    return put_journalled(
        office,
        form,
        {**figures, SET: form.criteria.digest, "lock": closed.entry()},
        "form.locked",
        {"code": closed.code},
    )


def _with_what_was_given(form: Form) -> dict[str, Value]:
    """The figures of every criterion for which the province gives some: what is signed stands by itself.

    What it gave at an earlier lock and gives no more is in none of them.
    """
    return {
        answer_key(sheet.criterion.id, FIGURES): _to_be_signed(sheet)
        for sheet in form.assessment.sheets.values()
        if sheet.copied or sheet.given
    }


def _to_be_signed(sheet: Sheet) -> Value:
    if sheet.given and sheet.outcome.state is not OutcomeState.UNSCORED:
        return figures_entry(sheet.answer, sheet.given)
    own = replace(sheet.answer, inputs=own_inputs(sheet.answer.inputs, sheet.given))
    return None if own == UNANSWERED else figures_entry(own)


def checker(office: Office) -> str:
    """Who looks the figures through unless somebody else is named: who works here; empty where nobody said so."""
    return office.person.words if office.person else ""


def unlock(office: Office, form: Form, reason: str) -> Form:
    """Open the figures again, without what the province gave at the lock and gives no more.

    Raises `AlreadyOpen` or `ReasonMissing`; nothing handed over is touched.
    """
    if form.assessment.lock is None:
        raise AlreadyOpen
    reason = clean(reason, 2000)
    if not reason:
        raise ReasonMissing
    return put_journalled(office, form, {"lock": None, "signed": None}, "form.unlocked", {"reason": reason})


def is_before_lock(form: Form, paper: SignedPaper) -> bool:
    """Whether the paper is dated before the day on which the figures in it were locked."""
    closed = form.assessment.lock
    return closed is not None and paper.date is not None and paper.date < day_of(closed.at)


def record_signed(
    office: Office, form: Form, paper: SignedPaper, progress: Progress = lambda _done, _total: None
) -> Form:
    """Enter what the paper got after the signature; the answers stay locked.

    Either the scanned copy with number, date and signer, or the reason why it is handed over without them.
    `progress` is told the bytes of the copy. Raises `NotLocked`, `SignedDataMissing`, `SignedBeforeLock`, or what
    `EvidenceStore.add` names.
    """
    closed = form.assessment.lock
    if closed is None:
        raise NotLocked
    number, signer = one_line(paper.number, 100), one_line(paper.signer, 200)
    without = clean(paper.without, 2000)
    whole = bool(number and paper.date and signer)
    if not (whole and paper.copy) and not without:
        raise SignedDataMissing
    if is_before_lock(form, paper) and not paper.though_earlier:
        raise SignedBeforeLock(date=paper.date, locked=day_of(closed.at))
    signed = Signed(closed.digest, number, paper.date, signer, without="" if paper.copy else without)
    if paper.copy:
        stored = office.evidence.add(paper.copy, progress)
        signed = Signed(
            closed.digest,
            number,
            paper.date,
            signer,
            one_line(paper.copy.name, 255),
            stored.sha256,
            stored.size,
        )
        assert office.record.unit is not None
        with office.begin() as session:
            record_evidence(session, [stored], office.record.unit, office.clock())
    return put_journalled(office, form, {"signed": signed.entry()}, "form.signed", {"number": number})
