"""The kit: what the province tells every office - units, keys, periods, criteria sets - as entries of a series.

The register of keys decides whom a receiver believes: a fingerprint belongs to a unit from a day to a day,
until it is revoked. Revocations are the union over every kit ever verified, so that no later kit can
un-say one by leaving it out.

| entry | value |
|---|---|
| `unit/<uuid>` | code, name, level, parent, valid_from, valid_to; block, successors, counted_from, counted_to |
| `body/<uuid>` | a body without an office (`unit_entries`) |
| `key/<fingerprint>` | unit, from, to, certificate (base64 DER), recipient (age) |
| `revocation/<fingerprint>` | on, reason, believed (digests of the last revisions still believed) |
| `period/<year>` | sets (level -> digest), self_assessment_to |
| `set/<digest>` | the criteria set itself |
| `plan/<uuid>` | an issued plan (`planning.plans`) |
| `due/<task>/<year>/<occurrence>` | day, source: entered when another authority has set it, or an event has come |
| `reply/<uuid>` | text: what the province answers to a proposal of a unit |
| `given/<year>/<criterion>/<unit or level>` | inputs that the province gives (`given`) |
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from parindex_desktop.domain import strict
from parindex_desktop.domain.criteria import CriteriaSet
from parindex_desktop.domain.errors import BundleRefused, UserError
from parindex_desktop.domain.given import NOTHING_GIVEN, Given, Inputs, given_to, read_given
from parindex_desktop.domain.messages import msgid
from parindex_desktop.domain.planning.deadlines import read_entered_day
from parindex_desktop.domain.planning.plans import Plan
from parindex_desktop.domain.text import LONGEST_TEXT
from parindex_desktop.domain.unit_entries import LONGEST_NAME, read_body, read_unit
from parindex_desktop.domain.units import Level, faulty

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from parindex_desktop.domain.planning.deadlines import EnteredDay
    from parindex_desktop.domain.revisions import Value
    from parindex_desktop.domain.units import Body, Unit

ROOT: Final = "root"
"""Entry key of the province's root certificate (base64 DER), for checks by foreign tools."""


LONGEST_REASON: Final = 500
"""Characters of the reason of a revocation."""

_LONGEST_ID: Final = 36
_LONGEST_CERTIFICATE: Final = 20_000
_YEAR = re.compile("20[0-9]{2}")
_KEY: Final = frozenset({"unit", "from", "to", "certificate", "recipient"})
_REVOCATION: Final = frozenset({"on", "reason", "believed"})
_PERIOD: Final = frozenset({"sets", "self_assessment_to"})


class KitMalformed(BundleRefused):
    """A kit's entry is not what docs/format.md says."""

    code = "kit.malformed"
    template = msgid(
        "The kit is not in the agreed form ({place}). Nothing was taken in; ask the province to export it again."
    )


class UnknownUnit(UserError):
    """No unit has that code or id."""

    code = "unit.unknown"
    template = msgid("No unit has the code “{code}”. Look the code up in the list of units, then try again.")


class UnknownPeriod(UserError):
    """The kit has no such year."""

    code = "period.unknown"
    template = msgid(
        "The kit held here does not open the year {year}. Choose another year, or open the newest kit of the province."
    )


class NoYearOpen(UserError):
    """The kit has no year at all."""

    code = "period.none_open"
    template = msgid(
        "No year of assessment is open yet, so there is nothing to work on. The province opens a year and sends its "
        "kit to the offices."
    )


class PeriodNotOpen(UserError):
    """The province itself has not opened that year."""

    code = "period.not_open"
    template = msgid(
        "The year {year} is not open. Open it with the criteria sets of its offices first, or choose another year."
    )


class NotAssessed(UserError):
    """The year has no set for offices of this level."""

    code = "period.not_assessed"
    template = msgid(
        "Offices of this kind are not assessed in {year}: the kit held here has no criteria set for them. "
        "Choose another year, or ask the province whether there is a newer kit."
    )


class ProvinceNotAssessed(UserError):
    """The year has no set for the province, which as a rule only takes in what others fill in."""

    code = "period.province_not_assessed"
    template = msgid(
        "The province's own office has no self-assessment to fill in: no criteria set is for it. What the units handed "
        "over stands on the page “Taking in”, and “parindex inbox units” lists it."
    )


@dataclass(frozen=True, slots=True)
class RegisteredKey:
    """A key that speaks for `unit` from a day to a day (both included; None is no bound)."""

    fingerprint: str
    unit: str
    valid_from: date
    valid_to: date | None
    certificate: bytes
    recipient: str


@dataclass(frozen=True, slots=True)
class Revocation:
    """From when a key is not believed; revisions in `believed`, and what they descend from, still are."""

    fingerprint: str
    on: date
    reason: str
    believed: frozenset[str]


@dataclass(frozen=True, slots=True)
class Period:
    """A year of assessment: the digest of the set for each level, and the last day of self-assessment."""

    year: str
    sets: Mapping[Level, str]
    self_assessment_to: date | None


@dataclass(frozen=True, slots=True)
class Kit:
    """Everything that a kit's series says now."""

    units: Mapping[str, Unit]
    keys: Mapping[str, RegisteredKey]
    revocations: Mapping[str, Revocation]
    periods: Mapping[str, Period]
    set_trees: Mapping[str, dict[str, Any]]
    root: bytes | None
    given: Given = field(default_factory=dict)
    bodies: Mapping[str, Body] = field(default_factory=dict)
    plan_trees: Mapping[str, dict[str, Any]] = field(default_factory=dict)
    dues: Mapping[tuple[str, str, str], EnteredDay] = field(default_factory=dict)
    replies: Mapping[str, str] = field(default_factory=dict)
    _sets: dict[str, CriteriaSet] = field(default_factory=dict, init=False, repr=False, compare=False)
    _plans: dict[str, Plan] = field(default_factory=dict, init=False, repr=False, compare=False)

    def unit_of_code(self, code: str) -> Unit:
        """The unit with that code; raises `UnknownUnit`."""
        for unit in self.units.values():
            if unit.code == code:
                return unit
        raise UnknownUnit(code=code)

    def criteria_set(self, year: str, level: Level) -> CriteriaSet:
        """The set that an office of `level` is assessed by in `year`.

        Raises `ProvinceNotAssessed`, `NoYearOpen`, `UnknownPeriod` or `NotAssessed`.
        """
        period = self.periods.get(year)
        if period and level in period.sets:
            return self.set_of_digest(period.sets[level])
        if level is Level.PROVINCE:
            raise ProvinceNotAssessed
        if not self.periods:
            raise NoYearOpen
        if period is None:
            raise UnknownPeriod(year=year)
        raise NotAssessed(year=year)

    def set_of_digest(self, digest: str) -> CriteriaSet:
        """The set of that digest, which a period or a revision names; raises `UnknownSet`."""
        if digest not in self.set_trees:
            raise UnknownSet(digest=digest[:12])
        if digest not in self._sets:
            self._sets[digest] = CriteriaSet.from_tree(self.set_trees[digest])
        return self._sets[digest]

    def plans(self, year: int | None = None) -> list[Plan]:
        """The issued plans, those that run in `year` only where one is given; by their first year and title."""
        for id_, tree in self.plan_trees.items():
            if id_ not in self._plans:
                self._plans[id_] = Plan.read(tree)
        found = [each for each in self._plans.values() if year is None or each.runs_in(year)]
        return sorted(found, key=lambda each: (each.first, each.title, each.id))

    def given_to(self, year: str, unit: str) -> Mapping[str, Inputs]:
        """What the province gives to a unit in a year, by criterion."""
        known, of_year = self.units.get(unit), self.given.get(year)
        return given_to(of_year, known) if known and of_year else NOTHING_GIVEN

    def province(self) -> Unit | None:
        """The unit of level province, which stands at the top."""
        return next((unit for unit in self.units.values() if unit.level is Level.PROVINCE), None)

    def above(self, unit: str) -> list[str]:
        """The offices that `unit` hands over to, nearest first."""
        chain: list[str] = []
        parent = self.units[unit].parent if unit in self.units else None
        while parent is not None and parent in self.units and parent not in chain:
            chain.append(parent)
            parent = self.units[parent].parent
        return chain


class UnknownSet(BundleRefused):
    """A revision names a criteria set that is not held here."""

    code = "criteria.unknown_set"
    template = msgid(
        "The bundle was filled under a criteria set that is not known here ({digest}…). Nothing was taken in; "
        "take in or publish that set first, then open the bundle again."
    )


def read_kit(values: Mapping[str, Value], revocations: Iterable[Revocation] = ()) -> Kit:
    """Read the settled entries of a kit's series; `revocations` are those of every kit held.

    Raises `KitMalformed`.
    """
    read: dict[str, dict[str, Any]] = {kind: {} for kind in _READERS}
    dues: dict[tuple[str, str, str], EnteredDay] = {}
    given: dict[str, dict[str, dict[str, Inputs]]] = {}
    root: bytes | None = None
    for key, value in values.items():
        kind, _, name = key.partition("/")
        if value is None:
            continue
        try:
            if key == ROOT:
                root = _binary(value)
            elif kind in _READERS:
                read[kind][name] = _READERS[kind](name, value)
            elif kind == "due":
                task, year, occurrence = name.split("/")
                dues[task, year, occurrence] = read_entered_day(value)
            elif kind == "given":
                year, criterion, holder = name.split("/")
                given.setdefault(year, {}).setdefault(holder, {})[criterion] = read_given(value)
        except ValueError as fault:
            raise KitMalformed(place=key[:80]) from fault
    return Kit(
        units=read["unit"],
        bodies=read["body"],
        keys=read["key"],
        revocations={r.fingerprint: r for r in revocations},
        periods=read["period"],
        set_trees=read["set"],
        root=root,
        given=given,
        plan_trees=read["plan"],
        dues=dues,
        replies=read["reply"],
    )


def revocations_of(kits: Iterable[Mapping[str, Value]]) -> list[Revocation]:
    """The union of the revocations that the entries of any kit ever said; the earliest day counts."""
    found: dict[str, Revocation] = {}
    for entries in kits:
        for key, value in entries.items():
            kind, _, fingerprint = key.partition("/")
            if kind != "revocation" or value is None:
                continue
            revocation = _revocation(fingerprint, value)
            earlier = found.get(fingerprint)
            if earlier is None or revocation.on < earlier.on:
                found[fingerprint] = revocation
    return list(found.values())


def key_entry(key: RegisteredKey) -> dict[str, Value]:
    """The value of a key's entry."""
    return {
        "unit": key.unit,
        "from": key.valid_from.isoformat(),
        "to": _iso(key.valid_to),
        "certificate": base64.b64encode(key.certificate).decode(),
        "recipient": key.recipient,
    }


def revocation_entry(revocation: Revocation) -> dict[str, Value]:
    """The value of a revocation's entry."""
    return {
        "on": revocation.on.isoformat(),
        "reason": revocation.reason,
        "believed": sorted(revocation.believed),
    }


def period_entry(period: Period) -> dict[str, Value]:
    """The value of a period's entry."""
    return {
        "sets": {level.value: digest for level, digest in period.sets.items()},
        "self_assessment_to": _iso(period.self_assessment_to),
    }


def check_units(units: Mapping[str, Unit], author: str) -> None:
    """Refuse units that no province enters (`units.faulty`). Raises `KitMalformed`."""
    for name in faulty(units, author):
        raise KitMalformed(place=f"unit/{name}")


def _key(name: str, value: Any) -> RegisteredKey:
    said = strict.fields(value, _KEY)
    return RegisteredKey(
        name,
        strict.text(said["unit"], _LONGEST_ID),
        _some_day(said["from"]),
        strict.day(said["to"]),
        _binary(said["certificate"]),
        strict.text(said["recipient"], LONGEST_NAME),
    )


def _revocation(name: str, value: Any) -> Revocation:
    try:
        said = strict.fields(value, _REVOCATION)
        believed = frozenset(strict.sha256(each) for each in strict.items(said["believed"]))
        return Revocation(name, _some_day(said["on"]), strict.text(said["reason"], LONGEST_REASON), believed)
    except ValueError as fault:
        raise KitMalformed(place=f"revocation/{name}"[:80]) from fault


def _period(name: str, value: Any) -> Period:
    said = strict.fields(value, _PERIOD)
    if _YEAR.fullmatch(name) is None:
        raise ValueError("not a year")
    sets = {Level(level): strict.sha256(digest) for level, digest in strict.table(said["sets"]).items()}
    return Period(name, sets, strict.day(said["self_assessment_to"]))


def _binary(value: Any) -> bytes:
    return base64.b64decode(strict.text(value, _LONGEST_CERTIFICATE), validate=True)


def _some_day(value: Any) -> date:
    found = strict.day(value)
    if found is None:
        raise ValueError("a day is missing")
    return found


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


_READERS: Final[Mapping[str, Callable[[str, Any], Any]]] = {
    "unit": read_unit,
    "body": read_body,
    "key": _key,
    "period": _period,
    "set": lambda _digest, value: strict.table(value),
    "plan": lambda _id, value: strict.table(value),
    "reply": lambda _id, value: strict.text(value, LONGEST_TEXT),
}
"""How the value of each kind of entry is read, with the name that follows the kind in its key."""
