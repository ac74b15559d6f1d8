"""Nộp hồ sơ: the locked and signed self-assessment becomes one bundle; drafts pass between two machines."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from db import journal
from db import revisions as kept
from parindex_desktop.domain import merge
from parindex_desktop.domain.assessments import SET, Stage
from parindex_desktop.domain.errors import UserError
from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.domain.revisions import State, content_code
from parindex_desktop.domain.work_minutes import Made
from parindex_desktop.services import series_export
from parindex_desktop.services.filling import put_journalled, reread
from parindex_desktop.services.locking import NotLocked
from parindex_desktop.services.series_export import export_series, said_by

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from exports.bundles.writing import Progress
    from parindex_desktop.domain.revisions import Value
    from parindex_desktop.services.filling import Form
    from parindex_desktop.services.homes import Office
    from parindex_desktop.services.series_export import HandedOver


class NotSigned(UserError):
    """Nothing was entered about the signed paper."""

    code = "hand_over.not_signed"
    template = msgid(
        "The number, date and signer of the signed report are not entered yet. Enter them with the scanned copy, or "
        "write why it is handed over without; then hand over."
    )


class Handover(StrEnum):
    """What the window and the command line show as the next step."""

    FILL = "fill"
    SIGN = "sign"
    HAND_OVER = "hand_over"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Past:
    """A revision of this office's own, named by its digest: a hand-over, or a draft between its machines.

    `here` tells whether this machine made it, `claimed` when by the clock of its maker, `files` the names under
    which this machine has written it out.
    """

    digest: str
    sequence: int
    draft: bool
    here: bool
    claimed: datetime | None
    files: tuple[str, ...]


def history(office: Office, form: Form) -> list[Past]:
    """What this office has handed over and exchanged, newest first."""
    files: dict[str, list[str]] = {}
    with office.read() as session:
        for entry in journal.entries(session, "bundle.written"):
            written = json.loads(entry.details)
            names = files.setdefault(written["digest"], [])
            names += [written["file"]] if written["file"] not in names else []
        past = [
            Past(
                digest,
                revision.sequence,
                revision.state is State.DRAFT,
                revision.key == office.record.key,
                kept.claimed_time(session, digest),
                tuple(files.get(digest, ())),
            )
            for digest, revision in form.series.held.items()
        ]
    return sorted(past, key=lambda one: (one.sequence, not one.draft, str(one.claimed)), reverse=True)


def made(office: Office, form: Form) -> Iterator[Made]:
    """The hand-overs of this office, the newest first, as minutes name them."""
    for past in history(office, form):
        if not past.draft:
            yield Made(past.sequence, past.claimed, content_code(past.digest))


def how_far(form: Form) -> Message:
    """How far the form is on its way to the province, as a part of a sentence."""
    if not form.series.state():
        return Message("handover.not_begun", "nothing was entered yet")
    times = times_handed_over(form)
    if handed_over(form):
        return Message("handover.handed_over", "handed over, hand-over {times}", {"times": times})
    if times:
        return Message(
            "handover.changed", "changed since hand-over {times}, not handed over again", {"times": times}
        )
    return _FAR[form.assessment.stage]


_FAR: Final = {
    Stage.FILLING: Message("handover.filling", "still being filled in, not handed over"),
    Stage.LOCKED: Message("handover.locked", "locked, not signed and not handed over"),
    Stage.SIGNED: Message("handover.signed", "signed, not handed over"),
}


def next_step(form: Form) -> Handover:
    """What the office has to do next."""
    match form.assessment.stage:
        case Stage.FILLING:
            return Handover.FILL
        case Stage.LOCKED:
            return Handover.SIGN
        case Stage.SIGNED:
            return Handover.DONE if handed_over(form) else Handover.HAND_OVER


def handed_over(form: Form) -> bool:
    """Whether the form, exactly as it stands, has been made into a final revision and written out.

    By whichever machine: one that took the other's bundle in, and has nothing else to say, has handed over too.
    """
    said = said_by(form.series)
    return said is not None and said not in form.unwritten and form.series.held[said].state is State.FINAL


_REOPENED = msgid(
    "The figures are open again: with the work of this office's machines put together they are not what was locked. "
    "Look through them and settle what differs, then lock them, print the report and have it signed once more."
)
_REOPENED_AFTER = msgid(
    "The figures are open again: with the work of this office's machines put together they are not what was locked "
    "and handed over (hand-over {times}). What the province has stays as it is. Look through the figures and "
    "settle what differs, then lock them, print the report, have it signed and hand over anew."
)


def reopened(office: Office, form: Form) -> Message | None:
    """What the officer must know where not this machine, but what came from another one, has opened the figures."""
    if form.assessment.lock is not None or not (
        form.assessment.reopened or _unlocked_elsewhere(office, form)
    ):
        return None
    times = times_handed_over(form)
    return Message("form.reopened", _REOPENED_AFTER if times else _REOPENED, {"times": times})


def _unlocked_elsewhere(office: Office, form: Form) -> bool:
    """Whether the lock is gone though nobody took it away here: by the other machine, or for a draft of two locked."""
    if not form.series.held:
        return False
    writers = {writer for standing in form.series.state().get("lock", ()) for writer in standing.writers}
    return bool(writers) and all(
        _is_of_another(form, writer, office.record.key) or _replaced_rival_locks(form, writer)
        for writer in writers
    )


def _is_of_another(form: Form, writer: str, key: str | None) -> bool:
    revision = form.series.held.get(writer)
    return revision is not None and revision.key != key


def _replaced_rival_locks(form: Form, writer: str) -> bool:
    """Whether the revision or working copy that took the lock away had several locks in sight."""
    held = form.series.held
    if writer != merge.WORKING:
        held = (
            {a.digest: held[a.digest] for a in held[writer].ancestors if a.digest in held}
            if writer in held
            else {}
        )
    locks = {
        digest: replace(revision, entries={key: e for key, e in revision.entries.items() if key == "lock"})
        for digest, revision in held.items()
    }
    return len(merge.merged(locks).get("lock", ())) > 1


def times_handed_over(form: Form) -> int:
    """How often this office has handed over (lần nộp)."""
    return max((revision.sequence for revision in form.series.held.values()), default=0)


def last_handed_over(form: Form) -> str | None:
    """The digest of the hand-over that says the form exactly as it stands; None where none does."""
    return said_by(form.series) if handed_over(form) else None


def must_sign(office: Office, form: Form, state: State = State.FINAL) -> bool:
    """Whether the bundle is yet to be signed, and so a passphrase is needed; a signed one is written again as it is.

    Raises, before anybody is asked for a passphrase, what keeps it from being signed: `NotLocked`, `NotSigned`,
    `NotEnrolled` or `KeyRevoked`.
    """
    if state is State.FINAL:
        _check_ready(form)
    return series_export.must_sign(office, form.series, form.kit, state)


def hand_over(
    office: Office, form: Form, passphrase: str, target: Path, progress: Progress = lambda _done, _total: None
) -> tuple[Form, HandedOver]:
    """Make the bundle and write it to `target`; unchanged since the last time it is the same file again.

    Raises `NotLocked`, `NotSigned`, `NotEnrolled`, `KeyRevoked`, `WrongPassphrase`, or what `write_bundle` names.
    """
    _check_ready(form)
    return _export(office, form, passphrase, target, State.FINAL, progress)


def _check_ready(form: Form) -> None:
    if form.assessment.stage is Stage.FILLING:
        raise NotLocked
    if form.assessment.stage is Stage.LOCKED:
        raise NotSigned


def export_draft(
    office: Office, form: Form, passphrase: str, target: Path, progress: Progress = lambda _done, _total: None
) -> tuple[Form, HandedOver]:
    """Make a draft for the office's other machine; nothing need be locked.

    Raises `DifferencesUnsettled` and what `hand_over` names of keys and writing.
    """
    return _export(office, _without_rival_locks(office, form), passphrase, target, State.DRAFT, progress)


def _without_rival_locks(office: Office, form: Form) -> Form:
    """Two machines that locked side by side have locked nothing together, and that is no difference to settle."""
    state = form.series.state()
    rivals: dict[str, Value] = {key: None for key in ("lock", "signed") if len(state.get(key, ())) > 1}
    if len(state.get(SET, ())) > 1:
        rivals[SET] = form.criteria.digest
    if not rivals or form.assessment.unsettled:
        return form
    return put_journalled(office, form, rivals, "form.unlocked", {"reason": "draft"})


def _export(
    office: Office, form: Form, passphrase: str, target: Path, state: State, progress: Progress
) -> tuple[Form, HandedOver]:
    done = export_series(
        office,
        form.series,
        form.kit,
        passphrase,
        target,
        state,
        criteria_set=form.criteria.digest,
        progress=progress,
    )
    return reread(office, form), done
