"""What the machines of one office reported differently, and which of it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from parindex_desktop.domain import merge
from parindex_desktop.domain.messages import Message
from parindex_desktop.domain.planning.registers import REGISTERS
from parindex_desktop.domain.planning.tasks import Progress
from parindex_desktop.services.differences import DifferenceUnknown
from parindex_desktop.services.progressing import change

if TYPE_CHECKING:
    from parindex_desktop.domain.revisions import Value
    from parindex_desktop.services.homes import Office
    from parindex_desktop.services.progressing import YearProgress

_LONG = 200
"""Characters of a value in a list."""


@dataclass(frozen=True, slots=True)
class ReportedTwice:
    """An entry of progress with several values; `about` names its task, target or register."""

    key: str
    about: Message | str
    values: tuple[Value, ...]


def reported_twice(progress: YearProgress) -> list[ReportedTwice]:
    """Everything with several values, which counts as not said until it is settled."""
    state = progress.series.state()
    return [
        ReportedTwice(key, about(progress, key), tuple(each.value for each in state[key]))
        for key in merge.conflicts(state)
    ]


def settle(office: Office, progress: YearProgress, key: str, number: int) -> YearProgress:
    """Let the value `number` (from 1, as listed) of an entry stand. Raises `DifferenceUnknown`."""
    register = progress.series.state().get(key, ())
    if len(register) < 2 or not 1 <= number <= len(register):
        raise DifferenceUnknown(key=key[:80], number=str(number))
    return change(
        office, progress, {key: register[number - 1].value}, "progress.settled", {"about": key[:80]}
    )


def about(progress: YearProgress, key: str) -> Message | str:
    """What an entry is about."""
    kind, _, rest = key.partition("/")
    id_ = rest.partition("/")[0]
    if kind in {"record", "kept"} and id_ in REGISTERS:
        return Message("progress.register", REGISTERS[id_].title)
    numbers = {each.task.id: each.task.no for each in progress.tasks}
    numbers |= {each.target.id: each.target.no for each in progress.targets}
    return numbers.get(id_, kind)


def shown_value(value: Value) -> Message | str:
    """One of the values as a line."""
    match value:
        case None:
            return Message("difference.cleared", "(cleared)")
        case {"progress": str(progress)}:
            return Message("progress.said", Progress(progress).words)
        case {"head": {"title": str(title)}}:
            return title
        case dict():
            return "; ".join(str(each) for each in value.values() if each not in (None, ""))[:_LONG]
    return str(value)[:_LONG]
