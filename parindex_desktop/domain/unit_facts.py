"""What is known of a unit or a body beside its name, as sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.domain.succession import predecessors
from parindex_desktop.domain.units import BodyKind, in_order

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parindex_desktop.domain.units import Body, Unit


def unit_facts(units: Mapping[str, Unit], unit: Unit) -> list[Message]:
    """The block, the days and the successors of `unit`, and what it was formed from; only what is said of it."""
    facts = [
        Message("unit.block", "Block: {block}", {"block": unit.block}) if unit.block else None,
        _day(msgid("Since {date}"), unit.valid_from),
        _day(msgid("Until {date}"), unit.valid_to),
        _named(msgid("Successors: {units}"), [units[each] for each in unit.successors if each in units]),
        _named(msgid("Merged or divided into it: {units}"), predecessors(units, unit)),
        _day(msgid("Figures counted from {date}"), unit.counted_from),
        _day(msgid("Figures counted until {date}"), unit.counted_to),
    ]
    return [each for each in facts if each is not None]


def body_facts(units: Mapping[str, Unit], body: Body) -> list[Message | str]:
    """The kind of `body`, whose room it is, and who belongs to a group."""
    facts: list[Message | str] = [Message("body.kind", body.kind.words)]
    if body.kind is BodyKind.ROOM and body.of in units:
        facts.append(Message("body.of", "Room of: {name}", {"name": units[body.of or ""].name}))
    levels = [Message("body.level", level.words) for level in body.levels]
    if levels:
        facts.append(Message("body.levels", "All of: {levels}", {"levels": levels}))
    named = _named(msgid("Members: {units}"), [units[each] for each in body.units if each in units])
    return facts if named is None else [*facts, named]


def _day(template: str, day: object) -> Message | None:
    return Message("unit.day", template, {"date": day}) if day else None


def _named(template: str, units: list[Unit]) -> Message | None:
    names = tuple(f"{unit.code} {unit.name}".strip() for unit in in_order(units))
    return Message("unit.units", template, {"units": names}) if names else None
