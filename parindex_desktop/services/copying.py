"""Last year's answers copied into this year's form as a draft, and confirmed part by part.

Only criteria without an answer are filled. Whoever confirms looks at one criterion at a time: nothing confirms a whole
form.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from db import revisions as kept
from parindex_desktop.domain.assessments import SET, criterion_of
from parindex_desktop.domain.confirming import mark_of
from parindex_desktop.domain.errors import UserError
from parindex_desktop.domain.messages import msgid
from parindex_desktop.domain.moving_answers import Fate, copied_forward
from parindex_desktop.domain.revisions import Kind, Series
from parindex_desktop.services.filling import put_journalled
from parindex_desktop.services.moving import Preview
from parindex_desktop.services.series import open_series

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from parindex_desktop.domain.criteria import CriteriaSet, Criterion
    from parindex_desktop.domain.revisions import Value
    from parindex_desktop.services.filling import Form
    from parindex_desktop.services.homes import Office


class NothingToCopy(UserError):
    """Last year's form is not held, or has nothing for what is unanswered."""

    code = "copy.nothing"
    template = msgid(
        "There is nothing to copy: no form of {year} with answers for what is still unanswered is held here. "
        "Nothing was changed."
    )


class NothingToConfirm(UserError):
    """No such part waits."""

    code = "confirm.nothing"
    template = msgid("{criterion} has nothing like that to confirm. What waits there: {parts}.")


def preview_copy(office: Office, form: Form, only: Collection[Criterion] = ()) -> Preview:
    """What copying last year's answers would do to the criteria that are unanswered (to those of `only`).

    Raises `NothingToCopy`.
    """
    year = last_year(form)
    held = _held_of(office, form)
    if held is None:
        raise NothingToCopy(year=year)
    entries, old = held
    answered = {criterion_of(key) for key, value in form.series.values().items() if value is not None}
    answered |= {criterion_of(key) for key in form.assessment.unsettled}
    wanted = {criterion.id for criterion in only}

    def is_open(criterion: str | None) -> bool:
        return criterion is None or (criterion not in answered and (not wanted or criterion in wanted))

    found = copied_forward(
        {key: value for key, value in entries.items() if is_open(criterion_of(key))},
        old,
        form.criteria,
        _given_either_year(form),
    )
    report = tuple(line for line in found.report if is_open(line.id))
    if not any(line.fate is not Fate.NEW for line in report):
        raise NothingToCopy(year=year)
    return Preview(old, form.criteria, replace(found, report=report))


def copy_forward(office: Office, form: Form, only: Collection[Criterion] = ()) -> Form:
    """Copy last year's answers, each part to be confirmed. Raises `FormLocked` or `NothingToCopy`."""
    ahead = preview_copy(office, form, only)
    present = {key for key, register in form.series.state().items() if register[0].value is not None}
    entries = {key: value for key, value in ahead.move.entries.items() if key not in present}
    details: dict[str, Value] = {"from": last_year(form)}
    return put_journalled(office, form, entries, "form.copied_forward", details, though_locked=False)


def holds_last_year(office: Office, form: Form) -> bool:
    """Whether anything of the unit's own form of the year before is held here."""
    series = _series_of_last_year(form)
    with office.read() as session:
        return bool(kept.digests(session, series)) or kept.last_edit(session, series) is not None


def confirm(office: Office, form: Form, criterion: Criterion, parts: Collection[str] = ()) -> Form:
    """Say that these copied parts of a criterion hold this year too; all of them where none is named.

    Raises `NothingToConfirm` or `FormLocked`.
    """
    waiting = form.assessment.sheets[criterion.id].unconfirmed
    if not waiting or not set(parts) <= set(waiting):
        raise NothingToConfirm(criterion=criterion.code, parts=", ".join(waiting) or "–")
    marks: dict[str, Value] = {f"confirm/{criterion.id}/{part}": None for part in parts or waiting}
    return put_journalled(office, form, marks, "form.confirmed", {}, though_locked=False)


def last_year(form: Form) -> str:
    """The year before that of the form."""
    return str(int(form.year) - 1)


def _given_either_year(form: Form) -> dict[str, set[str]]:
    """The inputs, by criterion, that the province gives the unit this year or gave it the year before."""
    found: dict[str, set[str]] = {}
    for year in (form.year, last_year(form)):
        for criterion, inputs in form.kit.given_to(year, form.series.series.author).items():
            found.setdefault(criterion, set()).update(inputs)
    return found


def _held_of(office: Office, form: Form) -> tuple[Mapping[str, Value], CriteriaSet] | None:
    """What stands in the unit's own form of last year, and its set; None where either is not held here."""
    with office.read() as session:
        opened = open_series(session, _series_of_last_year(form))
    values = opened.values()
    digest = values.get(SET)
    if not any(mark_of(key) for key in values) or digest not in form.kit.set_trees:
        return None
    return values, form.kit.set_of_digest(str(digest))


def _series_of_last_year(form: Form) -> Series:
    author = form.series.series.author
    return Series(Kind.ASSESSMENT, author, last_year(form), author)
