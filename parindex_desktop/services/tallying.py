"""The points of every unit of a year, kept beside what it handed over and computed anew only where that is needed."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Final

from db import revisions as kept
from db import tallies as table
from db.tallies import KeptTally
from parindex_desktop.domain import merge
from parindex_desktop.domain.assessments import read_assessment
from parindex_desktop.domain.errors import MachineError
from parindex_desktop.domain.revisions import Kind, Series, State, digest_of
from parindex_desktop.domain.scoring.outcome import ENGINE
from parindex_desktop.domain.tallies import About, Tallier, Tally, claimed_of, figures_of, tally_of
from parindex_desktop.services.register import current_kit
from parindex_desktop.services.series import newest_set

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from db.database import Session
    from parindex_desktop.domain.criteria import CriteriaSet
    from parindex_desktop.domain.kits import Kit
    from parindex_desktop.domain.revisions import Revision
    from parindex_desktop.services.homes import Office


_FORM: Final = "3"
"""Version of what `Tally` and `About` write: a row of another one is read anew."""


@dataclass(frozen=True, slots=True)
class UnitTally:
    """What a unit's self-assessment comes to, under which set, and what else is known of it."""

    criteria: CriteriaSet
    tally: Tally
    about: About


def tallies(office: Office, year: str) -> dict[str, UnitTally]:
    """Those of every unit that handed over for `year`, by unit."""
    kit = current_kit(office)
    set_of = cache(kit.set_of_digest)
    tallier = cache(lambda digest: Tallier(set_of(digest)))
    given_names = _names_of_given(kit, year)
    found: dict[str, UnitTally] = {}
    fresh: dict[str, tuple[KeptTally, str]] = {}
    retold: dict[str, KeptTally] = {}
    with office.read() as session:
        figures = cache(lambda: table.figures(session, year))
        known, older = table.tallies(session, year), table.older_figures(session, year, ENGINE)
        for unit, held in kept.names(session, Kind.ASSESSMENT, year).items():
            row, made_of, given = known.get(unit), _name_of(held), given_names(unit)
            about = About.read(row.about) if row is not None and row.made_of == made_of else None
            if row is None or about is None or (about.given != given and not about.locked):
                row, texts = _read_whole(session, kit, unit, year, made_of, given)
                fresh[unit], about = (row, texts), About.read(row.about)
            if about.given != given:  # what is locked stands: only what the unit is to be told is another
                now = tallier(row.criteria_set).outdated(figures()[unit], kit.given_to(year, unit))
                about = replace(about, given=given, outdated=now)
                retold[unit] = row = replace(row, about=about.written())
            if unit in older and unit not in fresh:
                tally = tallier(row.criteria_set).tally(older[unit])
                fresh[unit] = replace(row, engine=ENGINE, points=tally.written()), older[unit]
            else:
                tally = Tally.read(row.points)
            found[unit] = UnitTally(set_of(row.criteria_set), tally, about)
    if fresh or retold:
        # It only spares time the next time: a full disk, or a database that somebody else writes, is told where
        # something would be lost.
        with suppress(MachineError), office.begin() as session:
            table.put_about(session, year, retold)
            table.put_tallies(session, year, fresh)
    return found


def _name_of(held: Sequence[str]) -> str:
    """Names all revisions that a tally is read from, and the form in which it is kept."""
    return digest_of("\n".join((_FORM, *held)).encode())


def _names_of_given(kit: Kit, year: str) -> Callable[[str], str]:
    """What names all that is given to a unit in a year: the same name, the same figures."""
    of_year = kit.given.get(year)
    if not of_year:
        return lambda _unit: ""
    of_holder = cache(lambda holder: digest_of(json.dumps(of_year[holder], sort_keys=True).encode()))

    def name(unit: str) -> str:
        holders = (kit.units[unit].level.value, unit) if unit in kit.units else ()
        return " ".join(of_holder(holder) for holder in holders if holder in of_year)

    return name


def _read_whole(
    session: Session, kit: Kit, unit: str, year: str, made_of: str, given: str
) -> tuple[KeptTally, str]:
    held = kept.held(session, Series(Kind.ASSESSMENT, unit, year, unit))
    tips = merge.heads(held)
    criteria = kit.set_of_digest(newest_set(held))
    form = read_assessment(criteria, merge.merged(held), kit.given_to(year, unit))
    times = filter(None, (kept.held_at(session, digest) for digest in tips))
    keys = [revision.key for revision in tips.values()]
    about = About(
        received=max(time.isoformat() for time in times),
        times=max(revision.sequence for revision in tips.values()),
        missing=_missing(held),
        wanted=tuple(sorted({(a.sha256, a.size) for tip in tips.values() for a in tip.attachments})),
        heads=len(tips),
        same_key=len(set(keys)) < len(keys),
        unsettled=len(form.unsettled),
        reopened=form.reopened,
        without=form.signed.without if form.signed and form.signed.sha256 is None else "",
        claimed=claimed_of(form),
        outdated=tuple(sheet.criterion.code for sheet in form.outdated()),
        given=given,
        locked=form.lock is not None,
        entered=form.lock.entered if form.lock else (),
        approved=form.lock.approved if form.lock else "",
        signer=form.signed.signer if form.signed else "",
        incomplete=form.lock.incomplete if form.lock else "",
    )
    points = tally_of(form).written()
    return KeptTally(made_of, criteria.digest, ENGINE, points, about.written()), figures_of(form)


def _missing(held: Mapping[str, Revision]) -> tuple[int, ...]:
    """Numbers of the hand-overs that some held one descends from, and that never came."""
    lost = {
        ancestor.sequence
        for revision in held.values()
        for ancestor in revision.ancestors
        if ancestor.state is State.FINAL and ancestor.digest not in held
    }
    return tuple(sorted(lost))
