"""Evidence of a criterion proves the tasks of the year's plans that serve that criterion: one document for both.

The way back, from a task to its criteria, is in `proving`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from parindex_desktop.domain.planning.progress import LONGEST_PAGE
from parindex_desktop.domain.text import one_line
from parindex_desktop.services.progress_series import open_year, own_unit, put_in
from parindex_desktop.services.progressing import progress_of
from resources.language import day_of

if TYPE_CHECKING:
    from db.database import Session
    from parindex_desktop.domain.criteria import Criterion
    from parindex_desktop.domain.documents import Document
    from parindex_desktop.domain.revisions import Value
    from parindex_desktop.services.filling import Form
    from parindex_desktop.services.homes import Office


def prove_tasks(
    session: Session, office: Office, form: Form, criterion: Criterion, document: Document, page: str
) -> None:
    """Link a document that proves a criterion to the tasks of the year that serve it, in the same transaction.

    A task that the same file proves already stays as it is.
    """
    unit = form.kit.units.get(own_unit(office))
    if unit is None:
        return
    progress = progress_of(session, form.kit, unit, form.year, day_of(office.clock()))
    values: dict[str, Value] = {}
    numbers = []
    for work in progress.tasks:
        if criterion.code not in work.task.criteria:
            continue
        if not any(_is_same(proof.document, document) for proof in work.proofs):
            values[f"proof/{work.task.id}/{document.id}"] = {"page": one_line(page, LONGEST_PAGE)}
            numbers.append(work.task.no)
    if values:
        values[f"document/{document.id}"] = document.entry()
        details: dict[str, Value] = {
            "no": ", ".join(numbers)[:100],
            "name": document.subject or document.name,
        }
        put_in(session, office, form.year, values, "progress.proof", details)


def describe_proof(session: Session, office: Office, year: str, document: Document) -> None:
    """Write the data of a document where it proves tasks of the year, too."""
    key = f"document/{document.id}"
    if open_year(session, own_unit(office), year).values().get(key) is not None:
        details: dict[str, Value] = {"name": document.subject or document.name}
        put_in(session, office, year, {key: document.entry()}, "progress.document", details)


def _is_same(one: Document, other: Document) -> bool:
    return one.id == other.id or (one.sha256 is not None and one.sha256 == other.sha256)
