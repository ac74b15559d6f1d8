"""Evidence of a self-assessment: files and other documents, linked to the criteria that they prove.

What proves a criterion proves the tasks of the year's plans that serve it, too (`sharing`).
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from db.office import record_evidence
from parindex_desktop.domain.documents import LONGEST_NAME, AttachedAlready, ClassifiedHasFile, Document
from parindex_desktop.domain.documents import Form as DocumentForm
from parindex_desktop.domain.errors import UserError
from parindex_desktop.domain.messages import msgid
from parindex_desktop.domain.text import one_line
from parindex_desktop.services.filling import FormLocked, NotSelfScored, enter_in, put
from parindex_desktop.services.sharing import describe_proof, prove_tasks

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from db.evidence import Progress, Stored
    from parindex_desktop.domain.criteria import Criterion
    from parindex_desktop.domain.revisions import Value
    from parindex_desktop.services.filling import Form
    from parindex_desktop.services.homes import Office


class DocumentUnknown(UserError):
    """No such document."""

    code = "form.document_unknown"
    template = msgid("That document is not part of this assessment any more. Look at the list again.")


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
    names, `ClassifiedHasFile`, `NotSelfScored`, `FormLocked` or `AttachedAlready`.
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
    """Link a file that `keep_file` has copied, as `attach_file`; what that names of the store is past."""
    _check_attachable(form, criterion, about)
    check_new(form, criterion, [kept_file])
    source, stored = kept_file.source, kept_file.stored
    known = next((d for d in documents(form) if d.sha256 == stored.sha256), None)
    document = known or Document(
        str(uuid.uuid4()), DocumentForm.FILE, subject=one_line(source.stem, LONGEST_NAME)
    )
    if about is not None:
        document = replace(about, id=document.id)
    document = replace(
        document, name=one_line(source.name, LONGEST_NAME), sha256=stored.sha256, size=stored.size
    )
    assert office.record.unit is not None
    with office.begin() as session:
        record_evidence(session, [stored], office.record.unit, office.clock())
    return _link(office, form, criterion, document, page), document


def check_new(form: Form, criterion: Criterion, files: Iterable[KeptFile]) -> None:
    """Raise `AttachedAlready` where one of `files` is at the criterion, or comes before among them, by another name."""
    names = {each.document.sha256: each.document.name for each in form.sheet(criterion.code).evidence}
    for file in files:
        name = one_line(file.source.name, LONGEST_NAME)
        first = names.setdefault(file.stored.sha256, name)
        if name != first:
            raise AttachedAlready(name=name, first=first)


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
    with office.begin() as session:
        form = enter_in(session, office, form, {f"document/{document.id}": document.entry()})
        describe_proof(session, office, form.year, document)
    return form


def unlink(office: Office, form: Form, criterion: Criterion, document_id: str) -> Form:
    """Take a document from a criterion; when it proves nothing any more it leaves the assessment.

    Its file stays in the store, since backups and earlier revisions may name it; what none does, `releasing` removes.
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
    with office.begin() as session:
        form = enter_in(session, office, form, entries)
        prove_tasks(session, office, form, criterion, document, page)
    return form
