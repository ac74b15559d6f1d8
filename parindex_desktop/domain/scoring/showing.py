"""What was declared, as values that `resources.say` puts into words: for the window, lists and papers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from parindex_desktop.domain.messages import Message
from parindex_desktop.domain.scoring.answers import Answer, Applicability
from parindex_desktop.domain.scoring.inputs import YES, InputKind, InputMalformed, InputSpec, check_input

if TYPE_CHECKING:
    from parindex_desktop.domain.criteria import Criterion

Shown = str | int | Decimal | date | Message
"""Whatever `resources.say` can put into words."""


def shown_input(spec: InputSpec, text: str) -> Shown:
    """One input as a value to be said; what is not in canonical form (from elsewhere) as it was written."""
    try:
        check_input(spec, text)
    except InputMalformed:
        return text
    match spec.kind:
        case InputKind.COUNT:
            return int(text)
        case InputKind.AMOUNT:
            return Decimal(text)
        case InputKind.YES_NO:
            return Message("input.yes", "Met") if text == YES else Message("input.no", "Not met")
        case InputKind.CHECK:
            return Message("input.has", "Yes") if text == YES else Message("input.has_not", "No")
        case InputKind.DATE | InputKind.CHOICE:
            chosen = next((option.title for option in spec.options if option.id == text), None)
            return chosen or date.fromisoformat(text)


def shown_answer(criterion: Criterion, answer: Answer) -> list[Message]:
    """What a unit declares for a criterion: its figures line by line, or why there are none."""
    match answer.applicability:
        case Applicability.NOT_APPLICABLE:
            return [
                Message(
                    "answer.not_applicable", "Not applicable (ground: {ground})", {"ground": answer.ground}
                )
            ]
        case Applicability.NOTHING_AROSE:
            return [Message("answer.nothing_arose", "Nothing arose in the year")]
        case Applicability.APPLICABLE:
            return [
                Message(
                    "answer.input",
                    "{title}: {value}",
                    {"title": spec.title, "value": shown_input(spec, answer.inputs[spec.name])},
                )
                for spec in criterion.inputs
                if spec.name in answer.inputs
            ]
