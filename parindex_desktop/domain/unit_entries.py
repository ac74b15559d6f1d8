"""Units and bodies as entries of a kit: `unit/<uuid>` and `body/<uuid>`.

What a unit as a rule does not have (a block, successors, days of its own for its figures) is left out of its entry.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from parindex_desktop.domain import strict
from parindex_desktop.domain.units import Body, BodyKind, Level, Unit

if TYPE_CHECKING:
    from datetime import date

    from parindex_desktop.domain.revisions import Value

LONGEST_CODE: Final = 20
LONGEST_NAME: Final = 500
LONGEST_BLOCK: Final = 200
"""Characters of a unit's code, of a name, and of a block."""

MOST_SUCCESSORS: Final = 200
"""Units that one was merged or divided into at most: more than any district had communes."""

MOST_MEMBERS: Final = 4_000
"""Units that a group names at most: more than any province has."""

_LONGEST_ID: Final = 36
_UNIT: Final = frozenset({"code", "name", "level", "parent", "valid_from", "valid_to"})
_RARE: Final = frozenset({"block", "successors", "counted_from", "counted_to"})
_BODY: Final = frozenset({"name", "kind", "of", "levels", "units"})


def unit_entry(unit: Unit) -> dict[str, Value]:
    """The value of a unit's entry."""
    rare: dict[str, Value] = {
        "block": unit.block,
        "successors": sorted(unit.successors),
        "counted_from": _iso(unit.counted_from),
        "counted_to": _iso(unit.counted_to),
    }
    return {
        "code": unit.code,
        "name": unit.name,
        "level": unit.level.value,
        "parent": unit.parent,
        "valid_from": _iso(unit.valid_from),
        "valid_to": _iso(unit.valid_to),
        **{name: value for name, value in rare.items() if value},
    }


def read_unit(name: str, value: Any) -> Unit:
    """Read the value of the entry of the unit `name`; raises ValueError."""
    said = strict.fields(value, _UNIT, _RARE)
    return Unit(
        name,
        strict.text(said["code"], LONGEST_CODE),
        strict.text(said["name"], LONGEST_NAME),
        Level(said["level"]),
        None if said["parent"] is None else strict.text(said["parent"], _LONGEST_ID),
        strict.day(said["valid_from"]),
        strict.day(said["valid_to"]),
        strict.text(said.get("block", ""), LONGEST_BLOCK),
        _ids(said.get("successors", []), MOST_SUCCESSORS),
        strict.day(said.get("counted_from")),
        strict.day(said.get("counted_to")),
    )


def body_entry(body: Body) -> dict[str, Value]:
    """The value of a body's entry."""
    return {
        "name": body.name,
        "kind": body.kind.value,
        "of": body.of,
        "levels": sorted(level.value for level in body.levels),
        "units": sorted(body.units),
    }


def read_body(name: str, value: Any) -> Body:
    """Read the value of the entry of the body `name`; raises ValueError."""
    said = strict.fields(value, _BODY)
    levels = strict.items(said["levels"])
    if levels != sorted(set(levels)):
        raise ValueError("not a sorted list of levels")
    return Body(
        name,
        strict.text(said["name"], LONGEST_NAME),
        BodyKind(said["kind"]),
        None if said["of"] is None else strict.text(said["of"], _LONGEST_ID),
        tuple(map(Level, levels)),
        _ids(said["units"], MOST_MEMBERS),
    )


def _ids(value: Any, most: int) -> tuple[str, ...]:
    """Ids as they are written: sorted, each once, and not too many."""
    found = tuple(strict.text(each, _LONGEST_ID) for each in strict.items(value))
    if len(found) > most or list(found) != sorted(set(found)):
        raise ValueError("not a sorted list of few ids")
    return found


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
