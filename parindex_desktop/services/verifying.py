"""Checking bundles without taking anything in: by anybody, also without an office."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from exports.bundles.reading import verify_bundle
from exports.signing.keys import spoken
from parindex_desktop.domain.errors import BundleRefused, MachineError
from parindex_desktop.services.kits import known_kit
from parindex_desktop.services.receiving import bundles_in

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from pathlib import Path

    from parindex_desktop.domain.kits import Kit
    from parindex_desktop.domain.messages import Message
    from parindex_desktop.domain.revisions import Kind, State
    from parindex_desktop.services.homes import Office


@dataclass(frozen=True, slots=True)
class Verified:
    """One bundle: why it is not in order (`problem`), or what it says and who signed it.

    `enrolled` is the name of the unit whose key it is by the register held here; None where no register is
    held or it does not know the key: then the code must be compared by other means.
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


def verify(office: Office | None, paths: Iterable[Path]) -> list[Verified]:
    """Check every part of each bundle: container, manifests, signature, digests, schema."""
    kit = known_kit(office) if office else None
    return [_verify(kit, source) for source in bundles_in(paths)]


def _verify(kit: Kit | None, source: Path) -> Verified:
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
    )
