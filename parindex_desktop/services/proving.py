"""Evidence of tasks: files and other documents that prove what was done; the criteria that a task serves get them, too.

A criterion gets the document in the same transaction while the form of the year is open and not locked. What could not
be linked behind a lock is offered afterwards (`unshared`).
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from db.office import record_evidence
from parindex_desktop.domain.documents import LONGEST_NAME, ClassifiedHasFile, Document
from parindex_desktop.domain.documents import Form as DocumentForm
from parindex_desktop.domain.kits import NotAssessed, NoYearOpen, ProvinceNotAssessed, UnknownPeriod
from parindex_desktop.domain.planning.progress import LONGEST_PAGE
from parindex_desktop.domain.text import one_line
from parindex_desktop.services import filling
from parindex_desktop.services.attaching import DocumentUnknown, KeptFile, documents, keep_file
from parindex_desktop.services.progress_series import own_unit, put_in
from parindex_desktop.services.progressing import open_progress

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from db.database import Session
    from db.evidence import Progress, Stored
    from parindex_desktop.domain.criteria import Criterion
    from parindex_desktop.domain.planning.work import TaskWork
    from parindex_desktop.domain.revisions import Value
    from parindex_desktop.services.filling import Form
    from parindex_desktop.services.homes import Office
    from parindex_desktop.services.progressing import YearProgress


@dataclass(frozen=True, slots=True)
class Proven:
    """A document that proves a task now; `shared` are the printed codes of the criteria that got it with it.

    `locked` are those that did not, since the figures are locked.
    """

    progress: YearProgress
    document: Document
    shared: tuple[str, ...]
    locked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unshared:
    """A document of a task that a criterion, which the task serves, does not have."""

    work: TaskWork
    document: Document
    page: str
    criterion: Criterion


def attach_file(
    office: Office,
    progress: YearProgress,
    work: TaskWork,
    source: Path,
    page: str = "",
    *,
    about: Document | None = None,
    tick: Progress = lambda _done, _total: None,
) -> Proven:
    """Copy a file into the store and let it prove a task; `about` carries data that are already known.

    A file that this office has attached in the year already is linked again, not doubled. Raises what
    `EvidenceStore.add` names, or `ClassifiedHasFile`.
    """
    if about is not None and about.form is not DocumentForm.FILE:
        raise ClassifiedHasFile
    return attach_kept(office, progress, work, keep_file(office, source, tick), page, about)


def attach_kept(
    office: Office,
    progress: YearProgress,
    work: TaskWork,
    file: KeptFile,
    page: str = "",
    about: Document | None = None,
) -> Proven:
    """Let a file that `keep_file` has copied prove a task, as `attach_file`."""
    name, stored = one_line(file.source.name, LONGEST_NAME), file.stored
    form = _form(office, progress.year)
    held = [*progress.said.documents.values(), *(documents(form) if form else ())]
    known = next((each for each in held if each.sha256 == stored.sha256), None)
    subject = one_line(file.source.stem, LONGEST_NAME)
    document = known or Document(str(uuid.uuid4()), DocumentForm.FILE, subject=subject)
    if about is not None:
        document = replace(about, id=document.id)
    document = replace(document, name=name, sha256=stored.sha256, size=stored.size)
    return _prove(office, progress, form, work, document, page, files=(stored,))


def add_document(
    office: Office, progress: YearProgress, work: TaskWork, document: Document, page: str = ""
) -> Proven:
    """Let evidence without a file prove a task: a paper original, a link, a system extract, a classified document."""
    if document.form is DocumentForm.FILE:
        raise AssertionError("a file comes in by attach_file")
    return _prove(office, progress, _form(office, progress.year), work, document, page)


def link_document(
    office: Office, progress: YearProgress, work: TaskWork, document: str, page: str = ""
) -> Proven:
    """Let a document of this year's progress prove another task, or correct its page. Raises `DocumentUnknown`."""
    found = progress.said.documents.get(document)
    if found is None:
        raise DocumentUnknown
    return _prove(office, progress, _form(office, progress.year), work, found, page)


def describe(office: Office, progress: YearProgress, document: Document) -> YearProgress:
    """Write the data of a document, also where it proves criteria and the figures are not locked.

    Raises `DocumentUnknown`.
    """
    if document.id not in progress.said.documents:
        raise DocumentUnknown
    key, form = f"document/{document.id}", _form(office, progress.year)
    details: dict[str, Value] = {"name": document.subject or document.name}
    with office.begin() as session:
        put_in(session, office, progress.year, {key: document.entry()}, "progress.document", details)
        if form and form.assessment.lock is None and form.series.values().get(key) is not None:
            filling.enter_in(session, office, form, {key: document.entry()})
    return open_progress(office, progress.year)


def unlink(office: Office, progress: YearProgress, work: TaskWork, document: str) -> YearProgress:
    """Take a document from a task; when it proves no task any more it leaves the progress. Criteria keep theirs."""
    found = progress.said.documents.get(document)
    if found is None:
        raise DocumentUnknown
    values: dict[str, Value] = {f"proof/{work.task.id}/{document}": None}
    if not any(of != work.task.id and each == document for of, each in progress.said.pages):
        values[f"document/{document}"] = None
    details: dict[str, Value] = {"no": work.task.no, "name": found.subject or found.name}
    with office.begin() as session:
        put_in(session, office, progress.year, values, "progress.proof_removed", details)
    return open_progress(office, progress.year)


def unshared(office: Office, progress: YearProgress) -> list[Unshared]:
    """The documents of tasks that criteria could have and do not, such as those attached while the form was locked."""
    form = _form(office, progress.year)
    if form is None:
        return []
    return [
        Unshared(work, proof.document, proof.page, criterion)
        for work in progress.tasks
        for proof in work.proofs
        for criterion in _lacking(form, work, proof.document)
    ]


def share(office: Office, progress: YearProgress, chosen: Iterable[Unshared]) -> int:
    """Link what was `unshared`; tells how many links were made. Raises `FormLocked`."""
    form = _form(office, progress.year)
    values: dict[str, Value] = {}
    links = [(each.criterion, each.document, each.page) for each in chosen]
    for criterion, document, page in links:
        values |= _link(criterion, document, page)
    if form is None or not values:
        return 0
    filling.put(office, form, values)
    return len(links)


def _prove(
    office: Office,
    progress: YearProgress,
    form: Form | None,
    work: TaskWork,
    document: Document,
    page: str,
    *,
    files: Iterable[Stored] = (),
) -> Proven:
    task, page = work.task, one_line(page, LONGEST_PAGE)
    values: dict[str, Value] = {
        f"document/{document.id}": document.entry(),
        f"proof/{task.id}/{document.id}": {"page": page},
    }
    details: dict[str, Value] = {"no": task.no, "name": document.subject or document.name}
    with office.begin() as session:
        record_evidence(session, files, own_unit(office), office.clock())
        put_in(session, office, progress.year, values, "progress.proof", details)
        shared, locked = _share(session, office, form, work, document, page)
    return Proven(open_progress(office, progress.year), document, shared, locked)


def _share(
    session: Session, office: Office, form: Form | None, work: TaskWork, document: Document, page: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Let the criteria that the task serves have the document; those that got it, and those behind a lock."""
    if form is None:
        return (), ()
    criteria = _lacking(form, work, document)
    codes = tuple(each.code for each in criteria)
    if form.assessment.lock is not None:
        return (), codes
    values: dict[str, Value] = {}
    for criterion in criteria:
        values |= _link(criterion, document, page)
    if values:
        filling.enter_in(session, office, form, values)
    return codes, ()


def _lacking(form: Form, work: TaskWork, document: Document) -> list[Criterion]:
    """The criteria that the task serves and that are filled in here, but those that this content proves already."""
    found = []
    for sheet in form.assessment.sheets.values():
        if sheet.criterion.code not in work.task.criteria or not sheet.criterion.inputs:
            continue
        held = [linked.document for linked in sheet.evidence]
        has_it = any(
            each.id == document.id or (document.sha256 and each.sha256 == document.sha256) for each in held
        )
        if not has_it:
            found.append(sheet.criterion)
    return found


def _link(criterion: Criterion, document: Document, page: str) -> dict[str, Value]:
    return {
        f"document/{document.id}": document.entry(),
        f"link/{criterion.id}/{document.id}": {"page": page},
    }


def _form(office: Office, year: str) -> Form | None:
    """The form of the year; None where this office fills in none."""
    try:
        return filling.open_form(office, year)
    except (ProvinceNotAssessed, NoYearOpen, UnknownPeriod, NotAssessed):
        return None
