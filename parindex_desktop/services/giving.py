"""Số liệu tỉnh cung cấp: figures that the province gives to units in its kit, so that these do not enter them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from parindex_desktop.domain.errors import ManyFaults, UserError
from parindex_desktop.domain.given import given_entry, given_key
from parindex_desktop.domain.given_boards import FigureUnknown, Place, boards_of, fault_at, read_figure
from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.domain.units import Level
from parindex_desktop.services.register import NotTheProvince, current_kit, kit_of, provincial_series
from resources.language import day_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from parindex_desktop.domain.given_boards import Board, Figure
    from parindex_desktop.domain.units import Unit
    from parindex_desktop.services.homes import Office

Written = Mapping[Place, tuple[str | None, str | None]]
"""What is given otherwise now: texts in canonical form before and after, None for no figure."""


class FiguresFaulty(ManyFaults):
    """Some of the figures cannot be read; `faults` names every one of them, each at its place."""

    code = "given.faulty"
    template = msgid("Nothing was changed. Faults: {count}. The first: {first}")


class FiguresMovedOn(UserError):
    """What is given is not what was looked at."""

    code = "given.moved_on"
    template = msgid(
        "The figures given to units have changed since these were looked at. Nothing was changed; look at them again."
    )


@dataclass(frozen=True, slots=True)
class Change:
    """A figure that would be given to `unit` (None: to all); texts are in canonical form, None is no figure."""

    unit: Unit | None
    figure: Figure
    before: str | None
    after: str | None

    @property
    def place(self) -> Place:
        """Where it is given."""
        return self.figure.place(self.unit)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A figure that is not proposed, and why."""

    unit: Unit
    figure: Figure
    why: Message


@dataclass(frozen=True, slots=True)
class Proposal:
    """What would be given, looked at before it is; `same` counts the figures that are given just so already.

    With `faults` nothing of it can be given. `unproposed` is why no figure was proposed at all.
    """

    year: str
    changes: tuple[Change, ...]
    same: int
    left_out: tuple[LeftOut, ...] = ()
    faults: tuple[Message, ...] = ()
    unproposed: Message | None = None

    @property
    def unchanged(self) -> Message | None:
        """Why nothing would change; None where something would, or faults say so."""
        if self.changes or self.faults:
            return None
        return self.unproposed or _SAME


_SAME: Final = Message("given.same", "Nothing would change: everything is given just so already.")


def boards(office: Office, year: str) -> list[Board]:
    """What is given in `year`, a board for each kind of unit that is assessed.

    Raises `NotTheProvince` or `PeriodNotOpen`.
    """
    if office.level is not Level.PROVINCE:
        raise NotTheProvince
    return boards_of(current_kit(office), year, day_of(office.clock()))


def proposed(board: Board, unit: Unit | None, typed: Iterable[tuple[Figure, str]]) -> Proposal:
    """What giving `typed` figures of a board to a unit (None: to all) would change; an empty text takes one back."""
    changes, faults, same = [], [], 0
    for figure, text in typed:
        before = board.text(unit, figure)
        try:
            after = read_figure(figure, text)
        except UserError as fault:
            faults.append(fault_at(figure, unit.name if unit else "", fault.message))
            continue
        same += before == after
        if before != after:
            changes.append(Change(unit, figure, before, after))
    return Proposal(board.year, tuple(changes), same, faults=tuple(faults))


def give(
    office: Office,
    year: str,
    typed: Mapping[Place, str],
    *,
    expected: Mapping[Place, str | None] | None = None,
) -> Written:
    """Give figures as they were typed, an empty text taking one back; all of them or none.

    `expected` is what stood there when somebody looked. Returns those that are another than before. Raises
    `FiguresFaulty`, `FiguresMovedOn`, `NotTheProvince` or `PeriodNotOpen`.
    """
    with office.begin() as session:
        opened = provincial_series(session, office)
        kit = kit_of(opened)
        found = boards_of(kit, year, day_of(office.clock()))
        read, faults = _read(found, typed)
        if faults:
            raise FiguresFaulty(tuple(faults))
        given = kit.given.get(year, {})
        for (holder, criterion, name), before in (expected or {}).items():
            if given.get(holder, {}).get(criterion, {}).get(name) != before:
                raise FiguresMovedOn
        entries: dict[tuple[str, str], dict[str, str]] = {}
        written: dict[Place, tuple[str | None, str | None]] = {}
        for (holder, criterion, name), text in read.items():
            inputs = entries.setdefault((criterion, holder), dict(given.get(holder, {}).get(criterion, {})))
            if inputs.get(name) != text:
                written[holder, criterion, name] = inputs.get(name), text
            if text is None:
                inputs.pop(name, None)
            else:
                inputs[name] = text
        values = {
            given_key(year, *place): given_entry(inputs) if inputs else None
            for place, inputs in entries.items()
            if inputs != given.get(place[1], {}).get(place[0], {})
        }
        if opened.put(office, session, values):
            office.write(session, "figures.given", {"year": year, "entries": sorted(values)})
    return written


def take(office: Office, proposal: Proposal) -> Written:
    """Give what was proposed, after a backup where it is more than one figure; returns as `give`.

    Raises as `give`, or `BackupNotMade`.
    """
    if proposal.faults:
        raise FiguresFaulty(proposal.faults)
    if len(proposal.changes) > 1:
        # A single one is put back by hand, and too many backups push the older ones out.
        office.back_up("figures")
    typed = {each.place: each.after or "" for each in proposal.changes}
    return give(office, proposal.year, typed, expected={each.place: each.before for each in proposal.changes})


def _read(
    found: Sequence[Board], typed: Mapping[Place, str]
) -> tuple[dict[Place, str | None], list[Message]]:
    """The figures in canonical form, and what is wrong with the others."""
    holders = {unit.id: (board, unit.name) for board in found for unit in board.units}
    holders |= {board.level.value: (board, "") for board in found}
    read: dict[Place, str | None] = {}
    faults = []
    for place, text in typed.items():
        holder, criterion, name = place
        board, who = holders.get(holder, (None, ""))
        figure = board.find(criterion, name) if board is not None else None
        if figure is None:
            raise FigureUnknown(criterion=criterion, name=name[:60], names="–")
        try:
            read[place] = read_figure(figure, text)
        except UserError as fault:
            faults.append(fault_at(figure, who, fault.message))
    return read, faults
