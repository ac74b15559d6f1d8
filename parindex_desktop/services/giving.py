"""Số liệu tỉnh cung cấp: figures that the province gives to units in its kit, so that these do not enter them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from parindex_desktop.domain.errors import ManyFaults, UsageError, UserError
from parindex_desktop.domain.given import ALL, given_entry, given_key
from parindex_desktop.domain.kits import NotAssessed, PeriodNotOpen, UnknownUnit
from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.domain.scoring.deadline import AfterEvent, Deadline
from parindex_desktop.domain.scoring.inputs import read_input
from parindex_desktop.domain.scoring.previous import ComparePrevious
from parindex_desktop.domain.units import Level, in_order
from parindex_desktop.services.register import NotTheProvince, current_kit, kit_of, provincial_series
from resources.language import day_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from parindex_desktop.domain.criteria import CriteriaSet, Criterion
    from parindex_desktop.domain.given import Inputs
    from parindex_desktop.domain.kits import Kit
    from parindex_desktop.domain.scoring.inputs import InputSpec
    from parindex_desktop.domain.units import Unit
    from parindex_desktop.services.homes import Office

Place = tuple[str, str, str]
"""Where a figure is given: the unit's id (or `ALL`), the criterion's id, the name of the input."""


class FigureUnknown(UsageError):
    """The set asks for no such figure."""

    code = "given.figure_unknown"
    template = msgid("{criterion} has no figure “{name}” that the province could give. Its figures: {names}.")


class CodeOfSeveralSets(UsageError):
    """One printed code in the sets of several levels."""

    code = "given.several_sets"
    template = msgid(
        "Several criteria sets of the year have the code {criterion}. Say for which kind of unit, with --unit or "
        "--level."
    )


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
class Figure:
    """An input of a self-scored criterion, which the province can give to units of `level`.

    `proposed` are those that the province knows before the units do: last year's value, the day of its own event.
    """

    level: Level
    criterion: Criterion
    spec: InputSpec
    proposed: bool

    @property
    def key(self) -> tuple[str, str]:
        """The criterion's id and the name of the input."""
        return self.criterion.id, self.spec.name

    @property
    def code(self) -> str:
        """What names it within its set, on the command line and in spreadsheets: 8.4/previous."""
        return f"{self.criterion.code}/{self.spec.name}"


@dataclass(frozen=True, slots=True, eq=False)
class Board:
    """What is given for a year under the set of one level, and what can be.

    `figures` are in the order of the set, `given` is by unit (or `ALL`) and criterion.
    """

    year: str
    criteria: CriteriaSet
    units: tuple[Unit, ...]
    figures: tuple[Figure, ...]
    given: Mapping[str, Mapping[str, Inputs]]
    _by_key: Mapping[tuple[str, str], Figure] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_key", {figure.key: figure for figure in self.figures})

    @property
    def level(self) -> Level:
        """The level of the units."""
        return self.criteria.level

    def find(self, criterion: str, name: str) -> Figure | None:
        """The figure of a criterion's id and an input's name, if the set asks for it."""
        return self._by_key.get((criterion, name))

    def figure(self, code: str, name: str) -> Figure:
        """The figure of a printed code and an input's name. Raises `CriterionUnknown` or `FigureUnknown`."""
        criterion = self.criteria.by_code(code)
        found = self.find(criterion.id, name)
        if found is None:
            names = "; ".join(spec.name for spec in criterion.inputs) or "–"
            raise FigureUnknown(criterion=code, name=name[:60], names=names)
        return found

    def text(self, unit: str, figure: Figure) -> str | None:
        """What is given to a unit by name (or to `ALL`), in canonical form."""
        return self.given.get(unit, {}).get(figure.criterion.id, {}).get(figure.spec.name)

    def usual(self) -> tuple[Figure, ...]:
        """The figures that are proposed, or given to somebody."""
        holders = (ALL, *(unit.id for unit in self.units))
        return tuple(
            figure
            for figure in self.figures
            if figure.proposed or any(self.text(holder, figure) is not None for holder in holders)
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
        return (self.unit.id if self.unit else ALL, *self.figure.key)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A figure that is not proposed, and why."""

    unit: Unit
    figure: Figure
    why: Message


@dataclass(frozen=True, slots=True)
class Proposal:
    """What would be given, looked at before it is; `same` counts the figures that are given just so already.

    With `faults` nothing of it can be given.
    """

    year: str
    changes: tuple[Change, ...]
    same: int
    left_out: tuple[LeftOut, ...] = ()
    faults: tuple[Message, ...] = ()


def boards(office: Office, year: str) -> list[Board]:
    """What is given in `year`, a board for each kind of unit that is assessed.

    Raises `NotTheProvince` or `PeriodNotOpen`.
    """
    if office.level is not Level.PROVINCE:
        raise NotTheProvince
    return _boards(current_kit(office), year, day_of(office.clock()))


def board_of(found: Iterable[Board], level: Level) -> Board:
    """The board of `level`. Raises `NotAssessed`."""
    found = list(found)
    for board in found:
        if board.level is level:
            return board
    raise NotAssessed(year=found[0].year if found else "–")


def unit_of(found: Iterable[Board], code: str) -> tuple[Board, Unit]:
    """The unit with that code among those assessed, and its board. Raises `UnknownUnit`."""
    for board in found:
        for unit in board.units:
            if unit.code == code:
                return board, unit
    raise UnknownUnit(code=code[:20])


def board_with(found: Iterable[Board], code: str, names: Iterable[str]) -> Board:
    """The board whose set has a criterion of that printed code with inputs of these names, as far as one does.

    Raises `CodeOfSeveralSets`, or `CriterionUnknown` where no set has the code.
    """
    found, wanted = list(found), set(names)
    having = {board: leaf for board in found for leaf in board.criteria.leaves() if leaf.code == code}
    fitting = {
        board: leaf for board, leaf in having.items() if wanted <= {spec.name for spec in leaf.inputs}
    } or having
    if len({leaf.id for leaf in fitting.values()}) > 1:
        raise CodeOfSeveralSets(criterion=code)
    return next(iter(fitting), None) or found[0]


def read_figure(figure: Figure, typed: str) -> str | None:
    """The canonical form of what was typed, None for nothing. Raises what `read_input` names."""
    return read_input(figure.spec, typed) if typed.strip() else None


def proposed(board: Board, unit: Unit | None, typed: Iterable[tuple[Figure, str]]) -> Proposal:
    """What giving `typed` figures of a board to a unit (None: to all) would change; an empty text takes one back."""
    changes, faults, same = [], [], 0
    for figure, text in typed:
        before = board.text(unit.id if unit else ALL, figure)
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
) -> int:
    """Give figures as they were typed, an empty text taking one back; all of them or none.

    `expected` is what stood there when somebody looked. Returns how many are another than before. Raises
    `FiguresFaulty`, `FiguresMovedOn`, `NotTheProvince` or `PeriodNotOpen`.
    """
    with office.begin() as session:
        opened = provincial_series(session, office)
        kit = kit_of(opened)
        found = _boards(kit, year, day_of(office.clock()))
        read, faults = _read(found, typed)
        if faults:
            raise FiguresFaulty(tuple(faults))
        given = kit.given.get(year, {})
        for (holder, criterion, name), before in (expected or {}).items():
            if given.get(holder, {}).get(criterion, {}).get(name) != before:
                raise FiguresMovedOn
        entries: dict[tuple[str, str], dict[str, str]] = {}
        changed = 0
        for (holder, criterion, name), text in read.items():
            inputs = entries.setdefault((criterion, holder), dict(given.get(holder, {}).get(criterion, {})))
            changed += inputs.get(name) != text
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
    return changed


def take(office: Office, proposal: Proposal) -> int:
    """Give what was proposed, after a backup where it is more than one figure; returns how many figures.

    Raises as `give`, or `BackupNotMade`.
    """
    if proposal.faults:
        raise FiguresFaulty(proposal.faults)
    if (
        len(proposal.changes) > 1
    ):  # a single one is put back by hand, and too many backups push the older ones out
        office.back_up("figures")
    typed = {each.place: each.after or "" for each in proposal.changes}
    return give(office, proposal.year, typed, expected={each.place: each.before for each in proposal.changes})


def _boards(kit: Kit, year: str, today: date) -> list[Board]:
    period = kit.periods.get(year)
    if period is None:
        raise PeriodNotOpen(year=year)
    given = kit.given.get(year, {})
    found = []
    for level in Level:
        if level is Level.PROVINCE or level not in period.sets:
            continue
        criteria = kit.set_of_digest(period.sets[level])
        own = [unit for unit in kit.units.values() if unit.level is level]
        units = in_order(unit for unit in own if unit.id in given or not unit.ended(today))
        figures = tuple(
            Figure(level, leaf, spec, _is_proposed(leaf, spec))
            for leaf in criteria.leaves()
            for spec in leaf.inputs
        )
        found.append(Board(year, criteria, tuple(units), figures, given))
    return found


def _is_proposed(criterion: Criterion, spec: InputSpec) -> bool:
    match criterion.rule:
        case ComparePrevious():
            return spec.name == "previous"
        case Deadline(due=AfterEvent()):
            return spec.name == "event"
    return False


def _read(
    found: Sequence[Board], typed: Mapping[Place, str]
) -> tuple[dict[Place, str | None], list[Message]]:
    """The figures in canonical form, and what is wrong with the others."""
    by_unit = {unit.id: (board, unit.name) for board in found for unit in board.units}
    read: dict[Place, str | None] = {}
    faults = []
    for place, text in typed.items():
        holder, criterion, name = place
        board, who = by_unit.get(holder, (None, ""))
        asking = [board] if board else found if holder == ALL else []
        figures = [figure for each in asking if (figure := each.find(criterion, name)) is not None]
        if not figures:
            raise FigureUnknown(criterion=criterion, name=name[:60], names="–")
        wrong = []
        for figure in figures:  # what is given to all may be of several sets
            try:
                read[place] = read_figure(figure, text)
            except UserError as fault:
                wrong.append(fault_at(figure, who, fault.message))
        if place not in read:
            faults.append(wrong[0])
    return read, faults


def fault_at(figure: Figure, unit: str, fault: Message) -> Message:
    """`fault`, said of a figure given to the unit of that name (empty: to all)."""
    values = {"criterion": figure.criterion.code, "title": figure.spec.title, "fault": fault}
    if unit:
        return Message(fault.code, "{unit}, {criterion} “{title}”: {fault}", {"unit": unit, **values})
    return Message(fault.code, "All units, {criterion} “{title}”: {fault}", values)
