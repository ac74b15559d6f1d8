"""The ways of scoring as an author fills them in: one table of the fields of each.

A new kind of rule is one more entry: the form is made from it, a change of the way keeps what both have, and versions
are compared by its titles.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from parindex_desktop.domain.criteria_fields import Field, Form
from parindex_desktop.domain.messages import msgid

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Way:
    """A way of scoring: a kind of rule, or one of the two shapes that a kind has.

    `fixed` is what its rules always say; where that does not tell it from the other shape, `having` is the field that
    only it has. `part` is the part of the 100 points that it belongs to.
    """

    name: str
    title: str
    fixed: Mapping[str, str]
    fields: tuple[Field, ...]
    having: str = ""
    part: str = "documents"

    def is_of(self, rule: Mapping[str, Any]) -> bool:
        """Whether `rule` is written in this way."""
        return self.fixed.items() <= rule.items() and (not self.having or self.having in rule)


_FIGURES: Final = {"count": msgid("Whole number"), "amount": msgid("Decimal number")}
_INPUTS: Final = {**_FIGURES, "yes_no": msgid("Yes / no"), "choice": msgid("Choice")}

_NOTHING: Final = Field(
    ("nothing_arose",),
    msgid("Where nothing arose in the year, and for 0 of 0"),
    Form.CHOICE,
    needed=False,
    choices={
        "full": msgid("The maximum"),
        "zero": msgid("0 points"),
        "not_applicable": msgid("Not applicable"),
    },
    hint=msgid("Without it no unit may say that nothing arose."),
)
_QUESTION: Final = Field(("question",), msgid("Question"), Form.LINE)
_COUNT: Final = Field(("count",), msgid("What is counted"), Form.LINE)
_EACH: Final = Field(("each",), msgid("Points for each"), Form.POINTS, graded=True)
_KIND_OF_FIGURES: Final = Field(
    ("figures",), msgid("Kind of figures"), Form.CHOICE, choices=_FIGURES, default="count"
)
_SHARE_OF: Final = (
    Field(("numerator",), msgid("Numerator"), Form.LINE),
    Field(("denominator",), msgid("Denominator"), Form.LINE),
    _KIND_OF_FIGURES,
)
_TARGET: Final = Field(("target",), msgid("Target (%)"), Form.PERCENT, graded=True)
_FLOOR: Final = Field(("floor",), msgid("No points below (%)"), Form.PERCENT, needed=False, graded=True)
_POINTS: Final = Field(("points",), msgid("Points"), Form.POINTS, graded=True)
_SHARE: Final = Field(("share",), msgid("Share of the maximum (%)"), Form.PERCENT, graded=True)


def _steps(form: Form, *, needed: bool = True) -> Field:
    graded = form is Form.PERCENT
    return Field(
        ("steps",),
        msgid("Steps, from the best to the worst"),
        Form.TABLE,
        needed=needed,
        columns=(
            Field(("at_least",), msgid("From (≥)"), form, graded=graded, instead_of=("above",)),
            Field(("above",), msgid("Above (>)"), form, graded=graded, instead_of=("at_least",)),
            _POINTS,
        ),
    )


def _options(*, needed: bool = True) -> Field:
    columns = (Field(("title",), msgid("Option"), Form.LINE), _SHARE)
    return Field(("options",), msgid("Options"), Form.TABLE, needed=needed, columns=columns, named="option")


_DATE: Final = Field(("date",), msgid("What the day is of"), Form.LINE)
_NOT_DONE: Final = Field(("not_done",), msgid("What is said where it was not done"), Form.LINE)
_LATE: Final = Field(
    ("late",),
    msgid("Shares for being late"),
    Form.TABLE,
    needed=False,
    columns=(Field(("days",), msgid("Late by up to (days)"), Form.WHOLE), _SHARE),
)
_DUE_YEARS: Final = {
    -1: msgid("The year before"),
    0: msgid("The year assessed"),
    1: msgid("The year after"),
}

WAYS: Final = (
    Way("yes_no", msgid("Yes / no"), {"kind": "yes_no"}, (_QUESTION, _NOTHING)),
    Way("ratio", msgid("Ratio"), {"kind": "ratio"}, (*_SHARE_OF, _FLOOR, _NOTHING)),
    Way("threshold", msgid("Threshold"), {"kind": "threshold"}, (*_SHARE_OF, _TARGET, _NOTHING)),
    Way(
        "threshold_ratio",
        msgid("Threshold, below it by ratio"),
        {"kind": "threshold_ratio"},
        (*_SHARE_OF, _TARGET, _FLOOR, _NOTHING),
    ),
    Way(
        "steps_by_percentage",
        msgid("Steps of a percentage"),
        {"kind": "steps", "by": "percentage"},
        (*_SHARE_OF, _steps(Form.PERCENT), _NOTHING),
    ),
    Way(
        "steps_by_count",
        msgid("Steps of a number"),
        {"kind": "steps", "by": "count"},
        (_COUNT, _steps(Form.WHOLE), _NOTHING),
    ),
    Way(
        "count",
        msgid("Points for each"),
        {"kind": "count"},
        (
            _COUNT,
            _EACH,
            Field(("most",), msgid("How many give the maximum"), Form.WHOLE),
            _NOTHING,
        ),
    ),
    Way(
        "checklist",
        msgid("Checklist"),
        {"kind": "checklist"},
        (
            Field(
                ("items",),
                msgid("Items"),
                Form.TABLE,
                columns=(Field(("title",), msgid("Item"), Form.LINE), _POINTS),
                named="item",
            ),
            _NOTHING,
        ),
    ),
    Way("choice", msgid("Choice of options"), {"kind": "choice"}, (_QUESTION, _options(), _NOTHING)),
    Way(
        "deduct",
        msgid("Points off for each case"),
        {"kind": "deduct"},
        (
            _COUNT,
            Field(("each",), msgid("Points off for each"), Form.POINTS, graded=True),
            Field(("floor",), msgid("At least these points are left"), Form.POINTS, graded=True),
            _NOTHING,
        ),
    ),
    Way(
        "deadline",
        msgid("Deadline on a day"),
        {"kind": "deadline"},
        (
            _DATE,
            _NOT_DONE,
            Field(("due", "day"), msgid("Last day (day/month)"), Form.MONTH_DAY),
            Field(("due", "year_offset"), msgid("Of which year"), Form.CHOICE, choices=_DUE_YEARS, default=0),
            _LATE,
            _NOTHING,
        ),
        having="due",
    ),
    Way(
        "deadline_after",
        msgid("Deadline after an event"),
        {"kind": "deadline"},
        (
            _DATE,
            _NOT_DONE,
            Field(("after", "event"), msgid("Event"), Form.LINE),
            Field(("after", "days"), msgid("Days after the event"), Form.WHOLE),
            Field(
                ("after", "days_are"),
                msgid("How days are counted"),
                Form.CHOICE,
                choices={"calendar": msgid("Calendar days"), "working": msgid("Working days")},
                default="calendar",
            ),
            _LATE,
            _NOTHING,
        ),
        having="after",
    ),
    Way(
        "compare_previous",
        msgid("Compared with the year before"),
        {"kind": "compare_previous"},
        (
            Field(("value",), msgid("Figure of this year"), Form.LINE),
            Field(("previous",), msgid("Figure of the year before"), Form.LINE),
            _KIND_OF_FIGURES,
            Field(
                ("better",),
                msgid("Better is"),
                Form.CHOICE,
                choices={"higher": msgid("Higher"), "lower": msgid("Lower")},
                default="higher",
            ),
            Field(("by",), msgid("Changed by at least (%)"), Form.PERCENT, needed=False, graded=True),
            Field(
                ("kept",),
                msgid("Share of the maximum where it is kept (%)"),
                Form.PERCENT,
                needed=False,
                graded=True,
            ),
            _NOTHING,
        ),
    ),
    Way(
        "formula",
        msgid("Formula"),
        {"kind": "formula"},
        (
            Field(
                ("inputs",),
                msgid("Figures of the formula"),
                Form.TABLE,
                columns=(
                    Field(("id",), msgid("Name in the formula"), Form.NAME),
                    Field(("title",), msgid("What it is called"), Form.LINE),
                    Field(
                        ("figures",), msgid("Kind of figures"), Form.CHOICE, choices=_INPUTS, default="count"
                    ),
                    Field(
                        ("options",),
                        msgid("Options of the choice, as name = title; name = title"),
                        Form.OPTIONS,
                        only_with=(("figures",), "choice"),
                    ),
                ),
            ),
            Field(
                ("branches",),
                msgid("Conditions, the first that holds counts"),
                Form.TABLE,
                needed=False,
                columns=(
                    Field(("when",), msgid("When"), Form.LINE),
                    Field(("points",), msgid("Formula of the points"), Form.LINE),
                ),
            ),
            Field(
                ("points",),
                msgid("Formula of the points in all other cases"),
                Form.TEXT,
                hint=msgid(
                    "For example: sorry / late × maximum. “maximum” is the maximum of the criterion; and, or, not, "
                    "=, <>, <, <=, >, >= may be used in conditions."
                ),
            ),
            _NOTHING,
        ),
    ),
    Way("survey", msgid("Sociological survey"), {"kind": "survey"}, (_options(needed=False),), part="survey"),
    Way(
        "sipas",
        msgid("Satisfaction index (SIPAS)"),
        {"kind": "sipas"},
        (_steps(Form.PERCENT, needed=False),),
        part="survey",
    ),
    Way("manual", msgid("Points given by the council"), {"kind": "manual"}, (), part="judgement"),
)


def way_of(rule: Mapping[str, Any]) -> Way | None:
    """The way in which `rule` is written; None where it is not known."""
    # The shape with a field of its own may still lack it: then the kind alone decides.
    return next((way for way in WAYS if way.is_of(rule)), None) or next(
        (way for way in WAYS if way.fixed.items() <= rule.items()), None
    )


def way_named(name: str) -> Way:
    """The way of that name."""
    return next(way for way in WAYS if way.name == name)
