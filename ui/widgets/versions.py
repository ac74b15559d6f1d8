"""What a version of a criteria set is called in a choice: versions of one set differ in their number alone.

The number stands first: whatever is cut where the room is short, it is not.
"""

from __future__ import annotations

from resources import msgid
from ui.language import tr


def version_words(version: int, name: str) -> str:
    """Among the sets of one year."""
    return tr("version {version} · {name}", version=str(version), name=name)


def dated_words(year: int, version: int, name: str, *, draft: bool = False) -> str:
    """Among the sets of all years; a `draft` is told from what is published."""
    template = (
        msgid("{year}, version {version} (draft) · {name}")
        if draft
        else msgid("{year}, version {version} · {name}")
    )
    return tr(template, year=str(year), version=str(version), name=name)
