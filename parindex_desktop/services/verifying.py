"""Checking bundles without taking anything in: by anybody, also without an office."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db import revisions as kept
from exports.bundles.reading import verify_bundle
from exports.signing.keys import spoken
from parindex_desktop.domain.errors import BundleRefused, MachineError
from parindex_desktop.domain.messages import Message
from parindex_desktop.services.entitlement import still_believed
from parindex_desktop.services.kits import known_kit
from parindex_desktop.services.receiving import bundles_in

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from pathlib import Path

    from exports.bundles.reading import Staged
    from parindex_desktop.domain.kits import Kit
    from parindex_desktop.domain.revisions import Kind, State
    from parindex_desktop.services.homes import Office


@dataclass(frozen=True, slots=True)
class Verified:
    """One bundle: why it is not in order (`problem`), or what it says and who signed it.

    `enrolled` is the name of the unit whose key it is by the register held here; None where no register is
    held or it does not know the key: then the code must be compared by other means. `revoked` says that the register
    has taken the key back and does not believe this bundle any more.
    """

    source: str
    problem: Message | None = None
    kind: Kind | None = None
    period: str | None = None
    sequence: int = 0
    state: State | None = None
    key_code: str = ""
    claimed: datetime | None = None
    enrolled: str | None = None
    files: int = 0
    left_out: int = 0
    revoked: Message | None = None


def verify(office: Office | None, paths: Iterable[Path]) -> list[Verified]:
    """Check every part of each bundle: container, manifests, signature, digests, schema."""
    kit = known_kit(office) if office else None
    return [_verify(office, kit, source) for source in bundles_in(paths)]


def _verify(office: Office | None, kit: Kit | None, source: Path) -> Verified:
    try:
        staged = verify_bundle(source, judge=lambda _claims, _signer: None)
    except (BundleRefused, MachineError) as fault:
        return Verified(source.name, problem=fault.message)
    key = kit.keys.get(staged.signer.fingerprint) if kit else None
    unit = kit.units.get(key.unit) if kit and key else None
    return Verified(
        source.name,
        kind=staged.revision.series.kind,
        period=staged.revision.series.period,
        sequence=staged.revision.sequence,
        state=staged.revision.state,
        key_code=spoken(staged.signer.fingerprint),
        claimed=staged.signer.claimed_time,
        enrolled=unit.name if unit else None,
        files=len(staged.files),
        left_out=len(staged.left_out),
        revoked=_revoked(office, kit, staged) if office and kit else None,
    )


def _revoked(office: Office, kit: Kit, staged: Staged) -> Message | None:
    """That the signer's key was revoked, unless the revocation still believes this revision."""
    revocation = kit.revocations.get(staged.signer.fingerprint)
    if revocation is None:
        return None
    with office.read() as session:
        held = kept.held(session, staged.revision.series)
    if still_believed(staged.digest, revocation, held):
        return None
    return Message(
        "verify.key_revoked",
        "Its key was revoked by the province ({reason}), and this bundle is not among those that are still believed.",
        {"reason": revocation.reason},
    )
