"""Two kits side by side at the province: what they contradict each other in, and which of it stands.

The province takes in its own other kit like any other bundle (`receiving`), lets one value stand for each difference,
and exports a kit that continues both. docs/decisions/0013 says why.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING

from db import revisions as kept
from exports.signing.keys import spoken
from parindex_desktop.domain import merge
from parindex_desktop.domain.errors import UserError
from parindex_desktop.domain.kits import read_kit, revocations_of
from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.domain.revisions import CODE_GROUP, canonical
from parindex_desktop.domain.rival_kits import SHARED_CODE, contradictions, shared_codes
from parindex_desktop.domain.scoring.answers import Answer
from parindex_desktop.domain.scoring.showing import shown_answer
from parindex_desktop.domain.unit_entries import LONGEST_CODE, unit_entry
from parindex_desktop.domain.unit_facts import body_facts, unit_facts
from parindex_desktop.domain.units import Level
from parindex_desktop.services.differences import Difference, DifferenceUnknown, Version, origin_of
from parindex_desktop.services.register import kit_of, provincial_series
from resources.language import day_of, to_the_second

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from db.database import Session
    from parindex_desktop.domain.criteria import Criterion
    from parindex_desktop.domain.given import Inputs
    from parindex_desktop.domain.kits import Kit
    from parindex_desktop.domain.merge import Standing
    from parindex_desktop.domain.revisions import Entry, Value
    from parindex_desktop.domain.units import Unit
    from parindex_desktop.services.differences import Origin
    from parindex_desktop.services.homes import Office
    from parindex_desktop.services.series import OpenSeries


class KitUnknown(UserError):
    """No such kit stands beside another."""

    code = "difference.kit_unknown"
    template = msgid("No kit with the number {number} stands beside another. Look at the list again.")


def kit_differences(office: Office) -> list[Difference]:
    """What the province must settle before it can export a kit again. Raises `NotTheProvince`."""
    with office.read() as session:
        opened = provincial_series(session, office)
        kit = kit_of(opened)
        return [_difference(session, office, kit, opened, key) for key in contradictions(opened.state())]


def settle_kit(office: Office, key: str, number: int) -> int:
    """Let the value `number` (from 1, as listed) stand for `key`; returns how many differences are left.

    Of units with one code the chosen one keeps it; the others stay findable under codes of their own, and end today.
    Raises `DifferenceUnknown` or `NotTheProvince`.
    """
    with office.begin() as session:
        opened = provincial_series(session, office)
        if key not in contradictions(opened.state()):
            raise DifferenceUnknown(key=key, number=str(number))
        opened.put(office, session, _settlement(office, opened, key, number))
        office.write(session, "kit.settled", {"entry": key, "chosen": number})
        return len(contradictions(opened.state()))


def settle_as(office: Office, number: int) -> int:
    """Let stand whatever the kit `number` (from 1, as `rival_kits` lists them) says; returns how many are left.

    Raises `KitUnknown` or `NotTheProvince`.
    """
    with office.begin() as session:
        opened = provincial_series(session, office)
        rivals = _rivals(session, opened)
        if not 1 <= number <= len(rivals):
            raise KitUnknown(number=str(number))
        said = opened.held[rivals[number - 1]].entries
        settled = []
        for key in contradictions(opened.state()):
            chosen = _number_in(opened, said, key)
            if chosen is not None:
                opened.put(office, session, _settlement(office, opened, key, chosen))
                settled.append(key)
        office.write(session, "kit.settled", {"entries": list(settled), "as": rivals[number - 1]})
        return len(contradictions(opened.state()))


def rival_kits(office: Office) -> list[Origin]:
    """The kits that nothing held continues, the oldest first, in the order of `settle_as`; none where there is one."""
    with office.read() as session:
        opened = provincial_series(session, office)
        return [origin_of(session, opened, digest) for digest in _rivals(session, opened)]


def kit_words(origin: Origin) -> Message:
    """Which kit a value comes from; kits of one number, key and minute are told apart by seconds and content code."""
    if origin.working:
        return Message("difference.kit_working", "This machine, in no kit yet")
    values = {"number": str(origin.sequence), "code": origin.digest[:CODE_GROUP]}
    if origin.claimed is None:
        return Message(
            "difference.kit_not_here", "Kit {number} (content code {code}…), never received", values
        )
    return Message(
        "difference.kit_signed",
        "Kit {number}, signed {time} (content code {code}…)",
        {**values, "time": to_the_second(origin.claimed)},
    )


def _rivals(session: Session, opened: OpenSeries) -> list[str]:
    """The kits side by side, the one that was signed first at the beginning."""
    heads = merge.heads(opened.held)
    if len(heads) < 2:
        return []
    return sorted(heads, key=lambda digest: (str(kept.claimed_time(session, digest)), digest))


def _settlement(office: Office, opened: OpenSeries, key: str, number: int) -> dict[str, Value]:
    """The entries that let the value `number` stand. Raises `DifferenceUnknown`."""
    if not key.startswith(SHARED_CODE):
        register = opened.state()[key]
        if not 1 <= number <= len(register):
            raise DifferenceUnknown(key=key, number=str(number))
        return {key: register[number - 1].value}
    kit = kit_of(opened)
    same = shared_codes(kit.units.values())[key.removeprefix(SHARED_CODE)]
    if not 1 <= number <= len(same):
        raise DifferenceUnknown(key=key, number=str(number))
    taken = {unit.code for unit in kit.units.values()}
    today = day_of(office.clock())
    entries: dict[str, Value] = {}
    for unit in same:
        if unit is not same[number - 1]:
            code = next(c for n in count(2) if (c := f"{unit.code[: LONGEST_CODE - 4]}-{n}") not in taken)
            taken.add(code)
            entries[f"unit/{unit.id}"] = unit_entry(replace(unit, code=code, valid_to=today))
    return entries


def _number_in(opened: OpenSeries, said: Mapping[str, Entry], key: str) -> int | None:
    """The number of the value that a kit which `said` these entries has for `key`; None where it has none of them."""
    if key.startswith(SHARED_CODE):
        same = shared_codes(kit_of(opened).units.values())[key.removeprefix(SHARED_CODE)]
        own = [number for number, unit in enumerate(same, 1) if f"unit/{unit.id}" in said]
        return own[0] if len(own) == 1 else None
    values = [canonical(standing.value) for standing in opened.state()[key]]
    wanted = canonical(said[key].value) if key in said else None
    return values.index(wanted) + 1 if wanted in values else None


def _difference(session: Session, office: Office, kit: Kit, opened: OpenSeries, key: str) -> Difference:
    state = opened.state()

    def version(value: Value, lines: list[Message | str], standing: Standing) -> Version:
        origins = (origin_of(session, opened, writer) for writer in sorted(standing.writers))
        return Version(value, tuple(lines), None, tuple(origins))

    if key.startswith(SHARED_CODE):
        same = shared_codes(kit.units.values())[key.removeprefix(SHARED_CODE)]
        versions = [version(unit.id, _unit_lines(kit, unit), state[f"unit/{unit.id}"][0]) for unit in same]
    else:
        versions = [version(each.value, _lines(kit, key, each.value), each) for each in state[key]]
    assert office.record.unit is not None
    return Difference(office.record.unit, office.record.name, "", key, None, _part(kit, key), tuple(versions))


def _part(kit: Kit, key: str) -> Message:
    """What of the register a contradiction is about."""
    kind, _, name = key.partition("/")
    match kind:
        case "code":
            return Message(
                "difference.kit_code", "Two units with the code {code}: which one keeps it", {"code": name}
            )
        case "unit":
            code = kit.units[name].code if name in kit.units else "–"
            return Message("difference.kit_unit", "Unit {code}", {"code": code})
        case "key":
            return Message("difference.kit_key", "Key {code}", {"code": spoken(name)})
        case "revocation":
            return Message(
                "difference.kit_revocation", "Revocation of the key {code}", {"code": spoken(name)}
            )
        case "body":
            body = kit.bodies.get(name)
            return Message("difference.kit_body", "“{name}”", {"name": body.name if body else "–"})
        case "given":
            return _given_part(kit, *name.split("/"))
        case _:
            return _other_part(kit, kind, name)


def _other_part(kit: Kit, kind: str, name: str) -> Message:
    if kind == "period":
        return Message("difference.kit_period", "Year {year}", {"year": name})
    if kind == "plan" and name in kit.plan_trees:
        title = kit.plan_trees[name]["head"]["title"]
        return Message("difference.kit_plan", "Plan “{title}”", {"title": title})
    return Message(
        "difference.kit_entry", "Entry {name} of the register", {"name": f"{kind}/{name}".rstrip("/")}
    )


def _given_part(kit: Kit, year: str, criterion: str, holder: str) -> Message:
    found = _criterion(kit, year, criterion)
    values = {"year": year, "criterion": found.code if found else criterion[:8]}
    if holder in tuple(Level):
        template = msgid("Given in {year} to all units ({level}), criterion {criterion}")
        words = Message("difference.kit_given_level", Level(holder).words)
        return Message("difference.kit_given_all", template, {**values, "level": words})
    template = msgid("Given in {year} to {unit}, criterion {criterion}")
    name = kit.units[holder].name if holder in kit.units else holder
    return Message("difference.kit_given", template, {**values, "unit": name})


def _lines(kit: Kit, key: str, value: Value) -> list[Message | str]:
    """The value of an entry as lines to be said."""
    if value is None:
        return [Message("difference.cleared", "(cleared)")]
    alone = {key: value}
    said = read_kit(alone, revocations_of([alone]))
    lines: list[Message | str] = []
    for unit in said.units.values():
        lines += _unit_lines(kit, unit)
    for body in said.bodies.values():
        lines += [body.name, *body_facts(kit.units, body)]
    for registered in said.keys.values():
        lines += [kit.units[registered.unit].name, _since(registered.valid_from)]
    for revocation in said.revocations.values():
        lines += [revocation.reason, _since(revocation.on)]
    for period in said.periods.values():
        lines += [kit.set_of_digest(digest).name for _, digest in sorted(period.sets.items())]
        lines.append(_until(period.self_assessment_to))
    lines += _plan_lines(said)
    for year, by_unit in said.given.items():
        for criterion, inputs in (each for by_criterion in by_unit.values() for each in by_criterion.items()):
            lines += _given_lines(_criterion(kit, year, criterion), inputs)
    return lines


def _plan_lines(said: Kit) -> list[str]:
    """What a kit says of plans: their titles and numbers, days that were entered, answers to proposals."""
    plans = [text for plan in said.plans() for text in (plan.title, plan.number)]
    days = [text for each in said.dues.values() for text in (f"{each.day:%d/%m/%Y}", each.source)]
    return [text for text in (*plans, *days, *said.replies.values()) if text]


def _criterion(kit: Kit, year: str, criterion: str) -> Criterion | None:
    """The criterion of that id in one of the sets of a year."""
    period = kit.periods.get(year)
    sets = [kit.set_of_digest(digest) for digest in period.sets.values()] if period else []
    return next(filter(None, (criteria.find(criterion) for criteria in sets)), None)


def _given_lines(criterion: Criterion | None, inputs: Inputs) -> list[Message | str]:
    if criterion is None:
        return [f"{name}: {text}" for name, text in sorted(inputs.items())]
    return list(shown_answer(criterion, Answer(inputs=inputs)))


def _unit_lines(kit: Kit, unit: Unit) -> list[Message | str]:
    keys = sum(key.unit == unit.id and key.fingerprint not in kit.revocations for key in kit.keys.values())
    above = kit.units.get(unit.parent or "")
    return [
        f"{unit.code} {unit.name}",
        Message("difference.kit_above", "Below: {name}", {"name": above.name if above else "–"}),
        Message("difference.kit_keys", "Keys enrolled: {count}", {"count": keys}),
        *unit_facts(kit.units, unit),
    ]


def _since(first: date) -> Message:
    return Message("difference.kit_since", "Since {date}", {"date": first})


def _until(last: date | None) -> Message:
    if last is None:
        return Message("difference.kit_no_deadline", "Without a deadline")
    return Message("difference.kit_deadline", "Self-assessment until {date}", {"date": last})
