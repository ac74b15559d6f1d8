"""Setting an office up from the province's kit: the register says who it is, a person says whom to believe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parindex_desktop.services.enrolling import check_fingerprint
from parindex_desktop.services.founding import NewOffice, found
from parindex_desktop.services.homes import now
from parindex_desktop.services.kits import claim_unit
from parindex_desktop.services.receiving import take_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from parindex_desktop.domain.units import Unit
    from parindex_desktop.services.homes import Office
    from parindex_desktop.services.kits import KitPreview
    from parindex_desktop.services.receiving import Taken


def join(
    home: Path,
    kit: Path,
    preview: KitPreview,
    unit: Unit,
    *,
    heard: str,
    passphrase: str,
    clock: Callable[[], datetime] = now,
) -> tuple[Office, Taken]:
    """Found the office of `unit` in `home` and take the kit in; `heard` is the key code read out by the province.

    When the kit cannot be taken in after all (its outcome says why), the office stands without one.
    Raises `FingerprintDiffers` or `FingerprintTooShort` before anything is made, and what `found` names.
    """
    check_fingerprint(heard, preview.key)
    office = found(home, NewOffice(unit.level, unit.name, passphrase), clock)
    try:
        (taken,) = take_in(office, [kit], trust=heard)
        if taken.outcome.is_new:
            claim_unit(office, unit.code)
    except BaseException:
        office.close()
        raise
    return office, taken
