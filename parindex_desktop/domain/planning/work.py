"""What the plans of a year ask of one office, and how it stands: its tasks time by time, its targets with verdicts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Final

from parindex_desktop.domain.calendars import HolidaysUnknown
from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.domain.numbers import ARITHMETIC, HUNDRED, quotient
from parindex_desktop.domain.planning.feeds import Figures, Surroundings
from parindex_desktop.domain.planning.registers import FEEDS
from parindex_desktop.domain.planning.targets import ROOMS, Against, Measure, Reported
from parindex_desktop.domain.planning.tasks import Occurrence, Said, Standing, standing
from parindex_desktop.domain.units import BodyKind, Level, exists_on

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date
    from decimal import Decimal

    from parindex_desktop.domain.calendars import Calendar
    from parindex_desktop.domain.planning.deadlines import EnteredDay
    from parindex_desktop.domain.planning.parties import Party
    from parindex_desktop.domain.planning.plans import Plan
    from parindex_desktop.domain.planning.progress import OfficeProgress, Proof
    from parindex_desktop.domain.planning.targets import Judged, Target
    from parindex_desktop.domain.planning.tasks import Task
    from parindex_desktop.domain.units import Body, Unit


class Role(StrEnum):
    """What an office has to do with a task."""

    LEADS = "leads"
    SUPPORTS = "supports"
    FOLLOWS = "follows"
    """It has issued the plan; others do the task."""

    @property
    def words(self) -> str:
        """What it is called, as a template of the catalogue."""
        return _ROLES[self]


_ROLES: Final = {
    Role.LEADS: msgid("leads"),
    Role.SUPPORTS: msgid("supports"),
    Role.FOLLOWS: msgid("follows"),
}


@dataclass(frozen=True, slots=True)
class Standpoint:
    """Who looks at the plans of a `year`, and on which day.

    `mine` are the ids by which plans mean this office (`ids_meaning`), `issued` the plans that it has issued itself.
    `rooms` is how many rooms it has, `dues` the days that were entered, by task, year and occurrence.
    """

    unit: Unit
    mine: frozenset[str]
    issued: frozenset[str]
    year: int
    today: date
    units: Mapping[str, Unit]
    rooms: int
    dues: Mapping[tuple[str, str, str], EnteredDay]


@dataclass(frozen=True, slots=True)
class Time:
    """One time that a task is to be done: what was said and told of it, how it stands, and the day entered for it."""

    occurrence: Occurrence
    said: Said
    told: str
    standing: Standing
    entered: EnteredDay | None


@dataclass(frozen=True, slots=True)
class TaskWork:
    """A task with all its times in the year; `problem` says why days could not be counted."""

    plan: Plan
    task: Task
    role: Role
    times: tuple[Time, ...]
    proofs: tuple[Proof, ...]
    problem: Message | None = None


@dataclass(frozen=True, slots=True)
class TargetWork:
    """A target as it is judged for offices of `level`.

    `figures` are what the records of its register come to; `by_hand` says that the value was reported instead.
    """

    plan: Plan
    target: Target
    level: Level
    reported: Reported
    by_hand: bool
    figures: Figures | None
    judged: Judged
    problem: Message | None = None


def ids_meaning(
    unit: Unit, bodies: Iterable[Body], rooms: Iterable[Body], days: tuple[date, ...]
) -> frozenset[str]:
    """The ids by which plans mean `unit`: itself, its rooms, the groups of which it is a member on one of `days`."""
    is_there = any(exists_on(unit, day) for day in days)
    groups = (
        body.id
        for body in bodies
        if body.kind is BodyKind.GROUP and is_there and (unit.level in body.levels or unit.id in body.units)
    )
    return frozenset({unit.id, *groups, *(room.id for room in rooms)})


def tasks_of(at: Standpoint, plans: Iterable[Plan], progress: OfficeProgress) -> list[TaskWork]:
    """The tasks of an office, in the order of its plans; those that are not asked for in the year are left out."""
    # Read once for all tasks: a unit above which somebody looks may have thousands of entries.
    proofs = progress.proofs()
    dues: dict[str, dict[str, EnteredDay]] = {}
    for (of, year, occurrence), day in at.dues.items():
        if year == str(at.year):
            dues.setdefault(of, {})[occurrence] = day
    found = []
    for plan in plans:
        for task in plan.tasks:
            role = _role(at, plan, task)
            if role is None:
                continue
            times, problem = _times(at, plan, task, progress, dues.get(task.id, {}))
            if times:
                proving = tuple(proofs.get(task.id, ()))
                found.append(TaskWork(plan, task, role, times, proving, problem))
    return found


def targets_of(at: Standpoint, plans: Iterable[Plan], progress: OfficeProgress) -> list[TargetWork]:
    """The targets that an office has or reports, in the order of its plans."""
    # Many targets name one register, which may have thousands of records.
    figures = cache(lambda register, among, calendar: _figures(at, register, among, calendar, progress))
    found = []
    for plan in plans:
        for target in plan.targets:
            level = _level(at, plan, target)
            if level is None or (target.measure is Measure.NUMBER and not target.limit(level, at.year)):
                continue
            found.append(_target(at, plan, target, level, progress.targets, figures))
    return found


def value_of(target: Target, figures: Figures) -> Decimal | None:
    """The number that figures of a register are for a target: a percentage where it is in percent, else the count."""
    if "%" not in target.unit:
        return figures.part
    if not figures.whole:
        return None
    return quotient(ARITHMETIC.multiply(figures.part, HUNDRED), figures.whole)


def _role(at: Standpoint, plan: Plan, task: Task) -> Role | None:
    if _names(task.leads, at.mine):
        return Role.LEADS
    if _names(task.supports, at.mine):
        return Role.SUPPORTS
    return Role.FOLLOWS if plan.id in at.issued else None


def _level(at: Standpoint, plan: Plan, target: Target) -> Level | None:
    """For which level an office has a target or reports it; None where neither."""
    if at.unit.level in target.levels or (plan.id in at.issued and not target.levels):
        return at.unit.level
    if not _names(target.reported_by, at.mine):
        return None
    return at.unit.level if plan.id in at.issued else Level.PROVINCE


def _names(parties: Iterable[Party], mine: frozenset[str]) -> bool:
    return any(party.id in mine for party in parties)


def _times(
    at: Standpoint, plan: Plan, task: Task, progress: OfficeProgress, dues: Mapping[str, EnteredDay]
) -> tuple[tuple[Time, ...], Message | None]:
    """The times of a task in the year, and why their days could not be counted where that is so."""
    days = {key: each.day for key, each in dues.items()}
    problem = None
    try:
        occurrences = task.occurrences(
            at.year, day_itself=plan.day_itself, entered=days, calendar=plan.calendar
        )
    except HolidaysUnknown as fault:
        # Without the holidays of the year its last day is as unknown as one that nobody has entered.
        problem = fault.message
        occurrences = task.occurrences(at.year, day_itself=plan.day_itself)
    times = []
    for each in occurrences:
        said = progress.said.get((task.id, each.key), Said())
        told = progress.told.get((task.id, each.key), "")
        times.append(Time(each, said, told, standing(each.due, said, at.today), dues.get(each.key)))
    return tuple(times), problem


def _target(
    at: Standpoint,
    plan: Plan,
    target: Target,
    level: Level,
    reports: Mapping[str, Reported],
    figures_of: Callable[[str, tuple[str, ...], Calendar], Figures | None],
) -> TargetWork:
    reported = reports.get(target.id, Reported())
    by_hand = reported.value is not None or bool(reported.not_arisen)
    figures, problem = None, None
    if target.register:
        try:
            figures = figures_of(target.register, target.among, plan.calendar)
        except HolidaysUnknown as fault:
            problem = fault.message
    if figures is not None and not by_hand:
        reported = _with_figures(target, reported, figures)
    judged = target.judge(reported, level, at.year)
    return TargetWork(plan, target, level, reported, by_hand, figures, judged, problem)


def _figures(
    at: Standpoint, feed: str, among: tuple[str, ...], calendar: Calendar, progress: OfficeProgress
) -> Figures | None:
    register = feed.partition(".")[0]
    around = Surroundings(
        at.today,
        kept=register in progress.kept,
        bodies=_bodies(at, among),
        calendar=calendar if calendar.years else None,
    )
    return FEEDS[feed][1](list(progress.records.get(register, {}).values()), around)


def _bodies(at: Standpoint, among: tuple[str, ...]) -> int:
    """How many there are to inspect: units of those levels that exist in the year, or the own rooms."""
    units = sum(unit.level in among and unit.exists_in(at.year) for unit in at.units.values())
    return units + (at.rooms if ROOMS in among else 0)


def _with_figures(target: Target, reported: Reported, figures: Figures) -> Reported:
    """What was reported, with the figure of the register; where that is compared with the whole, with both."""
    if target.against is Against.PLAN and reported.base is None and figures.whole is not None:
        return replace(reported, value=figures.part, base=figures.whole)
    return replace(reported, value=value_of(target, figures))
