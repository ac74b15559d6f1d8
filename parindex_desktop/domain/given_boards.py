"""What the province gives in a year, a board for each kind of unit, and which figures of its set it can give."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from parindex_desktop.domain.criteria import Applies
from parindex_desktop.domain.errors import UsageError
from parindex_desktop.domain.given import holder_of
from parindex_desktop.domain.kits import NotAssessed, PeriodNotOpen, UnknownUnit
from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.domain.scoring.deadline import AfterEvent, Deadline
from parindex_desktop.domain.scoring.inputs import read_input
from parindex_desktop.domain.scoring.previous import ComparePrevious
from parindex_desktop.domain.scoring.rule import ScoredBy
from parindex_desktop.domain.units import Level, in_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from parindex_desktop.domain.criteria import CriteriaSet, Criterion
    from parindex_desktop.domain.given import GivenOfYear
    from parindex_desktop.domain.kits import Kit
    from parindex_desktop.domain.scoring.inputs import InputSpec
    from parindex_desktop.domain.units import Unit

Place = tuple[str, str, str]
"""Where a figure is given: the holder (a unit's id, or the word of a level), the criterion's id, the input's name."""


class FigureUnknown(UsageError):
    """The set asks for no such figure."""

    code = "given.figure_unknown"
    template = msgid("{criterion} has no figure “{name}” that the province could give. Its figures: {names}.")


class NothingAsked(UsageError):
    """Units enter nothing there, so nothing can be given in their place."""

    code = "given.nothing_asked"
    template = msgid(
        "Nothing can be given for {criterion} of “{set}”: units enter no figure there. {why} Nothing was changed."
    )


class CodeOfSeveralSets(UsageError):
    """One printed code in the sets of several levels."""

    code = "given.several_sets"
    template = msgid(
        "Several criteria sets of the year have the code {criterion}. Say for which kind of unit, with --unit or "
        "--level."
    )


@dataclass(frozen=True, slots=True)
class Figure:
    """An input of a self-scored criterion, which the province can give to units of `level`.

    `proposed` are those that the province knows before the units do: last year's value, the day of an event of its own.
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

    def place(self, unit: Unit | None) -> Place:
        """Where it is given to a unit, or (None) to all units of its level."""
        return (holder_of(unit, self.level), *self.key)


@dataclass(frozen=True, slots=True, eq=False)
class Board:
    """What is given for a year under the set of one level, and what can be.

    `figures` are in the order of the set.
    """

    year: str
    criteria: CriteriaSet
    units: tuple[Unit, ...]
    figures: tuple[Figure, ...]
    given: GivenOfYear
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
        """The figure of a printed code and an input's name.

        Raises `CriterionUnknown`, `NothingAsked` or `FigureUnknown`.
        """
        criterion = self.criteria.by_code(code)
        if not criterion.inputs:
            raise NothingAsked(criterion=code, set=self.criteria.name, why=_why_nothing_is_asked(criterion))
        found = self.find(criterion.id, name)
        if found is None:
            names = "; ".join(f"{spec.name} ({spec.title})" for spec in criterion.inputs)
            raise FigureUnknown(criterion=code, name=name[:60], names=names)
        return found

    def text(self, unit: Unit | None, figure: Figure) -> str | None:
        """What is given to a unit by name, or (None) to all, in canonical form."""
        holder, criterion, name = figure.place(unit)
        return self.given.get(holder, {}).get(criterion, {}).get(name)

    def usual(self) -> tuple[Figure, ...]:
        """The figures that are proposed, or given to somebody."""
        return tuple(
            figure
            for figure in self.figures
            if figure.proposed or any(self.text(unit, figure) is not None for unit in (None, *self.units))
        )


def boards_of(kit: Kit, year: str, today: date) -> list[Board]:
    """A board for each kind of unit that is assessed in `year`. Raises `PeriodNotOpen`."""
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

    Raises `CodeOfSeveralSets`, `CriterionUnknown` where no set has the code, or `NotAssessed` where there is none.
    """
    found, wanted = list(found), set(names)
    if not found:
        raise NotAssessed(year="–")
    having = {board: leaf for board in found for leaf in board.criteria.leaves() if leaf.code == code}
    fitting = {
        board: leaf for board, leaf in having.items() if wanted <= {spec.name for spec in leaf.inputs}
    } or having
    if len(fitting) > 1:
        raise CodeOfSeveralSets(criterion=code)
    return next(iter(fitting), None) or found[0]


def read_figure(figure: Figure, typed: str) -> str | None:
    """The canonical form of what was typed, None for nothing. Raises what `read_input` names."""
    return read_input(figure.spec, typed) if typed.strip() else None


def fault_at(figure: Figure, unit: str, fault: Message) -> Message:
    """`fault`, said of a figure given to the unit of that name (empty: to all)."""
    values = {"criterion": figure.criterion.code, "title": figure.spec.title, "fault": fault}
    if unit:
        return Message(fault.code, "{unit}, {criterion} “{title}”: {fault}", {"unit": unit, **values})
    level = Message("given.level", figure.level.words)
    return Message(
        fault.code, "All units ({level}), {criterion} “{title}”: {fault}", {"level": level, **values}
    )


def _is_proposed(criterion: Criterion, spec: InputSpec) -> bool:
    match criterion.rule:
        case ComparePrevious():
            return spec.name == "previous"
        # An event that may not arise at a unit is the unit's own (its decision, its session), not one day for all.
        case Deadline(due=AfterEvent(), nothing_arose=None):
            return spec.name == "event"
    return False


def _why_nothing_is_asked(criterion: Criterion) -> Message:
    if criterion.children:
        return Message("given.heading", "It is a heading; give the figures of the criteria below it.")
    if criterion.applies is Applies.NEVER:
        return Message(
            "given.never",
            "It does not apply to units of this kind (“{ground}”).",
            {"ground": criterion.ground},
        )
    if criterion.rule is not None and criterion.rule.scored_by is ScoredBy.SURVEY:
        return Message("given.survey", "It is scored from the survey.")
    return Message("given.council", "The council scores it.")
