"""The engine: one criterion and what the unit declares for it give points with their reason."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from parindex_desktop.domain.criteria import Applies
from parindex_desktop.domain.errors import UserError
from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.domain.scoring.answers import UNANSWERED, Answer, Applicability
from parindex_desktop.domain.scoring.inputs import check_input
from parindex_desktop.domain.scoring.rule import ZERO, NothingArose, ScoredBy

if TYPE_CHECKING:
    from decimal import Decimal

    from parindex_desktop.domain.criteria import Criterion
    from parindex_desktop.domain.scoring.inputs import InputSpec
    from parindex_desktop.domain.scoring.rule import Rule


ENGINE: Final = 1
"""Version of the rules as they are computed; it is raised whenever the same figures could give other points."""


class OutcomeState(StrEnum):
    """How far a criterion is scored."""

    SCORED = "scored"
    UNSCORED = "unscored"
    FAULTY = "faulty"
    NOT_APPLICABLE = "not_applicable"
    NOT_SELF_SCORED = "not_self_scored"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an answer comes to.

    `points` are there only when scored. `counts_in_maximum` is what the criterion adds to the denominator:
    its maximum, or nothing where it is not applicable or not self-scored; an unscored one stays in it.
    `reason` says in one sentence how the points came about, or why there are none. `missing` are the inputs
    that an unscored one still needs.
    """

    state: OutcomeState
    points: Decimal | None
    counts_in_maximum: Decimal
    reason: Message
    missing: tuple[InputSpec, ...] = ()


class NotApplicableRefused(UserError):
    """The set does not let a unit take this criterion out."""

    code = "score.not_applicable_refused"
    template = msgid("“Not applicable” is not allowed for this criterion. Enter the figures.")


class GroundMissing(UserError):
    """The claim that a criterion is not applicable needs its ground."""

    code = "score.ground_missing"
    template = msgid(
        "“Not applicable” needs its ground. Write why; until then the criterion counts as unscored."
    )


class NothingAroseRefused(UserError):
    """The rule has no choice for a year in which nothing arose."""

    code = "score.nothing_arose_refused"
    template = msgid("“Nothing arose” is not allowed for this criterion. Enter the figures.")


class InputUnknown(UserError):
    """An input that the rule does not ask for."""

    code = "score.input_unknown"
    template = msgid("The criterion has no input named “{name}”. Clear the answer and enter it again.")


_BY_OTHERS: Final = {
    ScoredBy.SURVEY: Message("score.surveyed", "Not self-scored: the points come from the survey."),
    ScoredBy.COUNCIL: Message("score.by_council", "Not self-scored: the council gives the points."),
}


def score(criterion: Criterion, answer: Answer = UNANSWERED) -> Outcome:
    """The outcome of `answer` for the leaf `criterion`; never raises for what a unit declares."""
    if criterion.applies is Applies.NEVER:
        reason = Message("score.never_applies", "Not applicable: {ground}", {"ground": criterion.ground})
        return Outcome(OutcomeState.NOT_APPLICABLE, None, ZERO, reason)
    assert criterion.rule is not None, f"{criterion.code} is a group and has no points of its own"
    if criterion.rule.scored_by is not ScoredBy.UNIT:
        return Outcome(OutcomeState.NOT_SELF_SCORED, None, ZERO, _BY_OTHERS[criterion.rule.scored_by])
    try:
        return _declared(criterion, criterion.rule, answer)
    except UserError as fault:
        return Outcome(OutcomeState.FAULTY, None, criterion.counts, fault.message)


def claimable(criterion: Criterion) -> tuple[Applicability, ...]:
    """What a unit may say of the criterion as a whole; APPLICABLE alone where it has no choice."""
    rule = criterion.rule
    return (
        Applicability.APPLICABLE,
        *((Applicability.NOTHING_AROSE,) if rule is not None and rule.nothing_arose is not None else ()),
        *((Applicability.NOT_APPLICABLE,) if criterion.applies is Applies.IF_ANY else ()),
    )


def _declared(criterion: Criterion, rule: Rule, answer: Answer) -> Outcome:
    match answer.applicability:
        case Applicability.APPLICABLE:
            return _from_inputs(criterion, rule, answer)
        case Applicability.NOT_APPLICABLE:
            if criterion.applies is not Applies.IF_ANY:
                raise NotApplicableRefused
            if not answer.ground.strip():
                raise GroundMissing
            reason = Message("score.not_applicable", "Not applicable: {ground}", {"ground": answer.ground})
            return Outcome(OutcomeState.NOT_APPLICABLE, None, ZERO, reason)
        case Applicability.NOTHING_AROSE:
            if rule.nothing_arose is None:
                raise NothingAroseRefused
            return _nothing_arose(criterion, rule.nothing_arose)


def _from_inputs(criterion: Criterion, rule: Rule, answer: Answer) -> Outcome:
    inputs, found = answer.inputs, 0
    for spec in rule.specs:
        if (text := inputs.get(spec.name)) is not None:
            if not spec.accepts(text):
                check_input(spec, text)
            found += 1
    if found < len(inputs):
        unknown = inputs.keys() - {spec.name for spec in rule.specs}
        raise InputUnknown(name=min(unknown)[:60])
    if found < len(rule.specs) and (missing := rule.missing(inputs)):
        return unscored(criterion.counts, missing)
    result = rule.points(inputs)
    if isinstance(result, NothingArose):
        return _nothing_arose(criterion, result)
    return Outcome(OutcomeState.SCORED, result.points, criterion.counts, result.reason)


def unscored(counts: Decimal, missing: tuple[InputSpec, ...]) -> Outcome:
    """The outcome while inputs are missing, of a criterion that counts so much in the denominator."""
    titles = tuple(spec.title for spec in missing)
    reason = Message("score.unscored", "Not scored yet, still needed: {missing}", {"missing": titles})
    return Outcome(OutcomeState.UNSCORED, None, counts, reason, missing)


def _nothing_arose(criterion: Criterion, choice: NothingArose) -> Outcome:
    if choice is NothingArose.NOT_APPLICABLE:
        reason = Message(
            "score.nothing_arose_out",
            "Nothing arose in the year → not applicable, out of numerator and denominator",
        )
        return Outcome(OutcomeState.NOT_APPLICABLE, None, ZERO, reason)
    points = criterion.maximum if choice is NothingArose.FULL else ZERO
    template = (
        msgid("Nothing arose in the year → the full {points} points")
        if choice is NothingArose.FULL
        else msgid("Nothing arose in the year → {points} points")
    )
    reason = Message("score.nothing_arose", template, {"points": points})
    return Outcome(OutcomeState.SCORED, points, criterion.counts, reason)
