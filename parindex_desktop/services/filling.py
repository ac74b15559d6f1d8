"""Filling the self-assessment: every change is on the disk before the function returns.

A `Form` is the assessment of one office and year with its working copy. Functions that change it write the
entry, then read the whole assessment again: some sixty criteria take a few milliseconds, and what the window
shows is always what the disk has.
"""

from __future__ import annotations

import json
import uuid
from copy import copy
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from db import journal
from db import revisions as kept
from db.office import record_evidence
from parindex_desktop.domain.assessments import (
    FIGURES,
    REPORT_TEXTS,
    SET,
    TEXTS,
    Assessment,
    Sheet,
    answer_key,
    figures_entry,
    read_assessment,
)
from parindex_desktop.domain.documents import ClassifiedHasFile, Document
from parindex_desktop.domain.documents import Form as DocumentForm
from parindex_desktop.domain.errors import UserError
from parindex_desktop.domain.messages import msgid
from parindex_desktop.domain.revisions import Kind, Series
from parindex_desktop.domain.scoring.answers import UNANSWERED, Answer, Applicability
from parindex_desktop.domain.scoring.inputs import read_input
from parindex_desktop.domain.text import clean, one_line
from parindex_desktop.services.register import current_kit
from parindex_desktop.services.series import OpenSeries, open_series

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from db.database import Session
    from db.evidence import Progress, Stored
    from parindex_desktop.domain.criteria import CriteriaSet, Criterion
    from parindex_desktop.domain.kits import Kit
    from parindex_desktop.domain.merge import Register
    from parindex_desktop.domain.revisions import Value
    from parindex_desktop.services.homes import Office


class FormLocked(UserError):
    """The figures are locked."""

    code = "form.locked"
    template = msgid(
        "The figures are locked (chốt điểm), so nothing can be changed. Unlock them with a reason first; "
        "what was handed over stays as it is."
    )


class UnitUnknown(UserError):
    """The kit does not say which unit this office is."""

    code = "form.unit_unknown"
    template = msgid(
        "The kit does not name this office yet. Send the province your signing request, or choose your unit "
        "from the kit."
    )


class NotALeaf(UserError):
    """Points belong to the lowest criteria only."""

    code = "form.not_a_leaf"
    template = msgid(
        "{criterion} is a heading; its points are the sum of those below it. Choose one of them."
    )


class NotSelfScored(UserError):
    """Survey and SIPAS criteria, and those the set takes out, are not filled in."""

    code = "form.not_self_scored"
    template = msgid("{criterion} is not self-scored. Nothing was changed.")


class InputUnknown(UserError):
    """A name that the criterion does not ask for."""

    code = "form.input_unknown"
    template = msgid("{criterion} has no input “{name}”. Its inputs: {names}.")


class DocumentUnknown(UserError):
    """No such document."""

    code = "form.document_unknown"
    template = msgid("That document is not part of this assessment any more. Look at the list again.")


@dataclass(frozen=True, slots=True)
class Form:
    """The self-assessment as it stands.

    `saved` is when the working copy was last written; `unwritten` are revisions that this machine has signed and
    keeps, but of which it has neither written a bundle nor seen one.
    """

    series: OpenSeries
    kit: Kit
    assessment: Assessment
    saved: datetime | None
    unwritten: frozenset[str]

    @property
    def year(self) -> str:
        """The year that is assessed."""
        assert self.series.series.period is not None
        return self.series.series.period

    @property
    def criteria(self) -> CriteriaSet:
        """The set that it is filled under."""
        return self.assessment.criteria

    def sheet(self, code: str) -> Sheet:
        """The sheet of the criterion with that printed code; raises `CriterionUnknown` or `NotALeaf`."""
        criterion = self.criteria.by_code(code)
        if criterion.children:
            raise NotALeaf(criterion=code)
        return self.assessment.sheets[criterion.id]


def open_form(office: Office, year: str | None = None) -> Form:
    """The form of `year`, or of the newest period of the kit.

    Raises `NoKitYet`, `UnitUnknown`, or what `Kit.criteria_set` names.
    """
    kit = current_kit(office)
    if office.record.unit is None:
        raise UnitUnknown
    chosen = year or office.record.period or max(kit.periods, default="")
    current = kit.criteria_set(chosen, office.level)
    series = Series(Kind.ASSESSMENT, office.record.unit, chosen, office.record.unit)
    with office.read() as session:
        opened = open_series(session, series)
        saved = kept.last_edit(session, series)
        unwritten = _unwritten(session, opened, office.record.key)
    state = opened.state()
    assessment = read_assessment(_bound_set(kit, current, state), state)
    return Form(opened, kit, assessment, saved, unwritten)


def put(office: Office, form: Form, values: Mapping[str, Value]) -> Form:
    """Write entries and read the form again; raises `FormLocked`."""
    return put_journalled(office, form, values, "form.changed", {}, though_locked=False)


def put_journalled(
    office: Office,
    form: Form,
    values: Mapping[str, Value],
    action: str,
    details: Mapping[str, Value],
    *,
    though_locked: bool = True,
) -> Form:
    """Write entries on top of what the disk has, with one line in the journal; nothing where they stand so already.

    They are read again before they are committed: what nobody could read is never kept. Raises `FormLocked`.
    """
    with office.begin() as session:
        form = _up_to_date(session, office, form)
        if form.assessment.lock is not None and not though_locked:
            raise FormLocked
        # In a copy: where the disk takes nothing, the form that was given still says what the disk has.
        series = copy(form.series)
        series.edits = dict(series.edits)
        changed = series.put(office, session, values)
        if changed:
            if SET not in series.state():
                series.put(office, session, {SET: form.criteria.digest})
            by: dict[str, Value] = {"person": office.person.id} if office.person else {}
            office.write(session, action, {"year": form.year, "entries": list(changed), **by, **details})
        return _read_again(session, replace(form, series=series))


def reread(office: Office, form: Form) -> Form:
    """The form after something outside it changed the series."""
    with office.read() as session:
        return _as_it_stands(session, office, form)


def answer(office: Office, form: Form, criterion: Criterion, given: Answer) -> Form:
    """Set what is declared for a criterion; an answer that says nothing clears the entry.

    Raises `FormLocked` or `NotSelfScored`.
    """
    if not criterion.inputs:
        raise NotSelfScored(criterion=criterion.code)
    given = replace(given, ground=clean(given.ground, 1000))
    value = None if given == UNANSWERED else figures_entry(given)
    return put(office, form, {answer_key(criterion.id, FIGURES): value})


def type_input(office: Office, form: Form, criterion: Criterion, name: str, typed: str) -> Form:
    """Set one input as it was typed; an empty text clears it.

    Raises what `read_input` names, `InputUnknown`, `FormLocked` or `NotSelfScored`; nothing is changed then.
    """
    return answer(office, form, criterion, typed_answer(form, criterion, {name: typed}))


def typed_answer(form: Form, criterion: Criterion, typed: Mapping[str, str]) -> Answer:
    """The answer of a criterion with some inputs replaced by what was typed; typing figures applies it."""
    specs = {spec.name: spec for spec in criterion.inputs}
    if not specs:
        raise NotSelfScored(criterion=criterion.code)
    before = form.assessment.sheets[criterion.id].answer
    inputs = dict(before.inputs)
    for name, text in typed.items():
        if name not in specs:
            raise InputUnknown(criterion=criterion.code, name=name[:60], names="; ".join(specs))
        if text.strip():
            inputs[name] = read_input(specs[name], text)
        else:
            inputs.pop(name, None)
    return Answer(Applicability.APPLICABLE, "", inputs)


def set_text(office: Office, form: Form, criterion: Criterion, name: str, text: str) -> Form:
    """Set the explanation, reason or note of a criterion; raises `TextTooLong` or `FormLocked`."""
    if name not in TEXTS:
        raise AssertionError(name)
    return put(office, form, {answer_key(criterion.id, name): clean(text) or None})


def set_report_text(office: Office, form: Form, name: str, text: str) -> Form:
    """Set a text of the printed report; raises `TextTooLong` or `FormLocked`."""
    if name not in REPORT_TEXTS:
        raise AssertionError(name)
    return put(office, form, {f"report/{name}": clean(text) or None})


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that lies in the store but is not linked to anything yet."""

    source: Path
    stored: Stored


def keep_file(office: Office, source: Path, progress: Progress = lambda _done, _total: None) -> KeptFile:
    """Copy a file into the store; changes no form, so a large one may be copied beside the window's thread.

    `progress` is told the bytes done and in all, and may raise `Cancelled`. Raises what `EvidenceStore.add` names.
    """
    return KeptFile(source, office.evidence.add(source, progress))


def attach_file(
    office: Office,
    form: Form,
    criterion: Criterion,
    source: Path,
    page: str = "",
    about: Document | None = None,
) -> tuple[Form, Document]:
    """Copy a file into the store and link it to a criterion; `about` carries data that are already known.

    A file that this assessment has already is linked again, not doubled. Raises what `EvidenceStore.add`
    names, `ClassifiedHasFile`, `NotSelfScored` or `FormLocked`.
    """
    _check_attachable(form, criterion, about)
    return attach_kept(office, form, criterion, keep_file(office, source), page, about)


def attach_kept(
    office: Office,
    form: Form,
    criterion: Criterion,
    kept_file: KeptFile,
    page: str = "",
    about: Document | None = None,
) -> tuple[Form, Document]:
    """Link a file that `keep_file` has copied, as `attach_file`.

    Raises `ClassifiedHasFile`, `NotSelfScored` or `FormLocked`.
    """
    _check_attachable(form, criterion, about)
    source, stored = kept_file.source, kept_file.stored
    known = next((d for d in documents(form) if d.sha256 == stored.sha256), None)
    document = known or Document(str(uuid.uuid4()), DocumentForm.FILE, subject=one_line(source.stem, 255))
    if about is not None:
        document = replace(about, id=document.id)
    document = replace(document, name=one_line(source.name, 255), sha256=stored.sha256, size=stored.size)
    assert office.record.unit is not None
    with office.begin() as session:
        record_evidence(session, [stored], office.record.unit, office.clock())
    return _link(office, form, criterion, document, page), document


def add_document(
    office: Office, form: Form, criterion: Criterion, document: Document, page: str = ""
) -> Form:
    """Link evidence without a file: a paper original, a link, a system extract, a classified document."""
    if document.form is DocumentForm.FILE:
        raise AssertionError("a file comes in by attach_file")
    return _link(office, form, criterion, document, page)


def link_document(office: Office, form: Form, criterion: Criterion, document_id: str, page: str = "") -> Form:
    """Let a document of this assessment prove another criterion too, or correct its page there."""
    document = next((d for d in documents(form) if d.id == document_id), None)
    if document is None:
        raise DocumentUnknown
    return _link(office, form, criterion, document, page)


def describe_document(office: Office, form: Form, document: Document) -> Form:
    """Write the data of a document that is linked already."""
    if document.id not in {d.id for d in documents(form)}:
        raise DocumentUnknown
    return put(office, form, {f"document/{document.id}": document.entry()})


def unlink(office: Office, form: Form, criterion: Criterion, document_id: str) -> Form:
    """Take a document from a criterion; when it proves nothing any more it leaves the assessment.

    Its file stays in the store: backups and earlier revisions may name it.
    """
    values: dict[str, Value] = {f"link/{criterion.id}/{document_id}": None}
    others = (s.evidence for s in form.assessment.sheets.values() if s.criterion.id != criterion.id)
    if not any(each.document.id == document_id for evidence in others for each in evidence):
        values[f"document/{document_id}"] = None
    return put(office, form, values)


def documents(form: Form) -> list[Document]:
    """Every document of the assessment once, by date and number."""
    found = {each.document.id: each.document for s in form.assessment.sheets.values() for each in s.evidence}
    return sorted(found.values(), key=lambda document: (document.date or date.max, document.number))


def _check_attachable(form: Form, criterion: Criterion, about: Document | None) -> None:
    """Refuse before anything is stored what could not be linked."""
    if form.assessment.lock is not None:
        raise FormLocked
    if about is not None and about.form is not DocumentForm.FILE:
        raise ClassifiedHasFile
    if not criterion.inputs:
        raise NotSelfScored(criterion=criterion.code)


def _link(office: Office, form: Form, criterion: Criterion, document: Document, page: str) -> Form:
    if not criterion.inputs:
        raise NotSelfScored(criterion=criterion.code)
    link: dict[str, Value] = {"page": one_line(page, 40)}
    entries = {f"document/{document.id}": document.entry(), f"link/{criterion.id}/{document.id}": link}
    return put(office, form, entries)


def _up_to_date(session: Session, office: Office, form: Form) -> Form:
    """The form with what another page, or a file that was taken in or written, has changed since it was read."""
    series = form.series
    same = kept.edits(session, series.series) == series.edits
    same = same and kept.digests(session, series.series) == set(series.held)
    return form if same else _as_it_stands(session, office, form)


def _as_it_stands(session: Session, office: Office, form: Form) -> Form:
    opened = open_series(session, form.series.series)
    unwritten = _unwritten(session, opened, office.record.key)
    return _read_again(session, replace(form, series=opened, unwritten=unwritten))


def _read_again(session: Session, form: Form) -> Form:
    assessment = read_assessment(form.criteria, form.series.state())
    return replace(form, assessment=assessment, saved=kept.last_edit(session, form.series.series))


def _bound_set(kit: Kit, current: CriteriaSet, state: Mapping[str, Register]) -> CriteriaSet:
    """The set that the form was begun under; the period's `current` one where it was not, or two differ on it."""
    register = state.get(SET, ())
    bound = register[0].value if len(register) == 1 else None
    return kit.set_of_digest(str(bound)) if bound else current


def _unwritten(session: Session, opened: OpenSeries, key: str | None) -> frozenset[str]:
    """The revisions that this machine has signed, and neither written to a medium nor taken in from one."""
    own = {digest for digest, revision in opened.held.items() if revision.key == key}
    for action in ("bundle.written", "bundle.taken_in") if own else ():
        own -= {json.loads(entry.details)["digest"] for entry in journal.entries(session, action)}
    return frozenset(own)
