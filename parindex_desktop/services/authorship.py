"""Who entered the figures: the last hand at each of them, from the journal of the machine where it was."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from db import journal
from parindex_desktop.domain.assessments import FIGURES
from parindex_desktop.domain.closing import MOST_NAMES, read_lock

if TYPE_CHECKING:
    from parindex_desktop.services.filling import Form
    from parindex_desktop.services.homes import Office


_ENTERING: Final = (
    "form.changed",
    "form.sheet_taken",
    "form.copied_forward",
    "form.confirmed",
    "difference.settled",
)
"""What the journal calls it when somebody enters figures, or says of figures that stand that they are right."""


def entered_by(office: Office, form: Form) -> tuple[str, ...]:
    """Those who entered the figures that stand in `form`, with their titles, the first one first.

    The journal names people, and not the machine's user, as soon as the office keeps a staff list. Who worked on
    another machine of the office is known from what that machine handed over.
    """
    last: dict[str, str] = {}
    with office.read() as session:
        for entry in journal.entries(session, *_ENTERING):
            said = json.loads(entry.details)
            if said["year"] == form.year:
                entered = (key.replace("confirm/", "answer/", 1) for key in said["entries"])
                last |= dict.fromkeys(entered, entry.actor if "person" in said else "")
    standing = (key for key, register in form.series.state().items() if register[0].value is not None)
    names = [last.get(key, "") for key in standing if key.endswith(f"/{FIGURES}")]
    for revision in form.series.held.values():
        lock = revision.entries.get("lock")
        if revision.key != office.record.key and lock is not None and lock.value is not None:
            names += read_lock(lock.value).entered
    return tuple(dict.fromkeys(filter(None, names)))[:MOST_NAMES]
