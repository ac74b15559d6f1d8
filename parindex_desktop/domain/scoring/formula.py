"""The rule that computes points by a formula over named inputs, chosen by conditions."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, Self

from parindex_desktop.domain.formulas.tree import FormulaFaulty, Kind, Names, Node, Value, WrongKind
from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.domain.numbers import rounded
from parindex_desktop.domain.scoring.inputs import YES, InputKind, InputSpec, Option
from parindex_desktop.domain.scoring.rule import ZERO, Fault, Rule, Scored, common, double_faults
from parindex_desktop.domain.scoring.showing import shown_input

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MAXIMUM: Final = "maximum"
"""The name under which a formula knows the maximum of its criterion."""


@dataclass(frozen=True, slots=True)
class Branch:
    """`points` where the condition `when` holds; the last branch has none and stands for all the rest."""

    points: Node
    when: Node | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula(Rule):
    """The points of the first branch whose condition holds, not below 0 and not above the maximum.

    `broken` holds what could not be read as a formula, with its place; such a rule is refused with its set.
    """

    asked: tuple[InputSpec, ...]
    branches: tuple[Branch, ...]
    broken: tuple[Fault, ...] = ()

    @classmethod
    def read(cls, tree: Mapping[str, Any], maximum: Decimal) -> Self:
        """From the tree of a rule in a set file."""
        asked = tuple(
            InputSpec(
                item["id"],
                item["title"],
                InputKind(item["figures"]),
                tuple(Option(option["id"], option["title"]) for option in item.get("options", ())),
            )
            for item in tree["inputs"]
        )
        broken: list[Fault] = []
        branches = [
            Branch(points, when)
            for index, branch in enumerate(tree.get("branches", ()))
            for when in [_read(branch["when"], ("branches", index, "when"), broken)]
            for points in [_read(branch["points"], ("branches", index, "points"), broken)]
            if when is not None and points is not None
        ]
        if (rest := _read(tree["points"], ("points",), broken)) is not None:
            branches.append(Branch(rest))
        return cls(asked=asked, branches=tuple(branches), broken=tuple(broken), **common(tree, maximum))

    def inputs(self) -> tuple[InputSpec, ...]:
        """What the author of the set named."""
        return self.asked

    def points(self, inputs: Mapping[str, str]) -> Scored:
        """The points of the first branch that holds. Raises `DividedByZero` or `OutOfBounds`."""
        values = self._values(inputs)
        branch = next(each for each in self.branches if each.when is None or each.when.holds(values))
        computed = rounded(branch.points.number(values))
        points = min(max(computed, ZERO), self.maximum)
        template = _WITHIN if points == computed else _TOO_MUCH if computed > points else _TOO_LITTLE
        figures = {"formula": branch.points.text, "computed": computed, "points": points}
        said = {
            "calculation": Message("score.calculation", template, figures),
            "values": tuple(self._said(spec, inputs) for spec in self.asked),
        }
        if branch.when is None:
            return Scored(points, Message("score.formula", "{calculation} ({values})", said))
        said["when"] = branch.when.text
        return Scored(points, Message("score.formula_when", "{when}: {calculation} ({values})", said))

    def faults(self) -> Iterator[Fault]:
        """What is no formula, names what is not asked, or gives something else than points; inputs named twice."""
        if self.broken:
            yield from self.broken
            return
        yield from double_faults("inputs", ((spec.name, spec.title) for spec in self.asked))
        names = self._names()
        for index, branch in enumerate(self.branches):
            place = ("branches", index) if branch.when is not None else ()
            if branch.when is not None:
                yield from _kind_faults(branch.when, Kind.CONDITION, names, (*place, "when"))
            yield from _kind_faults(branch.points, Kind.NUMBER, names, (*place, "points"))

    def _names(self) -> dict[str, Kind | tuple[str, ...]]:
        kinds: dict[InputKind, Kind] = {InputKind.YES_NO: Kind.CONDITION}
        asked: dict[str, Kind | tuple[str, ...]] = {
            spec.name: tuple(option.id for option in spec.options)
            if spec.kind is InputKind.CHOICE
            else kinds.get(spec.kind, Kind.NUMBER)
            for spec in self.asked
        }
        return {**asked, MAXIMUM: Kind.NUMBER}

    def _values(self, inputs: Mapping[str, str]) -> dict[str, Value]:
        values: dict[str, Value] = {MAXIMUM: self.maximum}
        for spec in self.asked:
            text = inputs[spec.name]
            match spec.kind:
                case InputKind.YES_NO:
                    values[spec.name] = text == YES
                case InputKind.CHOICE:
                    values[spec.name] = text
                case _:
                    values[spec.name] = Decimal(text)
        return values

    def _said(self, spec: InputSpec, inputs: Mapping[str, str]) -> Message:
        values = {"name": spec.name, "value": shown_input(spec, inputs[spec.name])}
        return Message("score.formula_value", "{name} = {value}", values)


_WITHIN: Final = msgid("{formula} = {points} points")
_TOO_MUCH: Final = msgid("{formula} = {computed}, at most {points} points")
_TOO_LITTLE: Final = msgid("{formula} = {computed}, not below 0 → {points} points")


def _read(text: str, place: tuple[str | int, ...], broken: list[Fault]) -> Node | None:
    # Lark takes its time to load, and most sets have no formula.
    from parindex_desktop.domain.formulas.grammar import parsed  # noqa: PLC0415

    try:
        return parsed(text)
    except FormulaFaulty as fault:
        broken.append((place, fault.message))
        return None


def _kind_faults(node: Node, wanted: Kind, names: Names, place: tuple[str | int, ...]) -> Iterator[Fault]:
    try:
        found = node.kind(names)
    except FormulaFaulty as fault:
        yield place, fault.message
        return
    if found is not wanted:
        yield place, WrongKind(found=found.words, wanted=wanted.words, part=node.text).message
