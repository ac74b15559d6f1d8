"""How far this office's own work has come, as every page says it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from parindex_desktop.domain.assessments import Stage
from parindex_desktop.domain.needs import Need
from parindex_desktop.services.handing_over import Handover, next_step, times_handed_over
from resources import msgid
from ui.language import tr
from ui.theme.icons import Icon
from ui.theme.tokens import Tone
from ui.widgets.signs import Sign

if TYPE_CHECKING:
    from datetime import date

    from parindex_desktop.services.filling import Form

FILLING: Final = Sign(Stage.FILLING.words, Tone.ACCENT)
LOCKED: Final = Sign(Stage.LOCKED.words, Tone.CARE, Icon.LOCKED)
SIGNED: Final = Sign(Stage.SIGNED.words, Tone.CARE, Icon.LOCKED)

NEEDS: Final = {
    need: Sign(need.words, tone, icon)
    for need, tone, icon in (
        (Need.UNSETTLED, Tone.CARE, Icon.DIFFERENCES),
        (Need.UNCONFIRMED, Tone.CARE, Icon.LATER),
        (Need.EVIDENCE, Tone.WRONG, Icon.MISSING_EVIDENCE),
        (Need.EXPLANATION, Tone.CARE, Icon.MISSING_REASON),
        (Need.FAULTY, Tone.WRONG, Icon.WARNING),
        (Need.REASON, Tone.CARE, Icon.MISSING_REASON),
        (Need.DOCUMENT_DATA, Tone.CARE, Icon.MISSING_REASON),
        (Need.UNSCORED, Tone.NEUTRAL, Icon.UNSCORED),
    )
}
"""What lacks for a criterion, as a state."""


def stage_sign(form: Form) -> Sign:
    """Where the form stands between self-scoring and hand-over."""
    match next_step(form):
        case Handover.FILL:
            return FILLING
        case Handover.SIGN:
            return LOCKED
        case Handover.HAND_OVER:
            return SIGNED
        case Handover.DONE:
            values = {"times": times_handed_over(form)}
            return Sign(msgid("Handed over (hand-over {times})"), Tone.GOOD, Icon.COMPLETE, values)


TO_SEE: Final = Sign(msgid("To be looked at"), Tone.CARE, Icon.LATER)
"""What a move to another version of the set has changed, and nobody has looked at yet."""


def deadline_note(form: Form, today: date) -> tuple[str, str]:
    """Until when the office has time, and how long that is; and the same in two short lines."""
    period = form.kit.periods.get(form.year)
    last = period.self_assessment_to if period else None
    if last is None:
        return "", ""
    days = (last - today).days
    values = {"date": last, "days": abs(days)}
    if days > 0:
        return (
            tr("Self-scoring until {date} · {days} days left", **values),
            tr("Until {date}\n{days} days left", **values),
        )
    if days == 0:
        return tr("Self-scoring until today, {date}", **values), tr("Until today,\n{date}", **values)
    return (
        tr("Self-scoring ended on {date}, {days} days ago", **values),
        tr("Ended on {date}\n{days} days ago", **values),
    )
