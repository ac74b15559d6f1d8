"""Opening a year with sets by name, and what is said about years: which are open, whom one leaves out, what changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parindex_desktop.domain import years
from parindex_desktop.domain.given import void
from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.domain.units import Level
from parindex_desktop.services import register
from parindex_desktop.services.set_books import shipped_document
from resources.language import day_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from parindex_desktop.domain.kits import Kit, Period
    from parindex_desktop.services.homes import Office


def open_year(
    office: Office, year: str, wanted: Sequence[str], self_assessment_to: date | None = None
) -> tuple[Period, list[Message]]:
    """Open `year` with sets as people name them, and say what that changed.

    Names are those that `register.find_set` knows, and those of sets that ship, which enter the register by this.
    Raises what `register.find_set` and `register.open_period` name; then nothing was changed.
    """
    shipped = {name: document for name in wanted if (document := shipped_document(name)) is not None}
    chosen = [
        register.check_set(shipped[name]) if name in shipped else register.find_set(office, name)
        for name in wanted
    ]
    register.check_year(year, chosen)
    held = register.current_kit(office).set_trees
    for document in shipped.values():
        if register.check_set(document).digest not in held:
            register.import_set(office, document)
    before = register.current_kit(office)
    period = register.open_period(office, year, chosen, self_assessment_to)
    return period, opened_words(office, before, period)


def opened_words(office: Office, before: Kit, period: Period) -> list[Message]:
    """What it changed to open a year that stood as in the kit `before`, and what to know of it."""
    kit, known = register.current_kit(office), before.periods.get(period.year)
    said = years.opened_words(kit, known, period)
    idle = [_idle(each, period.year) for each in (before, kit)]
    if idle[1] > idle[0]:
        said.append(_idle_words(idle[1] - idle[0]))
    if known is None and office.record.period not in {None, period.year}:
        said.append(years.stays_words(office.record.period or "", period.year))
    return [*said, *left_out_words(office, period.year)]


def _idle(kit: Kit, year: str) -> int:
    """How many figures are given in `year` of which its sets ask none."""
    period = kit.periods.get(year)
    if period is None:
        return 0
    sets = {level: kit.set_of_digest(digest) for level, digest in period.sets.items()}
    return sum(map(len, void(year, kit.given.get(year, {}), sets, kit.units).values()))


def _idle_words(count: int) -> Message:
    template = msgid(
        "{count} figure(s) were given for criteria that the new set does not have. They stay in the register and count "
        "again if a set that asks for them is chosen."
    )
    return Message("period.figures_idle", template, {"count": count})


def left_out_words(office: Office, year: str) -> list[Message]:
    """A sentence for each kind of unit that `year` has no criteria set for; none where it is not open.

    Nobody but the province can do something about it, so nobody else is told.
    """
    kit = register.current_kit(office)
    if office.level is not Level.PROVINCE:
        return []
    return years.left_out_words(kit, year, day_of(office.clock())) if year in kit.periods else []


def kinds_left_out(office: Office, year: str) -> tuple[Level, ...]:
    """The kinds of units that an open `year` has no criteria set for."""
    return tuple(years.left_out(register.current_kit(office), year, day_of(office.clock())))


def all_left_out_words(office: Office) -> list[Message]:
    """`left_out_words` of the year in hand and of those that are open besides it: what goes out with a kit."""
    current = office.record.period
    told = [current, *besides(office, current)] if current else []
    return [each for year in sorted(told) for each in left_out_words(office, year)]


def besides(office: Office, year: str) -> list[str]:
    """The open years that somebody who works on `year` may mean instead."""
    return years.open_besides(register.current_kit(office), year, day_of(office.clock()))


def open_years(office: Office) -> frozenset[str]:
    """The years that are open; none before the first kit."""
    try:
        return frozenset(register.current_kit(office).periods)
    except register.NoKitYet:
        return frozenset()


def news(office: Office, before: frozenset[str]) -> Message | None:
    """That years are open now that were not `before`, and which one stays in hand; None where nothing is new.

    The first kit that an office takes in is no such news.
    """
    added = sorted(open_years(office) - before)
    if not before or not added or office.record.period is None:
        return None
    return years.stays_words(office.record.period, ", ".join(added))
