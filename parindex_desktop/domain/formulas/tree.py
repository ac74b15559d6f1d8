"""The tree of a formula: what each part is (a number, a condition, a choice), and what it comes to."""

from __future__ import annotations

import operator
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

from parindex_desktop.domain.errors import UserError
from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.domain.numbers import ARITHMETIC, quotient

Value = Decimal | bool | str
"""A number, whether a condition holds, or the id of a chosen option."""

LARGEST: Final = Decimal(10) ** 30
"""No part of a formula may reach this: 60 digits of arithmetic stay exact far beyond what points need."""


class Kind(StrEnum):
    """What a part of a formula is."""

    NUMBER = "number"
    CONDITION = "condition"
    OPTION = "option"

    @property
    def words(self) -> Message:
        """What it is called in a sentence."""
        return _WORDS[self]


_WORDS: Final = {
    Kind.NUMBER: Message("formula.a_number", "a number"),
    Kind.CONDITION: Message("formula.a_condition", "a condition"),
    Kind.OPTION: Message("formula.an_option", "an option"),
}


class FormulaFaulty(UserError):
    """A formula that cannot be used; only authors of a set meet it."""


class NameUnknown(FormulaFaulty):
    """A name that is none of the inputs."""

    code = "formula.name_unknown"
    template = msgid("The formula names “{name}”, which is none of its inputs: {known}.")


class OptionUnknown(FormulaFaulty):
    """An option that the input it is compared with does not offer."""

    code = "formula.option_unknown"
    template = msgid("The formula asks for the option “{option}”, which is none of: {known}.")


class WrongKind(FormulaFaulty):
    """A number where a condition belongs, or the like."""

    code = "formula.wrong_kind"
    template = msgid("In the formula, {found} stands where {wanted} belongs: “{part}”.")


class DividedByZero(UserError):
    """The figures lead to a division by zero."""

    code = "formula.divided_by_zero"
    template = msgid(
        "“{part}” is 0 and the formula divides by it. Check the figures; nothing is scored until then."
    )


class OutOfBounds(UserError):
    """The figures lead to a number beyond all bounds."""

    code = "formula.out_of_bounds"
    template = msgid(
        "“{part}” becomes too large to be right. Check the figures; nothing is scored until then."
    )


Names = Mapping[str, "Kind | tuple[str, ...]"]
"""What a formula may name: its inputs, each with its kind, or with the ids of the options that it offers."""


@dataclass(frozen=True, slots=True)
class Node(ABC):
    """A part of a formula; `text` is how it is written."""

    text: str

    @property
    @abstractmethod
    def parts(self) -> tuple[Node, ...]:
        """What stands inside it."""

    @abstractmethod
    def kind(self, names: Names) -> Kind:
        """What it is, given the inputs. Raises `FormulaFaulty` where its parts do not fit together."""

    @abstractmethod
    def value(self, values: Mapping[str, Value]) -> Value:
        """What it comes to, given the inputs. Raises `DividedByZero` or `OutOfBounds`."""

    def names(self) -> frozenset[str]:
        """The inputs that it names."""
        return frozenset[str]().union(*(part.names() for part in self.parts))

    def number(self, values: Mapping[str, Value]) -> Decimal:
        """The value of what was found to be a number."""
        value = self.value(values)
        assert isinstance(value, Decimal)
        return value

    def holds(self, values: Mapping[str, Value]) -> bool:
        """The value of what was found to be a condition."""
        value = self.value(values)
        assert isinstance(value, bool)
        return value


@dataclass(frozen=True, slots=True)
class Leaf(Node):
    """A part with nothing inside."""

    @property
    def parts(self) -> tuple[Node, ...]:
        """Nothing."""
        return ()


@dataclass(frozen=True, slots=True)
class Constant(Leaf):
    """A number as it is written."""

    amount: Decimal

    def kind(self, names: Names) -> Kind:
        """A number."""
        del names
        return Kind.NUMBER

    def value(self, values: Mapping[str, Value]) -> Value:
        """The number."""
        del values
        return self.amount


@dataclass(frozen=True, slots=True)
class Option(Leaf):
    """One of the options that an input offers, by its id."""

    id: str

    def kind(self, names: Names) -> Kind:
        """An option."""
        del names
        return Kind.OPTION

    def value(self, values: Mapping[str, Value]) -> Value:
        """Its id."""
        del values
        return self.id


@dataclass(frozen=True, slots=True)
class Name(Leaf):
    """An input."""

    def kind(self, names: Names) -> Kind:
        """What the input is."""
        found = names.get(self.text)
        if found is None:
            raise NameUnknown(name=self.text, known=tuple(names))
        return found if isinstance(found, Kind) else Kind.OPTION

    def value(self, values: Mapping[str, Value]) -> Value:
        """What was entered."""
        return values[self.text]

    def names(self) -> frozenset[str]:
        """Itself."""
        return frozenset({self.text})


@dataclass(frozen=True, slots=True)
class Negative(Node):
    """A number below zero."""

    inner: Node

    @property
    def parts(self) -> tuple[Node, ...]:
        """The number."""
        return (self.inner,)

    def kind(self, names: Names) -> Kind:
        """A number."""
        return _wanted(self.inner, Kind.NUMBER, names)

    def value(self, values: Mapping[str, Value]) -> Value:
        """The number with the other sign."""
        return ARITHMETIC.minus(self.inner.number(values))


@dataclass(frozen=True, slots=True)
class Operation(Node):
    """Two numbers and one of ``+ - * /``."""

    left: Node
    sign: str
    right: Node

    @property
    def parts(self) -> tuple[Node, ...]:
        """The two numbers."""
        return (self.left, self.right)

    def kind(self, names: Names) -> Kind:
        """A number."""
        _wanted(self.left, Kind.NUMBER, names)
        return _wanted(self.right, Kind.NUMBER, names)

    def value(self, values: Mapping[str, Value]) -> Value:
        """The result, to 60 digits."""
        left, right = self.left.number(values), self.right.number(values)
        match self.sign:
            case "+":
                result = ARITHMETIC.add(left, right)
            case "-":
                result = ARITHMETIC.subtract(left, right)
            case "*":
                result = ARITHMETIC.multiply(left, right)
            case _ if not right:
                raise DividedByZero(part=self.right.text)
            case _:
                result = quotient(left, right)
        if abs(result) >= LARGEST:
            raise OutOfBounds(part=self.text)
        return result


_HOLDS: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
COMPARISONS: Final = frozenset(_HOLDS)


@dataclass(frozen=True, slots=True)
class Comparison(Node):
    """Two numbers compared, or what was chosen with one of the options."""

    left: Node
    sign: str
    right: Node

    @property
    def parts(self) -> tuple[Node, ...]:
        """What is compared."""
        return (self.left, self.right)

    def kind(self, names: Names) -> Kind:
        """A condition."""
        kind = self.left.kind(names)
        if kind is Kind.OPTION and self.sign in {"=", "<>"}:
            self._same_options(names)
        else:
            _wanted(self.left, Kind.NUMBER, names)
            _wanted(self.right, Kind.NUMBER, names)
        return Kind.CONDITION

    def _same_options(self, names: Names) -> None:
        _wanted(self.right, Kind.OPTION, names)
        asked = [names[part.text] for part in self.parts if isinstance(part, Name)]
        for part in self.parts:
            for offered in asked:
                if isinstance(part, Option) and part.id not in offered:
                    raise OptionUnknown(option=part.id, known=tuple(offered))

    def value(self, values: Mapping[str, Value]) -> Value:
        """Whether it holds; numbers are compared exactly."""
        return _HOLDS[self.sign](self.left.value(values), self.right.value(values))


@dataclass(frozen=True, slots=True)
class Joined(Node):
    """Conditions of which all must hold (`every`), or one."""

    every: bool
    conditions: tuple[Node, ...]

    @property
    def parts(self) -> tuple[Node, ...]:
        """The conditions."""
        return self.conditions

    def kind(self, names: Names) -> Kind:
        """A condition."""
        for condition in self.conditions:
            _wanted(condition, Kind.CONDITION, names)
        return Kind.CONDITION

    def value(self, values: Mapping[str, Value]) -> Value:
        """Whether it holds; what stands behind the one that decides is not looked at."""
        held = (condition.holds(values) for condition in self.conditions)
        return all(held) if self.every else any(held)


@dataclass(frozen=True, slots=True)
class Denied(Node):
    """A condition that must not hold."""

    inner: Node

    @property
    def parts(self) -> tuple[Node, ...]:
        """The condition."""
        return (self.inner,)

    def kind(self, names: Names) -> Kind:
        """A condition."""
        return _wanted(self.inner, Kind.CONDITION, names)

    def value(self, values: Mapping[str, Value]) -> Value:
        """Whether it does not hold."""
        return not self.inner.holds(values)


def _wanted(part: Node, wanted: Kind, names: Names) -> Kind:
    found = part.kind(names)
    if found is not wanted:
        raise WrongKind(found=found.words, wanted=wanted.words, part=part.text)
    return found
