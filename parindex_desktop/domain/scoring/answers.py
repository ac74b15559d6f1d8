"""What a unit declares for one criterion."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class Applicability(StrEnum):
    """What the unit says about the criterion as a whole."""

    APPLICABLE = "applicable"
    NOT_APPLICABLE = "not_applicable"
    NOTHING_AROSE = "nothing_arose"


@dataclass(frozen=True, slots=True)
class Answer:
    """Applicability with its ground, and the inputs by name in canonical form (see `inputs`).

    Inputs stay while the unit claims "not applicable" or "nothing arose"; they then count for nothing.
    """

    applicability: Applicability = Applicability.APPLICABLE
    ground: str = ""
    inputs: Mapping[str, str] = field(default_factory=dict)


UNANSWERED = Answer()
