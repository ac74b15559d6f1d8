"""States as an office reads them: a sign, a word and a colour, never a colour alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from resources import msgid
from ui.theme.icons import Icon
from ui.theme.tokens import Tone

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Sign:
    """A word (an English template with its values; `tr` says it), its tone and the drawn sign before it."""

    template: str
    tone: Tone = Tone.NEUTRAL
    icon: Icon | None = None
    values: Mapping[str, object] = field(default_factory=dict)


# States of a criterion.
COMPLETE: Final = Sign(msgid("Complete"), Tone.GOOD, Icon.COMPLETE)
MISSING_EVIDENCE: Final = Sign(msgid("Evidence missing"), Tone.WRONG, Icon.MISSING_EVIDENCE)
MISSING_EXPLANATION: Final = Sign(msgid("Explanation missing"), Tone.CARE, Icon.MISSING_REASON)
MISSING_REASON: Final = Sign(msgid("Reason missing"), Tone.CARE, Icon.MISSING_REASON)
UNSCORED: Final = Sign(msgid("Not yet scored"), Tone.NEUTRAL, Icon.UNSCORED)
NOT_CLAIMED: Final = Sign(msgid("Not claimed"), Tone.NEUTRAL, Icon.UNSCORED)
"""A bonus that the unit leaves alone."""
NOT_SELF_SCORED: Final = Sign(msgid("Not self-scored"), Tone.NEUTRAL, Icon.NOT_SELF_SCORED)
NOT_APPLICABLE: Final = Sign(msgid("Not applicable"), Tone.NEUTRAL, Icon.NOT_APPLICABLE)
LOCKED: Final = Sign(msgid("Locked"), Tone.NEUTRAL, Icon.LOCKED)

# Verdicts on a bundle.
REFUSED: Final = Sign(msgid("Not valid"), Tone.WRONG, Icon.REFUSED)
