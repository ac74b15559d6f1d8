"""What each series of self-assessments comes to, as it is kept beside its revisions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, insert, select, update

from db.models import SeriesRow, TallyRow
from parindex_desktop.domain.revisions import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class KeptTally:
    """A row without its figures: `points` came from them under a criteria set and a version of the rules.

    `made_of` names what the figures were read from.
    """

    made_of: str
    criteria_set: str
    engine: int
    points: str
    about: str


def tallies(session: Session, year: str) -> dict[str, KeptTally]:
    """Those of a year that are kept, by unit."""
    rows = session.execute(
        select(
            SeriesRow.author,
            TallyRow.made_of,
            TallyRow.criteria_set,
            TallyRow.engine,
            TallyRow.points,
            TallyRow.about,
        )
        .join(SeriesRow, SeriesRow.id == TallyRow.series_id)
        .where(SeriesRow.kind == Kind.ASSESSMENT.value, SeriesRow.period == year)
    )
    return {row[0]: KeptTally(*row[1:]) for row in rows}


def figures(session: Session, year: str) -> dict[str, str]:
    """The figures of a year that are kept, by unit."""
    rows = session.execute(
        select(SeriesRow.author, TallyRow.figures)
        .join(SeriesRow, SeriesRow.id == TallyRow.series_id)
        .where(SeriesRow.kind == Kind.ASSESSMENT.value, SeriesRow.period == year)
    )
    return {row.author: row.figures for row in rows}


def put_about(session: Session, year: str, found: Mapping[str, KeptTally]) -> None:
    """Keep what is said besides the points, by unit, where the row was made of the same."""
    ids = _series(session, year) if found else {}
    rows = [{"of": ids[unit], "made": each.made_of, "said": each.about} for unit, each in found.items()]
    if rows:
        same = (TallyRow.series_id == bindparam("of")) & (TallyRow.made_of == bindparam("made"))
        session.connection().execute(update(TallyRow).where(same).values(about=bindparam("said")), rows)


def older_figures(session: Session, year: str, engine: int) -> dict[str, str]:
    """The figures of a year whose points came from other rules than those of the version `engine`, by unit."""
    rows = session.execute(
        select(SeriesRow.author, TallyRow.figures)
        .join(SeriesRow, SeriesRow.id == TallyRow.series_id)
        .where(SeriesRow.kind == Kind.ASSESSMENT.value, SeriesRow.period == year, TallyRow.engine != engine)
    )
    return {row.author: row.figures for row in rows}


def put_tallies(session: Session, year: str, found: Mapping[str, tuple[KeptTally, str]]) -> None:
    """Keep these with their figures, by unit, in the place of what was kept of them."""
    ids = _series(session, year)
    session.execute(delete(TallyRow).where(TallyRow.series_id.in_([ids[unit] for unit in found])))
    rows = [
        {
            "series_id": ids[unit],
            "made_of": each.made_of,
            "criteria_set": each.criteria_set,
            "engine": each.engine,
            "figures": figures,
            "points": each.points,
            "about": each.about,
        }
        for unit, (each, figures) in found.items()
    ]
    if rows:
        session.execute(insert(TallyRow), rows)


def _series(session: Session, year: str) -> dict[str, int]:
    rows = session.execute(
        select(SeriesRow.author, SeriesRow.id).where(
            SeriesRow.kind == Kind.ASSESSMENT.value, SeriesRow.period == year
        )
    )
    return {row.author: row.id for row in rows}
