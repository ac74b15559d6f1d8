"""Writing what an office says in one of its series as a bundle: sealed once, the same file again while it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from parindex_desktop.domain import merge
from parindex_desktop.services.progress_series import own_unit
from parindex_desktop.services.register import kit_series
from parindex_desktop.services.sealing import certificates, kept_seal, seal_next, write_out

if TYPE_CHECKING:
    from pathlib import Path

    from exports.bundles.writing import Progress, Written
    from parindex_desktop.domain.kits import Kit
    from parindex_desktop.domain.revisions import State
    from parindex_desktop.services.homes import Office
    from parindex_desktop.services.series import OpenSeries


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A bundle that stands on the medium: which revision (`digest` is its content code), where, how large."""

    digest: str
    sequence: int
    target: Path
    written: Written


def said_by(opened: OpenSeries) -> str | None:
    """The one head, where it says all that stands now: what was typed here says nothing else."""
    head = opened.head()
    if head is None:
        return None
    said = {key: entry.value for key, entry in opened.held[head].entries.items()}
    return head if all(said.get(key) == edit.value for key, edit in opened.edits.items()) else None


def must_sign(office: Office, opened: OpenSeries, kit: Kit, state: State) -> bool:
    """Whether the bundle is yet to be signed, and so a passphrase is needed; a signed one is written again as it is.

    Raises, before anybody is asked for a passphrase, `NotEnrolled` or `KeyRevoked`.
    """
    if _signed_already(opened, state) is not None:
        return False
    certificates(office, kit)
    return True


def export_series(
    office: Office,
    opened: OpenSeries,
    kit: Kit,
    passphrase: str,
    target: Path,
    state: State,
    *,
    criteria_set: str | None,
    progress: Progress,
) -> HandedOver:
    """Make the bundle of a series of this office's own, for those above it, and write it to `target`.

    Raises what `seal_next` and `write_bundle` name.
    """
    signed = _signed_already(opened, state)
    with office.read() as session:
        held_kit = kit_series(session, office)
        sealed = kept_seal(session, signed) if signed is not None else None
    sealed = sealed or seal_next(
        office,
        opened,
        kit,
        passphrase,
        state=state,
        audience=kit.above(own_unit(office)),
        kit_digest=max(merge.heads(held_kit.held), default=None) if held_kit else None,
        criteria_set=criteria_set,
    )
    file, written = write_out(office, sealed, target, kit, progress)
    return HandedOver(sealed.digest, sealed.revision.sequence, file, written)


def _signed_already(opened: OpenSeries, state: State) -> str | None:
    """The last revision, where it says all that stands now and was made for the same use."""
    said = said_by(opened)
    return said if said is not None and opened.held[said].state is state else None
