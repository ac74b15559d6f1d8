"""Whether what a unit reached in two years can be compared: communes and departments merge, divide and are renamed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.domain.units import in_order

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parindex_desktop.domain.units import Unit


@dataclass(frozen=True, slots=True)
class Compared:
    """The unit whose figures of the earlier year are the same office's, or None with the `reason` why there is none."""

    before: Unit | None
    reason: Message | None = None


def predecessors(units: Mapping[str, Unit], unit: Unit) -> list[Unit]:
    """The units that were merged or divided into `unit`, in order."""
    return in_order(each for each in units.values() if unit.id in each.successors)


def compared(units: Mapping[str, Unit], unit: Unit, earlier: int, later: int) -> Compared:
    """Whose figures of the year `earlier` stand beside those of `unit` in the year `later`.

    The unit's own, or those of the one office that it continues alone (a new name, a new code). Where offices were
    merged or divided in between, nothing can be compared.
    """
    joined = [each for each in predecessors(units, unit) if _changed_between(each, earlier, later)]
    if not joined:
        return _compared_with_itself(unit, earlier)
    (first, *others) = joined
    if not others and first.successors == (unit.id,) and not _existed_before_the_end_of(unit, first):
        return compared(units, first, earlier, later)
    names = tuple(each.name for each in joined)
    template = (
        msgid("cannot be compared: it was formed from {units}")
        if others or _existed_before_the_end_of(unit, first)
        else msgid("cannot be compared: {units} was divided")
    )
    return Compared(None, Message("units.not_comparable", template, {"units": names}))


def _compared_with_itself(unit: Unit, earlier: int) -> Compared:
    if unit.exists_in(earlier):
        return Compared(unit)
    return Compared(
        None, Message("units.new", "cannot be compared: it did not exist in {year}", {"year": str(earlier)})
    )


def _changed_between(before: Unit, earlier: int, later: int) -> bool:
    """Whether `before` was still there at the end of the earlier year and no more at that of the later one."""
    return before.valid_to is not None and date(earlier, 12, 31) <= before.valid_to < date(later, 12, 31)


def _existed_before_the_end_of(unit: Unit, before: Unit) -> bool:
    """Whether `unit` was there already when `before` was merged into it."""
    if unit.valid_from is None or before.valid_to is None:
        return True
    return unit.valid_from <= before.valid_to
