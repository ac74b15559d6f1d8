"""Key files that change together with what the database says: its commit decides, and nothing else does.

The new files are written first, beside the old ones. The transaction that tells of them notes their digests. When it is
committed they take the places of the old ones, by renaming alone, which needs no room on the disk; a process that dies
in between is finished at the next opening of the home.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from db.office import put_setting, setting
from parindex_desktop.durable import settle_ready

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from db.database import Database, Session

_DECIDED: Final = "keys.decided"


def decide(session: Session, digests: Mapping[str, str]) -> None:
    """Let the files with these digests (as `durable.lay_ready` gives them) be the keys once this is committed."""
    put_setting(session, _DECIDED, json.dumps(digests))


def decided(database: Database) -> dict[str, str]:
    """The digests of the key files that were decided last, by their names."""
    with database.read() as session:
        found: dict[str, str] = json.loads(setting(session, _DECIDED) or "{}")
    return found


def settle(database: Database, folder: Path) -> None:
    """Put the key files in their places that were decided and wait for it; others that wait go. Raises OSError."""
    settle_ready(folder, decided(database))
