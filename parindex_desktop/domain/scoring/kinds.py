"""All kinds of rules, by the name that a set file gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from parindex_desktop.domain.scoring.counts import Checklist, Count, Deduct
from parindex_desktop.domain.scoring.deadline import Deadline
from parindex_desktop.domain.scoring.formula import Formula
from parindex_desktop.domain.scoring.grades import resolved
from parindex_desktop.domain.scoring.others import Manual, Sipas, Survey
from parindex_desktop.domain.scoring.picks import Choice, YesNo
from parindex_desktop.domain.scoring.previous import ComparePrevious
from parindex_desktop.domain.scoring.shares import Ratio, Threshold, ThresholdRatio
from parindex_desktop.domain.scoring.steps import StepsByCount, StepsByPercentage

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from decimal import Decimal

    from parindex_desktop.domain.scoring.head import Head
    from parindex_desktop.domain.scoring.rule import Rule

_READERS: Final[Mapping[str, Callable[[Mapping[str, Any], Decimal], Rule]]] = {
    "yes_no": YesNo.read,
    "ratio": Ratio.read,
    "threshold": Threshold.read,
    "threshold_ratio": ThresholdRatio.read,
    "count": Count.read,
    "checklist": Checklist.read,
    "choice": Choice.read,
    "deduct": Deduct.read,
    "compare_previous": ComparePrevious.read,
    "formula": Formula.read,
    "survey": Survey.read,
    "sipas": Sipas.read,
    "manual": Manual.read,
}


def read_rule(tree: Mapping[str, Any], maximum: Decimal, head: Head) -> Rule:
    """The rule that `tree`, which fits the JSON Schema, gives a criterion of `maximum` in a set with `head`.

    Every figure of it must have a value for `head` (see `grades`).
    """
    tree = resolved(tree, head)
    match tree["kind"]:
        case "deadline":
            return Deadline.read(tree, maximum, head)
        case "steps" if tree["by"] == "count":
            return StepsByCount.read(tree, maximum)
        case "steps":
            return StepsByPercentage.read(tree, maximum)
        case kind:
            return _READERS[kind](tree, maximum)
