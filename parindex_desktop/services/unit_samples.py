"""Sample lists of units in the two shapes that a province has had, to look at, to try out, or to begin with.

They are the three districts of Sa Pa, Si Ma Cai and Bắc Hà as they were at the end of 2024, and what became of them
until 2026 (the list of administrative units of the General Statistics Office), with a few departments beside them.
"""

from __future__ import annotations

import csv
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

import resources
from parindex_desktop.domain.body_changes import NewBody
from parindex_desktop.domain.messages import msgid
from parindex_desktop.domain.unit_changes import NewUnit
from parindex_desktop.domain.units import BodyKind, Level
from parindex_desktop.services.unit_lists import write_book

if TYPE_CHECKING:
    from pathlib import Path


class Shape(StrEnum):
    """The shape of a province; its value is its name on the command line, and that of its file."""

    THREE_TIERS = "three-tiers"
    TWO_TIERS = "two-tiers"

    @property
    def words(self) -> str:
        """What it is called, as a template of the catalogue."""
        return _WORDS[self]


_WORDS = {
    Shape.THREE_TIERS: msgid("Three tiers with districts (2024)"),
    Shape.TWO_TIERS: msgid("Two tiers, with mergers (2026)"),
}


def sample_units(shape: Shape) -> list[NewUnit]:
    """The units of a sample."""
    return [
        NewUnit(
            row["code"],
            row["name"],
            Level(row["level"]),
            row["parent_code"],
            row["block"],
            _day(row["valid_from"]),
            _day(row["valid_to"]),
            tuple(row["successors"].split()),
            _day(row.get("counted_from", "")),
        )
        for row in _rows(shape.value)
    ]


def sample_bodies() -> list[NewBody]:
    """The bodies without a home that both samples have."""
    return [
        NewBody(row["name"], BodyKind(row["kind"]), levels=tuple(map(Level, row["levels"].split())))
        for row in _rows("bodies")
    ]


def write_sample(shape: Shape, target: Path) -> None:
    """Write a sample to the workbook `target`. Raises `FileNotWritten`."""
    write_book(target, sample_units(shape), sample_bodies())


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(resources.text(f"units/{name}.csv").splitlines()))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
