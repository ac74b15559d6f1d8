"""Automatic backups: the database alone, one for each thing that changes much; the oldest go first.

No file of evidence is removed that one of them names (`db.naming`), so an old copy always finds its files.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from db.errors import BackupNotMade, DatabaseFull
from parindex_desktop import durable
from parindex_desktop.domain.errors import reason_of

if TYPE_CHECKING:
    from pathlib import Path

    from db.database import Database

_NAME = re.compile(r"[0-9]{8}T[0-9]{12}-[a-z]+\.db")
"""What the copies are called; other files in their folder are somebody else's."""

KEPT = 20
"""How many automatic backups stay."""


def back_up(database: Database, folder: Path, at: datetime, reason: str) -> Path:
    """Copy the database into `folder` as ``<time>-<reason>.db``; durable when this returns.

    A half-written copy never bears a final name. Raises `BackupNotMade`.
    """
    target = folder / f"{at:%Y%m%dT%H%M%S%f}-{reason}.db"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for unfinished in folder.glob(f"*{durable.UNFINISHED}"):
            unfinished.unlink()
        with durable.replacing(target, private=True) as temporary:
            database.copy_to(temporary)
        # By name the newest one may come first: the machine's clock was wrong once.
        for old in [each for each in backups(folder) if each != target][: 1 - KEPT]:
            old.unlink()
    except OSError as fault:
        raise BackupNotMade(reason=reason_of(fault)) from fault
    except DatabaseFull as fault:
        raise BackupNotMade(reason=str(fault.__cause__)) from fault
    return target


def backups(folder: Path) -> list[Path]:
    """The automatic backups, oldest first."""
    return sorted(path for path in folder.glob("*.db") if _NAME.fullmatch(path.name))


def made_at(path: Path) -> datetime:
    """When one of the backups was made."""
    return datetime.strptime(path.name.partition("-")[0], "%Y%m%dT%H%M%S%f").replace(tzinfo=UTC)
