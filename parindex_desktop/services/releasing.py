"""Freeing room: files of evidence that nothing names any more, such as one that was attached by mistake.

What the database names stays, and what one of its automatic backups names; so does every file that is new, since it
may be about to be named, or come back when the officer undoes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from db.backup import backups
from db.naming import Naming
from db.office import forget_evidence

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from db.database import Session
    from parindex_desktop.services.homes import Office

UNUSED_FOR: Final = timedelta(days=7)
"""How long a file stays after it was attached last, although nothing names it."""


@dataclass(frozen=True, slots=True)
class Room:
    """How many files, and how many bytes they are in all."""

    files: int
    bytes: int


def to_free(office: Office) -> Room:
    """What `release` would remove now. Raises `BackupDamaged`."""
    with office.read() as session:
        return _room(_Search(office).unnamed(session).values())


def release(office: Office) -> Room:
    """Remove the files that nothing names any more, and tell which room they took.

    The database forgets them first: where the work ends in between, they are found again the next time. Whoever
    still holds an entry that named one of them, to undo a change, must let go of it. Raises `BackupDamaged`.
    """
    search = _Search(office)
    search.look_into_backups()
    with office.begin() as session:
        spare = search.unnamed(session)
        forget_evidence(session, spare)
        if spare:
            office.write(session, "evidence.released", {"files": list(spare), "bytes": sum(spare.values())})
    seconds = UNUSED_FOR.total_seconds()
    return _room(size for sha256, size in spare.items() if office.evidence.remove(sha256, seconds))


def _room(sizes: Iterable[int]) -> Room:
    found = list(sizes)
    return Room(len(found), sum(found))


class _Search:
    """Looks for what is named; each backup is read once, those made meanwhile too."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._naming = Naming()
        self._read: set[Path] = set()

    def look_into_backups(self) -> None:
        for path in backups(self._office.home / "backups"):
            if path not in self._read:
                self._naming.look_in_backup(path)
                self._read.add(path)

    def unnamed(self, session: Session) -> dict[str, int]:
        self.look_into_backups()
        self._naming.look_here(session)
        old = self._office.evidence.unused_for(UNUSED_FOR.total_seconds())
        return {sha256: size for sha256, size in old.items() if sha256 not in self._naming.files}
