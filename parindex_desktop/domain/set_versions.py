"""Two versions of a criteria set beside each other, by the ids that last while codes and titles change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from parindex_desktop.domain.messages import msgid

if TYPE_CHECKING:
    from collections.abc import Callable

    from parindex_desktop.domain.criteria import CriteriaSet, Criterion
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


@dataclass(frozen=True, slots=True)
class Pair:
    """A criterion in the two versions; None where a version does not have it. `differs` says in what."""

    id: str
    old: Criterion | None
    new: Criterion | None
    differs: tuple[Aspect, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """All criteria of both versions in the order of the new one, what was taken out where it stood."""

    old: CriteriaSet
    new: CriteriaSet
    pairs: tuple[Pair, ...]

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
    pairs = [_pair(old, new, criterion) for criterion in new.walk()]
    previous = None
    for criterion in old.walk():
        if new.find(criterion.id) is None:
            # Behind whatever stood before it, or at the front.
            at = next((n for n, pair in enumerate(pairs, 1) if pair.id == previous), 0)
            pairs.insert(at, Pair(criterion.id, criterion, None))
        previous = criterion.id
    return Difference(old, new, tuple(pairs))


def same_rule(one: Rule | None, other: Rule | None) -> bool:
    """Whether two rules ask and score alike, whatever the maximum; rules are resolved for the year of their set."""
    if one is None or other is None:
        return one is other
    return type(one) is type(other) and replace(one, maximum=other.maximum) == other


def _pair(old: CriteriaSet, new: CriteriaSet, criterion: Criterion) -> Pair:
    before = old.find(criterion.id)
    if before is None:
        return Pair(criterion.id, None, criterion)
    differs = [aspect for aspect, value in _VALUES.items() if value(before) != value(criterion)]
    if not same_rule(before.rule, criterion.rule):
        differs.append(Aspect.RULE)
    if _parent(old, before) != _parent(new, criterion):
        differs.append(Aspect.PLACE)
    return Pair(criterion.id, before, criterion, tuple(aspect for aspect in Aspect if aspect in differs))


_VALUES: Final[dict[Aspect, Callable[[Criterion], object]]] = {
    Aspect.CODE: lambda criterion: criterion.code,
    Aspect.TITLE: lambda criterion: criterion.title,
    Aspect.MAXIMUM: lambda criterion: (criterion.maximum, criterion.block),
    Aspect.APPLICABILITY: lambda criterion: (criterion.applies, criterion.ground, criterion.part),
    Aspect.DOCUMENTS: lambda criterion: (criterion.documents, criterion.reason_required),
    Aspect.TEXTS: lambda criterion: (criterion.lead, criterion.guidance, criterion.source),
}


def _parent(criteria: CriteriaSet, criterion: Criterion) -> str | None:
    parent = criteria.parent(criterion)
    return parent.id if parent else None
