"""The entry `answer/<criterion>/figures`: what a unit declares, and what of it the province gave at the lock."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from parindex_desktop.domain import strict
from parindex_desktop.domain.scoring.answers import Answer, Applicability

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parindex_desktop.domain.given import Inputs
    from parindex_desktop.domain.revisions import Value

LONGEST_GROUND: Final = 1000
LONGEST_INPUT: Final = 100
"""Characters of the ground of “not applicable”, and of one input."""
MOST_INPUTS: Final = 200
"""Inputs of one criterion: more than any set asks for."""

_FIELDS: Final = frozenset({"applicability", "ground", "inputs"})
_RARE: Final = frozenset({"given"})


def figures_entry(answer: Answer, copied: Iterable[str] = ()) -> dict[str, Value]:
    """The value of the entry; the inputs named in `copied` were given by the province, and not entered."""
    value: dict[str, Value] = {
        "applicability": answer.applicability.value,
        "ground": answer.ground,
        "inputs": dict(answer.inputs),
    }
    names: list[Value] = [*sorted(copied)]
    return {**value, "given": names} if names else value


def read_figures(value: Value) -> tuple[Answer, Inputs]:
    """The answer, and those of its inputs that were copied from the province. Raises ValueError."""
    declared = strict.fields(value, _FIELDS, _RARE)
    inputs, given = strict.table(declared["inputs"]), strict.items(declared.get("given", []))
    if not len(given) <= len(inputs) <= MOST_INPUTS:
        raise ValueError("more inputs than any criterion asks for")
    for typed in inputs.values():
        strict.text(typed, LONGEST_INPUT)
    ground = strict.text(declared["ground"], LONGEST_GROUND)
    answer = Answer(Applicability(declared["applicability"]), ground, inputs)
    copied = {name: text for name, text in inputs.items() if name in given}
    if figures_entry(answer, copied) != value:
        raise ValueError("not the names of inputs, each once and sorted")
    return answer, copied
