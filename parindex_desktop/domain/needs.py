"""What a criterion still lacks before it can be handed over (the list “Còn thiếu”)."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from parindex_desktop.domain.criteria import Block
from parindex_desktop.domain.messages import msgid
from parindex_desktop.domain.scoring.outcome import OutcomeState

if TYPE_CHECKING:
    from parindex_desktop.domain.criteria import Criterion
    from parindex_desktop.domain.scoring.outcome import Outcome


class Need(StrEnum):
    """One thing that lacks, in the order in which it should be seen to."""

    UNSETTLED = "unsettled"
    UNCONFIRMED = "unconfirmed"
    EVIDENCE = "evidence"
    EXPLANATION = "explanation"
    FAULTY = "faulty"
    REASON = "reason"
    DOCUMENT_DATA = "document_data"
    UNSCORED = "unscored"

    @property
    def words(self) -> str:
        """What it is called, as a template of the catalogue."""
        return _WORDS[self]

    @property
    def rank(self) -> int:
        """Place in the list of what lacks."""
        return _RANKS.index(self)


_RANKS: Final = tuple(Need)
_WORDS: Final = {
    Need.UNSETTLED: msgid("To be settled"),
    Need.UNCONFIRMED: msgid("Not confirmed yet"),
    Need.EVIDENCE: msgid("Evidence missing"),
    Need.EXPLANATION: msgid("Explanation missing"),
    Need.FAULTY: msgid("Figures faulty"),
    Need.REASON: msgid("Reason missing"),
    Need.DOCUMENT_DATA: msgid("Document data missing"),
    Need.UNSCORED: msgid("Not yet scored"),
}


def needs_of(
    criterion: Criterion,
    outcome: Outcome,
    *,
    explained: bool,
    reasoned: bool,
    documents: bool,
    undescribed: bool,
    unsettled: bool,
    unconfirmed: bool,
) -> tuple[Need, ...]:
    """What lacks for one criterion, the most important first.

    `documents` tells whether any proves it, `undescribed` whether data of one of them lack, `unconfirmed` whether
    something was copied from last year that nobody has looked at.

    A point needs evidence or, without any, an explanation (the ministry's rule, and Đắk Lắk's 2c and 2d). What
    gives no point, or arose nowhere, has nothing to show and is explained. A bonus may be left alone and only one
    that is claimed is proven; a penalty must be answered, and only one that is taken off is explained.
    """
    if outcome.state is OutcomeState.NOT_SELF_SCORED:
        return ()
    main = criterion.block is Block.MAIN
    found = [Need.UNSETTLED] if unsettled else []
    found += [Need.UNCONFIRMED] if unconfirmed else []
    if outcome.state is OutcomeState.UNSCORED:
        found += [] if unsettled or criterion.block is Block.BONUS else [Need.UNSCORED]
    elif outcome.state is OutcomeState.FAULTY:
        found.append(Need.FAULTY)
    elif outcome.state is OutcomeState.SCORED and outcome.points is not None:
        if not documents and not explained and (main or outcome.points):
            claimed = outcome.points and criterion.block is not Block.PENALTY
            found.append(Need.EVIDENCE if claimed else Need.EXPLANATION)
        below = main and outcome.points < criterion.maximum
        if criterion.reason_required and below and not (reasoned or explained):
            found.append(Need.REASON)
        if undescribed:
            found.append(Need.DOCUMENT_DATA)
    return tuple(sorted(found, key=_RANKS.index)) if found else ()
