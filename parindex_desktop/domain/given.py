"""Figures that the province gives in its kit: last year's value of a unit, the day of a plan of its own.

The entry `given/<year>/<criterion>/<unit>` holds inputs by their name in canonical form, with the word `all` in the
place of the unit for every unit alike; what is given to a unit by name goes before what is given to all. While a form
is filled they stand for whatever the unit entered there. Locking copies them into the unit's own figures, so that
whoever reads what was signed comes to the same points whatever any kit says later.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from parindex_desktop.domain import strict
from parindex_desktop.domain.errors import UserError
from parindex_desktop.domain.messages import msgid
from parindex_desktop.domain.scoring.showing import shown_input

if TYPE_CHECKING:
    from parindex_desktop.domain.criteria import Criterion
    from parindex_desktop.domain.revisions import Value
    from parindex_desktop.domain.scoring.answers import Answer

ALL: Final = "all"
"""Stands for every unit."""

Inputs = Mapping[str, str]
Given = Mapping[str, Mapping[str, Mapping[str, Inputs]]]
"""All that a kit gives, by year, unit (or `ALL`) and criterion."""

NOTHING_GIVEN: Final[Mapping[str, Inputs]] = {}

_LONGEST_INPUT: Final = 100
_LONGEST_NAME: Final = 60


class InputGiven(UserError):
    """The unit does not enter what the province gives."""

    code = "form.input_given"
    template = msgid(
        "{criterion}: “{title}” is given by the province ({value}) and cannot be entered here. Nothing was changed; if "
        "the figure is wrong, tell the province."
    )


def given_key(year: str, criterion: str, unit: str) -> str:
    """The key of the entry."""
    return f"given/{year}/{criterion}/{unit}"


def given_entry(inputs: Inputs) -> dict[str, Value]:
    """The value of the entry."""
    return dict(inputs)


def read_given(value: Any) -> Inputs:
    """Read the value of the entry; raises ValueError."""
    inputs = strict.table(value)
    for name, typed in inputs.items():
        strict.text(name, _LONGEST_NAME)
        strict.text(typed, _LONGEST_INPUT)
    return inputs


def given_to(given: Given, year: str, unit: str) -> dict[str, Inputs]:
    """What is given to a unit in a year, by criterion."""
    of_year = given.get(year, {})
    to_all, own = of_year.get(ALL, {}), of_year.get(unit, {})
    return {**to_all, **{name: {**to_all.get(name, {}), **inputs} for name, inputs in own.items()}}


def with_given(criterion: Criterion, answer: Answer, given: Mapping[str, Inputs]) -> Answer:
    """`answer` with what is given for `criterion` in the place of what was entered there."""
    inputs = inputs_given(criterion, given)
    return replace(answer, inputs={**answer.inputs, **inputs}) if inputs else answer


def inputs_given(criterion: Criterion, given: Mapping[str, Inputs]) -> Inputs:
    """What is given of the inputs that `criterion` asks for; the rest was given for another version of the set."""
    inputs = given.get(criterion.id)
    if not inputs:
        return {}
    return {
        spec.name: inputs[spec.name]
        for spec in criterion.inputs
        if spec.name in inputs and spec.accepts(inputs[spec.name])
    }


def own_inputs(inputs: Inputs, given: Inputs) -> Inputs:
    """What of the `inputs` of a criterion is the unit's own."""
    return {name: text for name, text in inputs.items() if name not in given}


def check_not_given(criterion: Criterion, given: Inputs, name: str) -> None:
    """Raise `InputGiven` where the province gives the input `name`."""
    for spec in criterion.inputs:
        if spec.name == name and name in given:
            raise InputGiven(criterion=criterion.code, title=spec.title, value=shown_input(spec, given[name]))
