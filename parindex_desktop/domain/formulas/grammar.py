"""From the text of a formula to its tree; the text may use Vietnamese words and the signs of a textbook."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from lark import Lark, Token, Transformer, Tree, UnexpectedInput, UnexpectedToken, v_args

from parindex_desktop.domain.formulas.tree import (
    Comparison,
    Constant,
    Denied,
    FormulaFaulty,
    Joined,
    Name,
    Negative,
    Node,
    Operation,
    Option,
)
from parindex_desktop.domain.messages import msgid

if TYPE_CHECKING:
    from lark.tree import Meta

LONGEST: Final = 500
"""Characters of the longest formula."""

DEEPEST: Final = 64
"""How many parts may stand inside each other."""

_GRAMMAR: Final = r"""
?either: both (_OR both)*
?both: denied (_AND denied)*
?denied: _NOT denied -> denied
    | compared
?compared: sum
    | sum COMPARED sum
?sum: product
    | sum (PLUS | MINUS) product -> operation
?product: signed
    | product (TIMES | OVER) signed -> operation
?signed: MINUS signed -> negative
    | atom
?atom: NUMBER -> constant
    | NAME -> name
    | OPTION -> option
    | "(" either ")"

COMPARED: /<=|≤|>=|≥|<>|!=|≠|<|>|=/
PLUS: "+"
MINUS: /[-−–]/
TIMES: /[*×·]/
OVER: /[\/÷:]/
_OR.2: /(or|hoặc)\b/
_AND.2: /(and|và)\b/
_NOT.2: /(not|không)\b/
NUMBER: /[0-9]{1,15}([.,][0-9]{1,6})?/
NAME: /[a-z][a-z0-9_]{0,31}/
OPTION: /"[a-z][a-z0-9_]{0,31}"/
%ignore /[ \n\t]+/
"""

_SIGNS: Final = {
    "−": "-",
    "–": "-",
    "×": "*",
    "·": "*",
    "÷": "/",
    ":": "/",
    "≤": "<=",
    "≥": ">=",
    "≠": "<>",
    "!=": "<>",
}
"""The signs of a textbook as `tree` knows them."""


class FormulaTooLong(FormulaFaulty):
    """Longer than any rule needs."""

    code = "formula.too_long"
    template = msgid("The formula has {length} characters; at most {limit} are allowed.")


class FormulaTooDeep(FormulaFaulty):
    """Parentheses or operators beyond any rule's need."""

    code = "formula.too_deep"
    template = msgid(
        "In the formula, more than {limit} parts stand inside each other. Split it into branches."
    )


class FormulaMalformed(FormulaFaulty):
    """No formula."""

    code = "formula.malformed"
    template = msgid("The formula cannot be read from “{rest}” on.")


class FormulaUnfinished(FormulaFaulty):
    """A formula that breaks off."""

    code = "formula.unfinished"
    template = msgid("The formula ends too early: “{text}”.")


def parsed(text: str) -> Node:
    """The tree of the formula `text`.

    Raises `FormulaTooLong`, `FormulaTooDeep`, `FormulaMalformed` or `FormulaUnfinished`.
    """
    if len(text) > LONGEST:
        raise FormulaTooLong(length=len(text), limit=LONGEST)
    try:
        tree = _parser().parse(text)
    except UnexpectedInput as fault:
        at_end = isinstance(fault, UnexpectedToken) and fault.token.type == "$END"
        if at_end or fault.pos_in_stream is None:
            raise FormulaUnfinished(text=text) from None
        raise FormulaMalformed(rest=text[fault.pos_in_stream :][:40]) from None
    if _is_too_deep(tree):
        raise FormulaTooDeep(limit=DEEPEST)
    return _Builder(text).transform(tree)


@cache
def _parser() -> Lark:
    return Lark(_GRAMMAR, parser="lalr", start="either", propagate_positions=True)


def _is_too_deep(tree: Tree[Token]) -> bool:
    level: list[Tree[Token]] = [tree]
    for _ in range(DEEPEST):
        level = [child for each in level for child in each.children if isinstance(child, Tree)]
        if not level:
            return False
    return True


@v_args(meta=True)
class _Builder(Transformer[Token, Node]):
    """Makes our tree of lark's; the methods have the names of the grammar's rules."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def constant(self, meta: Meta, parts: list[Any]) -> Node:
        return Constant(self._written(meta), Decimal(str(parts[0]).replace(",", ".")))

    def name(self, meta: Meta, _parts: list[Any]) -> Node:
        return Name(self._written(meta))

    def option(self, meta: Meta, _parts: list[Any]) -> Node:
        written = self._written(meta)
        return Option(written, written.strip('"'))

    def negative(self, meta: Meta, parts: list[Any]) -> Node:
        return Negative(self._written(meta), parts[-1])

    def operation(self, meta: Meta, parts: list[Any]) -> Node:
        left, sign, right = parts
        return Operation(self._written(meta), left, _SIGNS.get(sign, str(sign)), right)

    def compared(self, meta: Meta, parts: list[Any]) -> Node:
        left, sign, right = parts
        return Comparison(self._written(meta), left, _SIGNS.get(sign, str(sign)), right)

    def denied(self, meta: Meta, parts: list[Any]) -> Node:
        return Denied(self._written(meta), parts[-1])

    def both(self, meta: Meta, parts: list[Any]) -> Node:
        return Joined(self._written(meta), every=True, conditions=tuple(parts))

    def either(self, meta: Meta, parts: list[Any]) -> Node:
        return Joined(self._written(meta), every=False, conditions=tuple(parts))

    def _written(self, meta: Meta) -> str:
        return self._text[meta.start_pos : meta.end_pos]
