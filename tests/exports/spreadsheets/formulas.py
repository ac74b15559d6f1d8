"""Computes the few formulas of our sheets as spreadsheet programs do: binary numbers, ROUND half away from zero.

The libraries that do so for whole workbooks bring numpy, scipy or pandas with them.
"""

from __future__ import annotations

import datetime as dt
import operator
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from lark import Lark, Token, Tree
from openpyxl.utils import range_boundaries
from openpyxl.utils.datetime import to_excel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_PARSER = Lark(
    r"""
    start: "=" value
    ?value: sum | sum COMPARE sum -> compared
    ?sum: product | sum "+" product -> add | sum "-" product -> sub
    ?product: unary | product "*" unary -> mul | product "/" unary -> div
    ?unary: atom | "-" unary -> neg
    ?atom: NUMBER -> number | TEXT -> text | "TRUE" -> true
        | NAME "(" value ("," value)* ")" -> call | PLACE -> cell | PLACE ":" PLACE -> area | "(" value ")"
    COMPARE: "<>" | ">=" | "<=" | "=" | ">" | "<"
    NUMBER: /\d+(\.\d+)?/
    TEXT: /"([^"]|"")*"/
    PLACE: /('[^']+'!)?\$?[A-Z]{1,3}\$?\d+/
    NAME: /[A-Z]+(?=\()/
    """,
    parser="lalr",
)
_COMPARED: dict[str, Callable[[Any, Any], bool]] = {
    "<>": operator.ne,
    ">=": operator.ge,
    "<=": operator.le,
    "=": operator.eq,
    ">": operator.gt,
    "<": operator.lt,
}


@lru_cache(maxsize=4096)
def _parsed(formula: str) -> Tree[Token]:
    return _PARSER.parse(formula)


class Computer:
    """Computes formulas; `look` gives what stands in a cell (None for an empty one), by its name with the sheet's."""

    def __init__(self, look: Callable[[str], Any]) -> None:
        self._look = look
        self._known: dict[str, Any] = {}

    def value(self, stands: Any) -> Any:
        """What a cell shows in which this stands; an `ArithmeticError` where it would be an error."""
        if isinstance(stands, str) and stands.startswith("="):
            (inner,) = _parsed(stands).children
            shown = self._of(inner)
            return 0.0 if shown is None else shown
        if isinstance(stands, (dt.date, dt.datetime)):
            return float(to_excel(stands))
        return (
            float(stands) if isinstance(stands, (int, Decimal)) and not isinstance(stands, bool) else stands
        )

    def _cell(self, place: str) -> Any:
        if place not in self._known:
            self._known[place] = self.value(self._look(place))
        return self._known[place]

    def _of(self, node: Any) -> Any:
        kind, parts = node.data, node.children
        match kind:
            case "number":
                return float(parts[0])
            case "text":
                return str(parts[0])[1:-1].replace('""', '"')
            case "true":
                return True
            case "cell":
                return self._cell(parts[0].replace("$", ""))
            case "neg":
                return -_number(self._of(parts[0]))
            case "compared":
                return _COMPARED[parts[1]](*_like(self._of(parts[0]), self._of(parts[2])))
            case "call":
                return getattr(self, f"_{parts[0].lower()}")(*parts[1:])
        left, right = (_number(self._of(part)) for part in parts)
        if kind == "div" and not right:
            raise ArithmeticError("#DIV/0!")
        return {"add": operator.add, "sub": operator.sub, "mul": operator.mul, "div": operator.truediv}[kind](
            left, right
        )

    def _if(self, condition: Any, then: Any, otherwise: Any) -> Any:
        return self._of(then if self._of(condition) else otherwise)

    def _or(self, *parts: Any) -> bool:
        return any([self._of(part) for part in parts])  # noqa: C419 (all are computed, as there)

    def _and(self, *parts: Any) -> bool:
        return all([self._of(part) for part in parts])  # noqa: C419

    def _not(self, part: Any) -> bool:
        return not self._of(part)

    def _isnumber(self, part: Any) -> bool:
        return isinstance(self._of(part), float)

    def _exact(self, first: Any, second: Any) -> bool:
        return ("" if (a := self._of(first)) is None else a) == ("" if (b := self._of(second)) is None else b)

    def _trim(self, part: Any) -> str:
        return " ".join(str(self._of(part) or "").split(" ")).strip()

    def _abs(self, part: Any) -> float:
        return abs(_number(self._of(part)))

    def _date(self, *parts: Any) -> float:
        year, month, day = (int(self._of(part)) for part in parts)
        return float(to_excel(dt.date(year, month, day)))

    def _round(self, part: Any, places: Any) -> float:
        unit = Decimal(1).scaleb(-int(self._of(places)))
        fifteen = Decimal(f"{_number(self._of(part)):.15g}")
        return float(fifteen.quantize(unit, ROUND_HALF_UP))

    def _min(self, *parts: Any) -> float:
        return min(_number(self._of(part)) for part in parts)

    def _max(self, *parts: Any) -> float:
        return max(_number(self._of(part)) for part in parts)

    def _sum(self, *parts: Any) -> float:
        return sum(value for part in parts if isinstance(value := self._of(part), float))

    def _sumif(self, where: Any, wanted: Any, what: Any) -> float:
        said = self._of(wanted)
        pairs = zip(_places(where.children), _places(what.children), strict=True)
        return sum(
            value
            for place, other in pairs
            if self._cell(place) == said and isinstance(value := self._cell(other), float)
        )


def _places(corners: Iterable[Any]) -> list[str]:
    left, top, right, bottom = range_boundaries(":".join(corners))
    assert left == right
    letter = str(next(iter(corners))).rstrip("0123456789")
    return [f"{letter}{row}" for row in range(top, bottom + 1)]


def _number(value: Any) -> float:
    if isinstance(value, str):
        raise ArithmeticError("#VALUE!")  # noqa: TRY004 (the cell's error)
    return float(value or 0)


def _like(left: Any, right: Any) -> tuple[Any, Any]:
    """Two values as they are compared: an empty cell is what it is compared with, text is above every number."""
    empty = {float: 0.0, str: "", bool: False, type(None): None}
    left = empty[type(right)] if left is None else left
    right = empty[type(left)] if right is None else right
    ranks = {float: 0, str: 1, bool: 2, type(None): 0}
    if type(left) is not type(right):
        return ranks[type(left)], ranks[type(right)]
    return (left.casefold(), right.casefold()) if isinstance(left, str) else (left, right)
