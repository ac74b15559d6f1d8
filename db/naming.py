"""Which files of evidence a database names: those of its revisions, of what was typed since, and of what may come back.

A form that was moved to another version of its set is brought back by what the journal kept of it, so what that names
stays as well; the journal of a backup says nothing that this one does not. All are JSON in which a digest stands as a
text of its own. Whatever looks like one counts, wherever it stands: a file too many that is kept costs room only, and
the copy that an older program made is understood as well.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import select

from db.errors import BackupDamaged
from db.models import EditRow, JournalRow, RevisionRow
from parindex_desktop.domain.revisions import digest_of

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.orm import Session

_DIGEST = re.compile(rb'"([0-9a-f]{64})"')
_UNDONE_BY = ("form.moved",)
"""Actions that the journal keeps enough of to take them back."""


@dataclass(slots=True)
class Naming:
    """The digests of all `files` that were found to be named so far; no revision is read twice."""

    files: set[str] = field(default_factory=set)
    _read: set[str] = field(default_factory=set)

    def look_here(self, session: Session) -> None:
        """Add what the open database names."""
        for digest in session.scalars(select(RevisionRow.digest)).all():
            if digest not in self._read:
                found = select(RevisionRow.document).where(RevisionRow.digest == digest)
                self._add(digest, session.scalars(found).one())
        for value in session.scalars(select(EditRow.value)):
            self._find(value.encode())
        for details in session.scalars(select(JournalRow.details).where(JournalRow.action.in_(_UNDONE_BY))):
            self._find(details.encode())

    def look_in_backup(self, path: Path) -> None:
        """Add what a copy of the database names. Raises `BackupDamaged`."""
        try:
            # It is never written to; a copy of a database with a log could not be opened to be read otherwise.
            with closing(sqlite3.connect(f"{path.resolve().as_uri()}?immutable=1", uri=True)) as copy:
                for (digest,) in copy.execute("SELECT digest FROM revision").fetchall():
                    if digest not in self._read:
                        found = copy.execute("SELECT document FROM revision WHERE digest = ?", (digest,))
                        self._add(digest, found.fetchone()[0])
                for (value,) in copy.execute("SELECT value FROM edit"):
                    self._find(value.encode())
        except sqlite3.Error as fault:
            raise BackupDamaged(name=path.name) from fault

    def _add(self, digest: str, document: bytes) -> None:
        self._find(document)
        if digest_of(document) == digest:  # of a damaged one another copy may say more
            self._read.add(digest)

    def _find(self, text: bytes) -> None:
        self.files.update(digest.decode() for digest in _DIGEST.findall(text))
