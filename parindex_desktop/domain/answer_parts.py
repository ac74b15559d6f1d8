"""An answer taken apart: one text for each thing that is entered, so that each can stand in a cell of its own.

What says nothing is absent; a part that is absent and one whose text is empty are the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from parindex_desktop.domain.assessments import FIGURES, TEXTS
from parindex_desktop.domain.scoring.answers import Answer, Applicability

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parindex_desktop.domain.assessments import Sheet
    from parindex_desktop.domain.criteria import Criterion

APPLICABILITY: Final = "applicability"
GROUND: Final = "ground"
INPUT: Final = "input/"
"""Before the name of an input."""


def parts_of(sheet: Sheet) -> dict[str, str]:
    """What a sheet says, by the name of the part: its answer, then its texts."""
    answer = sheet.answer
    applies = answer.applicability is Applicability.APPLICABLE
    parts = {
        APPLICABILITY: "" if applies else answer.applicability.value,
        GROUND: answer.ground,
        **{f"{INPUT}{name}": text for name, text in answer.inputs.items()},
        "explanation": sheet.explanation,
        "reason": sheet.reason,
        "note": sheet.note,
    }
    return {name: text for name, text in parts.items() if text}


def parts_in(criterion: Criterion) -> tuple[str, ...]:
    """The parts that a unit may enter, in the order of the form; none where it does not score itself."""
    inputs = tuple(f"{INPUT}{spec.name}" for spec in criterion.inputs)
    return (APPLICABILITY, GROUND, *inputs, *TEXTS) if inputs else ()


def answer_of(parts: Mapping[str, str]) -> Answer:
    """The answer that parts come from; texts among them are passed over."""
    inputs = {
        name.removeprefix(INPUT): text for name, text in parts.items() if name.startswith(INPUT) and text
    }
    applicability = Applicability(parts.get(APPLICABILITY) or Applicability.APPLICABLE)
    return Answer(applicability, parts.get(GROUND, ""), inputs)


def entry_name(part: str) -> str:
    """The entry of a criterion that a part is in: its figures, or the text itself."""
    return part if part in TEXTS else FIGURES
