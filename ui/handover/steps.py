"""The way out of the office: its steps, which of them is in hand, and what that is called on every page."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Final

from parindex_desktop.domain.confirming import mark_of
from parindex_desktop.services import reporting
from parindex_desktop.services.copying import holds_last_year, last_year
from parindex_desktop.services.handing_over import Handover, next_step
from parindex_desktop.services.moving import newer_set
from resources import msgid
from ui.frame.page import Step
from ui.language import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from parindex_desktop.services.filling import Form
    from parindex_desktop.services.homes import Office
    from parindex_desktop.services.moving import ToSee


class StepInHand(IntEnum):
    """The steps by their numbers on the page; `DONE` where nothing is left to do."""

    LOCK = 1
    PRINT = 2
    SIGN = 3
    HAND_OVER = 4
    DONE = 5


_WORDS: Final = {
    StepInHand.LOCK: msgid("Lock the figures…"),
    StepInHand.PRINT: msgid("Print for signature…"),
    StepInHand.SIGN: msgid("Enter the signed report…"),
    StepInHand.HAND_OVER: msgid("Hand over…"),
}


def step_in_hand(office: Office, form: Form) -> StepInHand:
    """The step that the office has to do next."""
    match next_step(form):
        case Handover.FILL:
            return StepInHand.LOCK
        case Handover.SIGN:
            return StepInHand.PRINT if printed_since_lock(office, form) is None else StepInHand.SIGN
        case Handover.HAND_OVER:
            return StepInHand.HAND_OVER
        case Handover.DONE:
            return StepInHand.DONE


def step_words(step: StepInHand) -> str:
    """What the one next step is called; empty where there is none."""
    return tr(_WORDS[step]) if step in _WORDS else ""


def settling_step(form: Form, open_page: Callable[[str], object]) -> Step | None:
    """Settling, which goes before locking; None where nothing is to be settled."""
    if not form.assessment.unsettled:
        return None
    return Step(tr("Settle the figures…"), lambda: open_page("differences"))


def confirming_step(form: Form, confirm: Callable[[], object]) -> Step | None:
    """Confirming what was copied from last year, which goes before locking; None where nothing waits."""
    waiting = sum(bool(sheet.unconfirmed) for sheet in form.assessment.sheets.values())
    if not waiting or form.assessment.lock is not None:
        return None
    return Step(tr("Confirm anew ({count})…", count=waiting), confirm)


def moving_step(form: Form, move: Callable[[], object]) -> Step | None:
    """Moving to a newer version of the set, which goes before locking; None where none waits or it is locked."""
    if form.assessment.lock is not None or newer_set(form) is None:
        return None
    return Step(tr("Look and move…"), move)


def beginning_step(
    office: Office, form: Form, begin: Callable[[], object], copy: Callable[[], object]
) -> Step | None:
    """Copying last year's answers where they are held, else the first answer; None where anything was entered."""
    entered = any(mark_of(key) and value is not None for key, value in form.series.values().items())
    if entered or form.assessment.unsettled or form.assessment.lock is not None:
        return None
    if holds_last_year(office, form):
        return Step(tr("Copy from {year}…", year=last_year(form)), copy)
    return Step(tr("Begin to score…"), begin)


def looking_step(waiting: Mapping[str, ToSee], look: Callable[[], object]) -> Step | None:
    """Looking at what a move to another version changed, which goes before locking; None where nothing waits."""
    return Step(tr("To be looked at ({count})…", count=len(waiting)), look) if waiting else None


def step_ahead(
    office: Office,
    form: Form,
    open_page: Callable[[str], object],
    confirm: Callable[[], object] | None = None,
    before: Step | None = None,
) -> Step | None:
    """The one next step, on a page that only leads to where it is done; on that of the form, `confirm` does it.

    `before` is a step of that page that goes before locking.
    """
    words = step_words(step_in_hand(office, form))
    lead = Step(words, lambda: open_page("handover")) if words else None
    confirming = confirming_step(form, confirm or (lambda: open_page("form")))
    moving = moving_step(form, lambda: open_page("handover"))
    if before is None and confirm is None:
        before = beginning_step(office, form, lambda: open_page("form"), lambda: open_page("form"))
    return settling_step(form, open_page) or moving or confirming or before or lead


def printed_since_lock(office: Office, form: Form) -> tuple[datetime, str] | None:
    """When this machine printed the report as it is locked now, and the file; None where it did not yet."""
    written = reporting.last_written(office, reporting.Kind.SELF_ASSESSMENT, form.year)
    lock = form.assessment.lock
    return written if written and lock and written[0] >= lock.at else None
