"""Figures that the province gives in its kit: last year's value of a unit, the day of a plan of its own.

The entry `given/<year>/<criterion>/<holder>` holds inputs by their name in canonical form. The holder is a unit, or
the word of a level (`commune`) for every unit of that level alike: criteria of several sets may have one id. What is
given to a unit by name goes before what is given to its level. While a form is filled they stand for whatever the unit
entered there. Locking copies them into the unit's own figures, with their names, so that whoever reads what was signed
comes to the same points whatever any kit says later; once the lock is gone, so is what was copied.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from parindex_desktop.domain import strict
from parindex_desktop.domain.errors import UserError
from parindex_desktop.domain.messages import msgid
from parindex_desktop.domain.scoring.answers import Applicability
from parindex_desktop.domain.scoring.deadline import EVENT, AfterEvent, Deadline
from parindex_desktop.domain.scoring.outcome import OutcomeState, score
from parindex_desktop.domain.scoring.previous import ComparePrevious
from parindex_desktop.domain.scoring.showing import shown_input
from parindex_desktop.domain.units import Level

if TYPE_CHECKING:
    from collections.abc import Collection

    from parindex_desktop.domain.criteria import CriteriaSet, Criterion
    from parindex_desktop.domain.revisions import Value
    from parindex_desktop.domain.scoring.answers import Answer
    from parindex_desktop.domain.scoring.inputs import InputSpec
    from parindex_desktop.domain.units import Unit

Inputs = Mapping[str, str]
GivenOfYear = Mapping[str, Mapping[str, Inputs]]
"""What a kit gives for a year, by holder (a unit's id, or the word of a level) and criterion."""
Given = Mapping[str, GivenOfYear]
"""All that a kit gives, by year."""

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


def is_proposed(criterion: Criterion, spec: InputSpec) -> bool:
    """Whether the input is one that the province is asked to give: a figure of last year, the day of its own act."""
    match criterion.rule:
        case ComparePrevious():
            return spec.name == "previous"
        # An event that may not arise at a unit is the unit's own (its decision, its session), not one day for all.
        case Deadline(due=AfterEvent(), nothing_arose=None):
            return spec.name == EVENT
    return False


def holder_of(unit: Unit | None, level: Level) -> str:
    """Who stands in the key of what is given to a unit, or (None) to all units of a level."""
    return level.value if unit is None else unit.id


def given_key(year: str, criterion: str, holder: str) -> str:
    """The key of the entry."""
    return f"given/{year}/{criterion}/{holder}"


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


def given_to(of_year: GivenOfYear, unit: Unit) -> dict[str, Inputs]:
    """What is given to a unit in a year, by criterion."""
    to_all, own = of_year.get(unit.level.value, {}), of_year.get(unit.id, {})
    return {**to_all, **{name: {**to_all.get(name, {}), **inputs} for name, inputs in own.items()}}


def strangers(given: Given, units: Collection[str]) -> set[str]:
    """Those to whom something is given who are neither one of the `units` nor a level that is assessed."""
    levels = {level.value for level in Level if level is not Level.PROVINCE}
    return {holder for of_year in given.values() for holder in of_year} - levels - set(units)


def keys_to(given: Given, unit: str) -> list[str]:
    """The keys of all that is given to a unit by name."""
    return [
        given_key(year, criterion, unit)
        for year, of_year in given.items()
        for criterion in of_year.get(unit, {})
    ]


def void(
    year: str, of_year: GivenOfYear, sets: Mapping[Level, CriteriaSet], units: Mapping[str, Unit]
) -> dict[str, Inputs]:
    """What is given in a year for criteria of which the set of the holder asks no figure, by the key of its entry.

    What is given to a holder whose level has no set is not among it: it waits for one.
    """
    found: dict[str, Inputs] = {}
    for holder, by_criterion in of_year.items():
        criteria = sets.get(units[holder].level if holder in units else Level(holder))
        if criteria is None:
            continue
        for criterion, inputs in by_criterion.items():
            leaf = criteria.find(criterion)
            if leaf is None or not leaf.inputs:
                found[given_key(year, criterion, holder)] = inputs
    return found


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


def is_outdated(criterion: Criterion, answer: Answer, given: Inputs) -> bool:
    """Whether what was locked is another than what is given now (`inputs_given`).

    One that counts for nothing, or would still not be scored with what is given, is not.
    """
    if given.items() <= answer.inputs.items() or answer.applicability is not Applicability.APPLICABLE:
        return False
    now = replace(answer, inputs={**answer.inputs, **given})
    return score(criterion, now).state is not OutcomeState.UNSCORED


def check_not_given(criterion: Criterion, given: Inputs, name: str) -> None:
    """Raise `InputGiven` where the province gives the input `name`."""
    for spec in criterion.inputs:
        if spec.name == name and name in given:
            raise InputGiven(criterion=criterion.code, title=spec.title, value=shown_input(spec, given[name]))
