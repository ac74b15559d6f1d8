"""Bodies as a province enters them, and everything that is wrong with one before it is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.domain.text import folded, one_line, sort_key
from parindex_desktop.domain.unit_changes import LONGEST_TYPED_NAME, too_many
from parindex_desktop.domain.unit_entries import LONGEST_CODE, MOST_MEMBERS
from parindex_desktop.domain.units import Body, BodyKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from parindex_desktop.domain.units import Level, Unit


@dataclass(frozen=True, slots=True)
class NewBody:
    """A body as the province enters it: units are named by their codes.

    Only a room is `of_code` an office, that of the province where the code is empty; only a group has members.
    """

    name: str
    kind: BodyKind
    of_code: str = ""
    levels: tuple[Level, ...] = ()
    units: tuple[str, ...] = ()


def described_body(units: Mapping[str, Unit], body: Body) -> NewBody:
    """`body` as the province would enter it."""
    of = units[body.of].code if body.of and body.of in units else ""
    members = sorted(units[each].code for each in body.units if each in units)
    return NewBody(body.name, body.kind, of, body.levels, tuple(members))


def body_named(bodies: Iterable[Body], of: str | None, name: str) -> Body | None:
    """The body of that name, of that office; case and accents aside."""
    return next((each for each in bodies if each.of == of and folded(each.name) == folded(name)), None)


def cleaned_body(new: NewBody) -> NewBody:
    """`new` in the agreed form, without what its kind does not have."""
    group, room = new.kind is BodyKind.GROUP, new.kind is BodyKind.ROOM
    return NewBody(
        one_line(new.name, LONGEST_TYPED_NAME),
        new.kind,
        one_line(new.of_code, LONGEST_CODE) if room else "",
        tuple(sorted(set(new.levels), key=str)) if group else (),
        tuple(sorted({one_line(code, LONGEST_CODE) for code in new.units})) if group else (),
    )


def made_body(new: NewBody, ids: Mapping[str, str], province: str, own_id: str) -> Body:
    """The body that a cleaned `new` without faults is; `ids` are those of the units by their codes."""
    of = ids.get(new.of_code, province) if new.kind is BodyKind.ROOM else None
    return Body(own_id, new.name, new.kind, of, new.levels, tuple(sorted(ids[code] for code in new.units)))


def body_faults(new: NewBody, codes: Iterable[str]) -> Iterator[tuple[str, Message]]:
    """What is wrong with a cleaned `new`, each with the field; `codes` are those of the units."""
    known = set(codes)
    if not new.name:
        yield "name", Message("units.name_missing", "The name is missing.")
    for field, named in (("of_code", (new.of_code,)), ("units", new.units)):
        for code in named:
            if code and code not in known:
                template = msgid("No unit has the code {code}, neither in this list nor in the register.")
                yield field, Message("bodies.unit_unknown", template, {"code": code})
    if wrong := too_many(new.units, MOST_MEMBERS):
        yield "units", wrong
    if new.kind is BodyKind.GROUP and not (new.levels or new.units):
        template = msgid("A group needs members: all units of a kind, or units by their codes.")
        yield "units", Message("bodies.no_members", template)


def bodies_in_order(bodies: Iterable[Body]) -> list[Body]:
    """Bodies as lists show them: rooms, organisations, groups, each by name."""
    kinds = list(BodyKind)
    return sorted(bodies, key=lambda body: (kinds.index(body.kind), sort_key(body.name), body.of or ""))
