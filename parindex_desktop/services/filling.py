"""Filling the self-assessment: every change is on the disk before the function returns.

A `Form` is the assessment of one office and year with its working copy. Functions that change it write the
entry, then read the whole assessment again: some sixty criteria take a few milliseconds, and what the window
shows is always what the disk has.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from db import revisions as kept
from parindex_desktop.domain.assessments import (
    FIGURES,
    REPORT_TEXTS,
    SET,
    TEXTS,
    Assessment,
    Sheet,
    answer_key,
    read_assessment,
)
from parindex_desktop.domain.confirming import without_marks
from parindex_desktop.domain.errors import UserError
from parindex_desktop.domain.figures import figures_entry
from parindex_desktop.domain.given import check_not_given, own_inputs
from parindex_desktop.domain.messages import msgid
from parindex_desktop.domain.revisions import Kind, Series
from parindex_desktop.domain.scoring.answers import UNANSWERED, Answer, Applicability
from parindex_desktop.domain.scoring.inputs import read_input
from parindex_desktop.domain.succession import comparison, comparison_in_brief
from parindex_desktop.domain.text import clean
from parindex_desktop.services.register import current_kit
from parindex_desktop.services.series import OpenSeries, bound_set, open_series, unwritten

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from db.database import Session
    from parindex_desktop.domain.criteria import CriteriaSet, Criterion
    from parindex_desktop.domain.kits import Kit
    from parindex_desktop.domain.messages import Message
    from parindex_desktop.domain.revisions import Value
    from parindex_desktop.services.homes import Office


class FormLocked(UserError):
    """The figures are locked."""

    code = "form.locked"
    template = msgid(
        "The figures are locked (chốt điểm), so nothing can be changed. Unlock them with a reason first; "
        "what was handed over stays as it is."
    )


class UnitUnknown(UserError):
    """The kit does not say which unit this office is."""

    code = "form.unit_unknown"
    template = msgid(
        "The kit does not name this office yet. Send the province your signing request, or choose your unit "
        "from the kit."
    )


class NotALeaf(UserError):
    """Points belong to the lowest criteria only."""

    code = "form.not_a_leaf"
    template = msgid(
        "{criterion} is a heading; its points are the sum of those below it. Choose one of them."
    )


class NotSelfScored(UserError):
    """Survey and SIPAS criteria, and those the set takes out, are not filled in."""

    code = "form.not_self_scored"
    template = msgid("{criterion} is not self-scored. Nothing was changed.")


class InputUnknown(UserError):
    """A name that the criterion does not ask for."""

    code = "form.input_unknown"
    template = msgid("{criterion} has no input “{name}”. Its inputs: {names}.")


@dataclass(frozen=True, slots=True)
class Form:
    """The self-assessment as it stands.

    `saved` is when the working copy was last written; `unwritten` are revisions that this machine has signed and
    keeps, but of which it has neither written a bundle nor seen one.
    """

    series: OpenSeries
    kit: Kit
    assessment: Assessment
    saved: datetime | None
    unwritten: frozenset[str]

    @property
    def year(self) -> str:
        """The year that is assessed."""
        assert self.series.series.period is not None
        return self.series.series.period

    @property
    def counted_in_part(self) -> Message | None:
        """From when to when the unit's figures are counted, where that is not the whole year."""
        unit = self.kit.units.get(self.series.series.author)
        return unit.counted_in_part(int(self.year)) if unit else None

    @property
    def beside_last_year(self) -> Message | None:
        """As the province reads it: how the figures stand beside those of the year before, if it is to be said."""
        unit = self.kit.units.get(self.series.series.author)
        return comparison(self.kit.units, unit, int(self.year)) if unit else None

    @property
    def beside_last_year_in_brief(self) -> Message | None:
        """In a few words that they cannot be compared, or only in part."""
        unit = self.kit.units.get(self.series.series.author)
        return comparison_in_brief(self.kit.units, unit, int(self.year)) if unit else None

    @property
    def criteria(self) -> CriteriaSet:
        """The set that it is filled under."""
        return self.assessment.criteria

    def sheet(self, code: str) -> Sheet:
        """The sheet of the criterion with that printed code; raises `CriterionUnknown` or `NotALeaf`."""
        criterion = self.criteria.by_code(code)
        if criterion.children:
            raise NotALeaf(criterion=code)
        return self.assessment.sheets[criterion.id]


def open_form(office: Office, year: str | None = None) -> Form:
    """The form of `year`, or of the newest period of the kit.

    Raises `NoKitYet`, `UnitUnknown`, or what `Kit.criteria_set` names.
    """
    kit = current_kit(office)
    if office.record.unit is None:
        raise UnitUnknown
    chosen = year or office.record.period or max(kit.periods, default="")
    current = kit.criteria_set(chosen, office.level)
    series = Series(Kind.ASSESSMENT, office.record.unit, chosen, office.record.unit)
    with office.read() as session:
        opened = open_series(session, series)
        saved = kept.last_edit(session, series)
        left = unwritten(session, opened, office.record.key)
    state = opened.state()
    criteria = bound_set(kit, current, state)
    assessment = read_assessment(criteria, state, kit.given_to(chosen, office.record.unit))
    return Form(opened, kit, assessment, saved, left)


def put(office: Office, form: Form, values: Mapping[str, Value]) -> Form:
    """Write entries that somebody entered, which confirms them, and read the form again; raises `FormLocked`."""
    with office.begin() as session:
        return enter_in(session, office, form, values)


def enter_in(session: Session, office: Office, form: Form, values: Mapping[str, Value]) -> Form:
    """`put` within a transaction."""
    form = up_to_date(session, office, form)
    entered = without_marks(values, form.series.state())
    return put_in(session, office, form, entered, "form.changed", {}, though_locked=False)


def put_journalled(
    office: Office,
    form: Form,
    values: Mapping[str, Value],
    action: str,
    details: Mapping[str, Value],
    *,
    though_locked: bool = True,
) -> Form:
    """Write entries on top of what the disk has, with one line in the journal; nothing where they stand so already.

    They are read again before they are committed: what nobody could read is never kept. Raises `FormLocked`.
    """
    with office.begin() as session:
        form = up_to_date(session, office, form)
        return put_in(session, office, form, values, action, details, though_locked=though_locked)


def put_in(
    session: Session,
    office: Office,
    form: Form,
    values: Mapping[str, Value],
    action: str,
    details: Mapping[str, Value],
    *,
    though_locked: bool = True,
) -> Form:
    """The same within a transaction, in which `form` was brought `up_to_date`."""
    if form.assessment.lock is not None and not though_locked:
        raise FormLocked
    # In a copy: where the disk takes nothing, the form that was given still says what the disk has.
    series = copy(form.series)
    series.edits = dict(series.edits)
    changed = series.put(office, session, values)
    if changed:
        if SET not in series.state():
            series.put(office, session, {SET: form.criteria.digest})
        by: dict[str, Value] = {"person": office.person.id} if office.person else {}
        office.write(session, action, {"year": form.year, "entries": list(changed), **by, **details})
    return _read_again(session, replace(form, series=series))


def reread(office: Office, form: Form) -> Form:
    """The form after something outside it changed the series."""
    with office.read() as session:
        return _as_it_stands(session, office, form)


def answer(office: Office, form: Form, criterion: Criterion, given: Answer) -> Form:
    """Set what is declared for a criterion, but for what the province gives; an answer that says nothing clears it.

    Raises `FormLocked` or `NotSelfScored`.
    """
    if not criterion.inputs:
        raise NotSelfScored(criterion=criterion.code)
    own = own_inputs(given.inputs, form.assessment.sheets[criterion.id].given)
    given = replace(given, ground=clean(given.ground, 1000), inputs=own)
    value = None if given == UNANSWERED else figures_entry(given)
    return put(office, form, {answer_key(criterion.id, FIGURES): value})


def type_input(office: Office, form: Form, criterion: Criterion, name: str, typed: str) -> Form:
    """Set one input as it was typed; an empty text clears it.

    Raises what `read_input` names, `InputUnknown`, `InputGiven`, `FormLocked` or `NotSelfScored`; nothing is changed.
    """
    return answer(office, form, criterion, typed_answer(form, criterion, {name: typed}))


def typed_answer(form: Form, criterion: Criterion, typed: Mapping[str, str]) -> Answer:
    """The answer of a criterion with some inputs replaced by what was typed; typing figures applies it.

    Raises as `type_input`.
    """
    specs = {spec.name: spec for spec in criterion.inputs}
    if not specs:
        raise NotSelfScored(criterion=criterion.code)
    sheet = form.assessment.sheets[criterion.id]
    inputs = dict(sheet.answer.inputs)
    for name, text in typed.items():
        if name not in specs:
            raise InputUnknown(criterion=criterion.code, name=name[:60], names="; ".join(specs))
        check_not_given(criterion, sheet.given, name)
        if text.strip():
            inputs[name] = read_input(specs[name], text)
        else:
            inputs.pop(name, None)
    return Answer(Applicability.APPLICABLE, "", inputs)


def set_text(office: Office, form: Form, criterion: Criterion, name: str, text: str) -> Form:
    """Set the explanation, reason or note of a criterion; raises `TextTooLong` or `FormLocked`."""
    if name not in TEXTS:
        raise AssertionError(name)
    return put(office, form, {answer_key(criterion.id, name): clean(text) or None})


def set_report_text(office: Office, form: Form, name: str, text: str) -> Form:
    """Set a text of the printed report; raises `TextTooLong` or `FormLocked`."""
    if name not in REPORT_TEXTS:
        raise AssertionError(name)
    return put(office, form, {f"report/{name}": clean(text) or None})


def up_to_date(session: Session, office: Office, form: Form) -> Form:
    """The form with what another page, or a file that was taken in or written, has changed since it was read."""
    series = form.series
    same = kept.edits(session, series.series) == series.edits
    same = same and kept.digests(session, series.series) == set(series.held)
    return form if same else _as_it_stands(session, office, form)


def _as_it_stands(session: Session, office: Office, form: Form) -> Form:
    opened = open_series(session, form.series.series)
    left = unwritten(session, opened, office.record.key)
    return _read_again(session, replace(form, series=opened, unwritten=left))


def _read_again(session: Session, form: Form) -> Form:
    given = form.kit.given_to(form.year, form.series.series.author)
    state = form.series.state()
    assessment = read_assessment(bound_set(form.kit, form.criteria, state), state, given)
    return replace(form, assessment=assessment, saved=kept.last_edit(session, form.series.series))
