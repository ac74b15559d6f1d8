"""How years and criteria sets stand in lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from resources import msgid
from ui.form.wording import NOTHING, figure
from ui.language import tr
from ui.theme.icons import Icon
from ui.theme.tokens import Tone
from ui.widgets.cells import Column
from ui.widgets.dates import date_text
from ui.widgets.rows import Cell
from ui.widgets.signs import Sign

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parindex_desktop.domain.criteria import CriteriaSet
    from parindex_desktop.domain.kits import Period
    from parindex_desktop.domain.units import Level


@dataclass(frozen=True, slots=True)
class YearRow:
    """A year with its sets; `current` tells that the window works on it.

    Of the kinds `left_out` the register has units, but the year no set.
    """

    period: Period
    sets: tuple[CriteriaSet, ...]
    current: bool
    left_out: tuple[Level, ...] = ()


@dataclass(frozen=True, slots=True)
class SetRow:
    """A criteria set with the years that use it."""

    criteria: CriteriaSet
    years: tuple[str, ...]
    twin: bool = False
    """Whether another set has its year, version and name."""


def year_columns() -> list[tuple[str, Column]]:
    """Titles and widths of the list of years."""
    return [
        (tr("Year"), Column(110, least=90)),
        (tr("Criteria sets"), Column(260, 1, least=140)),
        (tr("Last day of self-scoring"), Column(120, least=96)),
    ]


def year_cells(row: YearRow) -> Sequence[Cell]:
    """One year."""
    sets = [
        tr(
            "{level}: {name} (version {version})",
            level=tr(each.level.words),
            name=each.name,
            version=str(each.version),
        )
        for each in row.sets
    ]
    lacks = [tr("{level}: no criteria set yet", level=tr(level.words)) for level in row.left_out]
    lines = "\n".join(sets + lacks)
    last = row.period.self_assessment_to
    return (
        Cell(row.period.year, note=tr("worked on now") if row.current else "", strong=True),
        Cell(lines or NOTHING),
        Cell(date_text(last) if last else tr("not set"), second=last is None),
    )


def set_columns() -> list[tuple[str, Column]]:
    """Titles and widths of the list of sets."""
    return [
        (tr("Criteria set"), Column(220, 3, least=130)),
        (tr("Kind"), Column(100, least=86)),
        (tr("Year"), Column(52)),
        (tr("Version"), Column(62, 0, numeric=True, least=58)),
        (tr("Points"), Column(64, 0, numeric=True)),
        (tr("Digest"), Column(82)),
        (tr("Use"), Column(142)),
    ]


def set_cells(row: SetRow) -> Sequence[Cell]:
    """One criteria set."""
    each = row.criteria
    sign = _use(row)
    return (
        Cell(each.name, note=tr("digest {digest}", digest=each.digest[:8]) if row.twin else each.notice),
        Cell(tr(each.level.words), second=True),
        Cell(str(each.year)),
        Cell(figure(each.version)),
        Cell(figure(each.maximum)),
        Cell(each.digest[:8], second=True),
        Cell(tr(sign), sign),
    )


def _use(row: SetRow) -> Sign:
    if not row.years:
        return Sign(msgid("Not used yet"), Tone.NEUTRAL, Icon.UNSCORED)
    return Sign(msgid("Used in {years}"), Tone.GOOD, Icon.COMPLETE, {"years": ", ".join(row.years)})
