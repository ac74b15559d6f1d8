"""What whoever reads locked figures must be told: points that come out otherwise, figures that the province changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.domain.recalculation import recalculated
from parindex_desktop.domain.scoring.outcome import ENGINE
from parindex_desktop.domain.scoring.showing import shown_input

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parindex_desktop.domain.assessments import Assessment, Sheet
    from parindex_desktop.domain.criteria import Criterion
    from parindex_desktop.domain.recalculation import Recalculated

_MOST: Final = 5
"""Criteria that a sentence names; the form has the rest."""

_POINTS: Final = msgid(
    "The points that were locked are not those that the figures come to: {differences}. Those computed here count."
)
_OLD_POINTS: Final = msgid(
    "The points were locked by an older version of the program, and the figures come to other ones here: "
    "{differences}. Those computed here count."
)
_NEW_POINTS: Final = msgid(
    "The points were locked by a newer version of the program, and the figures come to other ones here: {differences}. "
    "Those computed here count until the newer version is installed on this computer, too."
)
_WITHDRAWN: Final = msgid(
    "“{title}” was given by the province when the figures were locked ({value}), and is not given any more. Enter it "
    "yourself."
)
_OWN_FIGURES: Final = msgid(
    "The province gives other figures now than those that were locked: {figures}. Unlock the figures to take them "
    "over, then lock them, have the report signed and hand over again."
)
_FIGURES: Final = msgid(
    "The province gives other figures now than those that the unit locked: {figures}. The locked ones count until the "
    "unit has taken in the newest kit and handed over again."
)


def points_message(assessment: Assessment) -> Message | None:
    """That the figures come to other points than those that were locked, and where; None where they do not."""
    found = recalculated(assessment)
    if not found or assessment.lock is None:
        return None
    engine = assessment.lock.engine
    template = _POINTS if engine == ENGINE else _OLD_POINTS if engine < ENGINE else _NEW_POINTS
    return Message("attention.points", template, {"differences": _few([_points(each) for each in found])})


def figures_message(assessment: Assessment, *, own: bool) -> Message | None:
    """That the province gives other figures now, and which, to the unit whose `own` they are or to a receiver."""
    found = [line for sheet in assessment.outdated() for line in _figures(sheet)]
    if not found:
        return None
    template = _OWN_FIGURES if own else _FIGURES
    return Message("attention.figures", template, {"figures": _few(found)})


def messages(assessment: Assessment, *, own: bool) -> list[Message]:
    """Both of them, where there is something to say."""
    return [said for said in (points_message(assessment), figures_message(assessment, own=own)) if said]


def sheet_messages(assessment: Assessment, criterion: Criterion) -> list[Message]:
    """What of it is about one criterion, and what the province has taken back since a lock that is gone."""
    points = [_points(each) for each in recalculated(assessment) if each.criterion == criterion]
    outdated = [sheet for sheet in assessment.outdated() if sheet.criterion == criterion]
    return [
        *(
            Message(
                "attention.points_here", "Points locked and points computed here: {points}", {"points": p}
            )
            for p in points
        ),
        *(
            Message("attention.figures_here", "Given by the province now: {figure}", {"figure": figure})
            for sheet in outdated
            for figure in _figures(sheet)
        ),
        *_withdrawn(assessment.sheets[criterion.id]),
    ]


def _withdrawn(sheet: Sheet) -> list[Message]:
    """What the unit finds empty after unlocking, although it stood there when it locked."""
    return [
        Message(
            "attention.withdrawn",
            _WITHDRAWN,
            {"title": spec.title, "value": shown_input(spec, sheet.withdrawn[spec.name])},
        )
        for spec in sheet.criterion.inputs
        if spec.name in sheet.withdrawn
    ]


def _few(lines: Sequence[Message]) -> tuple[Message, ...]:
    more = len(lines) - _MOST
    if more <= 0:
        return tuple(lines)
    return (*lines[:_MOST], Message("attention.more", "{count} more", {"count": more}))


def _points(each: Recalculated) -> Message:
    none = Message("attention.no_points", "none")
    values = {
        "code": each.criterion.code,
        "claimed": none if each.claimed is None else each.claimed,
        "computed": none if each.computed is None else each.computed,
    }
    return Message("attention.criterion", "{code}: locked {claimed}, computed {computed}", values)


def _figures(sheet: Sheet) -> list[Message]:
    locked, none = sheet.answer.inputs, Message("attention.no_figure", "none")
    return [
        Message(
            "attention.figure",
            "{code} “{title}”: {value} (locked: {locked})",
            {
                "code": sheet.criterion.code,
                "title": spec.title,
                "value": shown_input(spec, sheet.given[spec.name]),
                "locked": shown_input(spec, locked[spec.name]) if spec.name in locked else none,
            },
        )
        for spec in sheet.criterion.inputs
        if spec.name in sheet.given and sheet.given[spec.name] != locked.get(spec.name)
    ]
