"""Kits that were made side by side: how they are read together, and in what they contradict each other.

A province has one register and one key. Kits of which none continues the other come of a restored backup or a copied
folder. They are revisions of one series, so they are merged as any others; what the merge leaves open is named here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from parindex_desktop.domain import merge
from parindex_desktop.domain.kits import read_kit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from parindex_desktop.domain.merge import Register
    from parindex_desktop.domain.revisions import Value
    from parindex_desktop.domain.units import Unit

SHARED_CODE: Final = "code/"
"""Begins the name of a contradiction that no single entry shows: units entered twice, under one code."""


def as_one(state: Mapping[str, Register]) -> dict[str, Value]:
    """One value for each entry, to go on with until the province has settled what differs.

    Of several values it is the first in canonical order: the same wherever the same kits are held.
    """
    return {key: register[0].value for key, register in state.items()}


def contradictions(state: Mapping[str, Register]) -> list[str]:
    """The entries that have several values, and `SHARED_CODE` with each code that several units bear."""
    units = read_kit(as_one(state)).units.values()
    return [*merge.conflicts(state), *(f"{SHARED_CODE}{code}" for code in sorted(shared_codes(units)))]


def shared_codes(units: Iterable[Unit]) -> dict[str, list[Unit]]:
    """The units that bear one code, by that code; codes of a single unit are left out."""
    found: dict[str, list[Unit]] = {}
    for unit in units:
        if unit.code:
            found.setdefault(unit.code, []).append(unit)
    return {code: sorted(same, key=lambda unit: unit.id) for code, same in found.items() if len(same) > 1}
