"""Several years side by side: which one is meant, which are open besides it, and who is left out of one.

The assessment of a year goes on into its December and beyond, while the next one is prepared: two open years are
the rule.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from parindex_desktop.domain.merge import first_few
from parindex_desktop.domain.messages import Message
from parindex_desktop.domain.units import Level, in_order

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from parindex_desktop.domain.kits import Kit, Period
    from parindex_desktop.domain.units import Unit


def first_in_hand(kit: Kit, today: date) -> str | None:
    """The year that an office begins with: the oldest that still runs, else the newest; None if none is open."""
    running = [year for year, period in kit.periods.items() if _runs(period, today)]
    return min(running) if running else max(kit.periods, default=None)


def open_besides(kit: Kit, year: str, today: date) -> list[str]:
    """The years that somebody who works on `year` may mean instead: later ones, and earlier ones that still run."""
    return sorted(
        other
        for other, period in kit.periods.items()
        if other > year or (other < year and _runs(period, today))
    )


def is_expected(unit: Unit, year: str, today: date) -> bool:
    """Whether a hand-over for `year` is waited for from a unit of an assessed kind: it was there, and still is."""
    return unit.exists_in(int(year)) and not unit.ended(today)


def left_out(kit: Kit, year: str, today: date) -> Mapping[Level, list[Unit]]:
    """The units that nobody assesses in `year`, since it has no criteria set for their kind; in order, by kind."""
    period = kit.periods[year]
    found: dict[Level, list[Unit]] = {}
    for unit in in_order(kit.units.values()):
        assessed = unit.level in period.sets or unit.level is Level.PROVINCE
        if not assessed and is_expected(unit, year, today):
            found.setdefault(unit.level, []).append(unit)
    return found


def left_out_words(kit: Kit, year: str, today: date) -> list[Message]:
    """A sentence for each kind of unit that `year` leaves out."""
    said = []
    for level, units in left_out(kit, year, today).items():
        named, more = first_few([f"{unit.code} {unit.name}" for unit in units])
        values = {"units": named, "year": year, "level": Message("level", level.words)}
        if more:
            said.append(
                Message(
                    "period.kinds_left_out",
                    "{units} and {more} more: the year {year} has no criteria set for this kind of office ({level}), "
                    "so they are not assessed.",
                    {**values, "more": more},
                )
            )
        else:
            said.append(
                Message(
                    "period.kind_left_out",
                    "{units}: the year {year} has no criteria set for this kind of office ({level}), so nothing is "
                    "assessed there.",
                    values,
                )
            )
    return said


def opened_words(kit: Kit, before: Period | None, period: Period) -> list[Message]:
    """What opening a year has changed, where it stood as `before` (None: it was not open)."""
    year = {"year": period.year}
    if period == before:
        return [
            Message(
                "period.as_before",
                "The year {year} is open already, and just like this. Nothing was changed.",
                year,
            )
        ]
    if before is None:
        said = [Message("period.opened", "The year {year} is open now.", year)]
    else:
        said = [Message("period.changed", "The year {year} was open already. What is different now:", year)]
    for level in Level:
        if level in period.sets:
            said += _set_words(kit, level, before.sets.get(level) if before else None, period.sets[level])
    if before is not None and before.self_assessment_to != period.self_assessment_to:
        last = Message(
            "period.deadline",
            "Last day of self-scoring: {old} → {new}",
            {"old": _day(before.self_assessment_to), "new": _day(period.self_assessment_to)},
        )
        said.append(last)
    if period.self_assessment_to is None:
        said.append(
            Message(
                "period.no_deadline",
                "No last day of self-scoring is set for {year}, so no unit is ever shown as late.",
                year,
            )
        )
    said.append(Message("period.send", "Export a new kit and send it: the offices learn of it only then."))
    return said


def stays_words(year: str, news: str) -> Message:
    """That `year` stays the one in hand although `news` (a year, or several) is open, too."""
    return Message(
        "period.stays",
        "{news} is open, too. This machine goes on with {year} until you choose another year.",
        {"year": year, "news": news},
    )


def _set_words(kit: Kit, level: Level, old: str | None, new: str) -> list[Message]:
    """By which set offices of a kind are assessed now, where that was not so before."""
    if old == new:
        return []
    kind = Message("level", level.words)
    now = kit.set_of_digest(new)
    if old is None:
        return [
            Message(
                "period.set_added",
                "{level}: {name} (version {version})",
                {"level": kind, "name": now.name, "version": str(now.version)},
            )
        ]
    was = kit.set_of_digest(old)
    return [
        Message(
            "period.set_replaced",
            "{level}: “{new}” (version {new_version}) takes the place of “{old}” (version {old_version}). With the "
            "next kit, offices that have begun are asked to move their forms.",
            {
                "level": kind,
                "new": now.name,
                "new_version": str(now.version),
                "old": was.name,
                "old_version": str(was.version),
            },
        )
    ]


def _runs(period: Period, today: date) -> bool:
    return period.self_assessment_to is not None and today <= period.self_assessment_to


def _day(day: date | None) -> date | Message:
    return day or Message("period.no_day", "not set")
