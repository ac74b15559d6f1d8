"""Last year's values for the rules that compare: proposed from what the units locked and handed over, never guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.domain.scoring.outcome import OutcomeState
from parindex_desktop.domain.scoring.previous import ComparePrevious
from parindex_desktop.domain.scoring.showing import shown_input
from parindex_desktop.domain.succession import compared
from parindex_desktop.services.giving import Change, LeftOut, Proposal, boards
from parindex_desktop.services.received import NothingReceived, received_form
from parindex_desktop.services.register import current_kit

if TYPE_CHECKING:
    from collections.abc import Callable

    from parindex_desktop.domain.assessments import Assessment
    from parindex_desktop.domain.given_boards import Figure
    from parindex_desktop.domain.units import Unit
    from parindex_desktop.services.homes import Office


def propose(
    office: Office, year: str, progress: Callable[[int, int], None] = lambda _done, _total: None
) -> Proposal:
    """Last year's figure of each unit for each criterion that compares with it; nothing is written.

    A figure that is given otherwise already stays. Where there is nothing to propose, the proposal says why. `progress`
    is told the number of units and may raise `Cancelled`. Raises as `boards`.
    """
    found = boards(office, year)
    everybody = sum(len(board.units) for board in found)
    changes: list[Change] = []
    left_out: list[LeftOut] = []
    same = done = compared = 0
    for board in found:
        figures = [figure for figure in board.figures if _is_compared(figure)]
        compared += len(figures)
        for unit in board.units:
            progress(done, everybody)
            done += 1
            read = _last_year(office, unit, year) if figures else None
            for figure in figures:
                value = read if isinstance(read, Message) else _value(read, figure, _before(year))
                before = board.text(unit, figure)
                if isinstance(value, Message):
                    left_out.append(LeftOut(unit, figure, value))
                elif value == before:
                    same += 1
                elif before is not None:
                    left_out.append(LeftOut(unit, figure, _kept(figure, before, value)))
                else:
                    changes.append(Change(unit, figure, None, value))
    progress(everybody, everybody)
    why = _unproposed(year, compared, left_out, same) if not changes else None
    return Proposal(year, tuple(changes), same, tuple(left_out), unproposed=why)


_NO_FIGURE: Final = msgid(
    "No criteria set of {year} has a criterion that compares with the year before, so no figure of {last} is asked for."
)
_NOBODY: Final = msgid(
    "No unit has handed over a self-assessment for {last} here, so there are no figures of {last} to take over."
)
_NO_UNIT: Final = msgid("No unit is assessed in {year}, so no figure of {last} is asked for.")
_NOT_ONE: Final = msgid("No other figure of {last} can be taken over; why not is said of each.")


def _unproposed(year: str, compared: int, left_out: list[LeftOut], same: int) -> Message | None:
    """Why nothing is proposed; None where all of it is given already."""
    values = {"year": year, "last": _before(year)}
    if not compared:
        return Message("last_year.no_figure", _NO_FIGURE, values)
    if not left_out:
        return None if same else Message("last_year.no_unit", _NO_UNIT, values)
    nobody = not same and all(each.why.code == _NOTHING for each in left_out)
    return (
        Message("last_year.nobody", _NOBODY, values)
        if nobody
        else Message("last_year.none", _NOT_ONE, values)
    )


def _is_compared(figure: Figure) -> bool:
    return isinstance(figure.criterion.rule, ComparePrevious) and figure.spec.name == "previous"


def _before(year: str) -> str:
    return str(int(year) - 1)


def _last_year(office: Office, unit: Unit, year: str) -> Assessment | Message:
    """The locked self-assessment of the year before, or why there is none."""
    last = {"year": _before(year)}
    found = compared(current_kit(office).units, unit, int(year) - 1, int(year))
    if found.before is None or found.part is not None:
        values = {**last, "reason": found.reason or found.part}
        return Message("last_year.not_comparable", "The figure of {year} {reason}.", values)
    try:
        assessment = received_form(office, found.before, last["year"])
    except NothingReceived:
        return Message(_NOTHING, "Nothing was handed over for {year}.", last)
    if assessment.lock is None:
        return Message("last_year.not_settled", _NOT_SETTLED, last)
    return assessment


_NOTHING: Final = "last_year.nothing"
_NOT_SETTLED = msgid("What was handed over for {year} are parallel versions that the unit has not settled.")
_OTHER_FIGURE = msgid("The set of {year} asked for another figure: “{title}”, now “{now}”.")
_KEPT = msgid(
    "{given} is given already and stays; last year's figure is {last}. Clear it to take that one over."
)


def _value(assessment: Assessment | None, figure: Figure, last: str) -> str | Message:
    """The unit's own figure of last year for the same criterion, or why it cannot be compared."""
    assert assessment is not None
    rule = figure.criterion.rule
    assert isinstance(rule, ComparePrevious)
    sheet = assessment.sheets.get(figure.criterion.id)
    if sheet is None:
        return Message(
            "last_year.new_criterion", "The set of {year} does not have this criterion.", {"year": last}
        )
    spec = next((each for each in sheet.criterion.inputs if each.name == "value"), None)
    # Another title may mean another unit of measurement: a person decides.
    if spec is None or (spec.title, spec.kind) != (rule.value, rule.figures):
        values = {"year": last, "title": spec.title if spec else "–", "now": rule.value}
        return Message("last_year.other_figure", _OTHER_FIGURE, values)
    value = sheet.answer.inputs.get("value")
    if value is None or sheet.outcome.state is not OutcomeState.SCORED:
        return Message("last_year.not_entered", "The unit entered no figure for {year}.", {"year": last})
    return value


def _kept(figure: Figure, given: str, last: str) -> Message:
    values = {"given": shown_input(figure.spec, given), "last": shown_input(figure.spec, last)}
    return Message("last_year.kept", _KEPT, values)
