"""What an office does about the plans of a year: its tasks and targets as they stand, and saying how far they are.

Every change is on the disk before the function returns, with a line in the journal; then all is read again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from db import revisions as kept
from parindex_desktop.domain.errors import UsageError, UserError
from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.domain.numbers import read_amount
from parindex_desktop.domain.planning.deadlines import LONGEST_SOURCE, DeadlineKind, EnteredDay
from parindex_desktop.domain.planning.plans import Plan
from parindex_desktop.domain.planning.progress import (
    LONGEST_GROUND,
    read_progress,
    target_entry,
    task_entry,
)
from parindex_desktop.domain.planning.targets import Measure, Reported
from parindex_desktop.domain.planning.tasks import Progress, Said
from parindex_desktop.domain.planning.work import Standpoint, ids_meaning, targets_of, tasks_of
from parindex_desktop.domain.scoring.inputs import InputKind, InputSpec, read_input
from parindex_desktop.domain.text import clean, one_line
from parindex_desktop.domain.units import BodyKind, Level
from parindex_desktop.services.filling import UnitUnknown
from parindex_desktop.services.progress_series import carried, open_year, own_unit, put_in
from parindex_desktop.services.register import YearWrong, current_kit, provincial_series
from resources.language import day_of

if TYPE_CHECKING:
    from datetime import datetime
    from decimal import Decimal

    from db.database import Session
    from parindex_desktop.domain.kits import Kit
    from parindex_desktop.domain.planning.progress import OfficeProgress
    from parindex_desktop.domain.planning.work import TargetWork, TaskWork, Time
    from parindex_desktop.domain.revisions import Value
    from parindex_desktop.domain.units import Body, Unit
    from parindex_desktop.services.homes import Office
    from parindex_desktop.services.series import OpenSeries


class TaskUnknown(UserError):
    """No task of the year has that number."""

    code = "task.unknown"
    template = msgid(
        "There is no task “{wanted}” among those of {year}, or several plans have one. Look at the list of tasks; name "
        "the plan as well where several have that number."
    )


class TargetUnknown(UserError):
    """No target of the year has that number."""

    code = "target.unknown_number"
    template = msgid(
        "There is no target “{wanted}” among those of {year}, or several plans have one. Look at the list of targets; "
        "name the plan as well where several have that number."
    )


class OccurrenceUnknown(UserError):
    """A task is done several times, or not at that time."""

    code = "task.occurrence_unknown"
    template = msgid(
        "Which time of task {no} is meant was not said, or there is no such time. Name one of: {names}."
    )


class NotYetDone(UsageError):
    """What is done was done today at the latest."""

    code = "task.day_to_come"
    template = msgid(
        "{day} is still to come, so task {no} cannot be done on it. Nothing was changed; check the date."
    )


class NoDayToEnter(UserError):
    """The plan itself says the day."""

    code = "task.day_is_set"
    template = msgid(
        "The plan itself says when task {no} is due ({deadline}), so no day is entered. Nothing was changed."
    )


class DayOfAnother(UserError):
    """The day of a plan is entered by who issued it."""

    code = "task.day_of_another"
    template = msgid(
        "The day of task {no} is entered by the office that issued the plan “{title}”; it comes with the next kit. "
        "Nothing was changed."
    )


class OtherMeasure(UsageError):
    """A target takes another kind of answer."""

    code = "target.other_measure"
    template = msgid("Target {no} takes another kind of answer: {wanted}. Nothing was changed.")


_WANTED = {
    Measure.NUMBER: msgid("a number"),
    Measure.YES_NO: msgid("yes or no"),
    Measure.GROUP: msgid("the name of the group"),
    Measure.WORDS: msgid("yes or no, with a text"),
}


@dataclass(frozen=True, slots=True)
class YearProgress:
    """The progress of a unit in a year, as it stands here `today`.

    `plans` are those that run in the year, `own_plans` the ids of those that it issued itself. `saved` is when the
    working copy was last written; None at a receiver, and where nothing was typed since.
    """

    unit: Unit
    year: str
    kit: Kit
    series: OpenSeries
    plans: tuple[Plan, ...]
    own_plans: frozenset[str]
    rooms: tuple[Body, ...]
    said: OfficeProgress
    tasks: tuple[TaskWork, ...]
    targets: tuple[TargetWork, ...]
    today: date
    saved: datetime | None

    def task(self, wanted: str, plan: str = "") -> TaskWork:
        """The task with that printed number, or whose id begins so. Raises `TaskUnknown`."""
        found = [
            each
            for each in self.tasks
            if _is_meant(each.task.no, each.task.id, wanted) and plan in ("", each.plan.id)
        ]
        if len(found) != 1:
            raise TaskUnknown(wanted=wanted[:60], year=self.year)
        return found[0]

    def target(self, wanted: str, plan: str = "") -> TargetWork:
        """The target with that printed number, or whose id begins so. Raises `TargetUnknown`."""
        found = [
            each
            for each in self.targets
            if _is_meant(each.target.no, each.target.id, wanted) and plan in ("", each.plan.id)
        ]
        if len(found) != 1:
            raise TargetUnknown(wanted=wanted[:60], year=self.year)
        return found[0]


def year_in_hand(office: Office, year: str | None = None) -> str:
    """`year`, or the year that is worked on, or where none was opened yet this year. Raises `YearWrong`."""
    chosen = year or office.record.period or str(day_of(office.clock()).year)
    if not re.fullmatch(r"20[0-9]{2}", chosen):
        raise YearWrong(text=chosen[:20])
    return chosen


def open_progress(office: Office, year: str | None = None) -> YearProgress:
    """The progress of this office in `year`, or in the year in hand.

    Raises `NoKitYet`, `UnitUnknown` or `YearWrong`.
    """
    kit = current_kit(office)
    unit = kit.units.get(own_unit(office))
    if unit is None:
        raise UnitUnknown
    with office.read() as session:
        return progress_of(session, kit, unit, year_in_hand(office, year), day_of(office.clock()))


def received_progress(office: Office, unit: Unit, year: str | None = None) -> YearProgress:
    """What is held here of another unit's progress, to be read; raises as `open_progress`."""
    kit, chosen = current_kit(office), year_in_hand(office, year)
    with office.read() as session:
        return progress_of(session, kit, unit, chosen, day_of(office.clock()))


def progress_of(session: Session, kit: Kit, unit: Unit, year: str, today: date) -> YearProgress:
    """The progress of a unit in a year of four digits, as the database has it."""
    number = int(year)
    opened = open_year(session, unit.id, year)
    said, beyond = read_progress(opened.state()), carried(session, unit.id, year)
    of_kit = kit.plans(number)
    own = [plan for plan in map(Plan.read, beyond.plans.values()) if plan.runs_in(number)]
    issued = of_kit if unit.level is Level.PROVINCE else own
    plans = (*of_kit, *sorted(own, key=lambda plan: (plan.first, plan.title, plan.id)))
    of_register = (b for b in kit.bodies.values() if b.of == unit.id and b.kind is BodyKind.ROOM)
    rooms = (*of_register, *beyond.rooms.values())
    at = Standpoint(
        unit=unit,
        mine=ids_meaning(unit, kit.bodies.values(), rooms, (date(number, 12, 31), today)),
        issued=frozenset(plan.id for plan in issued),
        year=number,
        today=today,
        units=kit.units,
        rooms=len(rooms),
        # The province's day goes before: nobody else enters one for its plans.
        dues={**said.dues, **kit.dues},
    )
    return YearProgress(
        unit=unit,
        year=year,
        kit=kit,
        series=opened,
        plans=plans,
        own_plans=at.issued,
        rooms=rooms,
        said=said,
        tasks=tuple(tasks_of(at, plans, said)),
        targets=tuple(targets_of(at, plans, said)),
        today=today,
        saved=kept.last_edit(session, opened.series),
    )


def say_task(
    office: Office,
    progress: YearProgress,
    work: TaskWork,
    occurrence: str | None = None,
    *,
    how: Progress | None = None,
    on: date | None = None,
    text: str | None = None,
) -> YearProgress:
    """Say how far a task is at one of its times, since when, and what was done; None leaves what was said.

    What is done without a day was done today. Raises `OccurrenceUnknown`, `NotYetDone` or `TextTooLong`.
    """
    time = time_of(work, occurrence)
    said = time.said if how is None else Said(how, on)
    if how is None and on is not None:
        said = replace(said, on=on)
    if said.progress is Progress.DONE:
        said = replace(said, on=said.on or progress.today)
        assert said.on is not None
        if said.on > progress.today:
            raise NotYetDone(day=said.on, no=work.task.no)
    place = f"{work.task.id}/{time.occurrence.key}"
    values: dict[str, Value] = {f"task/{place}": task_entry(said)}
    if text is not None:
        values[f"told/{place}"] = clean(text) or None
    return change(office, progress, values, "progress.task", {"no": work.task.no})


def time_of(work: TaskWork, occurrence: str | None) -> Time:
    """The time of that name, or the only one. Raises `OccurrenceUnknown`."""
    found = [time for time in work.times if occurrence in (None, time.occurrence.key)]
    if len(found) != 1:
        names = tuple(time.occurrence.key for time in work.times)
        raise OccurrenceUnknown(no=work.task.no, names=names)
    return found[0]


def report_target(
    office: Office,
    progress: YearProgress,
    work: TargetWork,
    *,
    value: str | None = None,
    base: str | None = None,
    yes: str | None = None,
    text: str | None = None,
    not_arisen: str | None = None,
) -> YearProgress:
    """Report a target as it was typed; None leaves what was reported, an empty text clears it.

    Raises `OtherMeasure`, `TextTooLong`, or what `read_amount` and `read_input` name.
    """
    target = work.target
    takes_number = target.measure is Measure.NUMBER
    takes_yes = target.measure in (Measure.YES_NO, Measure.WORDS)
    if (not takes_number and (value or base)) or (not takes_yes and yes):
        raise OtherMeasure(no=target.no, wanted=Message("target.wanted", _WANTED[target.measure]))
    said = progress.said.targets.get(target.id, Reported())
    if value is not None:
        said = replace(said, value=_amount(value), not_arisen="")
    if base is not None:
        said = replace(said, base=_amount(base))
    if yes is not None:
        said = replace(said, yes=_answer(yes), not_arisen="")
    if text is not None:
        said = replace(said, text=clean(text))
    if not_arisen is not None:
        said = replace(said, not_arisen=one_line(not_arisen, LONGEST_GROUND))
    values: dict[str, Value] = {f"target/{target.id}": target_entry(said)}
    return change(office, progress, values, "progress.target", {"no": target.no})


def enter_day(
    office: Office,
    progress: YearProgress,
    work: TaskWork,
    occurrence: str | None,
    day: date | None,
    source: str = "",
) -> YearProgress:
    """Enter the day that another authority has set, or on which the event was, and the paper in which it stands.

    The province enters it into its kit, another office into its progress; None takes it out. Raises
    `OccurrenceUnknown`, `NoDayToEnter` or `DayOfAnother`.
    """
    task = work.task
    time = time_of(work, occurrence)
    if task.deadline.kind not in (DeadlineKind.EXTERNAL, DeadlineKind.AFTER_EVENT):
        raise NoDayToEnter(no=task.no, deadline=task.deadline.text)
    if work.plan.id not in progress.own_plans:
        raise DayOfAnother(no=task.no, title=work.plan.title)
    entered = EnteredDay(day, one_line(source, LONGEST_SOURCE)).entry() if day else None
    values: dict[str, Value] = {f"due/{task.id}/{progress.year}/{time.occurrence.key}": entered}
    details: dict[str, Value] = {"no": task.no, "day": day.isoformat() if day else None}
    if office.level is not Level.PROVINCE:
        return change(office, progress, values, "progress.day", details)
    with office.begin() as session:
        if provincial_series(session, office).put(office, session, values):
            office.write(session, "progress.day", {"year": progress.year, **details})
    return open_progress(office, progress.year)


def change(
    office: Office, progress: YearProgress, values: dict[str, Value], action: str, details: dict[str, Any]
) -> YearProgress:
    """Write entries of this office's progress in one transaction, and read it again."""
    with office.begin() as session:
        put_in(session, office, progress.year, values, action, details)
    return open_progress(office, progress.year)


def _is_meant(no: str, id_: str, wanted: str) -> bool:
    return wanted == no or (len(wanted) >= 8 and id_.startswith(wanted))


def _amount(typed: str) -> Decimal | None:
    return read_amount(typed) if typed.strip() else None


def _answer(typed: str) -> bool | None:
    if not typed.strip():
        return None
    return read_input(InputSpec("yes", "", InputKind.YES_NO), typed) == "yes"
