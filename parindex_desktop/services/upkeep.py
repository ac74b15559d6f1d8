"""Looking after a home: what it has been through, and whether everything that the office keeps is whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db import backup, journal
from db.errors import BackupDamaged
from db.naming import Naming
from db.office import arrivals, evidence_digests
from db.revisions import documents
from parindex_desktop.domain.revisions import digest_of
from parindex_desktop.services import releasing

if TYPE_CHECKING:
    from datetime import datetime

    from db.journal import JournalEntry
    from db.office import Arrival
    from parindex_desktop.domain.messages import Message
    from parindex_desktop.services.homes import Office
    from parindex_desktop.services.releasing import Room


@dataclass(frozen=True, slots=True)
class Findings:
    """What a check found; everything empty is a sound home.

    `journal_fault` is the number of the first row that does not continue the chain, `damaged_evidence` and
    `damaged_revisions` are digests. `files` are those that something names; `to_free` is the room of others that can be
    had, or why nobody can tell (a backup is damaged).
    """

    journal_rows: int
    journal_fault: int | None
    files: int
    damaged_evidence: tuple[str, ...]
    revisions: int
    damaged_revisions: tuple[str, ...]
    to_free: Room | Message

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return self.journal_fault is None and not self.damaged_evidence and not self.damaged_revisions


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
        _to_free(office),
    )


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
