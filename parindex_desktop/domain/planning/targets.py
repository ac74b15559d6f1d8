"""Targets of a plan: what is to be reached, by which level and in which year, and whether a reported figure reaches it.

A target is a number with an operator, a yes or no, a group to be in or not, or words that a person judges. A number may
be compared with that of the year before, of a base year, of the plan or of what was assigned; then two figures are
reported, the `value` and its `base`.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, Self

from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.domain.numbers import ARITHMETIC, HUNDRED, beside
from parindex_desktop.domain.planning.parties import parties
from parindex_desktop.domain.units import Level

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parindex_desktop.domain.planning.parties import Party


ROOMS: Final = "rooms"
"""Stands for the rooms of the office where levels of units may be named."""


class Measure(StrEnum):
    """What kind of answer a target takes."""

    NUMBER = "number"
    YES_NO = "yes_no"
    GROUP = "group"
    WORDS = "words"


class Operator(StrEnum):
    """How a number must stand to the limit."""

    AT_LEAST = "at_least"
    ABOVE = "above"
    EXACTLY = "exactly"
    AT_MOST = "at_most"
    BELOW = "below"

    @property
    def sign(self) -> str:
        """As it is printed."""
        return _SIGNS[self]

    def holds(self, number: Decimal, limit: Decimal) -> bool:
        """Whether `number` stands so to `limit`."""
        order = (number > limit) - (number < limit)
        return order in _HOLDS[self]


_SIGNS: Final = {
    Operator.AT_LEAST: "≥",
    Operator.ABOVE: ">",
    Operator.EXACTLY: "=",
    Operator.AT_MOST: "≤",
    Operator.BELOW: "<",
}
_HOLDS: Final = {
    Operator.AT_LEAST: (0, 1),
    Operator.ABOVE: (1,),
    Operator.EXACTLY: (0,),
    Operator.AT_MOST: (-1, 0),
    Operator.BELOW: (-1,),
}


class Against(StrEnum):
    """With what a number is compared."""

    LIMIT = "limit"
    """With the limit itself."""
    PREVIOUS_YEAR = "previous_year"
    """Its difference from that of the year before."""
    ASSIGNED = "assigned"
    """Its difference from what was assigned."""
    PLAN = "plan"
    """By how many percent it lies over the plan."""
    BASE_YEAR = "base_year"
    """By how many percent it lies below that of a base year."""

    @property
    def base(self) -> str:
        """What the second figure is called, as a template of the catalogue; empty where there is none."""
        return _BASES[self]


_BASES: Final = {
    Against.LIMIT: "",
    Against.PREVIOUS_YEAR: msgid("Figure of the year before"),
    Against.ASSIGNED: msgid("Figure that was assigned"),
    Against.PLAN: msgid("Figure of the plan"),
    Against.BASE_YEAR: msgid("Figure of {year}"),
}


class Verdict(StrEnum):
    """What a report says of a target."""

    MET = "met"
    EXCEEDED = "exceeded"
    NOT_MET = "not_met"
    NOT_ARISEN = "not_arisen"
    UNKNOWN = "unknown"
    FAULTY = "faulty"

    @property
    def words(self) -> str:
        """What it is called, as a template of the catalogue."""
        return _VERDICTS[self]


_VERDICTS: Final = {
    Verdict.MET: msgid("Met"),
    Verdict.EXCEEDED: msgid("Exceeded"),
    Verdict.NOT_MET: msgid("Not met"),
    Verdict.NOT_ARISEN: msgid("Not arisen"),
    Verdict.UNKNOWN: msgid("Not reported yet"),
    Verdict.FAULTY: msgid("Figures faulty"),
}


@dataclass(frozen=True, slots=True)
class Limit:
    """The number to be reached by offices of `level` from `year` on; None is every level, every year.

    A roadmap goes from `number` to `up_to`: the first is to be reached, only more than the second exceeds it.
    """

    number: Decimal
    up_to: Decimal | None = None
    level: Level | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Reported:
    """What an office says of a target: `text` is the name of the group of a group target, and what it adds otherwise.

    `yes` is the answer to a yes or no, and a person's judgement of a target in words. `not_arisen` is the ground of a
    target that nothing fell under this year.
    """

    value: Decimal | None = None
    base: Decimal | None = None
    yes: bool | None = None
    text: str = ""
    not_arisen: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdict with the sentence that says why; `over` is by how much a number exceeds."""

    verdict: Verdict
    reason: Message
    over: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Target:
    """One target of a plan; `field` is the id of its field, empty for one of the whole plan.

    `levels` are those that it is for, empty for the plan's own office. `groups` are those to be in, or to stay out of
    where `outside`. `soft` says that the plan only strives for it (phấn đấu), `conditional` that it is for offices in
    which such a thing arises (nếu có). `reported_by` names who tells the figure, `register` the feed that gives it by
    itself, `among` of whom inspections are a part (levels of units, ROOMS of the own office), `criteria` the criteria
    of the index that it serves, by printed code.
    """

    id: str
    no: str
    field: str
    title: str
    measure: Measure
    operator: Operator = Operator.AT_LEAST
    unit: str = ""
    limits: tuple[Limit, ...] = ()
    against: Against = Against.LIMIT
    base_year: int | None = None
    groups: tuple[str, ...] = ()
    outside: bool = False
    levels: tuple[Level, ...] = ()
    soft: bool = False
    conditional: bool = False
    index: str = ""
    reported_by: tuple[Party, ...] = ()
    register: str = ""
    among: tuple[str, ...] = ()
    criteria: tuple[str, ...] = ()

    @classmethod
    def read(cls, tree: Mapping[str, Any]) -> Self:
        """From the tree of a plan's file."""
        limits = tuple(
            Limit(
                Decimal(each["number"]),
                Decimal(each["up_to"]) if "up_to" in each else None,
                Level(each["level"]) if "level" in each else None,
                each.get("year"),
            )
            for each in tree.get("limits", ())
        )
        return cls(
            id=tree["id"],
            no=tree["no"],
            field=tree.get("field", ""),
            title=tree["title"],
            measure=Measure(tree["measure"]),
            operator=Operator(tree.get("operator", Operator.AT_LEAST)),
            unit=tree.get("unit", ""),
            limits=limits,
            against=Against(tree.get("against", Against.LIMIT)),
            base_year=tree.get("base_year"),
            groups=tuple(tree.get("groups", ())),
            outside=tree.get("stay") == "out",
            levels=tuple(Level(each) for each in tree.get("levels", ())),
            soft=tree.get("strength") == "soft",
            conditional=tree.get("applies") == "if_any",
            index=tree.get("index", ""),
            reported_by=parties(tree, "reported_by"),
            register=tree.get("register", ""),
            among=tuple(tree.get("among", ())),
            criteria=tuple(tree.get("criteria", ())),
        )

    def is_for(self, level: Level, year: int) -> bool:
        """Whether an office of `level` has it in `year`: milestones of later years bind nobody yet."""
        if self.levels and level not in self.levels:
            return False
        return self.measure is not Measure.NUMBER or self.limit(level, year) is not None

    def limit(self, level: Level, year: int) -> Limit | None:
        """What offices of `level` must reach in `year`: of its milestones the newest that is not later."""
        fitting = [
            each
            for each in self.limits
            if each.level in (None, level) and (each.year is None or each.year <= year)
        ]
        return max(fitting, key=lambda each: (each.level is not None, each.year or 0), default=None)

    def judge(self, reported: Reported, level: Level, year: int) -> Judged:
        """What the report of an office of `level` comes to."""
        if reported.not_arisen:
            reason = Message(
                "target.not_arisen", "Not arisen this year: {ground}", {"ground": reported.not_arisen}
            )
            return Judged(Verdict.NOT_ARISEN, reason)
        match self.measure:
            case Measure.NUMBER:
                return self._number(reported, self.limit(level, year))
            case Measure.GROUP:
                return self._group(reported.text)
            case Measure.YES_NO | Measure.WORDS:
                return _said(yes=reported.yes)

    def _number(self, reported: Reported, limit: Limit | None) -> Judged:
        needs_base = self.against is not Against.LIMIT
        if limit is None or reported.value is None or (needs_base and reported.base is None):
            return _UNKNOWN
        number = self._compared(reported.value, reported.base or Decimal(0))
        if number is None:
            return Judged(
                Verdict.FAULTY, Message("target.base_zero", "The figure compared with must be above 0.")
            )
        shown = {
            "value": beside(number, limit.number),
            "unit": self.unit,
            "sign": self.operator.sign,
            "limit": limit.number,
        }
        if not self.operator.holds(number, limit.number):
            template = msgid("{value} {unit} does not fulfil {sign} {limit} {unit}")
            return Judged(Verdict.NOT_MET, Message("target.number_not_met", template, shown))
        over = ARITHMETIC.subtract(number, limit.up_to or limit.number)
        if over > 0 and self.operator in (Operator.AT_LEAST, Operator.ABOVE):
            template = msgid("{value} {unit} fulfils {sign} {limit} {unit} and exceeds it by {over}")
            values = {**shown, "over": beside(over, Decimal(0))}
            return Judged(Verdict.EXCEEDED, Message("target.exceeded", template, values), over)
        return Judged(
            Verdict.MET, Message("target.number_met", "{value} {unit} fulfils {sign} {limit} {unit}", shown)
        )

    def _compared(self, value: Decimal, base: Decimal) -> Decimal | None:
        """The number that stands against the limit; None where there is nothing to compare with."""
        difference = ARITHMETIC.subtract(value, base)
        match self.against:
            case Against.LIMIT:
                return value
            case Against.PREVIOUS_YEAR | Against.ASSIGNED:
                return difference
            case Against.PLAN:
                return ARITHMETIC.divide(ARITHMETIC.multiply(difference, HUNDRED), base) if base > 0 else None
            case Against.BASE_YEAR:
                return (
                    ARITHMETIC.divide(ARITHMETIC.multiply(-difference, HUNDRED), base) if base > 0 else None
                )

    def _group(self, group: str) -> Judged:
        if not group:
            return _UNKNOWN
        met = (group in self.groups) is not self.outside
        values = {"group": group}
        if met:
            return Judged(Verdict.MET, Message("target.group_met", "In the group “{group}”: met", values))
        return Judged(
            Verdict.NOT_MET, Message("target.group_not_met", "In the group “{group}”: not met", values)
        )


_UNKNOWN: Final = Judged(Verdict.UNKNOWN, Message("target.unknown", "Nothing reported yet"))


def _said(*, yes: bool | None) -> Judged:
    if yes is None:
        return _UNKNOWN
    if yes:
        return Judged(Verdict.MET, Message("target.said_met", "Reported as met"))
    return Judged(Verdict.NOT_MET, Message("target.said_not_met", "Reported as not met"))
