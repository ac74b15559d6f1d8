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
    """The unit whose figures of the earlier year are the same office's, or None with the `reason` why there is none.

    `part` says where the figures of one of the years are not those of the whole year: they are the same office's, but
    not of the same time.
    """

    before: Unit | None
    reason: Message | None = None
    part: Message | None = None


def predecessors(units: Mapping[str, Unit], unit: Unit) -> list[Unit]:
    """The units that were merged or divided into `unit`, in order."""
    return in_order(each for each in units.values() if unit.id in each.successors)


def compared(units: Mapping[str, Unit], unit: Unit, earlier: int, later: int) -> Compared:
    """Whose figures of the year `earlier` stand beside those of `unit` in the year `later`.

    The unit's own, or those of the one office that it continues alone (a new name, a new code). Where offices were
    merged or divided in between, nothing can be compared.
    """
    found = _compared(units, unit, earlier, later)
    if found.before is None:
        return found
    spans = tuple(
        Message(
            "units.span", "{year} from {first} to {last}", {"year": str(year), "first": first, "last": last}
        )
        for office, year in ((found.before, earlier), (unit, later))
        if office.counted_in_part(year)
        for first, last in [office.counted(year)]
    )
    if not spans:
        return found
    template = msgid("can be compared only in part, for figures are not of the whole year: {spans}")
    return Compared(found.before, part=Message("units.comparable_in_part", template, {"spans": spans}))


def comparison(units: Mapping[str, Unit], unit: Unit, year: int) -> Message | None:
    """How the figures of `unit` of `year` stand beside those of the year before, where that is to be said."""
    if not unit.exists_in(year):
        return None
    found = compared(units, unit, year - 1, year)
    said = found.reason or found.part
    values = {"year": str(year), "before": str(year - 1)}
    if found.before is not None and found.before.id != unit.id:
        template = msgid("{year} beside {before}: as “{name}”, which it goes on from")
        alone = Message("units.goes_on_from", template, {"name": found.before.name, **values})
        if said is None:
            return alone
        return Message("units.goes_on_in_part", "{alone}; {part}", {"alone": alone, "part": said})
    if said is None:
        return None
    return Message("units.beside", "{year} beside {before}: {reason}", {"reason": said, **values})


def comparison_in_brief(units: Mapping[str, Unit], unit: Unit, year: int) -> Message | None:
    """That `comparison` has a reason against comparing, in the few words that there is room for beside figures."""
    if not unit.exists_in(year):
        return None
    found = compared(units, unit, year - 1, year)
    values = {"before": str(year - 1)}
    if found.reason is not None:
        return Message("units.not_comparable_in_brief", msgid("Cannot be compared with {before}"), values)
    if found.part is not None:
        template = msgid("Can be compared with {before} only in part")
        return Message("units.comparable_in_part_in_brief", template, values)
    return None


def _compared(units: Mapping[str, Unit], unit: Unit, earlier: int, later: int) -> Compared:
    joined = [each for each in predecessors(units, unit) if _changed_between(each, earlier, later)]
    if not joined:
        return _compared_with_itself(unit, earlier)
    (first, *others) = joined
    goes_on = _existed_before_the_end_of(unit, first)
    if not others and not goes_on and first.successors == (unit.id,):
        return _compared(units, first, earlier, later)
    if goes_on:
        template = msgid("cannot be compared: {units} was merged into it")
    elif others:
        template = msgid("cannot be compared: it was formed from {units}")
    else:
        template = msgid("cannot be compared: {units} was divided")
    names = tuple(each.name for each in joined)
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
