"""Two versions of a criteria set beside each other, by the ids that last while codes and titles change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from parindex_desktop.domain import criterion_changes
from parindex_desktop.domain.calendars import Calendar
from parindex_desktop.domain.criteria import head_of
from parindex_desktop.domain.messages import msgid
from parindex_desktop.domain.scoring.deadline import AfterEvent, Deadline, FixedDay
from parindex_desktop.domain.scoring.grades import resolved

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from parindex_desktop.domain.criteria import CriteriaSet, Criterion
    from parindex_desktop.domain.messages import Message
    from parindex_desktop.domain.scoring.rule import Rule


class Aspect(StrEnum):
    """What of a criterion may differ."""

    CODE = "code"
    TITLE = "title"
    MAXIMUM = "maximum"
    RULE = "rule"
    APPLICABILITY = "applicability"
    DOCUMENTS = "documents"
    PLACE = "place"
    TEXTS = "texts"

    @property
    def words(self) -> str:
        """What it is called, as a template of the catalogue."""
        return _WORDS[self]


_WORDS: Final = {
    Aspect.CODE: msgid("code"),
    Aspect.TITLE: msgid("title"),
    Aspect.MAXIMUM: msgid("maximum"),
    Aspect.RULE: msgid("way of scoring"),
    Aspect.APPLICABILITY: msgid("applicability"),
    Aspect.DOCUMENTS: msgid("documents required"),
    Aspect.PLACE: msgid("the criterion it belongs to"),
    Aspect.TEXTS: msgid("lead, guidance, source"),
}


class HeadAspect(StrEnum):
    """What of the head of a set may differ; the names are those of `CriteriaSet`."""

    NAME = "name"
    YEAR = "year"
    LEVEL = "level"
    VERSION = "version"
    MAXIMUM = "maximum"
    LEGAL_BASIS = "legal_basis"
    NOTICE = "notice"

    @property
    def words(self) -> str:
        """What it is called, as a template of the catalogue."""
        return _HEAD_WORDS[self]


_HEAD_WORDS: Final = {
    HeadAspect.NAME: msgid("name of the set"),
    HeadAspect.YEAR: msgid("year"),
    HeadAspect.LEVEL: msgid("level"),
    HeadAspect.VERSION: msgid("version"),
    HeadAspect.MAXIMUM: msgid("maximum of the set"),
    HeadAspect.LEGAL_BASIS: msgid("legal basis"),
    HeadAspect.NOTICE: msgid("printed notice"),
}


@dataclass(frozen=True, slots=True)
class Pair:
    """A criterion in the two versions; None where a version does not have it.

    `differs` says in what, `changes` the same in words.
    """

    id: str
    old: Criterion | None
    new: Criterion | None
    differs: tuple[Aspect, ...] = ()
    changes: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """All criteria of both versions in the order of the new one, what was taken out where it stood."""

    old: CriteriaSet
    new: CriteriaSet
    pairs: tuple[Pair, ...]

    @property
    def head(self) -> tuple[HeadAspect, ...]:
        """In what the sets themselves differ."""
        return tuple(each for each in HeadAspect if getattr(self.old, each) != getattr(self.new, each))

    @property
    def added(self) -> tuple[Pair, ...]:
        """What only the new version has."""
        return tuple(pair for pair in self.pairs if pair.old is None)

    @property
    def removed(self) -> tuple[Pair, ...]:
        """What only the old version has."""
        return tuple(pair for pair in self.pairs if pair.new is None)

    @property
    def changed(self) -> tuple[Pair, ...]:
        """What both have, and not alike."""
        return tuple(pair for pair in self.pairs if pair.differs)


def difference(old: CriteriaSet, new: CriteriaSet) -> Difference:
    """What differs from `old` to `new`."""
    sides = _Side(old), _Side(new)
    pairs = [_pair(*sides, criterion) for criterion in new.walk()]
    previous = None
    for criterion in old.walk():
        if new.find(criterion.id) is None:
            # Behind whatever stood before it, or at the front.
            at = next((n for n, pair in enumerate(pairs, 1) if pair.id == previous), 0)
            pairs.insert(at, Pair(criterion.id, criterion, None))
        previous = criterion.id
    return Difference(old, new, tuple(pairs))


class _Side:
    """One of the two versions, with its criteria as the file has them."""

    def __init__(self, criteria: CriteriaSet) -> None:
        self.criteria = criteria
        self.head = head_of(criteria.tree)
        self.nodes = {node["id"]: node for node in _nodes(criteria.tree["criteria"])}

    def node(self, criterion: Criterion) -> dict[str, Any]:
        return {**self.nodes[criterion.id], "block": criterion.block.value}

    def rule(self, criterion: Criterion) -> Any:
        return resolved(self.nodes[criterion.id].get("rule"), self.head)

    def parent(self, criterion: Criterion) -> Criterion | None:
        return self.criteria.parent(criterion)


def _nodes(trees: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for node in trees:
        yield node
        yield from _nodes(node.get("children", []))


def _pair(old: _Side, new: _Side, criterion: Criterion) -> Pair:
    before = old.criteria.find(criterion.id)
    if before is None:
        return Pair(criterion.id, None, criterion)
    differs = {aspect for aspect, value in _VALUES.items() if value(before) != value(criterion)}
    if not _score_alike(old.criteria, before, new.criteria, criterion):
        differs.add(Aspect.RULE)
    if _id(old.parent(before)) != _id(new.parent(criterion)):
        differs.add(Aspect.PLACE)
    told = tuple(aspect for aspect in Aspect if aspect in differs)
    changes = (change for aspect in told for change in _changes(aspect, old, before, new, criterion))
    return Pair(criterion.id, before, criterion, told, tuple(changes))


def _changes(
    aspect: Aspect, old: _Side, before: Criterion, new: _Side, criterion: Criterion
) -> Iterator[Message]:
    match aspect:
        case Aspect.RULE:
            found = list(criterion_changes.rule_changes(old.rule(before), new.rule(criterion)))
            # A rule that says the same and scores otherwise counts its days by another calendar.
            yield from found or [criterion_changes.calendar_change()]
        case Aspect.PLACE:
            groups = [side.parent(each) for side, each in ((old, before), (new, criterion))]
            yield criterion_changes.place_change(
                *(f"{group.code} {group.title}" if group else "" for group in groups)
            )
        case _:
            nodes = old.node(before), new.node(criterion)
            yield from criterion_changes.field_changes(*nodes, *FIELDS[aspect])


FIELDS: Final = {
    Aspect.CODE: ("code",),
    Aspect.TITLE: ("title",),
    Aspect.MAXIMUM: ("maximum", "block"),
    Aspect.APPLICABILITY: ("applicability", "not_applicable_ground", "part"),
    Aspect.DOCUMENTS: ("documents", "reason_below_maximum"),
    Aspect.TEXTS: ("lead", "guidance", "source"),
}
"""The fields of a criterion that an aspect is about."""


_VALUES: Final[dict[Aspect, Callable[[Criterion], object]]] = {
    Aspect.CODE: lambda criterion: criterion.code,
    Aspect.TITLE: lambda criterion: criterion.title,
    Aspect.MAXIMUM: lambda criterion: (criterion.maximum, criterion.block),
    Aspect.APPLICABILITY: lambda criterion: (criterion.applies, criterion.ground, criterion.part),
    Aspect.DOCUMENTS: lambda criterion: (criterion.documents, criterion.reason_required),
    Aspect.TEXTS: lambda criterion: (criterion.lead, criterion.guidance, criterion.source),
}


def _score_alike(old: CriteriaSet, before: Criterion, new: CriteriaSet, criterion: Criterion) -> bool:
    """Whether both ask and score alike, whatever the maximum; their figures are those of the year of their set."""
    one, other = before.rule, criterion.rule
    if one is None or other is None:
        return one is other
    if old.year != new.year:
        one, other = _of_any_year(one, old.year), _of_any_year(other, new.year)
    return type(one) is type(other) and replace(one, maximum=other.maximum) == other


def _of_any_year(rule: Rule, year: int) -> Rule:
    """The rule without what is new every year by itself: the year of its due day, the holidays."""
    match rule:
        case Deadline(due=FixedDay(due=date() as day)):
            # Four years for one, so that 29/02 stays a day.
            return replace(rule, due=FixedDay(day.replace(year=2000 + 4 * (day.year - year))))
        case Deadline(due=AfterEvent(calendar=Calendar()) as after):
            return replace(rule, due=replace(after, calendar=Calendar()))
    return rule


def _id(criterion: Criterion | None) -> str | None:
    return criterion.id if criterion else None
