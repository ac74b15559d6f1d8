"""The points of every commune of the country: computed from figures in the database, and from what is kept of them.

Beside them stands SQLite itself, which rounds as many shares in one statement: a floor that no Python comes near.
"""

from __future__ import annotations

import os
import random
import sqlite3
import time
import uuid
from contextlib import closing
from datetime import UTC, datetime
from itertools import count
from statistics import median
from typing import TYPE_CHECKING

from sqlalchemy import delete, update

from benchmarks import making
from benchmarks.measuring import Line, options, show, work_folder
from db import revisions as kept
from db.models import TallyRow
from parindex_desktop.domain.assessments import answer_key, content_digest
from parindex_desktop.domain.closing import Lock
from parindex_desktop.domain.figures import figures_entry
from parindex_desktop.domain.revisions import Entry, Kind, Mode, Revision, Series, State
from parindex_desktop.domain.scoring.answers import Answer
from parindex_desktop.domain.scoring.inputs import InputKind
from parindex_desktop.domain.scoring.outcome import ENGINE
from parindex_desktop.domain.unit_entries import unit_entry
from parindex_desktop.domain.units import Level, Unit
from parindex_desktop.services import giving, register, tallying
from parindex_desktop.services.founding import NewOffice, found

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from parindex_desktop.domain.criteria import CriteriaSet
    from parindex_desktop.domain.revisions import Value
    from parindex_desktop.domain.scoring.inputs import InputSpec
    from parindex_desktop.services.homes import Office

YEAR = "2026"
LOCKED = datetime(2026, 12, 1, tzinfo=UTC)


def filled(home: Path, units: int) -> Office:
    """A province that holds a locked self-assessment of `units` communes with figures of their own."""
    office = found(home, NewOffice(Level.PROVINCE, "Bộ Nội vụ", making.PASSPHRASE))
    criteria = register.import_set(office, making.set_of_hundred())
    register.open_period(office, YEAR, [criteria])
    chance = random.Random(1)
    with office.begin() as session:
        kit = register.provincial_series(session, office)
        named = {str(uuid.UUID(int=number)): f"{number:05}" for number in range(1, units + 1)}
        entries = {
            f"unit/{unit}": unit_entry(Unit(unit, code, f"Xã {code}", Level.COMMUNE, office.record.unit))
            for unit, code in named.items()
        }
        kit.put(office, session, entries)
        for unit in named:
            revision = _revision(criteria, unit, chance)
            kept.hold(session, revision, revision.document(), office.clock())
    return office


def _revision(criteria: CriteriaSet, unit: str, chance: random.Random) -> Revision:
    values: dict[str, Value] = {}
    for leaf in criteria.leaves():
        if leaf.inputs:
            figures = Answer(inputs={spec.name: _figure(spec, chance) for spec in leaf.inputs})
            values[answer_key(leaf.id, "figures")] = figures_entry(figures)
            values[answer_key(leaf.id, "explanation")] = "Giải trình của đơn vị"
    lock = Lock(content_digest(values), LOCKED, "Lan", "0" * 64, "Chưa đủ", ENGINE, {})
    values["lock"] = lock.entry()
    return Revision(
        series=Series(Kind.ASSESSMENT, unit, YEAR, unit),
        audience=(),
        sequence=1,
        parents=(),
        ancestors=(),
        key="0" * 64,
        kit=None,
        criteria_set=criteria.digest,
        state=State.FINAL,
        mode=Mode.REAL,
        journal="0" * 64,
        entries={key: Entry(value, ("self",)) for key, value in values.items()},
        attachments=(),
    )


def _figure(spec: InputSpec, chance: random.Random) -> str:
    match spec.kind:
        case InputKind.COUNT | InputKind.AMOUNT:
            return str(chance.randint(900, 2000) if spec.name == "denominator" else chance.randint(0, 900))
        case InputKind.YES_NO | InputKind.CHECK:
            return chance.choice(["yes", "yes", "no"])
        case InputKind.DATE:
            return f"2026-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
        case InputKind.CHOICE:
            return chance.choice(spec.options).id


def _give(office: Office, to: list[Unit | None], number: int) -> None:
    """Give a denominator of the set to units of the board, or to all."""
    (board,) = giving.boards(office, YEAR)
    figure = next(each for each in board.figures if each.spec.name == "denominator")
    units = [unit for unit in to if unit is None or unit.level is Level.COMMUNE]
    giving.give(office, YEAR, {figure.place(unit): str(2000 + number) for unit in units})


def measured(rounds: int, prepare: Callable[[], object], work: Callable[[], object]) -> list[float]:
    """Seconds of one core that `work` took, each time after `prepare`."""
    seconds = []
    for _ in range(rounds + 1):
        prepare()
        begin = time.process_time()
        work()
        seconds.append(time.process_time() - begin)
    return seconds[1:]


def shares_in_sql(count: int) -> Callable[[], object]:
    """As many shares, computed and rounded by SQLite."""

    def work() -> None:
        with closing(sqlite3.connect(":memory:")) as database:
            database.execute("CREATE TABLE figure (part INTEGER, whole INTEGER)")
            database.executemany(
                "INSERT INTO figure VALUES (?, ?)", ((n % 900, 900 + n % 1100) for n in range(count))
            )
            database.execute("SELECT sum(round(1.5 * part / whole, 2)) FROM figure").fetchone()

    return work


def main() -> None:
    chosen = options(__doc__, units=3321)
    with work_folder(chosen.work) as work, filled(work / "office", chosen.units) as office:
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})

        def forget() -> None:
            with office.begin() as session:
                session.execute(delete(TallyRow))

        def outdate() -> None:
            with office.begin() as session:
                session.execute(update(TallyRow).values(engine=0))

        def read() -> None:
            assert len(tallying.tallies(office, YEAR)) == chosen.units

        numbers = count(1)

        def give_all() -> None:
            _give(office, [None], next(numbers))
            register.current_kit(office)

        whole = measured(1, forget, read)
        again = measured(chosen.rounds, outdate, read)
        known = measured(chosen.rounds, lambda: None, read)
        given = measured(chosen.rounds, give_all, read)
        _give(office, list(register.current_kit(office).units.values()), 7)
        each = measured(chosen.rounds, give_all, read)
        settled = measured(chosen.rounds, lambda: None, read)
        shares = measured(chosen.rounds, lambda: None, shares_in_sql(100 * chosen.units))
    lines = [
        _line("every form read whole, once", whole),
        _line("points from figures in the database", again, 2.0),
        _line("points as they are kept", known, 0.1),
        _line("after another figure is given to all", given, 2.0),
        _line("the same, with figures of each unit", each, 2.0),
        _line("as they are kept, with figures of each", settled, 0.2),
        _line("as many shares by SQLite", shares),
    ]
    show(f"{chosen.units} units x 100 criteria, one core, {chosen.rounds} rounds", lines)


def _line(what: str, seconds: list[float], most: float | None = None) -> Line:
    middle = median(seconds)
    shown = f"{middle:.2f} s ({min(seconds):.2f}-{max(seconds):.2f})"
    return Line(what, shown, goal=f"at most {most:g}" if most else "", met=middle <= most if most else None)


if __name__ == "__main__":
    main()
