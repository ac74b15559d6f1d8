"""What the author of a criteria set fills in: the fields of its head and of a criterion (of rules: `rule_ways`).

The forms are made from these tables, and versions are compared by their titles. What is allowed in a field is said by
the JSON Schema.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING, Any, Final

from parindex_desktop.domain.messages import msgid
from parindex_desktop.domain.units import Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Key = tuple[str, ...]
"""The place of a value in what holds it: of the set, of a criterion, of a rule, or of an entry of a list."""


class Form(Enum):
    """How a value is written in the set, and so which editor it needs."""

    LINE = auto()
    TEXT = auto()
    LINES = auto()  # a list of texts, one on each line
    NAME = auto()  # of an input, as formulas call it
    WHOLE = auto()
    PERCENT = auto()
    POINTS = auto()
    CHOICE = auto()
    MONTH_DAY = auto()
    DAYS = auto()  # the days off and the days worked instead, by year
    OPTIONS = auto()  # of an input of a formula: names with titles
    TABLE = auto()


@dataclass(frozen=True, slots=True)
class Field:
    """A field with its title (a template of the catalogue).

    A `graded` figure may differ by level or year. `choices` are the values of a CHOICE with their titles, `columns` the
    fields of each entry of a TABLE; entries that files call by a name get one that begins with `named`. `default` is
    what a new rule starts with. Filling the field empties `instead_of`; it exists only where another field has the
    value that `only_with` says.
    """

    key: Key
    title: str
    form: Form
    needed: bool = True
    choices: Mapping[Any, str] = field(default_factory=dict)
    graded: bool = False
    columns: tuple[Field, ...] = ()
    named: str = ""
    default: object = None
    instead_of: Key = ()
    only_with: tuple[Key, str] | None = None
    hint: str = ""


LEVELS: Final = {level.value: level.words for level in Level}
PARTS: Final = {
    "documents": msgid("Supporting documents (self-scored)"),
    "survey": msgid("Sociological survey"),
    "judgement": msgid("Judgement of the council"),
}
APPLIES: Final = {
    "always": msgid("Always applies"),
    "if_any": msgid("If any (“nếu có”)"),
    "never": msgid("Does not apply"),
}
BLOCKS: Final = {
    "main": msgid("Within the total"),
    "bonus": msgid("Bonus points"),
    "penalty": msgid("Penalty points"),
}
REASONS: Final = {"required": msgid("Required"), "optional": msgid("Not required")}
_LEAD: Final = Field(("lead",), msgid("Led by"), Form.LINE, needed=False)
_HEADING: Final = (
    Field(("code",), msgid("Code"), Form.LINE),
    Field(("maximum",), msgid("Maximum points"), Form.POINTS),
    Field(("title",), msgid("What it is called"), Form.LINE),
)
BLOCK: Final = Field(("block",), msgid("Bonus or penalty"), Form.CHOICE, choices=BLOCKS, default="main")
HEAD: Final = (
    Field(("name",), msgid("Name of the criteria set"), Form.LINE),
    Field(("year",), msgid("Year"), Form.WHOLE),
    Field(("version",), msgid("Version"), Form.WHOLE),
    Field(("level",), msgid("Kind of office"), Form.CHOICE, choices=LEVELS),
    Field(("maximum",), msgid("Maximum points of the whole set"), Form.POINTS),
    Field(("legal_basis",), msgid("Legal basis (one document on each line)"), Form.LINES),
    Field(("notice",), msgid("Notice that is printed with the set"), Form.TEXT),
    Field(
        ("calendar",),
        msgid("Days off, and days worked instead"),
        Form.DAYS,
        needed=False,
        hint=msgid("Needed where a rule counts working days: the holidays that fall on Monday to Friday."),
    ),
)
GROUP: Final = (*_HEADING, _LEAD)
LEAF_FIRST: Final = (
    *_HEADING,
    Field(("part",), msgid("Part of the points"), Form.CHOICE, choices=PARTS),
    Field(("applicability",), msgid("Applicability"), Form.CHOICE, choices=APPLIES),
    Field(
        ("not_applicable_ground",),
        msgid("Why it does not apply"),
        Form.LINE,
        only_with=(("applicability",), "never"),
    ),
)
"""Above the rule of a criterion."""
LEAF_REST: Final = (
    Field(
        ("documents",), msgid("Documents required (one on each line)"), Form.LINES, needed=False, default=()
    ),
    Field(("reason_below_maximum",), msgid("Reason for less than the maximum"), Form.CHOICE, choices=REASONS),
    _LEAD,
    Field(("guidance",), msgid("Guidance"), Form.TEXT, needed=False),
    Field(("source",), msgid("Source"), Form.LINE, needed=False),
)
"""Below the rule."""
LEAF: Final = (*LEAF_FIRST, *LEAF_REST)


def value_at(holder: Mapping[str, Any], key: Key) -> Any:
    """What stands at `key` in `holder`; None where nothing does."""
    value: Any = holder
    for step in key:
        if not isinstance(value, dict) or step not in value:
            return None
        value = value[step]
    return value


def with_value(holder: Mapping[str, Any], key: Key, value: object) -> dict[str, Any]:
    """`holder` with `value` at `key`; None, an empty text and an empty list take it away, with what held only it."""
    first, *rest = key
    if rest:
        inner = holder.get(first)
        value = with_value(inner if isinstance(inner, dict) else {}, tuple(rest), value)
    if value is None or value in ("", [], {}):
        return {name: each for name, each in holder.items() if name != first}
    return {**holder, first: value}


def stands(field: Field, holder: Mapping[str, Any]) -> bool:
    """Whether `holder` can have the field at all."""
    return field.only_with is None or value_at(holder, field.only_with[0]) == field.only_with[1]


def tidy(holder: Mapping[str, Any], fields: Iterable[Field]) -> dict[str, Any]:
    """`holder` without the values of those `fields` that it cannot have."""
    fresh = dict(holder)
    for each in fields:
        if not stands(each, fresh):
            fresh = with_value(fresh, each.key, None)
    return fresh
