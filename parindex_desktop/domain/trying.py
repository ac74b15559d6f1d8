"""A rule that is being written, tried with figures as a unit would enter them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from parindex_desktop.domain.criteria import Criterion, Part
from parindex_desktop.domain.errors import UserError
from parindex_desktop.domain.scoring.answers import Answer, Applicability
from parindex_desktop.domain.scoring.grades import grade_faults
from parindex_desktop.domain.scoring.kinds import read_rule
from parindex_desktop.domain.scoring.outcome import Outcome, OutcomeState, score, unscored
from parindex_desktop.domain.scoring.rule import Rule, Scored, ScoredBy

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from parindex_desktop.domain.drafting import Tree
    from parindex_desktop.domain.scoring.head import Head


def rule_to_try(node: Tree, head: Head) -> Rule | None:
    """The rule of a criterion whose shape is right, as a set with `head` has it; None where a figure has no value."""
    if any(grade_faults(node["rule"], head)):
        return None
    return read_rule(node["rule"], Decimal(node["maximum"]), head)


def tried(rule: Rule, inputs: Mapping[str, str], *, nothing_arose: bool = False) -> Outcome:
    """What `inputs` in canonical form come to; for rules of the survey and the council too, which units do not see."""
    if rule.scored_by is ScoredBy.UNIT:
        said = Applicability.NOTHING_AROSE if nothing_arose else Applicability.APPLICABLE
        criterion = Criterion("", "", "", rule.maximum, part=Part.DOCUMENTS, rule=rule)
        return score(criterion, Answer(said, inputs=inputs))
    if missing := rule.missing(inputs):
        return unscored(rule.maximum, missing)
    try:
        result = rule.points(inputs)
    except UserError as fault:
        return Outcome(OutcomeState.FAULTY, None, rule.maximum, fault.message)
    assert isinstance(result, Scored), "nothing arises in a survey"
    return Outcome(OutcomeState.SCORED, result.points, rule.maximum, result.reason)


def grades_in(tree: Any) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The figures of a rule that differ: in which way (`by_level`, `by_year`, `roadmap`), and their values."""
    if isinstance(tree, dict):
        for name, part in tree.items():
            if name in {"by_level", "by_year", "roadmap"} and isinstance(part, dict):
                yield name, part
            else:
                yield from grades_in(part)
    elif isinstance(tree, list):
        for part in tree:
            yield from grades_in(part)
