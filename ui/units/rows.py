"""How units and their keys stand in lists, and which of them are in view."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from parindex_desktop.domain.text import folded
from parindex_desktop.domain.units import Level
from parindex_desktop.services.enrolling import enrolled_in
from resources import msgid
from ui.form.wording import NOTHING
from ui.language import tr
from ui.theme.icons import Icon
from ui.theme.tokens import Tone
from ui.widgets.cells import Column
from ui.widgets.dates import date_text
from ui.widgets.rows import Cell
from ui.widgets.signs import Sign

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from parindex_desktop.domain.kits import Kit, RegisteredKey, Revocation
    from parindex_desktop.domain.units import Unit

NO_KEY: Final = Sign(msgid("No key yet"), Tone.NEUTRAL, Icon.UNSCORED)
ENROLLED: Final = Sign(msgid("Enrolled"), Tone.GOOD, Icon.COMPLETE)
REVOKED: Final = Sign(msgid("Revoked"), Tone.WRONG, Icon.REFUSED)
ENDED: Final = Sign(msgid("Ended"), Tone.NEUTRAL, Icon.HELD)

BLOCK, ABOVE = 3, 4
"""Columns of the block and of the office above: the card at the right says them too."""


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit with its keys, newest last, the office above it (None: the province), and whether it is no more."""

    unit: Unit
    keys: tuple[tuple[RegisteredKey, Revocation | None], ...]
    above: Unit | None
    ended: bool

    @property
    def text(self) -> str:
        """What a search looks through."""
        return folded(f"{self.unit.code} {self.unit.name} {self.unit.block}")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which units are looked for: words, however accented, and a kind or a block; those that ended only if asked."""

    words: str = ""
    level: Level | None = None
    block: str | None = None
    ended: bool = False

    def chosen(self, rows: Iterable[UnitRow]) -> list[bool]:
        """For each row whether it is wanted."""
        words = folded(self.words).split()
        return [
            (self.ended or not row.ended)
            and (self.level is None or row.unit.level is self.level)
            and (self.block is None or row.unit.block == self.block)
            and (not words or _has(row.text, words))
            for row in rows
        ]


def rows_of(kit: Kit, today: date) -> list[UnitRow]:
    """The units below the province, in order."""
    return [
        UnitRow(each.unit, each.keys, _district(kit.units, each.unit), each.unit.ended(today))
        for each in enrolled_in(kit)
        if each.unit.level is not Level.PROVINCE
    ]


def _district(units: Mapping[str, Unit], unit: Unit) -> Unit | None:
    above = units.get(unit.parent or "")
    return above if above is not None and above.level is not Level.PROVINCE else None


def columns() -> list[tuple[str, Column]]:
    """Titles and widths of the list of units."""
    return [
        (tr("Code"), Column(70, least=58)),
        (tr("Name"), Column(230, 4, least=130)),
        (tr("Kind"), Column(164, least=90)),
        (tr("Block"), Column(120, 1, least=90)),
        (tr("Hands over to"), Column(110, 1, least=80)),
        (tr("Key"), Column(150, 0, least=124)),
    ]


def cells(row: UnitRow) -> Sequence[Cell]:
    """One unit with the state of its newest key, or since when it is no more."""
    sign = ENDED if row.ended else key_sign(row)
    valid = usable(row)
    note = tr("{count} machines", count=len(valid)) if len(valid) > 1 else ""
    if row.ended:
        note = date_text(row.unit.valid_to)
    last = row.unit.valid_to
    ends = tr("Until {date}", date=last) if last is not None and not row.ended else ""
    return (
        Cell(row.unit.code, second=True),
        Cell(row.unit.name, note=ends, second=row.ended),
        Cell(tr(row.unit.level.words), second=True),
        Cell(row.unit.block or NOTHING, second=True),
        Cell(short(row.above.name) if row.above else tr("the province"), second=True),
        Cell(tr(sign), sign, note),
    )


def short(name: str) -> str:
    """The name of an office without the words that all names of its kind begin with."""
    return name[len(_COMMITTEE) :] if name.casefold().startswith(_COMMITTEE.casefold()) else name


_COMMITTEE: Final = "Ủy ban nhân dân "


def _has(text: str, words: Iterable[str]) -> bool:
    return all(word in text for word in words)


def key_sign(row: UnitRow) -> Sign:
    """Whether anybody can speak for the unit."""
    if not row.keys:
        return NO_KEY
    return ENROLLED if usable(row) else REVOKED


def usable(row: UnitRow) -> list[str]:
    """Fingerprints of the keys of a unit that are not revoked."""
    return [key.fingerprint for key, revocation in row.keys if revocation is None]


def matching(units: Iterable[Unit], text: str) -> list[Unit]:
    """Units whose code, name or block has every word of `text`, however accented."""
    words = folded(text).split()
    return [
        each for each in units if all(w in folded(f"{each.code} {each.name} {each.block}") for w in words)
    ]


def best_match(units: Iterable[Unit], claimed: str) -> Unit | None:
    """The one unit whose name is the `claimed` one; None where none or several are."""
    wanted = folded(" ".join(claimed.split()))
    found = [unit for unit in units if folded(unit.name) == wanted]
    return found[0] if len(found) == 1 else None
