"""What was done in a step, in one line, and the figures above the steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from parindex_desktop.services.handing_over import times_handed_over
from resources import msgid
from ui.handover.steps import StepInHand
from ui.language import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from parindex_desktop.services.filling import Form

Printed = tuple["datetime", str] | None


def facts(form: Form) -> str:
    """Points out of those that can be self-scored."""
    total = form.assessment.totals.overall
    return tr("{points} / {maximum} self-scored points", points=total.points, maximum=total.maximum)


def _locked(form: Form, _printed: Printed) -> str:
    lock = form.assessment.lock
    assert lock is not None
    return tr("Locked at {time} by {name}; matching code {code}", time=lock.at, name=lock.by, code=lock.code)


def _printed(_form: Form, printed: Printed) -> str:
    assert printed is not None
    return tr("Printed at {time}: {name}", time=printed[0], name=printed[1])


def _signed(form: Form, _printed: Printed) -> str:
    signed = form.assessment.signed
    assert signed is not None
    values = {"number": signed.number, "date": signed.date, "signer": signed.signer}
    if signed.sha256 is not None:
        template = msgid("No. {number} of {date}, signed by {signer}; scanned copy “{name}”")
        return tr(template, **values, name=signed.name)
    if signed.number and signed.date and signed.signer:
        template = msgid("No. {number} of {date}, signed by {signer}; without a scanned copy: {reason}")
        return tr(template, **values, reason=signed.without)
    return tr("Without a scanned copy: {reason}", reason=signed.without)


def _handed_over(form: Form, _printed: Printed) -> str:
    return tr("Handed over (hand-over {times})", times=times_handed_over(form))


DONE_NOTES: Final[Mapping[StepInHand, Callable[[Form, Printed], str]]] = {
    StepInHand.LOCK: _locked,
    StepInHand.PRINT: _printed,
    StepInHand.SIGN: _signed,
    StepInHand.HAND_OVER: _handed_over,
}
"""What is said of a step that is done."""
