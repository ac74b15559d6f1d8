"""The register of an office: the kit as it stands here, and at the province the writing of it.

The province keeps its kit as the working copy of its one kit series; `kits` makes revisions of it. An office
reads the kits that it has taken in. Both see the same `Kit`.
"""

from __future__ import annotations

import json
import re
import uuid
from types import MappingProxyType
from typing import TYPE_CHECKING

import resources
from db import revisions as kept
from parindex_desktop.domain.criteria_reading import read_criteria_set
from parindex_desktop.domain.errors import UserError
from parindex_desktop.domain.kits import (
    Kit,
    NoYearOpen,
    Period,
    PeriodNotOpen,
    UnknownPeriod,
    period_entry,
    read_kit,
    revocations_of,
)
from parindex_desktop.domain.messages import msgid
from parindex_desktop.domain.revisions import Kind, Series
from parindex_desktop.domain.rival_kits import as_one
from parindex_desktop.domain.text import one_line
from parindex_desktop.domain.unit_changes import NewUnit, UnitFault, planned
from parindex_desktop.domain.unit_entries import unit_entry
from parindex_desktop.domain.units import Level, in_order
from parindex_desktop.services.series import OpenSeries, open_series

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from db.database import Session
    from parindex_desktop.domain.criteria import CriteriaSet
    from parindex_desktop.domain.revisions import Value
    from parindex_desktop.domain.units import Unit
    from parindex_desktop.services.homes import Office


class NotTheProvince(UserError):
    """Only the province writes the register."""

    code = "register.not_the_province"
    template = msgid("Only the province's own office does this. Nothing was changed.")


class NoKitYet(UserError):
    """The office has no kit, so no criteria set and no period."""

    code = "kit.none_yet"
    template = msgid(
        "This office has no kit of the province yet, so there is nothing to fill in. Send the province your signing "
        "request, then open the kit that you get back."
    )


class UnitCodeTaken(UserError):
    """Two units cannot have one code."""

    code = "unit.code_taken"
    template = msgid(
        "The code {code} already belongs to “{name}”. Codes are never used twice; check the list."
    )


class UnitFaulty(UserError):
    """Units cannot be as they were entered; `faults` say of which, in which field, and why."""

    code = "unit.faulty"
    template = msgid("“{code}” cannot be entered like this, and nothing was changed. {fault}")

    def __init__(self, code: str, faults: list[UnitFault]) -> None:
        super().__init__(code=code, fault=faults[0].message)
        self.faults = faults


class YearWrong(UserError):
    """A period is a year of four digits."""

    code = "period.year_wrong"
    template = msgid("“{text}” is not a year. Write four digits, for example 2026.")


class VersionTaken(UserError):
    """The register has other content under that version of the set."""

    code = "criteria.version_taken"
    template = msgid(
        "The register has other content as version {version} of “{name}” already, and what is published never changes. "
        "Give the set a higher version number, then take it in again. Nothing was changed."
    )


class SetOfAnotherYear(UserError):
    """A set is made for one year."""

    code = "period.set_of_another_year"
    template = msgid(
        "The criteria set “{name}” is made for {year}, not for {wanted}. Choose the set of that year."
    )


class SetNotFound(UserError):
    """No set of the register is meant."""

    code = "criteria.not_found"
    template = msgid(
        "The register has no criteria set “{wanted}”. “parindex criteria list” shows those it has."
    )


def kit_series(session: Session, office: Office) -> OpenSeries | None:
    """The kit's series: the province's own, or the one of the province whose key this office trusts."""
    if office.level is Level.PROVINCE and office.record.unit:
        return open_series(session, Series(Kind.KIT, office.record.unit, None, office.record.unit))
    anchor = office.record.anchor
    for series in kept.series_of_kind(session, Kind.KIT):
        opened = open_series(session, series)
        # While the very first kit is taken in there is no anchor yet, and no other series.
        if anchor is None or any(revision.key == anchor for revision in opened.held.values()):
            return opened
    return None


def kit_of(opened: OpenSeries) -> Kit:
    """Read a kit's series; entries that differ between kits made side by side are read as `as_one` says."""
    values = as_one(opened.state())
    said = [
        {key: entry.value for key, entry in revision.entries.items()} for revision in opened.held.values()
    ]
    return read_kit(values, revocations_of([*said, values]))


def current_kit(office: Office) -> Kit:
    """The kit as it stands here; raises `NoKitYet`. It is merged anew only when what it is made of has changed."""
    with office.read() as session:
        made_of = _made_of(session, office)
        known = office.kit_read
        if known is not None and known[0] == made_of:
            return known[1]
        opened = kit_series(session, office)
    if opened is None:
        raise NoKitYet
    kit = kit_of(opened)
    office.kit_read = made_of, kit
    return kit


def _made_of(session: Session, office: Office) -> tuple[object, ...]:
    """All that `kit_series` and `kit_of` look at, by the names of the revisions instead of their bytes."""
    series = kept.series_of_kind(session, Kind.KIT)
    made_of = [(each, kept.digests(session, each), kept.typed(session, each)) for each in series]
    return office.record.level, office.record.unit, office.record.anchor, made_of


def units(office: Office) -> list[Unit]:
    """The units below the province, in order."""
    kit = current_kit(office)
    return in_order(unit for unit in kit.units.values() if unit.level is not Level.PROVINCE)


def add_units(office: Office, new: Iterable[NewUnit]) -> list[Unit]:
    """Add units, or change those whose code is known; all of them or none.

    Raises `NotTheProvince` or `UnitFaulty`.
    """
    with office.begin() as session:
        return write_units(office, session, provincial_series(session, office), list(new), "units.added")


def write_units(
    office: Office,
    session: Session,
    opened: OpenSeries,
    new: Sequence[NewUnit],
    action: str,
    details: Mapping[str, Value] = MappingProxyType({}),
) -> list[Unit]:
    """Write units into the register, and `action` into the journal where anything changes. Raises `UnitFaulty`."""
    assert office.record.unit is not None
    plan = planned(kit_of(opened).units, office.record.unit, new, lambda: str(uuid.uuid4()))
    if plan.faults:
        raise UnitFaulty(new[plan.faults[0].number].code, plan.faults)
    if opened.put(office, session, {f"unit/{unit.id}": unit_entry(unit) for unit in plan.units}):
        office.write(session, action, {"codes": [unit.code for unit in plan.units], **details})
    return plan.units


def add_unit(office: Office, new: NewUnit) -> Unit:
    """Add one unit whose code must be new; raises as `add_units`."""
    known = next((unit for unit in units(office) if unit.code == one_line(new.code, 20)), None)
    if known is not None and known.code:
        raise UnitCodeTaken(code=known.code, name=known.name)
    (added,) = add_units(office, [new])
    return added


def import_set(office: Office, document: bytes) -> CriteriaSet:
    """Add a criteria set to the register.

    Raises `CriteriaSetFaulty` with every fault at its place, `CriteriaFormatTooNew`, `NotTheProvince`, `VersionTaken`.
    """
    criteria = check_set(document)
    with office.begin() as session:
        opened = provincial_series(session, office)
        if criteria.digest not in kit_of(opened).set_trees and is_taken(kit_of(opened), criteria):
            raise VersionTaken(name=criteria.name, version=str(criteria.version))
        opened.put(office, session, {f"set/{criteria.digest}": json.loads(document)})
        office.write(session, "set.imported", {"name": criteria.name, "digest": criteria.digest})
    return criteria


def is_taken(kit: Kit, criteria: CriteriaSet) -> bool:
    """Whether the register has other content under the version of this set: what is published stays as it is."""
    held = (kit.set_of_digest(digest) for digest in kit.set_trees if digest != criteria.digest)
    return any(_version(each) == _version(criteria) for each in held)


def _version(criteria: CriteriaSet) -> tuple[str, int, Level, int]:
    return criteria.id, criteria.year, criteria.level, criteria.version


def check_set(document: bytes) -> CriteriaSet:
    """Read a criteria set from outside against the published schema; raises as `import_set`."""
    return read_criteria_set(document, resources.tree("schemas/criteria-set.schema.json"))


def shipped_sets() -> dict[str, bytes]:
    """The sets that come with the program, by file name."""
    return {path.name: path.read_bytes() for path in resources.files("criteria", ".json")}


def sets(office: Office) -> list[CriteriaSet]:
    """The sets of the register, newest year first."""
    kit = current_kit(office)
    found = [kit.set_of_digest(digest) for digest in kit.set_trees]
    return sorted(found, key=lambda each: (-each.year, each.level.value, -each.version))


def open_period(
    office: Office,
    year: str,
    chosen: Iterable[CriteriaSet],
    self_assessment_to: date | None = None,
    *,
    without_date: bool = False,
) -> Period:
    """Open the assessment of `year` with one set for each level, and work on it if none was open before.

    Opening it again changes what is given: a set of another level is added, a date stays where none is given,
    unless it is to be `without_date`. Figures given for criteria that its sets do not score stay in the register: they
    say nothing under these sets, and count again under some that ask for them. The same again changes nothing. Raises
    `YearWrong`, `SetOfAnotherYear`, `NotTheProvince`.
    """
    chosen = list(chosen)
    check_year(year, chosen)
    digests = {each.level: each.digest for each in chosen}
    with office.begin() as session:
        opened = provincial_series(session, office)
        known = kit_of(opened).periods.get(year)
        kept_date = known.self_assessment_to if known and not without_date else None
        period = Period(
            year, {**known.sets, **digests} if known else digests, self_assessment_to or kept_date
        )
        if opened.put(office, session, {f"period/{year}": period_entry(period)}):
            office.write(session, "period.opened", {"year": year, "sets": sorted(period.sets.values())})
        # The year before goes on while the next one is prepared: only the very first is worked on at once.
        office.change_record(session, period=office.record.period or year)
    return period


def check_year(year: str, chosen: Iterable[CriteriaSet]) -> None:
    """Raise `YearWrong`, or `SetOfAnotherYear` unless all of `chosen` are made for `year`."""
    if not re.fullmatch(r"20[0-9]{2}", year):
        raise YearWrong(text=year[:20])
    for each in chosen:
        if str(each.year) != year:
            raise SetOfAnotherYear(name=each.name, year=str(each.year), wanted=year)


def find_set(office: Office, wanted: str) -> CriteriaSet:
    """The set of the register with that digest (or the beginning of it) or name. Raises `SetNotFound`."""
    held = sets(office)
    for each in held:
        if each.name == wanted or (len(wanted) >= 6 and each.digest.startswith(wanted)):
            return each
    raise SetNotFound(wanted=wanted[:80])


def choose_period(office: Office, year: str) -> None:
    """Work on `year` from now on; raises `NoKitYet` or `UnknownPeriod`."""
    if year not in current_kit(office).periods:
        raise UnknownPeriod(year=year)
    with office.begin() as session:
        office.change_record(session, period=year)


def open_period_of(office: Office, year: str | None = None) -> Period:
    """The open period of `year`, or of the year in hand. Raises `NoKitYet`, `NoYearOpen` or `PeriodNotOpen`."""
    periods = current_kit(office).periods
    chosen = year or office.record.period
    if chosen is None:
        raise NoYearOpen
    period = periods.get(chosen)
    if period is None:
        raise PeriodNotOpen(year=chosen)
    return period


def provincial_series(session: Session, office: Office) -> OpenSeries:
    """The province's own kit series, to be written; raises `NotTheProvince`."""
    if office.level is not Level.PROVINCE:
        raise NotTheProvince
    opened = kit_series(session, office)
    assert opened is not None
    return opened
