"""Looking after a home: what it has been through, and whether everything that the office keeps is whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db import backup, journal
from db.errors import BackupDamaged
from db.naming import Naming
from db.office import arrivals, evidence_digests
from db.revisions import documents, series_of_kind
from parindex_desktop.domain.messages import Message
from parindex_desktop.domain.revisions import Kind, digest_of
from parindex_desktop.services import releasing
from parindex_desktop.services.filling import open_form
from parindex_desktop.services.progressing import open_progress

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from db.journal import JournalEntry
    from db.office import Arrival
    from parindex_desktop.domain.documents import Document
    from parindex_desktop.services.homes import Office
    from parindex_desktop.services.releasing import Room


@dataclass(frozen=True, slots=True)
class MissingFile:
    """A file that the office's own form or progress of a `year` names and the store does not have.

    `criteria` are the printed codes of what it proves, `tasks` the numbers of the tasks; none of either where it is the
    signed report.
    """

    year: str
    criteria: tuple[str, ...]
    name: str
    sha256: str
    tasks: tuple[str, ...] = ()

    @property
    def message(self) -> Message:
        """What is missing where."""
        if self.tasks:
            return Message(
                "check.missing_proof",
                "The progress of {year}, task {tasks}: the file “{name}” is not here any more. Attach it again, or "
                "take the document away.",
                {"year": self.year, "tasks": self.tasks, "name": self.name},
            )
        if not self.criteria:
            return Message(
                "check.missing_report",
                "The form of {year}: the file “{name}” of the signed report is not here any more.",
                {"year": self.year, "name": self.name},
            )
        return Message(
            "check.missing_file",
            "The form of {year}, {criteria}: the file “{name}” is not here any more. Attach it again, or take the "
            "document away.",
            {"year": self.year, "criteria": self.criteria, "name": self.name},
        )


@dataclass(frozen=True, slots=True)
class Findings:
    """What a check found; everything empty is a sound home.

    `journal_fault` is the number of the first row that does not continue the chain, `damaged_evidence` and
    `damaged_revisions` are digests, `missing` is what the forms of this office name and nothing has. `files` are those
    that something names; `to_free` is the room of others that can be had, or why nobody can tell (a backup is damaged).
    """

    journal_rows: int
    journal_fault: int | None
    files: int
    damaged_evidence: tuple[str, ...]
    revisions: int
    damaged_revisions: tuple[str, ...]
    missing: tuple[MissingFile, ...]
    to_free: Room | Message

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        damaged = self.damaged_evidence or self.damaged_revisions or self.missing
        return self.journal_fault is None and not damaged


def check_journal(office: Office) -> tuple[int, int | None]:
    """How many rows the journal has, and the number of the first that does not continue the chain."""
    with office.read() as session:
        return journal.count(session), journal.first_fault(session)


def check(office: Office) -> Findings:
    """Check the journal's chain, every revision and every file of evidence against their digests."""
    rows, fault = check_journal(office)
    naming = Naming()
    with office.read() as session:
        naming.look_here(session)
        # Nobody misses a file that nothing names: it may have been removed since this database was copied.
        digests = [digest for digest in evidence_digests(session) if digest in naming.files]
        held = [(digest, digest_of(document)) for digest, document in documents(session)]
    return Findings(
        rows,
        fault,
        len(digests),
        tuple(office.evidence.damaged(digests)),
        len(held),
        tuple(digest for digest, actual in held if digest != actual),
        (*_missing(office), *_missing_proofs(office)),
        _to_free(office),
    )


def _missing(office: Office) -> Iterator[MissingFile]:
    """What the office's own forms name, as they stand, and the store lacks."""
    if office.record.unit is None:
        return
    with office.read() as session:
        own = [each for each in series_of_kind(session, Kind.ASSESSMENT) if each.author == office.record.unit]
    for series in own:
        assessment = open_form(office, series.period).assessment
        proving: dict[str, Document] = {}
        criteria: dict[str, list[str]] = {}
        for sheet in assessment.sheets.values():
            for linked in sheet.evidence:
                proving[linked.document.id] = linked.document
                criteria.setdefault(linked.document.id, []).append(sheet.criterion.code)
        assert series.period is not None, "a form is of a year"
        for id_, document in proving.items():
            if document.sha256 is not None and not office.evidence.has(document.sha256, document.size):
                yield MissingFile(series.period, tuple(criteria[id_]), document.name, document.sha256)
        signed = assessment.signed
        if signed and signed.sha256 and not office.evidence.has(signed.sha256, signed.size):
            yield MissingFile(series.period, (), signed.name, signed.sha256)


def _missing_proofs(office: Office) -> Iterator[MissingFile]:
    """What the office's own progress names, as it stands, and the store lacks."""
    with office.read() as session:
        own = [each for each in series_of_kind(session, Kind.PROGRESS) if each.author == office.record.unit]
    for series in own:
        progress = open_progress(office, series.period)
        for document in progress.said.documents.values():
            if document.sha256 is None or office.evidence.has(document.sha256, document.size):
                continue
            numbers = tuple(
                work.task.no
                for work in progress.tasks
                if any(proof.document.id == document.id for proof in work.proofs)
            )
            yield MissingFile(progress.year, (), document.name, document.sha256, numbers or ("–",))


def _to_free(office: Office) -> Room | Message:
    try:
        return releasing.to_free(office)
    except BackupDamaged as fault:
        return fault.message


@dataclass(frozen=True, slots=True)
class Backup:
    """An automatic copy of the database: when, before what, and its bytes."""

    at: datetime
    reason: str
    size: int


def backups(office: Office) -> list[Backup]:
    """The copies kept, newest first."""
    found = []
    for path in reversed(backup.backups(office.home / "backups")):
        _, _, reason = path.stem.partition("-")
        found.append(Backup(backup.made_at(path), reason, path.stat().st_size))
    return found


def read_inbox(office: Office) -> list[Arrival]:
    """Everything that somebody tried to take in, with its outcome, newest first."""
    with office.read() as session:
        return arrivals(session)


def read_journal(office: Office) -> list[JournalEntry]:
    """The whole journal, oldest first."""
    with office.read() as session:
        return journal.entries(session)
