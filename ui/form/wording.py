"""What the form says of a criterion in a word: figures, points, its state and what it still lacks."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from parindex_desktop.domain.documents import Form
from parindex_desktop.domain.needs import Need
from parindex_desktop.domain.scoring.answers import Applicability
from parindex_desktop.domain.scoring.inputs import InputKind
from parindex_desktop.domain.scoring.outcome import OutcomeState
from parindex_desktop.domain.scoring.showing import shown_answer
from resources import msgid
from ui.language import tr
from ui.states import NEEDS
from ui.widgets import signs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parindex_desktop.domain.assessments import Sheet
    from parindex_desktop.domain.scoring.inputs import InputSpec
    from parindex_desktop.domain.scoring.outcome import Outcome
    from parindex_desktop.domain.scoring.totals import Total
    from ui.widgets.signs import Sign

NOTHING: Final = "–"
"""Stands where a list has no figure."""

NEED_HEADINGS: Final[Mapping[Need, str]] = {
    Need.UNSETTLED: msgid("Figures to be settled"),
    Need.UNCONFIRMED: msgid("Copied from last year, not confirmed yet"),
    Need.EVIDENCE: msgid("Neither evidence nor explanation"),
    Need.EXPLANATION: msgid("Explanation missing (no points, no evidence)"),
    Need.FAULTY: msgid("Figures not valid yet"),
    Need.REASON: msgid("Reason for less than the maximum missing"),
    Need.DOCUMENT_DATA: msgid("Data of documents missing"),
    Need.UNSCORED: msgid("Not yet scored"),
}

FORMS: Final[Mapping[Form, str]] = {
    Form.FILE: msgid("File"),
    Form.PAPER: msgid("Paper original"),
    Form.LINK: msgid("Link"),
    Form.EXTRACT: msgid("System extract"),
    Form.CLASSIFIED: msgid("Classified document"),
}


def figure(value: int | Decimal) -> str:
    """A figure as the reader writes it."""
    return tr("{figure}", figure=value)


def percent(value: Decimal | None) -> str:
    """A percentage as the reader writes it."""
    return NOTHING if value is None else tr("{percent}%", percent=value)


def field_text(spec: InputSpec, text: str) -> str:
    """A stored figure as it stands in its field: what `read_input` would read as the same figure."""
    if spec.kind is InputKind.COUNT:
        return figure(int(text))
    return figure(Decimal(text))


def declared(sheet: Sheet) -> list[str]:
    """What is declared for a criterion, line by line, and which of it the province gave."""
    lines = [tr(line) for line in shown_answer(sheet.criterion, sheet.answer)]
    given = [spec.title for spec in sheet.criterion.inputs if _is_given(sheet, spec.name)]
    if given and sheet.answer.applicability is Applicability.APPLICABLE:
        lines.append(tr("Given by the province: {titles}", titles=given))
    return lines


def _is_given(sheet: Sheet, name: str) -> bool:
    return name in sheet.given and sheet.given[name] == sheet.answer.inputs.get(name)


def points(outcome: Outcome, *, short: bool = False) -> str:
    """Self points of a criterion, or why there are none; in `short` only that there are none."""
    if outcome.points is not None:
        return figure(outcome.points)
    return tr("not entered") if outcome.state is OutcomeState.UNSCORED and not short else NOTHING


def progress(total: Total, *, short: bool = False) -> str:
    """How many criteria of a group have points; in `short` without what is not confirmed or does not apply."""
    if not total.to_score and not total.not_applicable:
        return NOTHING
    said = [tr("{scored} / {all}", scored=total.scored, all=total.to_score)]
    if short:
        return said[0]
    if total.unconfirmed:
        said.append(tr("{count} not confirmed", count=total.unconfirmed))
    if total.not_applicable:
        said.append(tr("{count} not applicable", count=total.not_applicable))
    return " · ".join(said)


def sign_of(sheet: Sheet) -> Sign:
    """The state of a criterion: the most important thing that it lacks, or that it is complete."""
    if sheet.needs:
        return NEEDS[sheet.needs[0]]
    states = {
        OutcomeState.NOT_SELF_SCORED: signs.NOT_SELF_SCORED,
        OutcomeState.NOT_APPLICABLE: signs.NOT_APPLICABLE,
        OutcomeState.UNSCORED: signs.NOT_CLAIMED,  # lacks nothing, so it is a bonus
    }
    return states.get(sheet.outcome.state, signs.COMPLETE)
