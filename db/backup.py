"""Automatic backups: the database alone, one for each thing that changes much; the oldest go first.

Evidence is never deleted, so an old copy of the database always finds the files that it names.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from db.evidence import flush_folder

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from db.database import Database

KEPT = 20
"""How many automatic backups stay."""


def back_up(database: Database, folder: Path, at: datetime, reason: str) -> Path:
    """Copy the database into `folder` as ``<time>-<reason>.db``; durable when this returns.

    A half-written copy never bears a final name.
    """
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{at:%Y%m%dT%H%M%S%f}-{reason}.db"
    temporary = target.with_suffix(".part")
    temporary.unlink(missing_ok=True)
    database.copy_to(temporary)
    with temporary.open("rb+") as file:
        os.fsync(file.fileno())
    temporary.replace(target)
    flush_folder(folder)
    for old in backups(folder)[:-KEPT]:
        old.unlink()
    return target


def backups(folder: Path) -> list[Path]:
    """The automatic backups, oldest first."""
    return sorted(folder.glob("*.db"))
